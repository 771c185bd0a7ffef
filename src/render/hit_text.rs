//! Hits to read: what matched lit, wrapped where the output is a terminal.

use std::io::{self, Write};

use super::reasons;
use super::theme::{Role, Theme, printable};
use super::wrap::breaks;
use crate::annotation::{Quote, QuoteKind, Record, SpeakerKind};
use crate::engine::Copy;
use crate::query::snippet::Snippet;
use crate::span::Span;

/// That the reasons are asked for.
#[derive(Clone, Copy, Debug)]
pub struct Why<'a> {
    /// What the score is made of, as JSON, where hits are ordered by it.
    pub score: Option<&'a str>,
}

/// Writes an article: headline, what its outlet says of it, snippets, and the quotes that match.
///
/// # Errors
/// When `out` does not take it.
#[expect(clippy::too_many_arguments, reason = "each is another part of what is shown")]
pub fn article(
    out: &mut dyn Write,
    theme: &Theme,
    rank: usize,
    record: &Record,
    also: &[Copy],
    snippets: &[Snippet],
    quotes: &[(&Quote, Vec<Span>)],
    why: Option<Why<'_>>,
) -> io::Result<()> {
    let lit: Vec<Span> =
        snippets.iter().filter(|s| s.field == "title").flat_map(|s| s.highlights.iter().map(|&(a, b)| Span::new(a, b))).collect();
    let number = format!("{rank}. ");
    write!(out, "{}", theme.paint(Role::Faint, &number))?;
    title(out, theme, number.len(), record, &lit)?;
    head(out, theme, record)?;
    elsewhere(out, theme, record, also)?;
    for snippet in snippets.iter().filter(|s| s.field != "title") {
        let lit: Vec<Span> = snippet.highlights.iter().map(|&(a, b)| Span::new(a, b)).collect();
        paragraph(out, theme, "   ", &snippet.text, &lit, None)?;
    }
    for (found, lit) in quotes.iter().take(QUOTES) {
        said(out, theme, found, lit)?;
        if why.is_some() {
            reasons::attribution(out, theme, "     ", found)?;
        }
    }
    if quotes.len() > QUOTES {
        writeln!(out, "{INDENT}{}", theme.paint(Role::Faint, &format!("› and {} more", quotes.len() - QUOTES)))?;
    }
    scored(out, theme, why)?;
    writeln!(out)
}

/// Writes a quote: who said it, the words, and the article.
///
/// # Errors
/// When `out` does not take it.
pub fn quote(
    out: &mut dyn Write,
    theme: &Theme,
    rank: usize,
    record: &Record,
    found: &Quote,
    lit: &[Span],
    why: Option<Why<'_>>,
) -> io::Result<()> {
    write!(out, "{} ", theme.paint(Role::Faint, &format!("{rank}.")))?;
    speaker(out, theme, found)?;
    writeln!(out)?;
    paragraph(out, theme, "   ", &marked_text(found), &shifted(found, lit), Some(Role::Quote))?;
    write!(out, "{INDENT}")?;
    title(out, theme, INDENT.len(), record, &[])?;
    head(out, theme, record)?;
    if why.is_some() {
        reasons::attribution(out, theme, "   ", found)?;
    }
    scored(out, theme, why)?;
    writeln!(out)
}

/// The same for one of several quotes that say nearly the same: its `differences` are lit, or between stars where there are no
/// colours.
///
/// # Errors
/// When `out` does not take it.
pub fn quote_compared(
    out: &mut dyn Write,
    theme: &Theme,
    rank: usize,
    record: &Record,
    found: &Quote,
    differences: &[Span],
) -> io::Result<()> {
    if theme.is_colored() {
        return quote(out, theme, rank, record, found, differences, None);
    }
    let found = Quote { text: starred(&found.text, differences), ..found.clone() };
    quote(out, theme, rank, record, &found, &[], None)
}

/// `text` with the words at `spans` between stars, those side by side between the same.
fn starred(text: &str, spans: &[Span]) -> String {
    let mut runs: Vec<Span> = Vec::new();
    for span in spans {
        match runs.last_mut() {
            Some(last) if !text[last.end..span.start].contains(char::is_alphanumeric) => last.end = span.end,
            _ => runs.push(*span),
        }
    }
    let mut starred = text.to_owned();
    for run in runs.iter().rev() {
        starred.insert(run.end, '*');
        starred.insert(run.start, '*');
    }
    starred
}

fn scored(out: &mut dyn Write, theme: &Theme, why: Option<Why<'_>>) -> io::Result<()> {
    why.and_then(|why| why.score).map_or(Ok(()), |score| reasons::score(out, theme, "   ", score))
}

/// So many of an article's quotes are shown beside it; `dictum quotes` and JSON have all.
const QUOTES: usize = 5;

/// What stands below the first line of a hit stands so far in.
const INDENT: &str = "   ";

/// The headline, on a line of which `taken` columns are taken.
fn title(out: &mut dyn Write, theme: &Theme, taken: usize, record: &Record, lit: &[Span]) -> io::Result<()> {
    let title = &record.article.title;
    if title.is_empty() {
        return writeln!(out, "{}", theme.paint(Role::Title, "(no title)"));
    }
    wrapped(out, theme, (taken, INDENT), title, lit, Some(Role::Title))
}

