//! Filters beside a query: the same one given twice means either, different ones mean both.

use super::ast::{DateRange, Field, How, Node, Reach};
use super::dates;
use super::syntax::{Reading, confidence, kind_of_speaker, parse, pattern};
use super::words::words;
use crate::annotation::QuoteKind;
use crate::lexicon::titles::without_titles;
use crate::span::Span;

/// What hits must have, each in the words of whoever asks.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Filters {
    /// Who says a quote.
    #[serde(skip_serializing_if = "Vec::is_empty", with = "one_or_many")]
    pub speaker: Vec<String>,
    /// Words of a quote.
    #[serde(skip_serializing_if = "Vec::is_empty", with = "one_or_many")]
    pub said: Vec<String>,
    /// The kind of quote.
    #[serde(skip_serializing_if = "Vec::is_empty", with = "one_or_many")]
    pub kind: Vec<String>,
    /// How sure a quote's attribution must be, 0 to 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_confidence: Option<String>,
    /// People named.
    #[serde(skip_serializing_if = "Vec::is_empty", with = "one_or_many")]
    pub person: Vec<String>,
    /// Places named, or what they lie in.
    #[serde(skip_serializing_if = "Vec::is_empty", with = "one_or_many")]
    pub place: Vec<String>,
    /// Organizations named.
    #[serde(skip_serializing_if = "Vec::is_empty", with = "one_or_many")]
    pub org: Vec<String>,
    /// Outlets.
    #[serde(skip_serializing_if = "Vec::is_empty", with = "one_or_many")]
    pub source: Vec<String>,
    /// Sections.
    #[serde(skip_serializing_if = "Vec::is_empty", with = "one_or_many")]
    pub section: Vec<String>,
    /// Writers.
    #[serde(skip_serializing_if = "Vec::is_empty", with = "one_or_many")]
    pub author: Vec<String>,
    /// Languages, as codes.
    #[serde(skip_serializing_if = "Vec::is_empty", with = "one_or_many")]
    pub lang: Vec<String>,
    /// Copies of what agencies wrote are left out.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub no_wire: bool,
    /// The first day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<String>,
    /// The last day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
}

/// A filter that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("--{flag}: {reason}")]
pub struct FilterError {
    /// The name of the filter.
    pub flag: &'static str,
    /// What is wrong with it, and what to write instead.
    pub reason: String,
}

impl Filters {
    /// These filters, and of `other` each that is not among them.
    #[must_use]
    pub fn or(self, other: &Self) -> Self {
        let many = |own: Vec<String>, others: &Vec<String>| if own.is_empty() { others.clone() } else { own };
        Self {
            speaker: many(self.speaker, &other.speaker),
            said: many(self.said, &other.said),
            kind: many(self.kind, &other.kind),
            min_confidence: self.min_confidence.or_else(|| other.min_confidence.clone()),
            person: many(self.person, &other.person),
            place: many(self.place, &other.place),
            org: many(self.org, &other.org),
            source: many(self.source, &other.source),
            section: many(self.section, &other.section),
            author: many(self.author, &other.author),
            lang: many(self.lang, &other.lang),
            no_wire: self.no_wire || other.no_wire,
            since: self.since.or_else(|| other.since.clone()),
            until: self.until.or_else(|| other.until.clone()),
        }
    }

