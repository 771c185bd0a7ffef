//! Walks the documents of one segment in which a pattern is found, and says where in each.

use std::borrow::Cow;
use std::sync::Arc;

use tantivy::fastfield::Column;
use tantivy::index::InvertedIndexReader;
use tantivy::postings::{Postings, SegmentPostings, TermInfo};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, SegmentReader, TERMINATED, Term};

use super::dictionary::{Kind, Known, Spellings, spellings};
use super::schema::{PARAGRAPH, SENTENCE};
use super::work::Work;
use crate::query::ast::{Pattern, Reach, Term as Word};
use crate::query::reach::together;

/// First and last word of a find.
pub type Places = Vec<(u32, u32)>;

/// A walk over documents.
pub enum Cursor {
    /// One word of the index.
    Word(Box<SegmentPostings>),
    /// The same, of few words of the index.
    Any(Vec<Cursor>),
    /// The same, of many, gathered beforehand: each document with the words' places, where these are needed.
    Gathered(Gathered),
    /// Parts that stand together.
    Together(Box<Joined>),
    /// What is found in a document at least so often.
    Often(Box<Often>),
    /// What is found before the word that a column says.
    Before(Box<Before>),
    /// Nothing.
    Nowhere,
}

/// See [`Cursor::Gathered`].
pub struct Gathered {
    docs: Vec<(DocId, u32, u32)>, // the document, where its places end, how often
    places: Vec<u32>,
    at: usize,
}

/// See [`Cursor::Together`].
pub struct Joined {
    parts: Vec<Cursor>,
    reach: Reach,
    breaks: Option<Box<SegmentPostings>>,
    doc: DocId,
    found: Places,
    work: Arc<Work>,
}

/// See [`Cursor::Often`].
pub struct Often {
    inner: Cursor,
    times: usize,
    doc: DocId,
    found: Places,
}

/// See [`Cursor::Before`].
pub struct Before {
    inner: Cursor,
    limit: Column<u64>,
    doc: DocId,
    found: Places,
}

/// What a cursor is opened for.
#[derive(Clone, Copy)]
pub struct Open<'a> {
    /// The segment.
    pub reader: &'a SegmentReader,
    /// The field.
    pub field: Field,
    /// What it holds.
    pub kind: Kind,
    /// The field of sentences and paragraphs, where the field has them.
    pub breaks: Option<Field>,
    /// The column that says before which word of each document all must stand, where only its lead is asked.
    pub before: Option<&'a Column<u64>>,
    /// What is known of words already.
    pub known: &'a Known,
    /// How much may be done.
    pub work: &'a Arc<Work>,
}

/// So many words of the index are walked one by one; more are gathered.
const FEW: usize = 8;

