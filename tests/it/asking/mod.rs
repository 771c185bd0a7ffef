//! Asking the program as people and scripts do: each subcommand once, its JSON against its schema, and what is typed wrong.

mod golden;
mod hundred;
mod meant;

use std::io::Write;
use std::path::Path;
use std::process::Stdio;
use std::sync::LazyLock;

use serde_json::Value;

use crate::desk::{Desk, command};

/// A desk with an index of the sample corpus, made once for all.
static SAMPLE: LazyLock<Desk> = LazyLock::new(|| {
    let desk = Desk::new();
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_corpus");
    let run = desk.dictum(&["ingest", corpus.to_str().unwrap()]);
    assert!(run.code <= 1, "{run:?}");
    desk
});

fn json(args: &[&str]) -> Value {
    let run = SAMPLE.dictum(args);
    assert_eq!(run.code, 0, "{args:?}: {run:?}");
    serde_json::from_str(&run.out).unwrap_or_else(|e| panic!("{args:?}: {e}\n{}", run.out))
}

#[test]
fn the_json_of_every_command_is_as_its_schema_says() {
    for (what, args) in [
        ("query", &["query", "the", "--format", "json", "--facet", "speakers,places", "--limit", "100", "--explain"][..]),
        ("query", &["query", "--speaker", "unnamed", "--format", "json"]),
        ("quotes", &["quotes", "*", "--format", "json", "--limit", "1000"]),
        ("article-hit", &["query", "police", "--format", "jsonl", "--limit", "1"]),
        ("quote-hit", &["quotes", "we", "--format", "jsonl", "--limit", "1"]),
        ("same", &["quotes", "--same", "we", "--format", "json"]),
        ("top", &["top", "people", "--format", "json"]),
        ("value", &["top", "people", "--format", "jsonl", "--limit", "1"]),
        ("status", &["status", "--format", "json"]),
        ("timeline", &["timeline", "--by", "week", "--split", "sources", "--format", "json"]),
        ("count", &["query", "the", "--count", "--format", "json"]),
    ] {
        let schema = json(&["schema", what]);
        let validator = jsonschema::validator_for(&schema).unwrap_or_else(|e| panic!("{what}: {e}"));
        let printed = json(args);
        let errors: Vec<String> = validator.iter_errors(&printed).map(|e| format!("{} at {}", e, e.instance_path())).collect();
        assert!(errors.is_empty(), "{args:?}: {errors:#?}");
    }
    let validator = jsonschema::validator_for(&json(&["schema", "record"])).unwrap();
    let export = SAMPLE.dictum(&["export"]);
    assert!(export.out.lines().count() > 40);
    for line in export.out.lines() {
        let record: Value = serde_json::from_str(line).unwrap();
        assert!(validator.is_valid(&record), "{line}");
    }
}

#[test]
fn a_query_gives_the_same_hits_in_every_format() {
    let ids = |format: &str| SAMPLE.dictum(&["query", "council", "--format", format, "--limit", "5"]).out;
    let hits: Vec<String> = json(&["query", "council", "--format", "json", "--limit", "5"])["hits"]
        .as_array()
        .unwrap()
        .iter()
        .map(|hit| hit["id"].as_str().unwrap().to_owned())
        .collect();
    assert!(!hits.is_empty());
    assert_eq!(ids("ids").lines().collect::<Vec<_>>(), hits);
    let lines = ids("jsonl");
    let of_lines: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(of_lines.iter().map(|hit| hit["id"].as_str().unwrap()).collect::<Vec<_>>(), hits);
    assert_eq!(ids("csv").lines().count(), hits.len() + 1);
    for id in &hits {
        assert!(ids("text").contains(id));
    }
    let chosen = SAMPLE.dictum(&["query", "council", "--format", "jsonl", "--fields", "title,id", "--limit", "1"]).out;
    assert!(chosen.starts_with("{\"title\":"), "{chosen}");
    let nul = SAMPLE.dictum(&["query", "council", "--format", "ids", "-0", "--limit", "5"]).out;
    assert_eq!(nul.matches('\0').count(), hits.len());
}

