//! From a quoted stretch to the words that name its speaker: named rules, from sure to unsure.

use std::ops::Range;

use super::choice;
use super::phrases::Phrase;
use super::reports::Report;
use super::unreported::{only_source, subject, subject_before};
use super::verbs::verb_at;
use super::view::View;
use crate::annotate::text::TokenKind;
use crate::lexicon::cues::{Behaviour, Class, form};

/// Who is said to have spoken a stretch, and by which rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribution {
    /// The rule.
    pub rule: Rule,
    /// The words that name the speaker.
    pub mention: Option<Phrase>,
    /// The words that report.
    pub cue: Option<Range<usize>>,
}

/// The rules from quote to mention.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    /// "…," she said
    TailSubjectVerb,
    /// "…," said she
    TailVerbSubject,
    /// "…," according to her
    TailAccording,
    /// She said: "…"
    LeadColon,
    /// She said, "…"
    LeadComma,
    /// She said "…"
    LeadVerb,
    /// She said that it was "…" and "…"
    InClause,
    /// According to her, it was "…"
    LeadAccording,
    /// It was "…", she said
    ClauseTail,
    /// "…" — Jane Roe
    Signature,
    /// SHE: "…"
    Label,
    /// "…," she said, "…"
    Split,
    /// "…," she said. "…"
    SameParagraph,
    /// "… (paragraph) "…," she said
    NextParagraph,
    /// She said it was over. "…"
    ReportBefore,
    /// She said it was over. (paragraph) "…"
    ParagraphBefore,
    /// "…" [a paragraph of its own, behind a quote]
    PreviousSpeaker,
    /// No quote of the text has words of its own for its speaker.
    OnlySource,
    /// She welcomed the plan. (paragraph) "…"
    SubjectBefore,
    /// She dismissed it as "…"
    Subject,
    /// The article is not in English: its marks alone tell that it is speech.
    Marks,
    /// Nothing fits.
    None,
}

impl Rule {
    /// Whether it only carries on what stands before, for want of words of its own.
    #[must_use]
    pub fn follows(self) -> bool {
        matches!(self, Rule::PreviousSpeaker | Rule::ParagraphBefore | Rule::ReportBefore | Rule::SubjectBefore)
    }

    /// The name that the JSON carries.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Rule::TailSubjectVerb => "tail-subject-verb",
            Rule::TailVerbSubject => "tail-verb-subject",
            Rule::TailAccording => "tail-according",
            Rule::LeadColon => "lead-colon",
            Rule::LeadComma => "lead-comma",
            Rule::LeadVerb => "lead-verb",
            Rule::InClause => "in-clause",
            Rule::LeadAccording => "lead-according",
            Rule::ClauseTail => "clause-tail",
            Rule::Signature => "signature",
            Rule::Label => "label",
            Rule::Split => "split",
            Rule::SameParagraph => "same-paragraph",
            Rule::NextParagraph => "next-paragraph",
            Rule::ReportBefore => "report-before",
            Rule::ParagraphBefore => "paragraph-before",
            Rule::SubjectBefore => "subject-before",
            Rule::PreviousSpeaker => "previous-speaker",
            Rule::OnlySource => "only-source",
            Rule::Subject => "clause-subject",
            Rule::Marks => "marks",
            Rule::None => "none",
        }
    }
}

/// The attribution of each stretch of a text whose language the rules do not know: to nobody.
#[must_use]
pub fn by_marks(view: &View<'_>) -> Vec<Attribution> {
    view.stretches.iter().map(|_| Attribution { rule: Rule::Marks, mention: None, cue: None }).collect()
}

