//! The last word on the order of the best articles: words that stand near each other, and words of the best hits.

use std::sync::Arc;

use tantivy::Searcher;
use tantivy::query::{BooleanQuery, Occur, Query};

use super::collect::Candidate;
use super::cursor::Open;
use super::dictionary::Known;
use super::expand::{Telling, any_of};
use super::leaf::LeafQuery;
use super::plan::Plan;
use crate::query::arrange::Unit;
use crate::query::ast::{Field, How, Node, Pattern, Term as Word};

/// So many of the best are put in order anew.
pub const WINDOW: usize = 200;
/// Queries with more words than this ask for a matter, not for words side by side.
const MOST_WORDS: usize = 16;
/// With at most so many words each pair counts; with more only words that follow one another.
const ALL_PAIRS: usize = 6;
/// The words of so many of the best articles are looked for too.
pub const FED: usize = 5;
/// So many of their words.
pub const FEEDBACK_WORDS: usize = 15;
/// What these count beside the words of the query.
const FEEDBACK: f32 = 0.5;
/// Words further apart than this are not near.
const NEAR: u32 = 8;

/// The plain words of a query, in order, each once.
pub fn plain_words(node: &Node) -> Vec<&Word> {
    let mut found: Vec<&Word> = Vec::new();
    let mut open = vec![node];
    while let Some(node) = open.pop() {
        match node {
            Node::Find { field: Field::Any, pattern: Pattern::Term(word), .. } if word.how == How::Word && !found.contains(&word) => {
                found.push(word);
            }
            Node::And(parts) | Node::Or(parts) => open.extend(parts.iter().rev()),
            _ => {}
        }
    }
    found
}

/// Adds to each candidate's score what its words near each other are worth (after Rasolofo and Savoy, "Term proximity
/// scoring for keyword-based retrieval systems", 2003). They are to be put in order then.
pub fn by_nearness(searcher: &Searcher, plan: &Plan, node: &Node, candidates: &mut [Candidate]) -> tantivy::Result<()> {
    let words = plain_words(node);
    if words.len() < 2 || words.len() > MOST_WORDS || candidates.is_empty() {
        return Ok(());
    }
    let mut known = Known::default();
    let worth: Vec<f32> = words
        .iter()
        .map(|word| {
            let pattern = Pattern::Term((*word).clone());
            let body = &plan.places(Field::Any, Unit::Articles)[..1];
            LeafQuery { pattern: pattern.into(), places: body.into(), documents: plan.articles, work: Arc::clone(&plan.work) }
                .idf(searcher, &mut known)
        })
        .collect::<tantivy::Result<_>>()?;
    let all_pairs = words.len() <= ALL_PAIRS;
    candidates.sort_by_key(|c| c.address);
    let mut at = 0;
    while at < candidates.len() {
        let segment = candidates[at].address.segment_ord;
        let end = at + candidates[at..].iter().take_while(|c| c.address.segment_ord == segment).count();
        let reader = searcher.segment_reader(segment);
        let mut added = vec![0.0_f32; end - at];
        for place in plan.places(Field::Any, Unit::Articles).into_iter().filter(|p| p.normed) {
            let open = Open { reader, field: place.field, kind: place.kind, breaks: None, before: None, known: &known, work: &plan.work };
            let mut cursors = words.iter().map(|w| open.cursor(&Pattern::Term((*w).clone()), true)).collect::<tantivy::Result<Vec<_>>>()?;
            let mut places: Vec<Vec<(u32, u32)>> = vec![Vec::new(); words.len()];
            for (i, candidate) in candidates[at..end].iter().enumerate() {
                for (cursor, found) in cursors.iter_mut().zip(&mut places) {
                    found.clear();
                    if cursor.seek(candidate.address.doc_id) == candidate.address.doc_id {
                        cursor.places(found);
                    }
                }
                for a in 0..words.len() {
                    let last = if all_pairs { words.len() } else { (a + 2).min(words.len()) };
                    for b in a + 1..last {
                        let near = nearness(&places[a], &places[b]);
                        added[i] += place.weight.min(1.0) * worth[a].min(worth[b]) * near / (near + 1.0);
                    }
                }
            }
        }
        for (candidate, added) in candidates[at..end].iter_mut().zip(added) {
            candidate.score += added;
            candidate.key = f64::from(candidate.score);
        }
        at = end;
    }
    Ok(())
}

/// How near two words stand: for each pair of places one over the square of their distance.
fn nearness(a: &[(u32, u32)], b: &[(u32, u32)]) -> f32 {
    let mut sum = 0.0;
    let mut from = 0;
    for &(place, _) in a {
        while from < b.len() && b[from].0 + NEAR < place {
            from += 1;
        }
        for &(other, _) in b[from..].iter().take_while(|p| p.0 <= place + NEAR) {
            let distance = place.abs_diff(other).max(1) as f32;
            sum += 1.0 / (distance * distance);
        }
    }
    sum
}

/// The query, or any of the words of its best articles.
pub fn with_words(query: Box<dyn Query>, plan: &Plan, node: &Node, words: &[Telling]) -> Box<dyn Query> {
    let more = BooleanQuery::new(any_of(plan, words, FEEDBACK * plain_words(node).len() as f32));
    Box::new(BooleanQuery::new(vec![(Occur::Should, query), (Occur::Should, Box::new(more))]))
}
