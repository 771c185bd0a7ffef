//! One JSON object to an article, whatever its fields are called.

use serde_json::{Map, Value};

use super::given;
use crate::article::Article;
use crate::parse::fields::{Field, Fields};
use crate::parse::{byline, dates, language, markup, ninjs};

/// What an object is.
pub(crate) enum Read {
    /// An article, with what is doubtful about it.
    Article(Box<Article>, Vec<String>),
    /// An item of an agency that is no article, and why.
    None(String),
    /// No article; it may hold some.
    Other(Map<String, Value>),
}

/// Reads an object. It is an article when something in it is a text.
pub(crate) fn read(mut object: Map<String, Value>, fields: &Fields) -> Read {
    if ninjs::is_ninjs(&object) {
        return match ninjs::article(&object) {
            Ok(article) => Read::Article(Box::new(article), Vec::new()),
            Err(reason) => Read::None(reason),
        };
    }
    lift(&mut object, fields);
    let candidates = candidates(&object, fields);
    let Some((body, note)) = body(&mut object, &candidates, fields) else { return Read::Other(object) };
    let mut notes: Vec<String> = note.into_iter().collect();
    let find = |field| first(&object, &candidates, field);
    // What dictum printed comes back as it was.
    let own = object.contains_key("schema_version");
    let mut article = Article {
        id: find(Field::Id).and_then(plain).unwrap_or_default(),
        path: if own { find(Field::Path).and_then(plain).unwrap_or_default() } else { String::new() },
        title: find(Field::Title).and_then(plain).unwrap_or_default(),
        body,
        source: each(&object, &candidates, Field::Source).find_map(outlet),
        authors: find(Field::Authors).map(|value| authors(value, own)).unwrap_or_default(),
        url: each(&object, &candidates, Field::Url).find_map(url),
        section: find(Field::Section).and_then(plain),
        language: find(Field::Language).and_then(plain).and_then(|name| language::code(&name)),
        ..Article::default()
    };
    if article.url.is_none() && article.id.starts_with("http") {
        article.url = url(&Value::String(article.id.clone()));
    }
    let changed: Vec<&Value> = each(&object, &candidates, Field::Modified).collect();
    let stated: Vec<&Value> = each(&object, &candidates, Field::Date).chain(changed.iter().copied()).collect();
    article.date = stated.iter().find_map(|value| date(value));
    article.modified = changed.iter().find_map(|value| date(value));
    if article.date.is_none()
        && let Some(text) = stated.iter().find_map(|value| plain(value))
    {
        notes.push(format!("{:?} is no date that dictum can read: left out", shortened(&text)));
    }
    let mut brought = crate::article::Given::default();
    for value in find(Field::People).into_iter() {
        brought.people = given::entities(value, &article);
    }
    for value in find(Field::Organizations).into_iter() {
        brought.organizations = given::entities(value, &article);
    }
    for value in find(Field::Locations).into_iter() {
        brought.locations = given::locations(value, &article);
    }
    for value in find(Field::Quotes).into_iter() {
        brought.quotes = given::quotes(value, &article, &brought);
    }
    article.given = brought;
    Read::Article(Box::new(article), notes)
}

/// A key of the object, the field that it means, and how surely; the surest first.
type Candidates = Vec<(Field, usize, String)>;

fn candidates(object: &Map<String, Value>, fields: &Fields) -> Candidates {
    let mut found: Candidates = Vec::new();
    for (key, value) in object {
        if let Some((field, rank)) = fields.find(key)
            && usable(value)
        {
            found.push((field, rank, key.clone()));
        }
    }
    found.sort_by_key(|(_, rank, _)| *rank);
    found
}

fn usable(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(_) => false,
        Value::String(text) => !text.trim().is_empty(),
        Value::Array(list) => !list.is_empty(),
        Value::Object(object) => !object.is_empty(),
        Value::Number(_) => true,
    }
}

fn each<'a>(object: &'a Map<String, Value>, candidates: &'a Candidates, field: Field) -> impl Iterator<Item = &'a Value> {
    candidates.iter().filter(move |(of, _, _)| *of == field).filter_map(|(_, _, key)| object.get(key))
}

fn first<'a>(object: &'a Map<String, Value>, candidates: &'a Candidates, field: Field) -> Option<&'a Value> {
    each(object, candidates, field).next()
}

