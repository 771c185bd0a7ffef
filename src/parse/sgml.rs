//! Collections of the wire in SGML: Reuters-21578, TREC, Gigaword. Many articles a file, read one after the other.

use std::io::BufRead;
use std::ops::ControlFlow;

use super::{Options, Origin, RECORD_LIMIT, Sink, boilerplate, byline, dates, given, markup, unreadable};
use crate::article::Article;
use crate::read::lines::{self, Line};

/// Reads the articles of a collection.
pub(super) fn articles(input: &mut dyn BufRead, origin: &Origin, _options: &Options, sink: &mut Sink<'_>) -> ControlFlow<()> {
    let mut record: Vec<u8> = Vec::new();
    let mut line: Vec<u8> = Vec::new();
    let (mut number, mut byte) = (1, 0);
    loop {
        let end = match lines::next(input, RECORD_LIMIT, &mut line) {
            Ok(Line::Whole) => false,
            Ok(Line::TooLong(length)) => {
                byte += usize::try_from(length).unwrap_or(usize::MAX);
                sink(Err(origin.refuse_at(format!("article {number}"), "a line longer than any article: passed over")))?;
                continue;
            }
            Ok(Line::End) => true,
            Err(error) => return sink(Err(unreadable(origin, byte, &error))),
        };
        byte += line.len() + 1;
        let last = ends_record(&line);
        if !end {
            record.extend_from_slice(&line);
            record.push(b'\n');
        }
        if record.len() > RECORD_LIMIT {
            sink(Err(origin.refuse_at(format!("article {number}"), "longer than any article: passed over")))?;
            record.clear();
        }
        if last || end {
            let text = markup::decode(&record, None);
            record.clear();
            if let Some(result) = article(&text) {
                sink(result.map_err(|reason| origin.refuse_at(format!("article {number}"), reason)))?;
                number += 1;
            }
            if end {
                return match number {
                    1 => sink(Err(origin.refuse("no <DOC> or <REUTERS> in it"))),
                    _ => ControlFlow::Continue(()),
                };
            }
        }
    }
}

fn ends_record(line: &[u8]) -> bool {
    memchr::memmem::find_iter(line, b"</").any(|at| {
        let tag = &line[at + 2..];
        [&b"DOC>"[..], b"REUTERS>"].iter().any(|name| tag.get(..name.len()).is_some_and(|tag| tag.eq_ignore_ascii_case(name)))
    })
}

/// The article in one record; `None` where there is none.
fn article(text: &str) -> Option<Result<Article, String>> {
    if let Some(start) = find_tag(text, "REUTERS") {
        return Some(reuters(&text[start..]));
    }
    find_tag(text, "DOC").map(|start| trec(&text[start..]))
}

/// Where the tag `<name` begins.
fn find_tag(text: &str, name: &str) -> Option<usize> {
    let mut at = 0;
    while let Some(found) = text[at..].find('<') {
        let start = at + found;
        let rest = text.as_bytes().get(start + 1..start + 1 + name.len());
        let after = text.as_bytes().get(start + 1 + name.len());
        if rest.is_some_and(|rest| rest.eq_ignore_ascii_case(name.as_bytes()))
            && after.is_some_and(|b| b.is_ascii_whitespace() || *b == b'>')
        {
            return Some(start);
        }
        at = start + 1;
    }
    None
}

/// What stands between `<name …>` and `</name>`, or the end of the record; entities unresolved.
fn field<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let start = find_tag(text, name)?;
    let content = start + text[start..].find('>')? + 1;
    let mut at = content;
    while let Some(found) = text[at..].find("</") {
        let end = at + found;
        let tag = text.as_bytes().get(end + 2..end + 2 + name.len());
        if tag.is_some_and(|tag| tag.eq_ignore_ascii_case(name.as_bytes())) {
            return Some(&text[content..end]);
        }
        at = end + 2;
    }
    Some(&text[content..])
}

fn attribute<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let tag = &text[..text.find('>')?];
    let start = tag.find(&format!("{name}=\""))? + name.len() + 2;
    tag[start..].split('"').next()
}

/// Resolves the few entities that these collections use; control characters are put aside with the rest of the wire's framing.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.bytes().take(12).position(|b| b == b';');
        let name = end.map(|end| &rest[1..end]);
        let character = match name {
            Some("lt") => Some('<'),
            Some("gt") => Some('>'),
            Some("amp") => Some('&'),
            Some("quot") => Some('"'),
            Some("apos") => Some('\''),
            Some(name) => name.strip_prefix('#').and_then(|code| code.parse().ok()).and_then(char::from_u32),
            None => None,
        };
        match (character, end) {
            (Some(c), Some(end)) => {
                if !c.is_control() {
                    out.push(c);
                }
                rest = &rest[end + 1..];
            }
            _ => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out.retain(|c| !c.is_control() || c == '\n' || c == '\t');
    out
}

