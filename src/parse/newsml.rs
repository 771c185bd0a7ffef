//! NewsML-G2 (news items, packages, messages of them) and the older NewsML 1.
//!
//! The text of a G2 item lies in `inlineXML` as XHTML or NITF, or in `inlineData`. What the item states of people, organizations
//! and places in `subject`, `assert` and `located` is kept as the article's own. A package has no text but the headlines of
//! what it groups: these are its body.

use std::io::BufRead;
use std::ops::ControlFlow;

use super::xml::{self, Element};
use super::{Options, Origin, Sink, boilerplate, byline, dates, given, markup, nitf, records, text};
use crate::annotation::{Entity, Location};
use crate::article::{Article, Given};

/// The elements that hold an article.
const ITEMS: &[&str] = &["newsItem", "packageItem", "NewsItem"];

/// Reads the articles of a file.
pub(super) fn articles(input: &mut dyn BufRead, origin: &Origin, _options: &Options, sink: &mut Sink<'_>) -> ControlFlow<()> {
    let head = markup::decode(input.fill_buf().unwrap_or_default(), None);
    let has = |names: &[&str]| xml::first_tags(&head, usize::MAX).iter().any(|tag| names.contains(&tag.name.as_str()));
    // A content set alone, or NITF in a wrapper of the agency's own.
    let names = if !has(ITEMS) && has(nitf::ELEMENTS) { nitf::ELEMENTS } else { ITEMS };
    let found = records::elements(input, names, origin, &|root| root.elements().next().map_or(Err("no element".to_owned()), any), sink)?;
    if found {
        return ControlFlow::Continue(());
    }
    sink(Err(origin.refuse(if has(&["conceptItem", "knowledgeItem"]) {
        "describes concepts (people, subjects): no news item"
    } else {
        "XML without a news item that is known"
    })))
}

/// The article of an element of any of the names that hold one.
fn any(element: &Element) -> Result<Article, String> {
    match element.name.as_str() {
        "nitf" => nitf::article(element),
        "packageItem" => package(element),
        "NewsItem" => first_version(element),
        _ => item_article(element),
    }
}

/// A name as G2 gives it: `<name>` for readers rather than a mnemonic, else a literal, else the code.
fn name(element: &Element) -> Option<String> {
    let readable = |e: &&Element| !e.attribute("role").is_some_and(|role| role.contains("mnemonic") || role.contains("short"));
    element
        .all("name")
        .find(readable)
        .or_else(|| element.all("name").next())
        .and_then(Element::text)
        .or_else(|| element.attribute("literal").map(str::to_owned))
}

fn code(element: &Element) -> Option<&str> {
    element.attribute("qcode").and_then(|code| code.rsplit(':').next())
}

fn item_article(item: &Element) -> Result<Article, String> {
    let class = item.at(&["itemMeta", "itemClass"]).and_then(code).unwrap_or("text");
    let mut article = about(item);
    let content = item.at(&["contentSet"]);
    for inline in content.into_iter().flat_map(|c| c.all("inlineXML")) {
        if let Some(nitf) = inline.find("nitf") {
            let inner = nitf::article(nitf)?;
            article.body = inner.body;
            if article.title.is_empty() {
                article.title = inner.title;
            }
            if article.authors.is_empty() {
                article.authors = inner.authors;
            }
            inner.given.people.into_iter().for_each(|e| given::add(&mut article.given.people, e));
            inner.given.organizations.into_iter().for_each(|e| given::add(&mut article.given.organizations, e));
            inner.given.locations.into_iter().for_each(|l| given::add_location(&mut article.given.locations, l));
            article.given.quotes = inner.given.quotes;
        } else if article.body.is_empty() {
            let page = inline.find("body").unwrap_or(inline);
            let mut paragraphs = page.paragraphs_without(&["header", "footer", "nav", "aside", "h1"]);
            paragraphs.retain(|p| *p != article.title);
            article.body = paragraphs.join("\n\n");
        }
    }
    for data in
        content.into_iter().flat_map(|c| c.all("inlineData")).filter(|d| d.attribute("contenttype").is_none_or(|t| t.starts_with("text")))
    {
        if article.body.is_empty() {
            let text = data.raw_text();
            // What is called plain text is markup at some agencies; its lines are laid out as on the wire.
            let marked_up = text.trim_start().starts_with('<');
            let paragraphs = text.matches("<p").count();
            article.body = match (marked_up, paragraphs) {
                (true, 2..) => markup::fragment_text(&text),
                (true, _) => markup::fragment_text(&format!("<pre>{}</pre>", markup::wire_paragraphs(&text))),
                (false, _) => markup::wire_paragraphs(&text),
            };
        }
    }
    boilerplate::tidy(&mut article);
    text::take_byline(&mut article);
    if article.body.is_empty() && (class != "text" || article.title.is_empty()) {
        return Err(format!("an item of class {class} without a text"));
    }
    Ok(article)
}

