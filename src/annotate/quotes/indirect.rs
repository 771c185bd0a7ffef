//! Indirect speech: which reports without quotation marks are somebody's words or thoughts, and which only facts.

use super::complement::Complement;
use super::phrases::Phrase;
use super::reports::Report;
use super::view::View;
use crate::lexicon::cues::{Class, form};

/// What is less likely to be somebody's words is left out: precision goes before recall.
pub const LEAST: f32 = 0.36;

/// Whether a report is a deed, a plan or an event and no words: of an organization or a thing "agreed to sell", "plans to build",
/// "offered a discount", "showed signs of"; and of nobody, "the deal is expected to close", "is known for".
#[must_use]
pub fn is_deed(view: &View<'_>, report: &Report<'_>) -> bool {
    let named = matches!(report.complement, Complement::Infinitive | Complement::Noun | Complement::Preposition);
    let behaviour = report.verb.behaviour;
    if named && report.passive && !behaviour.quotes && report.source(view).is_none() {
        return behaviour.deed || event(view, &report.subject);
    }
    if report.verb.lemma == "show" && report.content.clone().take(3).any(|i| matches!(view.word(i), "sign" | "signs")) {
        return true;
    }
    match report.complement {
        Complement::Infinitive | Complement::Noun | Complement::Preposition | Complement::Clause => {
            behaviour.deed && (impersonal(view, &report.subject) || event(view, &report.subject))
        }
        // "It was over, he tried": only what is said or thought stands before its verb
        Complement::Before => !behaviour.quotes && !behaviour.weak && report.verb.reports('b') < 0.5,
        _ => false,
    }
}

/// The last word before a preposition: "Roe" of "Roe of the Times".
fn head(view: &View<'_>, subject: &Phrase) -> usize {
    let tokens = subject.tokens.clone();
    tokens.clone().skip(1).find(|&i| view.is(i, Class::PREPOSITION) && !view.capital(i)).unwrap_or(tokens.end) - 1
}

/// Whether the subject is an organization, a place or "it".
fn impersonal(view: &View<'_>, subject: &Phrase) -> bool {
    let (first, last) = (subject.tokens.start, head(view, subject));
    let pronoun = first == last && ["it", "which", "that"].iter().any(|p| view.word(first).eq_ignore_ascii_case(p));
    pronoun || view.is(last, Class::ORGANIZATION) || view.nonpersonal(last)
}

/// Whether the subject is no person, no organization and nothing written: "the attack showed", "sales reflected".
fn event(view: &View<'_>, subject: &Phrase) -> bool {
    let last = head(view, subject);
    let source =
        Class::ROLE.or(Class::GROUP).or(Class::ORGANIZATION).or(Class::RELATIVE).or(Class::SUBJECT).or(Class::DOCUMENT).or(Class::SPEECH);
    view.plain(last) && !view.is(last, source)
}

/// How likely the clause of a report is somebody's words or thoughts.
///
/// The verb's own figure for its way of taking what is reported (`cues.tsv`) and few other things, weighed by a logistic
/// regression on 18,000 reports of 840 marked articles. Fitted on one half it gives on the other F1 49 (precision 59).
#[must_use]
pub fn likelihood(view: &View<'_>, report: &Report<'_>) -> f32 {
    const CONSTANT: f32 = -0.25;
    const FIGURE: f32 = 0.8;
    const PASSIVE: f32 = -0.4; // "was told"
    const PARTICIPLE: f32 = -0.2; // "saying"
    const MODAL: f32 = -0.3; // "would say"
    const PERSON: f32 = 0.1; // he, they, officials
    const THING: f32 = -0.45; // "the attack showed"
    const ONE_WORD: f32 = -0.5; // told in one word
    const TWO_WORDS: f32 = -0.25;
    const SIX_WORDS: f32 = 0.6; // or more
    const PRESENT: f32 = -0.15; // says, in the present
    let figure = report.verb.reports(report.complement.letter()).clamp(0.02, 0.98);
    let weigh = |holds: bool, weight: f32| if holds { weight } else { 0.0 };
    let forms = view.words[report.cue.start].forms;
    let (first, last) = (report.subject.tokens.start, report.subject.tokens.end - 1);
    let pronoun = report.subject.tokens.len() == 1 && view.is(first, Class::SUBJECT);
    let person = pronoun && matches!(view.word(first).to_ascii_lowercase().as_str(), "he" | "she" | "they") || view.is(last, Class::GROUP);
    let known = Class::ROLE.or(Class::GROUP).or(Class::ORGANIZATION).or(Class::RELATIVE);
    let thing =
        !pronoun && !view.capital(last) && !view.is(last, known) || view.is(last, Class::SPEECH.or(Class::DOCUMENT)) && !view.capital(last);
    let modal = report.cue.start > 0 && view.is(report.cue.start - 1, Class::MODAL);
    let words = report.content.len() + report.rest.len();
    let sum = CONSTANT
        + FIGURE * (figure / (1.0 - figure)).ln()
        + weigh(report.passive, PASSIVE)
        + weigh(forms & form::ING != 0, PARTICIPLE)
        + weigh(modal, MODAL)
        + weigh(person, PERSON)
        + weigh(thing, THING)
        + weigh(words <= 1, ONE_WORD)
        + weigh(words == 2, TWO_WORDS)
        + weigh(words >= 6, SIX_WORDS)
        + weigh(forms & form::THIRD != 0, PRESENT);
    1.0 / (1.0 + (-sum).exp())
}

/// The rule's name for a report by its way of taking what is reported.
#[must_use]
pub fn rule(complement: Complement) -> &'static str {
    match complement {
        Complement::That => "indirect-that",
        Complement::Clause => "indirect-clause",
        Complement::Question => "indirect-question",
        Complement::Infinitive => "indirect-infinitive",
        Complement::Preposition => "indirect-preposition",
        Complement::Noun => "indirect-noun",
        Complement::Before | Complement::None => "indirect-before",
    }
}