fn head(out: &mut dyn Write, theme: &Theme, record: &Record) -> io::Result<()> {
    let article = &record.article;
    let date = article.date.as_ref().map(|date| date.as_str().get(..10).unwrap_or(date.as_str()));
    let facts: Vec<&str> = [date, article.source.as_deref(), Some(article.id.as_str())].into_iter().flatten().collect();
    writeln!(out, "   {}", theme.paint(Role::Faint, &facts.join(" · ").replace('\n', " ")))
}

/// Where copies of the article stand: other outlets by name, each once; copies of the same outlet, or of none, by their ids.
fn elsewhere(out: &mut dyn Write, theme: &Theme, record: &Record, also: &[Copy]) -> io::Result<()> {
    let own = record.article.source.as_deref();
    let (mut outlets, mut ids): (Vec<&str>, Vec<&str>) = (Vec::new(), Vec::new());
    for copy in also {
        match copy.source.as_deref() {
            Some(outlet) if Some(outlet) != own && outlets.contains(&outlet) => {}
            Some(outlet) if Some(outlet) != own => outlets.push(outlet),
            _ => ids.push(&copy.id),
        }
    }
    for (head, places) in [("also in", outlets), ("also as", ids)] {
        if !places.is_empty() {
            writeln!(out, "   {}", theme.paint(Role::Faint, &format!("{head} {}", places.join(", ")).replace('\n', " ")))?;
        }
    }
    Ok(())
}

/// Below this an attribution is wrong more often than right, and the reader is told.
const UNSURE: f32 = 0.5;

fn speaker(out: &mut dyn Write, theme: &Theme, found: &Quote) -> io::Result<()> {
    let who = &found.speaker;
    let name = who.name.as_deref().unwrap_or("(speaker unknown)").replace('\n', " ");
    let role = match who.kind {
        SpeakerKind::Organization => Role::Organization,
        SpeakerKind::Unknown => Role::Faint,
        _ => Role::Person,
    };
    write!(out, "{}", theme.paint(role, &name))?;
    let mut aside = Vec::new();
    match who.kind {
        SpeakerKind::Unnamed => aside.push("unnamed"),
        SpeakerKind::Author => aside.push("author"),
        _ => {}
    }
    match found.kind {
        QuoteKind::Indirect => aside.push("indirect"),
        QuoteKind::Mixed => aside.push("partly"),
        QuoteKind::Direct => {}
    }
    if found.confidence < UNSURE {
        aside.push("unsure");
    }
    if aside.is_empty() { Ok(()) } else { write!(out, " {}", theme.paint(Role::Faint, &format!("({})", aside.join(", ")))) }
}

fn said(out: &mut dyn Write, theme: &Theme, found: &Quote, lit: &[Span]) -> io::Result<()> {
    write!(out, "   {} ", theme.paint(Role::Faint, "›"))?;
    speaker(out, theme, found)?;
    writeln!(out)?;
    paragraph(out, theme, "     ", &marked_text(found), &shifted(found, lit), Some(Role::Quote))
}

/// The words said, in quotation marks where all of them are.
fn marked_text(found: &Quote) -> String {
    let text = found.text.replace(['\n', '\r', '\t'], " ");
    if found.kind == QuoteKind::Direct { format!("“{text}”") } else { text }
}

fn shifted(found: &Quote, lit: &[Span]) -> Vec<Span> {
    let by = if found.kind == QuoteKind::Direct { '“'.len_utf8() } else { 0 };
    lit.iter().map(|s| Span::new(s.start + by, s.end + by)).collect()
}

/// Writes `text` indented, wrapped where there is a width.
fn paragraph(out: &mut dyn Write, theme: &Theme, indent: &str, text: &str, lit: &[Span], role: Option<Role>) -> io::Result<()> {
    write!(out, "{indent}")?;
    wrapped(out, theme, (indent.len(), indent), text, lit, role)
}

/// Writes `text` on a line of which so many columns are `taken`, and where there is a width on further ones, indented.
fn wrapped(
    out: &mut dyn Write,
    theme: &Theme,
    (taken, indent): (usize, &str),
    text: &str,
    lit: &[Span],
    role: Option<Role>,
) -> io::Result<()> {
    let breaks = match theme.width() {
        Some(width) => breaks(text, width.saturating_sub(indent.len()).max(20), taken.saturating_sub(indent.len())),
        None => Vec::new(),
    };
    let mut start = 0;
    for end in breaks.into_iter().chain([text.len()]) {
        let line = Span::new(start.min(end), end);
        if start > 0 {
            write!(out, "{indent}")?;
        }
        let within: Vec<Span> = lit
            .iter()
            .filter(|l| l.overlaps(line))
            .map(|l| Span::new(l.start.max(line.start) - line.start, l.end.min(line.end) - line.start))
            .collect();
        lighted(out, theme, line.of(text), &within, role)?;
        writeln!(out)?;
        start = (end + 1).min(text.len());
    }
    Ok(())
}

fn lighted(out: &mut dyn Write, theme: &Theme, text: &str, lit: &[Span], role: Option<Role>) -> io::Result<()> {
    let plain = |out: &mut dyn Write, text: &str| match role {
        _ if text.is_empty() => Ok(()),
        Some(role) => write!(out, "{}", theme.paint(role, &text.replace('\n', " "))),
        None => write!(out, "{}", printable(&text.replace('\n', " "))),
    };
    let mut at = 0;
    for span in lit.iter().filter(|s| s.end <= text.len()) {
        if span.start < at {
            continue;
        }
        plain(out, &text[at..span.start])?;
        write!(out, "{}", theme.paint(Role::Highlight, span.of(text)))?;
        at = span.end;
    }
    plain(out, &text[at..])
}
