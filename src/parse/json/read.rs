//! The streaming of JSON: finds out whether a file is JSON Lines or one document, and walks a document without holding it.

use std::borrow::Cow;
use std::cell::Cell;
use std::fmt;
use std::io::{self, BufRead, Read};
use std::ops::ControlFlow;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use super::{DEPTH, RECORD_LIMIT, Records, reason, record, too_long};
use crate::parse::Sink;
use crate::parse::fields::Field;
use crate::read::budget::Budget;
use crate::read::decode::Utf8Reader;
use crate::read::lines::{self, Line};

/// Reads the file: its first line decides what it is.
pub(super) fn stream(input: &mut dyn BufRead, records: &mut Records<'_>, sink: &mut Sink<'_>) -> ControlFlow<()> {
    let mut first = Vec::new();
    if let Err(error) = (&mut *input).take(RECORD_LIMIT as u64).read_until(b'\n', &mut first) {
        return sink(Err(super::unreadable(records.origin, first.len(), &error)));
    }
    let line = first.trim_ascii();
    let line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line).trim_ascii();
    let ended = first.ends_with(b"\n") || first.len() < RECORD_LIMIT;
    let lines = ended
        && records.feed.is_none()
        && line.first() == Some(&b'{')
        && (serde_json::from_slice::<IgnoredAny>(line.strip_suffix(b",").unwrap_or(line)).is_ok()
            // A broken line of many, not the beginning of something longer.
            || line.last() == Some(&b'}') && line.len() > 2);
    if lines {
        let more = input.fill_buf().is_ok_and(|rest| !rest.trim_ascii().is_empty());
        if more {
            records.line(&first, 1, sink)?;
            return records.lines(input, 1, sink);
        }
        // One object on one line is one article, whatever the file is called, unless it says lines.
        let many = records.origin.below.contains(".jsonl") || records.origin.below.contains(".ndjson");
        if let Ok((value, note)) = super::value(line) {
            if let Some(note) = note {
                sink(Err(records.origin.doubt_at("line 1", note)))?;
            }
            return records.value(value, "line 1", many, DEPTH, sink);
        }
        return records.line(&first, 1, sink);
    }
    document(first, ended, input, records, sink)
}

/// One document, or several one after the other, each over as many lines as it likes.
fn document(first: Vec<u8>, ended: bool, input: &mut dyn BufRead, records: &mut Records<'_>, sink: &mut Sink<'_>) -> ControlFlow<()> {
    let budget = Cell::new(0);
    let mut rest = io::Cursor::new(first).chain(&mut *input);
    let mut reader = Utf8Reader::new(Budget::new(&mut rest, &budget, RECORD_LIMIT), encoding_rs::UTF_8);
    let (flow, error) = {
        let mut json = serde_json::Deserializer::from_reader(&mut reader);
        loop {
            budget.set(0);
            let mut walk = Walk {
                records: &mut *records,
                sink: &mut *sink,
                budget: &budget,
                depth: DEPTH,
                name: None,
                flow: ControlFlow::Continue(()),
            };
            let result = (&mut walk).deserialize(&mut json);
            let flow = walk.flow;
            match result {
                _ if flow.is_break() => return flow,
                Err(error) => break (flow, Some(error)),
                Ok(None) => {}
                Ok(Some(_)) if records.feed.is_some() => sink(Err(records.origin.refuse("a feed without items")))?,
                Ok(Some(value)) => {
                    let position = format!("record {}", records.count + 1);
                    records.value(value, &position, false, DEPTH, sink)?;
                }
            }
            // Another document may follow.
            match json.end() {
                Ok(()) => break (ControlFlow::Continue(()), None),
                Err(error) if error.is_io() || error.is_eof() => break (ControlFlow::Continue(()), Some(error)),
                Err(_) => {}
            }
        }
    };
    flow?;
    let Some(error) = error else { return ControlFlow::Continue(()) };
    if budget.get() >= RECORD_LIMIT && error.is_io() {
        records.count += 1;
        sink(Err(records.origin.refuse_at(format!("record {}", records.count), too_long(budget.get() as u64))))?;
        if !ended {
            // A first line beyond all measure; what follows may still be lines.
            let mut line = Vec::new();
            let mut past = |input: &mut dyn BufRead| lines::next(input, 0, &mut line);
            return match past(&mut rest) {
                Ok(_) => records.lines(&mut rest, 1, sink),
                Err(error) => sink(Err(records.origin.refuse(error.to_string()))),
            };
        }
        return ControlFlow::Continue(());
    }
    let position = format!("line {}", error.line().max(1));
    if error.is_io() {
        return sink(Err(records.origin.refuse_at(position, error.to_string())));
    }
    sink(Err(records.origin.refuse_at(position, format!("not JSON: {}", reason(&error)))))?;
    if error.is_eof() { ControlFlow::Continue(()) } else { whole_lines(&mut reader, error.line(), &budget, records, sink) }
}

