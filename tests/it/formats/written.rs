//! The documents written for the project give the fields that a person reads in them.

use dictum::annotation::{SpeakerKind, Zone};

use super::documents::{self, docx, gzip, response, warc_record};
use super::expected::{Expected, all, assert_is};
use super::read;

const PAGE_BODY: &[&str] = &[
    "The ferry to Oskholm sailed again on Sunday after three days in port, carrying some two hundred islanders home from the mainland.",
    "The captain, Ingrid Vasko, said the waves were “the highest I have seen in thirty years” and thanked her crew for their patience.",
    "We sat in the harbour hall, sang and waited for the wind to drop.",
    "Norlinie, which runs the line, said that tickets of the days without a sailing stay valid until the end of the year.",
    "“Nobody will lose a krona,” its spokesman Pelle Anund told the island's radio in the evening.",
];

fn page() -> Expected<'static> {
    Expected {
        id: "https://harbourpost.example/news/ferry-back",
        title: "Ferry to Oskholm is back after storm",
        body: PAGE_BODY,
        date: "2024-02-11T08:30:00+01:00",
        source: "The Harbour Post",
        authors: &["Mira Brandt", "Tobias Quill"],
        url: "https://harbourpost.example/news/ferry-back",
        section: "Transport",
        language: "en",
        people: &["Ingrid Vasko"],
        organizations: &["Norlinie"],
        locations: &["Oskholm"],
    }
}

#[test]
fn web_page() {
    let articles = all("ferry.html", documents::PAGE.as_bytes());
    assert_eq!(articles.len(), 1);
    assert_is(&articles[0], &page());
    assert_eq!(articles[0].given.locations[0].latitude, Some(59.1));
    assert_eq!(articles[0].path, "in/ferry.html");
}

#[test]
fn web_page_without_structured_data() {
    let start = documents::PAGE.find("<script").unwrap();
    let end = documents::PAGE.find("</script>").unwrap() + 9;
    let mut bare = documents::PAGE.to_owned();
    bare.replace_range(
        start..end,
        r#"<meta name="author" content="By Mira Brandt, Staff Writer"><meta property="article:published_time" content="2024-02-11">"#,
    );
    let articles = all("ferry.html", bare.as_bytes());
    let expected = Expected {
        // The page shows a second writer.
        authors: &["Mira Brandt", "Tobias Quill"],
        date: "2024-02-11T00:00:00Z",
        section: "",
        people: &[],
        organizations: &[],
        locations: &[],
        ..page()
    };
    assert_is(&articles[0], &expected);
}

#[test]
fn web_page_in_an_old_encoding() {
    let page =
        documents::PAGE.replace("<html lang=\"en-GB\"><head>", "<html><head><meta charset=\"windows-1252\">").replace("Pelle", "Pellé");
    let (bytes, _, lossy) = encoding_rs::WINDOWS_1252.encode(&page);
    assert!(!lossy);
    let articles = all("ferry.html", &bytes);
    assert!(articles[0].body.contains("“Nobody will lose a krona,” its spokesman Pellé Anund"), "{}", articles[0].body);
}

#[test]
fn feeds() {
    let (articles, refusals) = read("feed.xml", documents::RSS.as_bytes());
    let first = Expected {
        id: "hp-2",
        title: "Mayor & council at odds",
        body: &["The mayor said “no”.", "The council said yes."],
        date: "2024-02-11T08:30:00+01:00",
        source: "The Harbour Post",
        authors: &["Mira Brandt", "Tobias Quill"],
        url: "https://harbourpost.example/2",
        section: "Politics",
        ..Expected::default()
    };
    assert_is(&articles[0], &first);
    let headline = Expected {
        id: "https://harbourpost.example/3",
        title: "Only a headline",
        date: "2024-02-12T10:00:00Z",
        source: "The Harbour Post",
        url: "https://harbourpost.example/3",
        ..Expected::default()
    };
    assert_is(&articles[1], &headline);
    assert_eq!((articles.len(), refusals.len()), (2, 1));
    assert_eq!(refusals[0].position.as_deref(), Some("item 3"));

    let entry = Expected {
        id: "urn:entry:1",
        title: "Quay closed",
        body: &["The quay is closed."],
        date: "2024-03-01T10:00:00+02:00",
        source: "Harbour wire",
        authors: &["Ola Fenn"],
        url: "https://wire.example/1",
        ..Expected::default()
    };
    assert_is(&all("atom", documents::ATOM.as_bytes())[0], &entry);
    let item = Expected {
        id: "https://wire.example/7",
        title: "Tide tables",
        body: &["High tide at noon.", "Low tide at six."],
        date: "2024-03-01T10:00:00-05:00",
        source: "Harbour wire",
        authors: &["Ola Fenn"],
        url: "https://wire.example/7",
        ..Expected::default()
    };
    assert_is(&all("feed.json", documents::JSON_FEED.as_bytes())[0], &item);
}

