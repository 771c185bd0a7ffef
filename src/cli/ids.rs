//! Under which id an article is kept where another has the id that it brings: what one outlet counts from 1, another counts
//! too. The one that came first keeps the id; the other is kept beside it under its URL, else under its place and its own id
//! (`feeds/rows.csv/7`). Both are found under the same ids in every later run.

use rustc_hash::FxHashMap;

use super::place::{container, file_key, key_of_name};
use crate::annotation::Record;
use crate::article::Article;
use crate::digest::Digest;
use crate::duplicate::{COPY, SAME_PAGE, Sketch, canonical_url};
use crate::engine::{Engine, EngineError};

/// Shorter texts may be written anew for a later version; longer ones keep something.
const SHORT: usize = 40;

/// So many are remembered where nothing is put in.
const DRY: usize = 100_000;

/// The ids of one run.
#[derive(Debug, Default)]
pub struct Ids {
    /// The articles put in since the last commit, by id: the engine cannot give them back yet.
    recent: FxHashMap<u64, Likeness>,
    /// Every id met, with the [`file_key`] of the file it was first met in.
    met: FxHashMap<u64, u64>,
}

/// What became of the id of an article.
#[derive(Debug)]
pub struct Settled {
    /// The record that the index holds under the id.
    pub old: Option<Record>,
    /// The id that was another's, where the article now has one in place of it.
    pub taken: Option<String>,
    /// The [`file_key`] of another file that has or had the article too.
    pub elsewhere: Option<u64>,
}

/// By what two articles of one id are told apart, the text aside.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Likeness {
    /// The file it came from; none for standard input, which is another each time.
    place: Option<u64>,
    page: Option<u64>,
    outlet: Option<u64>,
    title: Option<u64>,
}

/// Who has an id already.
enum Holder {
    Nobody,
    /// An article that the index can give back.
    Known(Box<Record>),
    /// One that was added just now.
    Recent(Likeness),
}

impl Ids {
    /// Gives `article` the id to keep it under. `engine` is what holds the articles, if there is one yet; `writes` is whether
    /// they are put into it.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn settle(&mut self, article: &mut Article, mut engine: Option<&mut dyn Engine>, writes: bool) -> Result<Settled, EngineError> {
        let file = file_of(article);
        let ours = Likeness::of(article);
        let (others, by_place) = match &article.other_ids[..] {
            [] => (longer_places(article), true),
            others => (others.to_vec(), false),
        };
        let own = article.id.clone();
        let mut taken = None;
        let mut holder = Holder::Nobody;
        if others.is_empty() {
            holder = self.holder(&own, &mut engine, false)?;
        } else {
            let more = others.last().cloned().unwrap_or_default();
            let numbered = (2_u64..).map(|number| format!("{more}/{number}"));
            let before = self.settled_before(&own, &others, &ours, &mut engine)?;
            for id in before.into_iter().chain([own.clone()]).chain(others).chain(numbered) {
                holder = self.holder(&id, &mut engine, false)?;
                let mut one = self.are_one(&id, article, &ours, &holder, by_place);
                if one.is_none() && writes {
                    // The other's text decides.
                    holder = self.holder(&id, &mut engine, true)?;
                    one = self.are_one(&id, article, &ours, &holder, by_place);
                }
                if one.unwrap_or(false) {
                    taken = (id != own).then_some(own);
                    article.id = id;
                    break;
                }
            }
            self.recent.insert(hash(&article.id), ours);
            if !writes && self.recent.len() > DRY {
                self.recent.clear();
            }
        }
        let first = *self.met.entry(hash(&article.id)).or_insert(file);
        let old = if let Holder::Known(record) = holder { Some(*record) } else { None };
        let elsewhere = [Some(first), old.as_ref().map(|old| file_of(&old.article))].into_iter().flatten().find(|other| *other != file);
        Ok(Settled { old, taken, elsewhere })
    }

    /// What was added can be read back from the engine now.
    pub fn committed(&mut self) {
        self.recent.clear();
    }

    /// Who has `id`; `readable` reads what was added back, its text too.
    fn holder(&mut self, id: &str, engine: &mut Option<&mut dyn Engine>, readable: bool) -> Result<Holder, EngineError> {
        let Some(engine) = engine else { return Ok(self.recent.get(&hash(id)).cloned().map_or(Holder::Nobody, Holder::Recent)) };
        if let Some(recent) = self.recent.get(&hash(id)) {
            if !readable {
                return Ok(Holder::Recent(recent.clone()));
            }
            return Ok(engine.versions_now(id)?.pop().map_or(Holder::Nobody, |record| Holder::Known(Box::new(record))));
        }
        Ok(engine.get(id)?.map_or(Holder::Nobody, |record| Holder::Known(Box::new(record))))
    }

    /// The id that this file's article has in place of its own since another had that, where the other has gone meanwhile.
    fn settled_before(
        &mut self,
        own: &str,
        others: &[String],
        ours: &Likeness,
        engine: &mut Option<&mut dyn Engine>,
    ) -> Result<Option<String>, EngineError> {
        if ours.place.is_none() || !matches!(self.holder(own, engine, false)?, Holder::Nobody) {
            return Ok(None);
        }
        // The further ones are next to never needed, and each is looked up for every new article.
        for id in others.iter().take(2) {
            if let Holder::Known(record) = self.holder(id, engine, false)?
                && Likeness::of(&record.article).place == ours.place
            {
                return Ok(Some(id.clone()));
            }
        }
        Ok(None)
    }

    /// Whether `article` may have the `id` of `holder`: it is the same, or there is none. Nothing where the text must decide.
    fn are_one(&self, id: &str, article: &Article, ours: &Likeness, holder: &Holder, by_place: bool) -> Option<bool> {
        let (theirs, other) = match holder {
            Holder::Nobody => return Some(true),
            Holder::Known(record) => (Likeness::of(&record.article), Some(&record.article)),
            Holder::Recent(likeness) => (likeness.clone(), None),
        };
        let same_place = ours.place.is_some() && ours.place == theirs.place;
        if by_place {
            // Of one file: the same, one that was moved, or a copy.
            return match other {
                _ if same_place => Some(true),
                Some(other) if other.place.as_ref().is_some_and(|place| !container(place).exists()) => Some(true),
                Some(other) => Some((&other.title, &other.body) == (&article.title, &article.body)),
                None => None,
            };
        }
        let pages = ours.page.zip(theirs.page).map(|(one, other)| one == other);
        let titles = ours.title.zip(theirs.title).map(|(one, other)| one == other);
        if pages == Some(true) {
            return Some(true);
        }
        let again = self.met.get(&hash(id)).copied() == Some(file_of(article));
        if same_place && !again {
            // A record of this file as it was before: much may have changed, but not everything.
            if titles != Some(false) {
                return Some(true);
            }
            let other = other?;
            let short = |article: &Article| article.body.split_whitespace().nth(SHORT).is_none();
            let told_apart = pages == Some(false) || !(short(article) || short(other));
            return Some(!told_apart || resemblance(article, other) >= SAME_PAGE);
        }
        if ours.outlet.zip(theirs.outlet).is_some_and(|(one, other)| one != other) {
            return Some(false);
        }
        if titles == Some(true) && pages.is_none() {
            return Some(true);
        }
        other.map(|other| resemblance(article, other) >= COPY)
    }
}

