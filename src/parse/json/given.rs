//! The people, organizations, places and quotes that a JSON article brings along: names, or objects such as dictum prints.

use std::borrow::Cow;

use serde_json::{Map, Value};

use crate::annotation::{Entity, Location, Mention, Quote, QuoteKind, Segment, Speaker, SpeakerKind, Zone};
use crate::article::{Article, Given};
use crate::span::Span;

/// The rule of a quote that the article brought and that names none.
const RULE: &str = "given";

/// People or organizations.
pub(super) fn entities(value: &Value, article: &Article) -> Vec<Entity> {
    let mut found: Vec<Entity> = Vec::new();
    for item in items(&parted(value)) {
        let entity = match item {
            Value::Object(object) => Entity {
                name: text(object, &["name", "fullName", "full_name", "title", "text", "label"]).unwrap_or_default(),
                aliases: strings(object.get("aliases")),
                roles: strings(object.get("roles").or(object.get("role"))),
                mentions: mentions(object.get("mentions"), article),
            },
            other => Entity { name: name(other), ..Entity::default() },
        };
        if !entity.name.is_empty() && !found.iter().any(|known| known.name == entity.name) {
            found.push(entity);
        }
    }
    found
}

/// Places.
pub(super) fn locations(value: &Value, article: &Article) -> Vec<Location> {
    let mut found: Vec<Location> = Vec::new();
    for item in items(&parted(value)) {
        let location = match item {
            Value::Object(object) => {
                let number = |names: &[&str]| {
                    names.iter().filter_map(|name| object.get(*name)).find_map(|value| match value {
                        Value::String(text) => text.trim().parse().ok(),
                        other => other.as_f64(),
                    })
                };
                let latitude = number(&["latitude", "lat"]).filter(|degrees: &f64| degrees.abs() <= 90.0);
                let longitude = number(&["longitude", "lon", "lng", "long"]).filter(|degrees: &f64| degrees.abs() <= 180.0);
                Location {
                    name: text(object, &["name", "title", "text", "label"]).unwrap_or_default(),
                    within: strings(object.get("within")),
                    country: text(object, &["country", "countryCode", "country_code"]).filter(|code| code.len() == 2),
                    latitude: latitude.filter(|_| longitude.is_some()),
                    longitude: longitude.filter(|_| latitude.is_some()),
                    mentions: mentions(object.get("mentions"), article),
                }
            }
            other => Location { name: name(other), ..Location::default() },
        };
        // Two places of one name, far apart, are two.
        let same = |known: &Location| known.name == location.name && known.within == location.within;
        if !location.name.is_empty() && !found.iter().any(same) {
            found.push(location);
        }
    }
    found
}

/// Quotes, whose speakers may be among the people and organizations of `given`.
pub(super) fn quotes(value: &Value, article: &Article, given: &Given) -> Vec<Quote> {
    items(value).filter_map(|item| quote(item, article, given)).collect()
}

fn quote(item: &Value, article: &Article, given: &Given) -> Option<Quote> {
    let Value::Object(object) = item else {
        let text = name(item);
        let segments = found_in_body(&text, article);
        return (!text.is_empty()).then(|| Quote { text, segments, rule: RULE.into(), confidence: 1.0, ..Quote::default() });
    };
    let text = text(object, &["text", "quote", "content", "quotation", "body"])?;
    let stated = object
        .get("segments")
        .and_then(Value::as_array)
        .map(|list| list.iter().filter_map(|item| Some(Segment { span: span(item, None, article)?, zone: zone(item) })).collect());
    let segments: Vec<Segment> = match stated {
        Some(segments) => segments,
        None => match span(item, Some(&text), article) {
            Some(span) => vec![Segment { span, zone: zone(item) }],
            None => found_in_body(&text, article),
        },
    };
    let kind = match object.get("kind").or(object.get("type")).and_then(Value::as_str) {
        Some("mixed") => QuoteKind::Mixed,
        Some("indirect") => QuoteKind::Indirect,
        _ => QuoteKind::Direct,
    };
    let rule = object.get("rule").and_then(Value::as_str);
    // A confidence is a share; single precision is what the record keeps.
    #[expect(clippy::cast_possible_truncation)]
    let confidence = object.get("confidence").and_then(Value::as_f64).map_or(1.0, |share| share.clamp(0.0, 1.0) as f32);
    Some(Quote {
        text,
        kind,
        segments,
        speaker: speaker(object, article, given),
        cue: object.get("cue").and_then(|cue| mention(cue, article)),
        rule: rule.map_or(Cow::Borrowed(RULE), |rule| Cow::Owned(rule.to_owned())),
        confidence,
    })
}