#[test]
fn nitf() {
    let articles = all("story.xml", documents::NITF.as_bytes());
    let expected = Expected {
        id: "hw.20240211.1",
        title: "Ferry sails again",
        body: &[
            "The ferry to Oskholm sailed again, its captain Ingrid Vasko said.",
            "Of Norlinie nobody was there when the ship at last cast off on Sunday morning, and Pelle Anund's phone was off.",
            "We are glad to be back.",
        ],
        date: "2024-02-11T08:30:00+01:00",
        source: "Harbour Wire Agency",
        authors: &["Mira Brandt"],
        section: "Transport",
        language: "en",
        people: &["Ingrid Vasko", "Pelle Anund"],
        organizations: &["Norlinie"],
        locations: &["Oskholm"],
        ..Expected::default()
    };
    assert_is(&articles[0], &expected);
    let place = &articles[0].given.locations[0];
    assert_eq!((place.within.as_slice(), place.country.as_deref()), (&["Norskar".to_owned()][..], Some("SE")));
    let quote = &articles[0].given.quotes[0];
    assert_eq!((quote.speaker.name.as_deref(), quote.speaker.kind), (Some("Ingrid Vasko"), SpeakerKind::Person));
    assert_eq!((quote.segments[0].zone, quote.segments[0].span.of(&articles[0].body)), (Zone::Body, "We are glad to be back."));
}

#[test]
fn newsml() {
    let (articles, refusals) = read("message.xml", documents::NEWSML_G2.as_bytes());
    let first = Expected {
        id: "urn:hw:1",
        title: "Ferry sails again",
        body: &["The ferry sailed again.", "Its captain was glad."],
        date: "2024-02-11T09:30:00+01:00",
        source: "Harbour Wire",
        authors: &["Mira Brandt"],
        section: "transport",
        language: "en",
        people: &["Ingrid Vasko"],
        organizations: &["Norlinie"],
        locations: &["Oskholm Quay", "Oskholm"],
        ..Expected::default()
    };
    assert_is(&articles[0], &first);
    let places = &articles[0].given.locations;
    assert_eq!(
        (places[0].latitude, places[1].country.as_deref(), places[1].within.as_slice()),
        (Some(59.1), Some("SE"), &["Sweden".to_owned()][..])
    );
    let plain = Expected {
        id: "urn:hw:3",
        title: "Plain",
        body: &["First line goes on.", "Second paragraph."],
        source: "hw.example",
        ..Expected::default()
    };
    assert_is(&articles[1], &plain);
    assert!(refusals.len() == 1 && refusals[0].reason.contains("picture"), "{refusals:?}");

    let package = Expected {
        id: "urn:hw:p",
        title: "The storm",
        body: &["Ferry sails again"],
        date: "2024-02-11T09:30:00Z",
        source: "Harbour Wire",
        authors: &["Ola Fenn"],
        ..Expected::default()
    };
    assert_is(&all("package.xml", documents::PACKAGE.as_bytes())[0], &package);
    let older = Expected {
        id: "urn:newsml:hw:9",
        title: "Ferry sails again",
        body: &["The ferry sailed.", "All were glad."],
        date: "2024-02-11T08:30:00+01:00",
        source: "Harbour Wire",
        authors: &["Mira Brandt"],
        language: "en",
        locations: &["Oskholm"],
        ..Expected::default()
    };
    assert_is(&all("newsml1.xml", documents::NEWSML_1.as_bytes())[0], &older);
}

#[test]
fn nexis() {
    let articles = all("export.txt", documents::NEXIS_TEXT.as_bytes());
    let first = Expected {
        id: "export.txt",
        title: "Ferry to Oskholm is back",
        body: &["The ferry sailed again, its captain said.", "NOTE TO SELF: the colon is of the text."],
        date: "2024-02-11T00:00:00Z",
        source: "The Harbour Post (Oskholm)",
        authors: &["Mira Brandt", "Tobias Quill"],
        section: "NEWS",
        language: "en",
        people: &["Ingrid Vasko", "Pelle Anund"],
        organizations: &["Norlinie Shipping"],
        locations: &["Oskholm"],
        ..Expected::default()
    };
    assert_is(&articles[0], &first);
    let second = Expected {
        id: "export.txt#2",
        title: "Quay closed",
        body: &["The quay is closed."],
        date: "2024-03-01T00:00:00Z",
        source: "The Bay Times",
        ..Expected::default()
    };
    assert_is(&articles[1], &second);
    let page = Expected {
        id: "export.html",
        title: "Ferry; Back at last",
        body: &["The ferry sailed.", "\"At last\", said the captain."],
        date: "2024-02-11T00:00:00Z",
        source: "The Harbour Post",
        authors: &["MIRA BRANDT"],
        section: "Section A",
        language: "en",
        ..Expected::default()
    };
    assert_is(&all("export.html", documents::NEXIS_PAGE.as_bytes())[0], &page);
}

