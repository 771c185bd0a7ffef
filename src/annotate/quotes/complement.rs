//! What a reporting verb reports: where the clause or the words behind it begin, and where they end.

use std::ops::Range;

use super::view::View;
use crate::annotate::text::TokenKind;
use crate::lexicon::cues::{Class, CueVerb, form};

/// What stands behind a reporting verb, as far as it tells what is reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Complement {
    /// said that he would
    That,
    /// said he would
    Clause,
    /// asked whether, explained why
    Question,
    /// vowed to
    Infinitive,
    /// called for, warned of
    Preposition,
    /// praised the plan
    Noun,
    /// …, he said.
    Before,
    /// a quote, or nothing
    None,
}

impl Complement {
    /// The letter that stands for it in `cues.tsv`.
    #[must_use]
    pub fn letter(self) -> char {
        match self {
            Complement::That => 't',
            Complement::Clause => 'c',
            Complement::Question => 'w',
            Complement::Infinitive => 'i',
            Complement::Preposition => 'p',
            Complement::Noun => 'n',
            Complement::Before => 'b',
            Complement::None => '-',
        }
    }
}

/// What follows the verb, and where it ends.
pub(super) fn complement(view: &View<'_>, verb: &CueVerb, after: usize, end: usize) -> (Complement, Range<usize>) {
    let none = (Complement::None, after..after);
    let mut i = after;
    // over adverbs, times, hearers and short adjuncts to what is reported
    let mut steps = 0;
    while i < end && steps < 30 {
        steps += 1;
        if view.quoted(i) {
            return none;
        }
        if let Some(when) = view.when_end(i, end) {
            i = when;
            continue;
        }
        if view.adverb(i) && !view.is(i, Class::QUESTION) {
            i += 1;
            continue;
        }
        if view.mark(i, &[":"]) {
            return none;
        }
        if view.mark(i, &[","]) {
            // "said, however, that"
            if let Some(second) = (i + 1..end.min(i + 8)).find(|&k| view.mark(k, &[","])) {
                i = second + 1;
                continue;
            }
            return none;
        }
        if view.word(i) == "that" {
            return (Complement::That, i..content_end(view, i, end));
        }
        if view.is(i, Class::QUESTION) || view.word(i) == "if" {
            return (Complement::Question, i..content_end(view, i, end));
        }
        if view.word(i) == "to"
            && i + 1 < end
            && !view.quoted(i + 1)
            && !view.is(i + 1, Class::DETERMINER.or(Class::POSSESSIVE).or(Class::HEARER).or(Class::OBJECT))
            && !view.capital(i + 1)
        {
            let stop = comma_cut(view, i, content_end(view, i, end), 2);
            return (Complement::Infinitive, i..joined_cut(view, i, stop));
        }
        if view.is(i, Class::PREPOSITION) {
            // an adjunct before "that": "said in a statement that"
            let that = (i + 1..end.min(i + 16)).find(|&k| !view.quoted(k) && view.word(k) == "that");
            let blocked = that.is_some_and(|t| {
                (i + 1..t).any(|k| view.quoted(k) || view.mark(k, &[",", ";", ":"]) || view.auxiliary(k) && !view.adverb(k))
            });
            if let (Some(t), false, true) = (that, blocked, verb.behaviour.quotes) {
                return (Complement::That, t..content_end(view, t, end));
            }
            let stop = comma_cut(view, i + 1, content_end(view, i + 1, end), 1);
            return (Complement::Preposition, i + 1..joined_cut(view, i + 1, stop));
        }
        if verb.behaviour.hearer
            && (view.is(i, Class::OBJECT.or(Class::HEARER)) || i == after)
            && let Some(hearer) = hearer_end(view, i, end)
        {
            i = hearer;
            continue;
        }
        break;
    }
    if i >= end || view.quoted(i) || view.text.tokens[i].kind == TokenKind::Punctuation && !view.mark(i, &["$", "(", "["]) {
        return none;
    }
    let stop = content_end(view, i, end);
    if i >= stop {
        return none;
    }
    if let Some(finite) = clause(view, i, stop) {
        let least = 4.max(finite + 1 - i);
        let aside = |k: &usize| !view.quoted(*k) && view.mark(*k, &[","]) && (*k + 1 >= stop || opens_aside(view, *k + 1));
        return (Complement::Clause, i..(i + least..stop).find(aside).unwrap_or(stop));
    }
    if verb.lemma == "tell" {
        return none;
    }
    if let Some(that) = stance(view, verb, i, stop) {
        return (Complement::That, that..stop);
    }
    (Complement::Noun, i..adjunct_cut(view, verb, i, comma_cut(view, i, stop, 1)))
}