/// What a query lights in the sample corpus, against a plain search of the snippets by a regular expression: each group that it
/// finds, and nothing else, letter by letter.
#[test]
fn exactly_what_matched_is_lit() {
    for (query, words) in [
        ("strike", r"(?i)\b(strikes?|striking)\b"),
        ("\"black sea\"", r"(?i)\b(black)\s+(sea)\b"),
        ("crane* -port", r"(?i)\b(crane\w*)\b"),
        ("wom?n", r"(?i)\b(wom\wn)\b"),
        ("sturjeon~", r"(?i)\b(sturgeons?)\b"),
        ("tornado OR mudslide", r"(?i)\b(tornado(?:es)?|mudslides?)\b"),
        ("atleast3 truce", r"(?i)\b(truces?)\b"),
        ("\"crane drivers\" OR goose", r"(?i)\b(crane)\s+(drivers?)\b|\b(goose)\b"),
    ] {
        let regex = regex::Regex::new(words).unwrap();
        let found = json(&["query", query, "--format", "json", "--limit", "50", "--snippets", "9", "--snippet-length", "600"]);
        let hits = found["hits"].as_array().unwrap();
        assert!(!hits.is_empty(), "{query}");
        for snippet in hits.iter().flat_map(|hit| hit["snippets"].as_array().unwrap()) {
            let text = snippet["text"].as_str().unwrap();
            let number = |value: &Value| usize::try_from(value.as_u64().unwrap()).unwrap();
            let lit: Vec<(usize, usize)> =
                snippet["highlights"].as_array().unwrap().iter().map(|pair| (number(&pair[0]), number(&pair[1]))).collect();
            let expected: Vec<(usize, usize)> = regex
                .captures_iter(text)
                .flat_map(|found| found.iter().skip(1).flatten().map(|group| (group.start(), group.end())).collect::<Vec<_>>())
                .collect();
            assert_eq!(lit, expected, "{query}: {text}");
        }
    }
}

#[test]
fn every_hit_lights_its_words_within_its_text() {
    let queries: [(&str, &[&str]); 5] = [
        ("council", &["council"]),
        ("\"the council\"", &["the", "council"]),
        ("minister OR police", &["minister", "police", "ministry", "polic"]),
        ("polic*", &["polic"]),
        ("counsil~1", &["coun"]),
    ];
    for (query, words) in queries {
        let found = json(&["query", query, "--format", "json", "--limit", "50"]);
        for hit in found["hits"].as_array().unwrap() {
            let snippets = hit["snippets"].as_array().unwrap();
            let mut lit = 0;
            for snippet in snippets {
                let text = snippet["text"].as_str().unwrap();
                for pair in snippet["highlights"].as_array().unwrap() {
                    let (start, end) = (pair[0].as_u64().unwrap() as usize, pair[1].as_u64().unwrap() as usize);
                    let word = text.get(start..end).unwrap_or_default().to_lowercase();
                    assert!(words.iter().any(|begin| word.starts_with(begin)), "{query}: {word:?} in {snippet}");
                    lit += 1;
                }
            }
            assert!(lit > 0, "{query}: {hit}");
        }
    }
}

#[test]
fn a_batch_answers_each_line_and_goes_on_after_a_bad_one() {
    let batch =
        "council\n{\"id\": \"q2\", \"query\": \"police\", \"limit\": 1}\ndate:soon\n{\"query\n\n{\"id\": 7, \"speaker\": \"unnamed\"}\n";
    SAMPLE.write("batch.txt", batch);
    let run = SAMPLE.dictum(&["query", "--batch", "batch.txt", "--format", "jsonl", "--limit", "2"]);
    assert_eq!(run.code, 1, "{run:?}");
    assert!(run.err.contains("line 3") && run.err.contains("line 4"), "{}", run.err);
    let ids: Vec<Value> = run.out.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()["query_id"].clone()).collect();
    for id in [Value::from(1), Value::from("q2"), Value::from(7)] {
        assert!(ids.contains(&id), "{ids:?}");
    }
    assert_eq!(ids.iter().filter(|id| id.as_str() == Some("q2")).count(), 1);
}

