//! Web archives, WARC and the older ARC: the pages among the responses, one record after the other.
//!
//! Of a record no more is held than itself. Pictures, scripts and answers other than 200 are passed over without a word; an
//! archive that is cut off gives all records before the cut, and a refusal that says where it ends.

use std::io::{self, BufRead, Read};
use std::ops::ControlFlow;

use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};

use super::html::{self, Known};
use super::{Options, Origin, RECORD_LIMIT, Sink, dates, markup, unreadable};
use crate::article::{Article, Date};
use crate::read::lines::{self, Line};

/// Longest line of a record's head.
const HEAD_LINE: usize = 1 << 16;
/// Most lines of a record's head.
const HEAD_LINES: usize = 1_000;
/// Most bytes that the head of an HTTP response may have.
const HTTP_HEAD: usize = 1 << 16;

/// What the head of a record says of it.
#[derive(Debug, Default)]
struct Record {
    kind: String,
    id: String,
    url: String,
    date: String,
    content_type: String,
    length: u64,
}

/// What reading one record came to.
enum Step {
    /// A record was read, whatever it was.
    Read(Option<Box<Result<Article, String>>>),
    /// The archive ends here.
    End,
    /// The archive ends in the middle of a record.
    Cut(String),
    /// Here stands no record.
    Broken,
}

/// Reads the pages of a WARC file.
pub(super) fn articles(input: &mut dyn BufRead, origin: &Origin, options: &Options, sink: &mut Sink<'_>) -> ControlFlow<()> {
    read(input, origin, options, sink, warc_record)
}

/// Reads the pages of an ARC file.
pub(super) fn arc_articles(input: &mut dyn BufRead, origin: &Origin, options: &Options, sink: &mut Sink<'_>) -> ControlFlow<()> {
    read(input, origin, options, sink, arc_record)
}

fn read(
    input: &mut dyn BufRead,
    origin: &Origin,
    _options: &Options,
    sink: &mut Sink<'_>,
    next: fn(&mut dyn BufRead, &mut Record) -> io::Result<Step>,
) -> ControlFlow<()> {
    let mut number = 0;
    let mut lost = false;
    loop {
        number += 1;
        let mut record = Record::default();
        let step = next(input, &mut record);
        let place = || if record.url.is_empty() { format!("record {number}") } else { format!("record {number}, {}", record.url) };
        match step {
            Ok(Step::Read(None)) => lost = false,
            Ok(Step::Read(Some(result))) => {
                lost = false;
                sink((*result).map_err(|reason| origin.refuse_at(place(), reason)))?;
            }
            Ok(Step::End) => return ControlFlow::Continue(()),
            Ok(Step::Cut(reason)) => return sink(Err(origin.refuse_at(place(), reason))),
            Ok(Step::Broken) => {
                // Said once for a stretch; the next record is looked for line by line.
                if !lost {
                    lost = true;
                    sink(Err(origin.refuse_at(place(), "no record begins here: passed over to the next")))?;
                }
            }
            Err(error) => return sink(Err(unreadable_at(origin, &place(), &error))),
        }
    }
}

fn unreadable_at(origin: &Origin, place: &str, error: &io::Error) -> super::Refusal {
    let mut refusal = unreadable(origin, 0, error);
    refusal.position = Some(place.to_owned());
    refusal
}

fn line(input: &mut dyn BufRead, buffer: &mut Vec<u8>) -> io::Result<Option<String>> {
    Ok(match lines::next(input, HEAD_LINE, buffer)? {
        Line::Whole => Some(String::from_utf8_lossy(buffer).trim_end().to_owned()),
        Line::TooLong(_) => Some("\u{fffd}".to_owned()),
        Line::End => None,
    })
}