/// The "that" of "voiced confidence that", "expressed little hope that": what is felt is said.
fn stance(view: &View<'_>, verb: &CueVerb, from: usize, end: usize) -> Option<usize> {
    if !matches!(verb.lemma, "express" | "voice" | "reiterate") {
        return None;
    }
    (from + 1..end.min(from + 6)).find(|&k| !view.quoted(k) && view.word(k) == "that" && k + 2 < end)
}

/// Before what tells when, and before a clause that is not what is praised, denied, announced: "the charges and left", "the plan on
/// Monday", "the vote after polls closed".
fn adjunct_cut(view: &View<'_>, verb: &CueVerb, from: usize, end: usize) -> usize {
    // behind "said" what looks like a noun can be a clause
    if verb.behaviour.quotes && !verb.behaviour.object {
        return joined_cut(view, from, end);
    }
    if (from..end).any(|i| view.quoted(i)) {
        return end;
    }
    for i in from + 1..end {
        if view.quoted(i) {
            continue;
        }
        let clause = matches!(view.word(i), "when" | "while" | "because" | "although") && i > from + 1;
        let led =
            view.is(i - 1, Class::PREPOSITION.or(Class::DETERMINER).or(Class::POSSESSIVE)) || matches!(view.word(i - 1), "last" | "next");
        let when = !led && view.when_end(i, end).is_some_and(|w| w >= end);
        if joins(view, i, end) || clause || when {
            return i;
        }
    }
    end
}

/// Before what the same subject does next: "to resign and has left".
fn joined_cut(view: &View<'_>, from: usize, end: usize) -> usize {
    if (from..end).any(|i| view.quoted(i)) {
        return end;
    }
    (from + 1..end).find(|&i| joins(view, i, end)).unwrap_or(end)
}

/// Whether with the "and" at `i` the same subject does something else: "and has left", "and jailed him".
fn joins(view: &View<'_>, i: usize, end: usize) -> bool {
    if view.quoted(i) || view.word(i) != "and" {
        return false;
    }
    let mut k = i + 1;
    while k < end && !view.quoted(k) && view.adverb(k) {
        k += 1;
    }
    if k + 1 >= end || view.quoted(k) || view.capital(k) {
        return false;
    }
    let word = view.words[k];
    let helps = word.class.is(Class::BE.or(Class::HAVE).or(Class::DO).or(Class::MODAL)) && !view.word(k).ends_with("ing");
    let third = word.forms & form::THIRD != 0 && view.cues.verb(word.verb).is_some_and(|v| !v.behaviour.noun);
    let past = word.verb != 0 && (word.forms & form::PAST != 0 || third) || view.plain(k) && view.word(k).ends_with("ed");
    let object = view.is(k + 1, Class::DETERMINER.or(Class::POSSESSIVE).or(Class::OBJECT).or(Class::PREPOSITION)) || view.capital(k + 1);
    helps || past && object
}

/// Whether what begins at `i` behind a comma is more often the writer's than what a clause reports: "which is", "a deal that",
/// "raising", "but".
fn opens_aside(view: &View<'_>, i: usize) -> bool {
    let writer = Class::RELATIVE.or(Class::COORDINATOR).or(Class::SUBORDINATOR).or(Class::DETERMINER).or(Class::SUBJECT).or(Class::VERB);
    let word = view.word(i);
    view.quoted(i)
        || view.is(i, writer) && !view.capital(i) && word != "as"
        || !view.capital(i) && (word.ends_with("ing") && word != "including" || word.ends_with("ed"))
}

/// Up to the first comma that stands at least `least` words in: what follows is more often the writer's.
pub(super) fn comma_cut(view: &View<'_>, from: usize, end: usize, least: usize) -> usize {
    (from + least..end).find(|&i| !view.quoted(i) && view.mark(i, &[","])).unwrap_or(end)
}

/// Where the hearer that begins at `i` ends, if what follows can be reported to him.
fn hearer_end(view: &View<'_>, i: usize, end: usize) -> Option<usize> {
    let stop = if view.is(i, Class::OBJECT) { i + 1 } else { view.phrase_from(i, end)?.tokens.end };
    // "told reporters he": a clause begins right behind it
    if stop < end
        && !view.quoted(stop)
        && (view.is(stop, Class::SUBJECT.or(Class::QUESTION).or(Class::PREPOSITION).or(Class::DETERMINER).or(Class::POSSESSIVE))
            || view.word(stop) == "that"
            || view.time(stop)
            || view.capital(stop)
            || view.mark(stop, &[","]))
    {
        Some(stop)
    } else {
        None
    }
}

