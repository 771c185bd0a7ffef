//! Every parser with valid documents of its format that were damaged: no panic, no growth, an end in time.

use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::documents::{self, docx_of, response, warc_record};
use super::read;

/// How long 100 kB may take, in a build without optimisation and on a machine that has other work.
const LONGEST: Duration = Duration::from_secs(10);

/// What is damaged, and how it becomes a file.
type Make = fn(Vec<u8>) -> Vec<u8>;

/// One document of every format: the file's name, what is damaged, and the container around it.
fn formats() -> Vec<(&'static str, Vec<u8>, Make)> {
    let bare: Make = |bytes| bytes;
    let record: Make =
        |page| warc_record("response", "https://a.example/1", "application/http", &response("Content-Type: text/html", &page));
    let word: Make = |xml| docx_of(&String::from_utf8_lossy(&xml), "<x/>");
    let paragraph = "<w:p><w:pPr><w:pStyle w:val=\"Title\"/></w:pPr><w:r><w:t>The ferry sailed.</w:t></w:r></w:p>";
    let document = format!("<?xml version=\"1.0\"?><w:document xmlns:w=\"w\"><w:body>{}</w:body></w:document>", paragraph.repeat(3));
    let arc = "filedesc://a 0 20240212000000 text/plain 3\nx\n\nhttps://a.example/ 0 20240212000000 text/html 4000\n";
    let texts = [
        ("a.html", documents::PAGE),
        ("a.rss", documents::RSS),
        ("a.atom", documents::ATOM),
        ("a.json", documents::JSON_FEED),
        ("1.json", documents::NINJS_1),
        ("3.json", documents::NINJS_3),
        ("api.json", documents::NEWS_API),
        ("a.csv", documents::TABLE),
        ("a.md", documents::MARKDOWN),
        ("a.txt", documents::TEXT),
        ("a.nitf", documents::NITF),
        ("a.xml", documents::NEWSML_G2),
        ("p.xml", documents::PACKAGE),
        ("1.xml", documents::NEWSML_1),
        ("n.txt", documents::NEXIS_TEXT),
        ("n.html", documents::NEXIS_PAGE),
        ("f.xml", documents::FACTIVA_XML),
        ("f.html", documents::FACTIVA_PAGE),
        ("r.sgm", documents::REUTERS),
        ("t.sgm", documents::TREC),
        ("a.eml", documents::EMAIL),
    ];
    let mut all: Vec<(&str, Vec<u8>, Make)> = texts.into_iter().map(|(name, text)| (name, text.into(), bare)).collect();
    all.push(("a.mbox", format!("From x Sun Feb 11 08:30:00 2024\n{}", documents::EMAIL).into(), bare));
    all.push(("a.warc", documents::PAGE.into(), record));
    all.push(("b.warc", record(documents::PAGE.into()), bare));
    all.push(("a.arc", [arc, documents::PAGE].concat().into(), bare));
    all.push(("a.docx", document.clone().into(), word));
    all.push(("b.docx", word(document.into()), bare));
    all
}

