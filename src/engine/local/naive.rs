//! Queries made at random, answered by the index and by the plainest reading of the same tree: every way of choosing words
//! of the text is tried.

use proptest::prelude::*;

use super::LocalEngine;
use super::agreement::{filled, ids, record};
use crate::annotate::text::Text;
use crate::annotation::{Entity, Quote, Record, Zone};
use crate::duplicate::is_wire_copy;
use crate::lexicon::spelling::second_form;
use crate::query::arrange::{Unit, arrange};
use crate::query::ast::{Field, How, Node, Pattern, Reach, Term};
use crate::query::matching::{LEAD_WORDS, context_words, entity_values, location_values, name_values, speaker_values};
use crate::query::syntax::{Reading, parse};
use crate::query::words::{stem, words};
use crate::query::{distance, is_of_shape};

/// A word, with the sentence and the paragraph, or the name, that it stands in.
struct Word {
    form: String,
    sentence: usize,
    paragraph: usize,
}

/// A text, or names.
struct Words {
    words: Vec<Word>,
    name: bool,
}

/// From which word to which, the last included.
type Find = (usize, usize);

impl Words {
    fn plain(text: &str) -> Self {
        Self { words: words(text).into_iter().map(|w| Word { form: w.form, sentence: 0, paragraph: 0 }).collect(), name: false }
    }

    fn names<'a>(values: impl Iterator<Item = &'a str>) -> Self {
        let word = |number, w: crate::query::words::Word| Word { form: w.form, sentence: number, paragraph: number };
        let of_value = |(number, value)| words(value).into_iter().map(move |w| word(number, w));
        Self { words: values.enumerate().flat_map(of_value).collect(), name: true }
    }

    fn body(text: &str) -> Self {
        let cut = Text::new(Zone::Body, text);
        let place = |w: &crate::query::words::Word| {
            let token = cut.token_at(w.span.start);
            Word { form: w.form.clone(), sentence: cut.sentence_of(token), paragraph: cut.paragraph_of(token) }
        };
        Self { words: words(text).iter().map(place).collect(), name: false }
    }

    /// The paragraphs until fifty words are full.
    fn lead(mut self) -> Self {
        let end = (0..self.words.len()).find(|&i| i >= LEAD_WORDS && self.words[i].paragraph != self.words[i - 1].paragraph);
        self.words.truncate(end.unwrap_or(usize::MAX));
        self
    }

    fn is(&self, word: &Word, term: &Term) -> bool {
        let stemmed = stem(&word.form);
        let either = |test: &dyn Fn(&str) -> bool| test(&word.form) || !self.name && test(&stemmed);
        match term.how {
            How::Word if self.name => second_form(&word.form) == second_form(&term.form),
            How::Word => stemmed == stem(&term.form) || term.form == "us" && word.form == "u.s",
            How::Prefix => either(&|form| form.starts_with(&term.form)),
            How::Shape => is_of_shape(&word.form, &term.form),
            How::Fuzzy(most) => word.form[..1] == term.form[..1] && distance(&word.form, &term.form, usize::from(most)).is_some(),
        }
    }

    fn finds(&self, pattern: &Pattern) -> Vec<Find> {
        let mut found = match pattern {
            Pattern::Term(term) => (0..self.words.len()).filter(|&i| self.is(&self.words[i], term)).map(|i| (i, i)).collect(),
            Pattern::Either(parts) => parts.iter().flat_map(|part| self.finds(part)).collect(),
            Pattern::AtLeast { times, part } => Some(self.finds(part)).filter(|f| f.len() >= *times as usize).unwrap_or_default(),
            Pattern::Together { reach, parts } => {
                let mut chosen: Vec<Vec<Find>> = vec![Vec::new()];
                for part in parts {
                    let finds = self.finds(part);
                    chosen = chosen.iter().flat_map(|one| finds.iter().map(|find| [&one[..], &[*find]].concat())).collect();
                }
                let hull = |c: &Vec<Find>| (c.iter().map(|f| f.0).min().unwrap(), c.iter().map(|f| f.1).max().unwrap());
                chosen.iter().filter(|chosen| self.fit(chosen, *reach)).map(hull).collect()
            }
        };
        found.sort_unstable();
        found.dedup();
        found
    }

    fn fit(&self, chosen: &[Find], reach: Reach) -> bool {
        let apart = |a: &Find, b: &Find| a.1 < b.0 || b.1 < a.0;
        if (0..chosen.len()).any(|i| (0..i).any(|j| !apart(&chosen[i], &chosen[j]))) {
            return false;
        }
        let (first, last) = (chosen.iter().map(|f| f.0).min().unwrap(), chosen.iter().map(|f| f.1).max().unwrap());
        if self.name && self.words[first].sentence != self.words[last].sentence {
            return false;
        }
        match reach {
            Reach::Phrase => chosen.windows(2).all(|pair| pair[0].1 + 1 == pair[1].0),
            Reach::Loose(slop) => last - first < chosen.len() + slop as usize,
            Reach::Words(n) => {
                let (a, b) = (chosen[0], chosen[1]);
                a.0.max(b.0) - a.1.min(b.1) <= n as usize
            }
            Reach::Ahead(n) => chosen[0].1 < chosen[1].0 && chosen[1].0 - chosen[0].1 <= n as usize,
            Reach::Sentence | Reach::Paragraph if self.name => last - first <= 50,
            Reach::Sentence => self.words[first].sentence == self.words[last].sentence,
            Reach::Paragraph => self.words[first].paragraph == self.words[last].paragraph,
        }
    }

    fn have(&self, pattern: &Pattern) -> bool {
        !self.finds(pattern).is_empty()
    }
}

