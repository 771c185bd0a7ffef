//! Broken and hostile input: a clear refusal, the rest carried on, bounded memory and time, no panic.

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
    let (articles, doubts) = read("bomb.xml", bomb.as_bytes());
    assert_eq!(articles[0].body, "It says here.");
    assert!(doubts.len() == 1 && doubts[0].reason.contains("&a29;"), "{doubts:?}");
    let feed = bomb.replace("<!DOCTYPE nitf", "<!DOCTYPE rss").replace(
        "<nitf><body><body.head><hedline><hl1>Bomb</hl1></hedline></body.head><body.content><p>",
        "<rss version=\"2.0\"><channel><title>B</title><item><title>Bomb</title><description>",
    );
    let feed = feed.replace("</p></body.content></body></nitf>", "</description></item></channel></rss>");
    let (articles, doubts) = read("bomb.rss", feed.as_bytes());
    assert_eq!(articles[0].body, "It says here.");
    assert!(doubts.len() == 1 && doubts[0].reason.contains("&a29;"), "{doubts:?}");
}

#[test]
fn deep_xml_is_refused() {
    refused("deep.xml", format!("<?xml version=\"1.0\"?><newsMessage><newsItem>{}", "<a>".repeat(100_000)).as_bytes(), "deep");
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
fn a_feed_that_a_web_page_shows_is_no_article() {
    let page = format!("<!DOCTYPE html><html><body><pre>{}</pre></body></html>", documents::RSS.replace('<', "&lt;"));
    refused("feed.rss", page.as_bytes(), "shows the source of a feed");
}

#[test]
fn a_broken_item_of_a_feed_is_named_and_the_others_go_in() {
    let item = |n: usize, inside: &str| format!("<item><title>Story {n}</title><link>https://a.example/{n}</link>{inside}</item>\n");
    let good = "<description>The ferry sailed &amp; came back.</description>";
    let items = [
        item(1, good),
        item(2, "<description>The <b>ferry sailed.</description>"),
        item(3, "<description>Fish & chips at caf&eacute;s&nbsp;of M&A Ltd.</description>"),
        item(4, "<description><![CDATA[The ferry sailed.</description>"),
        item(5, good),
        "<item><title>Story 6</title>".to_owned(),
        item(7, good),
    ];
    let feed = format!("<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Harbour</title>{}</channel></rss>", items.concat());
    let (articles, refusals) = read("feed.rss", feed.as_bytes());
    assert_eq!(articles.iter().map(|a| a.title.as_str()).collect::<Vec<_>>(), ["Story 1", "Story 3", "Story 5", "Story 7"]);
    assert_eq!(articles[1].body, "Fish & chips at cafés of M&A Ltd.");
    assert!(articles.iter().all(|a| a.source.as_deref() == Some("Harbour")));
    let positions: Vec<&str> = refusals.iter().filter_map(|r| r.position.as_deref()).collect();
    assert_eq!(positions, ["item 2", "item 4", "item 6"], "{refusals:?}");
    let cut = &feed[..feed.find("Story 5").unwrap() + 40];
    let (articles, refusals) = read("feed.rss", cut.as_bytes());
    assert_eq!((articles.len(), refusals.len()), (2, 3));
    assert!(refusals[2].reason.contains("cut off"), "{refusals:?}");
}

#[test]
fn a_broken_item_of_a_json_feed_is_named_and_the_others_go_in() {
    let feed = r#"{"version":"https://jsonfeed.org/version/1.1","title":"Harbour","authors":[{"name":"Ola Fenn"}],"items":[
        {"id":1,"title":"Story 1","content_text":"The ferry sailed."}, {"id":"2","title":7}, {"id":"3","title":"Story 3","content_html":"<p>It is back.</p>"},
        {"id":"4","title":"Story 4","content_text":"Cut"#;
    let (articles, refusals) = read("feed.json", feed.as_bytes());
    assert_eq!(articles.iter().map(|a| a.title.as_str()).collect::<Vec<_>>(), ["Story 1", "Story 3"]);
    assert!(articles.iter().all(|a| a.source.as_deref() == Some("Harbour") && a.authors == ["Ola Fenn"]));
    assert_eq!((refusals.len(), refusals[0].position.as_deref()), (2, Some("record 2")), "{refusals:?}");
}

#[test]
fn exports_are_longer_than_a_page_may_be() {
    let pictures = format!("<leadParagraph><!--{}-->", "x".repeat(1 << 20));
    let article = documents::FACTIVA_XML.replace("<leadParagraph>", &pictures);
    let at = (article.find("<article>").unwrap(), article.find("</article>").unwrap() + 10);
    let export = [&article[..at.0], &article[at.0..at.1].repeat(40), &article[at.1..]].concat();
    let (articles, refusals) = read("export.xml", export.as_bytes());
    assert_eq!((articles.len(), refusals.len()), (40, 0));
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
