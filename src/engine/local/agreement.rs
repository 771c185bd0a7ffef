//! The index against the slow reader of `query::matching`: for every operator the same articles and the same quotes.

use super::LocalEngine;
use crate::annotation::{Annotations, Entity, Location, Mention, Quote, QuoteKind, Record, Segment, Speaker, SpeakerKind, Zone};
use crate::article::{Article, Date};
use crate::engine::{Engine, Facet, Request, Scope, Sort};
use crate::query::arrange::{Unit, arrange};
use crate::query::filters::Filters;
use crate::query::matching::Reader;
use crate::query::syntax::{Reading, parse};
use crate::span::Span;

fn mention(text: &str, body: &str) -> Option<Mention> {
    let start = body.find(text)?;
    Some(Mention { span: Span::new(start, start + text.len()), text: text.to_owned(), zone: Zone::Body })
}

/// An article with quotes given as (words, speaker); "" is an unknown one, "officials" are unnamed.
pub fn record(id: &str, date: &str, title: &str, body: &str, people: &[&str], places: &[&str], quotes: &[(&str, &str)]) -> Record {
    let article = Article {
        id: id.to_owned(),
        title: title.to_owned(),
        body: body.to_owned(),
        date: Date::from_rfc3339(date).ok(),
        source: Some(if id < "c" { "The Courier" } else { "Evening Star" }.to_owned()),
        language: Some("en".to_owned()),
        ..Article::default()
    };
    let people = people
        .iter()
        .map(|name| Entity { name: (*name).to_owned(), mentions: mention(name, body).into_iter().collect(), ..Entity::default() })
        .collect();
    let locations = places
        .iter()
        .map(|path| {
            let mut names = path.split(", ").map(str::to_owned);
            let name = names.next().unwrap();
            Location { mentions: mention(&name, body).into_iter().collect(), within: names.collect(), name, ..Location::default() }
        })
        .collect();
    let quotes = quotes
        .iter()
        .map(|(text, speaker)| Quote {
            text: (*text).to_owned(),
            kind: if text.contains("reported") { QuoteKind::Indirect } else { QuoteKind::Direct },
            segments: mention(text, body).map(|m| Segment { span: m.span, zone: Zone::Body }).into_iter().collect(),
            speaker: Speaker {
                name: (!speaker.is_empty()).then(|| (*speaker).to_owned()),
                kind: match *speaker {
                    "" => SpeakerKind::Unknown,
                    "officials" => SpeakerKind::Unnamed,
                    _ => SpeakerKind::Person,
                },
                mention: None,
            },
            confidence: text.len() as f32 % 10.0 / 10.0,
            ..Quote::default()
        })
        .collect();
    Record::new(article, Annotations { people, locations, quotes, ..Annotations::default() })
}

pub fn corpus() -> Vec<Record> {
    vec![
        record(
            "a",
            "2025-04-02T10:00:00Z",
            "Harbour strike ends",
            "The strike in the old harbour ended on Monday, officials reported. Dockers had walked out.\n\n\
             “We never wanted to strike,” Mira Orlowa said. Asked about the ferry, Tom Lee said: “The ferry will sail again.”",
            &["Mira Orlowa", "Tom Lee"],
            &["Kristiansand, Agder, Norway"],
            &[
                ("We never wanted to strike,", "Mira Orlowa"),
                ("The ferry will sail again.", "Tom Lee"),
                ("strike ended reported", "officials"),
            ],
        ),
        record(
            "b",
            "2025-05-09T23:30:00-05:00",
            "Ferry prices rise",
            "Prices of the ferry rose by 1,200 kroner. “The ferry is ours,” Mira Orlova said of the strike. The U.S. was silent; \
             negotiators negotiated.",
            &["Mira Orlova"],
            &["Oslo, Norway"],
            &[("The ferry is ours,", "Mira Orlova")],
        ),
        record("c", "2024-01-31T23:59:59Z", "Nothing of the kind", "Nothing happened. The harbour slept, old and grey.", &[], &[], &[]),
        record(
            "d",
            "",
            "",
            "“Strike while the iron is hot,” a smith said. Old ferry, new harbour.\n\nThe harbour strike was long.",
            &[],
            &["Lyon, France"],
            &[("Strike while the iron is hot,", ""), ("", "Tom Lee")],
        ),
        record(
            "e",
            "2025-04-02T10:00:00Z",
            "Müller in São Paulo",
            "Herr Müller's café. AT&T; C++ and e-mail.",
            &["Jörg Müller"],
            &["São Paulo, Brazil"],
            &[],
        ),
    ]
}

