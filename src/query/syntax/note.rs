//! What is said of one place of a query, and how the place is shown.

use crate::span::Span;

/// A word about one place of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// The place, in bytes of the query.
    pub span: Span,
    /// What about it.
    pub text: String,
}

/// Why a query cannot be read, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{text}")]
pub struct SyntaxError {
    /// The place, in bytes of the query.
    pub span: Span,
    /// What is wrong, and what to write instead.
    pub text: String,
}

/// Shows a place of `query` with a caret under it, shortened to a line that fits a terminal.
#[must_use]
pub fn caret(query: &str, span: Span) -> String {
    let start = floor(query, span.start.min(query.len()));
    let end = floor(query, span.end.min(query.len())).max(start);
    let before: String = query[..start].chars().rev().take(40).collect::<Vec<_>>().into_iter().rev().collect();
    let shown: String = query[start..end].chars().take(40).collect();
    let after: String = query[start + shown.len()..].chars().take(20).collect();
    let clean = |text: &str| text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect::<String>();
    let width = |text: &str| unicode_width::UnicodeWidthStr::width(text);
    let (before, shown, after) = (clean(&before), clean(&shown), clean(&after));
    let cut = if before.len() < start { "…" } else { "" };
    format!("  {cut}{before}{shown}{after}\n  {}{}", " ".repeat(width(cut) + width(&before)), "^".repeat(width(&shown).max(1)))
}

fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
