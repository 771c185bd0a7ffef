//! The file beside the index that says what it was written with.

use std::path::Path;

use super::schema::INDEX_VERSION;
use crate::engine::{EngineError, Versions};
use crate::query::words::ANALYZER_VERSION;

const NAME: &str = "dictum.json";

/// Reads the versions of the index at `path`.
pub fn read(path: &Path) -> Result<Versions, EngineError> {
    let file = path.join(NAME);
    let not_an_index = |what: String| EngineError::NotAnIndex { path: path.to_owned(), what };
    if !path.is_dir() {
        return Err(not_an_index("it is a file".to_owned()));
    }
    let text = std::fs::read_to_string(&file).map_err(|source| match source.kind() {
        std::io::ErrorKind::NotFound => not_an_index(format!("it has no {NAME}")),
        _ => EngineError::Io { path: file.clone(), source },
    })?;
    serde_json::from_str(&text).map_err(|e| not_an_index(format!("its {NAME} cannot be read: {e}")))
}

/// Whether this program can work with the index at `path`.
pub fn check(path: &Path) -> Result<(), EngineError> {
    let found = read(path)?;
    for (what, found, ours) in [("fields", found.index, INDEX_VERSION), ("analyzer", found.analyzer, ANALYZER_VERSION)] {
        if found > ours {
            return Err(EngineError::Newer { path: path.to_owned(), found, ours });
        }
        if found < ours {
            return Err(EngineError::Outdated { path: path.to_owned(), what, found, ours });
        }
    }
    if !appears(&path.join("meta.json")) {
        return Err(EngineError::Damaged { path: path.to_owned(), what: "meta.json is missing".to_owned() });
    }
    Ok(())
}

/// Whether a file is there, or comes within two seconds: another process may be making the index at this moment.
fn appears(file: &Path) -> bool {
    const STEP: std::time::Duration = std::time::Duration::from_millis(50);
    for _ in 0..40 {
        if file.is_file() {
            return true;
        }
        std::thread::sleep(STEP);
    }
    file.is_file()
}

/// Writes `versions` beside an index, all at once: others may be reading them.
pub fn write(path: &Path, versions: &Versions) -> Result<(), EngineError> {
    let (file, beside) = (path.join(NAME), path.join(NAME).with_extension("new"));
    let json = serde_json::to_string(versions).unwrap_or_default();
    let written = std::fs::write(&beside, json + "\n").and_then(|()| std::fs::rename(&beside, &file));
    written.map_err(|source| EngineError::Io { path: file, source })
}

/// Whether an index was begun in the folder and nothing was put into it: whoever made it was stopped then, or is at it.
pub fn is_only_begun(path: &Path) -> std::io::Result<bool> {
    let begun = [NAME, "dictum.new", "meta.json.new", ".managed.json", ".managed.json.new", ".tantivy-writer.lock", ".tantivy-meta.lock"];
    let mut entries = std::fs::read_dir(path)?;
    let only_that = entries.all(|entry| entry.is_ok_and(|entry| begun.iter().any(|name| entry.file_name() == *name)));
    Ok(only_that && !appears(&path.join("meta.json")))
}