/// One way of damaging bytes between two places.
fn damage(bytes: &mut Vec<u8>, at: usize, length: usize, byte: u8, kind: u8) {
    let end = (at + length).min(bytes.len());
    match kind {
        0 => bytes[at] = byte,
        1 => drop(bytes.drain(at..end)),
        2 => {
            let piece = bytes[at..end].to_vec();
            bytes.splice(at..at, piece);
        }
        // A tag left out.
        3 => {
            let Some(start) = bytes[at..].iter().position(|b| *b == b'<').map(|n| at + n) else { return };
            let end = bytes[start..].iter().position(|b| *b == b'>').map_or(bytes.len(), |n| start + n + 1);
            bytes.drain(start..end);
        }
        // A piece again and again, each in the one before where it opens more than it closes.
        4 => {
            let piece = bytes[at..end].repeat(usize::from(byte));
            bytes.splice(at..at, piece);
        }
        _ => bytes.truncate(at),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 80, ..ProptestConfig::default() })]

    /// Any document, with bytes overwritten, left out, doubled and nested, tags dropped, and cut.
    #[test]
    fn damaged_documents_never_panic(
        which in 0_usize..27,
        damages in prop::collection::vec((any::<prop::sample::Index>(), 0_usize..80, any::<u8>(), 0_u8..6), 1..12),
    ) {
        let (name, mut bytes, make) = formats().swap_remove(which);
        for (at, length, byte, kind) in damages {
            if bytes.is_empty() || bytes.len() > 100_000 { break; }
            let at = at.index(bytes.len());
            damage(&mut bytes, at, length, byte, kind);
        }
        let size = bytes.len();
        let file = make(bytes);
        let start = Instant::now();
        let (articles, _) = read(name, &file);
        prop_assert!(start.elapsed() < LONGEST, "{name}: {:?} for {size} bytes", start.elapsed());
        for article in articles {
            prop_assert!(article.body.len() <= 4 * size + 1000, "{name} grew");
        }
    }

    /// The beginning of every format, then anything.
    #[test]
    fn anything_behind_a_head_never_panics(which in 0_usize..27, keep in 10_usize..200, tail in prop::collection::vec(any::<u8>(), 0..600)) {
        let (name, mut bytes, make) = formats().swap_remove(which);
        bytes.truncate(keep);
        bytes.extend(tail);
        read(name, &make(bytes));
    }

    /// Markup soup.
    #[test]
    fn markup_soup_never_panics(pieces in prop::collection::vec(prop::sample::select(vec![
        "<div>", "</div>", "<p>", "</p>", "<q>", "</q>", "<b>", "<table>", "<tr>", "<td>", "<svg>", "<math>", "<script>", "</script>", "<!--", "-->", "<![CDATA[", "]]>",
        "<br>", "<pre>", "<a href='x'>", "</a>", "<h1>", "&amp;", "&#x110000;", "&#0;", "&x;", "“", "\"", "word ", "A sentence of several words, he said. ", "\u{a0}", "\0", "<template>", "<select>", "<option>",
        "<item>", "</item>", "<title>", "</title>", "<description>",
    ]), 0..200)) {
        let page = format!("<!DOCTYPE html><html><body><article>{}", pieces.concat());
        read("soup.html", page.as_bytes());
        read("soup.nitf", format!("<nitf><body><body.content>{}", pieces.concat()).as_bytes());
        read("soup.rss", format!("<rss version='2.0'><channel>{}", pieces.concat()).as_bytes());
    }
}

/// Pages that cost a parser more than they look.
#[test]
fn hostile_pages_take_no_longer_than_others() {
    let text = "<p>The ferry sailed again, its captain said, and all who were on board were glad of it.</p>";
    for (name, page) in [
        ("attributes", format!("<div{}>{text}", (0..50_000).map(|n| format!(" a{n}=1")).collect::<String>())),
        ("nested tables", format!("{}{text}", "<table><tr><td>".repeat(6_000))),
        ("text in tables", format!("<table>{}", text.repeat(900))),
        ("nested lists", format!("{}{text}", "<ul><li>".repeat(10_000))),
        ("open formatting", format!("{}{text}", "<b><i><p>".repeat(9_000))),
        ("open links", format!("{}{text}", "<a href=x>word ".repeat(6_000))),
        ("one long line", format!("<p>{}</p>", "word ".repeat(18_000))),
        ("brackets", "<".repeat(90_000)),
        ("entities", "&amp".repeat(20_000)),
        ("headings", "<h1>The ferry</h1>".repeat(5_000)),
        ("quotations", "<q>".repeat(20_000)),
    ] {
        let page = format!("<!DOCTYPE html><html><head><title>The ferry</title></head><body><article>{page}");
        let start = Instant::now();
        let _ = read("page.html", page.as_bytes());
        assert!(start.elapsed() < LONGEST, "{name}: {:?} for {} bytes", start.elapsed(), page.len());
    }
}