/// The attribution of each stretch of `view`.
#[must_use]
pub fn attribute(view: &View<'_>, reports: &[Report<'_>]) -> Vec<Attribution> {
    let mut found: Vec<Option<Attribution>> = Vec::with_capacity(view.stretches.len());
    // what stands behind a clause that another report has, and what follows goes on from
    let mut closing: Vec<Option<Attribution>> = vec![None; view.stretches.len()];
    for (s, again) in closing.iter_mut().enumerate() {
        let before = lead(view, reports, s);
        let behind = tail(view, s, before.is_some());
        let local = match (behind, before) {
            // X said: "…?" Y said, "…"
            (Some(_), Some(b)) if matches!(b.rule, Rule::LeadColon | Rule::LeadComma) && !comma_parted(view, s) => Some(b),
            (Some(t), Some(b)) if choice::said_before(view, &b, &t, s) => {
                *again = Some(t).filter(|_| b.rule == Rule::InClause);
                Some(b)
            }
            (Some(t), _) => Some(t),
            // "Its rejection signals “the end” of it, said X"
            (None, Some(b)) if matches!(b.rule, Rule::InClause | Rule::LeadVerb) && strength(view, &b) < WEAK => {
                clause_tail(view, s).filter(|t| strength(view, t) > STRONG).or(Some(b))
            }
            (None, b) => b,
        };
        found.push(local.or_else(|| clause_tail(view, s)).or_else(|| shouted_label(view, s)));
    }
    for s in 1..found.len() {
        split(&mut found, s);
    }
    for s in 0..found.len() {
        if found[s].is_none() {
            found[s] = follow(view, reports, s, &found, &closing);
        }
    }
    for s in (0..found.len()).rev() {
        if (found[s].is_none() || found[s].as_ref().is_some_and(|a| a.rule.follows()))
            && let Some(next) = goes_on(view, s, &found)
        {
            found[s] = Some(next);
        }
    }
    for s in 0..found.len() {
        if found[s].is_none() {
            found[s] = follow(view, reports, s, &found, &closing).or_else(|| subject(view, reports, s, &found));
        }
    }
    only_source(view, reports, &mut found);
    found.into_iter().map(|a| a.unwrap_or(Attribution { rule: Rule::None, mention: None, cue: None })).collect()
}

/// A verb that reports less strongly gives way to one of more than [`STRONG`] behind the stretch.
const WEAK: f32 = 1.5;
const STRONG: f32 = 2.4;

/// How strongly the verb of an attribution reports.
pub(super) fn strength(view: &View<'_>, attribution: &Attribution) -> f32 {
    attribution.cue.as_ref().and_then(|c| view.cue(c.start)).map_or(0.0, |(verb, _)| verb.strength)
}

/// `"…," X said, "…"`: what stands behind the words that already reported the stretch before it is its second half.
fn split(found: &mut [Option<Attribution>], s: usize) {
    let (before, behind) = found.split_at_mut(s);
    if let (Some(Some(first)), Some(second)) = (before.last(), &mut behind[0])
        && matches!(first.rule, Rule::TailSubjectVerb | Rule::TailVerbSubject | Rule::Split)
        && second.rule == Rule::LeadComma
        && second.cue == first.cue
    {
        *second = Attribution { rule: Rule::Split, mention: first.mention.clone(), cue: first.cue.clone() };
    }
}

/// Whether a comma inside or behind the closing mark ties the stretch to what follows.
fn comma_parted(view: &View<'_>, s: usize) -> bool {
    let end = view.stretches[s].tokens.end;
    last_inside(view, s) == "," || end < view.text.tokens.len() && view.mark(end, &[","])
}

/// How a stretch ends: its last word or mark of punctuation inside.
fn last_inside<'a>(view: &View<'a>, s: usize) -> &'a str {
    let inner = &view.stretches[s].inner;
    let mut last = inner.end - 1;
    // a nested mark closes with it
    if view.text.tokens[last].kind == TokenKind::Mark && last > inner.start {
        last -= 1;
    }
    view.word(last)
}