/// Brings up what stands in objects inside: by `--map` with dots, or where an API wraps the article in one
/// ("fields", "_source", "attributes").
fn lift(object: &mut Map<String, Value>, fields: &Fields) {
    for (_, path) in &fields.deep {
        let mut at = object.get(&path[0]);
        for part in &path[1..] {
            at = at.and_then(|value| match part.parse::<usize>() {
                Ok(index) => value.get(index),
                Err(_) => value.get(part),
            });
        }
        if let Some(value) = at.cloned() {
            object.insert(path.join("."), value);
        }
    }
    let has_text = |object: &Map<String, Value>| {
        object.iter().any(|(key, value)| matches!(fields.find(key), Some((Field::Body | Field::Html, _))) && text(value).is_some())
    };
    if has_text(object) {
        return;
    }
    let wrapped = object.iter().find(|(_, value)| value.as_object().is_some_and(has_text)).map(|(key, _)| key.clone());
    if let Some(Value::Object(inner)) = wrapped.and_then(|key| object.shift_remove(&key)) {
        let outer = std::mem::replace(object, inner);
        for (key, value) in outer {
            object.entry(key).or_insert(value);
        }
    }
}

/// The text of an article, taken out of the object and not changed by a byte where it is a string;
/// beside it what is doubtful about it.
fn body(object: &mut Map<String, Value>, candidates: &Candidates, fields: &Fields) -> Option<(String, Option<String>)> {
    let of = |field| candidates.iter().filter(move |(of, _, _)| *of == field).map(|(_, _, key)| key.as_str());
    let is_markup = |object: &Map<String, Value>, key: &str| object.get(key).and_then(Value::as_str).is_some_and(markup_inside);
    let mut texts: Vec<&str> = of(Field::Body).filter(|key| object.get(*key).is_some_and(|value| text(value).is_some())).collect();
    texts.sort_by_key(|key| is_markup(object, key));
    if let Some(key) = texts.first() {
        let note = is_markup(object, key).then(|| format!("its {key:?} is HTML and is kept as it is; --map html={key} reads it as HTML"));
        // A string is moved, not copied.
        return match object.get_mut(*key) {
            Some(Value::String(body)) => Some((std::mem::take(body), note)),
            Some(other) => Some((text(other)?, None)),
            None => None,
        };
    }
    for key in of(Field::Html) {
        let html = object.get(key).and_then(plain).map(|html| markup::fragment_text(&html));
        if let Some(html) = html.filter(|text| !text.trim().is_empty()) {
            return Some((html, None));
        }
    }
    // A description with no headline is a picture's.
    of(Field::Title).next()?;
    // Of several the longest: an abstract of ten words stands beside the first paragraph.
    let summaries = of(Field::Summary).filter_map(|key| Some((key, object.get(key).and_then(plain)?)));
    if let Some((key, body)) = summaries.max_by_key(|(_, text)| text.len()) {
        return Some((body, Some(format!("it has no text but its {key:?}, which is taken as such"))));
    }
    // A brief: its body is there, but blank.
    let blank = object.iter().find_map(|(key, value)| match (fields.find(key), value) {
        (Some((Field::Body, _)), Value::String(body)) => Some(body.clone()),
        _ => None,
    })?;
    Some((blank, Some("its body is blank: the headline is kept alone".to_owned())))
}

/// Whether a string is written in HTML rather than with a tag or two in it.
fn markup_inside(text: &str) -> bool {
    let head = &text[..text.floor_char_boundary(400)].to_ascii_lowercase();
    head.trim_start().starts_with('<')
        && ["<p", "<div", "<html", "<!doctype html", "<article", "<section", "<h1", "<h2", "<span", "<figure", "<body", "<strong"]
            .iter()
            .any(|tag| head.contains(tag))
        && text.contains("</")
}

/// The text that a value is: a string, paragraphs in a list, or an object around either.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => (!text.trim().is_empty()).then(|| text.clone()),
        Value::Array(list) => {
            let paragraphs: Vec<String> = list
                .iter()
                .filter_map(|item| match item {
                    Value::String(text) => Some(text.trim().to_owned()),
                    Value::Object(object) if !object.contains_key("title") && !object.contains_key("headline") => {
                        wrapped(object).map(|text| text.trim().to_owned())
                    }
                    _ => None,
                })
                .filter(|paragraph| !paragraph.is_empty())
                .collect();
            (!paragraphs.is_empty()).then(|| paragraphs.join("\n\n"))
        }
        Value::Object(object) if !object.contains_key("title") && !object.contains_key("headline") => wrapped(object),
        _ => None,
    }
}

