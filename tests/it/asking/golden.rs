//! What each command prints in each of its formats, letter by letter. A file of `golden` has commands behind `$`, and below each
//! what it prints, `!` before what goes to standard error, and its exit code where that is not 0. The articles bring their
//! people, places and quotes, so that only asking is tested here. `DICTUM_BLESS=1 cargo test golden` writes the files anew; look
//! at what changed before it is kept. What is printed as JSON is also held against `dictum schema`.

use std::fs;
use std::path::{Path, PathBuf};

use regex::Regex;
use serde_json::{Value, json};

use crate::desk::{Desk, Run, shell_words};

fn mention(body: &str, text: &str) -> Value {
    let start = body.find(text).unwrap_or_else(|| panic!("{text:?} is not in {body:?}"));
    json!({"start": start, "end": start + text.len(), "text": text})
}

/// An article with one quote, all of it given.
fn article(id: &str, date: &str, source: &str, title: &str, body: &str, said: (&str, &str), place: (&str, &str)) -> String {
    let quoted = mention(body, said.1);
    let article = json!({
        "id": id, "date": date, "source": source, "title": title, "body": body, "authors": ["Marta Lindqvist"], "language": "en",
        "url": format!("https://{}.example/{id}", source.to_lowercase()), "section": "Harbour",
        "people": [{"name": said.0, "aliases": [], "roles": [], "mentions": [mention(body, said.0)]}],
        "organizations": [],
        "locations": [{"name": place.0, "within": [place.1], "country": null, "latitude": null, "longitude": null,
            "mentions": [mention(body, place.0)]}],
        "quotes": [{"text": said.1, "kind": "direct", "segments": [{"start": quoted["start"], "end": quoted["end"]}],
            "speaker": {"name": said.0, "type": "person", "mention": mention(body, said.0)}, "cue": mention(body, "said"),
            "rule": "given", "confidence": 1.0}],
    });
    format!("{article}\n")
}

fn desk() -> Desk {
    let desk = Desk::new();
    let ferry =
        "The night ferry from Lindholmen will not run. “We will not sail with one engine,” Ingrid Solberg said. The council met twice.";
    let again = "A month later the ferry is still in the dock at Lindholmen. “We will never sail with one engine,” Ingrid Solberg said.";
    let frost = "Frost took half of the apples near Maidstone. “I have never seen blossom turn black,” Helen Marchbank said.";
    let lines = [
        article(
            "a1",
            "2025-03-12T09:00:00Z",
            "Meridian",
            "Night ferry put off",
            ferry,
            ("Ingrid Solberg", "We will not sail with one engine,"),
            ("Lindholmen", "Sweden"),
        ),
        article(
            "a2",
            "2025-04-15T09:00:00Z",
            "Courier",
            "Ferry still in dock",
            again,
            ("Ingrid Solberg", "We will never sail with one engine,"),
            ("Lindholmen", "Sweden"),
        ),
        article(
            "a3",
            "2025-05-03T09:00:00Z",
            "Courier",
            "Frost takes the apples",
            frost,
            ("Helen Marchbank", "I have never seen blossom turn black,"),
            ("Maidstone", "England"),
        ),
    ];
    desk.write("news.jsonl", lines.concat());
    desk.write(
        "batch.jsonl",
        "{\"id\": \"first\", \"query\": \"ferry\", \"limit\": 1}\n{\"id\": 2, \"speaker\": \"marchbank\"}\ndate:soon\n",
    );
    desk.write(
        "corrected.jsonl",
        lines[2].replace("blossom turn black,", "blossom turn brown,").replace("Frost takes", "Night frost takes"),
    );
    desk.write("aliases", "Ingrid Solberg = the chairwoman\n");
    for args in [
        &["ingest", "news.jsonl"][..],
        &["ingest", "corrected.jsonl"],
        &["query", "ferry", "--saved", "ferry"],
        &["quotes", "--speaker", "marchbank", "--saved", "frost"],
    ] {
        let run = desk.dictum(args);
        assert_eq!(run.code, 0, "{run:?}");
    }
    desk
}

/// The formats of each command that has some.
const FORMATS: [(&str, &[&str]); 11] = [
    ("alert", &["text", "json", "jsonl", "csv", "ids"]),
    ("extract", &["text", "json", "jsonl"]),
    ("history", &["text", "json"]),
    ("query", &["text", "json", "jsonl", "csv", "ids"]),
    ("query --batch", &["text", "json", "jsonl", "csv", "ids"]),
    ("quotes", &["text", "json", "jsonl", "csv", "ids"]),
    ("quotes --same", &["text", "json", "jsonl", "csv", "ids"]),
    ("related", &["text", "json", "jsonl", "csv", "ids"]),
    ("show", &["text", "json", "jsonl"]),
    ("timeline", &["text", "json", "jsonl", "csv"]),
    ("top", &["text", "json", "jsonl", "csv"]),
];