impl Likeness {
    fn of(article: &Article) -> Self {
        let title = article.title.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        let title = title.collect::<Vec<_>>().join(" ").to_lowercase();
        Self {
            place: article.place.as_deref().map(hash),
            page: article.url.as_deref().map(|url| hash(&canonical_url(url))),
            outlet: article.source.as_ref().map(|source| hash(&source.to_lowercase())),
            title: (!title.is_empty()).then(|| hash(&title)),
        }
    }
}

/// Longer and longer paths of an article that is known by its place alone: two folders may have files of one name. What came
/// on standard input has no place: its id is of its text.
fn longer_places(article: &Article) -> Vec<String> {
    let Some(place) = &article.place else { return Vec::new() };
    if article.url.as_ref() == Some(&article.id) {
        // An address is one page, in whatever file.
        return Vec::new();
    }
    let (path, number) = match article.id.rsplit_once('#') {
        Some((path, number)) if number.bytes().all(|b| b.is_ascii_digit()) => (path, &article.id[path.len()..]),
        _ => (article.id.as_str(), ""),
    };
    match place.strip_suffix(path).and_then(|above| above.strip_suffix('/')) {
        Some(above) => above.rmatch_indices('/').map(|(at, _)| format!("{}{number}", &place[at + 1..])).collect(),
        None if article.url.as_ref() == Some(&article.id) => Vec::new(),
        // It was reached through a linked folder.
        None => vec![format!("{}{number}", place.trim_start_matches('/'))],
    }
}

fn resemblance(one: &Article, other: &Article) -> f64 {
    match (Sketch::of(one), Sketch::of(other)) {
        (Some(one), Some(other)) => one.resemblance(&other),
        (None, None) if !one.title.is_empty() && one.title == other.title => 1.0,
        _ => 0.0,
    }
}

/// The [`file_key`] of the file that an article was read from.
fn file_of(article: &Article) -> u64 {
    match &article.place {
        Some(place) if place.contains('!') => file_key(&container(place)),
        Some(place) => key_of_name(place),
        None => key_of_name(&article.path),
    }
}

/// A sum, then mixed: the same on every machine, as some of it is shown.
fn hash(text: &str) -> u64 {
    let sum = Digest::of(text.bytes());
    (sum ^ (sum >> 32)).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}