fn names<'a>(values: impl Iterator<Item = &'a str>, pattern: &Pattern) -> bool {
    Words::names(values).have(pattern)
}

fn article_has(record: &Record, field: Field, pattern: &Pattern) -> bool {
    let (article, found) = (&record.article, &record.annotations);
    match field {
        Field::Title => Words::plain(&article.title).have(pattern),
        Field::Body => Words::body(&article.body).have(pattern),
        Field::Lead => Words::body(&article.body).lead().have(pattern),
        Field::Any => {
            article_has(record, Field::Title, pattern)
                || article_has(record, Field::Body, pattern)
                || names(name_values(record).into_iter(), pattern)
        }
        Field::Person => names(found.people.iter().flat_map(entity_values), pattern),
        Field::Place => names(found.locations.iter().flat_map(location_values), pattern),
        Field::Org => names(found.organizations.iter().flat_map(entity_values), pattern),
        Field::Source => names(article.source.as_deref().into_iter(), pattern),
        Field::Section => names(article.section.as_deref().into_iter(), pattern),
        Field::Author => names(article.authors.iter().map(String::as_str), pattern),
        Field::Speaker | Field::Said => panic!("an article has no {field:?}, its quotes do"),
    }
}

fn quote_has(record: &Record, quote: &Quote, field: Field, pattern: &Pattern) -> bool {
    match field {
        Field::Speaker => names(speaker_values(quote).into_iter(), pattern),
        Field::Said => Words::plain(&quote.text).have(pattern),
        Field::Any => {
            let body = &record.article.body;
            let around = context_words(quote, &Text::new(Zone::Body, body), &words(body), |word| word.span);
            let around = around.into_iter().map(|w| Word { form: w.form, sentence: 0, paragraph: 0 }).collect();
            quote_has(record, quote, Field::Said, pattern) || Words { words: around, name: false }.have(pattern)
        }
        field => article_has(record, field, pattern),
    }
}