impl Open<'_> {
    /// A cursor over `pattern`. `places` says whether they will be asked for, and not only how many there are.
    pub fn cursor(self, pattern: &Pattern, places: bool) -> tantivy::Result<Cursor> {
        Ok(match pattern {
            Pattern::Term(word) => self.word(word, places)?,
            Pattern::AtLeast { times, part } => {
                let mut often = Often { inner: self.cursor(part, true)?, times: *times as usize, doc: 0, found: Vec::new() };
                often.settle();
                Cursor::Often(Box::new(often))
            }
            Pattern::Either(parts) => Cursor::Any(parts.iter().map(|p| self.cursor(p, places)).collect::<tantivy::Result<_>>()?),
            Pattern::Together { reach, parts } => {
                let reach = &if self.kind == Kind::Stems { *reach } else { reach.in_names() };
                let parts: Vec<Cursor> = parts.iter().map(|p| self.cursor(p, true)).collect::<tantivy::Result<_>>()?;
                let mark = match reach {
                    Reach::Sentence => Some(SENTENCE),
                    Reach::Paragraph => Some(PARAGRAPH),
                    _ => None,
                };
                let breaks = match (mark, self.breaks) {
                    (Some(mark), Some(field)) => self
                        .reader
                        .inverted_index(field)?
                        .read_postings(&Term::from_field_text(field, mark), IndexRecordOption::WithFreqsAndPositions)?
                        .map(Box::new),
                    _ => None,
                };
                let mut joined = Joined { parts, reach: *reach, breaks, doc: 0, found: Vec::new(), work: Arc::clone(self.work) };
                joined.settle(0);
                Cursor::Together(Box::new(joined))
            }
        })
    }

    fn word(self, word: &Word, places: bool) -> tantivy::Result<Cursor> {
        match self.before {
            Some(limit) => Ok(before(self.anywhere(word, true)?, limit.clone())),
            None => self.anywhere(word, places),
        }
    }

    fn anywhere(self, word: &Word, places: bool) -> tantivy::Result<Cursor> {
        let index = self.reader.inverted_index(self.field)?;
        let option = if places { IndexRecordOption::WithFreqsAndPositions } else { IndexRecordOption::WithFreqs };
        let found = match self.known.get(&(self.reader.segment_id(), self.field, word.clone())) {
            Some(known) => Cow::Borrowed(known),
            None => Cow::Owned(spellings(word, self.kind, self.field, &index, self.work)?),
        };
        if found.terms.len() > FEW || !found.without.is_empty() {
            return gather(&index, &found, places, self.reader.max_doc(), self.work);
        }
        let mut cursors = Vec::new();
        for info in &found.terms {
            cursors.push(Cursor::Word(Box::new(index.read_postings_from_terminfo(info, option)?)));
        }
        Ok(match cursors.len() {
            0 => Cursor::Nowhere,
            1 => cursors.remove(0),
            _ => Cursor::Any(cursors),
        })
    }
}

/// Limits a cursor to what is found before the word that `limit` says for each document.
fn before(inner: Cursor, limit: Column<u64>) -> Cursor {
    let mut before = Before { inner, limit, doc: 0, found: Vec::new() };
    before.settle();
    Cursor::Before(Box::new(before))
}

/// Walks all words beforehand. Where many documents have them, how often is counted in a table of all documents, else sorted.
fn gather(index: &InvertedIndexReader, words: &Spellings, places: bool, documents: u32, work: &Work) -> tantivy::Result<Cursor> {
    let option = if places { IndexRecordOption::WithFreqsAndPositions } else { IndexRecordOption::WithFreqs };
    let walk = |terms: &[TermInfo], each: &mut dyn FnMut(&mut SegmentPostings)| -> tantivy::Result<()> {
        for info in terms {
            if !work.spend(info.doc_freq as usize / if places { 1 } else { 4 }) {
                break;
            }
            let mut postings = index.read_postings_from_terminfo(info, option)?;
            while postings.doc() != TERMINATED {
                each(&mut postings);
                postings.advance();
            }
        }
        Ok(())
    };
    let mut gathered = Gathered { docs: Vec::new(), places: Vec::new(), at: 0 };
    if places {
        let mut positions = Vec::new();
        let mut stand = |terms: &[TermInfo]| -> tantivy::Result<Vec<(DocId, u32)>> {
            let mut all = Vec::new();
            walk(terms, &mut |postings| {
                postings.positions(&mut positions);
                all.extend(positions.iter().map(|&place| (postings.doc(), place)));
                work.spend(positions.len());
            })?;
            Ok(in_order(all, documents))
        };
        let (all, without) = (stand(&words.terms)?, stand(&words.without)?);
        for (doc, place) in all {
            if without.binary_search(&(doc, place)).is_ok() {
                continue;
            }
            if gathered.docs.last().is_none_or(|d| d.0 != doc) {
                gathered.docs.push((doc, gathered.places.len() as u32, 0));
            }
            gathered.places.push(place);
            if let Some((_, end, times)) = gathered.docs.last_mut() {
                (*end, *times) = (*end + 1, *times + 1);
            }
        }
    } else {
        let finds: u64 = words.terms.iter().map(|info| u64::from(info.doc_freq)).sum();
        let many = finds > u64::from(documents) / 8;
        let mut table = vec![0_i32; if many { documents as usize } else { 0 }];
        let mut listed: Vec<(DocId, i32)> = Vec::new();
        for (terms, sign) in [(&words.terms, 1), (&words.without, -1)] {
            walk(terms, &mut |postings| {
                let (doc, times) = (postings.doc(), sign * postings.term_freq() as i32);
                if many { table[doc as usize] += times } else { listed.push((doc, times)) }
            })?;
        }
        listed.sort_unstable();
        let summed = listed.chunk_by(|a, b| a.0 == b.0).map(|one| (one[0].0, one.iter().map(|(_, times)| times).sum()));
        let all = (0..).zip(table).chain(summed);
        gathered.docs.extend(all.filter(|(_, times)| *times > 0).map(|(doc, times)| (doc, 0, times as u32)));
    }
    Ok(if gathered.docs.is_empty() { Cursor::Nowhere } else { Cursor::Gathered(gathered) })
}

