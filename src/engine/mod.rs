//! Stores records and answers queries, behind one trait.

pub mod bearers;
pub mod local;

use std::path::PathBuf;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use self::bearers::Short;
use crate::annotation::Record;
use crate::article::{Article, Given};
use crate::digest::Digest;
use crate::query::arrange::Unit;
use crate::query::ast::{Field, Node};

/// Where articles are kept and asked for.
pub trait Engine {
    /// Puts an article and its quotes in, in place of what stood under its id, which is kept as an earlier version; an
    /// article that is itself the earlier of the two is kept as one. Seen by readers after [`Engine::commit`].
    ///
    /// # Errors
    /// When the index cannot be written.
    fn add(&mut self, record: &Record) -> Result<Added, EngineError>;

    /// Whether this very article, as it was read, is already held, annotated by today's annotator: then nothing need be done.
    ///
    /// # Errors
    /// When the index cannot be read.
    fn holds(&self, article: &Article) -> Result<bool, EngineError>;

    /// Takes an article and its quotes out. `false` when there is none of this id. Seen by readers after [`Engine::commit`].
    ///
    /// # Errors
    /// When the index cannot be written.
    fn delete(&mut self, id: &str) -> Result<bool, EngineError>;

    /// Makes all that was added and deleted last, and visible.
    ///
    /// # Errors
    /// When the index cannot be written; what was there before stays.
    fn commit(&mut self) -> Result<(), EngineError>;

    /// The record of an article.
    ///
    /// # Errors
    /// When the index cannot be read.
    fn get(&self, id: &str) -> Result<Option<Record>, EngineError>;

    /// The versions of an article, the oldest first and the present one last;
    /// none where there is no such article.
    ///
    /// # Errors
    /// When the index cannot be read.
    fn versions(&self, id: &str) -> Result<Vec<Record>, EngineError>;

    /// As [`Engine::versions`], with what was added since the last commit, which is made anew where that must be.
    ///
    /// # Errors
    /// When the index cannot be read or written.
    fn versions_now(&mut self, id: &str) -> Result<Vec<Record>, EngineError>;

    /// Hands every record to `each`, in the order of ids, until it returns `false`.
    ///
    /// # Errors
    /// When the index cannot be read.
    fn each(&self, each: &mut dyn FnMut(Record) -> bool) -> Result<(), EngineError>;

    /// The articles or quotes that match, best first.
    ///
    /// # Errors
    /// When the index cannot be read.
    fn search(&self, request: &Request) -> Result<Found, EngineError>;

    /// Articles like `record` that match `filter`, the most alike first; the words they were found by in [`Found::expanded`].
    ///
    /// # Errors
    /// When the index cannot be read.
    fn related(&self, record: &Record, filter: &Node, limit: usize) -> Result<Found, EngineError>;

