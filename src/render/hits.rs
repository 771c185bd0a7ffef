//! Hits as the JSON that is documented, the one form that all output formats start from.

use serde_json::{Map, Value, json};

use crate::annotation::{Quote, Record};
use crate::engine::Copy;
use crate::query::arrange::Unit;
use crate::query::snippet::Snippet;
use crate::span::Span;

/// A hit: its fields in the order they are printed.
pub type Fields = Map<String, Value>;

/// What is said of a hit beside its record.
#[derive(Clone, Debug, Default)]
pub struct Place {
    /// Its number among all hits, from 1.
    pub rank: usize,
    /// How well it matches.
    pub score: f32,
    /// The query of a batch that it answers.
    pub query_id: Option<Value>,
    /// Copies of the article elsewhere.
    pub also: Vec<Copy>,
    /// How the score came about, as JSON.
    pub explanation: Option<String>,
}

fn head(place: &Place, record: &Record) -> Fields {
    let article = &record.article;
    let mut fields = Map::new();
    if let Some(id) = &place.query_id {
        fields.insert("query_id".into(), id.clone());
    }
    fields.insert("rank".into(), place.rank.into());
    fields.insert("score".into(), json!((f64::from(place.score) * 1e4).round() / 1e4));
    fields.insert("id".into(), article.id.clone().into());
    fields.insert("title".into(), article.title.clone().into());
    fields.insert("date".into(), article.date.as_ref().map(|d| d.as_str().to_owned()).into());
    fields.insert("source".into(), article.source.clone().into());
    fields
}

fn explained(mut fields: Fields, place: &Place) -> Fields {
    fields.insert("also".into(), json!(place.also));
    if let Some(explanation) = place.explanation.as_ref().and_then(|e| serde_json::from_str(e).ok()) {
        fields.insert("explanation".into(), explanation);
    }
    fields
}

/// An article that matches, with the quotes of it that do.
#[must_use]
pub fn article(place: &Place, record: &Record, snippets: &[Snippet], quotes: &[usize]) -> Fields {
    let mut fields = head(place, record);
    let article = &record.article;
    fields.insert("authors".into(), json!(article.authors));
    fields.insert("url".into(), json!(article.url));
    fields.insert("path".into(), json!(article.path));
    fields.insert("snippets".into(), json!(snippets));
    let quotes: Vec<&Quote> = quotes.iter().filter_map(|&q| record.annotations.quotes.get(q)).collect();
    fields.insert("quotes".into(), json!(quotes));
    explained(fields, place)
}

/// A quote that matches, with what its article says of itself.
#[must_use]
pub fn quote(place: &Place, record: &Record, quote: &Quote, context: &str, highlights: &[Span]) -> Fields {
    let mut fields = head(place, record);
    let article = &record.article;
    fields.insert("url".into(), json!(article.url));
    fields.insert("path".into(), json!(article.path));
    if let Value::Object(own) = json!(quote) {
        fields.extend(own);
    }
    fields.insert("context".into(), context.replace(['\n', '\r', '\t'], " ").into());
    fields.insert("highlights".into(), highlights.iter().map(|s| json!([s.start, s.end])).collect::<Vec<_>>().into());
    explained(fields, place)
}

/// What a hit can have, by name.
#[must_use]
pub fn names(unit: Unit) -> Vec<&'static str> {
    let of_article: &[&str] = &["authors", "snippets", "quotes"];
    let of_quote: &[&str] = &["text", "kind", "segments", "speaker", "cue", "rule", "confidence", "context", "highlights"];
    let own = if unit == Unit::Articles { of_article } else { of_quote };
    let all = ["query_id", "rank", "score", "id", "title", "date", "source", "url", "path", "also", "explanation"];
    all.into_iter().chain(own.iter().copied()).collect()
}

/// The fields that were asked for, in that order; `speaker.name` reaches into an object, `snippets.text` into each of a list.
#[must_use]
pub fn chosen(fields: Fields, names: &[String]) -> Fields {
    if names.is_empty() {
        return fields;
    }
    names.iter().map(|name| (name.clone(), lookup(&fields, name).unwrap_or(Value::Null))).collect()
}

/// The value at `name`; behind a list, the values in each of it.
#[must_use]
pub fn lookup(fields: &Fields, name: &str) -> Option<Value> {
    match name.split_once('.') {
        Some((head, rest)) => within(fields.get(head)?, rest),
        None => fields.get(name).cloned(),
    }
}

fn within(value: &Value, name: &str) -> Option<Value> {
    match value {
        Value::Array(all) => Some(all.iter().filter_map(|one| within(one, name)).collect()),
        Value::Object(fields) => lookup(fields, name),
        _ => None,
    }
}
