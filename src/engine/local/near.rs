//! Words of the index that are spelt nearly like one that it does not have.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};
use tantivy::index::InvertedIndexReader;
use tantivy::postings::Postings;
use tantivy::schema::{Field as IndexField, IndexRecordOption};
use tantivy::{DocSet, Searcher, TERMINATED, Term};

use super::LocalEngine;
use super::dictionary::{Kind, shared, starting};
use super::schema::FORM;
use super::work::Work;
use crate::engine::Scope;
use crate::query::arrange::Unit;
use crate::query::ast::{Field, How, Node, Pattern, Term as Word};
use crate::query::distance;
use crate::query::words::stem;
use crate::span::Span;

/// So many words are told of.
const TOLD: usize = 5;

impl LocalEngine {
    pub(super) fn spelt_nearly(&self, word: &str, field: Field, unit: Unit, work: &Arc<Work>) -> tantivy::Result<Vec<(String, u64)>> {
        let searcher = self.reader.searcher();
        let plan = self.plan(&searcher, false, work)?;
        let Some(head) = word.chars().next() else { return Ok(Vec::new()) };
        let most = if word.chars().count() < 5 { 1 } else { 2 };
        let mut near: FxHashMap<String, usize> = FxHashMap::default();
        let mut take = |term: &str| {
            if let Some(d) = distance(term, word, most).filter(|&d| d > 0) {
                near.insert(term.to_owned(), d);
            }
        };
        for place in plan.places(field, unit) {
            let mut bare: FxHashSet<String> = FxHashSet::default();
            let mut forms: FxHashSet<String> = FxHashSet::default();
            for reader in searcher.segment_readers() {
                let index = reader.inverted_index(place.field)?;
                bare.extend(starting(&index, &head.to_string())?);
                forms.extend(starting(&index, &format!("{FORM}{head}"))?.into_iter().map(|form| form[FORM.len_utf8()..].to_owned()));
            }
            forms.iter().for_each(|form| take(form));
            for term in &bare {
                // what a stemmed field has bare may be the stem of other words and none itself
                let close = distance(term, word, most).is_some();
                if close && (place.kind != Kind::Stems || is_word(&searcher, place.field, term, &forms)?) {
                    take(term);
                }
            }
        }
        let mut found = Vec::new();
        for (term, d) in near {
            let pattern = Pattern::Term(Word { form: term.clone(), how: How::Word });
            let node = Node::Find { field, pattern, span: Span::default() };
            let count = self.count_of(Scope { node: &node, unit, exact_names: false }, false, work)?;
            if count > 0 {
                found.push((d, term, count));
            }
        }
        found.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(b.2.cmp(&a.2)).then_with(|| a.1.cmp(&b.1)));
        // words of one stem find the same
        let mut stems = FxHashSet::default();
        found.retain(|(_, term, _)| stems.insert(stem(term).into_owned()));
        found.truncate(TOLD);
        Ok(found.into_iter().map(|(_, term, count)| (term, count)).collect())
    }
}

/// Whether `term` stands in a text itself, and not only as the stem of some of `forms`.
fn is_word(searcher: &Searcher, field: IndexField, term: &str, forms: &FxHashSet<String>) -> tantivy::Result<bool> {
    let forms: Vec<&String> = forms.iter().filter(|form| form.starts_with(shared(term)) && stem(form) == term).collect();
    let (mut all, mut of_forms) = (0, 0);
    for reader in searcher.segment_readers() {
        let index = reader.inverted_index(field)?;
        all += times(&index, field, term)?;
        for form in &forms {
            of_forms += times(&index, field, &format!("{FORM}{form}"))?;
        }
    }
    Ok(all > of_forms)
}

/// How often a word of the index stands in all texts.
fn times(index: &InvertedIndexReader, field: IndexField, term: &str) -> tantivy::Result<u64> {
    let mut sum = 0;
    if let Some(mut postings) = index.read_postings(&Term::from_field_text(field, term), IndexRecordOption::WithFreqs)? {
        while postings.doc() != TERMINATED {
            sum += u64::from(postings.term_freq());
            postings.advance();
        }
    }
    Ok(sum)
}
