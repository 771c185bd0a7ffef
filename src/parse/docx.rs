//! Word documents: one article, or an export of Lexis Advance with many.

use std::io::{BufRead, Cursor, Read};
use std::ops::ControlFlow;

use zip::ZipArchive;

use super::xml::{self, Element};
use super::{Options, Origin, Sink, boilerplate, byline, dates, given, nexis, whole};
use crate::article::Article;

/// Most bytes of the text's XML once unpacked: some thousand pages of Word.
const LARGEST: u64 = 96 << 20;

/// Reads the articles of a document.
pub(super) fn articles(input: &mut dyn BufRead, origin: &Origin, _options: &Options, sink: &mut Sink<'_>) -> ControlFlow<()> {
    let bytes = match whole(input, origin) {
        Ok(bytes) => bytes,
        Err(refusal) => return sink(Err(refusal)),
    };
    let document = match document(bytes) {
        Ok(document) => document,
        Err(reason) => return sink(Err(origin.refuse(reason))),
    };
    let texts: Vec<String> = document.paragraphs.iter().map(|p| p.text.clone()).collect();
    if nexis::is_word_export(&texts) {
        for (number, result) in nexis::from_word(&texts).into_iter().enumerate() {
            sink(result.map_err(|reason| origin.refuse_at(format!("article {}", number + 1), reason)))?;
        }
        return ControlFlow::Continue(());
    }
    sink(article(document).map_err(|reason| origin.refuse(reason)))
}

#[derive(Debug, Default)]
struct Paragraph {
    style: String,
    text: String,
}

#[derive(Debug, Default)]
struct Word {
    paragraphs: Vec<Paragraph>,
    title: Option<String>,
    author: Option<String>,
    language: Option<String>,
    created: Option<String>,
}

fn document(bytes: Vec<u8>) -> Result<Word, String> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| format!("no Word document: {error}"))?;
    let text = part(&mut archive, "word/document.xml")?.ok_or("a ZIP archive without word/document.xml: no Word document")?;
    let root = xml::parse(&text)?.root;
    let body = root.find("body").ok_or("a Word document without a body")?;
    let mut word = Word::default();
    gather(body, &mut word.paragraphs);
    if let Some(core) = part(&mut archive, "docProps/core.xml").ok().flatten().and_then(|text| xml::parse(&text).ok()).map(|core| core.root)
    {
        let field = |name: &str| core.find(name).map(|e| e.raw_text().trim().to_owned()).filter(|t| !t.is_empty());
        (word.title, word.author, word.language, word.created) = (field("title"), field("creator"), field("language"), field("created"));
    }
    Ok(word)
}

fn part(archive: &mut ZipArchive<Cursor<Vec<u8>>>, name: &str) -> Result<Option<String>, String> {
    let Ok(file) = archive.by_name(name) else { return Ok(None) };
    let mut bytes = Vec::new();
    file.take(LARGEST + 1).read_to_end(&mut bytes).map_err(|error| format!("{name}: {error}"))?;
    if bytes.len() as u64 > LARGEST {
        return Err(format!("{name} unpacks to more than {} MiB", LARGEST >> 20));
    }
    Ok(Some(super::markup::decode(&bytes, None)))
}

/// The paragraphs below an element in order, those in tables and text boxes among them. The depth is the document's, which is bounded.
fn gather(element: &Element, out: &mut Vec<Paragraph>) {
    for child in element.elements() {
        match child.name.as_str() {
            "p" => {
                let style = child.at(&["pPr", "pStyle"]).and_then(|s| s.attribute("w:val")).unwrap_or_default().to_owned();
                let mut text = String::new();
                runs(child, &mut text);
                for line in text.split("\n\n") {
                    let text = line.lines().map(|l| l.split_whitespace().collect::<Vec<_>>().join(" ")).filter(|l| !l.is_empty());
                    let text = text.collect::<Vec<_>>().join("\n");
                    if !text.is_empty() {
                        out.push(Paragraph { style: style.clone(), text });
                    }
                }
            }
            // What was deleted under change tracking is not of the text; of two forms of a drawing the second is for old programs.
            "del" | "Fallback" | "sectPr" => {}
            _ => gather(child, out),
        }
    }
}

fn runs(element: &Element, out: &mut String) {
    for child in element.elements() {
        match child.name.as_str() {
            "t" => out.push_str(&child.raw_text()),
            "tab" => out.push(' '),
            "br" | "cr" => out.push('\n'),
            "noBreakHyphen" => out.push('-'),
            "del" | "Fallback" | "pPr" | "rPr" | "instrText" => {}
            _ => runs(child, out),
        }
    }
}

fn article(word: Word) -> Result<Article, String> {
    let mut paragraphs = word.paragraphs;
    let heading = |p: &Paragraph| p.style.eq_ignore_ascii_case("title") || p.style.to_lowercase().starts_with("heading");
    let title = match paragraphs.first() {
        None => return Err("a Word document without text".to_owned()),
        Some(first) if heading(first) || word.title.as_deref() == Some(first.text.as_str()) => paragraphs.remove(0).text,
        // A short first paragraph without a full stop is a headline.
        Some(first) if paragraphs.len() > 1 && first.text.split_whitespace().count() <= 25 && !first.text.ends_with(['.', '”', '"']) => {
            paragraphs.remove(0).text
        }
        Some(_) => word.title.clone().unwrap_or_default(),
    };
    let mut article = Article { title: title.replace('\n', " "), ..Article::default() };
    // Lines of metadata under the headline: "By Anna Bell", "The Daily Post | 2019-01-07", a date.
    while let Some(first) = paragraphs.first().filter(|_| paragraphs.len() > 1) {
        let text = first.text.clone();
        if text.len() > 120 || text.ends_with(['.', '”', '"', '!', '?']) {
            break;
        }
        let lower = text.to_lowercase();
        if lower.starts_with("by ") && article.authors.is_empty() {
            article.authors = byline::authors(&text);
        } else if let Some((source, day)) = text.split_once(" | ").and_then(|(source, day)| Some((source, dates::line(day)?))) {
            article.source = Some(source.trim().to_owned());
            article.date = article.date.or(Some(day));
        } else if let Some(day) = dates::line(&text) {
            article.date = article.date.or(Some(day));
        } else {
            break;
        }
        paragraphs.remove(0);
    }
    if article.authors.is_empty() {
        article.authors = word.author.filter(|name| name != "python-docx").map(|name| byline::authors(&name)).unwrap_or_default();
    }
    if article.date.is_none() {
        article.date = word.created.and_then(|text| dates::read(&text));
    }
    article.language = word.language.and_then(|tag| given::language(&tag));
    article.body = paragraphs.into_iter().map(|p| p.text).collect::<Vec<_>>().join("\n\n");
    if article.title.is_empty() && article.body.is_empty() {
        return Err("a Word document without text".to_owned());
    }
    boilerplate::tidy(&mut article);
    Ok(article)
}
