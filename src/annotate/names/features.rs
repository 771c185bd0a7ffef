//! What the model of names looks at: the features of each token, the same for training and for prediction.
//!
//! A feature is a number of [`FEATURE_BITS`] bits, hashed from a template and the words it is filled with. Any change here, or in
//! the lists of names, changes what a model means: raise
//! [`FEATURES_VERSION`](crate::lexicon::name_model::FEATURES_VERSION) with it and train anew.

use std::ops::Range;

use super::evidence::{Evidence, Seen};
use crate::annotate::text::{Text, TokenKind};
use crate::lexicon::name_lists::{NameLists, WordFlags};
use crate::lexicon::name_model::FEATURE_BITS;

/// How the letters of a sentence are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Case {
    /// As in running text.
    Plain,
    /// Every Long Word Has a Capital.
    Headline,
    /// ALL CAPITALS.
    Shouted,
}

/// What is known of one token by itself.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Word {
    /// Hash of the word in lower case.
    pub(super) lower: u32,
    /// Hash of the word as it is written (of a shouted one: with one capital).
    exact: u32,
    prefixes: [u32; 4],
    suffixes: [u32; 4],
    /// Hash of the kinds of its characters: "Xxx-Xxxx9".
    shape: u32,
    /// The same with repetitions left out: "Xx-Xx9".
    short_shape: u32,
    /// The lists it stands in.
    pub(super) flags: WordFlags,
    /// Whether it may be part of a name for its letters alone.
    pub(super) capital: bool,
}

/// A text prepared for features.
pub(super) struct View<'t> {
    text: &'t Text<'t>,
    pub(super) words: Vec<Word>,
    /// The tokens that may be part of a name, in runs, none crossing a sentence.
    pub(super) runs: Vec<Range<usize>>,
    /// The unbroken runs of capitalised words, in order, none crossing a sentence.
    capitals: Vec<Range<usize>>,
    /// For each sentence.
    pub(super) cases: Vec<Case>,
}

impl<'t> View<'t> {
    pub(super) fn new(lists: &NameLists, text: &'t Text<'t>) -> Self {
        let cases: Vec<Case> = text.sentences.iter().map(|s| case_of(text, s.clone())).collect();
        let mut words = Vec::with_capacity(text.tokens.len());
        let mut buffer = Buffer::default();
        for (sentence, case) in text.sentences.iter().zip(&cases) {
            for i in sentence.clone() {
                words.push(buffer.word(lists, text.word(i), text.tokens[i].kind, *case));
            }
        }
        let mut runs = Vec::new();
        let mut capitals = Vec::new();
        for sentence in &text.sentences {
            runs_of(text, &words, sentence.clone(), &mut runs);
            capitals_of(&words, sentence.clone(), &mut capitals);
        }
        Self { text, words, runs, capitals, cases }
    }
}

/// A stable hash of bytes (FNV-1a, 32 bits, finished by a multiplication).
pub(super) fn hash(bytes: &[u8]) -> u32 {
    let mut h = 0x811c_9dc5_u32;
    for &b in bytes {
        h = (h ^ u32::from(b)).wrapping_mul(0x0100_0193);
    }
    h
}

