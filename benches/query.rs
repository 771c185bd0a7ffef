//! Asking an index in memory: words, phrases, the join of quotes and articles, facets; and the same articles and words asked
//! of a bare Tantivy, so that one run gives the ratio. Articles are made of a small vocabulary in which few words are common
//! and many are rare, as in a language.

use criterion::{Criterion, criterion_group, criterion_main};
use dictum::annotation::{Annotations, Entity, Quote, Record, Speaker, SpeakerKind};
use dictum::article::Article;
use dictum::engine::bearers::counted;
use dictum::engine::local::LocalEngine;
use dictum::engine::{Engine, Facet, Found, Request, Scope, Sort};
use dictum::lexicon::aliases::Aliases;
use dictum::query::arrange::{Unit, arrange};
use dictum::query::ast::Node;
use dictum::query::matching::Reader;
use dictum::query::snippet::{Shape, snippets};
use dictum::query::syntax::{Reading, parse};
use tantivy::collector::{Count, TopDocs};
use tantivy::query::QueryParser;
use tantivy::schema::{Field, IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions, Value};
use tantivy::{TantivyDocument, doc};

const ARTICLES: u64 = 20_000;

/// The same numbers at every run (xorshift).
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % n
    }

    /// Small numbers far more often than large ones.
    fn word(&mut self) -> String {
        let most = 1 + self.below(20_000);
        let number = self.below(most);
        let letters = ["ba", "de", "fi", "go", "lu", "ma", "ne", "ro", "su", "ti"];
        number.to_string().bytes().map(|digit| letters[usize::from(digit - b'0')]).collect()
    }

    fn text(&mut self, words: u64) -> String {
        (0..words).map(|i| self.word() + if i % 15 == 14 { ". " } else { " " }).collect()
    }
}

fn index() -> LocalEngine {
    let mut engine = LocalEngine::in_memory().expect("memory");
    for record in records() {
        engine.add(&record).expect("added");
    }
    engine.commit().expect("committed");
    engine
}

fn records() -> impl Iterator<Item = Record> {
    let mut dice = Dice(42);
    (0..ARTICLES).map(move |number| {
        let article = Article {
            id: format!("a{number}"),
            title: dice.text(8),
            body: dice.text(200),
            source: Some(format!("outlet {}", number % 20)),
            ..Article::default()
        };
        let speaker = |dice: &mut Dice| Some(format!("Speaker {}", dice.word()));
        let quotes = (0..5)
            .map(|_| Quote {
                text: dice.text(15),
                speaker: Speaker { name: speaker(&mut dice), kind: SpeakerKind::Person, mention: None },
                ..Quote::default()
            })
            .collect();
        let people = (0..5).map(|_| Entity { name: format!("Person {}", dice.word()), ..Entity::default() }).collect();
        Record::new(article, Annotations { quotes, people, ..Annotations::default() })
    })
}

/// Title and body alone, with Tantivy's own English analysis.
struct Bare {
    index: tantivy::Index,
    fields: [Field; 2],
    stored: Field,
}

impl Bare {
    fn new() -> Self {
        let mut schema = Schema::builder();
        let words = TextFieldIndexing::default().set_tokenizer("en_stem").set_index_option(IndexRecordOption::WithFreqsAndPositions);
        let words = TextOptions::default().set_indexing_options(words);
        let fields = [schema.add_text_field("title", words.clone()), schema.add_text_field("body", words)];
        let stored = schema.add_text_field("record", STORED);
        let index = tantivy::Index::create_in_ram(schema.build());
        let mut writer = index.writer_with_num_threads(1, 128 << 20).expect("a writer");
        for record in records() {
            let json = serde_json::to_string(&record).expect("JSON");
            let document = doc!(fields[0] => record.article.title, fields[1] => record.article.body, stored => json);
            writer.add_document(document).expect("added");
        }
        writer.commit().expect("committed");
        Self { index, fields, stored }
    }