/// Everything that is stated of an item, its text aside.
fn about(item: &Element) -> Article {
    let meta = |name: &str| item.at(&["itemMeta", name]);
    let content = |name: &str| item.at(&["contentMeta", name]);
    let holder = || item.at(&["rightsInfo", "copyrightHolder"]);
    let title = item
        .at(&["contentMeta"])
        .and_then(|m| m.all("headline").find(|h| !h.attribute("role").is_some_and(|role| role.to_lowercase().contains("sub"))))
        .and_then(Element::text)
        .or_else(|| meta("title").and_then(Element::text))
        .unwrap_or_default();
    let source = meta("provider")
        .and_then(|p| p.at(&["name"]))
        .and_then(Element::text)
        .or_else(|| content("infoSource").and_then(name))
        .or_else(|| meta("provider").and_then(|p| name(p).or_else(|| code(p).map(str::to_owned))))
        .or_else(|| holder().and_then(name));
    // Some state the address of their site for their name.
    let source = match holder().and_then(name) {
        Some(holder) if source.as_ref().is_some_and(|name| name.contains('.') && !name.contains(' ')) => Some(holder),
        _ => source,
    };
    let date = [meta("versionCreated"), content("contentModified"), content("contentCreated"), meta("firstCreated")]
        .into_iter()
        .flatten()
        .filter_map(Element::text)
        .find_map(|text| dates::read(&text));
    let mut authors: Vec<String> = Vec::new();
    for element in item.at(&["contentMeta"]).into_iter().flat_map(|m| m.all("by")) {
        authors.extend(element.text().map(|by| byline::authors(&by)).unwrap_or_default());
    }
    if authors.is_empty() {
        let creators = item.at(&["contentMeta"]).into_iter().flat_map(|m| m.all("creator")).filter_map(name);
        let known = |name: &String| source.as_ref() != Some(name) && (name.contains(' ') || name.contains(char::is_uppercase));
        authors = creators.filter(known).flat_map(|name| byline::authors(&name)).filter(|name| source.as_ref() != Some(name)).collect();
    }
    let url = item
        .at(&["itemMeta"])
        .into_iter()
        .flat_map(|m| m.all("link"))
        .filter(|l| {
            l.attribute("rel").is_some_and(|rel| rel.ends_with("self") || rel.ends_with("canonical") || rel.ends_with("webRendition"))
        })
        .find_map(|l| l.attribute("href"))
        .map(str::to_owned);
    let section = item
        .at(&["contentMeta"])
        .into_iter()
        .flat_map(|m| m.all("subject"))
        .filter(|s| s.attribute("type").is_none_or(|t| kind_of(t).is_none()))
        .find_map(|s| s.at(&["name"]).and_then(Element::text))
        .or_else(|| meta("service").and_then(name));
    let language = content("language").and_then(|l| l.attribute("tag")).or_else(|| item.attribute("xml:lang"));
    Article {
        id: item.attribute("guid").unwrap_or_default().to_owned(),
        title,
        date,
        source,
        authors,
        url,
        section,
        language: language.and_then(given::language),
        given: given_by(item),
        ..Article::default()
    }
}