#[test]
fn an_alert_prints_only_what_is_new() {
    let desk = Desk::with_index();
    assert_eq!(desk.dictum(&["query", "council", "--saved", "council"]).code, 0);
    let ids = |desk: &Desk| desk.dictum(&["alert", "council", "--format", "ids"]);
    assert_eq!(ids(&desk).out.lines().count(), 1);
    let again = ids(&desk);
    assert_eq!((again.code, again.out.as_str()), (1, ""));
    desk.write("news/later.txt", "Council meets again\n\nThe council met again on Friday, and the meeting was short.\n");
    assert!(desk.dictum(&["ingest", "news"]).code <= 1);
    assert_eq!(ids(&desk).out.lines().count(), 1);
    let file = || std::fs::read_to_string(desk.path("dictum-index/saved/council.json")).unwrap();
    assert_eq!(file().matches(',').count(), 1 + file().split("\"shown\"").next().unwrap().matches(',').count(), "two are remembered");
    assert_eq!(desk.dictum(&["delete", "later.txt"]).code, 0);
    assert_eq!(ids(&desk).code, 1);
    assert!(file().split("\"shown\"").nth(1).unwrap().matches(',').count() == 0, "what is gone is forgotten: {}", file());
    assert_eq!(desk.dictum(&["alert", "nothing"]).code, 2);
    assert_eq!(desk.dictum(&["query", "council", "--saved", "../x"]).code, 2);
}

#[test]
fn files_are_searched_without_an_index() {
    let desk = Desk::new();
    desk.write("ferry.txt", crate::desk::FERRY);
    let run = desk.dictum(&["quotes", "engine", "--from", "ferry.txt", "--format", "json"]);
    assert_eq!(run.code, 0, "{run:?}");
    let found: Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(found["hits"][0]["speaker"]["name"], "Ingrid Solberg");
    assert!(!desk.path("dictum-index").exists());
}

#[test]
fn nothing_found_says_what_would_be() {
    let run = SAMPLE.dictum(&["query", "counsil", "xyzzyx"]);
    assert_eq!(run.code, 1);
    assert!(run.err.contains("no article has xyzzyx") && run.err.contains("have council"), "{}", run.err);
    let run = SAMPLE.dictum(&["query", "council", "--since", "2099"]);
    assert!(run.err.contains("no article has date:2099-01-01.."), "{}", run.err);
    let run = SAMPLE.dictum(&["query", "council NOT the"]);
    assert!(run.err.contains("without NOT the: "), "{}", run.err);
}

#[test]
fn a_minus_behind_a_word_leaves_out_and_options_stay_options() {
    let desk = Desk::with_index();
    let found = |args: &[&str]| desk.dictum(&[&["query", "--format", "ids"], args].concat());
    assert_eq!(found(&["the", "-ferry"]).out, found(&["the NOT ferry"]).out);
    assert_eq!(found(&["the", "-ferry", "--limit", "5"]).out.lines().count(), 1);
    assert_eq!(found(&["-title:ferry"]).out.lines().count(), 1);
    for (args, said) in [
        (&["query", "ferry", "-format", "ids"][..], "--format for the option"),
        (&["query", "ferry", "--fromat", "ids"], "'--format'"),
        (&["query", "ferry", "-x"], "'-x'"),
    ] {
        let run = desk.dictum(args);
        assert_eq!(run.code, 2, "{args:?}: {run:?}");
        assert!(run.err.contains(said), "{args:?}: {}", run.err);
    }
}

#[test]
fn titles_are_no_part_of_a_name() {
    let desk = Desk::with_index();
    let bare = desk.dictum(&["quotes", "--speaker", "Solberg", "--format", "csv"]).out;
    assert!(bare.contains("one engine"), "{bare}");
    for name in ["Ms Solberg", "Chairwoman Ingrid Solberg", "Deputy Prime Minister Solberg"] {
        let titled = desk.dictum(&["quotes", "--speaker", name, "--format", "csv"]).out;
        assert!(titled.contains("one engine"), "{name}");
    }
    assert_eq!(
        desk.dictum(&["quotes", "speaker:\"Ms Solberg\"", "--count"]).out,
        desk.dictum(&["quotes", "speaker:solberg", "--count"]).out
    );
}