/// `"…," X said`, `"…," said X`, `"…," according to X`.
fn tail(view: &View<'_>, s: usize, led: bool) -> Option<Attribution> {
    let stretch = &view.stretches[s];
    if !stretch.closed {
        return None;
    }
    let paragraph = view.text.paragraphs[stretch.paragraph].clone();
    let mut p = stretch.tokens.end;
    let ends = last_inside(view, s);
    // what is left of a nested mark: ,''
    while p < paragraph.end && !view.quoted(p) && view.text.tokens[p].kind == TokenKind::Mark && !view.text.tokens[p].spaced {
        p += 1;
    }
    let mut parted = matches!(ends, "," | "?" | "!" | "…" | "—" | "–" | "-");
    while p < paragraph.end && !view.quoted(p) && (view.mark(p, &[","]) || view.dash(p)) {
        parted = true;
        p += 1;
    }
    if p >= paragraph.end {
        let whole = stretch.tokens.start == paragraph.start;
        return if whole { signature_below(view, stretch.paragraph + 1) } else { None };
    }
    if view.quoted(p) || view.text.tokens[p].kind == TokenKind::Punctuation {
        return None;
    }
    if p > stretch.tokens.end
        && view.dash(p - 1)
        && let Some(signature) = signature(view, p, paragraph.end)
    {
        return Some(Attribution { rule: Rule::Signature, mention: Some(signature), cue: None });
    }
    let end = view.frame_of(p).end.min(paragraph.end);
    let stopped = ends == ".";
    if let Some(source) = source_from(view, p, end) {
        let mention = view.phrase_from(source, end)?;
        return Some(Attribution { rule: Rule::TailAccording, mention: Some(named(view, mention, end)), cue: Some(p..source) });
    }
    // "…," drawing cheers
    if view.word(p).ends_with("ing") && !view.capital(p) && !view.is(p, Class::DETERMINER) {
        return None;
    }
    // another clause: "…," while X said
    if led && view.is(p, Class::SUBORDINATOR.or(Class::COORDINATOR)) && view.word(p) != "as" {
        return None;
    }
    // an adverb may stand before: "…," later said X
    let mut v = p;
    while v < end && view.adverb(v) && v < p + 2 {
        v += 1;
    }
    if v < end
        && !stopped
        && let Some((verb, after)) = verb_at(view, v)
    {
        let finite = view.words[v].forms & (form::PAST | form::THIRD) != 0;
        if finite
            && (verb.behaviour.quotes || verb.behaviour.weak)
            && let Some(mention) = view.phrase_from(after, end)
        {
            let time = view.time(mention.tokens.start);
            let hearer = verb.behaviour.hearer && verb.lemma == "tell";
            if !time && !hearer && !view.is(mention.tokens.start, Class::OBJECT) {
                return Some(Attribution { rule: Rule::TailVerbSubject, mention: Some(named(view, mention, end)), cue: Some(v..after) });
            }
        }
    }
    if let Some(unlisted) = unlisted_verb(view, p, end).filter(|_| matches!(ends, "," | "?" | "!") && !stopped) {
        return Some(unlisted);
    }
    // X said
    let (cue, after, behaviour) = first_verb(view, p, end)?;
    if view.words[cue].forms & (form::PAST | form::THIRD | form::BASE) == 0 {
        return None;
    }
    let mention = view.subject(cue, p)?;
    let at_once = mention.tokens.start == p;
    if !at_once && !parted {
        return None;
    }
    if stopped {
        // "…done." Trump said. Only with nothing behind the verb.
        let infinitive = after + 1 < end && view.word(after) == "to" && view.words[after + 1].forms & form::BASE != 0;
        let short = after >= end || view.mark(after, &["."]) || view.time(after) || view.is(after, Class::PREPOSITION) && !infinitive;
        if !(at_once && short && behaviour.quotes && view.stretches[s].inner.len() > 3) || starts_clause(view, after, end) {
            return None;
        }
    }
    if !parted && !stopped {
        // the quote may be a part of what stands before: The "plan" Trump said
        let before = stretch.tokens.start;
        let frame = view.frame_of(before);
        if frame.start < before && (led || view.cue(cue).is_none_or(|(v, _)| v.strength < 1.5)) {
            return None;
        }
    }
    let hearer = behaviour.hearer && after + 1 < end && matches!(view.word(after), "the" | "his" | "her" | "its" | "their");
    if matches!(ends, "?" | "!") && !view.mark(stretch.tokens.end, &[","]) && starts_clause(view, after, end) && !hearer {
        return None;
    }
    Some(Attribution { rule: Rule::TailSubjectVerb, mention: Some(mention), cue: Some(cue..after) })
}