#[test]
fn factiva() {
    let expected = Expected {
        id: "HARB000020240211ek2b0001",
        title: "Ferry sails again",
        body: &["The ferry sailed.", "All were glad."],
        date: "2024-02-11T08:30:00Z",
        source: "The Harbour Post",
        authors: &["Mira Brandt"],
        section: "News",
        language: "en",
        organizations: &["Norlinie"],
        locations: &["Sweden"],
        ..Expected::default()
    };
    assert_is(&all("export.xml", documents::FACTIVA_XML.as_bytes())[0], &expected);
    let page = Expected { section: "", body: &["The ferry sailed.", "All were glad.", "The end."], ..expected };
    assert_is(&all("export.html", documents::FACTIVA_PAGE.as_bytes())[0], &page);
}

#[test]
fn collections_in_sgml() {
    let articles = all("reut.sgm", documents::REUTERS.as_bytes());
    let first = Expected {
        id: "101",
        title: "FERRY SAILS <AGAIN>",
        body: &["OSKHOLM, Feb 11 - The ferry sailed, A&B Lines said.", "\"At last,\" said its captain."],
        date: "1987-02-11T08:30:12.05Z",
        source: "Reuters",
        authors: &["MIRA BRANDT"],
        section: "ship",
        language: "en",
        people: &["Vasko"],
        organizations: &["OPEC", "World Bank"],
        locations: &["USA", "West Germany", "Iran"],
        ..Expected::default()
    };
    assert_eq!(articles[0].date.as_ref().map(|d| d.timestamp().as_second()), Some(540_030_612));
    assert_is(&articles[0], &Expected { date: articles[0].date.as_ref().map_or("", |d| d.as_str()), ..first });
    assert_eq!((articles[1].title.as_str(), articles[1].body.as_str()), ("QUAY CLOSED", ""));
    assert_eq!((articles[2].title.as_str(), articles[2].body.as_str()), ("TIDE TABLES", "High tide at noon."));

    let articles = all("trec", documents::TREC.as_bytes());
    let first = Expected {
        id: "HP880212-0001",
        title: "Ferry Sails Again",
        body: &["The ferry sailed again.", "All were glad."],
        date: "1988-02-12T00:00:00Z",
        authors: &["MIRA BRANDT"],
        ..Expected::default()
    };
    assert_is(&articles[0], &first);
    let second = Expected {
        id: "HPW_ENG_19940512.0003",
        title: "Quay Closed",
        body: &["The quay is closed.", "For good."],
        date: "1994-05-12T00:00:00Z",
        ..Expected::default()
    };
    assert_is(&articles[1], &second);
}

#[test]
fn mail() {
    let expected = Expected {
        id: "77@harbourpost.example",
        title: "The harbour this week: cafés",
        body: &["The ferry sails again.", "All are glad."],
        date: "2024-02-11T08:30:00+01:00",
        source: "harbourpost.example",
        authors: &["Mira Brandt"],
        ..Expected::default()
    };
    assert_is(&all("letter.eml", documents::EMAIL.as_bytes())[0], &expected);
    let quoted = documents::EMAIL.replace("All are glad.", ">From here on\nAll are glad.").replace("<77@", "<78@");
    let mbox = format!("From mira Sun Feb 11 08:30:00 2024\n{}\nFrom mira Mon Feb 12 08:30:00 2024\n{quoted}", documents::EMAIL);
    let articles = all("letters.mbox", mbox.as_bytes());
    assert_eq!(articles.len(), 2);
    assert_is(&articles[0], &expected);
    assert!(articles[1].body.contains("From here on") && !articles[1].body.contains('>'), "{}", articles[1].body);
}

#[test]
fn word_documents() {
    let core = "<cp:coreProperties><dc:title>x</dc:title><dc:creator>Mira Brandt</dc:creator><dcterms:created>2020-01-01T00:00:00Z</dcterms:created></cp:coreProperties>";
    let bytes =
        docx(&[("Title", "Ferry sails again"), ("", "Harbour Post | 2024-02-11"), ("", "The ferry sailed."), ("", "All were glad.")], core);
    let expected = Expected {
        id: "ferry.docx",
        title: "Ferry sails again",
        body: &["The ferry sailed.", "All were glad."],
        date: "2024-02-11T00:00:00Z",
        source: "Harbour Post",
        authors: &["Mira Brandt"],
        ..Expected::default()
    };
    assert_is(&all("ferry.docx", &bytes)[0], &expected);
    let export = [
        "Documents (1)",
        "1. Ferry sails again",
        "Ferry sails again",
        "The Harbour Post(Oskholm)",
        "February 11, 2024 Sunday 8:30 AM GMT",
        "Copyright 2024 The Harbour Post All Rights Reserved",
        "Section: NEWS; Version:1",
        "Length: 5 words",
        "Byline: Mira Brandt",
        "Body",
        "The ferry sailed.",
        "All were glad.",
        "Load-Date: February 12, 2024",
        "End of Document",
    ];
    let bytes = docx(&export.map(|text| ("", text)), "<x/>");
    let expected =
        Expected { id: "export.docx", date: "2024-02-11T08:30:00Z", source: "The Harbour Post (Oskholm)", section: "NEWS", ..expected };
    assert_is(&all("export.docx", &bytes)[0], &expected);
}

