//! A small tree of an XML document, namespaces put aside: what the agency formats and Word documents are read from.
//!
//! It is lenient, as agencies' XML is not always well formed: a missing end tag ends with its parent, entities of HTML are known.
//! Entities that a document declares itself are not expanded but left out, so that a bomb of them is harmless.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::escape::resolve_html5_entity;
use quick_xml::events::{BytesStart, Event};

use super::markup::{Paragraphs, Role, role};

/// Most elements one inside the other.
const DEEPEST: usize = 256;
/// Most elements of a document: some thousand articles.
const MOST_ELEMENTS: usize = 4_000_000;

/// An element with what is in it.
#[derive(Debug, Default)]
pub(super) struct Element {
    /// Its name without a namespace prefix.
    pub name: String,
    attributes: Vec<(String, String)>,
    children: Vec<Node>,
}

/// What stands in an element.
#[derive(Debug)]
pub(super) enum Node {
    /// Another element.
    Element(Element),
    /// Text, entities resolved.
    Text(String),
}

/// A document that was read.
#[derive(Debug, Default)]
pub(super) struct Document {
    /// An element without a name that holds all of it.
    pub root: Element,
    /// The names of entities that nobody knows, which are left out; the first few.
    pub unknown: Vec<String>,
}

/// Reads a whole document.
///
/// # Errors
/// Where it is broken beyond reading, or deeper than any document is.
pub(super) fn parse(text: &str) -> Result<Document, String> {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    config.expand_empty_elements = false;
    let mut open: Vec<Element> = vec![Element::default()];
    let (mut count, mut unknown) = (0, Vec::new());
    loop {
        let event = match reader.read_event() {
            Ok(event) => event,
            // What was read up to the break is kept if there is an article in it.
            Err(error) if open.len() > 1 => {
                return if count > 20 {
                    Ok(Document { root: close_all(open), unknown })
                } else {
                    Err(format!("no well-formed XML: {error}"))
                };
            }
            Err(error) => return Err(format!("no well-formed XML: {error}")),
        };
        match event {
            Event::Start(start) => {
                count += 1;
                if open.len() > DEEPEST || count > MOST_ELEMENTS {
                    return Err(format!("elements nest more than {DEEPEST} deep, or are more than {MOST_ELEMENTS}"));
                }
                open.push(element(&start));
            }
            Event::Empty(start) => {
                count += 1;
                push(&mut open, Node::Element(element(&start)));
            }
            Event::End(end) => {
                let name = local(end.name().as_ref()).to_owned();
                // An end without a beginning is passed over; one of an outer element ends all inside it.
                if let Some(depth) = open.iter().rposition(|e| e.name == name).filter(|depth| *depth > 0) {
                    while open.len() > depth {
                        close(&mut open);
                    }
                }
            }
            Event::Text(text) => push_text(&mut open, &text.xml10_content()),
            Event::CData(data) => push_text(&mut open, &data.xml10_content()),
            Event::GeneralRef(reference) => {
                let name = reference.xml10_content();
                match entity(&name) {
                    Some(text) => push_text(&mut open, &text),
                    None => note(&mut unknown, &name),
                }
            }
            Event::Eof => return Ok(Document { root: close_all(open), unknown }),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
    }
}

/// The text that an entity stands for: one of XML, of HTML, which agencies use without declaring them, or a character by number.
fn entity(name: &str) -> Option<String> {
    match name.strip_prefix('#') {
        Some(number) => {
            let number = match number.strip_prefix(['x', 'X']) {
                Some(digits) => u32::from_str_radix(digits, 16),
                None => number.parse(),
            };
            number.ok().and_then(char::from_u32).map(String::from)
        }
        None => resolve_html5_entity(name).map(str::to_owned),
    }
}

/// The name in `&name;` at the head of `text`; `None` where the ampersand is one.
fn entity_name(text: &str) -> Option<&str> {
    let rest = text.strip_prefix('&')?;
    let end = rest.bytes().take(40).position(|b| b == b';')?;
    let name = &rest[..end];
    let letters = name.strip_prefix('#').unwrap_or(name);
    (!letters.is_empty() && letters.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b'-'))).then_some(name)
}

