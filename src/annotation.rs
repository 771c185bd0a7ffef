//! What is found in an article: people, organizations, places, and quotes with their speakers.

use std::borrow::Cow;

use serde::{Deserialize, Serialize, Serializer};

use crate::article::{Article, Date};
use crate::span::Span;

/// The version of the JSON that `extract`, `show` and `export` print. It changes only when a field changes its meaning.
pub const SCHEMA_VERSION: u32 = 1;

/// An article with what was found in it: the unit that is indexed, stored and printed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(from = "FlatRecord")]
pub struct Record {
    /// See [`SCHEMA_VERSION`].
    pub schema_version: u32,
    /// The article.
    #[serde(flatten)]
    pub article: Article,
    /// What was found in it.
    #[serde(flatten)]
    pub annotations: Annotations,
}

impl Record {
    /// An article with its annotations, in today's schema version.
    #[must_use]
    pub fn new(article: Article, annotations: Annotations) -> Self {
        Self { schema_version: SCHEMA_VERSION, article, annotations }
    }
}

/// A [`Record`] as it stands in JSON, its fields in one row: read so, none is laid by until it is known whose it is, which would
/// take longer than all else that a search does.
#[derive(Deserialize)]
struct FlatRecord {
    schema_version: u32,
    #[serde(default)]
    id: String,
    #[serde(default)]
    path: String,
    #[serde(default)]
    title: String,
    #[serde(default)]
    body: String,
    date: Option<Date>,
    modified: Option<Date>,
    source: Option<String>,
    #[serde(default)]
    authors: Vec<String>,
    url: Option<String>,
    section: Option<String>,
    language: Option<String>,
    #[serde(default)]
    people: Vec<Entity>,
    #[serde(default)]
    organizations: Vec<Entity>,
    #[serde(default)]
    locations: Vec<Location>,
    #[serde(default)]
    quotes: Vec<Quote>,
}

impl From<FlatRecord> for Record {
    fn from(flat: FlatRecord) -> Self {
        let FlatRecord { schema_version, id, path, title, body, date, modified, source, authors, url, section, language, .. } = flat;
        let FlatRecord { people, organizations, locations, quotes, .. } = flat;
        let article = Article { id, path, title, body, date, modified, source, authors, url, section, language, ..Article::default() };
        Self { schema_version, article, annotations: Annotations { people, organizations, locations, quotes } }
    }
}

/// Everything found in one article.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Annotations {
    /// In order of first mention.
    pub people: Vec<Entity>,
    /// In order of first mention.
    pub organizations: Vec<Entity>,
    /// In order of first mention.
    pub locations: Vec<Location>,
    /// In order of the text.
    pub quotes: Vec<Quote>,
}

/// The part of an article that an offset counts in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Zone {
    /// The headline.
    Title,
    /// The body, which JSON leaves unsaid.
    #[default]
    Body,
}

impl Zone {
    /// Whether offsets count in the body.
    #[must_use]
    pub fn is_body(&self) -> bool {
        *self == Zone::Body
    }
}

/// Words that name something: "Mr. Witkoff", "he".
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "FlatMention")]
pub struct Mention {
    /// Where it stands.
    #[serde(flatten)]
    pub span: Span,
    /// The very words.
    pub text: String,
    /// What `span` counts in.
    #[serde(rename = "in", default, skip_serializing_if = "Zone::is_body")]
    pub zone: Zone,
}

/// A [`Mention`] as it stands in JSON; see [`FlatRecord`].
#[derive(Deserialize)]
struct FlatMention {
    start: usize,
    end: usize,
    text: String,
    #[serde(rename = "in", default)]
    zone: Zone,
}

impl From<FlatMention> for Mention {
    fn from(FlatMention { start, end, text, zone }: FlatMention) -> Self {
        Self { span: Span { start, end }, text, zone }
    }
}

/// A person or an organization of one article.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Entity {
    /// The fullest form that the article gives, without titles.
    pub name: String,
    /// The other forms: "Witkoff".
    pub aliases: Vec<String>,
    /// What the article calls it: "envoy", "Sen.".
    pub roles: Vec<String>,
    /// The named mentions, in order.
    pub mentions: Vec<Mention>,
}

/// A place named in an article, put on the map where the gazetteer knows it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Location {
    /// The fullest form that the article gives.
    pub name: String,
    /// What it lies in, nearest first: "Kharkiv Oblast", "Ukraine", "Europe".
    pub within: Vec<String>,
    /// ISO 3166-1 alpha-2.
    pub country: Option<String>,
    /// Degrees north.
    pub latitude: Option<f64>,
    /// Degrees east.
    pub longitude: Option<f64>,
    /// The mentions, in order.
    pub mentions: Vec<Mention>,
}

/// How much of a quote stands in quotation marks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum QuoteKind {
    /// All of it.
    #[default]
    Direct,
    /// A part of a reported clause.
    Mixed,
    /// None of it.
    Indirect,
}

/// A stretch of a quote. The text between two segments ("…," he said, "…") is not of the quote.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "FlatSegment")]
pub struct Segment {
    /// Where it stands.
    #[serde(flatten)]
    pub span: Span,
    /// What `span` counts in.
    #[serde(rename = "in", default, skip_serializing_if = "Zone::is_body")]
    pub zone: Zone,
}

/// A [`Segment`] as it stands in JSON; see [`FlatRecord`].
#[derive(Deserialize)]
struct FlatSegment {
    start: usize,
    end: usize,
    #[serde(rename = "in", default)]
    zone: Zone,
}

impl From<FlatSegment> for Segment {
    fn from(FlatSegment { start, end, zone }: FlatSegment) -> Self {
        Self { span: Span { start, end }, zone }
    }
}

/// What a source says.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Quote {
    /// The words said, without the outer quotation marks of a direct quote; segments joined by a space.
    pub text: String,
    /// Direct, mixed or indirect.
    pub kind: QuoteKind,
    /// Where it stands; at least one, in order, unless the article gave a quote that its body lacks.
    #[serde(default)]
    pub segments: Vec<Segment>,
    /// Who said it.
    pub speaker: Speaker,
    /// The words that report it: "said", "according to".
    #[serde(default)]
    pub cue: Option<Mention>,
    /// The rule that tied them.
    pub rule: Cow<'static, str>,
    /// How often such an attribution is right, 0 to 1; in JSON with two places.
    #[serde(serialize_with = "hundredths")]
    pub confidence: f32,
}

fn hundredths<S: Serializer>(confidence: &f32, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_f64((f64::from(*confidence) * 100.0).round() / 100.0)
}

impl Quote {
    /// Its confidence in hundredths.
    #[must_use]
    pub fn percent(&self) -> u8 {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 100")]
        let percent = (self.confidence.clamp(0.0, 1.0) * 100.0).round() as u8;
        percent
    }
}

/// Who said a quote.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Speaker {
    /// The fullest name for a person or an organization, the article's words for an unnamed source, the byline for the author.
    pub name: Option<String>,
    /// What stands behind the mention.
    #[serde(rename = "type")]
    pub kind: SpeakerKind,
    /// The words that point to the speaker: "Mr. Witkoff", "he", "the envoy".
    #[serde(default)]
    pub mention: Option<Mention>,
}

/// What kind of source speaks. Never guessed: unknown is an answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SpeakerKind {
    /// A named person.
    Person,
    /// A named organization.
    Organization,
    /// A source without a name: "a senior official", "residents".
    Unnamed,
    /// Whoever wrote the article.
    Author,
    /// Not known.
    #[default]
    Unknown,
}
