//! Exports of Factiva: XML (`<article>` with its fields) and the HTML of its pages (a table of two-letter fields an article).

use std::io::BufRead;
use std::ops::ControlFlow;

use trafilatura::dom::{Document, NodeId};

use super::records::{self, Begin};
use super::xml::Element;
use super::{Options, Origin, Sink, boilerplate, byline, dates, given, markup};
use crate::annotation::Location;
use crate::article::{Article, Given};

/// Reads the articles of an export.
pub(super) fn articles(input: &mut dyn BufRead, origin: &Origin, _options: &Options, sink: &mut Sink<'_>) -> ControlFlow<()> {
    let head = markup::decode(input.fill_buf().unwrap_or_default(), None);
    let found = if head.contains("<accessionNo") || head.contains("<PPSResponse") {
        let read = |root: &Element| root.find("article").map_or(Err("no article".to_owned()), from_element);
        records::elements(input, &["article"], origin, &read, sink)?
    } else {
        records::pages(input, Begin::Class("article"), origin, &from_page, sink)?
    };
    if found { ControlFlow::Continue(()) } else { sink(Err(origin.refuse("an export of Factiva without articles"))) }
}

/// Paragraphs are elements, or text as the wire lays it out.
fn paragraphs(element: &Element) -> Vec<String> {
    if element.find("paragraph").is_some() {
        return element.paragraphs();
    }
    markup::wire_paragraphs(&element.raw_text()).split("\n\n").filter(|p| !p.is_empty()).map(str::to_owned).collect()
}

fn from_element(article: &Element) -> Result<Article, String> {
    let field = |name: &str| article.at(&[name]).and_then(Element::text);
    let title = field("headline").unwrap_or_default();
    let body: Vec<String> =
        ["leadParagraph", "tailParagraphs"].iter().filter_map(|name| article.at(&[name])).flat_map(paragraphs).collect();
    let body = body.join("\n\n");
    if title.is_empty() && body.is_empty() {
        return Err("an article without headline and text".to_owned());
    }
    let mut given = Given::default();
    let names = |tag: &'static str| {
        let sets = article.all("codeSets").flat_map(|s| s.elements());
        article
            .elements()
            .chain(sets)
            .filter(move |e| e.name == tag)
            .filter_map(|e| Some((e.attribute("code").unwrap_or(""), e.at(&["name"])?.text()?)))
    };
    names("person").for_each(|(_, name)| given::add_name(&mut given.people, &name));
    names("company").chain(names("organization")).for_each(|(_, name)| given::add_name(&mut given.organizations, &name));
    names("region").for_each(|(code, name)| add_region(&mut given, code, name));
    let mut read = Article {
        id: field("accessionNo").unwrap_or_default(),
        date: article
            .at(&["publicationDate"])
            .and_then(|d| d.at(&["dateTime"]).or_else(|| d.at(&["date"])).and_then(Element::text))
            .and_then(|text| dates::read(&text)),
        source: field("sourceName").or_else(|| field("publisherName")),
        authors: field("byline").map(|by| byline::authors(&by)).unwrap_or_default(),
        section: field("sectionName"),
        language: field("baseLanguage").and_then(|l| given::language(&l)),
        title,
        body,
        given,
        ..Article::default()
    };
    boilerplate::tidy(&mut read);
    Ok(read)
}

/// Codes of country groups ("Developing Economies") end in z and name no place.
fn add_region(given: &mut Given, code: &str, name: String) {
    if !code.ends_with('z') && !name.ends_with("Countries") {
        given::add_location(&mut given.locations, Location { name, ..Location::default() });
    }
}

/// The article of a page that begins with its `<div>`.
fn from_page(page: &Document) -> Result<Article, String> {
    let div = page.get_elements_by_tag_name(page.root(), "div").first().copied().ok_or("no article")?;
    let mut article = Article::default();
    let mut body: Vec<String> = Vec::new();
    let (mut day, mut hour) = (String::new(), String::new());
    for row in page.get_elements_by_tag_name(div, "tr") {
        let cells: Vec<NodeId> = page.children(row).into_iter().filter(|cell| page.tag_name(*cell) == "td").collect();
        let [key, value] = cells[..] else { continue };
        let blocks: Vec<String> = markup::blocks(page, value).into_iter().map(|b| b.text).collect();
        let line = blocks.join(" ").replace('\n', " ");
        let list = || line.split('|').map(|item| item.split_once(':').map_or(("", item.trim()), |(code, name)| (code.trim(), name.trim())));
        match markup::join(&markup::blocks(page, key)).trim() {
            "HD" => article.title = line,
            "LP" | "TD" => body.extend(blocks),
            "BY" => article.authors = byline::authors(&line),
            "PD" => day = line,
            "ET" => hour = line,
            "SN" => article.source = Some(line),
            "SE" => article.section = Some(line),
            "LA" => article.language = given::language(&line),
            "AN" => article.id = line.rsplit(' ').next().unwrap_or_default().to_owned(),
            "RE" => list().for_each(|(code, name)| add_region(&mut article.given, code, name.to_owned())),
            "CO" => list().for_each(|(_, name)| given::add_name(&mut article.given.organizations, name)),
            "PE" => list().for_each(|(_, name)| given::add_name(&mut article.given.people, name)),
            _ => {}
        }
    }
    article.date = dates::read(&format!("{day} {hour}")).or_else(|| dates::read(&day));
    article.body = body.join("\n\n");
    if article.title.is_empty() && article.body.is_empty() {
        return Err("an article without headline and text".to_owned());
    }
    boilerplate::tidy(&mut article);
    Ok(article)
}