fn warc_record(input: &mut dyn BufRead, record: &mut Record) -> io::Result<Step> {
    let mut buffer = Vec::new();
    let first = loop {
        match line(input, &mut buffer)? {
            None => return Ok(Step::End),
            Some(text) if text.is_empty() => {}
            Some(text) => break text,
        }
    };
    if !first.starts_with("WARC/") {
        return Ok(Step::Broken);
    }
    for _ in 0..HEAD_LINES {
        let Some(text) = line(input, &mut buffer)? else { return Ok(Step::Cut("the archive ends in the head of a record".to_owned())) };
        if text.is_empty() {
            break;
        }
        let Some((name, value)) = text.split_once(':') else { continue };
        let value = value.trim().trim_matches(['<', '>']).to_owned();
        match name.trim().to_ascii_lowercase().as_str() {
            "warc-type" => record.kind = value.to_ascii_lowercase(),
            "warc-record-id" => record.id = value,
            "warc-target-uri" => record.url = value,
            "warc-date" => record.date = value,
            "content-type" => record.content_type = value.to_ascii_lowercase(),
            "content-length" => record.length = value.parse().unwrap_or(0),
            _ => {}
        }
    }
    let is_page = |content_type: &str| content_type.starts_with("text/html") || content_type.starts_with("application/xhtml");
    match record.kind.as_str() {
        "response" => response(input, record),
        "resource" if is_page(&record.content_type) => {
            let charset = charset(&record.content_type);
            whole_body(input, record, Vec::new(), record.length, |bytes, record| Some(page(&bytes, charset.as_deref(), record)))
        }
        _ => skip(input, record.length, record.length),
    }
}

fn arc_record(input: &mut dyn BufRead, record: &mut Record) -> io::Result<Step> {
    let mut buffer = Vec::new();
    let head = loop {
        match line(input, &mut buffer)? {
            None => return Ok(Step::End),
            Some(text) if text.is_empty() => {}
            Some(text) => break text,
        }
    };
    let fields: Vec<&str> = head.split(' ').collect();
    let [url, .., length] = fields[..] else { return Ok(Step::Broken) };
    let Some(length) = length.parse().ok().filter(|_| fields.len() >= 5 && url.contains("://")) else { return Ok(Step::Broken) };
    record.url = url.to_owned();
    record.length = length;
    let day = fields[2];
    if day.len() == 14 && day.bytes().all(|b| b.is_ascii_digit()) {
        record.date = format!("{}-{}-{}T{}:{}:{}Z", &day[..4], &day[4..6], &day[6..8], &day[8..10], &day[10..12], &day[12..]);
    }
    if url.starts_with("http") && fields[3].starts_with("text/html") { response(input, record) } else { skip(input, length, length) }
}

/// Passes over the rest of a record.
fn skip(input: &mut dyn BufRead, rest: u64, length: u64) -> io::Result<Step> {
    let passed = io::copy(&mut input.take(rest), &mut io::sink())?;
    Ok(if passed < rest { cut(length, length - (rest - passed)) } else { Step::Read(None) })
}

fn cut(length: u64, there: u64) -> Step {
    Step::Cut(format!("the archive is cut off in this record: {there} of {length} bytes"))
}

/// Reads the rest of a record after its first bytes and hands all of it on.
fn whole_body(
    input: &mut dyn BufRead,
    record: &Record,
    mut bytes: Vec<u8>,
    length: u64,
    finish: impl FnOnce(Vec<u8>, &Record) -> Option<Result<Article, String>>,
) -> io::Result<Step> {
    let rest = length - bytes.len() as u64;
    if length > RECORD_LIMIT as u64 {
        let step = skip(input, rest, length)?;
        let reason = format!("a page of {} MB: no article is", length >> 20);
        return Ok(if matches!(step, Step::Read(_)) { Step::Read(Some(Box::new(Err(reason)))) } else { step });
    }
    let read = input.take(rest).read_to_end(&mut bytes)?;
    if (read as u64) < rest {
        return Ok(cut(length, length - rest + read as u64));
    }
    Ok(Step::Read(finish(bytes, record).map(Box::new)))
}

fn charset(content_type: &str) -> Option<String> {
    let (_, rest) = content_type.split_once("charset=")?;
    rest.trim_matches(['"', '\'', ' ']).split([';', '"', '\'', ' ']).next().map(str::to_owned)
}

/// A record that holds an HTTP response.
fn response(input: &mut dyn BufRead, record: &Record) -> io::Result<Step> {
    let mut bytes = Vec::new();
    let start = record.length.min(HTTP_HEAD as u64);
    let read = input.take(start).read_to_end(&mut bytes)?;
    if (read as u64) < start {
        return Ok(cut(record.length, read as u64));
    }
    let rest = record.length - start;
    let Some(head) = Head::read(&bytes) else { return skip(input, rest, record.length) };
    if !head.is_page {
        return skip(input, rest, record.length);
    }
    whole_body(input, record, bytes, record.length, |bytes, record| {
        let body = head.body(&bytes[head.length..]);
        Some(body.and_then(|body| page(&body, head.charset.as_deref(), record)))
    })
}

