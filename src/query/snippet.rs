//! Snippets: the sentences of an article that show best why it was found, with exactly what matched lit.

use std::collections::BTreeSet;
use std::ops::Range;

use serde::Serialize;

use super::ast::Node;
use super::matching::{Lights, Reader};
use crate::span::Span;

/// A part of an article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Snippet {
    /// "title" or "body".
    pub field: &'static str,
    /// The words, with an ellipsis where a sentence was cut.
    pub text: String,
    /// What matched, in bytes of `text`.
    pub highlights: Vec<(usize, usize)>,
}

/// How many snippets, and how long.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    /// At most so many of the body.
    pub count: usize,
    /// About so many letters each.
    pub length: usize,
}

impl Default for Shape {
    fn default() -> Self {
        Self { count: 2, length: 240 }
    }
}

/// The snippets of a record: first its title, where the title matches, then of the body, the best first. None only where none are wanted.
#[must_use]
pub fn snippets(reader: &Reader<'_>, node: &Node, shape: Shape) -> Vec<Snippet> {
    let article = &reader.record.article;
    let lights = reader.lights(node);
    let mut found = Vec::new();
    // the names that a filter asks for are lit in the title only where no words are asked for
    let words = node.ranks();
    let of_title = lights.iter().filter(|lights| !(words && lights.filter)).flat_map(|lights| lights.title.iter().copied());
    let title: BTreeSet<Span> = of_title.filter(|span| span.end <= article.title.len()).collect();
    if !title.is_empty() {
        found.push(cut(&article.title, Span::new(0, article.title.len()), &title.into_iter().collect::<Vec<_>>(), "title"));
    }
    if shape.count > 0 {
        found.extend(of_body(reader, &lights, shape));
    }
    if found.is_empty() && shape.count > 0 {
        let (text, field) = if article.body.trim().is_empty() { (&article.title, "title") } else { (&article.body, "body") };
        let mut end = floor(text, shape.length.min(text.len()));
        if end < text.len() {
            end = text[..end].rfind(char::is_whitespace).filter(|&at| at > 0).unwrap_or(end);
        }
        found.push(cut(text, Span::new(0, end), &[], field));
    }
    found
}

/// One way to show sentences: which ones, and what they say of the query.
struct Window {
    sentences: Range<usize>,
    /// Parts of the query that it answers, by number.
    parts: Vec<usize>,
    /// Words lit in it.
    lit: usize,
}

/// A part that asks for words counts as much as so many filters.
const WORDS: usize = 4;

fn of_body(reader: &Reader<'_>, parts: &[Lights], shape: Shape) -> Vec<Snippet> {
    let body = &reader.body;
    let all: Vec<Span> = parts
        .iter()
        .flat_map(|p| p.body.iter().copied())
        .filter(|s| s.end <= body.text.len())
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect();
    if body.sentences.is_empty() {
        return Vec::new();
    }
    let spans: Vec<Span> = body.sentences.iter().map(|s| body.span(s.clone())).collect();
    if all.is_empty() {
        // nothing of the body answers: its beginning
        let window = grow(body.text, &spans, 0..1, shape.length);
        return vec![shorten(body.text, covering(&spans, &window), &[], shape.length)];
    }
    let mut windows: Vec<Window> = Vec::new();
    for start in 0..spans.len() {
        let mut sentences = start..start + 1;
        if !all.iter().any(|l| l.overlaps(spans[start])) {
            continue;
        }
        // neighbours that are lit too, while they fit
        while sentences.end < spans.len()
            && spans[sentences.end].end - spans[start].start <= shape.length
            && all.iter().any(|l| l.overlaps(spans[sentences.end]))
        {
            sentences.end += 1;
        }
        let whole = covering(&spans, &sentences);
        let answered = (0..parts.len()).filter(|&p| parts[p].body.iter().any(|l| whole.contains(*l))).collect();
        let lit = all.iter().filter(|l| whole.contains(**l)).count();
        windows.push(Window { sentences, parts: answered, lit });
    }
    let worth = |p: &usize| if parts[*p].filter { 1 } else { WORDS };
    let mut taken: Vec<Range<usize>> = Vec::new();
    let mut shown: Vec<usize> = Vec::new();
    let mut found = Vec::new();
    while found.len() < shape.count && !windows.is_empty() {
        // what shows most that is not shown yet; then what shows most
        let best = (0..windows.len()).max_by_key(|&i| {
            let window = &windows[i];
            let fresh: usize = window.parts.iter().filter(|p| !shown.contains(p)).map(worth).sum();
            let all: usize = window.parts.iter().map(worth).sum();
            (fresh, all, window.lit, std::cmp::Reverse(window.sentences.start))
        });
        let window = windows.swap_remove(best.unwrap_or(0));
        let overlaps = |r: &Range<usize>| r.start < window.sentences.end && window.sentences.start < r.end;
        if taken.iter().any(overlaps) {
            continue;
        }
        let mut grown = grow(body.text, &spans, window.sentences.clone(), shape.length);
        if taken.iter().any(|r| r.start < grown.end && grown.start < r.end) {
            grown = window.sentences.clone();
        }
        let whole = covering(&spans, &grown);
        let lit: Vec<Span> = all.iter().copied().filter(|l| whole.contains(*l)).collect();
        if lit.is_empty() {
            continue;
        }
        found.push(shorten(body.text, whole, &lit, shape.length));
        shown.extend(window.parts);
        taken.push(grown);
    }
    found
}