/// Sorts places by their documents: where these have many, into a table of all documents.
fn in_order(mut places: Vec<(DocId, u32)>, documents: u32) -> Vec<(DocId, u32)> {
    if places.len() < documents as usize / 4 {
        places.sort_unstable();
        return places;
    }
    let mut next = vec![0_usize; documents as usize + 1];
    places.iter().for_each(|place| next[place.0 as usize + 1] += 1);
    for doc in 1..next.len() {
        next[doc] += next[doc - 1];
    }
    let mut sorted = vec![(0, 0); places.len()];
    for place in places {
        let at = &mut next[place.0 as usize];
        sorted[*at] = place;
        *at += 1;
    }
    sorted.chunk_by_mut(|a, b| a.0 == b.0).for_each(<[_]>::sort_unstable);
    sorted
}

impl Joined {
    /// Goes to the first document from `target` on in which all parts stand together.
    fn settle(&mut self, target: DocId) {
        let mut target = target;
        loop {
            let mut agreed = true;
            for part in &mut self.parts {
                let mut doc = part.doc();
                if doc < target {
                    doc = part.seek(target);
                }
                if doc > target {
                    agreed = false;
                    target = doc;
                }
                if target == TERMINATED {
                    self.doc = TERMINATED;
                    return;
                }
            }
            if !agreed {
                continue;
            }
            self.doc = target;
            let mut all = Vec::with_capacity(self.parts.len());
            for part in &mut self.parts {
                let mut places = Vec::new();
                part.places(&mut places);
                all.push(places);
            }
            let mut breaks = Vec::new();
            if let Some(postings) = &mut self.breaks
                && postings.doc() <= target
                && postings.seek(target) == target
            {
                postings.positions(&mut breaks);
            }
            let mut steps = 0;
            self.found = together(&all, self.reach, &breaks, &mut steps);
            if !self.work.spend(steps) {
                self.doc = TERMINATED;
                return;
            }
            if !self.found.is_empty() {
                return;
            }
            target += 1;
        }
    }
}

impl Often {
    fn settle(&mut self) {
        loop {
            self.doc = self.inner.doc();
            if self.doc == TERMINATED {
                return;
            }
            self.found.clear();
            self.inner.places(&mut self.found);
            // two ways of finding the same stretch are one find
            self.found.sort_unstable();
            self.found.dedup();
            if self.found.len() >= self.times {
                return;
            }
            self.inner.advance();
        }
    }
}

impl Before {
    fn settle(&mut self) {
        loop {
            self.doc = self.inner.doc();
            if self.doc == TERMINATED {
                return;
            }
            let limit = self.limit.first(self.doc).unwrap_or(0) as u32;
            self.found.clear();
            self.inner.places(&mut self.found);
            self.found.retain(|p| p.1 < limit);
            if !self.found.is_empty() {
                return;
            }
            self.inner.advance();
        }
    }
}

