//! Ctrl-C and SIGTERM: what was read until then is kept, and everybody is told.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::desk::{Desk, FERRY, command};

fn start(desk: &Desk, args: &[&str]) -> Child {
    command(&desk.path(""), args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

fn signal(child: &Child, name: &str) {
    assert!(Command::new("kill").args([name, &child.id().to_string()]).status().unwrap().success());
}

/// What it printed and its exit code, once it has ended; its standard input stays open as long as it lives.
fn end(mut child: Child) -> (String, Option<i32>) {
    let deadline = Instant::now() + Duration::from_secs(120);
    while child.try_wait().unwrap().is_none() {
        if Instant::now() > deadline {
            child.kill().unwrap();
            panic!("it does not end");
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    let mut out = String::new();
    child.stdout.take().unwrap().read_to_string(&mut out).unwrap();
    (out, child.wait().unwrap().code())
}

fn articles(desk: &Desk) -> u64 {
    desk.json(&["status", "--format", "json"])["articles"].as_u64().unwrap()
}

/// Records of which one is doubtful: when that is told, those before it have been taken.
fn records(count: usize) -> String {
    (0..count)
        .map(|number| {
            let date = if number == 50 { "some day" } else { "2025-04-03" };
            format!(
                "{{\"id\":\"{number}\",\"date\":\"{date}\",\"body\":\"{}\"}}\n",
                format!("The ferry {number} sailed, said Ann Lee. ").repeat(9)
            )
        })
        .collect()
}

/// So many that the program sees what they are before its input ends.
const HEAD: usize = 250;

#[test]
fn what_was_read_before_ctrl_c_is_kept() {
    for name in ["-INT", "-TERM"] {
        let desk = Desk::new();
        desk.write("many.jsonl", records(20_000));
        let mut child = start(&desk, &["ingest", "many.jsonl"]);
        let mut told = String::new();
        BufReader::new(child.stderr.as_mut().unwrap()).read_line(&mut told).unwrap();
        assert!(told.contains("doubtful"), "{told}");
        signal(&child, name);
        let (out, code) = end(child);
        assert_eq!(code, Some(130), "{out}");
        let added: u64 = out.strip_prefix("interrupted; articles: ").and_then(|rest| rest.split(' ').next()).unwrap().parse().unwrap();
        assert!((1..20_000).contains(&added), "{out}");
        assert_eq!(articles(&desk), added);
        // The file was not read to its end: it is read again.
        let more = (added + 5).to_string();
        let run = desk.dictum(&["ingest", "--limit", &more, "many.jsonl"]);
        assert!(run.out.starts_with(&format!("articles: 5 added, 0 replaced, {added} unchanged")), "{run:?}");
    }
}

#[test]
fn files_read_before_ctrl_c_need_not_be_read_again_and_silent_input_does_not_hold_it_up() {
    let desk = Desk::new();
    desk.write("news/ferry.txt", FERRY);
    let mut child = start(&desk, &["ingest", "--format", "json", "news", "-"]);
    let stdin = child.stdin.as_mut().unwrap();
    stdin.write_all(records(HEAD).as_bytes()).unwrap();
    stdin.write_all(b"{\"id\": \"half").unwrap();
    stdin.flush().unwrap();
    let mut told = String::new();
    BufReader::new(child.stderr.as_mut().unwrap()).read_line(&mut told).unwrap();
    signal(&child, "-INT");
    let (out, code) = end(child);
    assert_eq!(code, Some(130), "{out}");
    let summary: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!((&summary["interrupted"], &summary["refused"]), (&true.into(), &0.into()), "{out}");
    assert_eq!(articles(&desk), summary["added"].as_u64().unwrap());
    let again = desk.dictum(&["ingest", "news"]);
    assert!(again.out.starts_with("articles: 0 added, 0 replaced, 1 unchanged"), "{again:?}");
    assert!(again.out.contains("found: 0 people"), "it was not opened: {again:?}");
}

#[test]
fn a_pipe_that_nobody_writes_to_does_not_hold_it_up_and_one_that_is_written_to_is_read_once() {
    let desk = Desk::new();
    assert!(Command::new("mkfifo").arg(desk.path("pipe")).status().unwrap().success());
    desk.write("first.jsonl", "{\"id\": \"first\", \"date\": \"some day\", \"body\": \"Rain fell.\"}\n");
    let mut child = start(&desk, &["ingest", "first.jsonl", "pipe"]);
    let mut told = String::new();
    BufReader::new(child.stderr.as_mut().unwrap()).read_line(&mut told).unwrap();
    signal(&child, "-INT");
    assert_eq!(end(child).1, Some(130));
    let child = start(&desk, &["ingest", "pipe"]);
    std::fs::write(desk.path("pipe"), FERRY).unwrap();
    let (out, code) = end(child);
    assert!(code == Some(0) && out.starts_with("articles: 1 added"), "{out}");
}

#[test]
fn the_second_ctrl_c_ends_it_at_once() {
    let desk = Desk::new();
    let mut child = start(&desk, &["ingest", "-"]);
    child.stdin.as_mut().unwrap().write_all(records(HEAD).as_bytes()).unwrap();
    let mut told = String::new();
    BufReader::new(child.stderr.as_mut().unwrap()).read_line(&mut told).unwrap();
    signal(&child, "-INT");
    signal(&child, "-INT");
    assert_eq!(end(child).1, Some(130));
}

#[test]
fn ctrl_c_ends_watching_as_promised() {
    let desk = Desk::new();
    desk.write("news/ferry.txt", FERRY);
    let mut child = start(&desk, &["ingest", "--watch", "news"]);
    let mut told = String::new();
    BufReader::new(child.stderr.as_mut().unwrap()).read_line(&mut told).unwrap();
    assert!(told.contains("Ctrl-C"), "{told}");
    signal(&child, "-INT");
    let (out, code) = end(child);
    assert_eq!(code, Some(0), "{out}");
    assert_eq!(articles(&desk), 1);
}