const QUERIES: &[&str] = &[
    "*",
    "strike",
    "strikes",
    "harbour strike",
    "harbour OR ferry",
    "harbour -strike",
    "-strike",
    "-strike -ferry",
    "\"old harbour\"",
    "\"harbour old\"",
    "\"old harbour\"~3",
    "\"harbour old\"~1",
    "\"strike harb*\"",
    "atleast2 strike",
    "atleast2(strike OR ferry)",
    "atleast2 \"old harbour\"",
    "title:atleast2 strike",
    "lead:atleast2 strike",
    "strike NEAR/2 ended",
    "harbour NEAR/3 old",
    "old SENTENCE dockers",
    "strike SENTENCE harbour",
    "strike PARAGRAPH dockers",
    "ferry w/p strike",
    "negotiat*",
    "negotiators",
    "s*",
    "z*",
    "harbor~",
    "fery~1",
    "prises~2",
    "title:strike",
    "title:ferry",
    "title:\"harbour strike\"",
    "lead:dockers",
    "lead:ferry",
    "body:strike",
    "body:prices",
    "title:(strike OR prices)",
    "person:orlova",
    "person:orlowa",
    "person:mueller",
    "person:muller",
    "person:(lee OR müller)",
    "person:\"tom lee\"",
    "place:norway",
    "place:oslo",
    "place:\"são paulo\"",
    "place:sao",
    "source:courier",
    "source:\"evening star\"",
    "speaker:orlova",
    "speaker:lee",
    "said:ferry",
    "said:strike",
    "speaker:orlova said:ferry",
    "speaker:orlova said:strike",
    "speaker:lee said:strike",
    "speaker:unnamed",
    "speaker:unknown",
    "kind:indirect",
    "kind:direct said:ferry",
    "confidence:0.5",
    "speaker:lee confidence:0.3",
    "-confidence:0.7 said:ferry",
    "-speaker:orlova",
    "speaker:orlova -said:ferry",
    "speaker:orlova OR said:hot",
    "speaker:(orlova OR lee) said:ferry",
    "ferry speaker:orlova",
    "quote:(speaker:orlova strike) quote:(speaker:lee ferry)",
    "quote:(speaker:orlova (ferry OR strike))",
    "-quote:(speaker:lee ferry)",
    "date:2025",
    "date:2025-04",
    "date:>2025-04-02",
    "date:2024-01-31",
    "date:2025-05-09",
    "date:2025-05-10",
    "date:>=2025-05-10T04:00:00Z",
    "date:2024..2025-05-10T04:00:00Z",
    "date:..2025-04",
    "date:>=2025-04-02 strike",
    "id:a",
    "id:nobody",
    "lang:en",
    "lang:de",
    "orlova",
    "orlowa",
    "müller",
    "muller",
    "u.s.",
    "US",
    "us",
    "1200",
    "at&t",
    "c++",
    "e-mail",
    "nothing",
    "the",
    "the ferry",
    "title:nothing OR person:lee",
    "(harbour OR ferry) (strike OR prices) -person:lee",
    "speaker:orlova date:2025-05",
    "said:\"ferry will sail\"",
    "said:(ferry NEAR/2 sail)",
    "said:\"sail ferry\"",
    "place:norway speaker:lee",
    "xyzzy",
];

pub fn ids(engine: &LocalEngine, query: &str, unit: Unit) -> Vec<(String, Option<usize>)> {
    let node = arrange(parse(query, Reading::default()).unwrap().node, unit);
    let request = Request {
        node: node.clone(),
        unit,
        sort: Sort::Oldest,
        offset: 0,
        limit: 1000,
        expand: false,
        exact_names: false,
        all_copies: true,
        explain: false,
    };
    let found = engine.search(&request).unwrap();
    assert_eq!(found.total as usize, found.hits.len(), "{query}");
    assert_eq!(engine.count(Scope { node: &node, unit, exact_names: false }, false).unwrap(), found.total, "{query}");
    let mut ids: Vec<_> = found.hits.iter().map(|h| (h.record.article.id.clone(), h.quote)).collect();
    ids.sort();
    ids
}

fn expected(records: &[Record], query: &str, unit: Unit) -> Vec<(String, Option<usize>)> {
    let node = arrange(parse(query, Reading::default()).unwrap().node, unit);
    let mut ids = Vec::new();
    for record in records {
        let reader = Reader::new(record, false);
        let id = &record.article.id;
        match unit {
            Unit::Articles if reader.matches(&node) => ids.push((id.clone(), None)),
            Unit::Articles => {}
            Unit::Quotes => {
                let quotes = 0..record.annotations.quotes.len();
                ids.extend(quotes.filter(|&q| reader.quote_matches(&node, q)).map(|q| (id.clone(), Some(q))));
            }
        }
    }
    ids.sort();
    ids
}

