//! What was typed against what it means to a person: addresses, facets, filters of a batch, and readings that are said.

use serde_json::{Value, json};

use crate::desk::Desk;

/// A desk with three articles, whose quotes are given.
fn desk() -> Desk {
    let desk = Desk::new();
    let article = |id: &str, url: &str, source: &str, speaker: &str, said: &str| {
        let body = format!("The harbour was quiet. “{said},” {speaker} said. Nobody else spoke of it.");
        let at = |text: &str| {
            let start = body.find(text).unwrap();
            json!({"start": start, "end": start + text.len(), "text": text})
        };
        let quoted = at(said);
        let article = json!({
            "id": id, "url": url, "source": source, "date": "2025-03-01", "title": format!("Harbour {id}"), "body": body,
            "people": [{"name": speaker, "aliases": [], "roles": [], "mentions": [at(speaker)]}],
            "organizations": [], "locations": [],
            "quotes": [{"text": said, "kind": "direct", "segments": [{"start": quoted["start"], "end": quoted["end"]}],
                "speaker": {"name": speaker, "type": "person", "mention": at(speaker)}, "cue": at("said"), "rule": "given",
                "confidence": 1.0}],
        });
        format!("{article}\n")
    };
    desk.write(
        "news.jsonl",
        [
            article("one", "https://www.meridian.example/harbour/1?utm_source=x", "Meridian", "Ingrid Solberg", "We sail at noon"),
            article("two", "https://courier.example/2", "Courier", "Helen Marchbank", "The dock is closed"),
            article("three", "https://courier.example/3", "Courier", "Ingrid Solberg", "The engine is new"),
        ]
        .concat(),
    );
    let run = desk.dictum(&["ingest", "news.jsonl"]);
    assert_eq!(run.code, 0, "{run:?}");
    desk
}

#[test]
fn speakers_are_counted_beside_articles() {
    let desk = desk();
    let facet = |args: &[&str]| {
        let run = desk.dictum(&[&["query"], args, &["--facet", "speakers", "--format", "json"]].concat());
        serde_json::from_str::<Value>(&run.out).unwrap()["facets"]["speakers"].clone()
    };
    let top = |args: &[&str]| {
        let run = desk.dictum(&[&["top", "speakers"], args, &["--format", "json"]].concat());
        serde_json::from_str::<Value>(&run.out).unwrap()["values"].clone()
    };
    for args in [&["harbour"][..], &["*"], &["harbour", "--source", "courier"], &["speaker:solberg"], &["said:dock"]] {
        assert_eq!(facet(args), top(args), "{args:?}");
    }
    assert_eq!(facet(&["harbour"])[0]["value"], "Ingrid Solberg");
}

#[test]
fn an_address_finds_its_article_however_it_is_spelt() {
    let desk = desk();
    for address in [
        "https://www.meridian.example/harbour/1?utm_source=x",
        "http://meridian.example/harbour/1/",
        "id:https://m.meridian.example/harbour/1#top",
    ] {
        assert_eq!(desk.dictum(&["query", address, "--format", "ids"]).ids(), ["one"], "{address}");
        assert_eq!(desk.dictum(&["quotes", address, "--format", "ids"]).ids(), ["one"], "{address}");
    }
    assert_eq!(desk.dictum(&["query", "https://courier.example/", "--format", "ids"]).out, "");
}

#[test]
fn a_line_of_a_batch_keeps_the_filters_that_it_does_not_have() {
    let desk = desk();
    desk.write("batch", "{\"query\": \"harbour\", \"speaker\": \"solberg\"}\n");
    let run = |more: &[&str]| desk.dictum(&[&["query", "--batch", "batch", "--format", "ids"], more].concat());
    assert_eq!(run(&[]).ids(), ["one", "three"]);
    assert_eq!(run(&["--source", "courier"]).ids(), ["three"]);
    assert_eq!(run(&["--source", "courier", "--speaker", "marchbank"]).ids(), ["three"], "the line's own speaker counts");
}

#[test]
fn an_empty_result_says_which_part_empties_it() {
    let desk = desk();
    let said = |args: &[&str]| desk.dictum(&[&["query"], args].concat()).err;
    let both = said(&["speaker:marchbank said:engine"]);
    assert!(both.contains("1 have quote:(speaker:marchbank), 1 have quote:(said:engine), no quote has all"), "{both}");
    let phrase = said(&["\"quiet dock\""]);
    assert!(phrase.contains("3 have quiet, 1 have dock, never side by side"), "{phrase}");
    let spelt = said(&["speaker:solburg"]);
    assert!(spelt.contains("2 have solberg"), "counted as articles: {spelt}");
}

#[test]
fn what_is_printed_is_what_was_asked_for() {
    let desk = desk();
    assert_eq!(desk.dictum(&["quotes", "*", "--format", "ids"]).ids().len(), 3);
    let run = desk.dictum(&["query", "harbour", "--format", "jsonl", "--fields", "titel"]);
    assert!(run.code == 2 && run.err.contains("did you mean title?"), "{run:?}");
    let run = desk.dictum(&["query", "--source", "courier", "--snippets", "0", "--format", "jsonl", "--fields", "snippets"]);
    assert_eq!(run.out.lines().next(), Some("{\"snippets\":[]}"));
    let run = desk.dictum(&["query", "harbour", "--offset", "10"]);
    assert!(run.code == 1 && run.err.contains("past the end: 3 articles"), "{run:?}");
    let either = desk.dictum(&["query", "--speaker", "solberg OR marchbank", "--format", "ids"]);
    assert_eq!(either.ids().len(), 3);
    assert_eq!(desk.dictum(&["query", "harbour", "--saved", "kept"]).code, 0);
    assert!(desk.dictum(&["query", "dock", "--saved", "kept"]).err.contains("another query, \"harbour\""));
    assert!(desk.dictum(&["alert", "kept", "--format", "csv"]).out.starts_with("rank,"));
}

/// No time is measured: queries without a bound would not end here.
#[test]
fn whatever_is_typed_is_answered() {
    let many = |between: &str| ["the", "of", "to", "and", "in", "a", "that", "is", "was", "for"].join(between);
    let prefixes = |between: &str| ["a*", "b*", "c*", "d*", "e*", "f*", "g*", "h*"].join(between);
    for query in [
        format!("\"{}\"~100", prefixes(" ")),
        format!("\"{}\"~1000", many(" ")),
        prefixes(" PARAGRAPH "),
        many(" NEAR/100 "),
        many(" SENTENCE "),
        format!("\"{}\"~1000", vec![many(" "); 20].join(" ")),
    ] {
        let run = super::SAMPLE.dictum(&["query", &query, "--count"]);
        assert!(run.code <= 2 && (run.code < 2 || run.err.contains("at most 12 words")), "{query}: {run:?}");
    }
}