/// Behind a fault, where nothing says how deep one is, only what is an object on one line can be read.
fn whole_lines(
    input: &mut dyn BufRead,
    mut number: usize,
    budget: &Cell<usize>,
    records: &mut Records<'_>,
    sink: &mut Sink<'_>,
) -> ControlFlow<()> {
    let mut line = Vec::new();
    // The rest of the faulty line.
    budget.set(0);
    let mut found = lines::next(input, RECORD_LIMIT, &mut line);
    while found.is_ok_and(|found| found != Line::End) {
        number += 1;
        budget.set(0);
        found = lines::next(input, RECORD_LIMIT, &mut line);
        let text = line.trim_ascii();
        let text = text.strip_suffix(b"]").map_or(text, <[u8]>::trim_ascii_end);
        let text = text.strip_suffix(b",").unwrap_or(text);
        if text.starts_with(b"{\"")
            && let Ok((value, _)) = super::value(text)
        {
            records.value(value, &format!("line {number}"), true, DEPTH, sink)?;
        }
    }
    ControlFlow::Continue(())
}

/// Arrays under these names hold articles, which are taken out one at a time; under others only once the object is whole.
const LISTS: &[&str] = &[
    "articles",
    "items",
    "item",
    "results",
    "docs",
    "documents",
    "stories",
    "hits",
    "data",
    "records",
    "rows",
    "entries",
    "news",
    "posts",
    "@graph",
    "response",
    "result",
    "feed",
    "list",
];

/// Walks a value, hands out the articles of its lists and gives back what it was else.
struct Walk<'a, 'b, 'r> {
    records: &'a mut Records<'r>,
    sink: &'a mut Sink<'b>,
    budget: &'a Cell<usize>,
    depth: usize,
    /// The key under which the value stands.
    name: Option<String>,
    flow: ControlFlow<()>,
}

