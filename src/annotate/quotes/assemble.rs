//! Quoted stretches and reports into quotes: direct ones over several stretches, mixed ones with their clause, indirect ones.

use std::ops::Range;

use super::complement::Complement;
use super::indirect;
use super::marks::Stretch;
use super::phrases::Phrase;
use super::reports::Report;
use super::sieve::{Attribution, Rule};
use super::speech;
use super::transcript;
use super::view::View;
use crate::annotation::QuoteKind;

/// A quote before its speaker is known.
#[derive(Clone, Debug)]
pub struct Draft {
    /// Direct, mixed or indirect.
    pub kind: QuoteKind,
    /// Its tokens, outer marks included.
    pub segments: Vec<Range<usize>>,
    /// Its tokens, outer marks left out.
    pub words: Vec<Range<usize>>,
    /// The words that name the speaker.
    pub mention: Option<Phrase>,
    /// The words that report.
    pub cue: Option<Range<usize>>,
    /// The rule that tied them.
    pub rule: &'static str,
    /// How likely it is somebody's words at all.
    pub likelihood: f32,
}

/// The rule of a paragraph of a longer quote, which looks on to the next for its speaker.
const UNSETTLED: &str = Rule::NextParagraph.name();

/// The quotes of a text, in order, without their speakers.
#[must_use]
pub fn drafts(view: &View<'_>, reports: &[Report<'_>], attributions: &[Attribution]) -> Vec<Draft> {
    let mut drafts: Vec<Draft> = Vec::new();
    let mut taken = vec![false; reports.len()]; // by quotes with marks
    let mut clause_of_last: Option<usize> = None; // the report whose clause the last draft is
    let mut last_stretch = None;
    let turns = transcript::turns(view);
    let turn_at = |i: usize| {
        let turn = turns.get(turns.partition_point(|t| t.words.last().is_none_or(|w| w.end <= i)))?;
        let paragraph = turn.words.partition_point(|w| w.end <= i);
        turn.words.get(paragraph).filter(|w| w.contains(&i))
    };
    for (n, (stretch, attribution)) in view.stretches.iter().zip(attributions).enumerate() {
        let likelihood = speech::signs(view, stretch, attribution, reports).likelihood();
        // what somebody quotes in a turn is a part of it
        if likelihood < speech::LEAST || turn_at(stretch.tokens.start).is_some() {
            continue;
        }
        let report = attribution.cue.as_ref().and_then(|c| {
            let at = reports.partition_point(|r| r.cue.start < c.start);
            reports.get(at).filter(|r| r.cue.start == c.start).map(|_| at)
        });
        if let Some(r) = report {
            taken[r] = true;
        }
        let whole = whole(view, stretch);
        // a part of a reported clause: the clause is the content
        if let Some(r) = report.filter(|&r| !whole && in_clause(&reports[r], stretch, attribution.rule)) {
            if clause_of_last == Some(r)
                && let Some(last) = drafts.last_mut()
            {
                // "the bank, which “must pay”, was “doomed”": the clause runs on to its last stretch
                let clause = last.words[0].start..end(last).max(stretch.tokens.end);
                last.segments = pieces(view, &clause);
                last.words = vec![clause];
                continue;
            }
            let mut content = clause(view, &reports[r]);
            // "While Roe called it “over,” Doe said: “…”"
            let next = (view.stretches.get(n + 1).zip(attributions.get(n + 1))).filter(|(s, a)| {
                let own = matches!(a.rule, Rule::LeadColon | Rule::LeadComma) && a.cue != attribution.cue;
                own && content.contains(&s.tokens.start)
            });
            if next.is_some() {
                content.end = stretch.tokens.end;
            }
            if content.start <= stretch.tokens.start && stretch.tokens.end <= content.end {
                clause_of_last = Some(r);
                last_stretch = Some(n);
                let mut clause = draft(QuoteKind::Mixed, content.clone(), content.clone(), attribution, likelihood);
                clause.segments = pieces(view, &content);
                drafts.push(clause);
                continue;
            }
        }
        clause_of_last = None;
        let adjoins = last_stretch.is_some_and(|l| l + 1 == n);
        let same_speaker = matches!(attribution.rule, Rule::Split | Rule::SameParagraph | Rule::NextParagraph);
        // the marks of the paragraph before were left open: its words go on here, and here may stand who says them
        let tail = stretch.continues && matches!(attribution.rule, Rule::TailVerbSubject | Rule::TailSubjectVerb | Rule::TailAccording);
        last_stretch = Some(n);
        if adjoins
            && (same_speaker || stretch.continues)
            && let Some(last) = drafts
                .last_mut()
                .filter(|d| d.kind == QuoteKind::Direct && (tail && d.rule == UNSETTLED || d.mention == attribution.mention))
        {
            last.segments.push(stretch.tokens.clone());
            last.words.push(stretch.inner.clone());
            if tail {
                last.mention.clone_from(&attribution.mention);
                last.cue.clone_from(&attribution.cue);
                last.rule = attribution.rule.name();
            }
            continue;
        }
        let partly = matches!(attribution.rule, Rule::InClause | Rule::LeadVerb | Rule::Subject | Rule::ClauseTail | Rule::LeadAccording);
        let kind = if whole || !partly { QuoteKind::Direct } else { QuoteKind::Mixed };
        drafts.push(draft(kind, stretch.tokens.clone(), stretch.inner.clone(), attribution, likelihood));
    }
    for (r, report) in reports.iter().enumerate() {
        if !taken[r] && turn_at(report.cue.start).is_none() {
            drafts.extend(reported(view, report));
        }
    }
    drafts.extend(turns.into_iter().map(|turn| Draft {
        kind: QuoteKind::Direct,
        segments: turn.words.clone(),
        words: turn.words,
        mention: Some(turn.label),
        cue: None,
        rule: if turn.asks { transcript::QUESTION } else { transcript::TURN },
        likelihood: 1.0,
    }));
    drafts.sort_by_key(|d| (d.segments[0].start, std::cmp::Reverse(end(d))));
    leave_out_nested(&mut drafts);
    drafts
}

