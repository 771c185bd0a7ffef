//! Reports: reporting verbs with who does the reporting, and the words that follow them.

use std::ops::Range;

use super::choice::subordinates;
use super::complement::{Complement, comma_cut, complement, content_end};
use super::phrases::Phrase;
use super::sieve::source_from;
use super::verbs::verb_at;
use super::view::View;
use crate::annotate::text::TokenKind;
use crate::lexicon::cues::{Class, CueVerb, form};

/// One reporting verb with its subject.
#[derive(Clone, Debug)]
pub struct Report<'a> {
    /// The verb.
    pub verb: &'a CueVerb,
    /// Its tokens, a particle included.
    pub cue: Range<usize>,
    /// Who reports.
    pub subject: Phrase,
    /// What follows.
    pub complement: Complement,
    /// The words reported, as far as this sentence goes; empty where nothing is.
    pub content: Range<usize>,
    /// Where the attribution splits them, the rest: "The news, he said, is bad".
    pub rest: Range<usize>,
    /// The sentence.
    pub frame: Range<usize>,
    /// Whether it says what was not said: "never said", "refused to say", "nobody said".
    pub negated: bool,
    /// Whether the verb is passive: "was told".
    pub passive: bool,
}

impl Report<'_> {
    /// Who speaks: the subject, but of a passive verb the one behind "by", if any. Who "was told" is the hearer.
    #[must_use]
    pub fn source(&self, view: &View<'_>) -> Option<Phrase> {
        if !self.passive {
            return Some(self.subject.clone());
        }
        let mut i = self.cue.end;
        let end = self.frame.end.min(i + 12);
        while i < end && view.word(i) != "by" {
            // `called “…” by Roe`
            if let Some(s) = view.stretch_at(i) {
                let close = view.stretches[s].tokens.end;
                let behind = close < self.frame.end && view.word(close) == "by";
                return if behind { view.phrase_from(close + 1, self.frame.end) } else { None };
            }
            i += 1;
        }
        if i < end { view.phrase_from(i + 1, self.frame.end) } else { None }
    }
}

/// The reports of a text, in order of their verbs.
#[must_use]
pub fn reports<'a>(view: &View<'a>) -> Vec<Report<'a>> {
    let mut found = Vec::new();
    for frame in &view.frames {
        let mut start = frame.start;
        for i in frame.clone() {
            if view.quoted(i) {
                continue;
            }
            if view.mark(i, &[";"]) {
                start = i + 1;
            }
            let word = view.words[i];
            if matches!(view.word(i), "according" | "According" | "per" | "Per") {
                found.extend(according(view, frame.clone(), start, i));
                continue;
            }
            if word.class.is(Class::REPORT)
                && let Some(report) = noun(view, frame.clone(), start, i)
            {
                found.push(report);
                continue;
            }
            if word.verb == 0 && word.phrasal == 0 {
                continue;
            }
            let Some((verb, after)) = verb_at(view, i) else { continue };
            if let Some(report) = report(view, frame.clone(), start, i, verb, after) {
                found.push(report);
            }
        }
    }
    found
}

/// "According to the mayor, it is over." and "It is over, per the mayor."
fn according<'a>(view: &View<'a>, frame: Range<usize>, start: usize, i: usize) -> Option<Report<'a>> {
    let verb = view.cues.verb(view.cues.word("according").verb)?;
    let source = source_from(view, i, frame.end)?;
    let phrase = view.phrase_from(source, frame.end)?;
    let mut behind = phrase.tokens.end;
    let subject = view.named_apposition(phrase, frame.end);
    behind = behind.max(subject.tokens.end);
    // over an apposition or a clause that belongs to the source, up to the comma
    let comma = (behind..frame.end.min(behind + 25)).find(|&k| !view.quoted(k) && view.mark(k, &[","]));
    let opening = i <= start + 1 || view.mark(i - 1, &[","]) && comma.is_some_and(|c| c + 2 < frame.end) && i < start + 5;
    let (complement, content, rest) = match comma {
        Some(comma) if opening => (Complement::Clause, comma + 1..content_end(view, comma + 1, frame.end), comma..comma),
        _ => {
            let end = clause_end_before(view, &frame, i);
            let goes_on = comma.filter(|&c| c + 3 < frame.end && introduction_alone(view, start, end));
            let rest = goes_on.map_or(end..end, |c| c + 1..content_end(view, c + 1, frame.end));
            (Complement::Before, start.min(end)..end, rest)
        }
    };
    Some(Report { verb, cue: i..source, subject, complement, content, rest, frame, negated: false, passive: false })
}

