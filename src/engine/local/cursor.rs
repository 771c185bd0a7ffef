//! Walks the documents of one segment in which a pattern is found, and says where in each.

use std::borrow::Cow;

use rustc_hash::FxHashMap;
use tantivy::fastfield::Column;
use tantivy::index::{InvertedIndexReader, SegmentId};
use tantivy::postings::{Postings, SegmentPostings, TermInfo};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, SegmentReader, TERMINATED, Term};

use super::schema::{FORM, PARAGRAPH, SECOND, SENTENCE};
use crate::lexicon::spelling::second_form;
use crate::query::ast::{How, Pattern, Reach, Term as Word};
use crate::query::distance;
use crate::query::reach::together;
use crate::query::words::stem;

/// First and last word of a find.
pub type Places = Vec<(u32, u32)>;

/// How the words of a field were indexed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Stems, and forms beside those that differ.
    Stems,
    /// Names as they are and, unless only exact ones are asked for, their second forms.
    Names {
        /// Whether transliterations meet.
        second: bool,
    },
}

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
    /// What is known of words already.
    pub known: &'a Known,
}

/// The words of an index that stand for a word of a query, in a field of a segment: to look for them takes time where many do.
pub type Known = FxHashMap<(SegmentId, Field, Word), Vec<TermInfo>>;

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
                let mut joined = Joined { parts, reach: *reach, breaks, doc: 0, found: Vec::new() };
                joined.settle(0);
                Cursor::Together(Box::new(joined))
            }
        })
    }

    fn word(self, word: &Word, places: bool) -> tantivy::Result<Cursor> {
        let index = self.reader.inverted_index(self.field)?;
        let option = if places { IndexRecordOption::WithFreqsAndPositions } else { IndexRecordOption::WithFreqs };
        let terms = match self.known.get(&(self.reader.segment_id(), self.field, word.clone())) {
            Some(known) => Cow::Borrowed(&known[..]),
            None => Cow::Owned(spellings(word, self.kind, self.field, &index)?),
        };
        if terms.len() > FEW {
            return gather(&index, &terms, places, self.reader.max_doc());
        }
        let mut cursors = Vec::new();
        for info in terms.iter() {
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
pub fn before(inner: Cursor, limit: Column<u64>) -> Cursor {
    let mut before = Before { inner, limit, doc: 0, found: Vec::new() };
    before.settle();
    Cursor::Before(Box::new(before))
}

/// The words of the index that a word of a query stands for.
pub fn spellings(word: &Word, kind: Kind, field: Field, index: &InvertedIndexReader) -> tantivy::Result<Vec<TermInfo>> {
    let mut found = Vec::new();
    let mut exact = |term: &str| -> tantivy::Result<()> {
        found.extend(index.get_term_info(&Term::from_field_text(field, term))?);
        Ok(())
    };
    match (word.how, kind) {
        (How::Word, Kind::Stems) => {
            exact(&stem(&word.form))?;
            if word.form == "us" {
                exact("u.s")?; // typed without capitals, it may mean either
            }
        }
        (How::Word, Kind::Names { second: false }) => exact(&word.form)?,
        (How::Word, Kind::Names { second: true }) => exact(&format!("{SECOND}{}", second_form(&word.form)))?,
        (How::Prefix | How::Fuzzy(_), kind) => {
            let head: String = if word.how == How::Prefix { word.form.clone() } else { word.form.chars().take(1).collect() };
            let near = |term: &[u8]| match word.how {
                How::Fuzzy(most) => std::str::from_utf8(term).is_ok_and(|term| distance(term, &word.form, usize::from(most)).is_some()),
                _ => true,
            };
            let mark = FORM.to_string();
            for mark in ["", &mark].into_iter().take(if kind == Kind::Stems { 2 } else { 1 }) {
                each_starting(index, &format!("{mark}{head}"), |term, info| {
                    if near(&term[mark.len()..]) {
                        found.push(info.clone());
                    }
                })?;
            }
        }
    }
    Ok(found)
}

/// The words of the index that begin with `head`.
pub fn starting(index: &InvertedIndexReader, head: &str) -> tantivy::Result<Vec<String>> {
    let mut found = Vec::new();
    each_starting(index, head, |term, _| found.extend(std::str::from_utf8(term).map(str::to_owned)))?;
    Ok(found)
}

fn each_starting(index: &InvertedIndexReader, head: &str, mut each: impl FnMut(&[u8], &TermInfo)) -> tantivy::Result<()> {
    let mut stream = index.terms().range().ge(head.as_bytes()).into_stream()?;
    while stream.advance() && stream.key().starts_with(head.as_bytes()) {
        each(stream.key(), stream.value());
    }
    Ok(())
}

/// Walks `terms` beforehand. Where many documents have them, how often is counted in a table of all documents, else sorted.
fn gather(index: &InvertedIndexReader, terms: &[TermInfo], places: bool, documents: u32) -> tantivy::Result<Cursor> {
    let option = if places { IndexRecordOption::WithFreqsAndPositions } else { IndexRecordOption::WithFreqs };
    let mut gathered = Gathered { docs: Vec::new(), places: Vec::new(), at: 0 };
    let finds: u64 = terms.iter().map(|info| u64::from(info.doc_freq)).sum();
    if !places && finds > u64::from(documents) / 8 {
        let mut times = vec![0_u32; documents as usize];
        for info in terms {
            let mut postings = index.read_postings_from_terminfo(info, option)?;
            let mut doc = postings.doc();
            while doc != TERMINATED {
                times[doc as usize] += postings.term_freq();
                doc = postings.advance();
            }
        }
        gathered.docs.extend((0..).zip(times).filter(|(_, times)| *times > 0).map(|(doc, times)| (doc, 0, times)));
        return Ok(Cursor::Gathered(gathered));
    }
    let mut all: Vec<(DocId, u32)> = Vec::new();
    let mut positions = Vec::new();
    for info in terms {
        let mut postings = index.read_postings_from_terminfo(info, option)?;
        let mut doc = postings.doc();
        while doc != TERMINATED {
            if places {
                postings.positions(&mut positions);
                all.extend(positions.iter().map(|&p| (doc, p)));
            } else {
                all.push((doc, postings.term_freq()));
            }
            doc = postings.advance();
        }
    }
    all.sort_unstable();
    for (doc, value) in all {
        if gathered.docs.last().is_none_or(|d| d.0 != doc) {
            gathered.docs.push((doc, gathered.places.len() as u32, 0));
        }
        let same = places && gathered.docs.last().is_some_and(|d| d.2 > 0) && gathered.places.last() == Some(&value);
        let Some(last) = gathered.docs.last_mut() else { continue };
        if !places {
            last.2 += value;
        } else if !same {
            gathered.places.push(value);
            last.1 += 1;
            last.2 += 1;
        }
    }
    Ok(if gathered.docs.is_empty() { Cursor::Nowhere } else { Cursor::Gathered(gathered) })
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
            self.found = together(&all, self.reach, &breaks);
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
