//! Transcripts and interviews: paragraphs that open with the speaker's name in capitals and a colon, with "Q" and "A", or with a
//! name in double parentheses.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::phrases::Phrase;
use super::view::{View, label_end};

/// What one turn of a transcript says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turn {
    /// The words that name the speaker, without the colon.
    pub label: Phrase,
    /// What is said, a range of tokens a paragraph.
    pub words: Vec<Range<usize>>,
    /// Whether it is a turn of the label that asks the questions of an interview.
    pub asks: bool,
}

/// The rule of a turn of somebody who answers or speaks.
pub const TURN: &str = "transcript";
/// The rule of a turn of who asks: the outlet, not somebody whom the article quotes.
pub const QUESTION: &str = "transcript-question";

/// The turns of a text, where it has at least two; paragraphs with quotation marks are not theirs. A paragraph without a label
/// between two turns goes on with the first.
#[must_use]
pub fn turns(view: &View<'_>) -> Vec<Turn> {
    let mut turns: Vec<Turn> = Vec::new();
    let mut between: Vec<Range<usize>> = Vec::new(); // paragraphs behind the last turn
    for paragraph in view.text.paragraphs.iter().filter(|p| !p.is_empty()) {
        let parenthesized = parenthesized(view, paragraph);
        let in_parentheses = parenthesized.is_some() || turns.last().is_some_and(|t| parenthesized_at(view, t));
        if !in_parentheses && paragraph.clone().any(|i| view.quoted(i)) {
            continue;
        }
        let Some((label, words)) = parenthesized.or_else(|| label(view, paragraph)) else {
            between.push(paragraph.clone());
            continue;
        };
        if let Some(last) = turns.last_mut() {
            last.words.append(&mut between);
        }
        between.clear();
        turns.push(Turn { label: Phrase { tokens: label }, words: std::iter::once(words).collect(), asks: false });
    }
    if turns.len() < 2 {
        return Vec::new();
    }
    mark_questions(view, &mut turns);
    turns
}

/// The label in double parentheses that opens a paragraph, and what stands behind it: "((Jane Roe)) …".
fn parenthesized(view: &View<'_>, paragraph: &Range<usize>) -> Option<(Range<usize>, Range<usize>)> {
    let start = (paragraph.start..paragraph.end.min(paragraph.start + 2)).take_while(|&i| view.mark(i, &["(", "(("])).last()? + 1;
    let opened: usize = (paragraph.start..start).map(|i| view.word(i).len()).sum();
    let close = (start..paragraph.end.min(start + 8)).find(|&i| view.mark(i, &[")", "))"]))?;
    let end = (close..paragraph.end.min(close + 2)).take_while(|&i| view.mark(i, &[")", "))"])).last()? + 1;
    let closed: usize = (close..end).map(|i| view.word(i).len()).sum();
    // "((WN)): …"
    let words = if end < paragraph.end && view.mark(end, &[":"]) { end + 1 } else { end };
    (opened == 2 && closed == 2 && close > start && words < paragraph.end).then_some((start..close, words..paragraph.end))
}

fn parenthesized_at(view: &View<'_>, turn: &Turn) -> bool {
    let start = turn.label.tokens.start;
    start > 0 && view.mark(start - 1, &["(", "(("])
}

/// Marks the turns of the label in double parentheses of whose turns most end with a question mark, where others have turns too.
fn mark_questions(view: &View<'_>, turns: &mut [Turn]) {
    let name = |t: &Turn| view.text.span(t.label.tokens.clone()).of(view.text.text);
    let mut asked: FxHashMap<&str, [usize; 2]> = FxHashMap::default();
    for turn in turns.iter().filter(|t| parenthesized_at(view, t)) {
        let question = turn.words.last().is_some_and(|w| view.word(w.end - 1) == "?");
        let counts = asked.entry(name(turn)).or_default();
        counts[usize::from(question)] += 1;
    }
    for turn in turns.iter_mut().filter(|t| parenthesized_at(view, t)) {
        turn.asks = asked.get(name(turn)).is_some_and(|[plain, questions]| questions > plain && *questions > 1);
    }
}

/// The label that opens a paragraph, and what stands behind it: "ROE: …", "Q: …", "A. …".
fn label(view: &View<'_>, paragraph: &Range<usize>) -> Option<(Range<usize>, Range<usize>)> {
    let start = paragraph.start;
    if matches!(view.word(start), "Q." | "A.") && paragraph.len() > 2 {
        return Some((start..start + 1, start + 1..paragraph.end));
    }
    // "A" and its full stop may be two tokens
    if is_question_or_answer(view.word(start)) && paragraph.len() > 3 && view.mark(start + 1, &["."]) {
        return Some((start..start + 1, start + 2..paragraph.end));
    }
    let colon = label_end(view.text, paragraph.clone())?;
    Some((start..colon, colon + 1..paragraph.end))
}

/// Whether a label names nobody but says who asks and who answers.
#[must_use]
pub fn is_question_or_answer(label: &str) -> bool {
    matches!(label, "Q" | "Q." | "A" | "A.")
}
