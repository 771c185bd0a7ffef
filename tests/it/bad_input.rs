//! What is no article is refused by name and reason, and everything else is carried on with.

use crate::desk::{Desk, FERRY, Run};

/// Ingests `content` as `news/NAME` beside a good article: it must be refused with `reason`, and the article be there.
fn refused(name: &str, content: &[u8], reason: &str) -> Run {
    let desk = Desk::new();
    desk.write("news/ferry.txt", FERRY);
    desk.write(&format!("news/{name}"), content);
    let run = desk.dictum(&["ingest", "news"]);
    assert_eq!(run.code, 1, "{name}: {run:?}");
    assert!(run.err.contains(&format!("news/{name}")), "{name}: {}", run.err);
    assert!(run.err.contains(reason), "{name}: {}", run.err);
    assert_eq!(desk.dictum(&["show", "ferry.txt"]).code, 0, "{name}");
    run
}

#[test]
fn a_missing_path() {
    let desk = Desk::new();
    desk.write("news/ferry.txt", FERRY);
    let run = desk.dictum(&["ingest", "nowhere", "news"]);
    assert_eq!(run.code, 1);
    assert_eq!(run.err, "dictum: nowhere: no such file or folder\n");
    assert!(run.out.starts_with("articles: 1 added"), "{}", run.out);
}

#[test]
fn a_folder_with_nothing_in_it() {
    let desk = Desk::new();
    std::fs::create_dir(desk.path("empty")).unwrap();
    let run = desk.dictum(&["ingest", "empty"]);
    assert_eq!(run.code, 1);
    assert!(run.out.starts_with("no articles found there\n"), "{}", run.out);
    assert_eq!(desk.dictum(&["extract", "empty"]).out, "[]\n");
}

#[test]
fn a_binary_file() {
    refused("program.bin", &[0x7f, b'E', b'L', b'F', 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 0, 62, 0], "program.bin: a program\n");
    refused("data.bin", b"so\0me\0th\0\0ing\xff", "data.bin: a binary file, no text\n");
}

#[test]
fn json_that_breaks_off() {
    refused(
        "lines.jsonl",
        b"{\"id\":\"a\",\"body\":\"It rained.\"}\n{\"id\":\"b\",\"bo\n{\"id\":\"c\",\"body\":\"It did not.\"}\n",
        "line 2",
    );
}

#[test]
fn a_record_without_a_body() {
    refused("lines.jsonl", b"{\"id\":\"a\",\"body\":\"It rained.\"}\n{\"id\":\"b\",\"title\":\"Only a title\"}\n", "line 2");
}

#[test]
fn a_line_that_does_not_end() {
    let mut line = b"{\"id\":\"long\",\"body\":\"".to_vec();
    line.extend(std::iter::repeat_n(b'a', 100 << 20));
    line.extend(b"\"}\n{\"id\":\"after\",\"body\":\"It rained.\"}\n");
    let run = refused("lines.jsonl", &line, "32 MB");
    assert!(run.out.starts_with("articles: 2 added"), "{}", run.out);
}

#[test]
fn bytes_that_are_no_utf8_are_read_as_what_they_are() {
    let desk = Desk::new();
    desk.write(
        "cafe.txt",
        b"Caf\xe9 closes after a century\n\nThe caf\xe9 on the square will close, its owner said. Andr\xe9 Vasseur wept.\n",
    );
    let records = desk.json(&["extract", "cafe.txt"]);
    assert_eq!(records[0]["title"], "Café closes after a century");
}

#[test]
fn a_date_that_is_none_is_left_out_and_reported() {
    let desk = Desk::new();
    desk.write("a.jsonl", "{\"id\":\"a\",\"date\":\"yesterday-ish\",\"body\":\"It rained.\"}\n");
    let run = desk.dictum(&["ingest", "--report", "report.jsonl", "a.jsonl"]);
    assert_eq!(run.code, 0, "{run:?}");
    assert!(desk.json(&["show", "a", "--format", "json"])["date"].is_null());
    assert!(std::fs::read_to_string(desk.path("report.jsonl")).unwrap().contains("doubtful"));
}

