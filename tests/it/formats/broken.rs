//! Broken and hostile input: a clear refusal, the rest carried on, bounded memory and time, no panic.

use proptest::prelude::*;

use super::documents::{self, docx, gzip, response, warc_record};
use super::read;

/// Must be refused, whole, with these words in the reason.
#[track_caller]
fn refused(name: &str, bytes: &[u8], words: &str) {
    let (articles, refusals) = read(name, bytes);
    assert!(articles.is_empty(), "{name}: {:?}", articles[0].title);
    assert!(refusals.iter().any(|r| r.reason.contains(words)), "{name}: {refusals:?}");
}

#[test]
fn pages_that_are_none() {
    refused("deep.html", format!("<html><body>{}text", "<div>".repeat(14_000)).as_bytes(), "deep");
    refused("closed.html", format!("<html><body>{}text{}", "<div>".repeat(14_000), "</div>".repeat(14_000)).as_bytes(), "deep");
    refused("empty.html", b"<!DOCTYPE html><html><head><title>Nothing</title></head><body></body></html>", "no");
    refused("short.html", b"<!DOCTYPE html><html><body><p>Please wait.</p></body></html>", "words of text");
    let front = documents::PAGE
        .replace("https://harbourpost.example/news/ferry-back", "https://harbourpost.example/")
        .replace("NewsArticle", "WebSite");
    refused("front.html", front.replace("content=\"article\"", "content=\"website\"").as_bytes(), "front page");
}

#[test]
fn a_deep_page_in_an_archive_does_not_stop_it() {
    let deep = format!("<html><body>{}text", "<div>".repeat(14_000));
    let http = "application/http";
    let mut archive = warc_record("response", "https://a.example/1", http, &response("Content-Type: text/html", deep.as_bytes()));
    archive.extend(b"this is no record\r\nnor is this\r\n");
    archive.extend(warc_record("response", "https://a.example/2", http, &response("Content-Type: text/html", documents::PAGE.as_bytes())));
    let whole = archive.len();
    archive.extend(warc_record("response", "https://a.example/3", http, &response("Content-Type: text/html", documents::PAGE.as_bytes())));
    let (articles, refusals) = read("crawl.warc", &archive[..whole + 900]);
    assert_eq!(articles.len(), 1);
    let reasons: Vec<&str> = refusals.iter().map(|r| r.reason.as_str()).collect();
    assert_eq!(reasons.len(), 3, "{reasons:?}");
    assert!(reasons[0].contains("deep") && reasons[1].contains("no record") && reasons[2].contains("cut off"), "{reasons:?}");
    assert!(refusals[2].position.as_deref().is_some_and(|p| p.contains("https://a.example/3")), "{:?}", refusals[2]);
}

#[test]
fn packed_bodies_that_do_not_unpack() {
    let http = "application/http";
    let mut packed = gzip(documents::PAGE.as_bytes());
    packed.truncate(200);
    let cut = response("Content-Type: text/html\r\nContent-Encoding: gzip", &packed);
    let bomb = response("Content-Type: text/html\r\nContent-Encoding: gzip", &gzip(&vec![b' '; 64 << 20]));
    let archive =
        [warc_record("response", "https://a.example/1", http, &cut), warc_record("response", "https://a.example/2", http, &bomb)].concat();
    let (articles, refusals) = read("crawl.warc", &archive);
    assert!(articles.is_empty() && refusals.len() == 2, "{refusals:?}");
    assert!(refusals[0].reason.contains("does not unpack") && refusals[1].reason.contains("MB"), "{refusals:?}");
}

#[test]
fn bombs_of_entities_are_harmless() {
    let mut bomb = "<!DOCTYPE nitf [<!ENTITY a0 \"boom\">".to_owned();
    for level in 1..30 {
        bomb.push_str(&format!("<!ENTITY a{level} \"{}\">", format!("&a{};", level - 1).repeat(10)));
    }
    bomb.push_str("]><nitf><body><body.head><hedline><hl1>Bomb</hl1></hedline></body.head><body.content><p>It says &a29; here.</p></body.content></body></nitf>");
    let (articles, _) = read("bomb.xml", bomb.as_bytes());
    assert_eq!(articles[0].body, "It says &a29; here.");
    let feed = bomb.replace("<!DOCTYPE nitf", "<!DOCTYPE rss").replace(
        "<nitf><body><body.head><hedline><hl1>Bomb</hl1></hedline></body.head><body.content><p>",
        "<rss version=\"2.0\"><channel><title>B</title><item><title>Bomb</title><description>",
    );
    let feed = feed.replace("</p></body.content></body></nitf>", "</description></item></channel></rss>");
    let (articles, refusals) = read("bomb.rss", feed.as_bytes());
    assert!(articles.len() + refusals.len() == 1 && articles.iter().all(|a| a.body.len() < 100), "{refusals:?}");
}

#[test]
fn deep_xml_is_refused() {
    refused("deep.xml", format!("<?xml version=\"1.0\"?><newsMessage>{}", "<a>".repeat(100_000)).as_bytes(), "deep");
    refused("deep.nitf", format!("<nitf><body>{}", "<p>".repeat(100_000)).as_bytes(), "deep");
    let (articles, refusals) =
        read("deep.rss", format!("<rss version=\"2.0\"><channel><item><title>x</title><description>{}", "<a>".repeat(100_000)).as_bytes());
    assert!(articles.is_empty() && refusals.len() == 1);
}