/// XML without the entities that nobody knows, whose names are given beside it: those that a document defines for itself are
/// never expanded. Ampersands that stand for themselves are written as XML wants them, entities of HTML as characters.
pub(super) fn without_unknown_entities(text: &str) -> (Cow<'_, str>, Vec<String>) {
    if !text.contains('&') {
        return (Cow::Borrowed(text), Vec::new());
    }
    let mut out = String::with_capacity(text.len());
    let mut unknown = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(['&', '<']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        if rest.starts_with('<') {
            let length = if rest.starts_with("<![CDATA[") { rest.find("]]>").unwrap_or(rest.len()) } else { 1 };
            out.push_str(&rest[..length]);
            rest = &rest[length..];
            continue;
        }
        let Some(name) = entity_name(rest) else {
            out.push_str("&amp;");
            rest = &rest[1..];
            continue;
        };
        match entity(name) {
            Some(text) => out.push_str(&quick_xml::escape::escape(text.as_str())),
            None => note(&mut unknown, name),
        }
        rest = &rest[name.len() + 2..];
    }
    out.push_str(rest);
    (Cow::Owned(out), unknown)
}

/// Most names of unknown entities that are told.
const TOLD: usize = 5;

fn note(unknown: &mut Vec<String>, name: &str) {
    if unknown.len() < TOLD && !unknown.iter().any(|known| known == name) {
        unknown.push(name.to_owned());
    }
}

/// What is doubtful about a text out of which entities were left.
pub(super) fn left_out(unknown: &[String]) -> Option<String> {
    let names = unknown.iter().map(|name| format!("&{name};")).collect::<Vec<_>>().join(", ");
    (!unknown.is_empty()).then(|| format!("entities that neither XML nor HTML knows are left out: {names}"))
}

/// A start tag.
#[derive(Debug)]
pub(super) struct StartTag {
    /// Its name without a namespace prefix.
    pub name: String,
    /// Its attributes, with their prefixes.
    pub attributes: Vec<(String, String)>,
    /// Where the text behind it begins.
    pub end: usize,
}

/// The first start tags of a document, at most `count`.
pub(super) fn first_tags(text: &str, count: usize) -> Vec<StartTag> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = false;
    reader.config_mut().allow_unmatched_ends = true;
    reader.config_mut().allow_dangling_amp = true;
    let mut tags = Vec::new();
    while tags.len() < count {
        match reader.read_event() {
            Ok(Event::Start(start)) => {
                let Element { name, attributes, .. } = element(&start);
                let end = usize::try_from(reader.buffer_position()).unwrap_or(text.len()).min(text.len());
                tags.push(StartTag { name, attributes, end });
            }
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => {}
        }
    }
    tags
}

fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

fn element(start: &BytesStart<'_>) -> Element {
    let attributes = start
        .html_attributes()
        .filter_map(Result::ok)
        .map(|a| {
            let value = quick_xml::escape::unescape(&a.value).map_or_else(|_| a.value.clone().into_owned(), |v| v.into_owned());
            (a.key.as_ref().to_owned(), value)
        })
        .collect();
    Element { name: local(start.name().as_ref()).to_owned(), attributes, children: Vec::new() }
}

fn push(open: &mut [Element], node: Node) {
    if let Some(element) = open.last_mut() {
        element.children.push(node);
    }
}

fn push_text(open: &mut [Element], text: &str) {
    let Some(element) = open.last_mut() else { return };
    match element.children.last_mut() {
        Some(Node::Text(before)) => before.push_str(text),
        _ => element.children.push(Node::Text(text.to_owned())),
    }
}

fn close(open: &mut Vec<Element>) {
    if let Some(element) = open.pop() {
        push(open, Node::Element(element));
    }
}

fn close_all(mut open: Vec<Element>) -> Element {
    while open.len() > 1 {
        close(&mut open);
    }
    open.pop().unwrap_or_default()
}