/// `"…," enthused Jane Roe.`, `"…," Roe harrumphed.`: a verb that no list knows, with a name or "he" beside it and nothing behind.
fn unlisted_verb(view: &View<'_>, p: usize, end: usize) -> Option<Attribution> {
    let verb = |i: usize| i < end && view.plain(i) && view.word(i).ends_with("ed");
    let somebody = |phrase: &Phrase| {
        let (first, last) = (phrase.tokens.start, phrase.tokens.end - 1);
        matches!(view.word(first), "he" | "she") || view.capital(last) && !view.time(last) && !view.nonpersonal(last)
    };
    let closes = |i: usize| i >= end || view.mark(i, &[".", ","]);
    let (mention, cue, rule) = if verb(p) {
        (view.phrase_from(p + 1, end)?, p, Rule::TailVerbSubject)
    } else {
        let mention = view.phrase_from(p, end)?;
        let cue = mention.tokens.end;
        (mention, cue, Rule::TailSubjectVerb)
    };
    let behind = if rule == Rule::TailVerbSubject { mention.tokens.end } else { cue + 1 };
    let found = verb(cue) && closes(behind) && somebody(&mention) && mention.tokens.len() <= 4;
    found.then_some(Attribution { rule, mention: Some(mention), cue: Some(cue..cue + 1) })
}

/// A paragraph with nothing but a dash and a name signs the words above it.
fn signature_below(view: &View<'_>, paragraph: usize) -> Option<Attribution> {
    let below = view.text.paragraphs.get(paragraph)?;
    if below.len() < 2 || below.len() > 16 || !view.dash(below.start) {
        return None;
    }
    let mention = signature(view, below.start + 1, below.end)?;
    Some(Attribution { rule: Rule::Signature, mention: Some(mention), cue: None })
}

/// Where the source begins that "according to" or, behind a comma or a mark, "per" at `i` names; a quantity follows "per" too,
/// but none with a capital or an article.
pub(super) fn source_from(view: &View<'_>, i: usize, end: usize) -> Option<usize> {
    match view.word(i) {
        "according" | "According" if i + 2 < end && view.word(i + 1) == "to" => Some(i + 2),
        "per" | "Per" if i + 1 < end && !view.quoted(i + 1) => {
            let parted = i == view.frame_of(i).start || view.quoted(i - 1) || view.mark(i - 1, &[","]);
            let source = view.capital(i + 1) || view.is(i + 1, Class::POSSESSIVE) || matches!(view.word(i + 1), "the" | "a" | "an");
            (parted && source).then_some(i + 1)
        }
        _ => None,
    }
}

/// The name behind a dash, with nothing else: `"…" — Jane Roe, teacher`.
fn signature(view: &View<'_>, at: usize, end: usize) -> Option<Phrase> {
    if !view.capital(at) {
        return None;
    }
    let phrase = view.phrase_from(at, end)?;
    let after = phrase.tokens.end;
    let alone = after >= end || view.quoted(after) || view.mark(after, &[".", ","]);
    (alone && phrase.tokens.len() <= 6).then_some(phrase)
}

/// Whether a clause that tells what was said begins at `i`: the verb before it is not about a quote.
fn starts_clause(view: &View<'_>, i: usize, end: usize) -> bool {
    i < end
        && !view.quoted(i)
        && (matches!(view.word(i), "that" | "the" | "it" | "if" | "whether" | "how" | "what" | "why")
            || view.is(i, Class::SUBJECT.or(Class::POSSESSIVE))
            || view.mark(i, &[":"]))
}

