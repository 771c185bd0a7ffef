//! How often an attribution of its kind is right.

use super::assemble::Draft;
use super::speakers::{Resolution, Resolved};
use crate::annotation::QuoteKind;

/// The share of right speakers among attributions by the same rule, resolved in the same way, of what is as likely speech.
///
/// Of 1,271 stretches of 136 marked articles those given 0.9 and more were right in 95 of 100, those given 0.8 to 0.9 in 87;
/// the whole table stands in the documentation of [`super`].
#[must_use]
pub fn of(draft: &Draft, who: &Resolved) -> f32 {
    let speech = if draft.kind == QuoteKind::Indirect { draft.likelihood } else { draft.likelihood.sqrt() };
    (by_rule(draft.rule) * by_resolution(who.rule) * speech * 100.0).round() / 100.0
}

/// How often a rule finds the right words for the speaker.
fn by_rule(rule: &str) -> f32 {
    match rule {
        "tail-verb-subject" | "tail-according" | "signature" | "split" | "transcript" => 0.99,
        "tail-subject-verb" | "same-paragraph" | "lead-comma" => 0.97,
        "lead-colon" | "lead-according" | "next-paragraph" | "clause-tail" | "only-source" => 0.94,
        "in-clause" => 0.92,
        "label" | "report-before" => 0.85,
        "lead-verb" => 0.75,
        "previous-speaker" => 0.7,
        "paragraph-before" => 0.55,
        "clause-subject" => 0.45,
        "subject-before" => 0.4,
        "none" => 0.0,
        // the indirect ones: nine in ten of their sources are right
        _ => 0.92,
    }
}

/// How often a way from a mention to who it is is right.
fn by_resolution(way: Resolution) -> f32 {
    match way {
        Resolution::Name => 0.99,
        Resolution::Pronoun => 0.93,
        Resolution::Author | Resolution::Role | Resolution::Owner => 0.85,
        Resolution::Capitals => 0.7,
        Resolution::Unnamed | Resolution::Several => 0.65,
        Resolution::Organization | Resolution::Nominal => 0.6,
        Resolution::Unknown => 0.3,
    }
}