/// Whether an article matches, or, where one is given, a quote of it.
fn matches(record: &Record, quote: Option<&Quote>, node: &Node) -> bool {
    let any_quote = |test: &dyn Fn(&Quote) -> bool| match quote {
        Some(quote) => test(quote),
        None => record.annotations.quotes.iter().any(test),
    };
    match node {
        Node::All => true,
        Node::Find { field, pattern, .. } if field.is_of_quote() => any_quote(&|q| quote_has(record, q, *field, pattern)),
        Node::Find { field, pattern, .. } => match quote {
            Some(quote) => quote_has(record, quote, *field, pattern),
            None => article_has(record, *field, pattern),
        },
        Node::Kind(kind) => any_quote(&|q| q.kind == *kind),
        Node::Confidence(least) => any_quote(&|q| q.percent() >= *least),
        Node::SpeakerType(kind) => any_quote(&|q| q.speaker.kind == *kind),
        Node::Quote(part) => any_quote(&|q| matches(record, Some(q), part)),
        Node::And(parts) => parts.iter().all(|part| matches(record, quote, part)),
        Node::Or(parts) => parts.iter().any(|part| matches(record, quote, part)),
        Node::Not(part) => !matches(record, quote, part),
        Node::Filter(part) => matches(record, quote, part),
        Node::Date(range) => record.article.date.as_ref().is_some_and(|date| range.holds(date)),
        Node::Id(id) => record.article.id == *id,
        Node::Language(code) => record.article.language.as_ref() == Some(code),
        Node::Wire => is_wire_copy(&record.article),
    }
}

/// Texts of few words, so that they meet in many ways.
fn corpus() -> Vec<Record> {
    let mut seed = 7_u64;
    let mut below = |n: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % n
    };
    const WORDS: [&str; 9] = ["ferry", "ferries", "strike", "struck", "harbour", "harbor", "Orlova", "Lee", "the"];
    let mut text = |most: u64| {
        let mut text = String::from("So");
        for _ in 0..below(most) {
            text += ["", "", "", "", ",", ". So", ".\n\nSo"][below(7) as usize];
            text += " ";
            text += WORDS[below(9) as usize];
        }
        text + "."
    };
    (0..14)
        .map(|number| {
            let said = [text(6), text(6)];
            let body = format!("{} “{}” she said. {} “{}”", text([20, 70][number % 2]), said[0], text(12), said[1]);
            let people: &[&str] = [&[][..], &["Mira Orlova", "Tom Lee"], &["Lee Harbour"]][number % 3];
            let speakers = [["Mira Orlova", ""], ["officials", "Tom Lee"], ["Tom Lee", "Mira Orlowa"]][number % 3];
            let mut record = record(
                &format!("{number:02}"),
                ["2025-04-02T10:00:00Z", "", "2025-05-09T23:30:00-05:00", "2024-02-29T00:00:00Z"][number % 4],
                &text(4),
                &body,
                people,
                [&["Oslo, Norway"][..], &[]][number % 2],
                &[(&said[0], speakers[0]), (&said[1], speakers[1])],
            );
            let article = &mut record.article;
            article.language = [Some("en".to_owned()), None][number % 2].clone();
            article.section = [None, Some("Harbour".to_owned()), Some("Strike and Ferry".to_owned())][number % 3].clone();
            article.authors =
                [&[][..], &["Mira Lee"], &["Reuters"], &["Tom Lee", "Ana Strike"]][number % 4].iter().map(|a| (*a).to_owned()).collect();
            let firms = [&["Ferry Line"][..], &[], &["Harbour Board", "Lee Brothers"]][number % 3].iter();
            record.annotations.organizations = firms.map(|name| Entity { name: (*name).to_owned(), ..Entity::default() }).collect();
            record
        })
        .collect()
}

