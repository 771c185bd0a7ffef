//! The JSON Schema (draft 2020-12) of everything that is printed as JSON. Fields may be added; those that stand here stay.

use serde_json::{Value, json};

use crate::annotation::SCHEMA_VERSION;

/// What is printed as JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Document {
    /// An article with what was found in it.
    Record,
    /// The hits of `query` as one object.
    Query,
    /// The hits of `quotes` as one object.
    Quotes,
    /// An article that matches.
    ArticleHit,
    /// A quote that matches.
    QuoteHit,
    /// Groups of near-identical quotes.
    Same,
    /// One such group.
    Group,
    /// Counts of values.
    Top,
    /// One such count.
    Value,
    /// Counts over time.
    Timeline,
    /// The count of one step of time.
    Step,
    /// A number of hits.
    Count,
    /// What an index holds.
    Status,
    /// What changed in an article.
    History,
}

/// The schema of `document`.
#[must_use]
pub fn of(document: Document) -> Value {
    let version = json!({"const": SCHEMA_VERSION});
    let list = |of: &str| json!({"type": "array", "items": {"$ref": format!("#/$defs/{of}")}});
    let hits = |of: &str| {
        object(&[
            ("schema_version", version.clone()),
            ("total", json!({"$ref": "#/$defs/count"})),
            ("hits", list(of)),
            ("facets", json!({"type": "object", "additionalProperties": list("value")})),
        ])
    };
    let mut schema = match document {
        Document::Record => record(&version),
        Document::Query => hits("article_hit"),
        Document::Quotes => hits("quote_hit"),
        Document::ArticleHit => json!({"$ref": "#/$defs/article_hit"}),
        Document::QuoteHit => json!({"$ref": "#/$defs/quote_hit"}),
        Document::Group => json!({"$ref": "#/$defs/group"}),
        Document::Value => json!({"$ref": "#/$defs/value"}),
        Document::Step => json!({"$ref": "#/$defs/step"}),
        Document::Status => status(&version),
        Document::History => object(&[
            ("schema_version", version.clone()),
            ("id", text()),
            ("versions", json!({"$ref": "#/$defs/count"})),
            ("revisions", list("revision")),
        ]),
        Document::Same => {
            object(&[("schema_version", version.clone()), ("total", json!({"$ref": "#/$defs/count"})), ("groups", list("group"))])
        }
        Document::Top => object(&[
            ("schema_version", version.clone()),
            ("what", json!({"type": "string"})),
            ("total", json!({"$ref": "#/$defs/count"})),
            ("distinct", json!({"$ref": "#/$defs/count"})),
            ("values", list("value")),
        ]),
        Document::Timeline => object(&[
            ("schema_version", version.clone()),
            ("unit", json!({"enum": ["articles", "quotes"]})),
            ("by", json!({"enum": ["day", "week", "month", "year"]})),
            ("total", json!({"$ref": "#/$defs/count"})),
            ("undated", json!({"$ref": "#/$defs/count"})),
            ("steps", list("step")),
        ]),
        Document::Count => object(&[("schema_version", version.clone()), ("total", json!({"$ref": "#/$defs/count"}))]),
    };
    schema["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
    schema["$defs"] = definitions();
    schema
}

/// An object whose fields must all be there; others may be.
fn object(fields: &[(&str, Value)]) -> Value {
    optional(fields, &[])
}

/// An object with fields that must be there and fields that may.
fn optional(fields: &[(&str, Value)], more: &[(&str, Value)]) -> Value {
    let properties: serde_json::Map<String, Value> =
        fields.iter().chain(more).map(|(name, schema)| ((*name).to_owned(), schema.clone())).collect();
    let required: Vec<&str> = fields.iter().map(|(name, _)| *name).collect();
    json!({"type": "object", "properties": properties, "required": required})
}

fn text() -> Value {
    json!({"type": "string"})
}

fn maybe_text() -> Value {
    json!({"type": ["string", "null"]})
}

fn record(version: &Value) -> Value {
    let list = |of: &str| json!({"type": "array", "items": {"$ref": format!("#/$defs/{of}")}});
    let fields = [
        ("schema_version", version.clone()),
        ("id", text()),
        ("path", text()),
        ("title", text()),
        ("body", text()),
        ("date", json!({"$ref": "#/$defs/date"})),
        ("source", maybe_text()),
        ("authors", json!({"type": "array", "items": text()})),
        ("url", maybe_text()),
        ("section", maybe_text()),
        ("language", maybe_text()),
        ("people", list("entity")),
        ("organizations", list("entity")),
        ("locations", list("location")),
        ("quotes", list("quote")),
    ];
    optional(&fields, &[("modified", json!({"type": "string", "description": "RFC 3339"}))])
}

fn status(version: &Value) -> Value {
    let count = || json!({"$ref": "#/$defs/count"});
    let outlet = json!({"type": "array", "prefixItems": [text(), count()], "minItems": 2, "maxItems": 2});
    object(&[
        ("schema_version", version.clone()),
        ("path", maybe_text()),
        ("articles", count()),
        ("quotes", count()),
        ("bytes", count()),
        ("segments", count()),
        ("oldest", json!({"$ref": "#/$defs/date"})),
        ("newest", json!({"$ref": "#/$defs/date"})),
        ("sources", json!({"type": "array", "items": outlet})),
        ("versions", object(&[("index", count()), ("analyzer", count()), ("annotator", count())])),
    ])
}

/// What changed from one version of an article to the next.
fn revision() -> Value {
    let altered = object(&[("before", text()), ("after", text())]);
    let texts = json!({"type": "array", "items": text()});
    let alone = |change: &str| object(&[("change", json!({"const": change})), ("text", text()), ("speaker", maybe_text())]);
    let speakers = json!({"type": "array", "items": maybe_text(), "minItems": 2, "maxItems": 2});
    let both = object(&[("change", json!({"const": "altered"})), ("text", altered.clone()), ("speaker", speakers)]);
    object(&[
        ("from", json!({"$ref": "#/$defs/date"})),
        ("to", json!({"$ref": "#/$defs/date"})),
        ("quotes", json!({"type": "array", "items": {"anyOf": [alone("added"), alone("removed"), both]}})),
        ("title", json!({"anyOf": [{"type": "null"}, altered]})),
        ("paragraphs_added", texts.clone()),
        ("paragraphs_removed", texts),
    ])
}

fn definitions() -> Value {
    let list = |of: &str| json!({"type": "array", "items": {"$ref": format!("#/$defs/{of}")}});
    let this = |of: &str| json!({"$ref": format!("#/$defs/{of}")});
    let offset = json!({"type": "integer", "minimum": 0});
    let pair = json!({"type": "array", "items": offset, "minItems": 2, "maxItems": 2});
    let pairs = json!({"type": "array", "items": pair});
    let share = json!({"type": "number", "minimum": 0, "maximum": 1});
    let zone = [("in", json!({"const": "title"}))];
    let quote = [
        ("text", text()),
        ("kind", json!({"enum": ["direct", "mixed", "indirect"]})),
        ("segments", list("segment")),
        ("speaker", this("speaker")),
        ("cue", json!({"anyOf": [{"type": "null"}, this("mention")]})),
        ("rule", text()),
        ("confidence", share.clone()),
    ];
    let head = [
        ("rank", json!({"type": "integer", "minimum": 1})),
        ("score", json!({"type": "number"})),
        ("id", text()),
        ("title", text()),
        ("date", this("date")),
        ("source", maybe_text()),
        ("url", maybe_text()),
        ("path", text()),
    ];
    let beside = [("query_id", json!(true)), ("explanation", json!({"type": "object"})), ("also", list("copy"))];
    let of_article = [("authors", json!({"type": "array", "items": text()})), ("snippets", list("snippet")), ("quotes", list("quote"))];
    let of_quote = [("context", text()), ("highlights", pairs.clone())];
    json!({
        "count": {"type": "integer", "minimum": 0},
        "date": {"type": ["string", "null"], "description": "RFC 3339"},
        "mention": optional(&[("start", offset.clone()), ("end", offset.clone()), ("text", text())], &zone),
        "segment": optional(&[("start", offset.clone()), ("end", offset.clone())], &zone),
        "entity": object(&[
            ("name", text()),
            ("aliases", json!({"type": "array", "items": text()})),
            ("roles", json!({"type": "array", "items": text()})),
            ("mentions", list("mention")),
        ]),
        "location": object(&[
            ("name", text()),
            ("within", json!({"type": "array", "items": text()})),
            ("country", maybe_text()),
            ("latitude", json!({"type": ["number", "null"]})),
            ("longitude", json!({"type": ["number", "null"]})),
            ("mentions", list("mention")),
        ]),
        "speaker": object(&[
            ("name", maybe_text()),
            ("type", json!({"enum": ["person", "organization", "unnamed", "author", "unknown"]})),
            ("mention", json!({"anyOf": [{"type": "null"}, this("mention")]})),
        ]),
        "copy": object(&[
            ("id", text()), ("title", text()), ("date", this("date")), ("source", maybe_text()), ("url", maybe_text()),
        ]),
        "quote": object(&quote),
        "snippet": object(&[("field", json!({"enum": ["title", "body"]})), ("text", text()), ("highlights", pairs.clone())]),
        "article_hit": optional(&[&head[..], &of_article].concat(), &beside),
        "quote_hit": optional(&[&head[..], &quote, &of_quote].concat(), &beside),
        "group": object(&[
            ("text", text()),
            ("count", this("count")),
            ("sources", json!({"type": "array", "items": text()})),
            ("speakers", json!({"type": "array", "items": text()})),
            ("quotes", json!({"type": "array", "items": object(&[
                ("id", text()), ("title", text()), ("date", this("date")), ("source", maybe_text()), ("url", maybe_text()),
                ("text", text()), ("kind", json!({"enum": ["direct", "mixed", "indirect"]})), ("speaker", this("speaker")),
                ("differences", pairs)])})),
        ]),
        "value": optional(
            &[("value", text()), ("count", this("count")), ("share", share.clone())],
            &[("also", json!({"type": "array", "items": object(&[("name", text()), ("count", this("count")), ("share", share)])}))],
        ),
        "revision": revision(),
        "step": optional(
            &[("date", text()), ("count", this("count"))],
            &[("split", json!({"type": "object", "additionalProperties": this("count")}))],
        ),
    })
}
