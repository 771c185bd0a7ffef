//! ninjs, the JSON of news agencies. Names differ between 1.x (`headline`, `body_xhtml`, `person`), 2.x (`headlines`, `bodies`,
//! `people`) and 3.x (`versionCreated`); all are read alike.

use serde_json::{Map, Value};

use super::{byline, dates, given, markup};
use crate::annotation::{Entity, Location};
use crate::article::Article;

/// Whether an object is ninjs.
pub(super) fn is_ninjs(item: &Map<String, Value>) -> bool {
    let has = |names: &[&str]| names.iter().any(|name| item.contains_key(*name));
    let declared = item.get("standard").and_then(|s| s.get("name")).and_then(Value::as_str) == Some("ninjs");
    declared
        || (has(&["uri"])
            && has(&["versioncreated", "versionCreated", "pubstatus", "pubStatus", "bodies", "headlines", "body_xhtml", "body_richtext"])
            && has(&[
                "headline",
                "headlines",
                "headline_main",
                "bodies",
                "body_text",
                "body_xhtml",
                "body_html",
                "body_richtext",
                "body_main",
                "type",
            ]))
}

/// The article of an object that [`is_ninjs`].
///
/// # Errors
/// Why it is none: a picture, an event, an item without text.
pub(super) fn article(item: &Map<String, Value>) -> Result<Article, String> {
    let text = |names: &[&str]| {
        names.iter().find_map(|name| item.get(*name)?.as_str()).map(str::trim).filter(|t| !t.is_empty()).map(str::to_owned)
    };
    let title =
        role(item.get("headlines"), &["main", "headline"]).or_else(|| text(&["headline", "headline_main", "title"])).unwrap_or_default();
    let kind = text(&["type"]).unwrap_or_else(|| "text".to_owned());
    let mut body = body(item, "bod");
    if body.is_empty() && matches!(kind.as_str(), "text" | "composite" | "advisory") {
        // A short item may have no more than its description.
        body = self::body(item, "description");
    }
    if body.is_empty() {
        return Err(format!("ninjs of type {kind} without a text"));
    }
    let uri = text(&["uri"]);
    let web = |text: &String| text.starts_with("http");
    let url = objects(item, &["altids"])
        .filter_map(|id| id.get("value").or_else(|| id.get("uri"))?.as_str().map(str::to_owned))
        .find(web)
        .or_else(|| uri.clone().filter(web));
    let source = objects(item, &["infosources", "infoSources", "infosource"])
        .find_map(name)
        .or_else(|| text(&["copyrightholder", "copyrightHolder", "source", "provider"]))
        .or_else(|| text(&["copyrightnotice", "copyrightNotice"]).and_then(|notice| holder(&notice)));
    let mut given = crate::article::Given::default();
    for person in objects(item, &["person", "people"]) {
        given::add(&mut given.people, entity(person));
    }
    for organization in objects(item, &["organisation", "organisations", "organization", "organizations"]) {
        given::add(&mut given.organizations, entity(organization));
    }
    for place in objects(item, &["place", "places"]) {
        given::add_location(&mut given.locations, location(place));
    }
    if let Some(located) = text(&["located"]) {
        given::add_place(&mut given.locations, &located);
    }
    Ok(Article {
        id: uri.unwrap_or_default(),
        title: markup::fragment_text(&title).replace('\n', " "),
        body,
        date: text(&["versioncreated", "versionCreated", "contentcreated", "contentCreated", "firstcreated", "firstCreated"])
            .and_then(|date| dates::read(&date)),
        source,
        authors: text(&["byline", "by"]).map(|by| byline::authors(&by)).unwrap_or_default(),
        url,
        section: section(item),
        language: text(&["language"]).and_then(|tag| given::language(&tag)),
        given,
        ..Article::default()
    })
}

/// The subject that is called the category; else the first one, where the subjects are not all that the text is about.
fn section(item: &Map<String, Value>) -> Option<String> {
    let subjects = || objects(item, &["subject", "subjects"]);
    let rel = |subject: &Map<String, Value>| subject.get("rel").and_then(Value::as_str).unwrap_or_default().to_owned();
    subjects().find(|subject| rel(subject) == "category").or_else(|| subjects().find(|subject| rel(subject) != "about")).and_then(name)
}

