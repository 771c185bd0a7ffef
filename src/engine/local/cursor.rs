//! Walks the documents of one segment in which a pattern is found, and says where in each.

use tantivy::fastfield::Column;
use tantivy::index::InvertedIndexReader;
use tantivy::postings::{Postings, SegmentPostings};
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
                let mut joined = Joined { parts, reach: *reach, breaks, doc: 0, found: Vec::new() };
                joined.settle(0);
                Cursor::Together(Box::new(joined))
            }
        })
    }

    fn word(self, word: &Word, places: bool) -> tantivy::Result<Cursor> {
        let index = self.reader.inverted_index(self.field)?;
        let option = if places { IndexRecordOption::WithFreqsAndPositions } else { IndexRecordOption::WithFreqs };
        let terms = spellings(word, self.kind, &index)?;
        if terms.len() > FEW {
            return gather(&index, self.field, &terms, places);
        }
        let mut cursors = Vec::new();
        for term in terms {
            if let Some(postings) = index.read_postings(&Term::from_field_text(self.field, &term), option)? {
                cursors.push(Cursor::Word(Box::new(postings)));
            }
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
pub fn spellings(word: &Word, kind: Kind, index: &InvertedIndexReader) -> tantivy::Result<Vec<String>> {
    Ok(match (word.how, kind) {
        (How::Word, Kind::Stems) => {
            let mut terms = vec![stem(&word.form).into_owned()];
            if word.form == "us" {
                terms.push("u.s".to_owned()); // typed without capitals, it may mean either
            }
            terms
        }
        (How::Word, Kind::Names { second: false }) => vec![word.form.clone()],
        (How::Word, Kind::Names { second: true }) => vec![format!("{SECOND}{}", second_form(&word.form))],
        (How::Prefix, kind) => {
            let mut terms = starting(index, &word.form)?;
            if kind == Kind::Stems {
                terms.extend(starting(index, &format!("{FORM}{}", word.form))?);
            }
            terms
        }
        (How::Fuzzy(most), kind) => {
            let head: String = word.form.chars().take(1).collect();
            let mut terms = starting(index, &head)?;
            if kind == Kind::Stems {
                terms.extend(starting(index, &format!("{FORM}{head}"))?);
            }
            terms.retain(|term| distance(term.trim_start_matches(FORM), &word.form, usize::from(most)).is_some());
            terms
        }
    })
}

/// The words of the index that begin with `head`.
pub fn starting(index: &InvertedIndexReader, head: &str) -> tantivy::Result<Vec<String>> {
    let mut stream = index.terms().range().ge(head.as_bytes()).into_stream()?;
    let mut found = Vec::new();
    while stream.advance() {
        let Ok(term) = std::str::from_utf8(stream.key()) else { continue };
        if !term.starts_with(head) {
            break;
        }
        found.push(term.to_owned());
    }
    Ok(found)
}

fn gather(index: &InvertedIndexReader, field: Field, terms: &[String], places: bool) -> tantivy::Result<Cursor> {
    let option = if places { IndexRecordOption::WithFreqsAndPositions } else { IndexRecordOption::WithFreqs };
    let mut all: Vec<(DocId, u32)> = Vec::new();
    let mut positions = Vec::new();
    for term in terms {
        let Some(mut postings) = index.read_postings(&Term::from_field_text(field, term), option)? else { continue };
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
    let mut gathered = Gathered { docs: Vec::new(), places: Vec::new(), at: 0 };
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
