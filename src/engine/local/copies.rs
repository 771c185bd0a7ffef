//! Copies of one text: found when an article is added, folded when hits are shown.
//!
//! Every article is of a group, known by a number. The first of a text begins one, its copies join it.

use std::io::Write;

use rustc_hash::{FxHashMap, FxHashSet};
use tantivy::schema::{IndexRecordOption, Value};
use tantivy::{DocAddress, DocSet, Searcher, TERMINATED, TantivyDocument, Term};

use super::LocalEngine;
use super::collect::Candidate;
use super::schema::{FOLD, GROUP};
use crate::digest::Digest;
use crate::duplicate::Sketch;
use crate::engine::{Copy, EngineError};

/// Of texts that share one key with a new one so many are looked at: phrases that a thousand texts share tell nothing.
const LOOKED_AT: usize = 64;

/// So many copies are named with a hit.
const NAMED: usize = 20;

/// Articles that are added and not yet committed.
#[derive(Debug, Default)]
pub struct Fresh {
    articles: Vec<FreshArticle>,
    by_key: FxHashMap<u64, Vec<usize>>,
}

#[derive(Debug)]
struct FreshArticle {
    id: String,
    group: u64,
    sketch: Sketch,
}

impl Fresh {
    /// Takes note of an article.
    pub fn insert(&mut self, id: &str, group: u64, sketch: Sketch) {
        for key in sketch.keys() {
            self.by_key.entry(key).or_default().push(self.articles.len());
        }
        self.articles.push(FreshArticle { id: id.to_owned(), group, sketch });
    }

    /// Forgets them all: they can be read from the index now.
    pub fn clear(&mut self) {
        self.articles.clear();
        self.by_key.clear();
    }

    fn like<'a>(&'a self, sketch: &'a Sketch, key: u64) -> impl Iterator<Item = &'a FreshArticle> {
        let numbers = self.by_key.get(&key).map_or(&[][..], Vec::as_slice);
        numbers.iter().take(LOOKED_AT).map(|number| &self.articles[*number]).filter(|article| article.sketch.is_copy_of(sketch))
    }
}

impl LocalEngine {
    /// The group of an article that is about to be added: that of the first copy of it, else `own`.
    pub(super) fn group_of(&self, id: &str, sketch: &Sketch, own: u64) -> Result<u64, EngineError> {
        self.guarded(|| {
            let searcher = self.reader.searcher();
            let mut looked_at = FxHashSet::default();
            for key in sketch.keys() {
                for (address, document) in self.with_key(&searcher, key)? {
                    if !looked_at.insert(address) {
                        continue;
                    }
                    let other = document.get_first(self.fields.record).and_then(|json| json.as_str()).unwrap_or_default();
                    let other = super::record_of(other)?.article;
                    // What was replaced or deleted since the last commit is no longer what stands there.
                    let stands = other.id != id && !self.pending.contains_key(&other.id);
                    if stands && Sketch::of(&other).is_some_and(|other| other.is_copy_of(sketch)) {
                        return Ok(self.group_at(&searcher, address)?.unwrap_or(own));
                    }
                }
                let fresh = |id: &str| matches!(self.pending.get(id), Some(Some(_)));
                if let Some(other) = self.fresh.like(sketch, key).find(|other| other.id != id && fresh(&other.id)) {
                    return Ok(other.group);
                }
            }
            Ok(own)
        })
    }

    fn with_key(&self, searcher: &Searcher, key: u64) -> tantivy::Result<Vec<(DocAddress, TantivyDocument)>> {
        let found = self.addresses(searcher, &Term::from_field_u64(self.fields.copy_key, key), LOOKED_AT)?;
        found.into_iter().map(|address| Ok((address, searcher.doc(address)?))).collect()
    }

    /// The first `most` articles that have `term`.
    fn addresses(&self, searcher: &Searcher, term: &Term, most: usize) -> tantivy::Result<Vec<DocAddress>> {
        let mut found = Vec::new();
        for (ordinal, segment) in (0_u32..).zip(searcher.segment_readers()) {
            let Some(mut postings) = segment.inverted_index(term.field())?.read_postings(term, IndexRecordOption::Basic)? else {
                continue;
            };
            let mut doc = postings.doc();
            while doc != TERMINATED && found.len() < most {
                if !segment.is_deleted(doc) {
                    found.push(DocAddress::new(ordinal, doc));
                }
                doc = postings.advance();
            }
        }
        Ok(found)
    }

    fn group_at(&self, searcher: &Searcher, article: DocAddress) -> tantivy::Result<Option<u64>> {
        Ok(searcher.segment_reader(article.segment_ord).fast_fields().u64(GROUP)?.first(article.doc_id))
    }

    /// The other articles of the group of `article`, by id.
    pub(super) fn copies(&self, searcher: &Searcher, article: DocAddress) -> tantivy::Result<Vec<Copy>> {
        let Some(group) = self.group_at(searcher, article)? else { return Ok(Vec::new()) };
        let term = Term::from_field_u64(self.fields.group, group);
        let mut copies = Vec::new();
        for address in self.addresses(searcher, &term, NAMED + 1)? {
            if address != article {
                // of the record only what is told of a copy: to read its quotes too would take longer than the search
                let document: TantivyDocument = searcher.doc(address)?;
                let stored = document.get_first(self.fields.record).and_then(|json| json.as_str()).unwrap_or_default();
                copies.push(super::copy_of(stored)?);
            }
        }
        copies.sort_by(|one, other| one.id.cmp(&other.id));
        Ok(copies)
    }

    /// Of copies of one article, and of one quote in them, only the first.
    pub(super) fn folded(searcher: &Searcher, candidates: Vec<Candidate>) -> tantivy::Result<Vec<Candidate>> {
        let columns: Vec<_> =
            searcher.segment_readers().iter().map(|reader| reader.fast_fields().u64(FOLD)).collect::<tantivy::Result<_>>()?;
        let key = |at: DocAddress| columns[at.segment_ord as usize].first(at.doc_id).map(|key| key >> 1);
        let mut seen = FxHashSet::default();
        Ok(candidates.into_iter().filter(|candidate| key(candidate.address).is_none_or(|key| seen.insert(key))).collect())
    }
}

/// The number that an article shares with its copies, and a quote with the same words in them; `time` tells apart what one
/// article says several times. The last bit is set where the article joined another's group: where it is not set in all that
/// was found, nothing of that is a copy of anything.
pub fn fold_key(group: u64, joined: bool, quote: Option<(&[String], u32)>) -> u64 {
    let mut sum = Digest::seeded(0);
    // Writing to a sum cannot fail.
    let mut take = |bytes: &[u8]| drop(sum.write_all(bytes));
    take(&group.to_le_bytes());
    if let Some((forms, time)) = quote {
        take(&time.to_le_bytes());
        for form in forms {
            take(form.as_bytes());
            take(b" ");
        }
    }
    sum.value() << 1 | u64::from(joined)
}

/// Counts what was found, copies once.
#[derive(Debug, Default)]
pub struct Folded {
    first: Vec<u64>,
    joined: FxHashSet<u64>,
}

impl Folded {
    /// Takes what [`fold_key`] said of something found.
    pub fn take(&mut self, key: u64) {
        if key & 1 == 0 {
            self.first.push(key >> 1);
        } else {
            self.joined.insert(key >> 1);
        }
    }

    /// How many there are.
    pub fn total(mut self) -> u64 {
        if !self.joined.is_empty() {
            for key in &self.first {
                self.joined.remove(key);
            }
        }
        (self.first.len() + self.joined.len()) as u64
    }
}
