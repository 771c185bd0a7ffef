//! Transcripts and interviews: paragraphs that open with the speaker's name in capitals and a colon, or with "Q" and "A".

use std::ops::Range;

use super::phrases::Phrase;
use super::view::{View, label_end};

/// What one turn of a transcript says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turn {
    /// The words that name the speaker, without the colon.
    pub label: Phrase,
    /// What is said, a range of tokens a paragraph.
    pub words: Vec<Range<usize>>,
}

/// The turns of a text, where it has at least two; paragraphs with quotation marks are not theirs. A paragraph without a label
/// between two turns goes on with the first.
#[must_use]
pub fn turns(view: &View<'_>) -> Vec<Turn> {
    let mut turns: Vec<Turn> = Vec::new();
    let mut between: Vec<Range<usize>> = Vec::new(); // paragraphs behind the last turn
    for paragraph in view.text.paragraphs.iter().filter(|p| !p.is_empty()) {
        if paragraph.clone().any(|i| view.quoted(i)) {
            continue;
        }
        let Some((label, words)) = label(view, paragraph) else {
            between.push(paragraph.clone());
            continue;
        };
        if let Some(last) = turns.last_mut() {
            last.words.append(&mut between);
        }
        between.clear();
        turns.push(Turn { label: Phrase { tokens: label }, words: std::iter::once(words).collect() });
    }
    if turns.len() < 2 { Vec::new() } else { turns }
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
