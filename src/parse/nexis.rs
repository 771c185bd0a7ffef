//! Exports of Nexis and Lexis Advance, as text, HTML or Word: many articles a file, each with its outlet and date above the
//! headline and fields such as `BYLINE:` around the text.

use std::io::BufRead;
use std::ops::ControlFlow;
use std::sync::LazyLock;

use regex::Regex;
use trafilatura::dom::Document;

use super::records::{self, Begin};
use super::{Options, Origin, RECORD_LIMIT, Sink, boilerplate, byline, dates, given, markup, unreadable};
use crate::article::Article;
use crate::read::decode::repair;
use crate::read::lines::{self, Line};

/// "3 of 10 DOCUMENTS", the head of each article.
static HEAD: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"^\s*\d+ of \d+ DOCUMENTS\s*$").expect("a fixed pattern"));

/// A field: "BYLINE: Anna Bell", in Word "Byline: Anna Bell".
static FIELD: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"^\s*(?P<key>[A-Z][A-Z/ -]{2,25}|Byline|Section|Length|Dateline|Highlight|Load-Date|Language|Publication-Type|Graphic|Subject|Company|Organization|Geographic|Person|People|Industry|Classification|Correction-Date|Notes|Url|URL)\s*:(?P<value>(?s).*)$",
    )
    .expect("a fixed pattern")
});

/// Fields above the text. All others that are known stand below it.
const ABOVE: &[&str] = &["BYLINE", "SECTION", "LENGTH", "DATELINE", "HIGHLIGHT", "SERIES", "SOURCE", "AUTHOR"];
/// Fields below the text.
const BELOW: &[&str] = &[
    "LOAD-DATE",
    "LANGUAGE",
    "PUBLICATION-TYPE",
    "PUB-TYPE",
    "GRAPHIC",
    "SUBJECT",
    "COMPANY",
    "ORGANIZATION",
    "GEOGRAPHIC",
    "PERSON",
    "PEOPLE",
    "INDUSTRY",
    "CLASSIFICATION",
    "CORRECTION-DATE",
    "CORRECTION",
    "NOTES",
    "URL",
    "TYPE",
    "DOCUMENT-TYPE",
    "JOURNAL-CODE",
    "ISSN",
    "COUNTRY",
    "STATE",
    "CITY",
    "TICKER",
    "DISTRIBUTION",
    "ACC-NO",
    "UPDATE",
    "COPYRIGHT",
];

/// Reads the articles of an export in text or HTML.
pub(super) fn articles(input: &mut dyn BufRead, origin: &Origin, _options: &Options, sink: &mut Sink<'_>) -> ControlFlow<()> {
    let start = input.fill_buf().map(|head| head.iter().copied().find(|b| !b.is_ascii_whitespace() && *b < 0x80)).unwrap_or(None);
    if start == Some(b'<') { from_page(input, origin, sink) } else { from_text(input, origin, sink) }
}

/// One article after the other; only one is held.
fn from_text(input: &mut dyn BufRead, origin: &Origin, sink: &mut Sink<'_>) -> ControlFlow<()> {
    let mut line: Vec<u8> = Vec::new();
    let mut record: Option<String> = None;
    let (mut number, mut byte) = (0, 0);
    loop {
        let end = match lines::next(input, RECORD_LIMIT, &mut line) {
            Ok(Line::Whole) => false,
            Ok(Line::TooLong(_)) => {
                sink(Err(origin.refuse_at(format!("article {number}"), "a line longer than any article: passed over")))?;
                continue;
            }
            Ok(Line::End) => true,
            Err(error) => return sink(Err(unreadable(origin, byte, &error))),
        };
        byte += line.len() + 1;
        let text = String::from_utf8_lossy(&line);
        if end || HEAD.is_match(&text) {
            if let Some(record) = record.take() {
                number += 1;
                sink(article(&blocks(&repair(&record))).map_err(|reason| origin.refuse_at(format!("article {number}"), reason)))?;
            }
            if end {
                break;
            }
            record = Some(String::new());
        } else if let Some(record) = &mut record {
            if record.len() + text.len() > RECORD_LIMIT {
                sink(Err(origin.refuse_at(format!("article {}", number + 1), "longer than any article: cut")))?;
                record.clear();
            }
            record.push_str(&text);
            record.push('\n');
        }
    }
    if number == 0 { sink(Err(origin.refuse("an export of Nexis without articles"))) } else { ControlFlow::Continue(()) }
}

/// The stretches between blank lines, each on one line.
fn blocks(text: &str) -> Vec<String> {
    let mut blocks: Vec<String> = Vec::new();
    let mut open = false;
    for line in text.lines() {
        let words = line.split_whitespace().collect::<Vec<_>>().join(" ");
        if words.is_empty() {
            open = false;
            continue;
        }
        match blocks.last_mut().filter(|_| open) {
            Some(block) => {
                block.push(' ');
                block.push_str(&words);
            }
            None => blocks.push(words),
        }
        open = true;
    }
    blocks
}