    /// How many articles or quotes match; with `fold`, copies of one article count once.
    ///
    /// # Errors
    /// When the index cannot be read.
    fn count(&self, scope: Scope<'_>, fold: bool) -> Result<u64, EngineError>;

    /// How many of the articles or quotes that match have each value of `by`, most first, ties by name. Copies count each.
    ///
    /// # Errors
    /// When the index cannot be read.
    fn facet(&self, scope: Scope<'_>, by: Facet, limit: usize) -> Result<FacetCounts, EngineError>;

    /// What [`bearers::counted`] says of everything, where that was counted when the index was written, for the first `limit`.
    fn counted_before(&self, _by: Facet, _limit: usize) -> Option<(FacetCounts, Vec<Short>)> {
        None
    }

    /// When the articles or quotes that match were published: a moment in seconds since 1970 for each that has one,
    /// with its speaker, outlet or section where `split` asks for it. Copies count each.
    ///
    /// # Errors
    /// When the index cannot be read.
    fn moments(&self, scope: Scope<'_>, split: Option<Facet>) -> Result<Vec<Moment>, EngineError>;

    /// Words of the index spelt nearly like `word`, with how many articles or quotes have them, most first.
    ///
    /// # Errors
    /// When the index cannot be read.
    fn near_spellings(&self, word: &str, field: Field, unit: Unit) -> Result<Vec<(String, u64)>, EngineError>;

    /// What the index holds.
    ///
    /// # Errors
    /// When the index cannot be read.
    fn status(&self) -> Result<Status, EngineError>;
}

/// What became of a record that was added.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Added {
    /// Its id was not there before.
    Added,
    /// It took the place of another of its id.
    Replaced,
    /// A later version of it was there, and stays; this one was kept in its history.
    Earlier,
    /// The same article was there; nothing was done.
    Unchanged,
}

/// What is counted.
#[derive(Clone, Copy, Debug)]
pub struct Scope<'a> {
    /// What must match, arranged for `unit` by [`crate::query::arrange`].
    pub node: &'a Node,
    /// Articles or quotes.
    pub unit: Unit,
    /// Whether names must be spelt as asked for.
    pub exact_names: bool,
}

/// A question to an engine.
#[derive(Clone, Debug)]
pub struct Request {
    /// What is looked for, arranged for `unit` by [`crate::query::arrange`].
    pub node: Node,
    /// What is returned.
    pub unit: Unit,
    /// In which order.
    pub sort: Sort,
    /// How many hits are passed over.
    pub offset: usize,
    /// How many are returned at most.
    pub limit: usize,
    /// Whether the words of the best articles are looked for too.
    pub expand: bool,
    /// Whether names must be spelt as asked for.
    pub exact_names: bool,
    /// Whether copies of one article are hits of their own.
    pub all_copies: bool,
    /// Whether each hit says how it was scored.
    pub explain: bool,
}

/// The order of hits. Ties stand in the order of ids.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// The best first; where there are no words to rank by, the newest.
    #[default]
    Relevance,
    /// The latest date first, undated ones last.
    Newest,
    /// The earliest date first, undated ones last.
    Oldest,
}

/// An answer.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// How many match in all; copies of one article count once, unless they are hits of their own.
    pub total: u64,
    /// Those asked for, in order.
    pub hits: Vec<Hit>,
    /// Words that [`Request::expand`] added.
    pub expanded: Vec<String>,
}

/// An article or a quote that matches.
#[derive(Clone, Debug)]
pub struct Hit {
    /// How well; 0 where nothing was ranked by.
    pub score: f32,
    /// The article.
    pub record: Arc<Record>,
    /// Which of its quotes, where quotes are asked for.
    pub quote: Option<usize>,
    /// Other articles that are copies of this one: syndicated, or at another address.
    pub also: Vec<Copy>,
    /// How the score came about, as JSON.
    pub explanation: Option<String>,
}

/// A copy of an article, by what its outlet says of it. It is read from the JSON of a record as it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Copy {
    /// Its id.
    pub id: String,
    /// Its headline.
    pub title: String,
    /// When it was published.
    pub date: Option<String>,
    /// The outlet.
    pub source: Option<String>,
    /// Where it stands on the web.
    pub url: Option<String>,
}

/// What can be counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Facet {
    /// Who is quoted: named people and organizations.
    Speaker,
    /// People named.
    Person,
    /// Organizations named.
    Org,
    /// Places named.
    Place,
    /// Outlets.
    Source,
    /// Sections.
    Section,
    /// Writers.
    Author,
    /// Languages.
    Language,
}

/// How often each value occurs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FacetCounts {
    /// Values with the articles or quotes that have them, most first.
    pub values: Vec<(String, u64)>,
    /// How many different values there are.
    pub distinct: u64,
    /// How many articles or quotes match.
    pub total: u64,
}

/// When something was published.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment {
    /// Seconds since 1970 of the article's own clock: see [`Date::wall_clock`](crate::article::Date::wall_clock).
    pub at: i64,
    /// What it is split by.
    pub value: Option<String>,
}

/// What an index holds.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Status {
    /// Where it is; none in memory.
    pub path: Option<PathBuf>,
    /// How many articles.
    pub articles: u64,
    /// How many quotes in them.
    pub quotes: u64,
    /// Bytes on disk.
    pub bytes: u64,
    /// Parts that the index consists of.
    pub segments: usize,
    /// The earliest date of an article, RFC 3339.
    pub oldest: Option<String>,
    /// The latest.
    pub newest: Option<String>,
    /// Outlets, with the articles of each, most first.
    pub sources: Vec<(String, u64)>,
    /// What the index was written with.
    pub versions: Versions,
}

