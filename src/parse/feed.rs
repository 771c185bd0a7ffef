//! RSS, Atom and JSON Feed: each item is an article. Feeds often carry no more than its first sentences.
//!
//! A feed is cut at its items, and each is given to the feed parser in a feed of its own: one that is broken is named, and the
//! others go in.

use std::collections::HashMap;
use std::io::BufRead;
use std::ops::ControlFlow;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use feed_rs::model::{Entry, Feed, Person, Text};
use feed_rs::parser;
use serde_json::{Map, Value};

use super::records::{Begin, Records};
use super::{Options, Origin, Sink, boilerplate, byline, dates, given, html, json, language, markup, xml};
use crate::article::{Article, Date};

/// Reads the items of a feed.
pub(super) fn articles(input: &mut dyn BufRead, origin: &Origin, options: &Options, sink: &mut Sink<'_>) -> ControlFlow<()> {
    let first = input.fill_buf().unwrap_or_default().iter().copied().find(|b| matches!(b, b'<' | b'{'));
    if first == Some(b'{') {
        return json::feed(input, origin, options, sink);
    }
    let (records, head) = Records::new(input, Begin::Elements(&["item", "entry"]));
    let wrapper = Wrapper::new(&head);
    let about = wrapper.around(&xml::without_unknown_entities(&wrapper.metadata(&head)).0);
    let (about, mut broken) = match read(&about) {
        Ok((about, _)) => (Some(about), None),
        Err(reason) => (None, Some(reason)),
    };
    let any = records.each("item", origin, sink, |text, open, position, sink| {
        if let Some(reason) = broken.take() {
            sink(Err(origin.doubt_at("head", format!("its title and language cannot be read: {reason}"))))?;
        }
        let (text, unknown) = xml::without_unknown_entities(text);
        if let Some(doubt) = xml::left_out(&unknown) {
            sink(Err(origin.doubt_at(position.clone(), doubt)))?;
        }
        let found = if open { Err("the item has no end: it is cut off".to_owned()) } else { read(&wrapper.around(&text)) };
        let article = found.and_then(|(feed, dates)| match feed.entries.first() {
            Some(entry) => article(entry, about.as_ref().unwrap_or(&feed), &dates),
            None => Err("an item without a link, title and text".to_owned()),
        });
        sink(article.map_err(|reason| origin.refuse_at(position, reason)))
    })?;
    if any { ControlFlow::Continue(()) } else { sink(Err(origin.refuse("a feed without items"))) }
}

/// The article of an item of a JSON Feed, of which `about` is what stands beside its items.
///
/// # Errors
/// Why it is none.
pub(super) fn json_article(about: &Map<String, Value>, mut item: Map<String, Value>) -> Result<Article, String> {
    // Outlets number their items, which the format wants as text.
    if let Some(Value::Number(number)) = item.get("id") {
        item.insert("id".to_owned(), Value::String(number.to_string()));
    }
    let mut feed = about.clone();
    feed.retain(|key, _| matches!(key.as_str(), "version" | "title" | "language" | "author" | "authors"));
    feed.entry("title").or_insert_with(|| Value::String(String::new()));
    feed.insert("items".to_owned(), Value::Array(vec![Value::Object(item)]));
    let (feed, dates) = read(&Value::Object(feed).to_string())?;
    feed.entries.first().ok_or_else(|| "no item".to_owned()).and_then(|entry| article(entry, &feed, &dates))
}

/// The dates of a feed as they were written, by their moment: the feed parser keeps the moment only.
type Written = HashMap<i64, Date>;

/// Gives a feed to the feed parser, made to read dates as all formats do. One parser reads one feed: it is not to be used again
/// behind a fault.
///
/// # Errors
/// What the feed parser says.
fn read(feed: &str) -> Result<(Feed, Written), String> {
    let written: Arc<Mutex<Written>> = Arc::default();
    let dates = Arc::clone(&written);
    let parser = parser::Builder::new()
        .id_generator(|_, _, _| String::new())
        .timestamp_parser(move |text| {
            let date = dates::read(text)?;
            let second = date.timestamp().as_second();
            dates.lock().unwrap_or_else(PoisonError::into_inner).entry(second).or_insert(date);
            let moment = match u64::try_from(second) {
                Ok(after) => SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(after)),
                Err(_) => SystemTime::UNIX_EPOCH.checked_sub(Duration::from_secs(second.unsigned_abs())),
            };
            moment.map(Into::into)
        })
        .build();
    let feed = parser.parse(feed.as_bytes()).map_err(|error| error.to_string())?;
    let written = std::mem::take(&mut *written.lock().unwrap_or_else(PoisonError::into_inner));
    Ok((feed, written))
}

/// The elements that an item stands in, written as the feed parser knows them: RSS has had many roots and versions.
struct Wrapper {
    open: String,
    close: &'static str,
    /// Where in the head the elements begin that say what the feed is.
    inside: usize,
}

