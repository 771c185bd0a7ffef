//! How often an attribution of its kind is right.

use super::assemble::Draft;
use super::speakers::{Resolution, Resolved};
use crate::annotation::QuoteKind;

/// The share of right speakers among attributions by the same rule and resolved in the same way.
#[must_use]
pub fn of(draft: &Draft, who: &Resolved) -> f32 {
    let rule = by_rule(draft.rule);
    let way = by_resolution(who.rule);
    let content = if draft.kind == QuoteKind::Indirect { draft.likelihood } else { 1.0 };
    (rule * way * content * 100.0).round() / 100.0
}

/// How often a rule finds the right words for the speaker.
fn by_rule(rule: &str) -> f32 {
    match rule {
        "tail-verb-subject" | "tail-according" | "split" => 0.98,
        "same-paragraph" => 0.97,
        "tail-subject-verb" | "lead-comma" => 0.96,
        "lead-colon" | "next-paragraph" | "signature" | "lead-according" => 0.93,
        "clause-tail" => 0.9,
        "in-clause" => 0.88,
        "previous-speaker" => 0.8,
        "lead-verb" | "report-before" | "label" => 0.75,
        "paragraph-before" | "clause-subject" => 0.55,
        "subject-before" => 0.5,
        "none" => 0.0,
        _ => 0.9,
    }
}

/// How often a way from a mention to who it is is right.
fn by_resolution(way: Resolution) -> f32 {
    match way {
        Resolution::Name => 0.98,
        Resolution::Pronoun => 0.92,
        Resolution::Unnamed => 0.9,
        Resolution::Author | Resolution::Role | Resolution::Owner => 0.85,
        Resolution::Capitals => 0.7,
        Resolution::Organization | Resolution::Nominal => 0.6,
        Resolution::Unknown => 0.3,
    }
}