/// The first reporting verb in `from..end` that can take a quote.
fn first_verb(view: &View<'_>, from: usize, end: usize) -> Option<(usize, usize, Behaviour)> {
    let mut subordinate = false;
    for i in from..end.min(from + 45) {
        if view.quoted(i) {
            return None;
        }
        // its subject stands before it: "state Sen. Roe said"
        if i == from && view.words[i].verb != 0 {
            continue;
        }
        if view.mark(i, &[";", ":"]) {
            return None;
        }
        if view.is(i, Class::RELATIVE) && i > from && (view.mark(i - 1, &[","]) || view.word(i) == "who") {
            subordinate = true;
        } else if subordinate && view.mark(i, &[","]) {
            subordinate = false;
        }
        if let Some((verb, after)) = verb_at(view, i) {
            let quotes = verb.behaviour.quotes || verb.behaviour.weak && i <= from + 6;
            if quotes && verb.lemma != "according" && !subordinate && view.words[i].forms & form::ING == 0 {
                return Some((i, after, verb.behaviour));
            }
        }
    }
    None
}

/// The apposition's name, where one follows.
fn named(view: &View<'_>, phrase: Phrase, end: usize) -> Phrase {
    view.named_apposition(phrase, end)
}

/// `X said: "…"`, `X said, "…"`, `X said that it was "…"`, `according to X, "…"`, `X: "…"`.
fn lead(view: &View<'_>, reports: &[Report<'_>], s: usize) -> Option<Attribution> {
    let stretch = &view.stretches[s];
    let open = stretch.tokens.start;
    let frame = view.frame_of(open);
    // the sentence before, where it ends in a colon
    let mut start = frame.start;
    let mut colon = open > frame.start && view.mark(open - 1, &[":"]);
    if open == frame.start && open > 0 && view.mark(open - 1, &[":"]) {
        start = view.frame_of(open - 1).start;
        colon = true;
    }
    if start >= open {
        return None;
    }
    let comma = view.mark(open - 1, &[","]);
    let to = reports.partition_point(|r| r.cue.start < open);
    // no sentence needs more, and so a hostile one costs no more
    let from = reports.partition_point(|r| r.cue.start < start).max(to.saturating_sub(16));
    // `said Roe, who has a "good" name`: what stands behind an inverted subject is no part of what was said
    let behind_subject = |r: &&Report<'_>| {
        let mut behind = r.subject.tokens.end..open;
        r.subject.tokens.start >= r.cue.end && !comma && !colon && behind.any(|i| view.is(i, Class::RELATIVE))
    };
    let close = stretch.tokens.end;
    let beside = |r: &&Report<'_>| r.cue.end <= open && (r.subject.tokens.end <= open || r.subject.tokens.start >= close);
    let mut before: Vec<&Report<'_>> = reports[from..to].iter().filter(|r| beside(r) && !behind_subject(r)).collect();
    // where it is not told by whom something was said, another report may tell
    if before.iter().any(|r| !r.passive || r.source(view).is_some()) {
        before.retain(|r| !r.passive || r.source(view).is_some());
    }
    let best = choice::most_likely(view, &before, open);
    // "Roe: City needs “a plan”"
    if best.is_none_or(|r| r.verb.strength < 1.0)
        && let Some(mention) = headline_label(view, start, open)
    {
        return Some(Attribution { rule: Rule::Label, mention: Some(mention), cue: None });
    }
    if colon
        && best.is_none_or(|r| r.cue.end + 1 < open)
        && let Some(mention) = signed_label(view, start, open - 1)
    {
        return Some(Attribution { rule: Rule::Label, mention: Some(mention), cue: None });
    }
    if let Some(report) = best {
        let after = report.cue.end;
        let rule = if report.verb.lemma == "according" {
            Rule::LeadAccording
        } else if colon {
            Rule::LeadColon
        } else if comma && open - after <= 9 {
            Rule::LeadComma
        } else if after == open {
            Rule::LeadVerb
        } else {
            Rule::InClause
        };
        let mention = choice::who_calls(view, report).or_else(|| report.source(view));
        return Some(Attribution { rule, mention, cue: Some(report.cue.clone()) });
    }
    if colon {
        // X: "…"
        let mention = label(view, start, open - 1)?;
        return Some(Attribution { rule: Rule::Label, mention: Some(mention), cue: None });
    }
    None
}

