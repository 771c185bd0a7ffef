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
    assert_eq!(run(&[]).ids(), ["1\tone", "1\tthree"]);
    assert_eq!(run(&["--source", "courier"]).ids(), ["1\tthree"]);
    assert_eq!(run(&["--source", "courier", "--speaker", "marchbank"]).ids(), ["1\tthree"], "the line's own speaker counts");
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
}

#[test]
fn a_kept_query_is_replaced_only_where_that_is_asked_for() {
    let desk = desk();
    let run = |args: &[&str]| desk.dictum(args);
    assert_eq!(run(&["query", "harbour", "--saved", "kept"]).code, 0);
    assert_eq!(run(&["query", "harbour", "--saved", "kept"]).code, 0, "the same again");
    let other = run(&["query", "dock", "--saved", "kept"]);
    assert!(other.code == 2 && other.err.contains("another query, \"harbour\"") && other.err.contains("--replace"), "{other:?}");
    assert_eq!(run(&["query", "--saved", "kept", "--format", "ids"]).ids().len(), 3, "the first is still kept");
    assert_eq!(run(&["query", "dock", "--saved", "kept", "--replace"]).code, 0);
    assert_eq!(run(&["query", "--saved", "kept", "--format", "ids"]).ids(), ["two"]);
    let quotes = run(&["quotes", "--saved", "kept"]);
    assert!(quotes.code == 2 && quotes.err.contains("`dictum query --saved kept`"), "{quotes:?}");
    assert!(run(&["alert", "kept", "--format", "csv"]).out.starts_with("query_id,rank,"));
}

#[test]
fn an_alert_tells_a_story_once_and_loses_nothing() {
    let desk = desk();
    let run = |args: &[&str]| desk.dictum(args);
    assert_eq!(run(&["query", "harbour", "--saved", "harbour"]).code, 0);
    assert_eq!(run(&["query", "engine", "--saved", "engine"]).code, 0);
    let both = run(&["alert", "--format", "ids", "--peek"]);
    assert!(both.out.contains("engine\tthree\n") && both.out.contains("harbour\tone\n"), "{both:?}");
    assert_eq!(run(&["alert", "harbour", "--format", "ids"]).ids(), ["one", "three", "two"]);
    assert_eq!(run(&["alert", "harbour"]).code, 1, "nothing is new");
    // a copy of what was shown is no news, but for who wants all copies
    let line = std::fs::read_to_string(desk.path("news.jsonl")).unwrap().lines().next().unwrap().to_owned();
    let long = "The harbour master counted the ships that lay in the roads, forty of them, and went home to his supper. ".repeat(8);
    let told = |id: &str, outlet: &str| {
        let article: Value = serde_json::from_str(&line).unwrap();
        let url = format!("https://{outlet}.example/{id}");
        format!("{}\n", json!({"id": id, "url": url, "source": outlet, "date": article["date"], "title": "Ships", "body": long}))
    };
    desk.write("ships.jsonl", told("ships", "Meridian"));
    assert_eq!(run(&["ingest", "ships.jsonl"]).code, 0);
    assert_eq!(run(&["alert", "harbour", "--format", "ids"]).ids(), ["ships"]);
    desk.write("copy.jsonl", told("copy", "Courier"));
    assert_eq!(run(&["ingest", "copy.jsonl"]).code, 0);
    assert_eq!(run(&["query", "ships", "--count"]).out, "1\n", "they are copies");
    let copy = run(&["alert", "harbour", "--format", "ids"]);
    assert_eq!((copy.code, copy.out.as_str()), (1, ""), "{copy:?}");
    // one that is damaged is named and stops no other
    desk.write("dictum-index/saved/broken.json", "{");
    let run = run(&["alert", "--format", "ids"]);
    assert!(run.code == 2 && run.err.contains("broken: ") && run.out.contains("engine\tthree\n"), "{run:?}");
}

