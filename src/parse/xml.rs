//! A small tree of an XML document, namespaces put aside: what the agency formats and Word documents are read from.
//!
//! It is lenient, as agencies' XML is not always well formed: a missing end tag ends with its parent, an unknown entity stays as
//! it is written. Entities that a document declares itself are not expanded, so that a bomb of them is a few harmless words.

use quick_xml::Reader;
use quick_xml::escape::resolve_xml_entity;
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

/// Reads a whole document into a root element without a name.
///
/// # Errors
/// Where it is broken beyond reading, or deeper than any document is.
pub(super) fn parse(text: &str) -> Result<Element, String> {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    config.expand_empty_elements = false;
    let mut open: Vec<Element> = vec![Element::default()];
    let mut count = 0;
    loop {
        let event = match reader.read_event() {
            Ok(event) => event,
            // What was read up to the break is kept if there is an article in it.
            Err(error) if open.len() > 1 => {
                return if count > 20 { Ok(close_all(open)) } else { Err(format!("no well-formed XML: {error}")) };
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
                let character = reference.resolve_char_ref().ok().flatten();
                match (character, resolve_xml_entity(&name)) {
                    (Some(character), _) => push_text(&mut open, character.encode_utf8(&mut [0; 4])),
                    (None, Some(text)) => push_text(&mut open, text),
                    (None, None) => push_text(&mut open, &named(&name)),
                }
            }
            Event::Eof => return Ok(close_all(open)),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
    }
}

/// The entities of HTML that agencies use without declaring them.
fn named(name: &str) -> String {
    let character = match name {
        "nbsp" => "\u{a0}",
        "ldquo" => "“",
        "rdquo" => "”",
        "lsquo" => "‘",
        "rsquo" => "’",
        "mdash" => "—",
        "ndash" => "–",
        "hellip" => "…",
        "bull" => "•",
        "pound" => "£",
        "euro" => "€",
        "copy" => "©",
        "eacute" => "é",
        "egrave" => "è",
        "agrave" => "à",
        "ccedil" => "ç",
        "ntilde" => "ñ",
        "ouml" => "ö",
        "uuml" => "ü",
        "auml" => "ä",
        "szlig" => "ß",
        "aring" => "å",
        "oslash" => "ø",
        "laquo" => "«",
        "raquo" => "»",
        _ => return format!("&{name};"),
    };
    character.to_owned()
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
        let root = parse("<a><b>R&amp;D &#8220;x&#x201d; caf&eacute; &unknown;</b></a>").unwrap();
        assert_eq!(root.find("b").unwrap().text().unwrap(), "R&D “x” café &unknown;");
        let bomb = r#"<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;">]><x><p>&c;</p></x>"#;
        assert_eq!(parse(bomb).unwrap().find("p").unwrap().text().unwrap(), "&c;");
    }

    #[test]
    fn prefixes_are_put_aside_and_missing_ends_forgiven() {
        let root = parse("<n:news xmlns:n='u'><n:head id='7'><n:p>One<n:p>Two</n:head><n:body>B</n:body></n:news>").unwrap();
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
        let root = parse(&format!("{}x{}", "<a>".repeat(200), "</a>".repeat(200))).unwrap();
        assert_eq!(root.raw_text(), "x");
    }
}