/// The feature of template `t` filled with `a` and `b`.
fn feature(t: u32, a: u32, b: u32) -> u32 {
    let mut h = (u64::from(a) << 32 | u64::from(b)).wrapping_add(u64::from(t).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    h = (h ^ (h >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    h = (h ^ (h >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    (h >> (64 - FEATURE_BITS)) as u32
}

/// Two hashes as one.
fn pair(a: u32, b: u32) -> u32 {
    (a.rotate_left(13) ^ b).wrapping_mul(0x85eb_ca6b) ^ a
}

#[derive(Default)]
struct Buffer {
    lower: String,
    written: String,
}

impl Buffer {
    fn word(&mut self, lists: &NameLists, word: &str, kind: TokenKind, case: Case) -> Word {
        if kind != TokenKind::Word {
            let (mut shape, mut short) = (0, 0);
            if kind == TokenKind::Number {
                (shape, short) = shapes(word);
            } else {
                shape ^= hash(word.as_bytes());
                short ^= shape;
            }
            let h = hash(word.as_bytes());
            return Word { lower: h, exact: h, shape, short_shape: short, ..Word::default() };
        }
        self.lower.clear();
        let mut capital = false;
        if word.is_ascii() {
            capital = word.bytes().any(|b| b.is_ascii_uppercase());
            self.lower.push_str(word);
            self.lower.make_ascii_lowercase();
        } else {
            for c in word.chars() {
                capital |= c.is_alphabetic() && !c.is_lowercase();
                self.lower.extend(c.to_lowercase());
            }
        }
        let lower = hash(self.lower.as_bytes());
        if !capital {
            // A word that is no name by its letters needs less.
            let flags = lists.flags(word);
            let suffixes = suffixes(&self.lower);
            let shape = if word.len() < 4 { 11 } else { 12 };
            return Word { lower, exact: lower, suffixes, shape, short_shape: 12, flags, ..Word::default() };
        }
        let mut flags = lists.flags(word);
        let mut exact = hash(word.as_bytes());
        if case != Case::Plain {
            // Lower-case lists for headlines, one-capital lists for shouted words.
            let lower_lists = WordFlags::ROLE_HEAD.and(WordFlags::ROLE_MODIFIER).and(WordFlags::SPEECH_VERB).and(WordFlags::PARTICLE);
            flags = flags.and(WordFlags(lists.flags(&self.lower).0 & lower_lists.0));
            if case == Case::Shouted && word.chars().count() > 1 {
                self.written.clear();
                let mut start = true;
                for c in word.chars() {
                    if start {
                        self.written.push(c);
                    } else {
                        self.written.extend(c.to_lowercase());
                    }
                    start = !c.is_alphanumeric();
                }
                flags = flags.and(lists.flags(&self.written));
                exact = hash(self.written.as_bytes());
            }
        }
        let (shape, short_shape) = shapes(word);
        Word { lower, exact, prefixes: prefixes(word), suffixes: suffixes(&self.lower), shape, short_shape, flags, capital }
    }
}

fn prefixes(word: &str) -> [u32; 4] {
    let mut out = [0; 4];
    for (k, (at, c)) in word.char_indices().take(4).enumerate() {
        out[k] = hash(&word.as_bytes()[..at + c.len_utf8()]);
    }
    out
}

fn suffixes(word: &str) -> [u32; 4] {
    let mut out = [0; 4];
    for (k, (at, _)) in word.char_indices().rev().take(4).enumerate() {
        out[k] = hash(&word.as_bytes()[at..]);
    }
    out
}

fn shapes(word: &str) -> (u32, u32) {
    let mut long = [0_u8; 12];
    let mut short = [0_u8; 12];
    let (mut l, mut s) = (0, 0);
    for c in word.chars() {
        let k = match c {
            'A'..='Z' => b'X',
            'a'..='z' => b'x',
            '0'..='9' => b'9',
            _ if c.is_uppercase() => b'X',
            _ if c.is_alphabetic() => b'x',
            '.' | '-' | '&' => c as u8,
            _ => b'\'',
        };
        if l < long.len() {
            long[l] = k;
            l += 1;
        }
        if s < short.len() && (s == 0 || short[s - 1] != k) {
            short[s] = k;
            s += 1;
        }
    }
    (hash(&long[..l]), hash(&short[..s]))
}

/// How the words of a sentence are written; short ones tell nothing.
fn case_of(text: &Text<'_>, sentence: Range<usize>) -> Case {
    let (mut long, mut capital, mut shouted) = (0, 0, 0);
    for i in sentence {
        let token = &text.tokens[i];
        if token.kind != TokenKind::Word || token.span.len() < 4 {
            continue;
        }
        let word = text.word(i);
        long += 1;
        if token.capital {
            capital += 1;
            shouted += usize::from(
                word.as_bytes().get(1).copied().is_some_and(|b| b.is_ascii_uppercase()) && !word.bytes().any(|b| b.is_ascii_lowercase()),
            );
        }
    }
    if long >= 3 && shouted * 10 >= long * 8 {
        Case::Shouted
    } else if long >= 4 && capital * 10 >= long * 8 {
        Case::Headline
    } else {
        Case::Plain
    }
}

/// Words and signs that may stand inside a name.
fn is_bridge(text: &Text<'_>, words: &[Word], i: usize) -> bool {
    match text.tokens[i].kind {
        TokenKind::Word => {
            words[i].flags.has(WordFlags::PARTICLE)
                || matches!(
                    text.word(i),
                    "of" | "and" | "for" | "the" | "in" | "on" | "to" | "at" | "a" | "with" | "without" | "from" | "against" | "or"
                )
        }
        TokenKind::Clitic | TokenKind::Number => true,
        TokenKind::Mark => text.tokens[i].span.len() == 1,
        TokenKind::Punctuation => matches!(text.word(i), "-" | "&" | "/" | "." | "," | "–" | "+" | "!" | ":" | "@"),
    }
}

/// The runs of tokens of one sentence that may be part of a name.
fn runs_of(text: &Text<'_>, words: &[Word], sentence: Range<usize>, runs: &mut Vec<Range<usize>>) {
    let mut open: Option<Range<usize>> = None;
    for i in sentence.clone().filter(|&i| words[i].capital) {
        let mut start = i;
        while start > sentence.start
            && (words[start - 1].flags.has(WordFlags::PARTICLE) && !matches!(text.word(start - 1), "e" | "y" | "do" | "as")
                || text.tokens[start - 1].kind == TokenKind::Number)
            && i - start < 2
        {
            start -= 1;
        }
        let end = if i + 1 < sentence.end && text.tokens[i + 1].kind == TokenKind::Number { i + 2 } else { i + 1 };
        match &mut open {
            Some(run) if start <= run.end + 1 || start - run.end <= 3 && (run.end..start).all(|k| is_bridge(text, words, k)) => {
                run.end = run.end.max(end);
            }
            _ => runs.extend(open.replace(start..end)),
        }
    }
    runs.extend(open);
}

/// The features of token `i` in sentence `sentence`, one call of `sink` each.
pub(super) fn each(view: &View<'_>, evidence: &Evidence, sentence: usize, i: usize, sink: &mut impl FnMut(u32)) {
    const EDGE: Word =
        Word { lower: 1, exact: 1, prefixes: [0; 4], suffixes: [0; 4], shape: 1, short_shape: 1, flags: WordFlags(0), capital: false };
    let bounds = &view.text.sentences[sentence];
    let at = |offset: isize| -> &Word {
        let k = i.wrapping_add_signed(offset);
        if bounds.contains(&k) { &view.words[k] } else { &EDGE }
    };
    let (w, l1, r1, l2, r2) = (at(0), at(-1), at(1), at(-2), at(2));
    let case = view.cases[sentence] as u32;
    let mut t = 0;
    let mut put = |a: u32, b: u32| {
        t += 1;
        sink(feature(t, a, b));
    };
    // the words
    put(0, 0);
    put(w.exact, 0);
    put(w.lower, 0);
    put(l1.lower, 0);
    put(r1.lower, 0);
    put(l2.lower, 0);
    put(r2.lower, 0);
    put(l1.lower, w.lower);
    put(w.lower, r1.lower);
    put(l1.lower, r1.lower);
    put(pair(l2.lower, l1.lower), w.short_shape);
    put(pair(r1.lower, r2.lower), w.short_shape);
    put(l1.lower, w.short_shape);
    put(r1.lower, w.short_shape);
    // their letters
    for k in 0..4 {
        put(w.prefixes[k], 0);
        put(w.suffixes[k], 0);
    }
    put(w.suffixes[2], w.short_shape);
    put(l1.suffixes[2], 0);
    put(r1.suffixes[2], 0);
    put(w.shape, 0);
    put(w.short_shape, case);
    put(l1.short_shape, w.short_shape);
    put(w.short_shape, r1.short_shape);
    put(pair(l1.short_shape, w.short_shape), r1.short_shape);
    put(pair(l2.short_shape, l1.short_shape), w.short_shape);
    put(pair(w.short_shape, r1.short_shape), r2.short_shape);
    // the lists
    put(w.flags.0, 0);
    put(l1.flags.0, 0);
    put(r1.flags.0, 0);
    put(l1.flags.0, w.flags.0);
    put(w.flags.0, r1.flags.0);
    put(l1.flags.0, pair(w.flags.0, r1.flags.0));
    put(l2.flags.0, l1.flags.0);
    put(r1.flags.0, r2.flags.0);
    put(w.flags.0, w.short_shape);
    put(w.flags.0, l1.lower);
    put(w.flags.0, r1.lower);
    // the run of capitals that it is part of
    let capitals = view.capitals_around(i);
    let before = if capitals.start > bounds.start { view.words[capitals.start - 1].lower } else { 1 };
    let after = if capitals.end < bounds.end { view.words[capitals.end].lower } else { 1 };
    let position = (i - capitals.start).min(3) as u32 * 8 + (capitals.end - 1 - i).min(3) as u32;
    let last = &view.words[capitals.end - 1];
    let first = &view.words[capitals.start];
    put(before, position);
    put(after, position);
    put(last.lower, position);
    put(first.lower, position);
    put(last.flags.0, first.flags.0);
    put(position, u32::from(capitals.start == bounds.start) * 4 + case);
    put(before, after);
    put(w.lower, u32::from(i == bounds.start));
    // the document
    let seen = evidence.elsewhere(view, sentence, bounds, i);
    put(seen.bits(), w.short_shape);
    for (k, flag) in seen.flags().into_iter().enumerate() {
        if flag {
            sink(feature(200 + k as u32, case, 0));
            sink(feature(300 + k as u32, w.short_shape, 0));
        }
    }
}

/// The unbroken runs of capitalised words of one sentence.
fn capitals_of(words: &[Word], sentence: Range<usize>, capitals: &mut Vec<Range<usize>>) {
    let mut open: Option<Range<usize>> = None;
    for i in sentence.filter(|&i| words[i].capital) {
        match &mut open {
            Some(run) if run.end == i => run.end = i + 1,
            _ => capitals.extend(open.replace(i..i + 1)),
        }
    }
    capitals.extend(open);
}

impl View<'_> {
    /// The unbroken run of capitalised words around token `i`; of a token without a capital, itself.
    fn capitals_around(&self, i: usize) -> Range<usize> {
        let next = self.capitals.partition_point(|c| c.end <= i);
        self.capitals.get(next).filter(|c| c.contains(&i)).cloned().unwrap_or(i..i + 1)
    }

    /// Every sentence with the way it is written.
    pub(super) fn sentences(&self) -> impl Iterator<Item = (&Range<usize>, Case)> {
        self.text.sentences.iter().zip(self.cases.iter().copied())
    }

    /// Where sentence `sentence` ends.
    pub(super) fn sentence_end(&self, sentence: usize) -> usize {
        self.text.sentences[sentence].end
    }

    /// What the place of token `i` in its sentence tells of its word.
    pub(super) fn seen_at(&self, sentence: &Range<usize>, i: usize) -> Seen {
        let word = &self.words[i];
        let before = (i > sentence.start).then(|| &self.words[i - 1]);
        let after = (i + 1 < sentence.end).then(|| &self.words[i + 1]);
        let mark = |k: usize| self.text.tokens[k].kind == TokenKind::Mark;
        let mut seen = Seen::default();
        if !word.capital {
            seen.lower = 1;
            return seen;
        }
        let leads = i == sentence.start || mark(i - 1);
        seen.inside = u16::from(!leads);
        if let Some(before) = before {
            seen.after_title = u16::from(before.flags.has(WordFlags::ANY_TITLE) && before.capital);
            seen.after_first_name = u16::from(before.capital && before.flags.has(WordFlags::FIRST_NAME));
            seen.after_in = u16::from(matches!(self.text.word(i - 1), "in" | "In" | "near" | "from" | "across" | "outside"));
            seen.after_the = u16::from(matches!(self.text.word(i - 1), "the" | "The"));
        }
        if let Some(after) = after {
            seen.before_speech = u16::from(after.flags.has(WordFlags::SPEECH_VERB) && !after.capital);
            seen.before_suffix = u16::from(after.capital && after.flags.has(WordFlags::ORGANIZATION_SUFFIX));
            seen.before_head = u16::from(after.capital && after.flags.has(WordFlags::ORGANIZATION_HEAD));
            seen.bracketed = u16::from(i > sentence.start && self.text.word(i - 1) == "(" && self.text.word(i + 1) == ")");
        }
        seen
    }
}