/// "His claim that it is over", "the mayor's pledge to stay": a noun that reports, with whose it is.
fn noun<'a>(view: &View<'a>, frame: Range<usize>, start: usize, i: usize) -> Option<Report<'a>> {
    let next = i + 1;
    if next + 1 >= frame.end || view.capital(i) {
        return None;
    }
    let (complement, content) = if view.quoted(next) {
        (Complement::None, next..next)
    } else if view.word(next) == "that" {
        (Complement::That, next..comma_cut(view, next, content_end(view, next, frame.end), 6))
    } else if view.word(next) == "to" && view.words[next + 1].class.0 & Class::DETERMINER.or(Class::POSSESSIVE).0 == 0 {
        (Complement::Infinitive, next..comma_cut(view, next, content_end(view, next, frame.end), 2))
    } else {
        match behind_adjunct(view, next, frame.end)? {
            that if view.word(that) == "that" && !view.quoted(that) => {
                (Complement::That, that..comma_cut(view, that, content_end(view, that, frame.end), 6))
            }
            quote => (Complement::None, quote..quote),
        }
    };
    // over its adjectives to whose it is
    let mut k = i;
    while k > start && i - k < 3 && !view.quoted(k - 1) && (view.plain(k - 1) || view.adverb(k - 1) || view.time(k - 1)) {
        k -= 1;
    }
    let owner = k.checked_sub(1).filter(|&o| o >= start && !view.quoted(o))?;
    let subject = if view.text.tokens[owner].kind == TokenKind::Clitic && owner > start {
        let whole = view.phrase_before(owner - 1, start)?.tokens;
        // not what leads to it: "laughed at the mayor's claim"
        let led = whole.clone().rev().find(|&i| view.is(i, Class::PREPOSITION) && view.word(i) != "of" && !view.capital(i));
        Phrase { tokens: led.map_or(whole.start, |i| i + 1)..whole.end }
    } else if view.is(owner, Class::POSSESSIVE) && !view.word(owner).eq_ignore_ascii_case("whose") {
        Phrase { tokens: owner..k }
    } else {
        return None;
    };
    let rest = content.end..content.end;
    Some(Report { verb: view.cues.noun(), cue: i..next, subject, complement, content, rest, frame, negated: false, passive: false })
}

/// Where behind the adjunct of a noun stands what it reports, a quote or "that": "his claim on Monday that", "his plea for “…”".
fn behind_adjunct(view: &View<'_>, from: usize, end: usize) -> Option<usize> {
    if !view.is(from, Class::PREPOSITION) && !view.time(from) {
        return None;
    }
    for i in from..end.min(from + 12) {
        if view.quoted(i) || view.word(i) == "that" {
            return Some(i);
        }
        let word = view.words[i];
        let verb = !view.capital(i) && (view.auxiliary(i) && !view.adverb(i) || word.verb != 0 || word.class.is(Class::VERB));
        if verb && !view.is(i - 1, Class::DETERMINER.or(Class::POSSESSIVE)) || view.text.tokens[i].kind == TokenKind::Punctuation {
            return None;
        }
    }
    None
}

