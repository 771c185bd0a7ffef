//! Which words of an index a word of a query stands for.

use rustc_hash::{FxHashMap, FxHashSet};
use tantivy::Term;
use tantivy::index::{InvertedIndexReader, SegmentId};
use tantivy::postings::TermInfo;
use tantivy::schema::Field;

use super::schema::{FORM, SECOND};
use super::work::Work;
use crate::lexicon::spelling::second_form;
use crate::query::ast::{How, Term as Word};
use crate::query::words::stem;
use crate::query::{distance, is_of_shape};

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

/// The words of an index that stand for a word of a query: no two of them stand at one place.
#[derive(Clone, Debug, Default)]
pub struct Spellings {
    /// It is found where one of these stands,
    pub terms: Vec<TermInfo>,
    /// but not where one of these does.
    pub without: Vec<TermInfo>,
}

/// What is known of words, in a field of a segment: to look for their spellings takes time where there are many.
pub type Known = FxHashMap<(SegmentId, Field, Word), Spellings>;

/// The words of the index that `word` stands for.
pub fn spellings(word: &Word, kind: Kind, field: Field, index: &InvertedIndexReader, work: &Work) -> tantivy::Result<Spellings> {
    let mut found = Spellings::default();
    let mut exact = |term: &str| -> tantivy::Result<()> {
        found.terms.extend(index.get_term_info(&Term::from_field_text(field, term))?);
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
        (How::Prefix | How::Fuzzy(_) | How::Shape, kind) => found = like(word, kind, index, work)?,
    }
    Ok(found)
}

/// The steps that it takes to compare a word of the index.
const COMPARED: usize = 4;

/// The words of the index that begin with `word`, are spelt nearly so, or are of its shape.
fn like(word: &Word, kind: Kind, index: &InvertedIndexReader, work: &Work) -> tantivy::Result<Spellings> {
    let head: String = match word.how {
        How::Fuzzy(_) => word.form.chars().take(1).collect(),
        How::Shape => word.form.chars().take_while(|c| !matches!(c, '?' | '*')).collect(),
        How::Prefix | How::Word => word.form.clone(),
    };
    let fits = |term: &str| match word.how {
        How::Fuzzy(most) => distance(term, &word.form, usize::from(most)).is_some(),
        // a term with a mark is no plain one, and comes under its mark
        How::Shape => !term.starts_with([FORM, SECOND]) && is_of_shape(term, &word.form),
        How::Prefix | How::Word => true,
    };
    let mut found = Spellings::default();
    let mut bare: FxHashSet<String> = FxHashSet::default();
    each_starting(index, &head, |term, info| {
        if fits(term) {
            found.terms.push(info.clone());
            bare.insert(term.to_owned());
        }
        work.spend(COMPARED)
    })?;
    // where a form stands its stem stands too, and that begins with the same letter
    let all_found = word.how == How::Prefix && head.chars().count() == 1;
    if kind != Kind::Stems || all_found {
        return Ok(found);
    }
    let heads: FxHashSet<&str> = bare.iter().map(|stem| shared(stem)).collect();
    each_starting(index, &format!("{FORM}{head}"), |term, info| {
        let form = &term[FORM.len_utf8()..];
        let may = heads.contains(&form[..head_length(form, 1)]) || heads.contains(&form[..head_length(form, 2)]);
        match (fits(form), may && bare.contains(&*stem(form))) {
            (true, false) => found.terms.push(info.clone()),
            // spelt nearly so, or of the shape, is the stem, and not what was written
            (false, true) => found.without.push(info.clone()),
            _ => {}
        }
        work.spend(COMPARED)
    })?;
    Ok(found)
}

/// What the forms of a stem begin with: two letters; one where the stem is short ("dying", of "die").
pub fn shared(stem: &str) -> &str {
    &stem[..head_length(stem, if stem.len() > 3 { 2 } else { 1 })]
}

/// The bytes of the first `letters` of `word`.
fn head_length(word: &str, letters: usize) -> usize {
    word.char_indices().nth(letters).map_or(word.len(), |(at, _)| at)
}

/// The words of the index that begin with `head`.
pub fn starting(index: &InvertedIndexReader, head: &str) -> tantivy::Result<Vec<String>> {
    let mut found = Vec::new();
    each_starting(index, head, |term, _| {
        found.push(term.to_owned());
        true
    })?;
    Ok(found)
}

/// Hands over the words of the index that begin with `head`, until `each` says that no more are wanted.
fn each_starting(index: &InvertedIndexReader, head: &str, mut each: impl FnMut(&str, &TermInfo) -> bool) -> tantivy::Result<()> {
    let mut stream = index.terms().range().ge(head.as_bytes()).into_stream()?;
    while stream.advance() && stream.key().starts_with(head.as_bytes()) {
        if std::str::from_utf8(stream.key()).is_ok_and(|term| !each(term, stream.value())) {
            break;
        }
    }
    Ok(())
}
