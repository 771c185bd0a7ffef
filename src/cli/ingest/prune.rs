//! Which articles of the index have gone from the folders they came from.

use std::path::{Path, PathBuf};

use rustc_hash::{FxHashMap, FxHashSet};

use crate::article::Article;
use crate::cli::place::{absolute, container, file_key};
use crate::engine::{Engine, EngineError};
use crate::read::{File, Refusal, name_of};

/// What a pass has met.
#[derive(Debug)]
pub struct Seen<'a> {
    roots: Vec<Root<'a>>,
    ids: FxHashSet<String>,
    /// By [`file_key`]: whether the file gave all that it holds.
    files: FxHashMap<u64, bool>,
}

/// A folder or file that the user named.
#[derive(Debug)]
struct Root<'a> {
    given: &'a Path,
    absolute: PathBuf,
    /// Whether a file was met there.
    met: bool,
}

/// What has gone.
#[derive(Debug, Default)]
pub struct Gone<'a> {
    /// The ids of articles to remove.
    pub ids: Vec<String>,
    /// Folders whose articles stay although none of their files is there, with how many these are.
    pub kept: Vec<(&'a Path, u64)>,
}

impl<'a> Seen<'a> {
    /// Nothing yet, of what is under `roots`.
    pub fn under(roots: &'a [PathBuf]) -> Self {
        let roots = roots.iter().map(|root| Root { given: root, absolute: absolute(root), met: false });
        Self { roots: roots.collect(), ids: FxHashSet::default(), files: FxHashMap::default() }
    }

    /// An article was met, new or not.
    pub fn article(&mut self, article: &Article) {
        self.ids.insert(article.id.clone());
    }

    /// A file was read to its end; `whole` unless something in it was refused.
    pub fn read(&mut self, file: &File, whole: bool) {
        let Some(location) = &file.location else { return };
        self.files.insert(file_key(location), whole);
        for root in &mut self.roots {
            root.met = root.met || location.starts_with(&root.absolute);
        }
    }

    /// A file was not read, being unchanged: its articles are there.
    pub fn spared(&mut self, file: &File) {
        self.read(file, false);
    }

    /// The articles that came from under the roots and are there no longer: their file has gone, or was read and no longer
    /// has them. Where there is doubt, an article stays: of a root in which no file is, nothing is known (a disk may not be
    /// mounted) unless the user wants `all` removed, nor of a file that the system will not speak of.
    pub fn gone(&self, engine: &dyn Engine, all: bool) -> Result<Gone<'a>, EngineError> {
        let mut gone = Gone::default();
        let mut kept = vec![0; self.roots.len()];
        engine.each(&mut |record| {
            let Article { id, place: Some(place), .. } = record.article else { return true };
            let file = container(&place);
            let Some(root) = self.roots.iter().position(|root| file.starts_with(&root.absolute)) else { return true };
            let there = match self.files.get(&file_key(&file)) {
                Some(whole) => !whole,
                None => file.try_exists().unwrap_or(true),
            };
            if !there && !self.ids.contains(&id) {
                if all || self.roots[root].met {
                    gone.ids.push(id);
                } else {
                    kept[root] += 1;
                }
            }
            true
        })?;
        gone.kept = self.roots.iter().map(|root| root.given).zip(kept).filter(|(_, count)| *count > 0).collect();
        Ok(gone)
    }
}

/// What is said of a root whose articles stay.
pub fn refusal(root: &Path, count: u64) -> Refusal {
    let what = if root.is_dir() { "no file is in it" } else { "it is not there" };
    let articles =
        if count == 1 { "an article that came from it stays".to_owned() } else { format!("{count} articles that came from it stay") };
    let reason = format!("{what}: {articles} (is a disk not mounted?); --prune=all removes them");
    Refusal { path: name_of(root.as_os_str()).into_owned(), reason, ..Refusal::default() }
}
