//! NITF, the XML of agencies since 1998; also found inside NewsML.
//!
//! Its inline `<person>`, `<org>` and `<location>` and the quotes with a `quote-source` are kept as the article's own.

use std::io::BufRead;
use std::ops::ControlFlow;

use super::xml::Element;
use super::{Options, Origin, Sink, boilerplate, byline, dates, given, records};
use crate::annotation::{Location, Quote, QuoteKind, Segment, Speaker, SpeakerKind, Zone};
use crate::article::{Article, Given};
use crate::span::Span;

/// The element of an article.
pub(super) const ELEMENTS: &[&str] = &["nitf"];

/// Reads the article, or the articles, of a file.
pub(super) fn articles(input: &mut dyn BufRead, origin: &Origin, _options: &Options, sink: &mut Sink<'_>) -> ControlFlow<()> {
    match records::elements(input, ELEMENTS, origin, &|root| root.find("nitf").map_or(Err("no <nitf> in it".to_owned()), article), sink)? {
        true => ControlFlow::Continue(()),
        false => sink(Err(origin.refuse("no <nitf> in it"))),
    }
}

/// The article of one `<nitf>`.
///
/// # Errors
/// When it has neither headline nor text.
pub(super) fn article(nitf: &Element) -> Result<Article, String> {
    let head = nitf.at(&["body", "body.head"]);
    let content = nitf.at(&["body", "body.content"]);
    let data = nitf.at(&["head", "docdata"]);
    let in_head = |path: &[&str]| head.and_then(|h| h.at(path));
    let datum = |name: &str, attribute: &str| data.and_then(|d| d.at(&[name])).and_then(|e| e.attribute(attribute)).map(str::to_owned);
    let title = in_head(&["hedline", "hl1"])
        .and_then(Element::text)
        .or_else(|| in_head(&["hedline"]).and_then(Element::text))
        .or_else(|| {
            nitf.at(&["head", "title"])
                .and_then(|t| Some(t.raw_text().split_whitespace().collect::<Vec<_>>().join(" ")).filter(|t| !t.is_empty()))
        })
        .unwrap_or_default();
    let mut paragraphs = content.map(Element::paragraphs).unwrap_or_default();
    if paragraphs.first().is_some_and(|first| first.eq_ignore_ascii_case(&title)) && paragraphs.len() > 1 {
        paragraphs.remove(0);
    }
    if paragraphs.is_empty() {
        paragraphs = in_head(&["abstract"]).map(Element::paragraphs).unwrap_or_default();
    }
    if title.is_empty() && paragraphs.is_empty() {
        return Err("an article without headline and text".to_owned());
    }
    // What some agencies write as text is the markup of a film or a chart.
    paragraphs.retain(|paragraph| !(paragraph.starts_with('<') && paragraph.ends_with('>') && paragraph.contains("</")));
    let mut text = Article { body: paragraphs.join("\n\n"), ..Article::default() };
    boilerplate::tidy(&mut text);
    let Article { body, authors: credited, .. } = text;
    let date = ["date.issue", "date.release"]
        .iter()
        .find_map(|name| datum(name, "norm"))
        .or_else(|| in_head(&["dateline", "story.date"]).and_then(|d| d.attribute("norm")).map(str::to_owned))
        .or_else(|| nitf.at(&["head", "pubdata"]).and_then(|p| p.attribute("date.publication")).map(str::to_owned))
        .and_then(|text| dates::read(&text));
    let source = in_head(&["distributor"])
        .and_then(Element::text)
        .or_else(|| datum("doc.copyright", "holder"))
        .or_else(|| datum("doc-id", "regsrc"))
        .or_else(|| nitf.at(&["head", "pubdata"]).and_then(|p| p.attribute("name")).map(str::to_owned));
    let subject = nitf.at(&["head", "tobject"]).into_iter().flat_map(|t| t.all("tobject.subject")).find_map(|subject| {
        ["tobject.subject.type", "tobject.subject.matter", "tobject.subject.detail"].iter().find_map(|name| subject.attribute(name))
    });
    let language = [nitf.attribute("baselang"), nitf.attribute("xml:lang"), nitf.at(&["body"]).and_then(|b| b.attribute("xml:lang"))]
        .into_iter()
        .flatten()
        .next()
        .or_else(|| content.and_then(|c| c.all("p").find_map(|p| p.attribute("xml:lang"))));
    Ok(Article {
        id: datum("doc-id", "id-string").unwrap_or_default(),
        date,
        source,
        authors: head.map(authors).filter(|names| !names.is_empty()).unwrap_or(credited),
        section: subject.map(str::to_owned),
        language: language.and_then(given::language),
        given: given_by(nitf, content, &body),
        title,
        body,
        ..Article::default()
    })
}

fn authors(head: &Element) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for line in head.all("byline") {
        let people = line.descendants("person");
        if people.is_empty() {
            names.extend(byline::authors(&line.text_without("byttl")));
        } else {
            names.extend(people.into_iter().filter_map(Element::text));
        }
    }
    names
}

/// The people, organizations, places and quotes of the markup.
fn given_by(nitf: &Element, content: Option<&Element>, body: &str) -> Given {
    let mut given = Given::default();
    for place in nitf.at(&["head", "docdata"]).into_iter().flat_map(|d| d.all("evloc")) {
        let parts: Vec<&str> = ["city", "county-dist", "state-prov"].iter().filter_map(|name| place.attribute(name)).collect();
        let Some(name) = parts.first().copied().or_else(|| place.attribute("region")) else { continue };
        let within = parts.iter().skip(1).filter(|part| **part != name).map(|part| (*part).to_owned()).collect();
        let country = place.attribute("iso-cc").and_then(given::country);
        given::add_location(&mut given.locations, Location { name: name.to_owned(), within, country, ..Location::default() });
    }
    let Some(content) = content else { return given };
    for (tag, list) in [("person", &mut given.people), ("org", &mut given.organizations)] {
        for element in content.descendants(tag) {
            // Some agencies mark the possessive as of the name.
            let name = element.text().unwrap_or_default();
            let name = ["'s", "’s"].iter().find_map(|clitic| name.strip_suffix(clitic)).unwrap_or(&name).to_owned();
            given::add_name(list, &name);
        }
    }
    for element in content.descendants("location") {
        match element.elements().filter_map(Element::text).collect::<Vec<_>>().split_first() {
            Some((name, within)) => {
                let location = Location { name: name.clone(), within: within.to_vec(), ..Location::default() };
                given::add_location(&mut given.locations, location);
            }
            None => given::add_place(&mut given.locations, &element.text().unwrap_or_default()),
        }
    }
    for element in content.descendants("q").into_iter().chain(content.descendants("p")) {
        if let (Some(speaker), Some(text)) = (element.attribute("quote-source"), element.text()) {
            given.quotes.push(quote(speaker, &text, body));
        }
    }
    given
}

/// A quote whose markup names its source.
fn quote(speaker: &str, text: &str, body: &str) -> Quote {
    let text = text.trim_matches(['"', '“', '”', '«', '»']).to_owned();
    let segments = body.find(&text).map(|start| Segment { span: Span::new(start, start + text.len()), zone: Zone::Body });
    let named = speaker.split_whitespace().filter(|word| word.starts_with(char::is_uppercase)).count() >= 2;
    let kind = if named { SpeakerKind::Person } else { SpeakerKind::Unknown };
    Quote {
        text,
        kind: QuoteKind::Direct,
        segments: segments.into_iter().collect(),
        speaker: Speaker { name: Some(speaker.to_owned()), kind, mention: None },
        rule: "given".into(),
        confidence: 1.0,
        ..Quote::default()
    }
}
