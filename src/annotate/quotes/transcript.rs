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

/// The turns of a text, where it has at least two; paragraphs with quotation marks are not theirs.
#[must_use]
pub fn turns(view: &View<'_>) -> Vec<Turn> {
    let mut turns: Vec<Turn> = Vec::new();
    for paragraph in &view.text.paragraphs {
        if paragraph.clone().any(|i| view.quoted(i)) {
            continue;
        }
        if let Some(colon) = label_end(view.text, paragraph.clone()) {
            turns.push(Turn {
                label: Phrase { tokens: paragraph.start..colon },
                words: std::iter::once(colon + 1..paragraph.end).collect(),
            });
        }
    }
    if turns.len() < 2 { Vec::new() } else { turns }
}