#[test]
fn options_that_would_do_nothing_are_refused() {
    let desk = desk();
    let with_values = [
        ("query harbour --count", &["--facet speakers", "--fields id", "--offset 1", "--expand", "--snippets 1", "-0", "--format csv"][..]),
        ("query harbour --format ids", &["--fields id", "--facet speakers"]),
        ("query harbour --format csv", &["-0", "--facet speakers"]),
        ("query harbour --format jsonl", &["-0", "--facet speakers"]),
        ("query harbour", &["-0", "--fields id", "--replace"]),
        ("query harbour --saved x", &["--expand", "--from news.jsonl"]),
        ("query --batch news.jsonl", &["harbour", "--count", "--facet speakers", "--saved x"]),
        ("quotes harbour", &["--expand", "--snippets 1"]),
        ("quotes --same sail", &["--fields id", "--facet speakers", "--explain", "--batch x", "--saved x", "--all-copies", "-0"]),
        ("timeline", &["--limit 3"]),
        ("alert --list", &["--format json", "--peek", "--fields id"]),
        ("related one", &["-0", "--fields id", "--fields said --format csv"]),
    ];
    for (command, options) in with_values {
        for option in options {
            let args: Vec<&str> = command.split(' ').chain(option.split(' ')).collect();
            let run = desk.dictum(&args);
            assert!(run.code == 2 && run.out.is_empty() && !run.err.is_empty(), "{command} {option}: {run:?}");
        }
    }
}

#[test]
fn the_same_words_are_looked_for_under_all_that_is_asked_beside() {
    let desk = desk();
    let same = |args: &[&str]| desk.dictum(&[&["quotes", "--same", "we sail at noon", "--format", "ids"], args].concat());
    assert_eq!(same(&[]).ids(), ["one"]);
    for (args, found) in [
        (&["harbour"][..], 1),
        (&["zebra"], 0),
        (&["--speaker", "solberg"], 1),
        (&["--speaker", "marchbank"], 0),
        (&["--source", "courier"], 0),
        (&["--offset", "1"], 0),
        (&["harbour zebra", "--any"], 1),
    ] {
        assert_eq!(same(args).ids().len(), found, "{args:?}");
    }
    assert_eq!(desk.dictum(&["quotes", "--same", "we sail at noon", "--count"]).out, "1\n");
    assert_eq!(same(&["-0"]).out, "one\0");
}

#[test]
fn a_batch_says_which_query_each_line_answers() {
    let desk = desk();
    desk.write(
        "batch",
        b"harbour -sail\n\xff\n{\"id\": \"a\\tb\", \"query\": \"dock\"}\n{\"limit\": 0, \"query\": \"dock\"}\n\"no hit\"\n",
    );
    let run = desk.dictum(&["query", "--batch", "batch", "--format", "ids", "--sort", "oldest"]);
    assert_eq!(run.ids(), ["1\tthree", "1\ttwo", "a b\ttwo"], "{run:?}");
    assert_eq!(run.code, 1);
    assert!(run.err.contains("batch line 2: this line is not UTF-8") && run.err.contains("batch line 4: \"limit\""), "{}", run.err);
    let chosen = desk.dictum(&["query", "--batch", "batch", "--format", "jsonl", "--fields", "id"]);
    assert!(chosen.out.starts_with("{\"query_id\":1,\"id\":"), "{chosen:?}");
    desk.write("empty", "\n\n");
    assert!(desk.dictum(&["query", "--batch", "empty"]).err.contains("has no query"));
}

#[test]
fn what_is_told_to_find_something_does() {
    let desk = desk();
    let said = |args: &[&str]| desk.dictum(&[&["query"], args].concat()).err;
    let other = said(&["harbuor", "--source", "meridian"]);
    assert!(other.contains("1 have harbour"), "of that outlet alone: {other}");
    let none = said(&["engyne", "--source", "meridian"]);
    assert!(none.contains("no article has engyne") && !none.contains("have engine"), "it is in none of that outlet: {none}");
    let near = said(&["zebra NEAR/3 harbour"]);
    assert!(near.contains("none has zebra"), "{near}");
    assert!(said(&["harbour", "--since", "2030"]).contains("articles are of 2025-03-01 to 2025-03-01"));
    let apart = said(&["sail dock engine"]);
    assert!(apart.contains("without sail and dock: 1 article"), "no two are together: {apart}");
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