#[test]
fn web_archives() {
    let url = "https://harbourpost.example/news/ferry-back?utm=1";
    let page = documents::PAGE.as_bytes();
    let chunked = {
        let (a, b) = page.split_at(1000);
        [format!("{:x};x=1\r\n", a.len()).as_bytes(), a, b"\r\n", format!("{:X}\r\n", b.len()).as_bytes(), b, b"\r\n0\r\n\r\n"].concat()
    };
    let html = "Content-Type: text/html; charset=UTF-8";
    let http = "application/http; msgtype=response";
    let mut archive = warc_record("warcinfo", "", "application/warc-fields", b"software: by hand\r\n");
    archive.extend(warc_record("request", url, http, b"GET / HTTP/1.1\r\n\r\n"));
    archive.extend(warc_record("response", url, http, &response(html, page)));
    archive.extend(warc_record("response", url, http, &response(&format!("{html}\r\nTransfer-Encoding: chunked"), &chunked)));
    archive.extend(warc_record("response", url, http, &response(&format!("{html}\r\nContent-Encoding: gzip"), &gzip(page))));
    archive.extend(warc_record("response", url, http, &response(&format!("{html}\r\nContent-Encoding: gzip"), page)));
    archive.extend(warc_record(
        "response",
        "https://harbourpost.example/a.png",
        http,
        &response("Content-Type: image/png", b"\x89PNG\0\0"),
    ));
    archive.extend(warc_record(
        "response",
        url,
        http,
        b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n<html>nothing here</html>",
    ));
    archive.extend(warc_record("resource", url, "text/html", page));
    let articles = all("crawl.warc", &archive);
    assert_eq!(articles.len(), 5);
    let id = format!("urn:uuid:{}", url.len());
    for article in &articles {
        assert_is(article, &Expected { id: &id, url, ..self::page() });
    }

    let head = "filedesc://crawl.arc 0.0.0.0 20240212000000 text/plain 14\n1 0 by hand\nx\n\n";
    let bytes = response(html, page);
    let arc = [head.as_bytes(), format!("{url} 192.0.2.1 20240212000000 text/html {}\n", bytes.len()).as_bytes(), &bytes, b"\n"].concat();
    let articles = all("crawl.arc", &arc);
    assert_is(&articles[0], &Expected { id: url, url, ..self::page() });
}

#[test]
fn a_page_without_a_date_is_as_old_as_its_archive_at_most() {
    let bare = documents::PAGE.replace("\"datePublished\":\"2024-02-11T08:30:00+01:00\",", "");
    let archive =
        warc_record("response", "https://harbourpost.example/x", "application/http", &response("Content-Type: text/html", bare.as_bytes()));
    assert_eq!(all("crawl.warc", &archive)[0].date.as_ref().map(|d| d.as_str()), Some("2024-02-12T00:00:00Z"));
}

/// A page that the harbour's council printed, packed by another program.
const BROTLI: &str = "1bfa00001c077663d7c6cae1176d8854ba314c75748ba1ac258509b799ccdee6240f5518d4e480b9b5cbc28412f9156164e9369f4b2743\
        bda46a1457d1d0171b6c482f4a4209e3c398fe6a9090dd064aa30879911c6586f64c073b553e88a6baa7fd32fa476de87a72a1d99a957e\
        8885145da64162a801";

#[test]
fn pages_packed_with_brotli_are_read() {
    let packed: Vec<u8> = (0..BROTLI.len()).step_by(2).map(|at| u8::from_str_radix(&BROTLI[at..at + 2], 16).unwrap()).collect();
    let head = "Content-Type: text/html\r\nContent-Encoding: br";
    let archive = |body: &[u8]| warc_record("response", "https://harbourpost.example/x", "application/http", &response(head, body));
    let articles = all("crawl.warc", &archive(&packed));
    assert_eq!((articles[0].title.as_str(), articles[0].body.split(' ').count()), ("Ships sail again", 15));
    let (articles, refusals) = read("crawl.warc", &archive(&packed[..40]));
    assert!(articles.is_empty() && refusals[0].reason.contains("does not unpack"), "{refusals:?}");
}