/// "Copyright 2013 The News Agency, www.tna.org - all rights reserved" is of The News Agency.
fn holder(notice: &str) -> Option<String> {
    let rest = notice.trim().trim_start_matches(['©', ' ']);
    let rest = ["Copyright", "(c)", "(C)"].iter().fold(rest, |rest, lead| rest.strip_prefix(lead).unwrap_or(rest).trim_start());
    let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, ' ' | '-' | '–' | '©' | ','));
    let name = rest.split([',', '.', '(', ';']).next()?.split(" - ").next()?.trim();
    let is_name = name.starts_with(char::is_uppercase) && name.split(' ').count() <= 6 && !name.to_lowercase().contains("rights");
    is_name.then(|| name.to_owned())
}

/// The objects of the first list that the item has.
fn objects<'a>(item: &'a Map<String, Value>, names: &[&str]) -> impl Iterator<Item = &'a Map<String, Value>> {
    names.iter().find_map(|name| item.get(*name)?.as_array()).into_iter().flatten().filter_map(Value::as_object)
}

fn name(object: &Map<String, Value>) -> Option<String> {
    let name = object.get("name").or_else(|| object.get("literal"))?.as_str()?.trim();
    (!name.is_empty()).then(|| name.to_owned())
}

fn entity(object: &Map<String, Value>) -> Entity {
    Entity { name: name(object).unwrap_or_default(), ..Entity::default() }
}

fn location(object: &Map<String, Value>) -> Location {
    let code = ["uri", "code"].iter().find_map(|key| {
        let code = object.get(*key)?.as_str()?;
        let scheme = object.get("scheme").and_then(Value::as_str).unwrap_or_default();
        (code.contains("iso3166-1a2") || scheme.contains("iso3166-1a2")).then(|| given::country(code))?
    });
    let point = ["geojson", "geometry_geojson", "geoJson"].iter().find_map(|key| {
        let geometry = object.get(*key)?;
        let geometry = geometry.get("geometry").unwrap_or(geometry);
        let pair = geometry.get("coordinates")?.as_array()?;
        Some((pair.first()?.as_f64()?, pair.get(1)?.as_f64()?))
    });
    Location {
        name: name(object).unwrap_or_default(),
        country: code,
        latitude: point.map(|(_, latitude)| latitude),
        longitude: point.map(|(longitude, _)| longitude),
        ..Location::default()
    }
}

/// The value of the entry with one of these roles, else of the first.
fn role(list: Option<&Value>, roles: &[&str]) -> Option<String> {
    let list = list?.as_array()?;
    let has_role = |entry: &&Value| entry.get("role").and_then(Value::as_str).is_some_and(|role| roles.contains(&role));
    let entry = list.iter().find(has_role).or_else(|| list.first())?;
    Some(entry.get("value")?.as_str()?.trim().to_owned()).filter(|t| !t.is_empty())
}

/// The text with the most structure, marked up rather than plain, of the fields whose names begin with `stem`:
/// `body_xhtml`, `bodies`, `description_text`, `descriptions`.
fn body(item: &Map<String, Value>, stem: &str) -> String {
    let single = if stem == "bod" { "body" } else { stem };
    for kind in ["xhtml", "html", "html5", "richtext"] {
        if let Some(text) = item.get(&format!("{single}_{kind}")).and_then(Value::as_str) {
            let text = markup::fragment_text(text);
            if !text.is_empty() {
                return text;
            }
        }
    }
    for kind in ["text", "main"] {
        if let Some(text) = item.get(&format!("{single}_{kind}")).and_then(Value::as_str) {
            return markup::plain_paragraphs(text);
        }
    }
    let list = if stem == "bod" { "bodies" } else { "descriptions" };
    let texts: Vec<(&str, bool)> = item
        .get(list)
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(|text| {
            let value = text.get("value")?.as_str()?;
            let kind = text.get("contenttype").or_else(|| text.get("contentType")).and_then(Value::as_str).unwrap_or_default();
            Some((value, kind.contains("html") || value.trim_start().starts_with('<')))
        })
        .collect();
    match texts.iter().find(|(_, marked_up)| *marked_up).or_else(|| texts.first()) {
        Some((text, true)) => markup::fragment_text(text),
        Some((text, false)) => markup::plain_paragraphs(text),
        None => String::new(),
    }
}
