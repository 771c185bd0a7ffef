//! The README against the program: what it prints after a command is what the command prints.

use std::path::Path;

use crate::desk::{Desk, shell_words};

/// A command with the output that stands below it.
struct Shown {
    args: Vec<String>,
    output: Vec<String>,
}

#[test]
fn every_output_in_the_readme_is_what_is_printed() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = std::fs::read_to_string(root.join("README.md")).unwrap();
    let desk = Desk::new();
    let corpus = root.join("sample_corpus");
    let ingest = desk.dictum(&["ingest", corpus.to_str().unwrap()]);
    let shown = shown(&readme);
    assert!(shown.len() > 4, "{} commands with their output", shown.len());
    let mut wrong = Vec::new();
    for Shown { args, output } in shown {
        let run = match args[0].as_str() {
            "ingest" => without_seconds(&ingest.out),
            _ => desk.dictum(&args.iter().map(String::as_str).collect::<Vec<_>>()).out,
        };
        // "…" at the end stands for more
        let printed: Vec<&str> = match output.last().map(String::as_str) {
            Some("…") => run.lines().take(output.len() - 1).chain(["…"]).collect(),
            _ => run.trim_end().lines().collect(),
        };
        if printed != output {
            wrong.push(format!("dictum {}\n{}", args.join(" "), printed.join("\n")));
        }
    }
    assert!(wrong.is_empty(), "the README should say:\n\n{}", wrong.join("\n\n"));
}

#[test]
fn every_query_in_the_readme_finds_something() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = std::fs::read_to_string(root.join("README.md")).unwrap();
    let desk = Desk::new();
    desk.dictum(&["ingest", root.join("sample_corpus").to_str().unwrap()]);
    let queries: Vec<&str> = readme.lines().filter_map(|line| line.strip_prefix("    dictum query '")?.split('\'').next()).collect();
    assert!(queries.len() > 5, "{queries:?}");
    for query in queries {
        let run = desk.dictum(&["query", query, "--count"]);
        assert!(run.code == 0 && !run.err.contains('^'), "{query}: {run:?}");
    }
}

/// The commands after "$" with the indented lines below each, and those of the first block.
fn shown(readme: &str) -> Vec<Shown> {
    let mut found: Vec<Shown> = Vec::new();
    let mut open = false;
    for line in readme.lines() {
        let Some(line) = line.strip_prefix("    ").or_else(|| line.is_empty().then_some(line)) else {
            open = false;
            continue;
        };
        if let Some(command) = line.strip_prefix("$ dictum ") {
            found.push(Shown { args: owned(command), output: Vec::new() });
            open = true;
        } else if line.starts_with("cargo install") {
            let commands: Vec<&str> = line.split(" && dictum ").skip(1).collect();
            found.extend(commands.into_iter().map(|command| Shown { args: owned(command), output: Vec::new() }));
            open = true;
        } else if open && let Some(last) = found.last_mut() {
            last.output.push(line.to_owned());
        }
    }
    split_first(&mut found);
    for shown in &mut found {
        while shown.output.first().is_some_and(String::is_empty) {
            shown.output.remove(0);
        }
        while shown.output.last().is_some_and(String::is_empty) {
            shown.output.pop();
        }
        if shown.args[0] == "ingest" {
            shown.output = without_seconds(&shown.output.join("\n")).lines().map(str::to_owned).collect();
        }
    }
    found
}

/// The first block shows two commands, then the output of both: the ingest has two lines of it.
fn split_first(found: &mut [Shown]) {
    let [ingest, asked, ..] = found else { return };
    let start = asked.output.iter().position(|line| !line.is_empty()).unwrap_or(0);
    ingest.output = asked.output.drain(..start + 2).collect();
}

fn owned(command: &str) -> Vec<String> {
    shell_words(command).into_iter().map(str::to_owned).collect()
}

fn without_seconds(text: &str) -> String {
    text.lines()
        .map(|line| line.rsplit_once("; ").map_or(line, |(kept, time)| if time.ends_with(" s") { kept } else { line }))
        .collect::<Vec<_>>()
        .join("\n")
}
