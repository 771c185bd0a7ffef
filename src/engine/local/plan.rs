//! From the tree of a query to the queries of Tantivy that answer it.

use std::ops::Bound;
use std::sync::Arc;

use tantivy::Term;
use tantivy::query::{BooleanQuery, ConstScoreQuery, Occur, Query, RangeQuery, TermQuery};
use tantivy::schema::IndexRecordOption;

use super::dictionary::Kind;
use super::join::{ToArticles, ToQuotes};
use super::leaf::{LeafQuery, Place};
use super::schema::{ARTICLE, Fields, QUOTE, WIRE};
use super::work::Work;
use super::write::{id_word, kind_word, type_word};
use crate::duplicate::page_key;
use crate::query::arrange::Unit;
use crate::query::ast::{DateRange, Edge, Field, Node, Pattern, is_address};

/// What a find in the title counts, beside one in the body.
const TITLE: f32 = 2.0;
/// What a find among the names counts.
const NAMES: f32 = 0.5;
/// What a find around a quote counts, beside one in its words.
const CONTEXT: f32 = 0.3;

/// What queries are made for.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The fields of the index.
    pub fields: Fields,
    /// Whether transliterations of names meet.
    pub second: bool,
    /// How many articles there are.
    pub articles: u64,
    /// How many quotes there are.
    pub quotes: u64,
    /// How much may be done.
    pub work: Arc<Work>,
}

impl Plan {
    /// The query that finds what `node` means, as articles or as quotes.
    pub fn query(&self, node: &Node, unit: Unit) -> Box<dyn Query> {
        match node {
            Node::All => self.all(unit),
            Node::Find { field, pattern, .. } => self.find(*field, pattern, unit),
            Node::Date(range) => both(self.all(unit), self.date(*range)),
            Node::Id(id) => {
                let page = page_key(id).filter(|_| is_address(id)).map(|key| {
                    let key = Term::from_field_u64(self.fields.copy_key, key);
                    self.of_article(Box::new(TermQuery::new(key, IndexRecordOption::Basic)), unit)
                });
                let either = std::iter::once(self.word(self.fields.id, &id_word(id))).chain(page).collect();
                both(self.all(unit), constant(Box::new(BooleanQuery::union(either))))
            }
            Node::Language(code) => self.of_article(constant(self.word(self.fields.lang, code)), unit),
            Node::Wire => self.of_article(constant(self.word(self.fields.what, WIRE)), unit),
            Node::Kind(kind) => self.of_quote(constant(self.word(self.fields.what, kind_word(*kind))), unit),
            Node::SpeakerType(kind) => self.of_quote(constant(self.word(self.fields.what, type_word(*kind))), unit),
            Node::Confidence(least) => self.of_quote(self.confidence(*least), unit),
            Node::Quote(part) => self.of_quote(self.query(part, Unit::Quotes), unit),
            Node::Filter(part) => constant(self.query(part, unit)),
            Node::Not(_) => self.query(&Node::And(vec![node.clone()]), unit),
            Node::Or(parts) => Box::new(BooleanQuery::union(parts.iter().map(|p| self.query(p, unit)).collect())),
            Node::And(parts) => {
                let mut clauses = Vec::new();
                for part in parts {
                    match part {
                        Node::Not(inner) => clauses.push((Occur::MustNot, self.query(inner, unit))),
                        part => clauses.push((Occur::Must, self.query(part, unit))),
                    }
                }
                if clauses.iter().all(|(occur, _)| *occur == Occur::MustNot) {
                    clauses.push((Occur::Must, self.all(unit)));
                }
                Box::new(BooleanQuery::new(clauses))
            }
        }
    }

    fn all(&self, unit: Unit) -> Box<dyn Query> {
        constant(self.word(self.fields.what, if unit == Unit::Articles { ARTICLE } else { QUOTE }))
    }

    fn word(&self, field: tantivy::schema::Field, word: &str) -> Box<dyn Query> {
        Box::new(TermQuery::new(Term::from_field_text(field, word), IndexRecordOption::Basic))
    }