/// What a concept's type says it is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Person,
    Organization,
    Place,
}

fn kind_of(nature: &str) -> Option<Kind> {
    match nature.rsplit(':').next()?.to_ascii_lowercase().as_str() {
        "person" | "animal" => Some(Kind::Person),
        "organisation" | "organization" | "company" => Some(Kind::Organization),
        "geoarea" | "poi" | "city" | "statprov" | "country" | "continent" | "worldregion" | "place" => Some(Kind::Place),
        _ => None,
    }
}

fn given_by(item: &Element) -> Given {
    let mut given = Given::default();
    let meta = item.at(&["contentMeta"]);
    for element in meta.into_iter().flat_map(|m| m.all("subject")) {
        let Some(kind) = element.attribute("type").and_then(kind_of) else { continue };
        let same = |a: &&Element| {
            ["qcode", "literal", "uri"].iter().any(|key| element.attribute(key).is_some() && element.attribute(key) == a.attribute(key))
        };
        let details = item.all("assert").find(same);
        if let Some(name) = name(element).or_else(|| details.and_then(name)) {
            add(&mut given, kind, name, element, details);
        }
    }
    for element in item.all("assert") {
        let kind =
            element.at(&["type"]).and_then(|t| t.attribute("qcode")).or_else(|| element.attribute("type")).and_then(kind_of).or_else(
                || {
                    let has = |name: &str| element.at(&[name]).is_some();
                    if has("personDetails") {
                        Some(Kind::Person)
                    } else if has("organisationDetails") {
                        Some(Kind::Organization)
                    } else {
                        (has("geoAreaDetails") || has("POIDetails")).then_some(Kind::Place)
                    }
                },
            );
        let readable = element.at(&["name"]).and_then(Element::text);
        if let (Some(kind), Some(name)) = (kind, readable) {
            add(&mut given, kind, name, element, Some(element));
        }
    }
    for element in meta.into_iter().flat_map(|m| m.all("located")) {
        if let Some(name) = name(element) {
            add(&mut given, Kind::Place, name, element, None);
        }
    }
    given
}

fn add(given: &mut Given, kind: Kind, name: String, element: &Element, details: Option<&Element>) {
    match kind {
        Kind::Person => given::add(&mut given.people, Entity { name, ..Entity::default() }),
        Kind::Organization => given::add(&mut given.organizations, Entity { name, ..Entity::default() }),
        // How far the news is of interest, which one agency writes among its places.
        Kind::Place if matches!(name.as_str(), "International" | "National" | "Regional" | "Global") => {}
        Kind::Place => given::add_location(&mut given.locations, location(name, element, details)),
    }
}

fn location(name: String, element: &Element, details: Option<&Element>) -> Location {
    // Concepts that stand for the same thing tell the country's code.
    let codes = |e: &Element| {
        let own = e.attribute("qcode").map(str::to_owned);
        let others: Vec<String> = e.all("sameAs").chain(e.all("broader")).filter_map(|s| s.attribute("qcode").map(str::to_owned)).collect();
        own.into_iter().chain(others).find(|c| c.starts_with("iso3166-1a2:")).and_then(|c| given::country(&c))
    };
    let address = details.and_then(|d| d.find("country"));
    let position = details.and_then(|d| d.find("position"));
    let number = |key: &str| position.and_then(|p| p.attribute(key)).and_then(|text| text.parse::<f64>().ok()).filter(|n| *n != 0.0);
    // A point of interest is written with its address behind it.
    let name = name.split(", ").next().unwrap_or(&name).to_owned();
    let mut within: Vec<String> = Vec::new();
    for part in element.all("broader").filter_map(|b| b.at(&["name"])).filter_map(Element::text) {
        if part != name && !within.contains(&part) {
            within.push(part);
        }
    }
    Location {
        name,
        within,
        country: codes(element).or_else(|| address.and_then(codes)),
        latitude: number("latitude"),
        longitude: number("longitude"),
        ..Location::default()
    }
}