/// The head of an HTTP response.
#[derive(Debug)]
struct Head {
    length: usize,
    is_page: bool,
    charset: Option<String>,
    chunked: bool,
    encoding: String,
}

impl Head {
    fn read(bytes: &[u8]) -> Option<Self> {
        let (length, end) = match memchr::memmem::find(bytes, b"\r\n\r\n") {
            Some(end) => (end + 4, end),
            None => memchr::memmem::find(bytes, b"\n\n").map(|end| (end + 2, end))?,
        };
        let text = String::from_utf8_lossy(&bytes[..end]);
        let mut lines = text.lines();
        let status = lines.next()?;
        let mut head = Head { length, is_page: false, charset: None, chunked: false, encoding: String::new() };
        let good = status.starts_with("HTTP/") && status.split_whitespace().nth(1).is_some_and(|code| code == "200" || code == "203");
        for line in lines {
            let Some((name, value)) = line.split_once(':') else { continue };
            let value = value.trim().to_ascii_lowercase();
            match name.trim().to_ascii_lowercase().as_str() {
                "content-type" => {
                    head.is_page = good && (value.starts_with("text/html") || value.starts_with("application/xhtml"));
                    head.charset = charset(&value);
                }
                "transfer-encoding" => head.chunked = value.contains("chunked"),
                "content-encoding" => head.encoding = value,
                _ => {}
            }
        }
        Some(head)
    }

    /// The body as it was before it was packed for the wire. Many archives keep the head of a body that they unpacked:
    /// so a body that already is a page is left as it is.
    fn body(&self, bytes: &[u8]) -> Result<Vec<u8>, String> {
        let joined = self.chunked.then(|| dechunked(bytes)).flatten();
        let bytes = joined.as_deref().unwrap_or(bytes);
        if bytes.trim_ascii_start().starts_with(b"<") {
            return Ok(bytes.to_vec());
        }
        let unpack = |reader: &mut dyn Read| -> Result<Vec<u8>, String> {
            let mut out = Vec::new();
            let read = reader.take(RECORD_LIMIT as u64 + 1).read_to_end(&mut out);
            match read {
                Ok(_) if out.len() > RECORD_LIMIT => Err(format!("a page of more than {} MB: no article is", RECORD_LIMIT >> 20)),
                Ok(_) => Ok(out),
                Err(error) => Err(format!("its {} does not unpack: {error}", self.encoding)),
            }
        };
        match self.encoding.as_str() {
            "gzip" | "x-gzip" => unpack(&mut MultiGzDecoder::new(bytes)),
            "deflate" => unpack(&mut ZlibDecoder::new(bytes)).or_else(|_| unpack(&mut DeflateDecoder::new(bytes))),
            "zstd" => match zstd::Decoder::new(bytes) {
                Ok(mut decoder) => unpack(&mut decoder),
                Err(error) => Err(error.to_string()),
            },
            "br" => unpack(&mut brotli_decompressor::Decompressor::new(bytes, 1 << 16)),
            _ => Ok(bytes.to_vec()),
        }
    }
}

/// Puts together the chunks of a body; `None` when it is not in chunks.
fn dechunked(mut bytes: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(bytes.len());
    loop {
        let end = memchr::memchr(b'\n', bytes.get(..1024.min(bytes.len()))?);
        let Some(end) = end else { return (!out.is_empty()).then_some(out) };
        let size = std::str::from_utf8(&bytes[..end]).ok()?.split(';').next()?.trim();
        let Ok(size) = usize::from_str_radix(size, 16) else { return (!out.is_empty()).then_some(out) };
        bytes = &bytes[end + 1..];
        if size == 0 {
            return Some(out);
        }
        out.extend_from_slice(&bytes[..size.min(bytes.len())]);
        bytes = bytes.get(size..).unwrap_or_default();
        bytes = bytes.strip_prefix(b"\r\n").or_else(|| bytes.strip_prefix(b"\n")).unwrap_or(bytes);
    }
}

fn page(bytes: &[u8], charset: Option<&str>, record: &Record) -> Result<Article, String> {
    let text = markup::decode(bytes, charset);
    let fetched: Option<Date> = dates::read(&record.date);
    let web = record.url.starts_with("http");
    let url = web.then(|| record.url.clone());
    let mut article = html::article(&text, &Known { url: url.clone(), fetched })?;
    article.id.clone_from(&record.id);
    article.url = url.or(article.url);
    Ok(article)
}