impl<'de> DeserializeSeed<'de> for &mut Walk<'_, '_, '_> {
    type Value = Option<Value>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for &mut Walk<'_, '_, '_> {
    type Value = Option<Value>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("JSON")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let top = self.name.is_none();
        // What is no article, until it is known whether its list is one of articles.
        let mut kept = Vec::new();
        let mut taken = false;
        loop {
            // What is kept counts against the record that it is of.
            if kept.is_empty() {
                self.budget.set(0);
            }
            let Some(value) = list.next_element::<Value>()? else { break };
            let position = format!("record {}", self.records.count + 1);
            self.flow = match value {
                Value::Object(object) if !top => match self.records.read(object) {
                    record::Read::Article(article, notes) => {
                        taken = true;
                        self.records.article(*article, notes, &position, true, self.sink)
                    }
                    record::Read::None(reason) => {
                        taken = true;
                        self.records.none(&reason, &position, self.sink)
                    }
                    record::Read::Other(object) if taken => self.records.other(object, &position, DEPTH, self.sink),
                    record::Read::Other(object) => {
                        kept.push(Value::Object(object));
                        continue;
                    }
                },
                value if top || taken => self.records.value(value, &position, true, DEPTH, self.sink),
                value => {
                    kept.push(value);
                    continue;
                }
            };
            if self.flow.is_break() {
                // The only way to stop a deserializer; the flow says that it is no fault.
                return Err(serde::de::Error::custom("stopped"));
            }
        }
        // A graph of linked data holds the page and its publisher beside the article.
        if taken && self.name.as_deref() != Some("@graph") {
            for value in kept.drain(..) {
                let position = format!("record {}", self.records.count + 1);
                self.flow = self.records.value(value, &position, true, DEPTH, self.sink);
                if self.flow.is_break() {
                    return Err(serde::de::Error::custom("stopped"));
                }
            }
        }
        // A list out of which articles came is no value any more.
        Ok(if top || taken { None } else { Some(Value::Array(kept)) })
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut object = Map::new();
        let mut has_body = false;
        let mut taken = false;
        while let Some(key) = map.next_key::<String>()? {
            let is_body = matches!(self.records.fields.find(&key), Some((Field::Body, _)));
            if !has_body && self.depth > 0 && LISTS.contains(&key.as_str()) {
                let before = self.records.count;
                if let Some(about) = self.records.feed.as_mut().filter(|_| self.name.is_none()) {
                    about.clone_from(&object);
                }
                let mut inner = Walk {
                    records: &mut *self.records,
                    sink: &mut *self.sink,
                    budget: self.budget,
                    depth: self.depth - 1,
                    name: Some(key.clone()),
                    flow: ControlFlow::Continue(()),
                };
                let value = map.next_value_seed(&mut inner);
                self.flow = inner.flow;
                taken |= self.records.count > before;
                if let Some(value) = value? {
                    has_body |= is_body && value.is_string();
                    object.insert(key, value);
                }
            } else {
                let value: Value = map.next_value()?;
                has_body |= is_body && value.is_string();
                object.insert(key, value);
            }
        }
        // What is left of an answer whose articles are out is its status and its counts.
        let rest = taken && !has_body;
        Ok(if rest { None } else { Some(Value::Object(object)) })
    }

    fn visit_bool<E>(self, value: bool) -> Result<Self::Value, E> {
        Ok(Some(Value::Bool(value)))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Self::Value, E> {
        Ok(Some(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Self::Value, E> {
        Ok(Some(value.into()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Self::Value, E> {
        Ok(Some(value.into()))
    }

    fn visit_str<E>(self, value: &str) -> Result<Self::Value, E> {
        Ok(Some(Value::String(value.to_owned())))
    }

    fn visit_string<E>(self, value: String) -> Result<Self::Value, E> {
        Ok(Some(Value::String(value)))
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Some(Value::Null))
    }
}

/// JSON as programs in Python print it: NaN and Infinity are made null, halves of a character U+FFFD.
pub(super) fn mended(text: &str) -> (Cow<'_, str>, Option<&'static str>) {
    let mut out = String::with_capacity(text.len());
    let (mut in_string, mut at, mut copied, mut note) = (false, 0, 0, None);
    let bytes = text.as_bytes();
    while at < bytes.len() {
        let rest = &bytes[at..];
        let (length, instead) = match bytes[at] {
            b'"' => {
                in_string = !in_string;
                (1, None)
            }
            b'\\' if in_string && is_half(rest, 0xd800..=0xdbff) && is_half(rest.get(6..).unwrap_or(b""), 0xdc00..=0xdfff) => (12, None),
            b'\\' if in_string && is_half(rest, 0xd800..=0xdfff) => (6, Some("\\ufffd")),
            b'\\' if in_string => (2, None),
            b'N' if !in_string && rest.starts_with(b"NaN") => (3, Some("null")),
            b'I' if !in_string && rest.starts_with(b"Infinity") => (8, Some("null")),
            b'-' if !in_string && rest.starts_with(b"-Infinity") => (9, Some("null")),
            _ => (1, None),
        };
        if let Some(instead) = instead {
            out.push_str(&text[copied..at]);
            out.push_str(instead);
            copied = at + length;
            note = note.or(Some(if instead == "null" { "NaN is no JSON: read as null" } else { "half a character: shown as \u{fffd}" }));
        }
        at += length;
    }
    if note.is_none() {
        return (Cow::Borrowed(text), None);
    }
    out.push_str(&text[copied..]);
    (Cow::Owned(out), note)
}

/// Whether `bytes` begins with an escape (`\ud83d`) of a unit in `range`.
fn is_half(bytes: &[u8], range: std::ops::RangeInclusive<u32>) -> bool {
    let digits = bytes.strip_prefix(b"\\u").and_then(|rest| rest.get(..4)).and_then(|four| std::str::from_utf8(four).ok());
    digits.and_then(|four| u32::from_str_radix(four, 16).ok()).is_some_and(|unit| range.contains(&unit))
}
