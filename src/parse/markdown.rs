//! Markdown, with YAML or TOML in front of it or without: markup is taken off, paragraphs stay.

use std::io::BufRead;
use std::ops::ControlFlow;

use pulldown_cmark::{Event, Options as Extensions, Parser, Tag, TagEnd};
use serde_json::{Map, Value};

use super::fields::Fields;
use super::json::record::{self, Read};
use super::{Options, Origin, Sink, boilerplate, markup, text, whole_text};
use crate::article::Article;

/// Reads a file of Markdown as one article.
pub(super) fn articles(input: &mut dyn BufRead, origin: &Origin, options: &Options, sink: &mut Sink<'_>) -> ControlFlow<()> {
    let text = match whole_text(input, origin, sink)? {
        Ok(text) => text,
        Err(refusal) => return sink(Err(refusal)),
    };
    match article(&text, &Fields::new(options)) {
        Ok((article, notes)) => {
            for note in notes {
                sink(Err(origin.doubt_at("front matter", note)))?;
            }
            sink(Ok(article))
        }
        Err(reason) => sink(Err(origin.refuse(reason))),
    }
}

fn article(source: &str, fields: &Fields) -> Result<(Article, Vec<String>), String> {
    let source = source.replace("\r\n", "\n");
    let (mut front, source) = front_matter(&source);
    let mut blocks = plain(source);
    let heading = blocks.first().is_some_and(|block| block.heading).then(|| blocks.remove(0).text);
    let joined = blocks.iter().map(|block| block.text.as_str()).collect::<Vec<_>>().join("\n\n");
    // The text's own fields go the way of those of JSON; what stands in the text goes the way of text.
    front.insert("body".to_owned(), Value::String(joined));
    let Read::Article(article, notes) = record::read(front, fields) else {
        return Err("no body: nothing stands below its title".to_owned());
    };
    let mut article = *article;
    let mut title_above = true;
    match heading {
        Some(heading) if article.title.is_empty() => article.title = heading,
        Some(heading) if heading != article.title => article.body.insert_str(0, &format!("{heading}\n\n")),
        Some(_) => {}
        None => title_above = !article.title.is_empty(),
    }
    if title_above {
        text::take_head(&mut article, fields);
    } else {
        let below = text::article(&article.body, fields).ok_or("no body: nothing stands below its title")?;
        let front = std::mem::replace(&mut article, below);
        article.id = if front.id.is_empty() { article.id } else { front.id };
        article.date = front.date.or(article.date);
        article.source = front.source.or(article.source);
        article.url = front.url.or(article.url);
        article.section = front.section.or(article.section);
        article.language = front.language.or(article.language);
        article.given = front.given;
        if !front.authors.is_empty() {
            article.authors = front.authors;
        }
    }
    let clean = boilerplate::clean(&article.body);
    article.body = clean.body;
    if article.authors.is_empty() {
        article.authors = clean.writers;
    }
    if article.body.is_empty() { Err("no body: nothing stands below its title".to_owned()) } else { Ok((article, notes)) }
}

/// The fields between the lines of dashes (YAML) or pluses (TOML) that a file begins with, and what follows them.
fn front_matter(source: &str) -> (Map<String, Value>, &str) {
    let none = (Map::new(), source);
    let trimmed = source.trim_start_matches('\u{feff}').trim_start();
    let fence = match trimmed.lines().next().map(str::trim_end) {
        Some("---") => "---",
        Some("+++") => "+++",
        _ => return none,
    };
    let Some(start) = trimmed.find('\n').map(|at| at + 1) else { return none };
    let mut at = start;
    for line in trimmed[start..].split_inclusive('\n') {
        let end = line.trim_end();
        if end == fence || fence == "---" && end == "..." {
            return (keys(&trimmed[start..at], fence), &trimmed[at + line.len()..]);
        }
        at += line.len();
    }
    none
}

/// The simple keys of front matter: strings, lists in brackets or below with dashes, strings over several lines.
fn keys(matter: &str, fence: &str) -> Map<String, Value> {
    let separator = if fence == "---" { ':' } else { '=' };
    let mut found: Map<String, Value> = Map::new();
    let mut last: Option<String> = None;
    for line in matter.lines() {
        let words = line.trim();
        if words.is_empty() || words.starts_with('#') {
            continue;
        }
        let indented = line.starts_with([' ', '\t']) || words.starts_with("- ");
        if let (true, Some(key)) = (indented, &last) {
            // A list item, or the next line of a string.
            let value = found.entry(key.clone()).or_insert(Value::Null);
            match (words.strip_prefix("- "), value) {
                (Some(item), Value::Array(list)) => list.push(scalar(item)),
                (Some(item), value) => *value = Value::Array(vec![scalar(item)]),
                (None, Value::String(text)) => {
                    text.push(' ');
                    text.push_str(words);
                }
                (None, value @ Value::Null) => *value = Value::String(words.to_owned()),
                _ => {}
            }
            continue;
        }
        let Some((key, value)) = words.split_once(separator) else { continue };
        let key = key.trim().trim_matches(['"', '\'']).to_owned();
        let value = match value.trim() {
            "" | ">" | "|" | ">-" | "|-" | "~" | "null" => Value::Null,
            value => match value.strip_prefix('[').and_then(|list| list.strip_suffix(']')) {
                Some(list) => list.split(',').map(str::trim).filter(|item| !item.is_empty()).map(scalar).collect(),
                None => scalar(value),
            },
        };
        last = Some(key.clone());
        found.insert(key, value);
    }
    found
}