#[test]
fn archives_and_documents_that_are_none() {
    refused("a.docx", &docx(&[], "<x/>"), "without text");
    refused("b.docx", b"PK\x03\x04 this is no archive", "Word");
    let mut whole = docx(&[("", "The ferry sailed."), ("", "All were glad of it.")], "<x/>");
    whole.truncate(whole.len() / 2);
    refused("c.docx", &whole, "Word");
    refused("empty.rss", b"<rss version=\"2.0\"><channel><title>x</title></channel></rss>", "without items");
    refused("concept.xml", b"<conceptItem guid=\"x\"><concept/></conceptItem>", "concepts");
    refused("other.xml", b"<?xml version=\"1.0\"?><catalog><book/></catalog>", "news item");
    refused("message.eml", b"From: a@b.example\nTo: c@d.example\nSubject: Nothing\n\n", "without a text");
}

#[test]
fn a_feed_in_a_web_page_is_a_web_page_that_is_refused() {
    let page = format!("<!DOCTYPE html><html><body><pre>{}</pre></body></html>", documents::RSS.replace('<', "&lt;"));
    let (articles, refusals) = read("feed.rss", page.as_bytes());
    assert_eq!(articles.len() + refusals.len(), 1);
}

#[test]
fn a_line_without_end_is_no_trouble() {
    for head in ["<DOC>\n<DOCNO> 1 </DOCNO>\n", "1 of 2 DOCUMENTS\n", "From a Sun Feb 11 08:30:00 2024\nFrom: a@b.example\nSubject: x\n\n"]
    {
        let mut bytes = head.as_bytes().to_vec();
        bytes.resize(bytes.len() + (40 << 20), b'x');
        let (articles, refusals) = read("long.txt", &bytes);
        assert!(articles.is_empty() && !refusals.is_empty(), "{head}");
    }
}

/// One document of every format.
fn formats() -> Vec<(&'static str, Vec<u8>)> {
    let http = "application/http";
    vec![
        ("a.html", documents::PAGE.into()),
        ("a.rss", documents::RSS.into()),
        ("a.atom", documents::ATOM.into()),
        ("a.json", documents::JSON_FEED.into()),
        ("a.nitf", documents::NITF.into()),
        ("a.xml", documents::NEWSML_G2.into()),
        ("p.xml", documents::PACKAGE.into()),
        ("1.xml", documents::NEWSML_1.into()),
        ("n.txt", documents::NEXIS_TEXT.into()),
        ("n.html", documents::NEXIS_PAGE.into()),
        ("f.xml", documents::FACTIVA_XML.into()),
        ("f.html", documents::FACTIVA_PAGE.into()),
        ("r.sgm", documents::REUTERS.into()),
        ("t.sgm", documents::TREC.into()),
        ("a.eml", documents::EMAIL.into()),
        ("a.mbox", format!("From x Sun Feb 11 08:30:00 2024\n{}", documents::EMAIL).into()),
        ("a.warc", warc_record("response", "https://a.example/1", http, &response("Content-Type: text/html", documents::PAGE.as_bytes()))),
        (
            "a.arc",
            [
                b"filedesc://a 0 20240212000000 text/plain 3\nx\n\nhttps://a.example/ 0 20240212000000 text/html 4000\n",
                documents::PAGE.as_bytes(),
            ]
            .concat(),
        ),
        ("a.docx", docx(&[("Title", "Ferry"), ("", "The ferry sailed.")], "<x/>")),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    /// Any document, with bytes of it overwritten, left out and doubled.
    #[test]
    fn mutated_documents_never_panic(which in 0_usize..19, cuts in prop::collection::vec((any::<prop::sample::Index>(), 0_usize..80, any::<u8>(), 0_u8..3), 1..12)) {
        let (name, mut bytes) = formats().swap_remove(which);
        for (at, length, byte, kind) in cuts {
            let at = at.index(bytes.len());
            let end = (at + length).min(bytes.len());
            match kind {
                0 => bytes[at] = byte,
                1 => drop(bytes.drain(at..end)),
                _ => { let piece = bytes[at..end].to_vec(); bytes.splice(at..at, piece); }
            }
            if bytes.is_empty() { break; }
        }
        let (articles, _) = read(name, &bytes);
        for article in articles {
            prop_assert!(article.body.len() <= 4 * bytes.len() + 1000, "{} grew", name);
        }
    }

    /// The beginning of every format, then anything.
    #[test]
    fn anything_behind_a_head_never_panics(which in 0_usize..19, keep in 10_usize..200, tail in prop::collection::vec(any::<u8>(), 0..600)) {
        let (name, mut bytes) = formats().swap_remove(which);
        bytes.truncate(keep);
        bytes.extend(tail);
        read(name, &bytes);
    }

    /// Markup soup.
    #[test]
    fn markup_soup_never_panics(pieces in prop::collection::vec(prop::sample::select(vec![
        "<div>", "</div>", "<p>", "</p>", "<q>", "</q>", "<b>", "<table>", "<tr>", "<td>", "<svg>", "<math>", "<script>", "</script>", "<!--", "-->", "<![CDATA[", "]]>",
        "<br>", "<pre>", "<a href='x'>", "</a>", "<h1>", "&amp;", "&#x110000;", "&#0;", "“", "\"", "word ", "A sentence of several words, he said. ", "\u{a0}", "\0", "<template>", "<select>", "<option>",
    ]), 0..200)) {
        let page = format!("<!DOCTYPE html><html><body><article>{}", pieces.concat());
        read("soup.html", page.as_bytes());
        read("soup.nitf", format!("<nitf><body><body.content>{}", pieces.concat()).as_bytes());
    }
}
