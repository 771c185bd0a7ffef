//! The words that tell most about some articles: for articles like one, and for looking for the words of the best hits too
//! (pseudo-relevance feedback: the relevance model RM3 of Abdul-Jaleel and others, 2004).

use rustc_hash::FxHashMap;
use tantivy::query::{BooleanQuery, BoostQuery, Occur, Query};
use tantivy::{Searcher, Term};

use super::leaf::idf;
use super::plan::Plan;
use crate::annotation::Record;
use crate::query::arrange::Unit;
use crate::query::ast::{Field, How, Node, Pattern, Term as Word};
use crate::query::words::{is_stop_word, stem, words};
use crate::span::Span;

/// Words further down in an article are not read for its matter.
const READ: usize = 20_000;

/// A word with how much it tells.
#[derive(Clone, Debug)]
pub struct Telling {
    /// As it is written most often.
    pub form: String,
    /// Of all telling words together 1.
    pub weight: f32,
}

/// The `most` words that tell most about `records`, each of which counts as much as its number.
pub fn telling(searcher: &Searcher, plan: &Plan, records: &[(&Record, f32)], most: usize) -> tantivy::Result<Vec<Telling>> {
    let mut shares: FxHashMap<String, (f32, u32, FxHashMap<String, u32>)> = FxHashMap::default();
    let whole: f32 = records.iter().map(|(_, weight)| weight).sum();
    for (record, weight) in records {
        let mut counts: FxHashMap<String, (f32, String)> = FxHashMap::default();
        let mut length = 0.0;
        for (text, times) in [(&record.article.title, 2.0), (&record.article.body, 1.0)] {
            for word in words(text).into_iter().take(READ) {
                length += times;
                if is_stop_word(&word.form) || word.form.len() < 2 || word.form.bytes().all(|b| b.is_ascii_digit()) {
                    continue;
                }
                let entry = counts.entry(stem(&word.form).into_owned()).or_insert_with(|| (0.0, word.form.clone()));
                entry.0 += times;
            }
        }
        for (stem, (count, form)) in counts {
            let entry = shares.entry(stem).or_default();
            entry.0 += weight / whole.max(f32::MIN_POSITIVE) * count / f32::max(length, 1.0);
            entry.1 += 1;
            *entry.2.entry(form).or_default() += 1;
        }
    }
    let mut found = Vec::new();
    for (stem, (share, _, forms)) in shares {
        let frequency = searcher.doc_freq(&Term::from_field_text(plan.fields.body, &stem))?;
        // a word that only these articles have finds no others
        if frequency < 2 && records.len() == 1 {
            continue;
        }
        let Some((form, _)) = forms.into_iter().max_by(|a, b| a.1.cmp(&b.1).then_with(|| b.0.cmp(&a.0))) else { continue };
        found.push(Telling { form, weight: share * idf(frequency, plan.articles) });
    }
    found.sort_by(|a, b| b.weight.total_cmp(&a.weight).then_with(|| a.form.cmp(&b.form)));
    found.truncate(most);
    let sum: f32 = found.iter().map(|t| t.weight).sum();
    for word in &mut found {
        word.weight /= sum.max(f32::MIN_POSITIVE);
    }
    Ok(found)
}

/// Articles that have any of `words`, those that tell more counting more.
pub fn any_of(plan: &Plan, words: &[Telling], boost: f32) -> Vec<(Occur, Box<dyn Query>)> {
    words
        .iter()
        .map(|word| {
            let pattern = Pattern::Term(Word { form: word.form.clone(), how: How::Word });
            let leaf = plan.query(&Node::Find { field: Field::Any, pattern, span: Span::default() }, Unit::Articles);
            (Occur::Should, Box::new(BoostQuery::new(leaf, word.weight * boost)) as Box<dyn Query>)
        })
        .collect()
}

/// So many words say what an article is about.
pub const LIKE: usize = 30;

/// Articles that have the words that tell most about `record`, without it.
pub fn like(plan: &Plan, words: &[Telling], record: &Record, filter: &Node) -> Box<dyn Query> {
    let alike = BooleanQuery::new(any_of(plan, words, 1.0));
    let mut clauses: Vec<(Occur, Box<dyn Query>)> = vec![(Occur::Must, Box::new(alike))];
    clauses.push((Occur::MustNot, plan.query(&Node::Id(record.article.id.clone()), Unit::Articles)));
    if *filter != Node::All {
        clauses.push((Occur::Must, plan.query(&Node::Filter(Box::new(filter.clone())), Unit::Articles)));
    }
    Box::new(BooleanQuery::new(clauses))
}