/// A string out of its quotation marks, if it has some.
fn scalar(text: &str) -> Value {
    let text = text.trim();
    let inside = |mark: char| text.strip_prefix(mark).and_then(|text| text.strip_suffix(mark));
    Value::String(if let Some(inner) = inside('"') {
        serde_json::from_str(text).unwrap_or_else(|_| inner.to_owned())
    } else if let Some(inner) = inside('\'') {
        inner.replace("''", "'")
    } else {
        // A comment stands after a space.
        text.split(" #").next().unwrap_or(text).trim_end().to_owned()
    })
}

/// A paragraph without markup.
struct Block {
    text: String,
    heading: bool,
}

/// The paragraphs, headings, items and cells of Markdown as text.
fn plain(source: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut current = String::new();
    let mut images = 0;
    let end = |current: &mut String, heading: bool, blocks: &mut Vec<Block>| {
        let text = std::mem::take(current);
        let text = text.trim();
        if !text.is_empty() {
            blocks.push(Block { text: text.to_owned(), heading });
        }
    };
    let extensions = Extensions::ENABLE_TABLES | Extensions::ENABLE_STRIKETHROUGH | Extensions::ENABLE_FOOTNOTES;
    for event in Parser::new_ext(source, extensions) {
        match event {
            Event::Start(Tag::Image { .. }) => images += 1,
            Event::End(TagEnd::Image) => images -= 1,
            // What a picture shows is not the article's text.
            Event::Text(_) | Event::Code(_) if images > 0 => {}
            Event::Text(text) | Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => current.push_str(&text),
            Event::SoftBreak => current.push(' '),
            Event::HardBreak => current.push('\n'),
            Event::InlineHtml(tag) if tag.to_ascii_lowercase().starts_with("<br") => current.push('\n'),
            Event::Html(html) => {
                end(&mut current, false, &mut blocks);
                for paragraph in markup::fragment_text(&html).split("\n\n").filter(|paragraph| !paragraph.is_empty()) {
                    blocks.push(Block { text: paragraph.to_owned(), heading: false });
                }
            }
            Event::End(TagEnd::Heading(_)) => end(&mut current, true, &mut blocks),
            Event::End(TagEnd::TableCell) => current.push('\t'),
            Event::End(TagEnd::Paragraph | TagEnd::Item | TagEnd::CodeBlock | TagEnd::TableRow | TagEnd::TableHead)
            | Event::Start(Tag::List(_))
            | Event::Rule => end(&mut current, false, &mut blocks),
            _ => {}
        }
    }
    end(&mut current, false, &mut blocks);
    blocks
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(source: &str) -> Article {
        article(source, &Fields::new(&Options::default())).unwrap().0
    }

    #[test]
    fn front_matter_gives_the_fields() {
        for source in [
            "---\ntitle: \"A: \\\"B\\\"\"\nauthor: Ann Lee, Science Correspondent\ndate: 2025-04-03\npublisher: The Paper # mine\nsection: World\ntags: [a, b]\n---\n\nOne.\n\nTwo.\n",
            "+++\ntitle = 'A: \"B\"'\nauthors = [\"Ann Lee\"]\ndate = 2025-04-03\nsource = \"The Paper\"\ncategories = ['World']\n+++\nOne.\n\nTwo.",
            "---\ntitle: >\n  A:\n  \"B\"\nauthors:\n- Ann Lee\ndate: April 3, 2025\nsource: The Paper\nsection: World\n...\nOne.\n\nTwo.",
        ] {
            let article = read(source);
            assert_eq!(article.title, "A: \"B\"");
            assert_eq!(article.authors, ["Ann Lee"]);
            assert_eq!(article.date.unwrap().as_str(), "2025-04-03T00:00:00Z");
            assert_eq!(article.source.as_deref(), Some("The Paper"));
            assert_eq!(article.section.as_deref(), Some("World"));
            assert_eq!(article.body, "One.\n\nTwo.");
        }
    }

    #[test]
    fn markup_is_taken_off_and_paragraphs_stay() {
        let article = read(
            "# The [bridge](https://x.example) *opens*\n\n*By Ann Lee*  \n3 April 2025\n\nThe **mayor**\nsaid: “It’s _open_.”\n\n> “No,” said `Bo`.\n\n- one\n- two\n\n![a picture](x.png)\n\n***\n\n<p>Last <b>one</b>.</p>\n",
        );
        assert_eq!(article.title, "The bridge opens");
        assert_eq!(article.authors, ["Ann Lee"]);
        assert_eq!(article.body, "The mayor said: “It’s open.”\n\n“No,” said Bo.\n\none\n\ntwo\n\nLast one.");
    }

    #[test]
    fn a_dash_line_in_the_text_is_no_front_matter() {
        let article = read("Title\n\nOne.\n\n---\n\nTwo.");
        assert_eq!((article.title.as_str(), article.body.as_str()), ("Title", "One.\n\nTwo."));
        assert!(super::article("# Only a title", &Fields::new(&Options::default())).is_err());
    }

    #[test]
    fn deep_nesting_is_no_trouble() {
        let deep = format!("# T\n\n{}text", "> ".repeat(20_000));
        let _ = super::article(&deep, &Fields::new(&Options::default()));
        let _ = super::article(&"[".repeat(50_000), &Fields::new(&Options::default()));
    }
}