/// What an index was written with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Versions {
    /// Of the fields of the index.
    pub index: u32,
    /// Of the cutting, folding and stemming of words.
    pub analyzer: u32,
    /// Of the annotator, with its lists and its model.
    pub annotator: u32,
    /// The sums of the models of names, other than that inside the program, with which articles were annotated.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub models: Vec<String>,
}

impl Facet {
    /// All there are.
    pub const ALL: [Facet; 8] =
        [Facet::Speaker, Facet::Person, Facet::Org, Facet::Place, Facet::Source, Facet::Section, Facet::Author, Facet::Language];
}

impl Default for Versions {
    /// Those of this program.
    fn default() -> Self {
        Self {
            index: local::INDEX_VERSION,
            analyzer: crate::query::words::ANALYZER_VERSION,
            annotator: crate::annotate::ANNOTATOR_VERSION,
            models: Vec::new(),
        }
    }
}

/// Why an index cannot do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    /// Nothing is there.
    #[error("no index at {}: make one with `dictum ingest PATH…`, or name another with --index", .0.display())]
    Missing(PathBuf),
    /// The folder, or the file, is something else.
    #[error("{} is no index of dictum: {what}", path.display())]
    NotAnIndex {
        /// The folder.
        path: PathBuf,
        /// What is wrong with it.
        what: String,
    },
    /// Written by a newer dictum.
    #[error("the index {} was written by a newer dictum (its version {found}, this program reads up to {ours}): update dictum, or ingest into another index", path.display())]
    Newer {
        /// The index.
        path: PathBuf,
        /// Its version.
        found: u32,
        /// Ours.
        ours: u32,
    },
    /// Written by an older dictum, whose words no longer match.
    #[error("the index {} was written by an older dictum ({what} version {found}, now {ours}) and must be rebuilt: remove the folder and ingest again", path.display())]
    Outdated {
        /// The index.
        path: PathBuf,
        /// Which version.
        what: &'static str,
        /// Its version.
        found: u32,
        /// Ours.
        ours: u32,
    },
    /// Another process writes to it.
    #[error("another dictum is writing to the index {}: wait until it is done", .0.display())]
    Locked(PathBuf),
    /// It may only be read.
    #[error("the index was opened for reading only")]
    ReadOnly,
    /// The article has no id.
    #[error("an article without an id cannot be stored")]
    NoId,
    /// To answer would take without bound.
    #[error(
        "this asks for too much: too many words of the index begin so, are spelt nearly so or stand near each other; \
         write more of a word before the *, ask for a \"phrase\", or leave out the most common words"
    )]
    TooMuch,
    /// What was to be added could not be written.
    #[error("writing to the index {} failed ({what}): is there space left? What was put in before is kept", path.display())]
    Writing {
        /// The index.
        path: PathBuf,
        /// What was found.
        what: String,
    },
    /// Its files are damaged.
    #[error("the index {} is damaged ({what}): remove the folder and ingest again", path.display())]
    Damaged {
        /// The index.
        path: PathBuf,
        /// What was found.
        what: String,
    },
    /// The disk, or the rights to it.
    #[error("cannot read or write {}", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
}

/// A number that is the same for the same article as it was read, annotated by today's annotator with the same `model` of names
/// (by its sum; `None` is that inside the program).
#[must_use]
pub fn fingerprint(article: &Article, model: Option<&str>) -> u64 {
    let given = &article.given;
    // Where an article was found is not what it is.
    let article = Article { path: String::new(), given: Given::default(), ..article.clone() };
    let parts = (article, &given.people, &given.organizations, &given.locations, &given.quotes);
    let mut sum = Digest::seeded(crate::annotate::ANNOTATOR_VERSION.into());
    // Writing to a sum cannot fail, and an article has no key that is no string.
    let written =
        serde_json::to_writer(&mut sum, &parts).and_then(|()| model.map_or(Ok(()), |model| serde_json::to_writer(&mut sum, model)));
    debug_assert!(written.is_ok());
    sum.value()
}