/// Whom the name before a colon at the head of a sentence names: "Roe: City needs “a plan”".
fn headline_label(view: &View<'_>, start: usize, open: usize) -> Option<Phrase> {
    let colon = (start..open.min(start + 5)).find(|&i| view.mark(i, &[":"]))?;
    let named = colon > start && colon + 1 < open && (start..colon).all(|i| view.capital(i));
    if named { view.phrase_from(start, colon) } else { None }
}

/// The name right before a colon and behind a dash or "from": "Taxes will rise - Jane Roe:", "And from Jane Roe:".
fn signed_label(view: &View<'_>, start: usize, colon: usize) -> Option<Phrase> {
    let led = |p: &Phrase| {
        let s = p.tokens.start;
        s > start
            && (view.dash(s - 1)
                || matches!(view.word(s - 1), "from" | "From") && (s == start + 1 || matches!(view.word(s - 2), "And" | "More" | "Also")))
    };
    if colon > start && view.capital(colon - 1) { view.phrase_before(colon - 1, start).filter(led) } else { None }
}

/// Whom the words before a colon name: "TRUMP:", "Roe on taxes:", "She went further:".
fn label(view: &View<'_>, start: usize, colon: usize) -> Option<Phrase> {
    let verb = (start..colon).find(|&i| {
        !view.quoted(i)
            && !view.capital(i)
            && (view.is(i, Class::VERB.or(Class::BE)) || view.words[i].forms & (form::PAST | form::THIRD) != 0)
    });
    if let Some(verb) = verb
        && let Some(subject) = view.clause_subject(start, verb)
    {
        return Some(subject);
    }
    let first = (start..colon).find(|&i| !view.quoted(i) && view.capital(i) && !view.is(i, Class::COORDINATOR.or(Class::PREPOSITION)))?;
    view.phrase_from(first, colon)
}

/// `The "plan" is bad, X said.`
fn clause_tail(view: &View<'_>, s: usize) -> Option<Attribution> {
    let close = view.stretches[s].tokens.end;
    let frame = view.frame_of(view.stretches[s].tokens.start);
    for i in close..frame.end {
        if view.quoted(i) {
            continue;
        }
        if let Some(source) = source_from(view, i, frame.end) {
            let mention = view.phrase_from(source, frame.end)?;
            return Some(Attribution { rule: Rule::ClauseTail, mention: Some(named(view, mention, frame.end)), cue: Some(i..source) });
        }
        let Some((verb, after)) = verb_at(view, i) else { continue };
        if !verb.behaviour.quotes || view.words[i].forms & (form::PAST | form::THIRD | form::BASE) == 0 {
            continue;
        }
        // a comma stands before its subject
        let comma = (close..i).rev().find(|&c| !view.quoted(c) && view.mark(c, &[","]))?;
        let mention = if comma + 1 == i { view.phrase_from(after, frame.end)? } else { view.subject(i, comma + 1)? };
        if comma + 1 == i || mention.tokens.start == comma + 1 {
            return Some(Attribution { rule: Rule::ClauseTail, mention: Some(mention), cue: Some(i..after) });
        }
    }
    None
}

