//! `dictum extract`: the record as JSON, as lines, as text; from files and from standard input.

use serde_json::Value;

use crate::desk::{Desk, FERRY};

#[test]
fn a_text_becomes_a_record() {
    let desk = Desk::new();
    desk.write("ferry.txt", FERRY);
    let records = desk.json(&["extract", "ferry.txt"]);
    let record = &records[0];
    assert_eq!(records.as_array().unwrap().len(), 1);
    assert_eq!(record["schema_version"], 1);
    assert_eq!(record["id"], "ferry.txt");
    assert_eq!(record["title"], "Harbour council delays the night ferry");
    assert_eq!(record["authors"][0], "Marta Lindqvist");
    assert!(record["date"].as_str().unwrap().starts_with("2025-03-12"), "{}", record["date"]);
    assert!(record["people"].as_array().unwrap().iter().any(|person| person["name"] == "Ingrid Solberg"));
    assert!(record["locations"].as_array().unwrap().iter().any(|place| place["mentions"][0]["start"] == 0));
}

#[test]
fn offsets_are_bytes_of_the_body() {
    let desk = Desk::new();
    desk.write("ferry.txt", FERRY.replace("Ingrid Solberg", "Ingrid Sølberg"));
    let records = desk.json(&["extract", "ferry.txt"]);
    let body = records[0]["body"].as_str().unwrap();
    let slice = |span: &Value| &body[span["start"].as_u64().unwrap() as usize..span["end"].as_u64().unwrap() as usize];
    let quotes = records[0]["quotes"].as_array().unwrap();
    assert!(!quotes.is_empty());
    for quote in quotes {
        let text = quote["text"].as_str().unwrap();
        let segments = quote["segments"].as_array().unwrap();
        assert!(segments.iter().all(|segment| !slice(segment).is_empty()));
        assert!(segments.len() > 1 || slice(&segments[0]).contains(text), "{text} in {segments:?}");
        let mention = &quote["speaker"]["mention"];
        assert!(mention.is_null() || mention["in"] == "title" || slice(mention) == mention["text"]);
    }
    for person in records[0]["people"].as_array().unwrap() {
        for mention in person["mentions"].as_array().unwrap() {
            assert!(mention["in"] == "title" || slice(mention) == mention["text"]);
        }
    }
}

#[test]
fn lines_come_out_in_the_order_in_which_they_went_in_and_bodies_are_left_alone() {
    let desk = Desk::new();
    let body = |number: usize| format!("  Body {number}\r\nwith its own  spaces\tand “marks”. Comment  ");
    let lines: String =
        (0..300).map(|number| format!("{}\n", serde_json::json!({"id": format!("a{number}"), "body": body(number)}))).collect();
    let run = desk.piped(&["extract", "--format", "jsonl", "-"], lines.as_bytes());
    assert_eq!(run.code, 0, "{}", run.err);
    let records: Vec<Value> = run.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(records.len(), 300);
    for (number, record) in records.iter().enumerate() {
        assert_eq!(record["id"], format!("a{number}"));
        assert_eq!(record["body"], body(number));
    }
}

#[test]
fn text_names_the_rule_when_asked() {
    let desk = Desk::new();
    desk.write("ferry.txt", FERRY);
    let plain = desk.dictum(&["extract", "--format", "text", "ferry.txt"]);
    let explained = desk.dictum(&["extract", "--format", "text", "--explain", "ferry.txt"]);
    assert!(plain.out.contains("— Ingrid Solberg (direct)"), "{}", plain.out);
    assert!(explained.out.contains("cue “said”; rule "), "{}", explained.out);
}

#[test]
fn doubtful_speakers_can_be_left_out() {
    let desk = Desk::new();
    desk.write("ferry.txt", FERRY);
    let count = |share: &str| desk.json(&["extract", "--min-confidence", share, "ferry.txt"])[0]["quotes"].as_array().unwrap().len();
    assert!(count("0") > count("1"));
    assert_eq!(desk.dictum(&["extract", "--min-confidence", "2", "ferry.txt"]).code, 2);
}

#[test]
fn a_limit_stops_the_reading() {
    let desk = Desk::new();
    desk.write("ferry.txt", FERRY);
    desk.write("again.txt", FERRY);
    assert_eq!(desk.json(&["extract", "--limit", "1", "."]).as_array().unwrap().len(), 1);
    assert_eq!(desk.json(&["extract", "--include", "f*", "."]).as_array().unwrap().len(), 1);
    assert_eq!(desk.json(&["extract", "--exclude", "f*", "."])[0]["id"], "again.txt");
}

#[test]
fn a_gazetteer_of_ones_own_is_known_too() {
    let desk = Desk::new();
    desk.write("villages.txt", "1\tKvernholt\tKvernholt\t\t60.5\t7.25\tP\tPPL\tNO\t\t46\t\t\t\t120\t\t\tEurope/Oslo\t2025-01-01\n");
    desk.write("shop.txt", "A shop closes\n\nThe last shop in Kvernholt closed on Friday, and nobody in Kvernholt was pleased.\n");
    let place = |args: &[&str]| -> Value {
        let found = desk.json(args);
        found[0]["locations"].as_array().unwrap().iter().find(|p| p["name"] == "Kvernholt").cloned().unwrap_or_default()
    };
    assert!(place(&["extract", "shop.txt"])["latitude"].is_null());
    let known = place(&["extract", "--gazetteer", "villages.txt", "shop.txt"]);
    assert_eq!((&known["country"], known["latitude"].as_f64()), (&Value::from("NO"), Some(60.5)));
    let run = desk.dictum(&["extract", "--gazetteer", "shop.txt", "shop.txt"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("shop.txt"), "{}", run.err);
}
