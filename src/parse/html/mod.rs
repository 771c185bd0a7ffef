//! Web pages: a page is one article, or it is refused.
//!
//! [`bounds`] looks whether a page may be parsed, [`metadata`] reads what its markup says, [`extraction`] takes the body out
//! where it is not [`stated`], [`junk`] knows what stands beside an article. The parser recurses as deep as a page nests, which [`bounds`] limits; so that
//! the caller's stack does not matter, a page is parsed on a thread with a stack of its own.

mod bounds;
mod bylines;
mod extraction;
pub(super) mod junk;
mod metadata;
mod salvage;
mod source;
mod stated;

use std::io::BufRead;
use std::ops::ControlFlow;
use std::thread;

use trafilatura::dom::Document;

use super::{Options, Origin, Sink, boilerplate, byline, dates, language, markup, whole};
use crate::article::{Article, Date};

/// The stack of the thread that parses a page: enough for twice the depth that is let through, in a debug build too.
const STACK: usize = 64 << 20;
/// Fewest words of a page that calls itself an article.
const FEWEST_WORDS: usize = 8;
/// Fewest words of a page that says nothing of itself.
const FEWEST_WORDS_UNCALLED: usize = 50;

/// What is known of a page from elsewhere: the archive that it lies in.
#[derive(Clone, Debug, Default)]
pub(super) struct Known {
    /// Where it was fetched from.
    pub url: Option<String>,
    /// When it was fetched: the latest that it can have been published.
    pub fetched: Option<Date>,
}

/// Reads the article of a web page.
pub(super) fn articles(input: &mut dyn BufRead, origin: &Origin, _options: &Options, sink: &mut Sink<'_>) -> ControlFlow<()> {
    let bytes = match whole(input, origin) {
        Ok(bytes) => bytes,
        Err(refusal) => return sink(Err(refusal)),
    };
    let page = markup::decode(&bytes, None);
    let known = Known { url: saved_from(&page), fetched: None };
    sink(article(&page, &known).map_err(|reason| origin.refuse(reason)))
}

/// "<!-- saved from url=(0031)https://paper.example/story -->", which browsers put at the head of a saved page.
fn saved_from(page: &str) -> Option<String> {
    let head = &page[..page.floor_char_boundary(2048)];
    let rest = &head[head.find("saved from url=(")? + 16..];
    let url = rest.split_once(')')?.1.split([' ', '\r', '\n', '>']).next()?.trim();
    url.starts_with("http").then(|| url.to_owned())
}

/// The article of one page, or why there is none.
pub(super) fn article(page: &str, known: &Known) -> Result<Article, String> {
    bounds::check(page)?;
    thread::scope(|scope| {
        let worker = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, || parse(page, known));
        match worker {
            Ok(worker) => worker.join().unwrap_or_else(|_| Err("the page breaks the extractor".to_owned())),
            Err(error) => Err(format!("no thread to parse the page on: {error}")),
        }
    })
}

/// Whether an export in HTML may be parsed on the caller's own stack and in reasonable time.
///
/// # Errors
/// Why it may not.
pub(super) fn may_be_parsed(html: &str) -> Result<(), String> {
    bounds::check_export(html)
}

/// The text of a piece of HTML that is an article's and nothing else, as feeds and mail carry it.
///
/// # Errors
/// When it is no HTML that a person wrote.
pub(super) fn fragment(html: &str, title: &str) -> Result<String, String> {
    bounds::check(html)?;
    let document = Document::parse(html);
    let blocks = markup::blocks(&document, document.body().unwrap_or_else(|| document.root()));
    let pieces = blocks.into_iter().map(|block| extraction::Piece { block, inside: true }).collect();
    let blocks: Vec<markup::Block> = junk::without_junk(pieces, title).into_iter().map(|p| p.block).collect();
    Ok(markup::join(&blocks))
}

/// Whether two dates are a day apart at most.
fn near(one: &Date, other: &Date) -> bool {
    (one.timestamp().as_second() - other.timestamp().as_second()).abs() <= 36 * 3600
}

fn parse(page: &str, known: &Known) -> Result<Article, String> {
    let document = Document::parse(page);
    let about = metadata::read(&document, known.url.as_deref());
    let shown = document.text_content(document.body().unwrap_or_else(|| document.root()));
    if ["<?xml", "<rss", "<feed"].iter().any(|start| shown.trim_start().starts_with(start)) {
        return Err("the page shows the source of a feed: save the feed itself".to_owned());
    }
    let found = extraction::extract(document, &about.title, &about.body).unwrap_or_default();
    let count = |text: &str| text.split_whitespace().count();
    // What a page shows of a text that it states whole is its beginning, for those who have not paid.
    let is_part = count(&found.body) * 2 < count(&about.body);
    let clean = boilerplate::clean(if is_part { &about.body } else { &found.body });
    let words = count(&clean.body);
    if words == 0 {
        return Err("no text of an article in the page".to_owned());
    }
    let fewest = if about.is_article { FEWEST_WORDS } else { FEWEST_WORDS_UNCALLED };
    if about.is_other {
        return Err("a front page or a list, no article".to_owned());
    }
    if words < fewest {
        return Err(format!("no article: {words} words of text in the page"));
    }
    // Many outlets leave `lang` as their software came; the text itself is surer.
    let language = language::detect(&about.title, &clean.body).or(about.language);
    let guessed = || {
        let names = byline::authors(&found.author).into_iter().filter(|name| !about.bylines.is_commenter(name));
        Some(names.collect::<Vec<_>>()).filter(|names| !names.is_empty())
    };
    let stated = Some(about.authors).filter(|names| !names.is_empty());
    let authors = stated.or_else(guessed).unwrap_or(clean.writers);
    // The extractor takes the year of a claim of copyright for the first of January.
    let guess = found.day.as_deref().filter(|day| !day.ends_with("-01-01")).and_then(dates::read);
    let fetched = known.fetched.clone();
    let guess = guess.filter(|day| fetched.as_ref().is_none_or(|fetched| day.timestamp() <= fetched.timestamp()));
    let guess = guess.filter(|day| about.address_day.as_ref().is_none_or(|other| near(day, other)));
    let body = boilerplate::without_bios(clean.body, &authors);
    let date = about.date.or_else(|| about.modified.clone()).or(guess).or(about.address_day).or(fetched);
    Ok(Article {
        title: about.title,
        body,
        date,
        modified: about.modified,
        source: about.source,
        authors,
        url: about.url,
        section: about.section,
        language,
        given: about.given,
        ..Article::default()
    })
}
