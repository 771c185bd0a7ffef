//! A text as the finding of speakers sees it: every token with what its word can be, whether it stands inside quotation
//! marks, and the sentences as they run on outside of them.

use std::ops::Range;

use super::marks::{Stretch, stretches};
use crate::annotate::entities::{Entities, Kind};
use crate::annotate::text::{Text, TokenKind};
use crate::lexicon::cues::{Class, CueVerb, Cues, Word, form};

/// A text with its quoted stretches and the classes of its words.
#[derive(Debug)]
pub struct View<'a> {
    /// The tokens.
    pub text: &'a Text<'a>,
    /// The lists behind [`View::words`].
    pub cues: &'a Cues,
    /// What each token's word can be.
    pub words: Vec<Word>,
    /// The quoted stretches, without nicknames.
    pub stretches: Vec<Stretch>,
    /// For each token, one more than the index of the stretch that holds it; nought outside.
    inside: Vec<u32>,
    /// The sentences as they run on outside of quotation marks: none begins or ends inside a stretch.
    pub frames: Vec<Range<usize>>,
    /// For each token, whether it is a verb that only its headline writes with a capital; empty without any.
    lowered: Vec<bool>,
    /// For each token, whether it belongs to the name of a place or an organization; empty till [`View::with_names`].
    nonpersonal: Vec<bool>,
}

impl<'a> View<'a> {
    /// Looks at `text`.
    #[must_use]
    pub fn new(text: &'a Text<'a>, cues: &'a Cues) -> Self {
        let words: Vec<Word> = (0..text.tokens.len())
            .map(|i| match text.tokens[i].kind {
                TokenKind::Word | TokenKind::Clitic => cues.word(text.word(i)),
                _ => {
                    if matches!(text.word(i), "&") {
                        cues.word("and")
                    } else {
                        Word::default()
                    }
                }
            })
            .collect();
        let mut stretches = stretches(text, cues);
        stretches.retain(|s| !is_nickname(text, s));
        stretches.iter_mut().for_each(|s| cut_label(text, s));
        let mut inside = vec![0_u32; text.tokens.len()];
        for (n, s) in stretches.iter().enumerate() {
            inside[s.tokens.clone()].fill(u32::try_from(n + 1).unwrap_or(0));
        }
        let frames = frames(text, &inside);
        let lowered = lowered(text, &words, &inside, &frames);
        Self { text, cues, words, stretches, inside, frames, lowered, nonpersonal: Vec::new() }
    }

    /// The same with what is known of the names in it.
    #[must_use]
    pub fn with_names(mut self, entities: &Entities) -> Self {
        self.nonpersonal = vec![false; self.text.tokens.len()];
        for mention in entities.of_zone(self.text.zone) {
            if matches!(mention.kind, Kind::Location | Kind::Organization) {
                self.nonpersonal[mention.tokens.clone()].fill(true);
            }
        }
        self
    }

    /// Whether token `i` belongs to the name of a place or an organization.
    #[must_use]
    pub fn nonpersonal(&self, i: usize) -> bool {
        self.nonpersonal.get(i).is_some_and(|n| *n)
    }

    /// The stretch that holds token `i`.
    #[must_use]
    pub fn stretch_at(&self, i: usize) -> Option<usize> {
        (self.inside[i] as usize).checked_sub(1)
    }

    /// Whether token `i` stands in quotation marks.
    #[must_use]
    pub fn quoted(&self, i: usize) -> bool {
        self.inside[i] != 0
    }

    /// The frame that holds token `i`.
    #[must_use]
    pub fn frame_of(&self, i: usize) -> Range<usize> {
        let n = self.frames.partition_point(|f| f.end <= i);
        self.frames.get(n).cloned().unwrap_or(i..i + 1)
    }