/// A stretch that goes on from what stands before it: split by its attribution, beside a quote or a report in its paragraph,
/// or behind them in the paragraph before.
fn follow(
    view: &View<'_>,
    reports: &[Report<'_>],
    s: usize,
    found: &[Option<Attribution>],
    closing: &[Option<Attribution>],
) -> Option<Attribution> {
    let this = &view.stretches[s];
    let frame = view.frame_of(this.tokens.start);
    let paragraph = &view.text.paragraphs[this.paragraph];
    let last = s.checked_sub(1).map(|b| (&view.stretches[b], closing[b].as_ref().or(found[b].as_ref()).filter(|a| a.rule != Rule::None)));
    let as_before = |rule: Rule, a: &Attribution| Some(Attribution { rule, mention: a.mention.clone(), cue: a.cue.clone() });
    if let Some((last, Some(earlier))) = last {
        if frame.contains(&last.tokens.start) {
            return as_before(Rule::Split, earlier);
        }
        if !last.closed && last.paragraph + 1 == this.paragraph {
            return as_before(Rule::NextParagraph, earlier);
        }
    }
    if frame.start != this.tokens.start {
        return None;
    }
    // the nearest sentence before that quotes or reports, in this paragraph or the one before
    let earliest = this.paragraph.checked_sub(1).map_or(0, |p| view.text.paragraphs[p].start);
    let at = reports.partition_point(|r| r.cue.start < this.tokens.start);
    let report = reports[..at].iter().rev().take(12).find(|r| r.frame.start >= earliest && speaks(view, r));
    let quoted = last.filter(|(l, a)| a.is_some() && l.tokens.start >= earliest);
    let report = report.map(|r| {
        // of a sentence's reports the first one governs
        let first = reports[..at].iter().rev().take(12).rfind(|o| o.frame == r.frame && speaks(view, o));
        first.unwrap_or(r)
    });
    match (quoted, report) {
        (Some((l, Some(a))), r) if r.is_none_or(|r| r.frame.start <= view.frame_of(l.tokens.start).start) => {
            as_before(if l.paragraph == this.paragraph { Rule::SameParagraph } else { Rule::PreviousSpeaker }, a)
        }
        (_, Some(r)) => {
            let rule = if r.frame.start >= paragraph.start { Rule::ReportBefore } else { Rule::ParagraphBefore };
            Some(Attribution { rule, mention: Some(r.subject.clone()), cue: Some(r.cue.clone()) })
        }
        _ => subject_before(view, reports, this.tokens.start, earliest),
    }
}

/// Whether the subject of a report can speak a quote that follows.
pub(super) fn speaks(view: &View<'_>, report: &Report<'_>) -> bool {
    let first = report.subject.tokens.start;
    let one = report.subject.tokens.len() == 1;
    let thing = one && matches!(view.word(first), "it" | "It" | "which" | "that" | "This" | "this" | "there" | "There");
    !thing && (report.verb.behaviour.quotes || report.verb.strength > 0.5) && !report.passive
}

/// A stretch whose paragraph does not close it goes on in the next, whose attribution it shares.
fn goes_on(view: &View<'_>, s: usize, found: &[Option<Attribution>]) -> Option<Attribution> {
    let (this, next) = (&view.stretches[s], view.stretches.get(s + 1)?);
    if this.closed || next.paragraph != this.paragraph + 1 || next.tokens.start != view.text.paragraphs[next.paragraph].start {
        return None;
    }
    let later = found[s + 1].as_ref()?;
    if later.rule == Rule::None || later.rule.follows() {
        return None;
    }
    Some(Attribution { rule: Rule::NextParagraph, mention: later.mention.clone(), cue: later.cue.clone() })
}

/// Names and offices in capitals right before the mark: `JANE ROE, STRATEGIST, BIG BANK, ZURICH "…"`.
fn shouted_label(view: &View<'_>, s: usize) -> Option<Attribution> {
    let open = view.stretches[s].tokens.start;
    let mut start = open;
    while start > 0 && open - start < 30 && !view.quoted(start - 1) {
        let word = view.word(start - 1);
        let shouted = view.capital(start - 1) && !word.chars().any(char::is_lowercase);
        if !shouted && !view.mark(start - 1, &[",", ".", "&", "-", "("]) {
            break;
        }
        start -= 1;
    }
    let words = (start..open).filter(|&i| view.capital(i)).count();
    if words < 3 {
        return None;
    }
    let mention = view.phrase_from(start, open)?;
    Some(Attribution { rule: Rule::Label, mention: Some(mention), cue: None })
}
