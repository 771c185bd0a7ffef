//! Newsletters as mail: one message (.eml), or many (mbox), read one after the other.

use std::io::BufRead;
use std::ops::ControlFlow;

use mail_parser::{Address, HeaderValue, Message, MessageParser, PartType};

use super::{Options, Origin, RECORD_LIMIT, Sink, boilerplate, byline, dates, html, markup, unreadable, whole};
use crate::article::Article;
use crate::read::decode::repair;
use crate::read::lines::{self, Line};

/// Reads the article of one message.
pub(super) fn articles(input: &mut dyn BufRead, origin: &Origin, _options: &Options, sink: &mut Sink<'_>) -> ControlFlow<()> {
    let bytes = match whole(input, origin) {
        Ok(bytes) => bytes,
        Err(refusal) => return sink(Err(refusal)),
    };
    sink(article(&bytes).map_err(|reason| origin.refuse(reason)))
}

/// Reads the messages of an mbox: each begins with a line "From …" behind a blank one.
pub(super) fn messages(input: &mut dyn BufRead, origin: &Origin, _options: &Options, sink: &mut Sink<'_>) -> ControlFlow<()> {
    let mut line: Vec<u8> = Vec::new();
    let mut message: Vec<u8> = Vec::new();
    let (mut number, mut byte) = (0, 0);
    let mut blank = true;
    let mut too_long = false;
    loop {
        let end = match lines::next(input, RECORD_LIMIT, &mut line) {
            Ok(Line::Whole) => false,
            Ok(Line::TooLong(_)) => {
                too_long = true;
                continue;
            }
            Ok(Line::End) => true,
            Err(error) => return sink(Err(unreadable(origin, byte, &error))),
        };
        byte += line.len() + 1;
        if end || (blank && line.starts_with(b"From ")) {
            if too_long {
                sink(Err(origin.refuse_at(format!("message {number}"), "longer than any newsletter: passed over")))?;
            } else if number > 0 {
                sink(article(&message).map_err(|reason| origin.refuse_at(format!("message {number}"), reason)))?;
            }
            message.clear();
            number += 1;
            (blank, too_long) = (false, false);
            if end {
                return ControlFlow::Continue(());
            }
            continue;
        }
        blank = line.is_empty();
        // ">From " is how a line that begins with "From " is written inside a message.
        let unescaped = if line.starts_with(b">From ") { &line[1..] } else { &line[..] };
        too_long |= message.len() + unescaped.len() > RECORD_LIMIT;
        if !too_long {
            message.extend_from_slice(unescaped);
            message.push(b'\n');
        }
    }
}

fn article(bytes: &[u8]) -> Result<Article, String> {
    let start = bytes.iter().position(|b| !b.is_ascii_whitespace()).unwrap_or(bytes.len());
    let message = MessageParser::default().parse(&bytes[start..]).ok_or("no message")?;
    let title = repair(message.subject().unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ").as_str()).into_owned();
    let body = repair(&body(&message, &title)?).into_owned();
    if body.is_empty() {
        return Err("a message without a text".to_owned());
    }
    let sender = message.from().and_then(Address::first);
    let name = sender.and_then(|s| s.name.as_deref()).map(str::trim).filter(|name| !name.is_empty());
    let address = sender.and_then(|s| s.address.as_deref());
    let authors = match name {
        Some(name) => byline::authors(name),
        None => address.and_then(|a| a.split('@').next()).map(str::to_owned).into_iter().collect(),
    };
    // Of "Some name <list.paper.example>" the name, else the domain.
    let list = match message.list_id() {
        HeaderValue::Text(text) => Some(text.to_string()),
        HeaderValue::Address(address) => address.first().and_then(|a| a.name.as_ref().or(a.address.as_ref())).map(ToString::to_string),
        _ => None,
    };
    let list =
        list.map(|text| text.split('<').next().unwrap_or_default().trim().trim_matches('"').to_owned()).filter(|text| !text.is_empty());
    let domain = address.and_then(|a| a.split_once('@')).map(|(_, domain)| domain.trim_end_matches('>').to_ascii_lowercase());
    let received = || message.received().and_then(|r| r.date.as_ref()).map(mail_parser::DateTime::to_rfc3339);
    let date = message.header_raw("Date").and_then(|text| dates::read(text.trim())).or_else(|| {
        let text = message.date().map(mail_parser::DateTime::to_rfc3339).or_else(received)?;
        dates::read(&text)
    });
    let mut article = Article {
        id: message.message_id().unwrap_or_default().to_owned(),
        title,
        body,
        date,
        source: list.or(domain),
        authors,
        ..Article::default()
    };
    boilerplate::tidy(&mut article);
    Ok(article)
}

/// The plain text, else the marked-up one; without the signature.
fn body(message: &Message<'_>, title: &str) -> Result<String, String> {
    let mut plain = Vec::new();
    let mut marked_up = Vec::new();
    for part in message.text_bodies().chain(message.html_bodies()) {
        match &part.body {
            PartType::Text(text) => plain.push(without_signature(text)),
            PartType::Html(text) => marked_up.push(text),
            _ => {}
        }
    }
    plain.dedup();
    let text = plain.iter().map(|text| markup::plain_paragraphs(text)).filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n\n");
    if !text.is_empty() {
        return Ok(text);
    }
    match marked_up.first() {
        Some(text) => html::fragment(text, title),
        None => Ok(text),
    }
}

/// A signature stands below a line of two hyphens.
fn without_signature(text: &str) -> &str {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if matches!(line.trim_end_matches(['\r', '\n']), "-- " | "--") {
            return &text[..at];
        }
        at += line.len();
    }
    text
}