    /// The tree that hits must match beside the query.
    ///
    /// # Errors
    /// When a date is none, a kind is unknown, or a filter has nothing to look for.
    pub fn node(&self) -> Result<Node, FilterError> {
        let mut all = Vec::new();
        either(&mut all, "speaker", &self.speaker, |text| match kind_of_speaker(text) {
            Some(kind) => Ok(Node::SpeakerType(kind)),
            None => name(Field::Speaker, text),
        })?;
        either(&mut all, "said", &self.said, |text| {
            let reading = Reading { any: false, field: Some(Field::Said) };
            let node = parse(text, reading).map_err(|e| e.text)?.node;
            if node == Node::All { Err(nothing(text)) } else { Ok(node) }
        })?;
        either(&mut all, "kind", &self.kind, |text| match text.to_lowercase().as_str() {
            "direct" => Ok(Node::Kind(QuoteKind::Direct)),
            "mixed" => Ok(Node::Kind(QuoteKind::Mixed)),
            "indirect" => Ok(Node::Kind(QuoteKind::Indirect)),
            _ => Err("a quote is direct, mixed or indirect".to_owned()),
        })?;
        if let Some(text) = &self.min_confidence {
            let reason = || format!("{text:?} is no number from 0 to 1");
            let least = confidence(text).ok_or_else(|| FilterError { flag: "min-confidence", reason: reason() })?;
            all.push(Node::Confidence(least));
        }
        for (flag, values, field) in [
            ("person", &self.person, Field::Person),
            ("place", &self.place, Field::Place),
            ("org", &self.org, Field::Org),
            ("source", &self.source, Field::Source),
            ("section", &self.section, Field::Section),
            ("author", &self.author, Field::Author),
        ] {
            either(&mut all, flag, values, |text| name(field, text))?;
        }
        either(&mut all, "lang", &self.lang, |text| Ok(Node::Language(text.to_lowercase())))?;
        if self.no_wire {
            all.push(Node::Not(Box::new(Node::Wire)));
        }
        let mut range = DateRange::default();
        if let Some(text) = &self.since {
            range.from = dates::since(text).map_err(|reason| FilterError { flag: "since", reason })?.from;
        }
        if let Some(text) = &self.until {
            range.to = dates::until(text).map_err(|reason| FilterError { flag: "until", reason })?.to;
        }
        if range != DateRange::default() {
            all.push(Node::Date(range));
        }
        Ok(Node::and(all))
    }
}

fn either(
    all: &mut Vec<Node>,
    flag: &'static str,
    values: &[String],
    read: impl Fn(&str) -> Result<Node, String>,
) -> Result<(), FilterError> {
    let mut parts = Vec::new();
    // words said are read as a query; a name has no operator but OR
    let one = |value: &'_ str| if flag == "said" { vec![value.to_owned()] } else { value.split(" OR ").map(str::to_owned).collect() };
    for value in values.iter().flat_map(|value| one(value)) {
        parts.push(read(value.trim()).map_err(|reason| FilterError { flag, reason })?);
    }
    if !parts.is_empty() {
        // what a flag asks of quotes' words ranks too; names only filter
        let node = Node::or(parts);
        all.push(if flag == "said" { node } else { Node::Filter(Box::new(node)) });
    }
    Ok(())
}

fn nothing(text: &str) -> String {
    format!("{text:?} has no word to look for")
}

/// All words of a name, in any order, within one name; a person's without titles.
fn name(field: Field, text: &str) -> Result<Node, String> {
    const WITHIN: u32 = 20;
    let text = if matches!(field, Field::Speaker | Field::Person) { without_titles(text) } else { text };
    let how = if text.ends_with('*') { How::Prefix } else { How::Word };
    let forms = words(text).into_iter().map(|w| w.form).collect();
    let pattern = pattern(forms, how, Reach::Words(WITHIN)).ok_or_else(|| nothing(text))?;
    Ok(Node::Find { field, pattern, span: Span::default() })
}

/// Lists that may be written as one string.
mod one_or_many {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    #[derive(Deserialize)]
    #[serde(untagged)]
    enum OneOrMany {
        One(String),
        Many(Vec<String>),
    }

    pub fn serialize<S: Serializer>(values: &[String], serializer: S) -> Result<S::Ok, S::Error> {
        values.serialize(serializer)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
        Ok(match OneOrMany::deserialize(deserializer)? {
            OneOrMany::One(value) => vec![value],
            OneOrMany::Many(values) => values,
        })
    }
}