impl Element {
    /// The elements in it.
    pub fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(|child| match child {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// The elements in it of one name.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Element> {
        self.elements().filter(move |e| e.name == name)
    }

    /// The first element reached by going down these names, each directly in the one before.
    pub fn at(&self, path: &[&str]) -> Option<&Element> {
        match path {
            [] => Some(self),
            [name, rest @ ..] => self.elements().filter(|e| e.name == *name).find_map(|e| e.at(rest)),
        }
    }

    /// All elements of one name at any depth, in order; none inside another of the name.
    pub fn descendants<'a>(&'a self, name: &str) -> Vec<&'a Element> {
        let mut found = Vec::new();
        let mut rest: Vec<&Element> = vec![self];
        while let Some(element) = rest.pop() {
            if element.name == name {
                found.push(element);
            } else {
                let mut inner: Vec<&Element> = element.elements().collect();
                inner.reverse();
                rest.append(&mut inner);
            }
        }
        found
    }

    /// The first element of one name at any depth.
    pub fn find(&self, name: &str) -> Option<&Element> {
        self.descendants(name).into_iter().next()
    }

    /// An attribute by its name, with prefix (`xml:lang`).
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(n, _)| n == name).map(|(_, v)| v.trim()).filter(|v| !v.is_empty())
    }

    /// All its text on one line; `None` when there is none.
    pub fn text(&self) -> Option<String> {
        let blocks = self.paragraphs();
        let text = blocks.join(" ").replace('\n', " ");
        (!text.is_empty()).then_some(text)
    }

    /// All its text on one line, but for elements of one name.
    pub fn text_without(&self, name: &str) -> String {
        self.paragraphs_without(&[name]).join(" ")
    }

    /// Its text as paragraphs.
    pub fn paragraphs(&self) -> Vec<String> {
        self.paragraphs_without(&[])
    }

    /// Its text as paragraphs, but for elements of some names.
    pub fn paragraphs_without(&self, names: &[&str]) -> Vec<String> {
        let mut paragraphs = Paragraphs::wire();
        self.walk(&mut paragraphs, names);
        paragraphs.finish().into_iter().map(|b| b.text).collect()
    }

    /// The text exactly as it stands, elements put aside: for plain text in an element.
    pub fn raw_text(&self) -> String {
        let mut text = String::new();
        self.raw(&mut text);
        text
    }

    fn raw(&self, out: &mut String) {
        for child in &self.children {
            match child {
                Node::Text(text) => out.push_str(text),
                Node::Element(element) => element.raw(out),
            }
        }
    }

    /// Recurses no deeper than the document, which [`parse`] bounds.
    fn walk(&self, paragraphs: &mut Paragraphs, without: &[&str]) {
        for child in &self.children {
            match child {
                Node::Text(text) => paragraphs.text(text),
                Node::Element(element) => {
                    let role = role(&element.name);
                    if role == Role::Unseen || without.contains(&element.name.as_str()) {
                        continue;
                    }
                    paragraphs.enter(role);
                    element.walk(paragraphs, without);
                    paragraphs.leave(role);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entities_are_resolved_and_never_expanded() {
        let read = parse("<a><b>R&amp;D &#8220;x&#x201d; caf&eacute;&nbsp;&unknown;&unknown;&#xffffff; M&A</b></a>").unwrap();
        assert_eq!(read.root.find("b").unwrap().text().unwrap(), "R&D “x” café M&A");
        assert_eq!(read.unknown, ["unknown", "#xffffff"]);
        let bomb = r#"<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;">]><x><p>It is &c;.</p></x>"#;
        let read = parse(bomb).unwrap();
        assert_eq!(read.root.find("p").unwrap().text().unwrap(), "It is .");
        assert_eq!(left_out(&read.unknown).unwrap(), "entities that neither XML nor HTML knows are left out: &c;");
    }

    #[test]
    fn ampersands_are_mended_for_stricter_readers() {
        let mended = |text| {
            let (text, unknown) = without_unknown_entities(text);
            (text.into_owned(), unknown)
        };
        let none: Vec<String> = Vec::new();
        assert_eq!(mended("<a>1 < 2</a>"), ("<a>1 < 2</a>".to_owned(), none.clone()));
        assert_eq!(
            mended("M&A ?a=1&b=2 caf&eacute; &amp;lt; &#38;"),
            ("M&amp;A ?a=1&amp;b=2 café &amp;lt; &amp;".to_owned(), none.clone())
        );
        assert_eq!(mended("<![CDATA[A & B &x;]]>&x;&y"), ("<![CDATA[A & B &x;]]>&amp;y".to_owned(), vec!["x".to_owned()]));
    }

    #[test]
    fn prefixes_are_put_aside_and_missing_ends_forgiven() {
        let Document { root, .. } =
            parse("<n:news xmlns:n='u'><n:head id='7'><n:p>One<n:p>Two</n:head><n:body>B</n:body></n:news>").unwrap();
        assert_eq!(root.at(&["news", "head"]).unwrap().attribute("id"), Some("7"));
        assert_eq!(root.at(&["news", "body"]).unwrap().text().as_deref(), Some("B"));
    }

    #[test]
    fn depth_is_bounded() {
        assert!(parse(&"<a>".repeat(100_000)).unwrap_err().contains("deep"));
        assert!(parse(&format!("{}x", "<p>".repeat(200))).is_ok());
    }

    #[test]
    fn drops_without_recursion_deeper_than_the_bound() {
        let Document { root, .. } = parse(&format!("{}x{}", "<a>".repeat(200), "</a>".repeat(200))).unwrap();
        assert_eq!(root.raw_text(), "x");
    }
}