fn covering(spans: &[Span], sentences: &Range<usize>) -> Span {
    Span::new(spans[sentences.start].start, spans[sentences.end - 1].end)
}

/// Takes in sentences of the same paragraph behind, then before, while all fits.
fn grow(text: &str, spans: &[Span], mut sentences: Range<usize>, length: usize) -> Range<usize> {
    let same_paragraph = |a: Span, b: Span| !text[a.end..b.start].contains("\n\n");
    while sentences.end < spans.len()
        && spans[sentences.end].end - spans[sentences.start].start <= length
        && same_paragraph(spans[sentences.end - 1], spans[sentences.end])
    {
        sentences.end += 1;
    }
    while sentences.start > 0
        && spans[sentences.end - 1].end - spans[sentences.start - 1].start <= length
        && same_paragraph(spans[sentences.start - 1], spans[sentences.start])
    {
        sentences.start -= 1;
    }
    sentences
}

/// The whole span where it is not much longer than `length`, else the stretch with most lit words, cut between words.
fn shorten(text: &str, whole: Span, lit: &[Span], length: usize) -> Snippet {
    if whole.len() <= length + length / 4 {
        return cut(text, whole, lit, "body");
    }
    let mut best = Span::new(whole.start, floor(text, whole.start + length.max(1)).max(whole.start));
    let mut most = 0;
    for (i, light) in lit.iter().enumerate() {
        let last = lit[i..].iter().take_while(|l| l.end - light.start <= length).count();
        if last > most {
            most = last;
            let end = lit[i + last - 1].end;
            let room = length.saturating_sub(end - light.start);
            let start = floor(text, light.start.saturating_sub(room / 3).max(whole.start));
            best = Span::new(start, floor(text, (start + length).max(end).min(whole.end)));
        }
    }
    // to the edges of words, where there are any nearby
    let mut start = best.start;
    if start > whole.start
        && let Some(i) = text[start..best.end].find(char::is_whitespace)
        && lit.iter().all(|l| !(start..start + i).contains(&l.start))
    {
        start += i;
        start += text[start..].len() - text[start..].trim_start().len();
    }
    let mut end = best.end;
    if end < whole.end
        && !text[end..].starts_with(char::is_whitespace)
        && let Some(i) = text[start.min(end)..end].rfind(char::is_whitespace)
        && lit.iter().all(|l| !(start.min(end) + i + 1..end).contains(&(l.end - 1)))
    {
        end = start.min(end) + i;
    }
    let span = Span::new(start.min(end), end);
    let mut snippet = cut(text, span, lit, "body");
    if span.start > whole.start {
        snippet.text.insert(0, '…');
        for (a, b) in &mut snippet.highlights {
            (*a, *b) = (*a + '…'.len_utf8(), *b + '…'.len_utf8());
        }
    }
    if span.end < whole.end {
        snippet.text.push('…');
    }
    snippet
}

/// The words of `span`, with line breaks as spaces.
fn cut(text: &str, span: Span, lit: &[Span], field: &'static str) -> Snippet {
    let highlights = lit.iter().filter(|l| span.contains(**l)).map(|l| (l.start - span.start, l.end - span.start)).collect();
    let text = span.of(text).replace(['\n', '\r', '\t'], " ");
    Snippet { field, text, highlights }
}

fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
