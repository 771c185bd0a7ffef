//! `show`, `export`, `delete`, `status`: what an index holds, one article or all of them.

use serde_json::json;

use crate::desk::Desk;

#[test]
fn show_prints_the_article_with_what_was_found() {
    let desk = Desk::with_index();
    let run = desk.dictum(&["show", "ferry.txt"]);
    assert_eq!(run.code, 0);
    assert!(run.out.starts_with("Harbour council delays the night ferry\n2025-03-12"), "{}", run.out);
    assert!(run.out.contains("\"We will not sail with one engine,\" said Ingrid Solberg"), "{}", run.out);
    assert!(run.out.contains("\nPeople\n") && run.out.contains("\nQuotes\n"), "{}", run.out);
    assert!(!run.out.contains('\u{1b}'), "no colour in a pipe");
    assert!(desk.dictum(&["show", "ferry.txt", "--color", "always"]).out.contains("\u{1b}["));
}

#[test]
fn show_prints_json_of_one_and_of_several() {
    let desk = Desk::with_index();
    assert_eq!(desk.json(&["show", "ferry.txt", "--format", "json"])["id"], "ferry.txt");
    assert_eq!(desk.json(&["show", "ferry.txt", "orchard.txt", "--format", "json"])[1]["id"], "orchard.txt");
    assert_eq!(desk.dictum(&["show", "ferry.txt", "orchard.txt", "--format", "jsonl"]).out.lines().count(), 2);
}

#[test]
fn an_id_that_is_none_is_said() {
    let desk = Desk::with_index();
    for args in [["show", "nothing"], ["delete", "nothing"]] {
        let run = desk.dictum(&args);
        assert_eq!(run.code, 1);
        assert!(run.err.contains("no article has the id nothing"), "{}", run.err);
    }
}

#[test]
fn what_is_deleted_is_gone_with_its_quotes() {
    let desk = Desk::with_index();
    let before = desk.json(&["status", "--format", "json"]);
    let run = desk.piped(&["delete", "-"], b"ferry.txt\n");
    assert_eq!((run.code, run.out.as_str()), (0, "1 deleted\n"));
    let after = desk.json(&["status", "--format", "json"]);
    assert_eq!((before["articles"].as_u64(), after["articles"].as_u64()), (Some(2), Some(1)));
    assert!(after["quotes"].as_u64() < before["quotes"].as_u64());
    assert_eq!(desk.dictum(&["show", "ferry.txt"]).code, 1);
}

#[test]
fn export_gives_what_extract_gives() {
    let desk = Desk::with_index();
    let exported = desk.dictum(&["export"]).out;
    assert_eq!(exported, desk.dictum(&["extract", "--format", "jsonl", "news"]).out);
}

#[test]
fn what_was_exported_can_be_ingested() {
    let desk = Desk::with_index();
    desk.write("export.jsonl", desk.dictum(&["export"]).out);
    assert_eq!(desk.dictum(&["ingest", "--index", "other", "export.jsonl"]).code, 0);
    let one = desk.json(&["show", "ferry.txt", "--format", "json"]);
    let other = desk.json(&["show", "ferry.txt", "--format", "json", "--index", "other"]);
    for field in ["id", "title", "body", "date", "authors", "people", "organizations", "locations", "quotes"] {
        assert_eq!(one[field], other[field], "{field}");
    }
    assert!(!one["quotes"].as_array().unwrap().is_empty());
}

#[test]
fn a_speaker_corrected_by_hand_is_kept() {
    let desk = Desk::with_index();
    let mut record = desk.json(&["show", "ferry.txt", "--format", "json"]);
    record["quotes"][0]["speaker"] = json!({"name": "Dora Quist", "type": "person"});
    desk.write("corrected.json", record.to_string());
    assert_eq!(desk.dictum(&["ingest", "--index", "other", "corrected.json"]).code, 0);
    let again = desk.json(&["show", "ferry.txt", "--format", "json", "--index", "other"]);
    assert_eq!(again["quotes"][0]["speaker"]["name"], "Dora Quist");
    assert_eq!(again["quotes"][0]["text"], record["quotes"][0]["text"]);
    let hits = desk.dictum(&["quotes", "--speaker", "quist", "--index", "other", "--count"]);
    assert_eq!(hits.out.trim(), "1");
}

#[test]
fn status_tells_what_there_is() {
    let desk = Desk::with_index();
    let run = desk.dictum(&["status"]);
    assert_eq!(run.code, 0);
    assert!(run.out.contains("articles  2\n") && run.out.contains("dates     2025-03-12 to 2025-05-03\n"), "{}", run.out);
}