#[test]
fn exact_names_hold_for_counts_too() {
    let desk = Desk::new();
    let line = |id: &str, name: &str| {
        format!("{}\n", serde_json::json!({"id": id, "date": "2025-03-01", "body": format!("“Yes, we will,” {name} said. {id}.")}))
    };
    desk.write("news/all.jsonl", line("a", "Danylo Verbytskyi") + &line("b", "Danylo Verbitsky") + &line("c", "Tom Marchbank"));
    assert_eq!(desk.dictum(&["ingest", "news"]).code, 0);
    for (args, either, exact) in [
        (&["query", "--person", "verbitsky", "--count"][..], "2", "1"),
        (&["timeline", "--person", "verbitsky", "--format", "csv"], "2025-03,2", "2025-03,1"),
        (&["top", "people", "--person", "verbitsky", "--format", "csv"], ",2,", "Danylo Verbitsky,1,"),
    ] {
        let run = |more: &[&str]| desk.dictum(&[args, more].concat()).out;
        assert!(run(&[]).contains(either), "{args:?}: {}", run(&[]));
        assert!(run(&["--exact-names"]).contains(exact), "{args:?}: {}", run(&["--exact-names"]));
    }
}

#[test]
fn a_place_is_counted_once_under_its_usual_name() {
    let desk = Desk::new();
    let line = |id: &str, body: &str| format!("{}\n", serde_json::json!({"id": id, "date": "2025-03-01", "body": body}));
    desk.write(
        "news/all.jsonl",
        line("a", "The bank left the U.S. on Monday, and the bridge at Paris, Texas, was closed.")
            + &line("b", "The bank came back to the United States on Friday. In Paris, France, the river rose.")
            + &line("c", "FRANKFURT (Reuters) - The bank kept its rate on Thursday.")
            + &line("d", "The bank in Frankfurt, Germany, raised its rate on Thursday."),
    );
    assert_eq!(desk.dictum(&["ingest", "news"]).code, 0);
    let places = |more: &[&str]| desk.dictum(&[&["top", "places", "--format", "csv"], more].concat()).out;
    let counted = places(&[]);
    for row in ["United States,2,", "Frankfurt am Main,2,", "Paris,1,", "\"Paris, Texas\",1,"] {
        assert!(counted.contains(row), "{row}: {counted}");
    }
    assert!(!counted.contains("U.S.") && !counted.contains("FRANKFURT"), "{counted}");
    assert!(places(&["--exact-names"]).contains("U.S.,1,"), "{}", places(&["--exact-names"]));
    let bars = desk.dictum(&["timeline", "--by", "year", "--split", "places", "--format", "csv"]).out;
    assert!(bars.contains("United States,2"), "{bars}");
}

#[test]
fn reasons_are_told_to_read() {
    let desk = Desk::with_index();
    for command in [&["quotes", "ferry"][..], &["quotes", "ferry", "--sort", "newest"], &["query", "said:ferry"]] {
        let run = desk.dictum(&[command, &["--explain"]].concat());
        for part in ["speaker “", "cue “", "rule ", "confidence 0."] {
            assert!(run.out.contains(part), "{part}: {}", run.out);
        }
        assert!(!run.out.contains('{'), "no JSON: {}", run.out);
        assert!(!desk.dictum(command).out.contains("rule "));
    }
}

#[test]
fn words_that_stand_apart_are_said_to() {
    let desk = Desk::new();
    let line = |id: &str, date: &str, body: &str| format!("{}\n", serde_json::json!({"id": id, "date": date, "body": body}));
    let apart = "A tanker lost its oil off Lindholmen. The crew is safe. Fish prices rose on Monday.";
    desk.write(
        "news/all.jsonl",
        line("apart", "2025-03-01", apart) + &line("together", "2019-03-01", "Oil prices fell again, and traders were glad."),
    );
    assert_eq!(desk.dictum(&["ingest", "news"]).code, 0);
    let run = desk.dictum(&["query", "oil prices", "--since", "2025"]);
    assert!(run.err.contains("apart in the article found") && run.err.contains("without date:2025-01-01.. in 1 article"), "{}", run.err);
    assert_eq!(desk.dictum(&["query", "oil prices"]).err, "", "where one has them together nothing need be said");
    assert!(desk.dictum(&["query", "tanker Monday"]).err.ends_with("apart in the article found\n"));
    assert_eq!(desk.dictum(&["query", "tanker oil"]).err, "");
}

