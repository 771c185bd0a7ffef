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
mod records;
mod sgml;
mod text;
mod warc;
mod xml;

use std::io::{self, BufRead, Read};
use std::ops::ControlFlow;

use crate::article::{Article, Carrier, Date};
use crate::digest::Digest;
use crate::read::decode::{Utf8Reader, repair, sniff, to_text};
use crate::read::{File, Head, Limits, inputs};
use dates::Order;

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
    /// Whether the day or the month is first in dates that can be read both ways.
    pub order: Option<Order>,
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
/// of the formats that hold many (JSON, CSV, feeds, agencies' XML, exports of databases, SGML, WARC, mbox).
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
    let carrier = match format {
        Format::Feed => Carrier::Feed,
        Format::Html | Format::Text | Format::Markdown | Format::Nitf | Format::Email => Carrier::File,
        _ => Carrier::Collection,
    };
    let order = options.order.or_else(|| dates::order_in(input.peek()));
    let mut count = 0;
    let mut sink = |result: Result<Article, Refusal>| {
        let Ok(mut article) = result else { return sink(result) };
        count += 1;
        one_day_for_both(&mut article, order);
        if let Some(doubt) = settle_date(&mut article, order) {
            sink(Err(origin.doubt_at(format!("article {count}"), doubt)))?;
        }
        sink(Ok(complete(Article { carrier, ..article }, origin, format, count)))
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

/// Where an article says but when it was changed, that is when it was published; where it says the same day twice, it was
/// not changed.
fn one_day_for_both(article: &mut Article, order: Option<Order>) {
    article.date = article.date.take().or_else(|| article.modified.take());
    if let Some(changed) = &mut article.modified {
        let other = changed.take_other();
        *changed = other.filter(|_| order == Some(Order::DayFirst)).unwrap_or_else(|| changed.clone());
    }
    if article.modified.as_ref().map(Date::timestamp) == article.date.as_ref().map(Date::timestamp) {
        article.modified = None;
    }
}

/// Chooses between the two readings of a date of numbers; what is doubtful about the choice.
fn settle_date(article: &mut Article, order: Option<Order>) -> Option<String> {
    let date = article.date.as_mut()?;
    let other = date.take_other()?;
    match order {
        Some(Order::DayFirst) => *date = other,
        Some(Order::MonthFirst) => {}
        None => {
            let (one, other) = (&date.as_str()[..10], &other.as_str()[..10]);
            return Some(format!("its date is {one} or {other}: taken as the first; --dates day-first or month-first says which"));
        }
    }
    None
}

/// What every article gets, whatever its format.
fn complete(mut article: Article, origin: &Origin, format: Format, count: usize) -> Article {
    if article.path.is_empty() {
        article.path.clone_from(&origin.path);
    }
    let url = article.url.as_ref().filter(|url| names_a_page(url)).cloned();
    let piped = origin.is_standard_input();
    if article.id.is_empty() || piped && origin.is_place_of(&article.id) {
        article.id = match url {
            Some(url) => url,
            // What is piped in has no place: its text is all that it can be known by.
            None if piped => format!("{}/{:016x}", origin.below, hash(&article)),
            None if count == 1 => origin.below.clone(),
            None => origin.nth(count),
        };
    } else if !origin.is_place_of(&article.id) {
        // What one outlet counts from 1, another counts too.
        let place = format!("{}/{}", origin.below, article.id);
        article.other_ids = url.into_iter().filter(|url| *url != article.id).chain([place]).collect();
    }
    if article.language.is_none() || !format.is_data() {
        // What an outlet states of its language often holds of most of its articles and not of this one.
        article.language = language::detect(&article.title, &article.body).or(article.language);
    }
    if article.source.is_none() {
        article.source = boilerplate::dateline(&article.body).and_then(|dateline| dateline.agency);
    }
    article
}

/// The sum of headline and text: the same on every machine.
fn hash(article: &Article) -> u64 {
    Digest::of(article.title.bytes().chain([b'\n']).chain(article.body.bytes()))
}

/// Whether an address is that of a page, and not of a whole site, which some pages give as their own.
fn names_a_page(url: &str) -> bool {
    let below_host = url.split_once("://").map_or(url, |(_, rest)| rest).split_once('/').map_or("", |(_, below)| below);
    !below_host.is_empty()
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

/// All of a file whose text was written by hand, decoded and repaired; what is doubtful about its encoding goes to `sink`.
pub(crate) fn whole_text(input: &mut dyn BufRead, origin: &Origin, sink: &mut Sink<'_>) -> ControlFlow<(), Result<String, Refusal>> {
    let bytes = match whole(input, origin) {
        Ok(bytes) => bytes,
        Err(refusal) => return ControlFlow::Continue(Err(refusal)),
    };
    let decoded = to_text(&bytes, None);
    if let Some(note) = decoded.note {
        sink(Err(origin.doubt_at("whole file", note)))?;
    }
    ControlFlow::Continue(Ok(repair(&decoded.text).into_owned()))
}

/// The refusal of a stream that broke after so many bytes.
pub(crate) fn unreadable(origin: &Origin, byte: usize, error: &io::Error) -> Refusal {
    origin.refuse_at(format!("byte {byte}"), error.to_string())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn run(input: &[u8], name: &str) -> (Vec<Article>, Vec<Refusal>) {
        let origin = Origin { path: format!("in/{name}"), below: name.to_owned() };
        let (mut articles_read, mut refusals) = (Vec::new(), Vec::new());
        let _ = articles(&mut &*input, &origin, &Options::default(), &mut |item| {
            match item {
                Ok(article) => articles_read.push(article),
                Err(refusal) => refusals.push(refusal),
            }
            ControlFlow::Continue(())
        });
        (articles_read, refusals)
    }

    #[test]
    fn every_article_gets_a_path_an_id_and_a_language() {
        let (articles, refusals) = run(b"Title\n\nThe mayor said that the bridge would open.", "folder/a.txt");
        assert_eq!(refusals, []);
        let article = &articles[0];
        assert_eq!((article.path.as_str(), article.id.as_str()), ("in/folder/a.txt", "folder/a.txt"));
        assert_eq!(article.language.as_deref(), Some("en"));
        let (articles, _) = run(b"{\"body\": \"B\", \"url\": \"https://x.example/1\", \"language\": \"fr-CA\"}", "a.json");
        assert_eq!((articles[0].id.as_str(), articles[0].language.as_deref()), ("https://x.example/1", Some("fr")));
        let (articles, _) = run(b"Title\n\nRIGA (Wire) - The bridge is open.", "a.txt");
        assert_eq!(articles[0].source.as_deref(), Some("Wire"));
    }

    #[test]
    fn a_date_of_numbers_is_read_as_the_file_says_else_doubted() {
        let dates = |input: &str, order| {
            let (mut dates, mut doubts) = (Vec::new(), Vec::new());
            let origin = Origin { path: "a.csv".into(), below: "a.csv".into() };
            let _ = articles(&mut input.as_bytes(), &origin, &Options { order, ..Options::default() }, &mut |item| {
                match item {
                    Ok(article) => dates.push(article.date.unwrap().as_str()[..10].to_owned()),
                    Err(refusal) => doubts.push(refusal.to_string()),
                }
                ControlFlow::Continue(())
            });
            (dates, doubts)
        };
        let table =
            |days: &[&str]| format!("title,body,date\n{}", days.iter().map(|day| format!("A,It rained.,{day}\n")).collect::<String>());
        let none: Vec<String> = Vec::new();
        let owned = |days: &[&str]| days.iter().map(|day| (*day).to_owned()).collect::<Vec<_>>();
        assert_eq!(dates(&table(&["01/05/2024", "23/05/2024"]), None), (owned(&["2024-05-01", "2024-05-23"]), none.clone()));
        assert_eq!(dates(&table(&["01/05/2024", "05/23/2024"]), None), (owned(&["2024-01-05", "2024-05-23"]), none.clone()));
        assert_eq!(dates(&table(&["01/05/2024"]), Some(Order::DayFirst)), (owned(&["2024-05-01"]), none));
        let doubt =
            "a.csv (article 1): its date is 2024-01-05 or 2024-05-01: taken as the first; --dates day-first or month-first says which";
        assert_eq!(dates(&table(&["01/05/2024"]), None), (owned(&["2024-01-05"]), owned(&[doubt])));
    }

    #[test]
    fn an_encoding_that_was_guessed_is_told() {
        let (bytes, _, _) = encoding_rs::WINDOWS_1252.encode("Le pont\n\nLe maire, François Hébert, a déclaré : « C’est déjà réglé. »");
        let (articles, refusals) = run(&bytes, "a.txt");
        assert_eq!(articles[0].body, "Le maire, François Hébert, a déclaré : « C’est déjà réglé. »");
        assert_eq!((refusals[0].kind, refusals[0].reason.as_str()), (RefusalKind::Doubtful, "not UTF-8: read as windows-1252"));
        let wide: Vec<u8> = "\u{feff}Title\n\nThe “body”.".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let (articles, refusals) = run(&wide, "a.txt");
        assert_eq!((articles[0].body.as_str(), refusals.len()), ("The “body”.", 0));
    }

    #[test]
    fn what_holds_no_article_is_refused_with_a_reason() {
        let huge = vec![b'x'; RECORD_LIMIT + 2];
        let cases: [(&[u8], &str); 6] = [
            (b"", "empty"),
            (b"\n\n \n", "empty"),
            (b"%PDF-1.7\n", "PDF"),
            (b"a\0b\0\0\0c", "binary"),
            (b"{\"title\": \"T\"", "not JSON"),
            (&huge, "larger than"),
        ];
        for (input, reason) in cases {
            let (articles, refusals) = run(input, "a.txt");
            assert!(articles.is_empty() && refusals.len() == 1 && refusals[0].reason.contains(reason), "{refusals:?}");
        }
    }

    /// Beginnings that lead into each parser.
    const SEEDS: &[&str] = &[
        "Title\n\nBy Ann Lee\n3 April 2025\n\nRIGA (Wire) - “No,” she said.\n\nLeave a comment\n",
        "---\ntitle: A\nauthor: B\n---\n# Heading\n\n* one\n* [two](http://x)\n",
        "{\"title\": \"A\", \"body\": \"B\", \"quotes\": [{\"text\": \"B\", \"start\": 0, \"end\": 1}], \"date\": 1743674400}\n{\"body\": 1}\n",
        "{\"articles\": [{\"text\": \"A\"}, {\"content\": {\"rendered\": \"<p>B\"}}], \"n\": NaN}",
        "title,body,date\nA,\"B\nC\",2025-04-03\n\"D\",E\n",
        "<!DOCTYPE html><html><head><title>A</title><script type=\"application/ld+json\">{\"@graph\": [{}]}</script></head><body><article><p>B</p></article>",
        "<rss version=\"2.0\"><channel><title>A</title><item><title>B</title><description>C</description></item></channel></rss>",
        "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY a \"b\">]><nitf><body><body.head><hedline><hl1>A</hl1></hedline></body.head><body.content><p>&a;</p></body.content></body></nitf>",
        "<newsItem xmlns=\"http://iptc.org/std/nar/2006-10-01/\" guid=\"a\"><contentSet><inlineXML><html><body><p>A</p></body></html></inlineXML></contentSet></newsItem>",
        "<REUTERS NEWID=\"1\"><DATE>19-OCT-1987</DATE><TEXT><TITLE>A</TITLE><BODY>B\n&#3;</BODY></TEXT></REUTERS>",
        "<DOC>\n<DOCNO> AP1 </DOCNO>\n<HEAD>A</HEAD>\n<TEXT>\nB\n</TEXT>\n</DOC>\n",
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://x/\r\nContent-Length: 60\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><p>A</p></html>\r\n\r\n",
        "filedesc://x.arc 0.0.0.0 20080430204825 text/plain 76\n1 0 X\nURL IP Archive-date Content-type Archive-length\n\nhttp://x/ 1.1.1.1 20080430204826 text/html 20\nHTTP/1.1 200 OK\n\n<p>A",
        "From: a@b.example\nSubject: =?utf-8?q?A?=\nDate: Thu, 3 Apr 2025 10:00:00 +0000\nContent-Type: text/html\n\n<p>B</p>\n",
        "From a@b Thu Apr  3 10:00:00 2025\nFrom: a@b.example\nSubject: A\n\nB\n\nFrom a@b Thu Apr  3 10:00:00 2025\nSubject: C\nFrom: x\n\nD\n",
        "\n   1 of 2 DOCUMENTS\n\n   The Paper\n\n   April 3, 2025 Thursday\n\nA\n\nBYLINE: Ann Lee\n\nLENGTH: 5 words\n\nBody.\n\nLOAD-DATE: April 3, 2025\n",
        "<PPSResponse><ppsArticleResponse><ppsarticleResultSet><ppsarticle><article><headline><paragraph>A</paragraph></headline></article></ppsarticle></ppsarticleResultSet></ppsArticleResponse></PPSResponse>",
        "PK\x03\x04\x14\0\0\0\x08\0",
    ];

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]

        #[test]
        fn no_bytes_make_a_parser_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400), name in "[a-z]{1,3}\\.(txt|md|json|csv|html|xml|eml)") {
            run(&bytes, &name);
        }

        #[test]
        fn no_damage_to_a_file_makes_a_parser_panic(
            seed in 0..SEEDS.len(),
            cut in any::<prop::sample::Index>(),
            damage in proptest::collection::vec((any::<prop::sample::Index>(), prop_oneof![any::<u8>(), Just(b'<'), Just(b'"'), Just(b'\n'), Just(0xe2)]), 0..6),
            twice in any::<bool>(),
        ) {
            let mut bytes = SEEDS[seed].as_bytes().to_vec();
            for (at, byte) in damage {
                let at = at.index(bytes.len());
                bytes[at] = byte;
            }
            bytes.truncate(cut.index(bytes.len()) + 1);
            if twice {
                let again = bytes.clone();
                bytes.extend(again);
            }
            let (articles, _) = run(&bytes, "a.txt");
            for article in articles {
                for mention in article.given.people.iter().flat_map(|person| &person.mentions) {
                    prop_assert!(article.body.get(mention.span.start..mention.span.end).is_some() || article.title.get(mention.span.start..mention.span.end).is_some());
                }
                for segment in article.given.quotes.iter().flat_map(|quote| &quote.segments) {
                    prop_assert!(article.body.get(segment.span.start..segment.span.end).is_some() || article.title.get(segment.span.start..segment.span.end).is_some());
                }
            }
        }
    }
}
