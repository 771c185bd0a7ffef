//! How many bytes a second each format is read at, from raw bytes to articles; nothing is annotated.

use std::hint::black_box;
use std::ops::ControlFlow;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use dictum::parse::{self, Options, Origin};

#[allow(dead_code)]
#[path = "../tests/it/formats/documents.rs"]
mod documents;

const PARAGRAPH: &str = "The bridge over the river was opened to traffic on Tuesday, ten years after it was closed. “We have waited long \
                         enough,” said Ann Lee, the mayor of the town, who had promised it in the year of her election. A spokesman for the \
                         railway said that trains would follow in the spring.";

/// A body of about three kilobytes, as news has it.
fn body(paragraph_end: &str) -> String {
    [PARAGRAPH; 10].join(paragraph_end)
}

/// A document written for the tests, with a long body in place of one of its sentences.
fn long(document: &str, sentence: &str, body: &str) -> String {
    assert!(document.contains(sentence), "{sentence:?} is in the document");
    document.replacen(sentence, body, 1)
}

fn inputs() -> Vec<(&'static str, &'static str, Vec<u8>)> {
    let json = serde_json::json!({"id": 1, "title": "Bridge opens", "text": body("\n\n"), "publishedAt": "2025-04-03T10:00:00Z", "author": "Ann Lee"});
    let text = format!("Bridge opens\n\nBy Bo Day\n3 April 2025\n\nRIGA (Wire) - {}\n\nLeave a comment\n", body("\n\n"));
    let markdown = format!("---\ntitle: Bridge opens\nauthor: Bo Day\n---\n\n{}\n", body("\n\n"));
    let rows = format!("Bridge opens,\"{}\",3 April 2025\n", body("\n\n")).repeat(300);
    let page = format!(
        "<!DOCTYPE html><html lang=\"en\"><head><title>Bridge opens</title><meta property=\"og:title\" content=\"Bridge opens\"></head>\
         <body><nav><a href=\"/\">Home</a></nav><article><h1>Bridge opens</h1><p>{}</p></article></body></html>",
        body("</p><p>")
    );
    let items =
        format!("<item><title>Bridge opens</title><description><![CDATA[<p>{}</p>]]></description></item>", body("</p><p>")).repeat(100);
    let nitf = format!(
        "<?xml version=\"1.0\"?><nitf><body><body.head><hedline><hl1>Bridge opens</hl1></hedline></body.head><body.content><p>{}</p></body.content></body></nitf>",
        body("</p><p>")
    );
    let sgml = format!(
        "<REUTERS NEWID=\"1\"><DATE>3-APR-1987 10:00:00.00</DATE><TEXT><TITLE>Bridge opens</TITLE><BODY>{}</BODY></TEXT></REUTERS>\n",
        body("\n    ")
    )
    .repeat(300);
    let response = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{page}");
    let warc = documents::warc_record("response", "https://x.example/1", "application/http; msgtype=response", response.as_bytes());
    let arc = format!("https://x.example/1 192.0.2.1 20240212000000 text/html {}\n{response}\n", response.len()).repeat(20);
    let paragraphs = body("</p><p>");
    let word: Vec<(&str, &str)> = std::iter::once(("Title", "Bridge opens")).chain([("", PARAGRAPH); 10]).collect();
    let ninjs = serde_json::json!({"uri": "urn:x:1", "type": "text", "pubstatus": "usable", "versioncreated": "2025-04-03T10:00:00Z",
        "headline": "Bridge opens", "body_xhtml": format!("<p>{paragraphs}</p>")});
    let atom = long(documents::ATOM, "The quay is closed.", &body("&lt;/p&gt;&lt;p&gt;"));
    let letter = long(documents::EMAIL, "All are glad.", &body("\n\n"));
    vec![
        ("json-lines", "a.jsonl", format!("{json}\n").repeat(300).into_bytes()),
        ("json-array", "a.json", format!("[\n{json}\n]", json = vec![json.to_string(); 300].join(",\n")).into_bytes()),
        ("text", "a.txt", text.into_bytes()),
        ("markdown", "a.md", markdown.into_bytes()),
        ("csv", "a.csv", format!("title,body,date\n{rows}").into_bytes()),
        ("html", "a.html", page.into_bytes()),
        ("rss", "a.xml", format!("<rss version=\"2.0\"><channel><title>The Paper</title>{items}</channel></rss>").into_bytes()),
        ("nitf", "a.xml", nitf.into_bytes()),
        ("sgml", "a.sgm", sgml.into_bytes()),
        ("warc", "a.warc", warc.repeat(20)),
        ("arc", "a.arc", format!("filedesc://a.arc 0.0.0.0 20240212000000 text/plain 14\n1 0 by hand\nx\n\n{arc}").into_bytes()),
        ("atom", "a.atom", atom.into_bytes()),
        ("newsml-g2", "g2.xml", long(documents::NEWSML_G2, "Its captain was glad.", &paragraphs).into_bytes()),
        ("newsml", "a.xml", long(documents::NEWSML_1, "All were glad.", &paragraphs).into_bytes()),
        ("ninjs", "a.json", ninjs.to_string().into_bytes()),
        ("nexis", "a.txt", long(documents::NEXIS_TEXT, "The quay is closed.", &body("\n\n")).into_bytes()),
        ("factiva-xml", "a.xml", long(documents::FACTIVA_XML, "All were glad.", &body("</paragraph><paragraph>")).into_bytes()),
        ("factiva-html", "a.html", long(documents::FACTIVA_PAGE, "The end.", &paragraphs).into_bytes()),
        ("trec", "a.sgm", long(documents::TREC, "The quay is", &body("</P>\n<P>\n")).repeat(100).into_bytes()),
        ("docx", "a.docx", documents::docx(&word, "<x/>")),
        ("email", "a.eml", letter.clone().into_bytes()),
        ("mbox", "a.mbox", format!("From mira Sun Feb 11 08:30:00 2024\n{letter}\n").repeat(100).into_bytes()),
    ]
}

/// The bytes of text in all articles of a file.
fn letters(bytes: &[u8], origin: &Origin) -> usize {
    let mut letters = 0;
    let _ = parse::articles(&mut &*bytes, origin, &Options::default(), &mut |item| {
        letters += item.map_or(0, |article| article.body.len());
        ControlFlow::Continue(())
    });
    letters
}

fn parse(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("parse");
    for (format, name, bytes) in inputs() {
        let origin = Origin { path: name.to_owned(), below: name.to_owned() };
        assert!(letters(&bytes, &origin) > 1000, "{format} is read");
        group.throughput(Throughput::Bytes(bytes.len() as u64));
        group.bench_function(format, |bencher| {
            bencher.iter(|| black_box(letters(&bytes, &origin)));
        });
    }
    group.finish();
}

criterion_group!(benches, parse);
criterion_main!(benches);