fn speaker(quote: &Map<String, Value>, article: &Article, given: &Given) -> Speaker {
    let stated = ["speaker", "source", "author", "by", "attribution"].iter().find_map(|name| quote.get(*name));
    match stated {
        Some(Value::Object(object)) => {
            let name = text(object, &["name", "fullName", "full_name", "text"]);
            let kind = match object.get("type").and_then(Value::as_str) {
                Some("person") => SpeakerKind::Person,
                Some("organization" | "organisation") => SpeakerKind::Organization,
                Some("unnamed") => SpeakerKind::Unnamed,
                Some("author") => SpeakerKind::Author,
                Some("unknown") => SpeakerKind::Unknown,
                _ => kind_of(name.as_deref(), given),
            };
            Speaker { name, kind, mention: object.get("mention").and_then(|words| mention(words, article)) }
        }
        Some(Value::String(name)) if !name.trim().is_empty() => {
            let name = Some(name.trim().to_owned());
            Speaker { kind: kind_of(name.as_deref(), given), name, mention: None }
        }
        _ => Speaker::default(),
    }
}

/// A speaker without a type is what the article's own lists say; else a capital letter makes a person of him.
fn kind_of(name: Option<&str>, given: &Given) -> SpeakerKind {
    let Some(name) = name else { return SpeakerKind::Unknown };
    let among = |list: &[Entity]| list.iter().any(|entity| entity.name == name || entity.aliases.iter().any(|alias| alias == name));
    if among(&given.organizations) && !among(&given.people) {
        SpeakerKind::Organization
    } else if among(&given.people) || name.starts_with(char::is_uppercase) && !name.starts_with("The ") && !name.starts_with("A ") {
        SpeakerKind::Person
    } else {
        SpeakerKind::Unnamed
    }
}

fn mentions(value: Option<&Value>, article: &Article) -> Vec<Mention> {
    value.and_then(Value::as_array).map_or_else(Vec::new, |list| list.iter().filter_map(|item| mention(item, article)).collect())
}

/// A mention whose span is of this article; its words are the article's own.
fn mention(item: &Value, article: &Article) -> Option<Mention> {
    let zone = zone(item);
    let said = item.get("text").and_then(Value::as_str);
    let span = span(item, said, article)?;
    let text = span.of(of(zone, article)).to_owned();
    Some(Mention { span, text, zone })
}

fn zone(item: &Value) -> Zone {
    if item.get("in").and_then(Value::as_str) == Some("title") { Zone::Title } else { Zone::Body }
}

fn of(zone: Zone, article: &Article) -> &str {
    match zone {
        Zone::Title => &article.title,
        Zone::Body => &article.body,
    }
}

/// The span of "start" and "end", which count bytes; where the words they should cover say otherwise, characters,
/// as programs in Python count. `None` where they are of no such text.
fn span(item: &Value, said: Option<&str>, article: &Article) -> Option<Span> {
    let number = |name| item.get(name).and_then(Value::as_u64).and_then(|number| usize::try_from(number).ok());
    let (start, end) = (number("start")?, number("end")?);
    let text = of(zone(item), article);
    let bytes = text.get(start..end).filter(|words| said.is_none_or(|said| words.contains(said)));
    if bytes.is_some() && start < end {
        return Some(Span::new(start, end));
    }
    let mut starts = text.char_indices().map(|(at, _)| at).chain([text.len()]);
    let from = starts.nth(start)?;
    let to = if end > start { starts.nth(end - start - 1)? } else { return None };
    (text.get(from..to)?.contains(said?)).then(|| Span::new(from, to))
}

fn found_in_body(text: &str, article: &Article) -> Vec<Segment> {
    let found = if text.is_empty() { None } else { article.body.find(text) };
    found.map(|start| Segment { span: Span::new(start, start + text.len()), zone: Zone::Body }).into_iter().collect()
}

