//! Turns the bytes of any known format into articles: detects the format by content before name, dispatches to one file a format.

use std::io::BufRead;
use std::ops::ControlFlow;

use crate::article::Article;

/// Where the bytes came from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// The path to show and to record: as the user gave it, with `archive.zip!inner/name` inside an archive, `-` for standard input.
    pub path: String,
    /// The path below the folder given, with `/` on every system: the id of an article that has no other.
    pub below: String,
}

/// A record that gave no article, or a doubtful one, and why.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{path}{}: {reason}", position.as_ref().map(|p| format!(" ({p})")).unwrap_or_default())]
pub struct Refusal {
    /// The file, as in [`Origin::path`].
    pub path: String,
    /// Where in it: "line 12", "record 3", "byte 4096".
    pub position: Option<String>,
    /// What is wrong with it and, where that helps, what to do.
    pub reason: String,
}

/// Takes each article or refusal as it is read; `Break` asks the parser to stop.
pub type Sink<'a> = dyn FnMut(Result<Article, Refusal>) -> ControlFlow<()> + 'a;

/// What the user said of the input.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Field names of `--map`: (ours, theirs), as in `--map body=story_text`.
    pub map: Vec<(String, String)>,
}

/// Reads every article of one decompressed file and hands each to `sink`, in order, never holding more than one record
/// of the formats that are streams (JSON Lines, WARC, mbox, CSV).
///
/// `_input` need not be UTF-8.
pub fn articles(_input: &mut dyn BufRead, _origin: &Origin, _options: &Options, _sink: &mut Sink<'_>) -> ControlFlow<()> {
    ControlFlow::Continue(())
}