impl Wrapper {
    /// Prefixes that outlets use and forget to declare.
    const KNOWN: &[(&str, &str)] = &[
        ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
        ("xmlns:content", "http://purl.org/rss/1.0/modules/content/"),
        ("xmlns:media", "http://search.yahoo.com/mrss/"),
        ("xmlns:itunes", "http://www.itunes.com/dtds/podcast-1.0.dtd"),
        ("xmlns:rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
        ("xmlns:atom", "http://www.w3.org/2005/Atom"),
    ];

    fn new(head: &str) -> Self {
        let tags = xml::first_tags(head, 2);
        let root = tags.first().map_or("entry", |tag| tag.name.as_str());
        let (root, close) = match root {
            "feed" | "entry" => ("<feed xmlns=\"http://www.w3.org/2005/Atom\"", "</feed>"),
            "RDF" => ("<rdf:RDF xmlns=\"http://purl.org/rss/1.0/\"", "</rdf:RDF>"),
            _ => ("<rss version=\"2.0\"", "</channel></rss>"),
        };
        let in_channel = close.starts_with("</channel>");
        let channel = tags.iter().find(|tag| in_channel && tag.name == "channel");
        let mut open = root.to_owned();
        let mut add = |name: &str, value: &str| {
            let attribute = format!(" {name}=");
            if !open.contains(&attribute) {
                open.push_str(&format!("{attribute}\"{}\"", quick_xml::escape::escape(value)));
            }
        };
        let stated = tags.first().into_iter().chain(channel).flat_map(|tag| &tag.attributes);
        stated.filter(|(name, _)| name.starts_with("xmlns:") || name.starts_with("xml:")).for_each(|(name, value)| add(name, value));
        Self::KNOWN.iter().for_each(|(name, value)| add(name, value));
        open.push_str(if in_channel { "><channel>" } else { ">" });
        Self { open, close, inside: channel.or(tags.first()).map_or(head.len(), |tag| tag.end) }
    }

    /// What of the head says what the feed is: not the list of the items that follow.
    fn metadata(&self, head: &str) -> String {
        let metadata = &head[self.inside..];
        match (metadata.find("<items"), metadata.find("</items>")) {
            (Some(start), Some(end)) if start < end => [&metadata[..start], &metadata[end + 8..]].concat(),
            _ => metadata.to_owned(),
        }
    }

    fn around(&self, elements: &str) -> String {
        // Some outlets write the date's element in small letters.
        let elements = elements.replace("<pubdate>", "<pubDate>").replace("</pubdate>", "</pubDate>");
        [&self.open, elements.as_str(), self.close].concat()
    }
}

fn article(entry: &Entry, feed: &Feed, written: &HashMap<i64, Date>) -> Result<Article, String> {
    let title = entry.title.as_ref().map(line).unwrap_or_default();
    let content = entry.content.as_ref().and_then(|c| Some((c.body.as_deref()?, c.content_type.subty().as_str())));
    let body = match (content, &entry.summary) {
        (Some((text, "plain")), _) => markup::plain_paragraphs(text),
        (Some((text, _)), _) if !text.trim().is_empty() => html::fragment(text, &title)?,
        (_, Some(summary)) => html::fragment(&summary.content, &title)?,
        _ => String::new(),
    };
    if body.is_empty() && title.is_empty() {
        return Err("an item without title and text".to_owned());
    }
    let as_written = |moment: Option<i64>| moment.and_then(|second| written.get(&second).cloned());
    let link = entry.links.iter().find(|l| l.rel.as_deref().is_none_or(|rel| rel == "alternate")).or_else(|| entry.links.first());
    let url = link.map(|link| link.href.clone()).filter(|url| url.starts_with("http"));
    // Some feeds number their items from 1, each its own; where they stand tells them apart. Longer numbers are the outlet's.
    let numbered = entry.id.len() < 5 && entry.id.bytes().all(|b| b.is_ascii_digit());
    let names = |people: &[Person]| -> Vec<String> { people.iter().filter_map(|p| p.name.as_deref()).flat_map(byline::authors).collect() };
    let mut authors = names(&entry.authors);
    if authors.is_empty() {
        authors = names(&feed.authors);
    }
    let stated = entry.language.as_ref().or(feed.language.as_ref()).and_then(|tag| given::language(tag));
    let mut article = Article {
        id: url.clone().filter(|_| numbered).unwrap_or_else(|| entry.id.clone()),
        date: as_written(entry.published.map(|at| at.timestamp())),
        modified: as_written(entry.updated.map(|at| at.timestamp())),
        source: feed.title.as_ref().map(line).map(|title| outlet(&title).to_owned()).filter(|name| !name.is_empty()),
        section: entry
            .categories
            .first()
            .map(|c| c.label.clone().unwrap_or_else(|| c.term.clone()))
            .filter(|c| !NO_SECTIONS.contains(&c.to_ascii_lowercase().as_str())),
        language: language::detect(&title, &body).or(stated),
        title,
        body,
        authors,
        url,
        ..Article::default()
    };
    boilerplate::tidy(&mut article);
    Ok(article)
}

/// What programs write for a category: that there is none, or what kind of thing the item is.
const NO_SECTIONS: &[&str] = &["", "uncategorized", "uncategorised", "post", "posts", "article", "articles", "story", "page"];

/// "The Daily Post - RSS Channel" is of The Daily Post.
fn outlet(title: &str) -> &str {
    let ends = [" - RSS", " | RSS", " – RSS", " — RSS", " RSS Feed", " RSS feed", " RSS"];
    ends.iter().filter_map(|end| title.find(end)).filter(|at| *at > 0).min().map_or(title, |at| title[..at].trim_end())
}

/// A title on one line; some outlets write markup in it.
fn line(text: &Text) -> String {
    markup::fragment_text(&text.content).replace('\n', " ")
}
