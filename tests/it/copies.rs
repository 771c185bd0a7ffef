//! Copies of one article: linked at ingest, folded in hits, nothing lost.

use serde_json::{Value, json};

use crate::desk::Desk;

const WIRE: &str = "The harbour council has put off the night ferry until autumn because one of its two engines failed an inspection \
on Monday. \"We will not sail with one engine,\" said Ingrid Solberg, who chairs the council. The repair will cost four million \
kronor, and a second ship cannot be chartered before September, a spokesman for the yard said. Passengers who have booked are to \
get their money back within ten days. Last year 210,000 people took the crossing, which began in 1931 and has been closed in \
summer only once before, when ice broke the pier at Lindholmen.";

fn line(id: &str, source: &str, url: &str, body: &str) -> String {
    format!("{}\n", json!({"id": id, "source": source, "url": url, "title": "Night ferry put off", "date": "2025-03-12", "body": body}))
}

fn desk() -> Desk {
    let desk = Desk::new();
    let edited = WIRE.replace("on Monday", "on Monday morning").replace("ten days", "two weeks");
    let other = "Growers say that frost has taken half of the apples. ".repeat(20) + "The ferry is not concerned.";
    desk.write(
        "news/all.jsonl",
        line("wire", "Meridian", "https://meridian.example/1", WIRE)
            + &line("copy", "Scioto Ledger", "https://ledger.example/ferry", &edited)
            + &line("other", "Albion Courier", "https://courier.example/apples", &other),
    );
    assert_eq!(desk.dictum(&["ingest", "news"]).code, 0);
    desk
}

fn ids(hits: &Value) -> Vec<&str> {
    hits["hits"].as_array().unwrap().iter().map(|hit| hit["id"].as_str().unwrap()).collect()
}

#[test]
fn copies_are_one_hit_that_names_the_others() {
    let desk = desk();
    let folded = desk.json(&["query", "ferry", "--format", "json"]);
    assert_eq!(ids(&folded).len(), 2, "{folded}");
    let hit = folded["hits"].as_array().unwrap().iter().find(|hit| hit["id"] != "other").unwrap();
    assert_eq!(hit["also"].as_array().unwrap().len(), 1);
    assert!(desk.dictum(&["query", "night ferry"]).out.contains("also in "));
    let apart = desk.json(&["query", "ferry", "--format", "json", "--all-copies"]);
    assert_eq!(ids(&apart).len(), 3);
    assert_eq!((folded["total"].as_u64(), apart["total"].as_u64()), (Some(2), Some(3)), "what is folded counts once");
    let count = |more: &[&str]| desk.dictum(&[&["query", "ferry", "--count"], more].concat()).out;
    assert_eq!((count(&[]), count(&["--all-copies"])), ("2\n".to_owned(), "3\n".to_owned()));
}

#[test]
fn copies_are_named_by_other_outlets_once_and_by_ids_in_the_same() {
    let desk = desk();
    let more = line("again", "Meridian", "https://meridian.example/2", WIRE)
        + &line("ledger 2", "Scioto Ledger", "https://ledger.example/2", WIRE);
    desk.write("later/more.jsonl", more);
    assert_eq!(desk.dictum(&["ingest", "later"]).code, 0);
    let out = desk.dictum(&["query", "night ferry", "--source", "meridian"]).out;
    let (outlets, own) = ("also in Scioto Ledger\n", ["also as again\n", "also as wire\n"]);
    assert!(out.contains(outlets) && own.iter().any(|line| out.contains(line)), "{out}");
}

#[test]
fn short_texts_at_two_spellings_of_one_address_are_linked() {
    let desk = Desk::new();
    desk.write(
        "news/all.jsonl",
        line("page", "Meridian", "https://www.meridian.example/ferry", "No ferry sails before autumn.")
            + &line("mobile", "Meridian", "http://m.meridian.example/ferry/?utm_source=x", "The night ferry is put off."),
    );
    assert_eq!(desk.dictum(&["ingest", "news"]).code, 0);
    let folded = desk.json(&["query", "ferry", "--format", "json"]);
    assert_eq!((ids(&folded).len(), folded["hits"][0]["also"].as_array().unwrap().len()), (1, 1), "{folded}");
}

#[test]
fn a_quote_of_copies_is_one_hit() {
    let desk = desk();
    let quotes = |more: &[&str]| ids(&desk.json(&[&["quotes", "--speaker", "Solberg", "--format", "json"], more].concat())).len();
    assert_eq!((quotes(&[]), quotes(&["--all-copies"])), (1, 2));
    assert_eq!(desk.dictum(&["quotes", "--speaker", "Solberg", "--count"]).out, "1\n");
}

#[test]
fn copies_meet_whenever_they_come() {
    let desk = desk();
    desk.write("later/again.jsonl", line("later", "The Tab", "https://tab.example/x", WIRE));
    assert_eq!(desk.dictum(&["ingest", "later"]).code, 0);
    let folded = desk.json(&["query", "ferry engine", "--format", "json"]);
    assert_eq!(folded["hits"][0]["also"].as_array().unwrap().len(), 2);
    assert_eq!(desk.dictum(&["delete", "wire"]).code, 0);
    let folded = desk.json(&["query", "ferry engine", "--format", "json"]);
    assert_eq!((ids(&folded).len(), folded["hits"][0]["also"].as_array().unwrap().len()), (1, 1));
}

#[test]
fn pages_of_folded_hits_follow_one_another() {
    let desk = desk();
    let first = desk.json(&["query", "ferry", "--format", "json", "--limit", "1"]);
    let second = desk.json(&["query", "ferry", "--format", "json", "--limit", "1", "--offset", "1"]);
    assert_ne!(ids(&first), ids(&second));
    assert_eq!(ids(&desk.json(&["query", "ferry", "--format", "json", "--offset", "2"])).len(), 0);
}

#[test]
fn what_outlets_print_of_agencies_can_be_left_out() {
    let desk = Desk::new();
    let agency = |body: &str| format!("GOTHENBURG, Sweden (Reuters) - {body}");
    desk.write(
        "news/all.jsonl",
        line("own", "Scioto Ledger", "https://ledger.example/1", &format!("The wire was cut, the council said. {WIRE}"))
            + &line(
                "printed",
                "Albion Courier",
                "https://courier.example/2",
                &agency("A second ferry was put off in March, the council said."),
            )
            + &line("agency", "Reuters", "https://reuters.example/3", &agency("No ferry will sail in April, the council said.")),
    );
    assert_eq!(desk.dictum(&["ingest", "news"]).code, 0);
    let found = |args: &[&str]| {
        let run = desk.dictum(&[&["query", "--format", "ids", "--sort", "oldest"], args].concat());
        let mut ids: Vec<String> = run.out.lines().map(str::to_owned).collect();
        ids.sort();
        (ids.join(" "), run.err)
    };
    assert_eq!(found(&["ferry"]).0, "agency own printed");
    let (ids, note) = found(&["ferry -wire"]);
    assert!(ids == "agency own" && note.contains("NOT wire leaves out the word"), "{ids} {note}");
    assert_eq!(found(&["ferry", "--no-wire"]).0, "agency own");
    assert_eq!(found(&["ferry NOT wire"]).0, "agency printed");
    assert_eq!(
        desk.json(&["quotes", "--speaker", "council", "--no-wire", "--format", "json"])["total"],
        2,
        "of the outlet and of the agency"
    );
}
