//! Finds files in sorted order, decompresses them and decodes them to UTF-8; reports what was skipped and why.
//!
//! [`files`] walks what the user named; [`inputs`] opens one file and hands on every decompressed file in it, each with
//! its [`Origin`] and its bytes as a stream. Nothing is held whole, save a ZIP archive that is itself inside something.

mod archive;
pub mod budget;
pub mod decode;
mod expand;
mod guard;
mod head;
pub mod lines;
mod pipe;
mod walk;

use std::io::BufRead;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use serde::{Deserialize, Serialize};

pub use expand::inputs;
pub use head::Head;
pub use walk::{File, Selection, files, name_of, path_of};

/// Where the bytes came from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// The path to show and to record: as the user gave it, with `archive.zip!inner/name` inside an archive, `-` for standard input.
    pub path: String,
    /// The path below the folder given, with `/` on every system: the id of an article that has no other.
    pub below: String,
}

impl Origin {
    /// The id of the `number`th record (from 1) of a file that holds many, where the record has none of its own.
    #[must_use]
    pub fn nth(&self, number: usize) -> String {
        format!("{}#{number}", self.below)
    }

    /// Whether `id` is that of this file, or of one of its records, as [`Origin::nth`] gives it.
    #[must_use]
    pub fn is_place_of(&self, id: &str) -> bool {
        id.strip_prefix(self.below.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('#'))
    }

    /// Whether the bytes came on standard input.
    #[must_use]
    pub fn is_standard_input(&self) -> bool {
        self.path.strip_prefix('-').is_some_and(|rest| rest.is_empty() || rest.starts_with('!'))
    }

    /// A refusal of the whole file.
    #[must_use]
    pub fn refuse(&self, reason: impl Into<String>) -> Refusal {
        Refusal { path: self.path.clone(), position: None, reason: reason.into(), kind: RefusalKind::Refused }
    }

    /// A refusal of what stands at `position`: "line 12", "record 3", "byte 4096".
    #[must_use]
    pub fn refuse_at(&self, position: impl Into<String>, reason: impl Into<String>) -> Refusal {
        Refusal { position: Some(position.into()), ..self.refuse(reason) }
    }

    /// A note on a record that is taken all the same.
    #[must_use]
    pub fn doubt_at(&self, position: impl Into<String>, reason: impl Into<String>) -> Refusal {
        Refusal { kind: RefusalKind::Doubtful, ..self.refuse_at(position, reason) }
    }

    /// The same place, one level deeper in an archive.
    fn inside(&self, name: &str) -> Origin {
        let name: Vec<&str> = name.split(['/', '\\']).filter(|part| !matches!(*part, "" | "." | "..")).collect();
        let name = name.join("/");
        Origin { path: format!("{}!{name}", self.path), below: format!("{}!{name}", self.below) }
    }
}

/// A record that gave no article, or a doubtful one, and why.
#[derive(Clone, Debug, Default, PartialEq, Eq, thiserror::Error)]
#[error("{path}{}: {reason}", position.as_ref().map(|p| format!(" ({p})")).unwrap_or_default())]
pub struct Refusal {
    /// The file, as in [`Origin::path`].
    pub path: String,
    /// Where in it: "line 12", "record 3", "byte 4096".
    pub position: Option<String>,
    /// What is wrong with it and, where that helps, what to do.
    pub reason: String,
    /// What became of it.
    pub kind: RefusalKind,
}

/// What became of an input that has a [`Refusal`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RefusalKind {
    /// It gave no article, and should have.
    #[default]
    Refused,
    /// Its article was taken all the same: a date that is none, bytes that are no UTF-8.
    Doubtful,
    /// Passed over, as nobody takes it for an article: the pictures and scripts of a saved page, a link back to a folder above.
    Skipped,
}

/// One decompressed file.
pub struct Input<'a> {
    /// Where it came from.
    pub origin: Origin,
    /// Its bytes, in whatever encoding.
    pub bytes: &'a mut dyn BufRead,
}

/// How far an input may go before it is taken for an attack or a mistake.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Compressions and archives one inside the other.
    pub depth: usize,
    /// How many bytes one compressed byte may become, once `slack` bytes came out. Text seldom passes 30.
    pub ratio: u64,
    /// The bytes that may come out before the ratio is looked at.
    pub slack: u64,
    /// The bytes of a ZIP archive inside another archive or on standard input, which must be held in memory.
    pub held: u64,
    /// Ends standard input, or a pipe, before its end, once it is set.
    pub stop: Arc<AtomicBool>,
}

impl Default for Limits {
    fn default() -> Self {
        Self { depth: 5, ratio: 200, slack: 64 << 20, held: 256 << 20, stop: Arc::default() }
    }
}