fn line(text: &str) -> String {
    plain(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Drops the tags of a text, each taken for the end of a paragraph.
fn without_tags(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('<') {
        let is_tag = rest[start + 1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '!');
        match rest[start..].find('>').filter(|_| is_tag) {
            Some(end) => {
                out.push_str(&rest[..start]);
                out.push_str("\n\n");
                rest = &rest[start + end + 1..];
            }
            None => {
                out.push_str(&rest[..=start]);
                rest = &rest[start + 1..];
            }
        }
    }
    out.push_str(rest);
    out
}

fn reuters(text: &str) -> Result<Article, String> {
    let story = field(text, "TEXT").unwrap_or_default();
    let mut title = field(story, "TITLE").map(line).unwrap_or_default();
    let mut body = field(story, "BODY").map(|b| markup::wire_paragraphs(&plain(b))).unwrap_or_default();
    if title.is_empty() && body.is_empty() {
        // A story that nobody took apart: the headline is its first line.
        let whole = plain(story);
        let (first, rest) = whole.trim().split_once('\n').unwrap_or((whole.trim(), ""));
        title = first.trim().to_owned();
        body = markup::wire_paragraphs(rest);
    }
    if let Some(rest) = body.strip_suffix("Reuter").or_else(|| body.strip_suffix("REUTER")) {
        body = rest.trim_end().to_owned();
    }
    if title.is_empty() && body.is_empty() {
        return Err("a story without headline and text".to_owned());
    }
    // "SALVADOR, Feb 26 - " stands before the text and belongs to its first line, as everywhere else.
    if let Some(dateline) = field(story, "DATELINE").map(line).filter(|dateline| !dateline.is_empty() && !body.is_empty()) {
        body = format!("{dateline} {body}");
    }
    let list = |name: &str| -> Vec<String> {
        let mut rest = field(text, name).unwrap_or_default();
        let mut items = Vec::new();
        while let Some(item) = field(rest, "D") {
            items.push(plain(item));
            rest = &rest[rest.find("</D>").map_or(rest.len(), |end| end + 4)..];
        }
        items
    };
    let mut article = Article {
        id: attribute(text, "NEWID").unwrap_or_default().to_owned(),
        title,
        body,
        date: field(text, "DATE").and_then(|d| dates::read(&line(d))),
        source: Some("Reuters".to_owned()),
        authors: field(story, "AUTHOR").map(|by| byline::authors(&line(by))).unwrap_or_default(),
        section: list("TOPICS").into_iter().next(),
        language: Some("en".to_owned()),
        ..Article::default()
    };
    list("PEOPLE").iter().for_each(|name| given::add_name(&mut article.given.people, &spelt_out(name)));
    list("PLACES").iter().for_each(|name| given::add_place(&mut article.given.locations, &spelt_out(name)));
    list("ORGS").iter().for_each(|name| given::add_name(&mut article.given.organizations, &spelt_out(name)));
    boilerplate::tidy(&mut article);
    Ok(article)
}

/// "west-germany" is West Germany; "usa" and "opec" are abbreviations.
fn spelt_out(name: &str) -> String {
    if name.len() <= 4
        && !name.contains('-')
        && !matches!(name, "iran" | "iraq" | "peru" | "cuba" | "chad" | "mali" | "oman" | "togo" | "fiji" | "laos")
    {
        return name.to_uppercase();
    }
    given::from_capitals(&name.replace('-', " ").to_uppercase(), 0)
}

fn trec(text: &str) -> Result<Article, String> {
    let stated = |names: &[&str]| names.iter().find_map(|name| field(text, name)).map(|t| line(&without_tags(t))).filter(|t| !t.is_empty());
    let id = stated(&["DOCNO", "DOCID"]).or_else(|| attribute(text, "id").map(str::to_owned)).unwrap_or_default();
    let story = field(text, "TEXT").or_else(|| field(text, "BODY")).unwrap_or_default();
    let title = stated(&["HEADLINE", "HEAD", "HL", "TI", "TITLE", "H3"]).unwrap_or_default();
    let body = markup::wire_paragraphs(&plain(&without_tags(story)));
    if title.is_empty() && body.is_empty() {
        return Err("a document without headline and text".to_owned());
    }
    // The day stands in the number of many collections: AP880212-0001, AFP_ENG_19940512.0003, FT911-3.
    let day = || {
        let digits: Vec<&str> = id.split(|c: char| !c.is_ascii_digit()).filter(|d| d.len() == 8 || d.len() == 6).collect();
        let date = |d: &&str| {
            let full = if d.len() == 6 { format!("19{d}") } else { (*d).to_owned() };
            dates::read(&format!("{}-{}-{}", &full[..4], &full[4..6], &full[6..]))
        };
        digits.iter().find_map(date)
    };
    let mut article = Article {
        date: stated(&["DATE", "DATE1", "DATETIME", "DATE_TIME", "DD"]).and_then(|d| dates::read(&d)).or_else(day),
        source: stated(&["SO", "SOURCE", "PUB"]),
        authors: stated(&["BYLINE", "AUTHOR"]).map(|by| byline::authors(&by)).unwrap_or_default(),
        section: stated(&["SECTION", "SUBJECT"]),
        id,
        title,
        body,
        ..Article::default()
    };
    boilerplate::tidy(&mut article);
    Ok(article)
}
