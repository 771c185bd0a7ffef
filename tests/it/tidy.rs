//! What holds for every source file: a head that says what it is for, a bearable length, imports one way only, no test file
//! forgotten.

use std::fs;
use std::path::{Path, PathBuf};

/// The layers as `lib.rs` lists them: each may use only what stands before it, and the domain types.
const LAYERS: [&str; 10] = ["lexicon", "read", "parse", "annotate", "duplicate", "revision", "query", "engine", "render", "cli"];

/// Longer files are two rooms in one.
const LONGEST: usize = 700;

fn sources(folder: &str) -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    let mut folders = vec![root.join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                found.push((path.strip_prefix(root).unwrap().to_owned(), text));
            }
        }
    }
    found.sort();
    assert!(!found.is_empty());
    found
}

#[test]
fn every_file_says_what_it_is_for_and_stays_short() {
    for (path, text) in sources("src").into_iter().chain(sources("tests")) {
        assert!(text.starts_with("//! "), "{} does not begin with //!", path.display());
        let lines = text.lines().count();
        assert!(lines <= LONGEST, "{} has {lines} lines", path.display());
    }
}

#[test]
fn layers_import_one_way() {
    for (path, text) in sources("src") {
        let own = path.components().nth(1).unwrap().as_os_str().to_string_lossy().replace(".rs", "");
        let Some(rank) = LAYERS.iter().position(|layer| *layer == own) else { continue };
        for above in &LAYERS[rank + 1..] {
            let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
            let upward: Vec<&str> = code.filter(|line| line.contains(&format!("crate::{above}::"))).collect();
            assert!(upward.is_empty(), "{} imports from {above}, which stands after {own}: {upward:?}", path.display());
        }
    }
}

#[test]
fn only_the_engine_of_this_process_names_tantivy() {
    for (path, text) in sources("src") {
        let named = text.lines().any(|line| line.contains("tantivy::") && !line.trim_start().starts_with("//"));
        assert!(!named || path.starts_with("src/engine/local"), "{}", path.display());
    }
}

#[test]
fn no_test_file_is_forgotten() {
    let tests = sources("tests");
    for (path, _) in &tests {
        let module = if path.ends_with("mod.rs") { path.parent().unwrap() } else { path };
        let declared = format!("mod {};", module.file_stem().unwrap().to_string_lossy());
        let is_declared = path.ends_with("main.rs") || tests.iter().any(|(_, text)| text.contains(&declared));
        assert!(is_declared, "{} is in no crate", path.display());
    }
}
