//! Copies of one text: found when an article is added, folded when hits are shown.
//!
//! Every article is of a group, known by a number. The first of a text begins one, its copies join it.

use rustc_hash::{FxHashMap, FxHashSet};
use tantivy::schema::{IndexRecordOption, Value};
use tantivy::{DocAddress, DocSet, Searcher, TERMINATED, TantivyDocument, Term};

use super::LocalEngine;
use super::collect::Candidate;
use super::schema::{BACK, GROUP};
use crate::annotation::Record;
use crate::duplicate::Sketch;
use crate::engine::{Copy, EngineError};
use crate::query::arrange::Unit;
use crate::query::words::words;

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
                copies.push(Copy::of(&self.record_at(searcher, address)?));
            }
        }
        copies.sort_by(|one, other| one.id.cmp(&other.id));
        Ok(copies)
    }

    /// Of copies of one article, and of one quote in them, only the first.
    pub(super) fn folded(&self, searcher: &Searcher, candidates: Vec<Candidate>, unit: Unit) -> tantivy::Result<Vec<Candidate>> {
        let mut seen = FxHashSet::default();
        let mut folded = Vec::with_capacity(candidates.len());
        for candidate in candidates {
            if self.fold_key(searcher, candidate.address, unit)?.is_none_or(|key| seen.insert(key)) {
                folded.push(candidate);
            }
        }
        Ok(folded)
    }

    /// What copies have in common; none for an article that has no copies.
    fn fold_key(&self, searcher: &Searcher, address: DocAddress, unit: Unit) -> tantivy::Result<Option<(u64, Vec<String>)>> {
        let segment = searcher.segment_reader(address.segment_ord);
        let back = segment.fast_fields().u64(BACK)?.first(address.doc_id).unwrap_or(0);
        let article = DocAddress::new(address.segment_ord, address.doc_id + back as u32);
        let Some(group) = self.group_at(searcher, article)? else { return Ok(None) };
        if searcher.doc_freq(&Term::from_field_u64(self.fields.group, group))? < 2 {
            return Ok(None);
        }
        if unit == Unit::Articles {
            return Ok(Some((group, Vec::new())));
        }
        let record: Record = self.record_at(searcher, article)?;
        let quotes = &record.annotations.quotes;
        let said = quotes.get(quotes.len().saturating_sub(back as usize)).map_or("", |quote| quote.text.as_str());
        Ok(Some((group, words(said).into_iter().map(|word| word.form).collect())))
    }
}