/// Where what begins at `i`, if it is a clause, has its finite verb: behind a noun phrase.
fn clause(view: &View<'_>, i: usize, end: usize) -> Option<usize> {
    if view.is(i, Class::SUBJECT) && !view.is(i, Class::OBJECT) || matches!(view.word(i), "it" | "you" | "there") {
        return (i + 1 < end).then_some(i + 1);
    }
    let subject = view.phrase_from(i, end)?;
    let mut k = subject.tokens.end;
    if k < end && view.mark(k, &[","]) {
        // an apposition
        if let Some(second) = (k + 1..end.min(k + 12)).find(|&c| !view.quoted(c) && view.mark(c, &[","])) {
            k = second + 1;
        }
    }
    if k < end && view.is(k, Class::RELATIVE) {
        return None;
    }
    // over a prepositional phrase
    for _ in 0..3 {
        if k < end && view.is(k, Class::PREPOSITION) {
            match view.phrase_from(k + 1, end) {
                Some(p) => k = p.tokens.end,
                None => break,
            }
        }
    }
    while k < end && view.adverb(k) {
        k += 1;
    }
    if k >= end || view.quoted(k) {
        return None;
    }
    let word = view.words[k];
    let auxiliary = view.is(k, Class::BE.or(Class::HAVE).or(Class::DO).or(Class::MODAL));
    let finite = word.verb != 0 && word.forms & (form::PAST | form::THIRD) != 0 || view.is(k, Class::VERB);
    let looks = view.plain(k) && (view.word(k).ends_with("ed") || view.word(k).ends_with('s') && k > i + 1);
    (auxiliary || finite || looks).then_some(k)
}

/// Where the words reported from `from` on end: before the next report joined to this one, or with the sentence.
pub(super) fn content_end(view: &View<'_>, from: usize, end: usize) -> usize {
    let mut stop = end;
    for i in from..end {
        if view.quoted(i) {
            continue;
        }
        if view.mark(i, &[";"]) {
            stop = i;
            break;
        }
        // the comma may stand inside of the marks: `said it was “over,” but he said`
        let inside = i > from + 1 && view.quoted(i - 1) && view.word(i - 2) == ",";
        let next = if inside { i } else { i + 1 };
        if (inside || view.mark(i, &[","])) && next < end && !view.quoted(next) {
            // ", adding that", ", according to", ", but he"
            let participle = view.words[next].forms & form::ING != 0 && view.words[next].verb != 0;
            let joined = matches!(view.word(next), "according" | "while" | "although" | "though");
            let new_clause = matches!(view.word(next), "but" | "and" | "so")
                && next + 1 < end
                && !view.quoted(next + 1)
                && view.is(next + 1, Class::SUBJECT)
                && followed_by_report(view, next + 1, end);
            let said_again = inside && view.is(next, Class::SUBJECT) && followed_by_report(view, next, end);
            if participle || joined || new_clause || said_again {
                stop = i;
                break;
            }
        }
        // "and said"
        if view.is(i, Class::COORDINATOR) && i > from && i + 1 < end && !view.quoted(i + 1) {
            let mut k = i + 1;
            while k + 1 < end && view.adverb(k) && !view.quoted(k) {
                k += 1;
            }
            let word = view.words[k];
            if !view.quoted(k)
                && word.verb != 0
                && word.forms & (form::PAST | form::THIRD) != 0
                && view.cue(k).is_some_and(|(v, _)| v.behaviour.quotes)
            {
                stop = i;
                break;
            }
        }
    }
    while stop > from
        && !view.quoted(stop - 1)
        && view.text.tokens[stop - 1].kind == TokenKind::Punctuation
        && !view.mark(stop - 1, &[")", "%", "]"])
    {
        stop -= 1;
    }
    stop
}

/// Whether a report begins with the pronoun at `i`: "but he said".
fn followed_by_report(view: &View<'_>, i: usize, end: usize) -> bool {
    (i + 1..end.min(i + 4)).any(|k| !view.quoted(k) && view.words[k].verb != 0 && view.cue(k).is_some_and(|(v, _)| v.behaviour.quotes))
}