fn end(draft: &Draft) -> usize {
    draft.segments.last().map_or(0, |s| s.end)
}

/// Leaves out what is reported inside a report: "she said he planned to leave" is one quote, hers. Nine of ten such reports
/// that the verbs of the lexicon find were not marked by people.
fn leave_out_nested(drafts: &mut Vec<Draft>) {
    let mut reported = 0; // where the widest clause so far ends
    drafts.retain(|draft| {
        let nested = draft.kind == QuoteKind::Indirect && end(draft) <= reported;
        if !nested && draft.kind != QuoteKind::Direct {
            reported = reported.max(end(draft));
        }
        !nested
    });
}

fn draft(kind: QuoteKind, segment: Range<usize>, words: Range<usize>, attribution: &Attribution, likelihood: f32) -> Draft {
    Draft {
        kind,
        segments: vec![segment],
        words: vec![words],
        mention: attribution.mention.clone(),
        cue: attribution.cue.clone(),
        rule: attribution.rule.name(),
        likelihood,
    }
}

/// Whether a stretch is a sentence or more.
fn whole(view: &View<'_>, stretch: &Stretch) -> bool {
    view.capital(stretch.inner.start) && stretch.inner.len() > 2
}

/// Whether the stretch is a part of what the report's verb takes as a clause.
fn in_clause(report: &Report<'_>, stretch: &Stretch, rule: Rule) -> bool {
    matches!(rule, Rule::InClause | Rule::LeadAccording)
        && matches!(report.complement, Complement::That | Complement::Clause | Complement::Noun)
        && report.content.start < stretch.tokens.start
}

/// The clause of a report, with the whole of the stretches that it ends in.
fn clause(view: &View<'_>, report: &Report<'_>) -> Range<usize> {
    let mut end = report.content.end;
    if let Some(s) = end.checked_sub(1).and_then(|last| view.stretch_at(last)) {
        end = end.max(view.stretches[s].tokens.end);
    }
    report.content.start..end
}

/// A clause cut at the stretches in it, so that each of them is a segment of its own.
fn pieces(view: &View<'_>, clause: &Range<usize>) -> Vec<Range<usize>> {
    let mut pieces: Vec<Range<usize>> = Vec::new();
    let mut last = None;
    for i in clause.clone() {
        let stretch = view.stretch_at(i);
        match pieces.last_mut().filter(|_| last == Some(stretch)) {
            Some(piece) => piece.end = i + 1,
            None => pieces.push(i..i + 1),
        }
        last = Some(stretch);
    }
    pieces
}

/// The indirect quote of a report, where it is likely somebody's words.
fn reported(view: &View<'_>, report: &Report<'_>) -> Option<Draft> {
    if report.content.is_empty() || report.content.clone().chain(report.rest.clone()).any(|i| view.quoted(i)) {
        return None;
    }
    // what somebody did not say is no quote; that he did not say whether, is
    if report.negated && report.complement != Complement::Question {
        return None;
    }
    let likelihood = indirect::likelihood(view, report);
    if likelihood < indirect::LEAST || indirect::is_deed(view, report) {
        return None;
    }
    let mut segments = vec![report.content.clone()];
    if !report.rest.is_empty() {
        segments.push(report.rest.clone());
    }
    Some(Draft {
        kind: QuoteKind::Indirect,
        words: segments.clone(),
        segments,
        mention: report.source(view),
        cue: Some(report.cue.clone()),
        rule: indirect::rule(report.complement),
        likelihood,
    })
}

#[cfg(test)]
mod tests {
    use crate::annotate::Annotator;
    use crate::article::Article;

    #[test]
    fn a_report_inside_a_report_is_no_quote_of_its_own() {
        let body = "Rupert Pollard said that the captain planned to give evidence next week.";
        let found = Annotator::new().annotate(&Article { body: body.to_owned(), ..Article::default() });
        let quotes: Vec<&str> = found.quotes.iter().map(|quote| quote.text.as_str()).collect();
        assert_eq!(quotes, ["that the captain planned to give evidence next week"]);
    }
}
