//! Tells a format by its first bytes; the name decides only between formats that look alike.

use encoding_rs::Encoding;

use super::Options;

/// The formats that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// First line the title, then the body.
    Text,
    /// Markdown, with or without front matter.
    Markdown,
    /// One article, an array, an object holding an array, or JSON Lines; ninjs among them.
    Json,
    /// A table with a header: comma, semicolon, tab or bar between its fields.
    Csv,
    /// A web page.
    Html,
    /// RSS, Atom, JSON Feed.
    Feed,
    /// NITF.
    Nitf,
    /// NewsML-G2 and NewsML 1.
    NewsMl,
    /// Exports of Nexis: text or HTML.
    Nexis,
    /// Exports of Factiva: XML or HTML.
    Factiva,
    /// Reuters-21578 and TREC collections.
    Sgml,
    /// Web archives.
    Warc,
    /// The older form of web archives.
    Arc,
    /// One message.
    Email,
    /// Many messages.
    Mbox,
    /// Word documents; exports of Nexis among them.
    Docx,
}

impl Format {
    /// Whether its parser is given UTF-8; others decode by what their own markup declares.
    #[must_use]
    pub fn is_text(self) -> bool {
        matches!(self, Self::Text | Self::Markdown | Self::Json | Self::Csv)
            // A text export of Nexis declares nothing.
            || self == Self::Nexis
    }

    /// Whether its fields were written by a program for a program, and are taken as they are.
    #[must_use]
    pub fn is_data(self) -> bool {
        matches!(self, Self::Json | Self::Csv)
    }
}