fn report<'a>(view: &View<'a>, frame: Range<usize>, start: usize, i: usize, verb: &'a CueVerb, after: usize) -> Option<Report<'a>> {
    let (mut negated, mut passive) = (false, false);
    let mut k = i;
    while k > start && !view.quoted(k - 1) && (view.auxiliary(k - 1) && !view.ends_name(k - 1, i) || view.word(k - 1) == "to") {
        k -= 1;
        negated |= view.is(k, Class::NOT) || view.word(k).ends_with("n't") || view.word(k).ends_with("n’t");
        negated |= view.word(k) == "to" && k > start && withholds(view.word(k - 1));
        passive |= view.is(k, Class::BE) && view.words[i].forms & form::PARTICIPLE != 0 && view.words[i].forms & form::ING == 0;
    }
    // a bare participle behind a noun: "a plan called"
    let subject = inverted(view, &frame, i, verb, after).or_else(|| view.subject(i, start)).or_else(|| subject_behind(view, &frame, i))?;
    if subject.tokens.start <= i && i < subject.tokens.end {
        return None;
    }
    // "a swiftly called meeting"
    let article = ["a", "an", "the", "his", "her", "its", "their"].iter().any(|a| view.word(subject.tokens.start).eq_ignore_ascii_case(a));
    if subject.tokens.len() == 1 && article {
        return None;
    }
    let subject = governing(view, start, &subject).unwrap_or(subject);
    let is_inverted = subject.tokens.start >= after;
    if !is_inverted && k == i && names(view, &frame, i, after, &subject) {
        return None;
    }
    let first = view.word(subject.tokens.start);
    negated |= ["no", "nobody", "none", "neither", "nothing"].iter().any(|no| first.eq_ignore_ascii_case(no));
    let behind = if is_inverted { subject.tokens.end } else { after };
    let mut rest = behind..behind;
    let finite = view.words[i].forms & (form::PAST | form::THIRD | form::BASE) != 0;
    let (complement, content) = if is_inverted || finite && closes(view, &frame, after) && before_is_clause(view, &frame, &subject) {
        let end = clause_end_before(view, &frame, if is_inverted { i } else { subject.tokens.start });
        let goes_on = behind + 1 < frame.end && view.mark(behind, &[","]) && !view.quoted(behind + 1) && !is_inverted;
        if goes_on && !view.is(behind + 1, Class::COORDINATOR) && view.words[behind + 1].forms & form::ING == 0 {
            rest = behind + 1..content_end(view, behind + 1, frame.end);
        }
        if end > frame.start && (!rest.is_empty() || !introduction_alone(view, frame.start, end)) {
            (Complement::Before, frame.start..end)
        } else if is_inverted {
            (Complement::None, behind..behind)
        } else {
            complement(view, verb, after, frame.end)
        }
    } else {
        let (kind, content) = complement(view, verb, after, frame.end);
        let stop = introduction_end(view, &frame, &subject, &content);
        (kind, content.start..stop)
    };
    Some(Report { verb, cue: i..after, subject, complement, content, rest, frame, negated, passive })
}

/// Whether `start..end` only leads to a clause and is none: "Flying home that night", "In an interview on Monday", "After the vote",
/// with no clause behind a comma of it.
fn introduction_alone(view: &View<'_>, start: usize, end: usize) -> bool {
    let mut i = start;
    while i < end && !view.quoted(i) && (view.is(i, Class::COORDINATOR) || view.adverb(i) || view.mark(i, &[","])) {
        i += 1;
    }
    if i >= end || view.quoted(i) {
        return false;
    }
    let finite = |k: usize| {
        let word = view.words[k];
        let verb = word.class.is(Class::BE.or(Class::HAVE).or(Class::DO).or(Class::MODAL).or(Class::VERB))
            || word.verb != 0 && word.forms & (form::PAST | form::THIRD) != 0;
        !view.quoted(k) && !view.capital(k) && verb && !view.word(k).ends_with("ing")
    };
    let leads = (Class::PREPOSITION.or(Class::SUBORDINATOR), Class::DETERMINER.or(Class::POSSESSIVE));
    // "about 200 people left", "whether it is over will be told"
    if view.is(i, Class::QUESTION) || view.is(i, Class::PREPOSITION) && !view.is(i, Class::SUBORDINATOR) && (i + 1..end).any(finite) {
        return false;
    }
    if view.is(i, leads.0) && !view.is(i, leads.1) {
        let past = |k: usize| finite(k) || view.plain(k) && view.word(k).ends_with("ed");
        let comma = (i..end).find(|&k| !view.quoted(k) && view.mark(k, &[","]));
        return comma.is_none_or(|comma| !(comma + 1..end).any(past));
    }
    // a gerund can be a subject: "Trading in funds is"
    view.word(i).ends_with("ing") && view.words[i].class.0 & Class::DETERMINER.0 == 0 && !(i + 1..end).any(finite)
}

