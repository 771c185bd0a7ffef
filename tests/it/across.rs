//! Names across articles: a surname alone is whom the other articles mean by it, and a user's aliases hold everywhere.

use serde_json::{Value, json};

use crate::desk::Desk;

/// Four articles that name Ana Kordova in full, two that only say Kordova, one of each of two Lindqvists, one that only says that.
fn desk() -> Desk {
    let desk = Desk::new();
    let mut lines = String::new();
    let mut add = |id: &str, body: &str| {
        let line = json!({"id": id, "title": format!("Note {id}"), "body": body, "date": "2025-03-04", "source": "The Harbour Courier"});
        lines.push_str(&format!("{line}\n"));
    };
    for k in 0..4 {
        add(&format!("full{k}"), &format!("Mayor Ana Kordova opened bridge number {k} on Friday. “We are glad of it,” Ana Kordova said."));
    }
    add("bare0", "“We will not close the harbour,” Mrs. Kordova said on Monday.");
    add("bare1", "“The winter was long,” Mrs. Kordova said on Tuesday.");
    add("other", "“I like the ferry,” Luis Vantor said on Tuesday.");
    add("lind0", "“The snow is deep,” Maria Lindqvist said on Friday.");
    add("lind1", "“The ice is thin,” Peter Lindqvist said on Friday.");
    add("lind2", "“The road is shut,” Mrs. Lindqvist said on Friday.");
    desk.write("news.jsonl", &lines);
    let run = desk.dictum(&["ingest", "news.jsonl"]);
    assert_eq!(run.code, 0, "{run:?}");
    desk
}

fn top(desk: &Desk, more: &[&str]) -> Vec<(String, u64, Value)> {
    let args = [&["top", "people", "--format", "jsonl"], more].concat();
    let run = desk.dictum(&args);
    run.out
        .lines()
        .map(|line| {
            let value: Value = serde_json::from_str(line).unwrap();
            (value["value"].as_str().unwrap().to_owned(), value["count"].as_u64().unwrap(), value["also"].clone())
        })
        .collect()
}

#[test]
fn a_full_name_also_finds_articles_that_say_only_the_surname() {
    let desk = desk();
    let all = ["bare0", "bare1", "full0", "full1", "full2", "full3"];
    let run = desk.dictum(&["query", "--person", "Ana Kordova", "--format", "ids"]);
    assert_eq!(run.ids(), all, "{run:?}");
    assert!(run.err.contains("Kordova alone, in 2 articles, is read as Ana Kordova"), "{run:?}");
    let run = desk.dictum(&["quotes", "--speaker", "ana kordova", "--format", "ids"]);
    assert_eq!(run.ids(), all, "{run:?}");
    let run = desk.dictum(&["quotes", "speaker:\"ana kordova\" winter", "--format", "ids"]);
    assert_eq!(run.ids(), ["bare1"], "{run:?}");
    let exact = desk.dictum(&["query", "--person", "Ana Kordova", "--exact-names", "--format", "ids"]);
    assert_eq!(exact.ids(), all[2..], "{exact:?}");
}

#[test]
fn a_surname_of_two_stays_what_it_is() {
    let desk = desk();
    let run = desk.dictum(&["query", "--person", "Maria Lindqvist", "--format", "ids"]);
    assert_eq!((run.ids(), run.err.contains("alone")), (vec!["lind0"], false), "{run:?}");
}

#[test]
fn a_person_is_counted_on_one_line_with_the_share_of_the_name() {
    let desk = desk();
    let also = json!([{"name": "Kordova", "count": 2, "share": 1.0}]);
    assert_eq!(top(&desk, &["--limit", "1"]), [("Ana Kordova".to_owned(), 6, also)]);
    let raw = top(&desk, &["--limit", "2", "--exact-names"]);
    assert_eq!(raw, [("Ana Kordova".to_owned(), 4, Value::Null), ("Kordova".to_owned(), 2, Value::Null)]);
    let speakers = desk.dictum(&["top", "speakers", "--limit", "1", "--format", "csv"]);
    assert!(speakers.out.contains("\nAna Kordova,6,"), "{speakers:?}");
}

#[test]
fn a_timeline_and_quotes_alike_gather_names_in_the_same_way() {
    let desk = desk();
    let timeline =
        |more: &[&str]| desk.dictum(&[&["timeline", "--split", "speakers", "--limit", "1", "--format", "csv"], more].concat()).out;
    assert!(timeline(&[]).contains("2025-03,Ana Kordova,6\n"), "{}", timeline(&[]));
    assert!(timeline(&["--exact-names"]).contains("2025-03,Ana Kordova,4\n"), "{}", timeline(&["--exact-names"]));
    desk.write("names.txt", "Anna Kordova = Ana Kordova\n");
    assert!(timeline(&["--aliases", "names.txt"]).contains("2025-03,Anna Kordova,6\n"), "{}", timeline(&["--aliases", "names.txt"]));

    let same = |more: &[&str]| {
        let run = desk.dictum(&[&["quotes", "--same", "the winter was long", "--format", "json"], more].concat());
        let found: Value = serde_json::from_str(&run.out).unwrap();
        found["groups"][0]["speakers"].clone()
    };
    assert_eq!(same(&[]), json!(["Ana Kordova"]));
    assert_eq!(same(&["--exact-names"]), json!(["Kordova"]));
    assert_eq!(same(&["--aliases", "names.txt"]), json!(["Anna Kordova"]));

    let related = |more: &[&str]| desk.dictum(&[&["related", "full0", "--person", "ana kordova", "--format", "ids"], more].concat());
    assert!(related(&[]).err.contains("Kordova alone, in 2 articles"), "{:?}", related(&[]));
}

#[test]
fn what_a_user_says_of_names_holds_for_all_articles() {
    let desk = desk();
    desk.write("names.txt", "# ours\nMaria Lindqvist = Lindqvist\nLuis Vantor = Ana Kordova\n");
    let found = |args: &[&str]| desk.dictum(&[args, &["--aliases", "names.txt", "--format", "ids"]].concat()).ids().join(" ");
    assert_eq!(found(&["query", "--person", "Maria Lindqvist"]), "lind0 lind2");
    assert_eq!(found(&["quotes", "--speaker", "Lindqvist"]), "lind0 lind1 lind2");
    assert_eq!(found(&["query", "--person", "Ana Kordova", "ferry"]), "other");
    let counted = top(&desk, &["--aliases", "names.txt", "--limit", "2"]);
    assert_eq!(
        counted.iter().map(|(name, count, _)| (name.as_str(), *count)).collect::<Vec<_>>(),
        [("Luis Vantor", 7), ("Maria Lindqvist", 2)]
    );
    desk.write("wrong.txt", "Maria Lindqvist\n");
    let run = desk.dictum(&["query", "ferry", "--aliases", "wrong.txt"]);
    assert_eq!(run.code, 2, "{run:?}");
    assert!(run.err.contains("wrong.txt") && run.err.contains("line 1: write it as"), "{run:?}");
}
