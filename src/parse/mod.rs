//! Turns the bytes of any known format into articles: detects the format by content before name, dispatches to one file a format.
//!
//! A format is a file here with `articles(input, origin, options, sink)`, an arm of [`Format`], a test of its first bytes
//! in [`detect`] and a line in the dispatch below. A parser fills what the format states and leaves the rest:
//! [`articles`] gives every article its path, an id where it has none of its own, and a language.

pub mod boilerplate;
mod byline;
mod csv;
pub mod dates;
pub mod detect;
mod docx;
mod email;
mod factiva;
mod feed;
pub mod fields;
mod given;
mod html;
mod json;
pub mod language;
mod markdown;
mod markup;
mod newsml;
mod nexis;
mod ninjs;
mod nitf;
mod sgml;
mod text;
mod warc;
mod xml;

use std::io::{self, BufRead, Read};
use std::ops::ControlFlow;

use crate::article::Article;
use crate::read::decode::{Utf8Reader, sniff};
use crate::read::{File, Head, Limits, inputs};

pub use crate::read::{Origin, Refusal, RefusalKind};
pub use detect::Format;

/// Takes each article or refusal as it is read; `Break` asks the parser to stop.
///
/// A [`RefusalKind::Doubtful`] one comes before the article that it is about.
pub type Sink<'a> = dyn FnMut(Result<Article, Refusal>) -> ControlFlow<()> + 'a;

/// What the user said of the input.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Field names of `--map`: (ours, theirs), as in `--map body=story_text`.
    pub map: Vec<(String, String)>,
}

/// How much of a file is looked at to see its format and encoding.
const HEAD: usize = 1 << 16;

/// The most bytes that one record may have: a line of JSON Lines, a row, a page, a file of text. The longest articles
/// have some hundred thousand.
pub const RECORD_LIMIT: usize = 32 << 20;

/// Reads every article of a file that was found, through all its archives and compressions.
pub fn file(file: &File, limits: &Limits, options: &Options, sink: &mut Sink<'_>) -> ControlFlow<()> {
    inputs(file, limits, &mut |input| match input {
        Ok(input) => articles(input.bytes, &input.origin, options, sink),
        Err(refusal) => sink(Err(refusal)),
    })
}

/// Reads every article of one decompressed file and hands each to `sink`, in order, never holding more than one record
/// of the formats that are streams (JSON Lines, WARC, mbox, CSV).
///
/// `input` need not be UTF-8.
pub fn articles(input: &mut dyn BufRead, origin: &Origin, options: &Options, sink: &mut Sink<'_>) -> ControlFlow<()> {
    let mut input = match Head::new(input, HEAD) {
        Ok(input) => input,
        Err(error) => return sink(Err(origin.refuse(error.to_string()))),
    };
    let whole = input.peek().len() < HEAD;
    let (encoding, guessed) = sniff(input.peek(), whole);
    let format = match detect::format(input.peek(), encoding, &origin.below, options) {
        Ok(format) => format,
        Err(reason) => return sink(Err(origin.refuse(reason))),
    };
    let mut count = 0;
    let mut sink = |result: Result<Article, Refusal>| {
        sink(result.map(|article| {
            count += 1;
            complete(article, origin, count)
        }))
    };
    if encoding != encoding_rs::UTF_8 && format.is_text() {
        if guessed {
            let reason = format!("not UTF-8: read as {}", encoding.name());
            sink(Err(Refusal { kind: RefusalKind::Doubtful, ..origin.refuse(reason) }))?;
        }
        let mut input = Utf8Reader::new(input, encoding);
        return dispatch(format, &mut input, origin, options, &mut sink);
    }
    dispatch(format, &mut input, origin, options, &mut sink)
}

fn dispatch(format: Format, input: &mut dyn BufRead, origin: &Origin, options: &Options, sink: &mut Sink<'_>) -> ControlFlow<()> {
    match format {
        Format::Feed => feed::articles(input, origin, options, sink),
        Format::Html => html::articles(input, origin, options, sink),
        Format::Nitf => nitf::articles(input, origin, options, sink),
        Format::NewsMl => newsml::articles(input, origin, options, sink),
        Format::Factiva => factiva::articles(input, origin, options, sink),
        Format::Sgml => sgml::articles(input, origin, options, sink),
        Format::Nexis => nexis::articles(input, origin, options, sink),
        Format::Docx => docx::articles(input, origin, options, sink),
        Format::Json => json::articles(input, origin, options, sink),
        Format::Text => text::articles(input, origin, options, sink),
        Format::Markdown => markdown::articles(input, origin, options, sink),
        Format::Csv => csv::articles(input, origin, options, sink),
        Format::Warc => warc::articles(input, origin, options, sink),
        Format::Arc => warc::arc_articles(input, origin, options, sink),
        Format::Email => email::articles(input, origin, options, sink),
        Format::Mbox => email::messages(input, origin, options, sink),
    }
}

/// What every article gets, whatever its format.
fn complete(mut article: Article, origin: &Origin, count: usize) -> Article {
    if article.path.is_empty() {
        article.path.clone_from(&origin.path);
    }
    if article.id.is_empty() {
        article.id = match &article.url {
            Some(url) => url.clone(),
            None if count == 1 => origin.below.clone(),
            None => origin.nth(count),
        };
    }
    if article.language.is_none() {
        article.language = language::detect(&article.title, &article.body);
    }
    article
}

/// All of `input`, for formats that hold one article, or a few, a file.
///
/// # Errors
/// The refusal of a file that is too large or cannot be read to its end.
pub(crate) fn whole(input: &mut dyn BufRead, origin: &Origin) -> Result<Vec<u8>, Refusal> {
    let mut bytes = Vec::new();
    match input.take(RECORD_LIMIT as u64 + 1).read_to_end(&mut bytes) {
        Ok(count) if count > RECORD_LIMIT => Err(origin.refuse(format!("larger than {} MB: no article is", RECORD_LIMIT >> 20))),
        Ok(_) => Ok(bytes),
        Err(error) => Err(unreadable(origin, bytes.len(), &error)),
    }
}

/// The refusal of a stream that broke after so many bytes.
pub(crate) fn unreadable(origin: &Origin, byte: usize, error: &io::Error) -> Refusal {
    origin.refuse_at(format!("byte {byte}"), error.to_string())
}