    /// The ten best with their records, and how many there are.
    fn ask(&self, query: &str) -> usize {
        let searcher = self.index.reader().expect("a reader").searcher();
        let mut parser = QueryParser::for_index(&self.index, self.fields.to_vec());
        parser.set_conjunction_by_default();
        let query = parser.parse_query(query).expect("a query");
        let (best, total) = searcher.search(&query, &(TopDocs::with_limit(10).order_by_score(), Count)).expect("an answer");
        for (_, address) in best {
            let document: TantivyDocument = searcher.doc(address).expect("a document");
            let json = document.get_first(self.stored).and_then(|value| value.as_str()).expect("a record");
            let record: Record = serde_json::from_str(json).expect("a record");
            assert!(!record.article.id.is_empty());
        }
        total
    }
}

fn node(query: &str, unit: Unit) -> Node {
    arrange(parse(query, Reading::default()).expect("a query").node, unit)
}

fn found(engine: &LocalEngine, node: Node, unit: Unit) -> Found {
    let request = Request {
        node,
        unit,
        sort: Sort::Relevance,
        offset: 0,
        limit: 10,
        expand: false,
        exact_names: false,
        all_copies: false,
        explain: false,
    };
    engine.search(&request).expect("an answer")
}

fn ask(engine: &LocalEngine, query: &str, unit: Unit) -> u64 {
    found(engine, node(query, unit), unit).total
}

/// The same, with the snippets of each article found.
fn show(engine: &LocalEngine, query: &str) -> usize {
    let node = node(query, Unit::Articles);
    let hits = found(engine, node.clone(), Unit::Articles).hits;
    hits.iter().map(|hit| snippets(&Reader::new(&hit.record, false), &node, Shape::default()).len()).sum()
}

fn query(c: &mut Criterion) {
    let engine = index();
    let mut group = c.benchmark_group("query");
    for (name, query, unit) in [
        ("one word", "ba", Unit::Articles),
        ("two words", "dede fifi", Unit::Articles),
        ("phrase", "\"ba de\"", Unit::Articles),
        ("near", "dede NEAR/5 fifi", Unit::Articles),
        ("prefix", "goba*", Unit::Articles),
        ("speaker and words in one quote", "speaker:speaker said:dede", Unit::Articles),
        ("quotes", "dede speaker:speaker", Unit::Quotes),
    ] {
        assert!(ask(&engine, query, unit) > 0, "{query} must find something");
        group.bench_function(name, |b| b.iter(|| ask(&engine, query, unit)));
    }
    for (name, query) in [("one word", "ba"), ("two words", "dede fifi"), ("phrase", "\"ba de\"")] {
        assert!(show(&engine, query) > 0, "{query} must have snippets");
        group.bench_function(format!("{name}, with snippets"), |b| b.iter(|| show(&engine, query)));
    }
    let bare = Bare::new();
    for (name, query) in [("one word", "ba"), ("two words", "dede fifi"), ("phrase", "\"ba de\"")] {
        assert!(bare.ask(query) > 0, "{query} must find something");
        group.bench_function(format!("bare Tantivy: {name}"), |b| b.iter(|| bare.ask(query)));
    }
    group.finish();
    let mut group = c.benchmark_group("facet");
    for (name, by) in [("speakers", Facet::Speaker), ("people", Facet::Person), ("sources", Facet::Source)] {
        let unit = if by == Facet::Speaker { Unit::Quotes } else { Unit::Articles };
        for (of, query) in [("all", "*"), ("what matches a word", "ba")] {
            let node = node(query, unit);
            let scope = Scope { node: &node, unit, exact_names: false };
            group.bench_function(format!("{name} of {of}"), |b| {
                b.iter(|| counted(&engine, scope, by, 20, &Aliases::default()).expect("counts"));
            });
        }
    }
    group.finish();
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(20);
    targets = query
}
criterion_main!(benches);