fn query() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "ferry", "strike", "struck", "harbour", "harbor", "orlova", "orlowa", "lee", "the", "so", "ferr*", "har*", "harb*r", "str?ke",
        "*rr*", "harbuor~", "strie~1", "xyz",
    ]);
    let phrase = prop::collection::vec(word.clone(), 2..4).prop_map(|words| format!("\"{}\"", words.join(" ")));
    let loose = |most| {
        let words = (prop::collection::vec(word.clone(), 2..most), 0..4_u32);
        words.prop_map(|(words, slop)| format!("\"{}\"~{slop}", words.join(" ")))
    };
    // of three parts and more not every combination is told: whether there is one is asked, but not how many, nor beside what
    let crowd = loose(5);
    let phrase = prop_oneof![phrase, loose(3)];
    let pattern = prop_oneof![4 => word.prop_map(str::to_owned), 2 => phrase];
    let pattern = pattern.prop_recursive(3, 8, 3, |inner| {
        let joined = prop::sample::select(vec!["NEAR/1", "NEAR/3", "NEAR/8", "PRE/1", "PRE/4", "SENTENCE", "PARAGRAPH"]);
        prop_oneof![
            (inner.clone(), joined, inner.clone()).prop_map(|(a, by, b)| format!("({a} {by} {b})")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a} OR {b})")),
            (1..4_u32, inner).prop_map(|(times, a)| format!("atleast{times}({a})")),
        ]
    });
    let field = prop::sample::select(vec![
        "", "", "", "title:", "lead:", "hlead:", "body:", "person:", "org:", "place:", "source:", "section:", "author:", "speaker:",
        "said:",
    ]);
    let who = prop::sample::select(vec!["", "speaker:orlova ", "-speaker:lee ", "speaker:unnamed ", "kind:direct ", "confidence:0.5 "]);
    let in_quote = (who, prop::sample::select(vec!["", "said:"]), pattern.clone());
    let leaf = prop_oneof![
        2 => in_quote.prop_map(|(who, field, pattern)| format!("quote:({who}{field}{pattern})")),
        8 => (field.clone(), pattern).prop_map(|(field, pattern)| format!("{field}{pattern}")),
        1 => (field, crowd).prop_map(|(field, crowd)| format!("{field}{crowd}")),
        1 => prop::sample::select(vec![
            "speaker:unnamed", "speaker:unknown", "kind:direct", "kind:indirect", "confidence:0.4", "place:norway", "wire", "-wire", "lang:en", "id:03",
        ]).prop_map(str::to_owned),
        1 => prop::sample::select(vec![
            "date:2025", "date:2025-05-09", "date:2025-05-10", "date:2024..2025-04", "date:>2024-02-29", "date:<=2025-04-02",
            "date:>=2025-05-10T04:30:00Z",
        ]).prop_map(str::to_owned),
    ];
    leaf.prop_recursive(3, 10, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 2..4).prop_map(|all| format!("({})", all.join(" "))),
            prop::collection::vec(inner.clone(), 2..4).prop_map(|all| format!("({})", all.join(" OR "))),
            inner.clone().prop_map(|a| format!("-{a}")),
            (inner.clone(), inner).prop_map(|(a, b)| format!("({a} NOT {b})")),
        ]
    })
}

#[test]
fn what_is_asked_at_random_is_answered_as_by_the_plainest_reading() {
    let records = corpus();
    let engine: LocalEngine = filled(&records);
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() });
    let asked = std::cell::Cell::new((0_usize, 0_usize));
    let outcome = runner.run(&query(), |query| {
        let Ok(parsed) = parse(&query, Reading::default()) else { return Ok(()) };
        let again = parse(&parsed.node.to_string(), Reading::default()).map(|again| again.node.to_string());
        prop_assert_eq!(again.as_deref(), Ok(&*parsed.node.to_string()));
        for unit in [Unit::Articles, Unit::Quotes] {
            let node = arrange(parsed.node.clone(), unit);
            let mut expected = Vec::new();
            for record in &records {
                let id = record.article.id.clone();
                let quotes = record.annotations.quotes.iter().enumerate();
                match unit {
                    Unit::Articles if matches(record, None, &node) => expected.push((id, None)),
                    Unit::Articles => {}
                    Unit::Quotes => {
                        expected.extend(quotes.filter(|(_, q)| matches(record, Some(q), &node)).map(|(i, _)| (id.clone(), Some(i))))
                    }
                }
            }
            let (all, some) = asked.get();
            asked.set((all + 1, some + usize::from(!expected.is_empty())));
            prop_assert_eq!(ids(&engine, &query, unit), expected, "{} as {:?}", query, unit);
        }
        Ok(())
    });
    outcome.unwrap_or_else(|error| panic!("{error}"));
    let (all, some) = asked.get();
    assert!(all > 300 && some * 3 > all, "{some} of {all} found something: too few to tell");
}
