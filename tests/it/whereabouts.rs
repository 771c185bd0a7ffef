//! One index, fed from several folders, through links, and from standard input: which file is which.

use std::fs;
use std::path::Path;

use crate::desk::{Desk, FERRY, ORCHARD, command};

/// Ingests in `folder` into the index of the desk: added, replaced, unchanged, removed, refused.
fn ingest(desk: &Desk, folder: &str, args: &[&str]) -> [u64; 5] {
    let index = desk.path("dictum-index");
    let args = [&["ingest", "--format", "json"], args].concat();
    let output = command(&desk.path(folder), &args).env("DICTUM_INDEX", index).output().unwrap();
    let summary: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {output:?}"));
    ["added", "replaced", "unchanged", "removed", "refused"].map(|name| summary[name].as_u64().unwrap())
}

#[test]
fn files_of_one_relative_path_in_two_folders_are_two() {
    let desk = Desk::new();
    desk.write("one/news/a.txt", FERRY);
    desk.write("two/news/a.txt", ORCHARD);
    assert_eq!(ingest(&desk, "one", &["news"]), [1, 0, 0, 0, 0]);
    assert_eq!(ingest(&desk, "two", &["news"]), [1, 0, 0, 0, 0]);
    assert_eq!(desk.ids(), ["a.txt", "news/a.txt"]);
    for (folder, text) in [("one", FERRY), ("two", ORCHARD)] {
        assert_eq!(ingest(&desk, folder, &["--reread", "news"]), [0, 0, 1, 0, 0]);
        desk.write(&format!("{folder}/news/a.txt"), text.replace("said on", "said late on"));
        assert_eq!(ingest(&desk, folder, &["news"]), [0, 1, 0, 0, 0], "{folder}");
    }
    assert_eq!(desk.ids(), ["a.txt", "news/a.txt"]);
    // Pruning one leaves the other.
    fs::remove_file(desk.path("two/news/a.txt")).unwrap();
    assert_eq!(ingest(&desk, "one", &["--prune", "news"])[3], 0);
    assert_eq!(ingest(&desk, "two", &["--prune=all", "news"])[3], 1);
    assert_eq!(desk.ids(), ["a.txt"]);
}

#[cfg(unix)]
#[test]
fn a_folder_and_a_link_to_it_hold_the_same_files() {
    let desk = Desk::new();
    desk.write("m/a.txt", FERRY);
    desk.write("m/b.txt", ORCHARD);
    std::os::unix::fs::symlink("m", desk.path("linked")).unwrap();
    assert_eq!(ingest(&desk, "", &["m"]), [2, 0, 0, 0, 0]);
    assert_eq!(ingest(&desk, "", &["linked"]), [0, 0, 2, 0, 0]);
    assert_eq!(ingest(&desk, "", &["--reread", "linked"]), [0, 0, 2, 0, 0]);
    desk.write("m/b.txt", ORCHARD.replace("said on", "said late on"));
    assert_eq!(ingest(&desk, "", &["linked"]), [0, 1, 1, 0, 0]);
    desk.write("m/b.txt", ORCHARD.replace("said on", "told reporters on"));
    assert_eq!(ingest(&desk, "", &["m/../m/b.txt"]), [0, 1, 0, 0, 0]);
    assert_eq!(ingest(&desk, "", &["--reread", "m/a.txt", "m/a.txt", "./m/a.txt", "linked/a.txt"]), [0, 0, 4, 0, 0]);
    assert_eq!(desk.ids(), ["a.txt", "b.txt"]);
    fs::remove_file(desk.path("m/b.txt")).unwrap();
    assert_eq!(ingest(&desk, "", &["--prune", "linked"])[3], 1);
}

#[cfg(unix)]
#[test]
fn what_lies_in_a_linked_folder_is_not_replaced_by_a_file_of_its_name() {
    let desk = Desk::new();
    desk.write("store/a.txt", FERRY);
    desk.write("one/sub/a.txt", ORCHARD);
    fs::create_dir_all(desk.path("two")).unwrap();
    std::os::unix::fs::symlink("../store", desk.path("two/sub")).unwrap();
    assert_eq!(ingest(&desk, "", &["one"]), [1, 0, 0, 0, 0]);
    assert_eq!(ingest(&desk, "", &["two"]), [1, 0, 0, 0, 0]);
    assert_eq!(ingest(&desk, "", &["--reread", "one", "two"]), [0, 0, 2, 0, 0]);
    let place = fs::canonicalize(desk.path("store/a.txt")).unwrap();
    let mut expected = ["sub/a.txt", place.to_str().unwrap().trim_start_matches('/')];
    expected.sort_unstable();
    assert_eq!(desk.ids(), expected);
}

#[test]
fn what_is_piped_in_is_known_by_its_text() {
    let id = |input: &str| {
        let desk = Desk::new();
        let run = desk.piped(&["ingest", "-"], input.as_bytes());
        assert!(run.out.starts_with("articles: 1 added"), "{run:?}");
        assert_eq!(run.err, "");
        desk.ids().remove(0)
    };
    let (ferry, orchard) = (id(FERRY), id(ORCHARD));
    assert!(ferry.starts_with("-/") && ferry != orchard, "{ferry} {orchard}");
    assert_eq!(id(FERRY), ferry, "in every index");

    let desk = Desk::new();
    for (input, added) in [(FERRY, 1), (ORCHARD, 1), ("Rain\n\nIt rained in Riga all day.\n", 1), (FERRY, 0), (ORCHARD, 0)] {
        let run = desk.piped(&["ingest", "--format", "json", "-"], input.as_bytes());
        assert_eq!(serde_json::from_str::<serde_json::Value>(&run.out).unwrap()["added"], added, "{run:?}");
    }
    assert_eq!(desk.ids().len(), 3);
}

#[test]
fn where_an_article_was_read_is_not_printed() {
    let desk = Desk::with_index();
    let here = fs::canonicalize(desk.path("")).unwrap();
    for args in [&["export"][..], &["show", "ferry.txt", "--format", "json"], &["extract", "news"], &["query", "ferry", "--format", "json"]]
    {
        assert!(!desk.dictum(args).out.contains(Path::new(&here).to_str().unwrap()), "{args:?}");
    }
}
