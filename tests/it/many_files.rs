//! Folders as people keep them: many small files, and among them what is no file to read.

use std::fs;

use crate::desk::{Desk, FERRY};

/// So many files make a folder of many; the environment may ask for 100,000.
fn many() -> u64 {
    std::env::var("DICTUM_TEST_FILES").ok().and_then(|count| count.parse().ok()).unwrap_or(1000)
}

fn counts(desk: &Desk, args: &[&str]) -> [u64; 4] {
    let summary = desk.json(&[&["ingest", "--format", "json"], args].concat());
    ["added", "replaced", "unchanged", "removed"].map(|name| summary[name].as_u64().unwrap())
}

fn story(number: u64) -> String {
    format!("Ward {number} meets\n\nThe council of ward {number} met. “We have {number} seats,” said Ann Lee.\n")
}

#[test]
fn a_folder_of_many_files_is_read_once() {
    let (desk, many) = (Desk::new(), many());
    let name = |number: u64| format!("news/{}/{}/{number}.txt", number / 1000, number / 100 % 10);
    (0..many).for_each(|number| desk.write(&name(number), story(number)));
    assert_eq!(counts(&desk, &["--dry-run", "news"]), [many, 0, 0, 0]);
    assert_eq!(counts(&desk, &["news"]), [many, 0, 0, 0]);
    let again = desk.json(&["ingest", "--format", "json", "news"]);
    assert_eq!((&again["unchanged"], &again["people"]), (&many.into(), &0.into()), "nothing is read again: {again}");
    (0..10).for_each(|number| fs::remove_file(desk.path(&name(number))).unwrap());
    desk.write(&name(10), story(11));
    assert_eq!(counts(&desk, &["--prune", "--dry-run", "news"]), [0, 1, many - 11, 10]);
    assert_eq!(counts(&desk, &["--prune", "news"]), [0, 1, many - 11, 10]);
    assert_eq!(desk.json(&["status", "--format", "json"])["articles"], many - 10);
}

#[cfg(unix)]
#[test]
fn what_is_no_file_to_read_neither_stops_nor_stalls_it() {
    use std::os::unix::ffi::OsStrExt;
    let desk = Desk::new();
    for name in ["news/a.txt", "news/.hidden.txt", "news/.git/b.txt", &format!("news/{}c.txt", "deep/".repeat(300))] {
        desk.write(name, FERRY);
    }
    desk.write("news/empty.txt", "");
    for (place, link) in [("/dev/zero", "zero.txt"), ("../news", "loop"), ("nowhere", "dangling.txt")] {
        std::os::unix::fs::symlink(place, desk.path("news").join(link)).unwrap();
    }
    assert!(std::process::Command::new("mkfifo").arg(desk.path("news/pipe.txt")).status().unwrap().success());
    for (byte, number) in [(0xe8, 1), (0xe9, 2)] {
        fs::write(desk.path("news").join(std::ffi::OsStr::from_bytes(&[b"caf", &[byte][..], b".txt"].concat())), story(number)).unwrap();
    }
    let run = desk.dictum(&["ingest", "--report", "report.jsonl", "news"]);
    assert_eq!(run.code, 1);
    assert!(run.out.starts_with("articles: 4 added, 0 replaced, 0 unchanged; inputs: 2 refused, 0 doubtful, 3 skipped"), "{run:?}");
    let mut ids = desk.ids();
    ids.retain(|id| !id.contains("deep"));
    assert_eq!(ids, ["a.txt", "caf\\xE8.txt", "caf\\xE9.txt"]);
    assert_eq!(counts(&desk, &["--prune", "news"]), [0, 0, 4, 0]);
    fs::remove_file(desk.path("news").join(std::ffi::OsStr::from_bytes(b"caf\xe8.txt"))).unwrap();
    assert_eq!(counts(&desk, &["--prune", "--include", "a.txt", "news"]), [0, 0, 1, 1], "names that are no text are looked for too");
}