impl Cursor {
    /// The document it stands at.
    pub fn doc(&self) -> DocId {
        match self {
            Cursor::Word(postings) => postings.doc(),
            Cursor::Any(parts) => parts.iter().map(Cursor::doc).min().unwrap_or(TERMINATED),
            Cursor::Gathered(gathered) => gathered.docs.get(gathered.at).map_or(TERMINATED, |d| d.0),
            Cursor::Together(joined) => joined.doc,
            Cursor::Often(often) => often.doc,
            Cursor::Before(before) => before.doc,
            Cursor::Nowhere => TERMINATED,
        }
    }

    /// Goes to the next document.
    pub fn advance(&mut self) -> DocId {
        let doc = self.doc();
        if doc == TERMINATED { TERMINATED } else { self.seek(doc + 1) }
    }

    /// Goes to the first document from `target` on.
    pub fn seek(&mut self, target: DocId) -> DocId {
        if self.doc() >= target {
            return self.doc();
        }
        match self {
            Cursor::Word(postings) => return postings.seek(target),
            Cursor::Any(parts) => {
                for part in parts {
                    part.seek(target);
                }
            }
            Cursor::Gathered(gathered) => {
                let rest = &gathered.docs[gathered.at..];
                gathered.at += if rest.get(1).is_some_and(|d| d.0 >= target) { 1 } else { rest.partition_point(|d| d.0 < target) };
            }
            Cursor::Together(joined) => joined.settle(target),
            Cursor::Often(often) => {
                often.inner.seek(target);
                often.settle();
            }
            Cursor::Before(before) => {
                before.inner.seek(target);
                before.settle();
            }
            Cursor::Nowhere => {}
        }
        self.doc()
    }

    /// How often the pattern is found in this document.
    pub fn count(&mut self) -> u32 {
        let doc = self.doc();
        match self {
            Cursor::Word(postings) => postings.term_freq(),
            Cursor::Any(parts) => parts.iter_mut().filter(|p| p.doc() == doc).map(Cursor::count).sum(),
            Cursor::Gathered(gathered) => gathered.docs.get(gathered.at).map_or(0, |d| d.2),
            Cursor::Together(joined) => joined.found.len() as u32,
            Cursor::Often(often) => often.found.len() as u32,
            Cursor::Before(before) => before.found.len() as u32,
            Cursor::Nowhere => 0,
        }
    }

    /// Where it is found in this document, by the first word.
    pub fn places(&mut self, out: &mut Places) {
        let doc = self.doc();
        match self {
            Cursor::Word(postings) => {
                let mut positions = Vec::new();
                postings.positions(&mut positions);
                out.extend(positions.into_iter().map(|p| (p, p)));
            }
            Cursor::Any(parts) => {
                for part in parts.iter_mut().filter(|p| p.doc() == doc) {
                    part.places(out);
                }
                out.sort_unstable();
                out.dedup();
            }
            Cursor::Gathered(gathered) => {
                let Some(&(_, end, count)) = gathered.docs.get(gathered.at) else { return };
                let end = end as usize;
                out.extend(gathered.places[end - count as usize..end].iter().map(|&p| (p, p)));
            }
            Cursor::Together(joined) => out.extend_from_slice(&joined.found),
            Cursor::Often(often) => out.extend_from_slice(&often.found),
            Cursor::Before(before) => out.extend_from_slice(&before.found),
            Cursor::Nowhere => {}
        }
    }

    /// About how many documents it has.
    pub fn size_hint(&self) -> u32 {
        match self {
            Cursor::Word(postings) => postings.size_hint(),
            Cursor::Any(parts) => parts.iter().map(Cursor::size_hint).fold(0, u32::saturating_add),
            Cursor::Gathered(gathered) => gathered.docs.len() as u32,
            Cursor::Together(joined) => joined.parts.iter().map(Cursor::size_hint).min().unwrap_or(0),
            Cursor::Often(often) => often.inner.size_hint(),
            Cursor::Before(before) => before.inner.size_hint(),
            Cursor::Nowhere => 0,
        }
    }
}