    /// The letters of token `i`.
    #[must_use]
    pub fn word(&self, i: usize) -> &'a str {
        self.text.word(i)
    }

    /// Whether token `i` is of any class in `class`.
    #[must_use]
    pub fn is(&self, i: usize, class: Class) -> bool {
        self.words[i].class.is(class)
    }

    /// Whether token `i` is a word that begins with a capital of its own, not its headline's.
    #[must_use]
    pub fn capital(&self, i: usize) -> bool {
        self.text.tokens[i].capital && self.text.tokens[i].kind == TokenKind::Word && !self.lowered(i)
    }

    /// Whether token `i` is a verb that only its headline writes with a capital.
    #[must_use]
    pub fn lowered(&self, i: usize) -> bool {
        self.lowered.get(i).is_some_and(|l| *l)
    }

    /// Whether token `i` is a word in lower case that no list knows: most often a noun or an adjective.
    #[must_use]
    pub fn plain(&self, i: usize) -> bool {
        self.text.tokens[i].kind == TokenKind::Word && !self.text.tokens[i].capital && self.words[i] == Word::default() && !self.adverb(i)
    }

    /// Whether token `i` is an adverb.
    #[must_use]
    pub fn adverb(&self, i: usize) -> bool {
        let word = self.word(i);
        self.is(i, Class::ADVERB)
            || word.len() > 4 && word.ends_with("ly") && !self.capital(i) && self.words[i] == Word::default() && word != "family"
    }

    /// Whether token `i` belongs to a verb without being its sense: "has", "would", "not", "also".
    #[must_use]
    pub fn auxiliary(&self, i: usize) -> bool {
        !self.capital(i) && self.is(i, Class::BE.or(Class::HAVE).or(Class::DO).or(Class::MODAL).or(Class::NOT)) || self.adverb(i)
    }

    /// The reporting verb at token `i`, with the token after its last ("shot back").
    #[must_use]
    pub fn cue(&self, i: usize) -> Option<(&'a CueVerb, usize)> {
        let word = self.words[i];
        if word.verb == 0 && word.phrasal == 0 {
            return None;
        }
        if let Some(verb) = self.cues.verb(word.phrasal)
            && i + 1 < self.text.tokens.len()
            && verb.particle == Some(self.word(i + 1))
        {
            return Some((verb, i + 2));
        }
        self.cues.verb(word.verb).map(|v| (v, i + 1))
    }

    /// Whether the verb at token `i` can be finite here: "said", "says", and "say" without "to" or "will" before it.
    #[must_use]
    pub fn finite(&self, i: usize) -> bool {
        self.words[i].forms & (form::PAST | form::THIRD) != 0 || self.words[i].forms & form::BASE != 0
    }

    /// Whether token `i` is the end of a name before the verb at `verb`: "Wendy's said", where "he's said" and "it's called" help.
    #[must_use]
    pub fn ends_name(&self, i: usize, verb: usize) -> bool {
        let cue = i > 0 && i + 1 == verb && self.text.tokens[i].kind == TokenKind::Clitic && self.capital(i - 1);
        cue && self.words[verb].forms & form::PAST != 0 && self.cue(verb).is_some_and(|(v, _)| v.behaviour.quotes && !v.behaviour.object)
    }

    /// Whether token `i` names a day, a month or a stretch of time.
    #[must_use]
    pub fn time(&self, i: usize) -> bool {
        if self.text.tokens[i].capital { self.is(i, Class::CALENDAR) } else { self.is(i, Class::TIME) }
    }

    /// Where the words end that tell when, if such begin at `i` before `end`: "Monday", "late on Wednesday", "earlier this
    /// month", "last week", "two days ago", "on June 4".
    ///
    /// Not where they are a subject ("last year was") or qualify a noun ("Monday's vote", "March sales").
    #[must_use]
    pub fn when_end(&self, i: usize, end: usize) -> Option<usize> {
        let any = |k: usize, words: &[&str]| k < end && !self.quoted(k) && words.contains(&self.word(k));
        let time = |k: usize| k < end && !self.quoted(k) && self.time(k);
        let mut k = i;
        if any(k, &["late", "early", "earlier", "later"]) && k + 1 < end {
            k += 1;
        }
        let led = any(k, &["on", "in"]) && time(k + 1) && self.capital(k + 1);
        let counted = any(k, &["this", "last", "next"]) || k + 2 < end && any(k + 2, &["ago", "earlier", "later"]);
        if led || counted && time(k + 1) {
            k += 1;
        }
        let first = k;
        while time(k) {
            k += 1;
        }
        if k == first {
            // "said earlier"
            return (k > i && self.time(k - 1)).then_some(k);
        }
        while k < end && self.text.tokens[k].kind == TokenKind::Number && self.capital(k - 1) {
            k += 1;
        }
        let dated = led || k > first + 1 || first > i || !self.capital(first) || self.word(first).ends_with("day");
        let subject = k < end && !self.quoted(k) && self.is(k, Class::BE.or(Class::HAVE).or(Class::MODAL));
        let owner = k < end && self.text.tokens[k].kind == TokenKind::Clitic;
        (dated && !subject && !owner).then_some(k)
    }

    /// Whether token `i` is one of these marks of punctuation.
    #[must_use]
    pub fn mark(&self, i: usize, any: &[&str]) -> bool {
        self.text.tokens[i].kind == TokenKind::Punctuation && any.contains(&self.word(i))
    }

    /// Whether token `i` is a dash.
    #[must_use]
    pub fn dash(&self, i: usize) -> bool {
        self.mark(i, &["—", "–", "-", "―"])
    }
}