/// The format of what begins with `head`, which is in `encoding`.
///
/// # Errors
/// Why it is nothing that holds articles, and what to do.
pub fn format(head: &[u8], encoding: &'static Encoding, name: &str, options: &Options) -> Result<Format, &'static str> {
    if let Some(format) = by_magic(head)? {
        return Ok(format);
    }
    let wide = encoding == encoding_rs::UTF_16LE || encoding == encoding_rs::UTF_16BE;
    if !wide && memchr::memchr(0, &head[..head.len().min(8192)]).is_some() {
        return Err("a binary file, no text");
    }
    let (text, _) = encoding.decode_with_bom_removal(head);
    let text = text.trim_start();
    if text.is_empty() {
        return Err("empty");
    }
    Ok(by_text(text, name, options))
}

/// Formats and no-formats that begin with bytes of their own.
fn by_magic(head: &[u8]) -> Result<Option<Format>, &'static str> {
    const NONE: &[(&[u8], &str)] = &[
        (b"%PDF-", "a PDF: turn it into text first (pdftotext)"),
        (b"{\\rtf", "an RTF file: save it as .docx or .txt"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office file: save it as .docx or .csv"),
        (b"SQLite format 3\0", "an SQLite database: export it as CSV or JSON"),
        (b"PAR1", "a Parquet file: export it as CSV or JSON Lines"),
        (b"7z\xbc\xaf\x27\x1c", "a 7z archive: unpack it first"),
        (b"Rar!\x1a\x07", "a RAR archive: unpack it first"),
        (b"\x7fELF", "a program"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
        (b"\xff\xd8\xff", "a picture"),
        (b"GIF8", "a picture"),
        (b"bplist", "a binary property list (a Safari web archive): save the page as HTML"),
    ];
    if let Some((_, reason)) = NONE.iter().find(|(magic, _)| head.starts_with(magic)) {
        return Err(reason);
    }
    Ok(if head.starts_with(b"PK\x03\x04") {
        Some(Format::Docx)
    } else if head.starts_with(b"WARC/") {
        Some(Format::Warc)
    } else if head.starts_with(b"filedesc://") {
        Some(Format::Arc)
    } else {
        None
    })
}

/// `text` is not empty and begins with no space.
fn by_text(text: &str, name: &str, options: &Options) -> Format {
    let name = name.to_ascii_lowercase();
    let ends = |endings: &[&str]| endings.iter().any(|ending| name.ends_with(ending));
    if text.starts_with('<')
        && let Some(format) = by_root(text)
    {
        return format;
    }
    if looks_like_json(text) || ends(&[".json", ".jsonl", ".ndjson"]) && text.starts_with(['{', '[']) {
        return if start(text, 2048).contains("jsonfeed.org/version") { Format::Feed } else { Format::Json };
    }
    if is_nexis_text(text) {
        return Format::Nexis;
    }
    if text.starts_with("From ") && is_email(text.split_once('\n').map_or("", |(_, rest)| rest)) {
        return Format::Mbox;
    }
    if is_email(text) {
        return Format::Email;
    }
    if ends(&[".csv", ".tsv", ".tab"]) || is_table(text, options) {
        return Format::Csv;
    }
    if ends(&[".html", ".htm", ".xhtml"]) && text.contains('<') || contains_page(text) {
        return Format::Html;
    }
    if ends(&[".md", ".markdown", ".mdown"]) || is_markdown(text) {
        return Format::Markdown;
    }
    Format::Text
}

/// The first so many bytes, cut at a character.
fn start(text: &str, size: usize) -> &str {
    &text[..text.floor_char_boundary(size)]
}

fn looks_like_json(text: &str) -> bool {
    let mut rest = text.bytes().filter(|byte| !byte.is_ascii_whitespace());
    matches!((rest.next(), rest.next()), (Some(b'{'), Some(b'"' | b'}')) | (Some(b'['), Some(b'{' | b']')))
}

/// Markup is told by its root element, behind whatever prolog.
fn by_root(text: &str) -> Option<Format> {
    let (prolog, root) = root_element(text)?;
    let prolog = prolog.to_ascii_lowercase();
    let local = root.rsplit(':').next().unwrap_or(root).to_ascii_lowercase();
    let head = start(text, 1 << 14);
    Some(match local.as_str() {
        "rss" | "rdf" | "channel" => Format::Feed,
        "feed" => Format::Feed,
        "nitf" => Format::Nitf,
        "newsml" | "newsmessage" | "newsitem" | "packageitem" | "conceptitem" | "knowledgeitem" | "contentset" => Format::NewsMl,
        "ppsresponse" | "ppsarticleresponse" | "ppsarticleresultset" => Format::Factiva,
        "reuters" | "doc" | "docs" => Format::Sgml,
        _ if prolog.contains("<!doctype lewis") => Format::Sgml,
        "html" | "head" | "body" => page(head),
        _ if prolog.contains("<?xml") && !prolog.contains("<!doctype html") => Format::NewsMl,
        _ => page(head),
    })
}

/// Databases export web pages that are lists of articles.
fn page(head: &str) -> Format {
    if head.contains("<title>Factiva</title>") || head.contains("class=\"article enArticle") {
        Format::Factiva
    } else if is_nexis_page(head) {
        Format::Nexis
    } else {
        Format::Html
    }
}

fn is_nexis_page(head: &str) -> bool {
    head.contains("<DOCFULL>") || head.contains("<!-- Hide XML section from browser")
}

/// What stands before the root element, and its name.
fn root_element(text: &str) -> Option<(&str, &str)> {
    let mut at = 0;
    loop {
        at += text[at..].find('<')?;
        let rest = &text[at..];
        let length = if rest.starts_with("<!--") {
            rest.find("-->")? + 3
        } else if rest.starts_with("<?") {
            rest.find("?>")? + 2
        } else if rest.starts_with("<!") {
            // An internal subset stands in square brackets.
            let end = rest.find('>')?;
            match rest[..end].find('[') {
                Some(_) => rest.find("]>").map_or(end, |subset| subset + 1) + 1,
                None => end + 1,
            }
        } else {
            let name = rest[1..].split(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).next()?;
            let is_name = name.starts_with(char::is_alphabetic);
            return is_name.then_some((&text[..at], name));
        };
        at += length;
    }
}

/// "3 of 10 DOCUMENTS" on a line of its own.
fn is_nexis_text(text: &str) -> bool {
    start(text, 1 << 14).lines().any(|line| {
        let mut words = line.split_whitespace();
        let number = |word: Option<&str>| word.is_some_and(|word| word.bytes().all(|b| b.is_ascii_digit()));
        number(words.next())
            && words.next() == Some("of")
            && number(words.next())
            && words.next() == Some("DOCUMENTS")
            && words.next().is_none()
    })
}

/// Header lines up to a blank one, among them two that only mail has.
fn is_email(text: &str) -> bool {
    let mut known = 0;
    for line in text.lines().take(200) {
        if line.is_empty() {
            break;
        }
        if line.starts_with([' ', '\t']) {
            continue;
        }
        let Some((name, _)) = line.split_once(':') else { return false };
        if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_graphic()) {
            return false;
        }
        known += usize::from(matches!(
            name.to_ascii_lowercase().as_str(),
            "from" | "to" | "subject" | "received" | "return-path" | "message-id" | "mime-version" | "content-type" | "delivered-to"
        ));
    }
    known >= 2
}

/// A first line with field names that dictum knows, or that the user maps.
fn is_table(text: &str, options: &Options) -> bool {
    const COLUMNS: &[&str] = &[
        "title",
        "headline",
        "text",
        "body",
        "content",
        "article",
        "date",
        "published",
        "publishedat",
        "published_at",
        "publish_date",
        "pub_date",
        "url",
        "link",
        "source",
        "author",
        "authors",
        "id",
        "maintext",
        "description",
        "article_text",
        "full_text",
        "publication",
        "section",
        "titel",
        "überschrift",
        "inhalt",
        "datum",
        "autor",
        "quelle",
        "titre",
        "texte",
        "contenu",
        "auteur",
        "date de publication",
        "título",
        "titulo",
        "texto",
        "fecha",
        "fuente",
        "titolo",
        "testo",
        "autore",
        "fonte",
    ];
    let line = text.lines().next().unwrap_or("");
    [',', '\t', ';', '|'].iter().any(|delimiter| {
        let fields: Vec<String> = line.split(*delimiter).map(|field| field.trim().trim_matches('"').to_lowercase()).collect();
        let known = fields
            .iter()
            .filter(|field| COLUMNS.contains(&field.as_str()) || options.map.iter().any(|(_, theirs)| theirs.eq_ignore_ascii_case(field)))
            .count();
        fields.len() >= 2 && known >= 2
    })
}

fn is_markdown(text: &str) -> bool {
    let first = text.lines().next().unwrap_or("").trim_end();
    match first {
        "---" => text[3..].contains("\n---"),
        "+++" => text[3..].contains("\n+++"),
        _ => first.trim_start_matches('#').starts_with(' ') && first.starts_with('#'),
    }
}

/// A page that begins with something else than a tag: text that a server or a browser put before it.
fn contains_page(text: &str) -> bool {
    let head = start(text, 4096).to_ascii_lowercase();
    head.contains("<!doctype html") || head.contains("<html")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str, name: &str) -> Format {
        by_text(text, name, &Options::default())
    }

    #[test]
    fn content_goes_before_name() {
        for (text, name, format) in [
            ("{\"title\": \"A\"}", "a.txt", Format::Json),
            ("[\n {\"title\"", "a", Format::Json),
            ("[Editor's note: this is a story]", "a.txt", Format::Text),
            ("[Editor's note: this is a story]", "a.json", Format::Json),
            ("{\"version\": \"https://jsonfeed.org/version/1.1\"", "feed.json", Format::Feed),
            ("<!DOCTYPE html>\n<html><head>", "a.txt", Format::Html),
            ("<div><p>A piece of a page</p></div>", "a", Format::Html),
            ("Warning: x on line 3\n<!DOCTYPE html><html>", "a.php", Format::Html),
            ("<?xml version='1.0'?><!-- a > b --><rss version='2.0'>", "a.html", Format::Feed),
            ("<?xml version='1.0'?>\n<feed xmlns='http://www.w3.org/2005/Atom'>", "a", Format::Feed),
            ("<?xml version='1.0'?><!DOCTYPE nitf SYSTEM 'x.dtd'>\n<nitf>", "a", Format::Nitf),
            ("<!DOCTYPE bomb [<!ENTITY a \"b\">]><nitf>", "a", Format::Nitf),
            ("<ns0:newsMessage xmlns:ns0='x'>", "a", Format::NewsMl),
            ("<DOC>\n<DOCNO> AP1 </DOCNO>", "ap", Format::Sgml),
            ("From: a@b.example\nSubject: News\n\nText", "a", Format::Email),
            ("From a@b Thu Jan  1 00:00:00 2024\nFrom: a@b.example\nSubject: x\n\nText", "a", Format::Mbox),
            ("From here to there\n\nA story.", "a.txt", Format::Text),
            ("title,body,date\nA,B,2024", "a.txt", Format::Csv),
            ("Titel;Datum;Inhalt\nA;1.2.2024;B", "a.txt", Format::Csv),
            ("Title, body and soul\n\nA story", "a.txt", Format::Text),
            ("---\ntitle: A\n---\nText", "a.txt", Format::Markdown),
            ("# A heading\n\nText", "a", Format::Markdown),
            ("A title\n\nText", "a.md", Format::Markdown),
            ("#MeToo, five years on\n\nText", "a.txt", Format::Text),
            ("Search\n\n   1 of 10 DOCUMENTS\n\n", "a.txt", Format::Nexis),
        ] {
            assert_eq!(of(text, name), format, "{text}");
        }
    }

    #[test]
    fn binary_files_are_refused_with_a_reason() {
        let refused = |head: &[u8]| format(head, encoding_rs::UTF_8, "a.txt", &Options::default()).unwrap_err();
        assert!(refused(b"%PDF-1.7").contains("PDF"));
        assert!(refused(b"some\0thing").contains("binary"));
        assert_eq!(refused(b" \n "), "empty");
    }
}