/// One string that holds several names, parted by semicolons or bars, as a list of them; else the value as it is.
fn parted(value: &Value) -> Cow<'_, Value> {
    let several = value.as_str().filter(|text| text.contains([';', '|']));
    several.map_or(Cow::Borrowed(value), |text| {
        let names = text.split([';', '|']).map(str::trim).filter(|name| !name.is_empty());
        Cow::Owned(names.map(|name| Value::String(name.to_owned())).collect())
    })
}

/// The members of a list, or the one that stands alone.
fn items(value: &Value) -> impl Iterator<Item = &Value> {
    match value {
        Value::Array(list) => list.as_slice(),
        Value::Null => &[],
        one => std::slice::from_ref(one),
    }
    .iter()
}

fn name(value: &Value) -> String {
    value.as_str().unwrap_or("").trim().to_owned()
}

fn text(object: &Map<String, Value>, names: &[&str]) -> Option<String> {
    let found = names.iter().find_map(|name| object.get(*name)).and_then(Value::as_str)?;
    (!found.trim().is_empty()).then(|| found.to_owned())
}

fn strings(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::Array(list)) => list.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        Some(Value::String(one)) if !one.is_empty() => vec![one.clone()],
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn article() -> Article {
        Article { title: "Köhl speaks".into(), body: "Zoë Köhl said: “No.” She left Köln.".into(), ..Article::default() }
    }

    #[test]
    fn names_and_objects_are_taken() {
        let people = entities(&json!(["Zoë Köhl", {"name": "Ivo Kral", "roles": ["mayor"]}, "", "Zoë Köhl"]), &article());
        assert_eq!(people.iter().map(|p| p.name.as_str()).collect::<Vec<_>>(), ["Zoë Köhl", "Ivo Kral"]);
        assert_eq!(people[1].roles, ["mayor"]);
        let names = |value: Value| entities(&value, &article()).into_iter().map(|p| p.name).collect::<Vec<_>>();
        assert_eq!(names(json!("Ann Lee; Bob Ray")), ["Ann Lee", "Bob Ray"]);
        assert_eq!(names(json!(["Ann Lee", "Lee & Ray; Sons"])), ["Ann Lee", "Lee & Ray; Sons"]);
        let places =
            locations(&json!([{"name": "Köln", "lat": 50.9, "lng": "6.95"}, {"name": "Nowhere", "lat": 500, "lng": 1}]), &article());
        assert_eq!((places[0].latitude, places[0].longitude), (Some(50.9), Some(6.95)));
        assert_eq!(places[1].latitude, None);
    }

    #[test]
    fn offsets_are_bytes_or_else_characters_or_else_dropped() {
        let article = article();
        let spans = |value: Value| mentions(Some(&value), &article).into_iter().map(|m| (m.span, m.text)).collect::<Vec<_>>();
        assert_eq!(spans(json!([{"start": 0, "end": 10, "text": "Zoë Köhl"}])), [(Span::new(0, 10), "Zoë Köhl".to_owned())]);
        assert_eq!(spans(json!([{"start": 0, "end": 8, "text": "Zoë Köhl"}])), [(Span::new(0, 10), "Zoë Köhl".to_owned())]);
        assert_eq!(spans(json!([{"start": 3, "end": 90}, {"start": 5, "end": 2}, {"start": 0, "end": 3, "text": "Ivo"}])), []);
    }

    #[test]
    fn quotes_find_their_place_and_their_speaker() {
        let article = article();
        let given = Given { organizations: vec![Entity { name: "Köln".into(), ..Entity::default() }], ..Given::default() };
        let list = json!([
            {"text": "No.", "speaker": "Zoë Köhl"}, {"quote": "Yes.", "speaker": {"name": "Köln"}}, "She left",
            {"text": "No.", "speaker": "officials"}, {"speaker": "nobody"}
        ]);
        let quotes = quotes(&list, &article, &given);
        assert_eq!(quotes.len(), 4);
        assert_eq!(quotes[0].segments[0].span.of(&article.body), "No.");
        assert_eq!(quotes[0].speaker.kind, SpeakerKind::Person);
        assert!(quotes[1].segments.is_empty());
        assert_eq!(quotes[1].speaker.kind, SpeakerKind::Organization);
        assert_eq!(quotes[2].speaker, Speaker::default());
        assert_eq!(quotes[3].speaker.kind, SpeakerKind::Unnamed);
    }
}