fn from_page(input: &mut dyn BufRead, origin: &Origin, sink: &mut Sink<'_>) -> ControlFlow<()> {
    let read = |page: &Document| {
        let all = markup::blocks(page, page.body().unwrap_or_else(|| page.root()));
        let all: Vec<String> = all.into_iter().map(|b| b.text).collect();
        let start = all.iter().position(|block| HEAD.is_match(block)).map_or(0, |head| head + 1);
        article(&all[start..])
    };
    if records::pages(input, Begin::Tag("DOCFULL"), origin, &read, sink)? {
        ControlFlow::Continue(())
    } else {
        sink(Err(origin.refuse("an export of Nexis without articles")))
    }
}

/// Whether the paragraphs of a Word document are an export of Lexis Advance.
pub(super) fn is_word_export(paragraphs: &[String]) -> bool {
    paragraphs.iter().any(|p| p == "End of Document") && paragraphs.iter().any(|p| p == "Body")
}

/// The articles of a Word export; each stands before an "End of Document", the first behind a list of them all.
pub(super) fn from_word(paragraphs: &[String]) -> Vec<Result<Article, String>> {
    let mut found = Vec::new();
    for part in paragraphs.split(|p| p == "End of Document") {
        let Some(body) = part.iter().position(|p| p == "Body") else { continue };
        // Above "Body" stand headline, outlet, date, copyright and fields: the date tells where.
        let Some(day) = part[..body].iter().rposition(|p| !FIELD.is_match(p) && is_dateline(p) && !p.starts_with("Copyright")) else {
            found.push(Err("an article without a date".to_owned()));
            continue;
        };
        let source = day.checked_sub(1).and_then(|i| part.get(i)).cloned().unwrap_or_default();
        let title = day.checked_sub(2).and_then(|i| part.get(i)).cloned().unwrap_or_default();
        let mut blocks = vec![source, part[day].clone(), title];
        blocks.extend(part[day + 1..body].iter().filter(|p| FIELD.is_match(p)).cloned());
        blocks.extend(part[body + 1..].iter().filter(|p| *p != "Classification").cloned());
        found.push(article(&blocks));
    }
    found
}

/// A line with a year and a month, and little else.
fn is_dateline(block: &str) -> bool {
    block.len() < 120 && block.bytes().filter(u8::is_ascii_digit).count() >= 4 && dates::read(block).is_some()
}

/// An article from its blocks: outlet, date, headline, fields, text, fields.
fn article(blocks: &[String]) -> Result<Article, String> {
    let day = blocks.iter().take(6).position(|b| is_dateline(b)).ok_or("an article without a date")?;
    let mut article = Article {
        source: day.checked_sub(1).and_then(|i| blocks.get(i)).map(|b| outlet(b)).filter(|s| !s.is_empty()),
        date: dates::read(blocks[day].split('\n').next().unwrap_or_default()).or_else(|| dates::read(&blocks[day])),
        ..Article::default()
    };
    let mut rest = &blocks[day + 1..];
    if let Some((title, after)) = rest.split_first().filter(|(title, _)| !FIELD.is_match(title)) {
        article.title = title.replace('\n', " ");
        rest = after;
    }
    let mut body: Vec<&str> = Vec::new();
    let mut below = false;
    for block in rest {
        let field = FIELD.captures(block).map(|c| (c["key"].trim().to_uppercase(), c["value"].trim().to_owned()));
        let known = field.filter(|(key, _)| (body.is_empty() && ABOVE.contains(&key.as_str())) || BELOW.contains(&key.as_str()));
        match known {
            Some((key, value)) => {
                below |= BELOW.contains(&key.as_str());
                take(&mut article, &key, &value);
            }
            None if block.starts_with("Copyright ") || block.starts_with("All Rights Reserved") => below = true,
            None if !below => body.push(block),
            None => {}
        }
    }
    article.body = body.join("\n\n");
    if article.title.is_empty() && article.body.is_empty() {
        return Err("an article without headline and text".to_owned());
    }
    boilerplate::tidy(&mut article);
    Ok(article)
}

/// The outlet on one line; Word exports write "The Guardian(London)".
fn outlet(block: &str) -> String {
    let line = block.replace('\n', " ");
    match line.split_once('(') {
        Some((name, place)) if !name.ends_with(' ') && !name.is_empty() => format!("{name} ({place}"),
        _ => line,
    }
}

fn take(article: &mut Article, key: &str, value: &str) {
    // "BARACK OBAMA (92%); ANGELA MERKEL (71%)"
    let names = |abbreviation: usize| {
        value
            .split(';')
            .map(move |name| given::from_capitals(name.split(" (").next().unwrap_or(name).trim(), abbreviation))
            .filter(|n| !n.is_empty())
    };
    match key {
        "BYLINE" | "AUTHOR" if article.authors.is_empty() => article.authors = byline::authors(value),
        "SECTION" => article.section = Some(value.split(';').next().unwrap_or(value).trim().to_owned()).filter(|s| !s.is_empty()),
        "LANGUAGE" => article.language = given::language(value),
        "URL" => article.url = value.split_whitespace().find(|word| word.starts_with("http")).map(str::to_owned),
        "PERSON" | "PEOPLE" => names(5).for_each(|name| given::add_name(&mut article.given.people, &name)),
        "ORGANIZATION" | "COMPANY" => names(5).for_each(|name| given::add_name(&mut article.given.organizations, &name)),
        "GEOGRAPHIC" => names(3).for_each(|name| given::add_place(&mut article.given.locations, &name)),
        _ => {}
    }
}