    fn date(&self, range: DateRange) -> Box<dyn Query> {
        let term = |edge: Edge| {
            let field = if matches!(edge, Edge::Wall(_)) { self.fields.wall } else { self.fields.date };
            Term::from_field_date(field, tantivy::DateTime::from_timestamp_secs(edge.seconds()))
        };
        let from = range.from.map(|edge| RangeQuery::new(Bound::Included(term(edge)), Bound::Unbounded));
        let to = range.to.map(|edge| RangeQuery::new(Bound::Unbounded, Bound::Excluded(term(edge))));
        match (from, to) {
            (Some(from), Some(to)) => both(constant(Box::new(from)), constant(Box::new(to))),
            (Some(one), None) | (None, Some(one)) => constant(Box::new(one)),
            (None, None) => Box::new(tantivy::query::AllQuery),
        }
    }

    fn confidence(&self, least: u8) -> Box<dyn Query> {
        let least = Bound::Included(Term::from_field_u64(self.fields.confidence, least.into()));
        constant(Box::new(RangeQuery::new(least, Bound::Unbounded)))
    }

    fn of_article(&self, query: Box<dyn Query>, unit: Unit) -> Box<dyn Query> {
        if unit == Unit::Quotes { Box::new(ToQuotes(query)) } else { query }
    }

    fn of_quote(&self, query: Box<dyn Query>, unit: Unit) -> Box<dyn Query> {
        if unit == Unit::Articles { Box::new(ToArticles(query)) } else { query }
    }

    fn find(&self, field: Field, pattern: &Pattern, unit: Unit) -> Box<dyn Query> {
        let places = self.places(field, unit);
        let of_quote = field.is_of_quote() || field == Field::Any && unit == Unit::Quotes;
        let documents = if of_quote { self.quotes } else { self.articles };
        let leaf =
            Box::new(LeafQuery { pattern: Arc::new(pattern.clone()), places: places.into(), documents, work: Arc::clone(&self.work) });
        if of_quote { self.of_quote(leaf, unit) } else { self.of_article(leaf, unit) }
    }

    /// Where words of `field` are looked for.
    pub fn places(&self, field: Field, unit: Unit) -> Vec<Place> {
        let f = &self.fields;
        let stems = |field, breaks, weight| Place { field, kind: Kind::Stems, breaks, weight, normed: true, lead: false };
        let names = |field, weight| {
            let kind = Kind::Names { second: self.second };
            Place { field, kind, breaks: None, weight, normed: false, lead: false }
        };
        match (field, unit) {
            (Field::Any, Unit::Articles) => {
                vec![stems(f.body, Some(f.breaks), 1.0), stems(f.title, None, TITLE), names(f.names, NAMES)]
            }
            (Field::Any, Unit::Quotes) => vec![stems(f.said, None, 1.0), stems(f.context, None, CONTEXT)],
            (Field::Title, _) => vec![stems(f.title, None, 1.0)],
            (Field::Lead, _) => vec![Place { lead: true, normed: false, ..stems(f.body, Some(f.breaks), 1.0) }],
            (Field::Body, _) => vec![stems(f.body, Some(f.breaks), 1.0)],
            (Field::Said, _) => vec![stems(f.said, None, 1.0)],
            (Field::Speaker, _) => vec![names(f.speaker, 1.0)],
            (Field::Person, _) => vec![names(f.person, 1.0)],
            (Field::Org, _) => vec![names(f.org, 1.0)],
            (Field::Place, _) => vec![names(f.place, 1.0)],
            (Field::Source, _) => vec![names(f.source, 1.0)],
            (Field::Author, _) => vec![names(f.author, 1.0)],
            (Field::Section, _) => vec![names(f.section, 1.0)],
        }
    }
}

fn constant(query: Box<dyn Query>) -> Box<dyn Query> {
    Box::new(ConstScoreQuery::new(query, 0.0))
}

fn both(a: Box<dyn Query>, b: Box<dyn Query>) -> Box<dyn Query> {
    Box::new(BooleanQuery::intersection(vec![a, b]))
}