/// A package: the headlines of the texts that it groups.
fn package(item: &Element) -> Result<Article, String> {
    let mut article = about(item);
    let mut lines: Vec<String> = Vec::new();
    for reference in item.descendants("itemRef") {
        let is_text = reference.at(&["itemClass"]).and_then(code).is_none_or(|class| class == "text" || class == "composite");
        let headline = reference.at(&["headline"]).or_else(|| reference.at(&["title"])).and_then(Element::text);
        if let Some(headline) = headline.filter(|h| is_text && !lines.contains(h)) {
            lines.push(headline);
        }
    }
    article.body = lines.join("\n\n");
    if article.body.is_empty() && article.title.is_empty() {
        return Err("a package without headlines".to_owned());
    }
    Ok(article)
}

/// A news item of NewsML 1.
fn first_version(item: &Element) -> Result<Article, String> {
    let component = item.at(&["NewsComponent"]).ok_or("a NewsML item without a component")?;
    let line = |name: &str| component.find("NewsLines").and_then(|l| l.at(&[name])).and_then(Element::text);
    let formal = |name: &str| component.find(name).and_then(|e| e.attribute("FormalName")).map(str::to_owned);
    let identifier = item.at(&["Identification", "NewsIdentifier"]);
    let managed = |name: &str| item.at(&["NewsManagement", name]).and_then(Element::text).and_then(|text| dates::read(&text));
    let mut article = Article {
        id: identifier
            .and_then(|i| i.at(&["PublicIdentifier"]).or_else(|| i.at(&["NewsItemId"])))
            .and_then(Element::text)
            .unwrap_or_default(),
        title: line("HeadLine").unwrap_or_default(),
        authors: line("ByLine").map(|by| byline::authors(&by)).unwrap_or_default(),
        date: managed("ThisRevisionCreated").or_else(|| managed("FirstCreated")),
        source: component
            .find("Provider")
            .or_else(|| component.find("Source"))
            .and_then(|p| p.at(&["Party"]))
            .and_then(|p| p.attribute("FormalName"))
            .map(str::to_owned)
            .or_else(|| line("CreditLine"))
            .or_else(|| identifier.and_then(|i| i.at(&["ProviderId"])).and_then(Element::text)),
        language: formal("Language").and_then(|l| given::language(&l)),
        section: formal("SubjectMatter").or_else(|| formal("Subject")),
        ..Article::default()
    };
    for place in component.descendants("Location") {
        let property = |name: &str| {
            let mut properties = place.all("Property");
            properties.find(|p| p.attribute("FormalName") == Some(name)).and_then(|p| p.attribute("Value")).map(str::to_owned)
        };
        let parts: Vec<String> = ["City", "CountryArea", "Country"].iter().filter_map(|n| property(n)).filter(|p| p.len() > 3).collect();
        if let Some((name, within)) = parts.split_first() {
            let location = Location { name: name.clone(), within: within.to_vec(), ..Location::default() };
            given::add_location(&mut article.given.locations, location);
        }
    }
    for data in component.descendants("DataContent") {
        if let Some(nitf) = data.find("nitf") {
            let inner = nitf::article(nitf)?;
            article.body = inner.body;
            let places = std::mem::replace(&mut article.given, inner.given).locations;
            places.into_iter().for_each(|place| given::add_location(&mut article.given.locations, place));
            if article.title.is_empty() {
                article.title = inner.title;
            }
        } else if article.body.is_empty() {
            let paragraphs = data.find("body").unwrap_or(data).paragraphs_without(&["h1", "header", "footer"]);
            // Text that no element parts into paragraphs is laid out as on the wire.
            article.body = if paragraphs.len() > 1 || data.find("p").is_some() {
                paragraphs.join("\n\n")
            } else {
                markup::wire_paragraphs(&data.raw_text())
            };
        }
    }
    boilerplate::tidy(&mut article);
    if article.body.is_empty() { Err("a NewsML item without a text".to_owned()) } else { Ok(article) }
}
