//! An article as it was read: its text and what its outlet says of it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::annotation::{Entity, Location, Quote};

/// One article of an outlet, before anything was found in it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Article {
    /// The same from run to run: the article's own id, else its URL, else its path below the folder given. Where another
    /// article has its own id, the next of [`Article::other_ids`].
    pub id: String,
    /// Where it was read from; inside an archive `archive.zip!inner/name.html`.
    pub path: String,
    /// The headline, empty where there is none.
    pub title: String,
    /// The text, paragraphs parted by a blank line. Offsets of mentions and quotes count its bytes.
    pub body: String,
    /// When it was published.
    pub date: Option<Date>,
    /// When its outlet last changed it, where it says so beside the day of publication.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub modified: Option<Date>,
    /// The outlet that published it.
    pub source: Option<String>,
    /// Its writers, from the byline.
    pub authors: Vec<String>,
    /// Where it stands on the web.
    pub url: Option<String>,
    /// The part of the outlet: "World", "Sport".
    pub section: Option<String>,
    /// ISO 639-1 code: "en".
    pub language: Option<String>,
    /// What it was carried in.
    #[serde(skip)]
    pub carrier: Carrier,
    /// What the article itself brought along; kept, and trusted over what is found.
    #[serde(skip)]
    pub given: Given,
    /// Where on disk it was read from, as an absolute path; none for standard input. The index keeps it and nobody prints it:
    /// `path` means another file in another folder.
    #[serde(skip)]
    pub place: Option<String>,
    /// Ids to keep it under where another article has the id that it brings, the best first: its URL, its place.
    #[serde(skip)]
    pub other_ids: Vec<String>,
}

impl Article {
    /// Whether this is an earlier version than `other`, another of the same article: by when each was changed last, or
    /// published. Where that tells nothing, neither is the earlier.
    #[must_use]
    pub fn is_before(&self, other: &Self) -> bool {
        fn last(article: &Article) -> Option<&Date> {
            article.modified.as_ref().or(article.date.as_ref())
        }
        last(self).zip(last(other)).is_some_and(|(ours, theirs)| ours.is_before(theirs))
    }
}

/// What an article was carried in: it says how far its text is to be trusted as the present and the whole one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Carrier {
    /// Among others in a file, which may hold several versions of it.
    #[default]
    Collection,
    /// Alone in a file of its own.
    File,
    /// A feed, which often gives no more than the first sentences.
    Feed,
}

/// People, organizations, places and quotes that an article states itself (in its JSON or its markup).
/// Mentions may be empty: only the name was given.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Given {
    /// People by name.
    pub people: Vec<Entity>,
    /// Organizations by name.
    pub organizations: Vec<Entity>,
    /// Places by name.
    pub locations: Vec<Location>,
    /// Quotes with their speakers.
    pub quotes: Vec<Quote>,
}

/// A moment as RFC 3339 in the offset that the outlet wrote; a bare day is its midnight in UTC.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Date {
    rfc3339: String,
    at: Timestamp,
    other: Option<Box<Date>>,
}

/// So many letters of a [`Date`] name its day: "2025-04-03".
const DAY: usize = 10;

/// Why a string is no [`Date`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an RFC 3339 date: {0:?}")]
pub struct DateError(pub String);

impl Date {
    /// Takes an RFC 3339 string as it is.
    ///
    /// # Errors
    /// When `text` is not RFC 3339. Dates as news writes them are read by `parse::dates`.
    pub fn from_rfc3339(text: &str) -> Result<Self, DateError> {
        let at = text.parse::<Timestamp>().map_err(|_| DateError(text.to_owned()))?;
        Ok(Self { rfc3339: text.to_owned(), at, other: None })
    }

    /// This date, or `other`: numbers such as 01/05/2024 are read in two ways, and the file they stand in may say which.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self { other: Some(Box::new(other)), ..self }
    }

    /// The other date that was meant, perhaps; forgotten here, as it is now settled which it is.
    pub fn take_other(&mut self) -> Option<Self> {
        self.other.take().map(|other| *other)
    }

    /// Whether this is the earlier of the two, as far as both tell: a bare day may be any hour of it.
    #[must_use]
    pub fn is_before(&self, other: &Self) -> bool {
        let same_day = self.as_str().get(..DAY) == other.as_str().get(..DAY);
        self.at < other.at && !(same_day && (self.is_bare_day() || other.is_bare_day()))
    }

    /// Whether no hour is known.
    #[must_use]
    pub fn is_bare_day(&self) -> bool {
        self.rfc3339.get(DAY..) == Some("T00:00:00Z")
    }

    /// The string that goes into JSON.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.rfc3339
    }

    /// The moment on the time line, for sorting.
    #[must_use]
    pub fn timestamp(&self) -> Timestamp {
        self.at
    }

    /// The day and hour that the date itself shows, in its own zone, as seconds since 1970 of a clock that shows them: what
    /// is printed as 6 November is of 6 November, wherever it was written.
    #[must_use]
    pub fn wall_clock(&self) -> i64 {
        let shown = self.rfc3339.parse::<jiff::civil::DateTime>().ok();
        let shown = shown.and_then(|shown| jiff::tz::TimeZone::UTC.to_timestamp(shown).ok());
        shown.unwrap_or(self.at).as_second()
    }
}

impl TryFrom<String> for Date {
    type Error = DateError;
    fn try_from(text: String) -> Result<Self, DateError> {
        Self::from_rfc3339(&text)
    }
}

impl From<Date> for String {
    fn from(date: Date) -> String {
        date.rfc3339
    }
}