/// Where what is reported ends if it is reported in a clause that leads to another: "Although Roe said it was “over,” Doe".
fn introduction_end(view: &View<'_>, frame: &Range<usize>, subject: &Phrase, content: &Range<usize>) -> usize {
    if subject.tokens.start != frame.start + 1 || !subordinates(view, frame.start) {
        return content.end;
    }
    let ends = |&i: &usize| i > content.start && view.quoted(i - 1) && !view.quoted(i) && view.word(i - 2) == ",";
    content.clone().find(ends).unwrap_or(content.end)
}

/// Whether who does it to say something does not say it.
fn withholds(word: &str) -> bool {
    const STEMS: [&str; 4] = ["refus", "declin", "fail", "neglect"];
    const ENDINGS: [&str; 5] = ["e", "es", "ed", "ing", "s"];
    STEMS.iter().filter_map(|stem| word.strip_prefix(stem)).any(|ending| ending.is_empty() || ENDINGS.contains(&ending))
}

/// Whether what looks like a verb at `i` is a noun: "the bank's rules are", "a sharp decline in", "the group call".
///
/// A verb stands before no other verb; a bare one needs a subject of several people, or "I" and "you"; and no determiner or
/// adjective is a subject.
fn names(view: &View<'_>, frame: &Range<usize>, i: usize, after: usize, subject: &Phrase) -> bool {
    let forms = view.words[i].forms;
    if forms & form::PAST != 0 || forms & (form::BASE | form::THIRD | form::ING) == 0 {
        return false;
    }
    let verb_next = after < frame.end
        && !view.quoted(after)
        && !view.capital(after)
        && view.is(after, Class::BE.or(Class::HAVE).or(Class::DO).or(Class::MODAL));
    if verb_next {
        return true;
    }
    let last = subject.tokens.end - 1;
    if last + 1 != i {
        return false;
    }
    if view.is(last, Class::DETERMINER.or(Class::POSSESSIVE)) && !view.is(last, Class::SUBJECT.or(Class::GROUP)) {
        return true;
    }
    let several = view.capital(last)
        || view.is(last, Class::SUBJECT.or(Class::GROUP).or(Class::RELATIVE).or(Class::PLURAL).or(Class::ORGANIZATION))
        || view.word(last).ends_with('s')
        || view.text.tokens[last].kind != TokenKind::Word
        || subject.tokens.clone().any(|k| view.is(k, Class::COORDINATOR));
    forms & form::BASE != 0 && !several
}

/// Who stands behind a document that speaks: of "Roe released a letter that says" it is Roe.
fn governing(view: &View<'_>, start: usize, subject: &Phrase) -> Option<Phrase> {
    let (first, last) = (subject.tokens.start, subject.tokens.end - 1);
    if !view.is(last, Class::RELATIVE) {
        return None;
    }
    // "a letter from his doctor on Friday that says": what was written may stand some words before
    let back = if last == first { last.saturating_sub(8).max(start) } else { first };
    let written = Class::DOCUMENT.or(Class::SPEECH);
    let document = (back..last).rev().find(|&i| view.quoted(i) || view.mark(i, &[";", ":"]) || view.is(i, written) && !view.capital(i));
    let document = document.filter(|&i| !view.quoted(i) && view.is(i, written))?;
    let near = last == first || last - document <= 2;
    if !near {
        return None;
    }
    let first = document.min(first);
    let verb = (start..first).rev().take(12).find(|&i| {
        let word = view.words[i];
        !view.quoted(i) && !view.capital(i) && (word.verb != 0 || word.class.is(Class::VERB)) && word.forms & form::ING == 0
    })?;
    view.subject(verb, start).filter(|s| s.tokens.end <= verb)
}