pub fn agrees(engine: &LocalEngine, records: &[Record]) {
    for query in QUERIES {
        for unit in [Unit::Articles, Unit::Quotes] {
            assert_eq!(ids(engine, query, unit), expected(records, query, unit), "{query} as {unit:?}");
        }
    }
}

pub fn filled(records: &[Record]) -> LocalEngine {
    let mut engine = LocalEngine::in_memory().unwrap();
    for record in records {
        engine.add(record).unwrap();
    }
    engine.commit().unwrap();
    engine
}

#[test]
fn the_index_finds_what_a_slow_reader_finds() {
    let records = corpus();
    agrees(&filled(&records), &records);
}

#[test]
fn speaker_and_words_are_of_one_quote() {
    let engine = filled(&corpus());
    let found = |query| ids(&engine, query, Unit::Articles).into_iter().map(|(id, _)| id).collect::<Vec<_>>().join("");
    assert_eq!(found("speaker:orlova said:ferry"), "b", "in a, another speaks of the ferry");
    assert_eq!(found("speaker:orlova said:strike"), "a");
    assert_eq!(found("place:norway"), "ab");
    let filters = Filters { speaker: vec!["orlova".into(), "lee".into()], said: vec!["ferry".into()], ..Filters::default() };
    let node = arrange(filters.node().unwrap(), Unit::Articles);
    assert_eq!(
        engine.count(Scope { node: &node, unit: Unit::Articles, exact_names: false }, false).unwrap(),
        2,
        "given twice means either"
    );
}

#[test]
fn order_and_pages_are_the_same_from_run_to_run() {
    let engine = filled(&corpus());
    for sort in [Sort::Relevance, Sort::Newest, Sort::Oldest] {
        let node = parse("the", Reading::default()).unwrap().node;
        let request = |offset, limit| Request {
            node: node.clone(),
            unit: Unit::Articles,
            sort,
            offset,
            limit,
            expand: false,
            exact_names: false,
            all_copies: true,
            explain: true,
        };
        let page = |offset, limit| {
            let found = engine.search(&request(offset, limit)).unwrap();
            found.hits.iter().map(|h| h.record.article.id.clone()).collect::<Vec<_>>()
        };
        let all = page(0, usize::MAX);
        assert_eq!([page(0, 2), page(2, 100)].concat(), all, "{sort:?}");
        assert!(page(usize::MAX, usize::MAX).is_empty());
        match sort {
            Sort::Newest => assert_eq!(all, ["b", "a", "c", "d"]),
            Sort::Oldest => assert_eq!(all, ["c", "a", "b", "d"]),
            Sort::Relevance => {}
        }
    }
}

#[test]
fn facets_count_each_article_or_quote_once() {
    let engine = filled(&corpus());
    let node = parse("*", Reading::default()).unwrap().node;
    let count = |by, unit| engine.facet(Scope { node: &node, unit, exact_names: false }, by, 2).unwrap();
    let speakers = count(Facet::Speaker, Unit::Quotes);
    assert_eq!(speakers.values, [("Mira Orlova".to_owned(), 2), ("Tom Lee".to_owned(), 2)], "Orlowa is Orlova");
    assert_eq!((speakers.distinct, speakers.total), (2, 6));
    assert_eq!(count(Facet::Source, Unit::Articles).values, [("Evening Star".to_owned(), 3), ("The Courier".to_owned(), 2)]);
    assert_eq!(count(Facet::Source, Unit::Quotes).values, [("The Courier".to_owned(), 4), ("Evening Star".to_owned(), 2)]);
    let moments = engine.moments(Scope { node: &node, unit: Unit::Articles, exact_names: false }, None).unwrap();
    assert_eq!(moments.len(), 4);
}

#[test]
fn near_spellings_come_with_their_counts() {
    let engine = filled(&corpus());
    let near = engine.near_spellings("harbuor", crate::query::ast::Field::Any, Unit::Articles).unwrap();
    assert_eq!(near.first(), Some(&("harbour".to_owned(), 3)));
}

#[test]
fn related_articles_share_telling_words() {
    let records = corpus();
    let engine = filled(&records);
    let found = engine.related(&records[0], &crate::query::ast::Node::All, 2).unwrap();
    assert!(found.hits.iter().all(|h| h.record.article.id != "a"));
    assert!(!found.hits.is_empty());
}
