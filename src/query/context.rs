//! The sentences around a quote.

use crate::annotate::text::Text;
use crate::annotation::{Quote, Zone};
use crate::span::Span;

/// The sentences that a quote stands in, with the one before where the paragraph has it. `None` for a quote that the body lacks.
#[must_use]
pub fn context(quote: &Quote, body: &Text<'_>) -> Option<Span> {
    let mut segments = quote.segments.iter().filter(|s| s.zone == Zone::Body).map(|s| s.span);
    let first = segments.next()?;
    let last = segments.next_back().unwrap_or(first);
    if body.tokens.is_empty() || last.end > body.text.len() {
        return None;
    }
    let sentence_at = |at: usize| body.sentence_of(body.token_at(at).min(body.tokens.len() - 1)).min(body.sentences.len() - 1);
    let mut from = sentence_at(first.start);
    let to = sentence_at(last.end.saturating_sub(1)).max(from);
    if from > 0 && body.paragraph_of(body.sentences[from - 1].start) == body.paragraph_of(body.sentences[from].start) {
        from -= 1;
    }
    Some(body.span(body.sentences[from].start..body.sentences[to].end))
}

/// The same without the quote itself.
#[must_use]
pub fn context_spans(quote: &Quote, body: &Text<'_>) -> Vec<Span> {
    let Some(whole) = context(quote, body) else { return Vec::new() };
    let mut spans = Vec::new();
    let mut at = whole.start;
    for segment in quote.segments.iter().filter(|s| s.zone == Zone::Body).map(|s| s.span) {
        if segment.start > at {
            spans.push(Span::new(at, segment.start));
        }
        at = at.max(segment.end);
    }
    if at < whole.end {
        spans.push(Span::new(at, whole.end));
    }
    spans
}
