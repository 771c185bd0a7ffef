//! Who speaks a stretch that no words report: the subject of its clause or of the sentence before, the only source of a text.

use super::phrases::Phrase;
use super::reports::Report;
use super::sieve::{Attribution, Rule, speaks};
use super::view::View;
use crate::annotate::text::TokenKind;
use crate::lexicon::cues::Class;

/// The subject of the sentence before a paragraph that begins at `at` and is all quote, where that sentence leads to words of
/// a person: it reports something of it ("Jane Roe welcomed the plan.") or names what speaks ("In a statement the mayor set out").
pub(super) fn subject_before(view: &View<'_>, reports: &[Report<'_>], at: usize, earliest: usize) -> Option<Attribution> {
    let before = view.frame_of(at.checked_sub(1)?);
    if before.start < earliest || before.end != at || view.text.paragraphs.binary_search_by_key(&at, |p| p.start).is_err() {
        return None;
    }
    let subject = view.clause_subject(before.start, before.end)?;
    let (first, last) = (subject.tokens.start, subject.tokens.end - 1);
    let named = view.capital(last) && !view.nonpersonal(last) && !view.is(last, Class::SUBJECT);
    let role = view.is(last, Class::ROLE) && view.word(first).eq_ignore_ascii_case("the");
    let from = reports.partition_point(|r| r.cue.start < before.start);
    let mut its_own = reports[from..].iter().take_while(|r| r.frame == before).take(12);
    let leads = its_own.any(|r| !r.passive && r.subject.tokens.start == first)
        || before.clone().any(|i| !view.quoted(i) && !view.capital(i) && view.is(i, Class::SPEECH));
    ((named || role) && leads).then_some(Attribution { rule: Rule::SubjectBefore, mention: Some(subject), cue: None })
}

/// The subject of the clause that the stretch stands in; where it is a thing, who spoke before in the paragraph goes on.
pub(super) fn subject(view: &View<'_>, reports: &[Report<'_>], s: usize, found: &[Option<Attribution>]) -> Option<Attribution> {
    let stretch = &view.stretches[s];
    let open = stretch.tokens.start;
    let frame = view.frame_of(open);
    if frame.start == open {
        return None;
    }
    // "Roe, who bills herself as “…”"
    let comma = (frame.start..open).rev().take(40).find(|&i| !view.quoted(i) && view.mark(i, &[","])).unwrap_or(frame.start);
    let antecedent = |i: usize| i > frame.start && (view.capital(i - 1) || view.mark(i - 1, &[","]) || view.is(i - 1, Class::ROLE));
    if let Some(who) = (comma..open).find(|&i| !view.quoted(i) && view.word(i) == "who" && antecedent(i)) {
        return Some(Attribution { rule: Rule::Subject, mention: Some(Phrase { tokens: who..who + 1 }), cue: None });
    }
    let mention = view.clause_subject(frame.start, open)?;
    let last = mention.tokens.end - 1;
    let person =
        view.is(mention.tokens.start, Class::SUBJECT) && !matches!(view.word(mention.tokens.start), "it" | "It" | "There" | "there");
    let owned = mention.tokens.clone().any(|i| view.is(i, Class::POSSESSIVE) || view.text.tokens[i].kind == TokenKind::Clitic);
    let owned = owned && mention.tokens.len() > 1;
    let thing = !view.capital(last) || view.is(last, Class::SUBJECT);
    if !person && !owned && thing && !view.is(last, Class::ROLE.or(Class::GROUP).or(Class::ORGANIZATION)) {
        let start = view.text.paragraphs[stretch.paragraph].start;
        let earlier = s.checked_sub(1).filter(|&b| view.stretches[b].tokens.start >= start);
        if let Some(a) = earlier.and_then(|b| found[b].as_ref()).filter(|a| a.mention.is_some() && a.rule != Rule::Subject) {
            return Some(Attribution { rule: Rule::SameParagraph, mention: a.mention.clone(), cue: a.cue.clone() });
        }
        let at = reports.partition_point(|r| r.cue.start < frame.start);
        if let Some(r) = reports[..at].iter().rev().take(12).find(|r| r.frame.start >= start && speaks(view, r)) {
            return Some(Attribution { rule: Rule::ReportBefore, mention: Some(r.subject.clone()), cue: Some(r.cue.clone()) });
        }
    }
    Some(Attribution { rule: Rule::Subject, mention: Some(mention), cue: None })
}

/// Where no quote of a text has words of its own for its speaker, as in a portrait by one who remembers: the first who is
/// said to speak at all.
pub(super) fn only_source(view: &View<'_>, reports: &[Report<'_>], found: &mut [Option<Attribution>]) {
    let own = |a: &Attribution| a.rule != Rule::None && a.rule != Rule::Subject && !a.rule.follows() && a.rule != Rule::SameParagraph;
    if found.len() < 3 || found.iter().flatten().any(own) {
        return;
    }
    let Some(source) = reports.iter().find(|r| r.verb.behaviour.quotes && view.capital(r.subject.tokens.end - 1)) else { return };
    for attribution in found {
        let (mention, cue) = (Some(source.subject.clone()), Some(source.cue.clone()));
        *attribution = Some(Attribution { rule: Rule::OnlySource, mention, cue });
    }
}
