//! What each asking command prints as JSON, letter by letter. The articles bring their people, places and quotes, so that only
//! asking is tested here. `DICTUM_BLESS=1 cargo test golden` writes the files anew; look at what changed before it is kept.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::desk::Desk;

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
    desk.write("batch.jsonl", "{\"id\": \"first\", \"query\": \"ferry\", \"limit\": 1}\n{\"id\": 2, \"speaker\": \"marchbank\"}\n");
    let run = desk.dictum(&["ingest", "news.jsonl"]);
    assert_eq!(run.code, 0, "{run:?}");
    desk
}

const COMMANDS: [(&str, &[&str]); 12] = [
    ("query", &["query", "ferry council", "--any", "--facet", "speakers,places", "--format", "json"]),
    ("query-explain", &["query", "night ferry", "--explain", "--format", "json"]),
    ("query-quote", &["query", "--speaker", "Ms Solberg", "--said", "engine", "--format", "json", "--snippets", "1"]),
    ("query-lines", &["query", "ferry", "--format", "jsonl", "--fields", "rank,id,date,snippets"]),
    ("query-count", &["query", "ferry", "--count", "--format", "json"]),
    ("quotes", &["quotes", "never", "--sort", "oldest", "--format", "json"]),
    ("quotes-same", &["quotes", "--same", "we will not sail with one engine", "--format", "json"]),
    ("batch", &["query", "--batch", "batch.jsonl", "--format", "jsonl", "--fields", "query_id,id,rank"]),
    ("top", &["top", "speakers", "--format", "json"]),
    ("timeline", &["timeline", "--by", "month", "--split", "speakers", "--format", "json"]),
    ("related", &["related", "a1", "--format", "json"]),
    ("show", &["show", "a3", "--format", "json"]),
];

#[test]
fn golden_json_is_printed_as_it_was() {
    let desk = desk();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/asking/golden");
    let mut wrong = Vec::new();
    for (name, args) in COMMANDS {
        let run = desk.dictum(args);
        assert_eq!(run.code, 0, "{args:?}: {run:?}");
        let file = folder.join(format!("{name}.json"));
        if std::env::var_os("DICTUM_BLESS").is_some() {
            fs::create_dir_all(&folder).unwrap();
            fs::write(&file, &run.out).unwrap();
        }
        let golden = fs::read_to_string(&file).unwrap_or_default();
        if golden != run.out {
            wrong.push(format!("{name}: dictum {}\nwas:\n{golden}\nis:\n{}", args.join(" "), run.out));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
