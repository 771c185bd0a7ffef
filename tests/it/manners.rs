//! Exit codes, standard output and error, colours, closed pipes, help.

use std::io::Read;
use std::process::Stdio;

use crate::desk::{Desk, FERRY, command};

const SUBCOMMANDS: [&str; 9] = ["ingest", "query", "quotes", "extract", "show", "history", "export", "delete", "status"];

#[test]
fn help_begins_with_examples() {
    let desk = Desk::new();
    assert!(desk.dictum(&["--help"]).out.starts_with("Examples:\n  dictum ingest sample_corpus"));
    for subcommand in SUBCOMMANDS {
        let run = desk.dictum(&[subcommand, "--help"]);
        assert_eq!(run.code, 0);
        assert!(run.out.starts_with("Examples:\n  dictum "), "{subcommand}: {}", run.out);
        assert!(run.out.lines().take_while(|line| !line.is_empty()).all(|line| line.chars().count() <= 100), "{subcommand}");
    }
}

#[test]
fn wrong_arguments_are_an_error() {
    let desk = Desk::new();
    assert_eq!(desk.dictum(&[]).code, 2);
    assert_eq!(desk.dictum(&["query", "--no-such-option"]).code, 2);
    assert_eq!(desk.dictum(&["extract", "--map", "body", "x"]).code, 2);
    assert_eq!(desk.dictum(&["extract", "--include", "[", "."]).code, 2);
}

#[test]
fn a_closed_pipe_is_no_error() {
    let desk = Desk::new();
    let lines: String = (0..2000)
        .map(|number| format!("{}\n", serde_json::json!({"id": format!("a{number}"), "body": "The pier is shut. ".repeat(20)})))
        .collect();
    desk.write("many.jsonl", lines);
    let mut child = command(&desk.path(""), &["extract", "--format", "jsonl", "many.jsonl"])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = [0; 20];
    let mut out = child.stdout.take().unwrap();
    out.read_exact(&mut first).unwrap();
    drop(out);
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()), (Some(0), ""));
}

#[test]
fn no_control_character_of_an_article_reaches_the_terminal() {
    let desk = Desk::new();
    desk.write("a.txt", "A title \u{1b}]0;owned\u{7}\n\nThe \u{9b}2Jbody \u{202e}of it, said nobody.\n");
    for args in [&["extract", "--format", "text", "a.txt"][..], &["extract", "a.txt"], &["extract", "--format", "jsonl", "a.txt"]] {
        let out = desk.dictum(args).out;
        assert!(!out.chars().any(|c| (c.is_control() && c != '\n') || c == '\u{202e}'), "{out:?}");
    }
    desk.dictum(&["ingest", "a.txt"]);
    let out = desk.dictum(&["show", "a.txt"]).out;
    assert!(!out.chars().any(|c| c.is_control() && c != '\n'), "{out:?}");
}

#[test]
fn colours_are_there_when_asked_for_and_only_then() {
    let desk = Desk::new();
    desk.write("ferry.txt", FERRY);
    let text = ["extract", "--format", "text", "ferry.txt"];
    assert!(!desk.dictum(&text).out.contains('\u{1b}'));
    assert!(desk.dictum(&[&text[..], &["--color", "always"]].concat()).out.contains('\u{1b}'));
    let forced = command(&desk.path(""), &text).env("CLICOLOR_FORCE", "1").output().unwrap();
    let refused = command(&desk.path(""), &text).env("CLICOLOR_FORCE", "1").env("NO_COLOR", "1").output().unwrap();
    assert!(forced.stdout.contains(&0x1b) && !refused.stdout.contains(&0x1b));
}

#[test]
fn completions_and_the_manual_name_every_subcommand() {
    let desk = Desk::new();
    let scripts = [desk.dictum(&["completions", "bash"]).out, desk.dictum(&["completions", "fish"]).out, desk.dictum(&["man"]).out];
    for script in scripts {
        assert!(SUBCOMMANDS.iter().all(|subcommand| script.contains(subcommand)));
    }
}
