//! RSS, Atom and JSON Feed: each item is an article. Feeds often carry no more than its first sentences.

use std::collections::HashMap;
use std::io::BufRead;
use std::ops::ControlFlow;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use feed_rs::model::{Entry, Feed, Person, Text};
use feed_rs::parser;

use super::{Options, Origin, Sink, byline, dates, given, html, language, markup, whole};
use crate::article::{Article, Date};

/// The dates of a feed as they were written, by their moment: the feed parser keeps the moment only.
type Written = Arc<Mutex<HashMap<i64, Date>>>;

/// Reads the items of a feed.
pub(super) fn articles(input: &mut dyn BufRead, origin: &Origin, _options: &Options, sink: &mut Sink<'_>) -> ControlFlow<()> {
    let bytes = match whole(input, origin) {
        Ok(bytes) => bytes,
        Err(refusal) => return sink(Err(refusal)),
    };
    // Some outlets write the date's element in small letters.
    let text = markup::decode(&bytes, None).replace("<pubdate>", "<pubDate>").replace("</pubdate>", "</pubDate>");
    let written = Written::default();
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
    let feed = match parser.parse(without_declaration(&text).as_bytes()) {
        Ok(feed) => feed,
        Err(error) => return sink(Err(origin.refuse(format!("no feed: {error}")))),
    };
    if feed.entries.is_empty() {
        return sink(Err(origin.refuse("a feed without items")));
    }
    let written = written.lock().unwrap_or_else(PoisonError::into_inner);
    for (number, entry) in feed.entries.iter().enumerate() {
        sink(article(entry, &feed, &written).map_err(|reason| origin.refuse_at(format!("item {}", number + 1), reason)))?;
    }
    ControlFlow::Continue(())
}

/// The text is UTF-8 by now, whatever its XML declaration says.
fn without_declaration(text: &str) -> &str {
    let text = text.trim_start();
    match text.strip_prefix("<?xml").and_then(|rest| rest.split_once("?>")) {
        Some((_, rest)) => rest.trim_start(),
        None => text,
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
    Ok(Article {
        id: url.clone().filter(|_| numbered).unwrap_or_else(|| entry.id.clone()),
        date: as_written(entry.published.map(|at| at.timestamp())),
        modified: as_written(entry.updated.map(|at| at.timestamp())),
        source: feed.title.as_ref().map(line).filter(|name| !name.is_empty()),
        section: entry
            .categories
            .first()
            .map(|c| c.label.clone().unwrap_or_else(|| c.term.clone()))
            .filter(|c| !c.is_empty() && !c.eq_ignore_ascii_case("uncategorized")),
        language: language::detect(&title, &body).or(stated),
        title,
        body,
        authors,
        url,
        ..Article::default()
    })
}

/// A title on one line; some outlets write markup in it.
fn line(text: &Text) -> String {
    markup::fragment_text(&text.content).replace('\n', " ")
}
