//! What must be found in each article of `sample_corpus`, as it was written down by hand.
//!
//! `tests/sample_corpus/expected.jsonl` has a line an article. A text is found in the body whatever its white space, since
//! some articles are wrapped; `nth` counts from 0 where the same words stand there more than once.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use dictum::annotate::Annotator;
use dictum::annotation::Annotations;
use dictum::article::Article;
use dictum::parse::{self, RefusalKind};
use dictum::read::{Limits, Selection, files};
use dictum::span::Span;
use serde::Deserialize;

/// What must be found in one article.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expected {
    /// The file below `sample_corpus`.
    pub path: String,
    /// The headline, which tells the articles of one file apart.
    pub title: String,
    pub people: Vec<Named>,
    pub locations: Vec<Named>,
    /// Buildings, places inside names, "U.S." before a title: found or not, it is no mistake.
    pub locations_allowed: Vec<String>,
    pub organizations: Vec<Named>,
    /// Whether every indirect quote is written down; where not, they are not scored.
    pub indirect_complete: bool,
    pub quotes: Vec<ExpectedQuote>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Named {
    pub name: String,
    pub aliases: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExpectedQuote {
    /// With its marks.
    pub text: String,
    #[serde(default)]
    pub nth: usize,
    pub kind: ExpectedKind,
    /// A full name, `org:` and a name, `unnamed`; none for what is no quote.
    pub speaker: Option<String>,
    pub mention: Option<Words>,
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum ExpectedKind {
    Direct,
    Mixed,
    Indirect,
    /// In quotation marks, yet nobody's words: a title, a nickname, a scare quote.
    False,
    /// An answer of an interview that is printed without quotation marks.
    Answer,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    pub text: String,
    #[serde(default)]
    pub nth: usize,
}

/// An article, what was found in it and what should be.
pub struct Case {
    pub article: Article,
    pub found: Annotations,
    pub expected: Expected,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_corpus")
}

/// The hand-written lines.
pub fn expected() -> Vec<Expected> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sample_corpus/expected.jsonl");
    let lines = fs::read_to_string(&path).expect("the expectations are there");
    lines.lines().enumerate().map(|(n, line)| serde_json::from_str(line).unwrap_or_else(|e| panic!("line {}: {e}", n + 1))).collect()
}

/// Every article of the corpus, as the program reads it, and everything that was refused.
pub fn articles() -> (Vec<(String, Article)>, Vec<String>) {
    let (mut articles, mut refusals) = (Vec::new(), Vec::new());
    for file in files(&[root()], &Selection::default()) {
        let file = file.expect("every file of the corpus can be reached");
        let below = file.origin.below.clone();
        let _ = parse::file(&file, &Limits::default(), &parse::Options::default(), &mut |result| {
            match result {
                Ok(article) => articles.push((below.clone(), article)),
                Err(refusal) if refusal.kind == RefusalKind::Skipped => {}
                Err(refusal) => refusals.push(refusal.to_string()),
            }
            std::ops::ControlFlow::Continue(())
        });
    }
    (articles, refusals)
}

/// The articles that were both read and expected, annotated.
pub fn cases() -> Vec<Case> {
    let mut expected: BTreeMap<(String, String), Expected> =
        expected().into_iter().map(|e| ((e.path.clone(), e.title.clone()), e)).collect();
    let annotator = Annotator::new();
    let articles = articles().0.into_iter();
    articles
        .filter_map(|(path, article)| {
            let expected = expected.remove(&(path, article.title.clone()))?;
            Some(Case { found: annotator.annotate(&article), article, expected })
        })
        .collect()
}

/// Where `text` stands in `body` for the `nth` time, whatever the white space.
pub fn find(body: &str, text: &str, nth: usize) -> Option<Span> {
    let (flat, at) = flatten(body);
    let text = flatten(text).0;
    let start = flat.match_indices(text.trim()).nth(nth)?.0;
    let end = start + text.trim().len();
    Some(Span::new(at[start], at[end]))
}

/// `text` with runs of white space as one space, and for each byte of it, and its end, the byte of `text`.
fn flatten(text: &str) -> (String, Vec<usize>) {
    let (mut flat, mut at) = (String::new(), Vec::new());
    for (byte, c) in text.char_indices() {
        let c = if c.is_whitespace() { ' ' } else { c };
        if c == ' ' && flat.ends_with(' ') {
            continue;
        }
        at.extend((0..c.len_utf8()).map(|i| byte + i));
        flat.push(c);
    }
    at.push(text.len());
    (flat, at)
}