/// "Bobby" in Robert "Bobby" Scott: a word or two between two words with capitals.
fn is_nickname(text: &Text<'_>, s: &Stretch) -> bool {
    let capital = |i: usize| text.tokens[i].capital && text.tokens[i].kind == TokenKind::Word;
    let paragraph = &text.paragraphs[s.paragraph];
    s.closed
        && s.inner.len() <= 2
        && s.tokens.start > paragraph.start
        && s.tokens.end < paragraph.end
        && capital(s.tokens.start - 1)
        && capital(s.tokens.end)
        && s.inner.clone().all(capital)
        && !text.word(s.tokens.start - 1).ends_with(':')
}

/// Takes the label of a transcript out of the marks: "ROE: We must…".
fn cut_label(text: &Text<'_>, s: &mut Stretch) {
    if let Some(colon) = label_end(text, s.inner.clone()) {
        s.tokens.start = colon + 1;
        s.inner.start = colon + 1;
    }
}

/// Where the label that opens `tokens` has its colon: one to four words in capitals, "ROE:", "MAYOR ROE:".
#[must_use]
pub fn label_end(text: &Text<'_>, tokens: Range<usize>) -> Option<usize> {
    for i in tokens.clone().take(6) {
        let word = text.word(i);
        if word == ":" {
            return (i > tokens.start && i + 1 < tokens.end).then_some(i);
        }
        let letters = word.chars().filter(|c| c.is_alphabetic()).count();
        let shouted = text.tokens[i].kind == TokenKind::Word && letters > 0 && !word.chars().any(char::is_lowercase);
        if !shouted {
            return None;
        }
    }
    None
}

/// Sentences joined where a stretch crosses their boundary.
fn frames(text: &Text<'_>, inside: &[u32]) -> Vec<Range<usize>> {
    let mut frames: Vec<Range<usize>> = Vec::with_capacity(text.sentences.len());
    for (n, s) in text.sentences.iter().enumerate() {
        let s = &(if n < 3 { dateline_end(text, s) } else { s.start }..s.end);
        let goes_on = s.start > 0 && inside[s.start] != 0 && inside[s.start] == inside[s.start - 1];
        match frames.last_mut() {
            Some(last) if goes_on => last.end = s.end,
            _ => frames.push(s.clone()),
        }
    }
    if frames.iter().any(|f| f.len() > LONGEST) { cut(frames, inside) } else { frames }
}

/// The longest headline, in tokens.
const HEADLINE: usize = 40;

/// The verbs of the headlines: of sentences that are a paragraph of their own, and of whose longer words outside of quotation
/// marks four in five begin with capitals.
fn lowered(text: &Text<'_>, words: &[Word], inside: &[u32], frames: &[Range<usize>]) -> Vec<bool> {
    let mut lowered = Vec::new();
    let mut paragraph = 0;
    for frame in frames {
        while text.paragraphs[paragraph].end <= frame.start {
            paragraph += 1;
        }
        if frame.len() > HEADLINE || *frame != text.paragraphs[paragraph] {
            continue;
        }
        let outside = frame.clone().filter(|&i| inside[i] == 0 && text.tokens[i].kind == TokenKind::Word);
        let (mut long, mut capital) = (0, 0);
        for i in outside.clone().filter(|&i| text.word(i).len() > 3) {
            long += 1;
            capital += usize::from(text.tokens[i].capital);
        }
        if long < 3 || capital * 5 < long * 4 {
            continue;
        }
        lowered.resize(text.tokens.len(), false);
        for i in outside.skip(1) {
            lowered[i] = text.tokens[i].capital && (words[i].verb != 0 || words[i].class.is(Class::VERB));
        }
    }
    lowered
}

/// A sentence of more tokens is cut, outside of quotation marks: no sentence is as long, and what is done for each of its
/// words and looks at all of the others stays linear in the text.
const LONGEST: usize = 300;

fn cut(frames: Vec<Range<usize>>, inside: &[u32]) -> Vec<Range<usize>> {
    let mut short = Vec::with_capacity(frames.len());
    for frame in frames {
        let mut start = frame.start;
        for i in frame.clone() {
            let crosses = i > frame.start && inside[i] != 0 && inside[i] == inside[i - 1];
            if i - start >= LONGEST && !crosses {
                short.push(start..i);
                start = i;
            }
        }
        short.push(start..frame.end);
    }
    short
}

/// Where a sentence begins behind its dateline: "LONDON (Reuters) - ", "NEWPORT NEWS, Va. — ".
fn dateline_end(text: &Text<'_>, sentence: &Range<usize>) -> usize {
    let first = text.word(sentence.start);
    let shouted = first.chars().count() > 2 && first.chars().all(|c| c.is_uppercase() || !c.is_alphabetic());
    for i in sentence.clone().take(16) {
        let dash = matches!(text.word(i), "-" | "–" | "—" | "--" | "―") && i > sentence.start && i + 1 < sentence.end;
        if dash && (text.word(i - 1) == ")" || shouted) {
            let end = if text.word(i + 1) == "-" { i + 2 } else { i + 1 };
            return end.min(sentence.end - 1);
        }
    }
    sentence.start
}
