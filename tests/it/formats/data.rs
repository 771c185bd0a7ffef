//! Articles as data and as plain text, written for the project: ninjs, the answer of an API, tables, Markdown, text.

use super::documents;
use super::expected::{Expected, all, assert_is};
use super::read;

const FERRY: Expected<'_> = Expected {
    id: "",
    title: "Ferry sails again",
    body: &["The ferry to Oskholm sailed again.", "“At last,” said its captain, Ingrid Vasko."],
    date: "2024-02-11T08:30:00+01:00",
    source: "Harbour Wire",
    authors: &["Mira Brandt", "Tobias Quill"],
    url: "",
    section: "",
    language: "en",
    people: &[],
    organizations: &[],
    locations: &[],
};

#[test]
fn ninjs() {
    let given = Expected { people: &["Ingrid Vasko"], organizations: &["Norlinie"], locations: &["Oskholm"], ..FERRY };
    let first = Expected { id: "urn:hw:1", section: "Transport", ..given };
    assert_is(&all("1.json", documents::NINJS_1.as_bytes())[0], &first);
    assert_is(&all("3.json", documents::NINJS_3.as_bytes())[0], &Expected { id: "urn:hw:3", ..given });
    let place = &all("3.json", documents::NINJS_3.as_bytes())[0].given.locations[0];
    assert_eq!((place.country.as_deref(), place.latitude), (Some("SE"), Some(59.1)));
    let event = documents::NINJS_3.replace("\"bodies\"", "\"agenda\"").replace("\"type\":\"text\"", "\"type\":\"event\"");
    let (articles, refusals) = read("e.json", event.as_bytes());
    assert!(articles.is_empty() && refusals[0].reason.contains("event"), "{refusals:?}");
}

#[test]
fn the_answer_of_an_api() {
    let article = Expected { id: "https://wire.example/1", url: "https://wire.example/1", ..FERRY };
    assert_is(&all("answer.json", documents::NEWS_API.as_bytes())[0], &article);
}

#[test]
fn tables() {
    for (name, table) in [("a.csv", documents::TABLE.to_owned()), ("a.tsv", documents::TABLE.replace(';', "\t"))] {
        let id = format!("{name}#1");
        assert_is(&all(name, table.as_bytes())[0], &Expected { id: &id, ..FERRY });
    }
}

#[test]
fn text_and_markdown() {
    assert_is(&all("a.md", documents::MARKDOWN.as_bytes())[0], &Expected { id: "a.md", section: "Transport", ..FERRY });
    let text = Expected { id: "a.txt", date: "2024-02-11T00:00:00Z", ..FERRY };
    let body = &["OSKHOLM (Harbour Wire) - The ferry to Oskholm sailed again.", FERRY.body[1]];
    assert_is(&all("a.txt", documents::TEXT.as_bytes())[0], &Expected { body, ..text });
}