/// The subject that follows an introduction: `In declaring it "over," the mayor`.
fn subject_behind(view: &View<'_>, frame: &Range<usize>, i: usize) -> Option<Phrase> {
    if view.words[i].forms & form::ING == 0 || i > frame.start + 6 {
        return None;
    }
    let mut k = i + 1;
    while k < frame.end.min(i + 60) {
        if let Some(s) = view.stretch_at(k) {
            k = view.stretches[s].tokens.end;
            // the comma may stand inside of the marks
            if k < frame.end && view.word(k - 2) == "," {
                return view.phrase_from(k, frame.end);
            }
            continue;
        }
        if view.mark(k, &[","]) {
            return view.phrase_from(k + 1, frame.end);
        }
        k += 1;
    }
    None
}

/// The subject of "said" in `…, said the mayor.`
fn inverted(view: &View<'_>, frame: &Range<usize>, i: usize, verb: &CueVerb, after: usize) -> Option<Phrase> {
    if i == frame.start || view.words[i].forms & (form::PAST | form::THIRD) == 0 || verb.lemma == "tell" {
        return None;
    }
    let before_closes = view.quoted(i - 1) || view.mark(i - 1, &[",", "—", "–"]);
    if !before_closes {
        return None;
    }
    let phrase = view.phrase_from(after, frame.end)?;
    let first = phrase.tokens.start;
    if view.time(first) || view.is(first, Class::OBJECT.or(Class::PREPOSITION)) || view.word(first) == "it" {
        return None;
    }
    // "Roe, a worker, said she was": what stands behind "she" tells
    let next = phrase.tokens.end;
    let closes = next >= frame.end || view.text.tokens[next].kind == TokenKind::Punctuation;
    // behind a mere comma it is more often the object: "Roe, a critic, likened the rules to"
    let plainly = verb.behaviour.quotes && !verb.behaviour.object && closes;
    let behind_quote = view.quoted(i - 1)
        && (verb.behaviour.quotes || verb.behaviour.weak)
        && (closes || view.is(next, Class::PREPOSITION) || view.word(next) == "who" || view.time(next));
    if !plainly && !behind_quote {
        return None;
    }
    Some(view.named_apposition(phrase, frame.end))
}

/// Whether a sentence closes right behind the verb, but for when and where: `…, he said on Monday.`
pub(super) fn closes(view: &View<'_>, frame: &Range<usize>, after: usize) -> bool {
    let mut i = after;
    while i < frame.end && !view.quoted(i) {
        if let Some(when) = view.when_end(i, frame.end) {
            i = when;
            continue;
        }
        if view.text.tokens[i].kind == TokenKind::Punctuation {
            return view.mark(i, &[".", ",", "!", "?", ";", ")"]);
        }
        let adjunct = view.time(i) || view.adverb(i) || view.is(i, Class::PREPOSITION.or(Class::HEARER));
        if !adjunct || i > after + 1 && view.is(i, Class::PREPOSITION) {
            // "in a statement", "in an interview with the paper": an adjunct runs to the end or a comma
            if i > after && view.is(i - 1, Class::PREPOSITION) {
                let stop = (i..frame.end).find(|&k| view.quoted(k) || view.text.tokens[k].kind == TokenKind::Punctuation);
                let leads = |k: usize| view.quoted(k) || view.mark(k, &[":"]) || k + 1 < frame.end && view.quoted(k + 1);
                return stop.is_none_or(|k| !leads(k) && k < i + 14);
            }
            return false;
        }
        i += 1;
    }
    true
}

/// Whether a clause stands before the subject, parted from it by a comma: `It is over, he said`.
fn before_is_clause(view: &View<'_>, frame: &Range<usize>, subject: &Phrase) -> bool {
    let s = subject.tokens.start;
    s > frame.start + 2 && (view.mark(s - 1, &[","]) || view.quoted(s - 1) || view.dash(s - 1))
}

fn clause_end_before(view: &View<'_>, frame: &Range<usize>, at: usize) -> usize {
    let mut end = at;
    while end > frame.start && !view.quoted(end - 1) && view.text.tokens[end - 1].kind == TokenKind::Punctuation {
        end -= 1;
    }
    end
}
