//! Which articles of the index have gone from the folders they came from.

use std::path::{Path, PathBuf};

use rustc_hash::{FxHashMap, FxHashSet};

use crate::article::Article;
use crate::cli::place::{absolute, container};
use crate::engine::{Engine, EngineError};
use crate::read::File;

/// What a pass has met.
#[derive(Debug, Default)]
pub struct Seen {
    ids: FxHashSet<String>,
    /// By absolute path: whether the file gave all that it holds.
    files: FxHashMap<String, bool>,
}

impl Seen {
    /// An article was met, new or not.
    pub fn article(&mut self, article: &Article) {
        self.ids.insert(article.id.clone());
    }

    /// A file was read to its end; `whole` unless something in it was refused.
    pub fn read(&mut self, file: &File, whole: bool) {
        if let Some(location) = &file.location {
            self.files.insert(location.to_string_lossy().into_owned(), whole);
        }
    }

    /// A file was not read, being unchanged: its articles are there.
    pub fn spared(&mut self, file: &File) {
        self.read(file, false);
    }

    /// The ids of articles that came from under `roots` and are there no longer: their file has gone, or was read and no
    /// longer has them. Where there is doubt, an article stays: of a root that is not there itself, or cannot be listed,
    /// nothing is known (a disk may not be mounted), nor of a file that the system will not speak of.
    pub fn gone(&self, engine: &dyn Engine, roots: &[PathBuf]) -> Result<Vec<String>, EngineError> {
        let roots: Vec<PathBuf> = roots.iter().filter(|root| can_be_read(root)).map(|root| absolute(root)).collect();
        if roots.is_empty() {
            return Ok(Vec::new());
        }
        let mut gone = Vec::new();
        engine.each(&mut |record| {
            let Article { id, place: Some(place), .. } = record.article else { return true };
            let file = container(&place);
            let under = roots.iter().any(|root| file.starts_with(root));
            let there = match self.files.get(file.to_string_lossy().as_ref()) {
                Some(whole) => !whole,
                None => file.try_exists().unwrap_or(true),
            };
            if under && !there && !self.ids.contains(&id) {
                gone.push(id);
            }
            true
        })?;
        Ok(gone)
    }
}

fn can_be_read(root: &Path) -> bool {
    if root.is_dir() { root.read_dir().is_ok() } else { root.exists() }
}