#[cfg(unix)]
#[test]
fn an_unreadable_file() {
    let desk = Desk::new();
    desk.write("news/ferry.txt", FERRY);
    desk.write("news/locked.txt", FERRY);
    mode(&desk, "news/locked.txt", 0o0);
    let run = desk.as_another_user(&["extract", "--format", "jsonl", "news"]);
    assert_eq!((run.code, run.out.lines().count()), (1, 1), "{run:?}");
    assert_eq!(run.err, "dictum: news/locked.txt: no permission to read it\n");
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_that_nobody_can_read() {
    let desk = Desk::new();
    desk.write("ferry.txt", FERRY);
    let run = desk.dictum(&["ingest", "/proc/self/mem", "ferry.txt"]);
    assert_eq!(run.code, 1, "{run:?}");
    assert!(run.err.starts_with("dictum: /proc/self/mem: ") && run.err.lines().count() == 1, "{}", run.err);
    assert!(run.out.starts_with("articles: 1 added"), "{}", run.out);
}

#[cfg(unix)]
fn mode(desk: &Desk, name: &str, mode: u32) {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(desk.path(name), std::fs::Permissions::from_mode(mode)).unwrap();
}

#[cfg(unix)]
#[test]
fn an_index_of_another_user() {
    use std::os::unix::fs::PermissionsExt;
    let desk = Desk::with_index();
    desk.write("plain", "");
    let plain = desk.path("plain").metadata().unwrap().permissions().mode();
    for entry in std::fs::read_dir(desk.path("dictum-index")).unwrap() {
        let entry = entry.unwrap();
        assert_eq!(entry.metadata().unwrap().permissions().mode(), plain, "{:?} is a file like others", entry.file_name());
        mode(&desk, &format!("dictum-index/{}", entry.file_name().to_string_lossy()), 0o644);
    }
    assert_eq!(desk.as_another_user(&["quotes", "ferry", "--format", "ids"]).code, 0, "it may be read");
    assert_eq!(desk.as_another_user(&["status"]).code, 0);
    let run = desk.as_another_user(&["ingest", "news"]);
    assert_eq!((run.code, run.err.matches("Permission denied").count()), (2, 1), "{run:?}");
    for name in ["meta.json", ".managed.json", "dictum.json"] {
        mode(&desk, &format!("dictum-index/{name}"), 0o600);
        let run = desk.as_another_user(&["status"]);
        assert_eq!(run.code, 2, "{run:?}");
        assert_eq!(run.err, format!("dictum: cannot read or write dictum-index/{name}: Permission denied (os error 13)\n"));
        mode(&desk, &format!("dictum-index/{name}"), 0o644);
    }
}

#[cfg(unix)]
#[test]
fn an_index_where_none_may_be_made() {
    let desk = Desk::new();
    desk.write("news/ferry.txt", FERRY);
    mode(&desk, "news", 0o555);
    let run = desk.as_another_user(&["ingest", "--index", "news/index", "news"]);
    assert_eq!(run.code, 2);
    assert_eq!(run.err, "dictum: cannot read or write news/index: Permission denied (os error 13)\n");
}

#[test]
fn an_index_that_is_none() {
    let desk = Desk::new();
    desk.write("folder/file.txt", FERRY);
    desk.write("file.txt", FERRY);
    for (index, message) in
        [("folder", "folder is no index of dictum"), ("file.txt", "file.txt is no index of dictum"), ("nowhere", "no index at nowhere")]
    {
        for args in [
            &["status", "--index", index][..],
            &["show", "x", "--index", index],
            &["export", "--index", index],
            &["delete", "x", "--index", index],
        ] {
            let run = desk.dictum(args);
            assert_eq!(run.code, 2, "{args:?}");
            assert!(run.err.contains(message), "{args:?}: {}", run.err);
        }
    }
    assert_eq!(desk.dictum(&["ingest", "--index", "folder", "file.txt"]).code, 2);
    assert!(!desk.path("nowhere").exists());
}

#[test]
fn an_index_of_a_newer_version() {
    let desk = Desk::with_index();
    let versions = std::fs::read_to_string(desk.path("dictum-index/dictum.json")).unwrap();
    let mut versions: serde_json::Value = serde_json::from_str(&versions).unwrap();
    versions["index"] = 9999.into();
    desk.write("dictum-index/dictum.json", versions.to_string());
    for args in [&["status"][..], &["ingest", "news"]] {
        let run = desk.dictum(args);
        assert_eq!(run.code, 2);
        assert!(run.err.contains("newer dictum"), "{}", run.err);
    }
}