/// A text in an object made for it: WordPress has {"rendered": HTML}, feeds in JSON {"$t": …}.
fn wrapped(object: &Map<String, Value>) -> Option<String> {
    if let Some(html) = object.get("rendered").or(object.get("html")).and_then(Value::as_str) {
        let text = markup::fragment_text(html);
        return (!text.is_empty()).then_some(text);
    }
    let text = ["text", "value", "plain", "$t", "#text", "_", "content", "main"].iter().find_map(|name| object.get(*name));
    text.and_then(Value::as_str).filter(|text| !text.trim().is_empty()).map(str::to_owned)
}

/// A short text: a string, a number, the first of a list, or what stands for an object.
fn plain(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => (!text.trim().is_empty()).then(|| text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Array(list) => list.iter().find_map(|item| if item.is_array() { None } else { plain(item) }),
        Value::Object(object) => ["name", "main", "title", "fullName", "original", "$oid", "id", "@id", "label"]
            .iter()
            .find_map(|name| object.get(*name))
            .and_then(|value| if value.is_object() || value.is_array() { None } else { plain(value) })
            .or_else(|| wrapped(object)),
        Value::Null | Value::Bool(_) => None,
    }
}

/// An outlet's name; of an address its host.
fn outlet(value: &Value) -> Option<String> {
    let name = plain(value)?;
    Some(if name.contains("://") { markup_host(&name)? } else { name })
}

fn markup_host(url: &str) -> Option<String> {
    let host = url.split_once("://")?.1.split(['/', '?', '#', ':']).next()?;
    let host = host.strip_prefix("www.").unwrap_or(host);
    (!host.is_empty()).then(|| host.to_ascii_lowercase())
}

fn url(value: &Value) -> Option<String> {
    let found = match value {
        Value::Object(object) => ["@id", "url", "href", "canonical"].iter().find_map(|name| object.get(*name)).and_then(plain),
        Value::Array(list) => list.iter().find_map(url),
        other => plain(other),
    }?;
    let found = found.trim();
    // An id or a flag under the name of a link is no address.
    (found.contains("://") || found.starts_with("www.") || found.starts_with('/') || found.contains('.') && !found.contains(' '))
        .then(|| found.to_owned())
}

/// Names in a list stay as they are, but for a "By" before them; one string is a byline.
fn authors(value: &Value, own: bool) -> Vec<String> {
    match value {
        Value::String(text) => byline::authors(text),
        Value::Array(list) => list
            .iter()
            .filter_map(plain)
            .flat_map(|name| match name.trim() {
                by if !own && by.get(..3).is_some_and(|lead| lead.eq_ignore_ascii_case("by ")) => byline::authors(by),
                name => vec![name.to_owned()],
            })
            .filter(|name| !name.is_empty())
            .collect(),
        Value::Object(object) => match object.get("original").and_then(Value::as_str) {
            Some(byline) => byline::authors(byline),
            None => plain(value).into_iter().collect(),
        },
        _ => Vec::new(),
    }
}

fn date(value: &Value) -> Option<crate::article::Date> {
    match value {
        Value::String(text) => dates::read(text),
        // 20250403 and 1743674400 are told apart by what they spell.
        Value::Number(number) => dates::read(&number.to_string()).or_else(|| dates::from_epoch(number.as_f64()?)),
        Value::Array(list) => list.iter().find_map(|item| if item.is_array() { None } else { date(item) }),
        Value::Object(object) => ["$date", "$numberLong", "date", "value", "published", "dateTime"]
            .iter()
            .find_map(|name| object.get(*name))
            .and_then(|inner| match inner {
                Value::Object(long) => long.get("$numberLong").and_then(Value::as_str).and_then(dates::read),
                Value::Array(_) => None,
                other => date(other),
            }),
        _ => None,
    }
}

fn shortened(text: &str) -> &str {
    &text[..text.floor_char_boundary(60)]
}