/// The golden files, by name, with what they say.
fn files() -> Vec<(PathBuf, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/asking/golden");
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files.into_iter().map(|file| (file.clone(), fs::read_to_string(file).unwrap())).collect()
}

/// The commands of a golden file.
fn commands(text: &str) -> Vec<&str> {
    text.lines().filter_map(|line| line.strip_prefix("$ dictum ")).collect()
}

/// A command with what it printed, as a golden file has it.
fn block(desk: &Desk, command: &str, run: &Run) -> String {
    let mut block = format!("$ dictum {command}\n{}", run.out.replace('\0', "␀"));
    if !block.ends_with('\n') {
        block.push('\n');
    }
    for line in run.err.lines() {
        block += format!("! {line}").trim_end();
        block.push('\n');
    }
    if run.code != 0 {
        block += &format!("exit {}\n", run.code);
    }
    // where the test runs, and what changes with every version of the program or of Tantivy
    block = block.replace(&*desk.path("").to_string_lossy(), "/desk/");
    for (changing, put) in [
        (r#""bytes": \d+"#, "\"bytes\": 0"),
        (r#""(index|analyzer|annotator)": \d+"#, "\"$1\": 1"),
        (r"(size +)[\d.]+ .B", "${1}0.0 kB"),
        (r"(index|analyzer|annotator) \d+", "$1 1"),
    ] {
        block = Regex::new(changing).unwrap().replace_all(&block, put).into_owned();
    }
    block
}

#[test]
fn golden_output_is_printed_as_it_was() {
    let desk = desk();
    let mut wrong = Vec::new();
    for (file, text) in files() {
        let blocks: Vec<String> =
            commands(&text).into_iter().map(|command| block(&desk, command, &desk.dictum(&shell_words(command)))).collect();
        let printed = blocks.join("\n");
        if std::env::var_os("DICTUM_BLESS").is_some() {
            fs::write(&file, &printed).unwrap();
        } else if printed != text {
            let lines = text.lines().zip(printed.lines()).find(|(was, is)| was != is);
            wrong.push(format!("{}: {lines:?}\n{printed}", file.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_format_of_every_command_is_golden() {
    let all: Vec<String> = files().iter().flat_map(|(_, text)| commands(text).into_iter().map(str::to_owned).collect::<Vec<_>>()).collect();
    let has = |command: &str, format: &str| {
        all.iter().any(|line| {
            let words = shell_words(line);
            command.split(' ').all(|part| words.contains(&part)) && words.windows(2).any(|pair| pair == ["--format", format])
        })
    };
    let pairs = FORMATS.iter().flat_map(|(command, formats)| formats.iter().map(move |format| (*command, *format)));
    let missing: Vec<_> = pairs.filter(|(command, format)| !has(command, format)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

/// Of which document the JSON is that a command prints.
fn document(words: &[&str], lines: bool) -> &'static str {
    match words[0] {
        _ if words.contains(&"--same") => {
            if lines {
                "group"
            } else {
                "same"
            }
        }
        _ if words.contains(&"--count") => "count",
        "quotes" if words.contains(&"--batch") || lines => "quote-hit",
        "alert" if words.contains(&"frost") => "quote-hit",
        "alert" => "article-hit",
        "query" | "related" if words.contains(&"--batch") || lines => "article-hit",
        "query" | "related" => "query",
        "quotes" => "quotes",
        "top" => {
            if lines {
                "value"
            } else {
                "top"
            }
        }
        "timeline" => {
            if lines {
                "step"
            } else {
                "timeline"
            }
        }
        "status" => "status",
        "history" => "history",
        "show" | "extract" | "export" => "record",
        other => panic!("{other} prints no JSON that is known"),
    }
}

#[test]
fn golden_json_is_as_its_schema_says() {
    let desk = desk();
    let mut checked = 0;
    for (_, text) in files() {
        for command in commands(&text) {
            let words = shell_words(command);
            let lines = words.contains(&"jsonl") || words[0] == "export";
            let run = desk.dictum(&words);
            if !(lines || words.contains(&"json") || command == "extract news.jsonl") || words.contains(&"--fields") || run.code == 2 {
                continue;
            }
            let schema = desk.json(&["schema", document(&words, lines)]);
            let validator = jsonschema::validator_for(&schema).unwrap();
            for value in serde_json::Deserializer::from_str(&run.out).into_iter::<Value>() {
                let value = value.unwrap_or_else(|error| panic!("{command}: {error}"));
                for value in value.as_array().cloned().unwrap_or_else(|| vec![value]) {
                    let errors: Vec<String> = validator.iter_errors(&value).map(|e| format!("{e} at {}", e.instance_path())).collect();
                    assert!(errors.is_empty(), "{command}: {errors:#?}");
                    checked += 1;
                }
            }
        }
    }
    assert!(checked > 30, "{checked} documents");
}