#[test]
fn what_is_typed_wrong_is_explained() {
    for (args, said) in [
        (&["query"][..], "nothing to look for"),
        (&["query", ""], "nothing to look for"),
        (&["query", "…"], "no word to look for"),
        (&["query", "date:soon"], "^^^^"),
        (&["query", "x", "--since", "soon"], "--since"),
        (&["query", "x", "--limit", "0"], "--count"),
        (&["query", "x", "--place", "!"], "--place"),
        (&["query", "x", "--index", "nowhere"], "no index at nowhere"),
        (&["query", "x", "--from", "nowhere"], "nowhere"),
        (&["query", "--batch", "nowhere"], "nowhere"),
        (&["quotes", "--same", "…"], "no word to look for"),
        (&["related", "nobody"], "no article has the id"),
        (&["help", "nobody"], "no help on"),
    ] {
        let run = SAMPLE.dictum(args);
        assert_eq!(run.code, 2, "{args:?}: {run:?}");
        assert!(run.err.contains(said), "{args:?}: {}", run.err);
    }
    for (query, said) in
        [("(council", "never closed"), ("\"council", "never closed"), ("council)", "closes nothing"), ("speeker:x council", "speaker:")]
    {
        let run = SAMPLE.dictum(&["query", query, "--count"]);
        assert!(run.code <= 1 && run.err.contains(said), "{query}: {run:?}");
    }
    let brackets = SAMPLE.dictum(&["query", &"(".repeat(10_000)]);
    assert_eq!(brackets.code, 2);
    assert!(brackets.err.contains("nested") && brackets.err.len() < 1000, "{}", brackets.err);
}

/// The example of a line of `dictum help query`, which stands two spaces from the edge and two or more before what it means.
fn example(line: &str) -> Option<&str> {
    let line = line.strip_prefix("  ").filter(|line| !line.starts_with(' '))?;
    Some(line.split("  ").next().unwrap_or(line))
}

#[test]
fn help_teaches_the_language_and_the_json() {
    let help = SAMPLE.dictum(&["help", "query"]).out;
    let examples: Vec<&str> = help.lines().filter_map(example).collect();
    assert!(examples.len() > 40, "{examples:?}");
    for example in examples {
        let args =
            example.strip_prefix("--any ").map_or(vec!["query", "--count", example], |words| vec!["query", "--count", "--any", words]);
        let run = SAMPLE.dictum(&args);
        // a doubtful reading is shown with a caret; -wire always says what it means
        assert!(run.code == 0 && (!run.err.contains('^') || example.contains("-wire")), "{example}: {run:?}");
    }
    assert!(SAMPLE.dictum(&["help", "json"]).out.contains("schema_version"));
    assert!(SAMPLE.dictum(&["help", "top"]).out.contains("speakers"));
    for command in ["top", "timeline", "related", "alert"] {
        assert!(SAMPLE.dictum(&[command, "--help"]).out.starts_with("Examples:"), "{command}");
    }
}

#[test]
fn a_reader_that_leaves_early_is_no_error() {
    let mut child = command(&SAMPLE.path(""), &["quotes", "*", "--limit", "1000", "--format", "json"])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    std::io::stderr().flush().unwrap();
}

#[test]
fn a_damaged_or_foreign_index_is_an_error_that_says_so() {
    let desk = Desk::with_index();
    for entry in std::fs::read_dir(desk.path("dictum-index")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|e| e == "idx" || e == "term" || e == "pos") {
            let bytes = std::fs::read(&path).unwrap();
            std::fs::write(&path, vec![0xff; bytes.len()]).unwrap();
        }
    }
    let run = desk.dictum(&["query", "\"council said\""]);
    assert_eq!(run.code, 2, "{run:?}");
    assert!(!run.err.contains("RUST_BACKTRACE"), "{}", run.err);
    std::fs::write(desk.path("dictum-index/dictum.json"), "{\"index\":999,\"analyzer\":1,\"annotator\":1}").unwrap();
    assert!(desk.dictum(&["query", "council"]).err.contains("newer dictum"));
}
