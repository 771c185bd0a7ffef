//! Asking an index in memory: words, phrases, the join of quotes and articles, facets. Articles are made of a small
//! vocabulary in which few words are common and many are rare, as in a language.

use criterion::{Criterion, criterion_group, criterion_main};
use dictum::annotation::{Annotations, Entity, Quote, Record, Speaker, SpeakerKind};
use dictum::article::Article;
use dictum::engine::local::LocalEngine;
use dictum::engine::{Engine, Facet, Request, Scope, Sort};
use dictum::query::arrange::{Unit, arrange};
use dictum::query::syntax::{Reading, parse};

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
    let mut dice = Dice(42);
    for number in 0..ARTICLES {
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
        engine.add(&Record::new(article, Annotations { quotes, people, ..Annotations::default() })).expect("added");
    }
    engine.commit().expect("committed");
    engine
}

fn ask(engine: &LocalEngine, query: &str, unit: Unit) -> u64 {
    let node = arrange(parse(query, Reading::default()).expect("a query").node, unit);
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
    engine.search(&request).expect("an answer").total
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
    let all = parse("*", Reading::default()).expect("a query").node;
    group.bench_function("facet of people", |b| {
        b.iter(|| engine.facet(Scope { node: &all, unit: Unit::Articles, exact_names: false }, Facet::Person, 20).expect("counts"))
    });
    group.finish();
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(20);
    targets = query
}
criterion_main!(benches);
