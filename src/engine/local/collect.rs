//! The best of all that a query finds, in an order that does not change from run to run.

use std::cmp::Ordering;
use std::ops::Range;

use tantivy::query::Weight;
use tantivy::{DocAddress, DocId, Searcher, SegmentReader};

use super::copies::Folded;
use super::schema::{CONFIDENCE, DATE, FOLD, ID};
use crate::engine::Sort;

/// A document found.
#[derive(Clone, Copy, Debug)]
pub struct Candidate {
    /// What it is ordered by, the largest first.
    pub key: f64,
    /// How well it matches.
    pub score: f32,
    /// The rank of its id among those of its segment.
    id: u64,
    /// Where it stands.
    pub address: DocAddress,
}

/// The first `most` of what `weight` finds, and how many there are in all, with `fold` copies once; put in order where
/// `needed` says.
pub fn best(
    searcher: &Searcher,
    weight: &dyn Weight,
    sort: Sort,
    most: usize,
    needed: Range<usize>,
    fold: bool,
) -> tantivy::Result<(u64, Vec<Candidate>)> {
    let mut total = 0;
    let mut all = Vec::new();
    let mut folded = fold.then(Folded::default);
    for (ordinal, reader) in searcher.segment_readers().iter().enumerate() {
        total += best_of(reader, ordinal as u32, weight, sort, most, &mut all, folded.as_mut())?;
    }
    if let Some(folded) = folded {
        total = folded.total();
    }
    order(searcher, &mut all, needed)?;
    all.truncate(most);
    Ok((total, all))
}

fn best_of(
    reader: &SegmentReader,
    ordinal: u32,
    weight: &dyn Weight,
    sort: Sort,
    most: usize,
    all: &mut Vec<Candidate>,
    mut folded: Option<&mut Folded>,
) -> tantivy::Result<u64> {
    let columns = reader.fast_fields();
    let folds = columns.u64(FOLD)?;
    let (ids, dates) = (columns.str(ID)?, columns.date(DATE)?);
    let confidences = columns.u64(CONFIDENCE)?;
    let mut total = 0;
    let mut found: Vec<Candidate> = Vec::new();
    let mut least = f64::NEG_INFINITY;
    let mut take = |doc: DocId, score: f32| {
        if reader.is_deleted(doc) {
            return;
        }
        total += 1;
        let score = score * trust(confidences.first(doc));
        if let Some(folded) = &mut folded {
            folded.take(folds.first(doc).unwrap_or(0));
        }
        let date = || dates.first(doc).map(|d| d.into_timestamp_secs() as f64);
        let key = match sort {
            Sort::Relevance => f64::from(score),
            Sort::Newest => date().unwrap_or(f64::NEG_INFINITY),
            Sort::Oldest => date().map_or(f64::NEG_INFINITY, |d| -d),
        };
        if key < least || most == 0 {
            return;
        }
        let id = ids.as_ref().and_then(|ids| ids.term_ords(doc).next()).unwrap_or(0);
        found.push(Candidate { key, score, id, address: DocAddress::new(ordinal, doc) });
        if found.len() >= most.saturating_mul(2).max(256) {
            found.sort_unstable_by(within_segment);
            found.truncate(most);
            least = found.last().map_or(least, |c| c.key);
        }
    };
    weight.for_each(reader, &mut take)?;
    found.sort_unstable_by(within_segment);
    found.truncate(most);
    all.append(&mut found);
    Ok(total)
}

/// What share of its score a quote keeps, by its confidence in hundredths: a quarter where nothing is known of who said it, all
/// where that is sure. An article has no confidence, and keeps all.
pub fn trust(confidence: Option<u64>) -> f32 {
    const LEAST: f32 = 0.25;
    confidence.map_or(1.0, |percent| LEAST + (1.0 - LEAST) * percent.min(100) as f32 / 100.0)
}

fn within_segment(a: &Candidate, b: &Candidate) -> Ordering {
    b.key.total_cmp(&a.key).then_with(|| a.id.cmp(&b.id)).then_with(|| a.address.doc_id.cmp(&b.address.doc_id))
}

/// Sorts by key; where keys are equal, by id, and in one article by the order of its quotes. Ids are
/// looked up only for ties within `needed`.
pub fn order(searcher: &Searcher, all: &mut [Candidate], needed: Range<usize>) -> tantivy::Result<()> {
    all.sort_by(|a, b| a.address.segment_ord.cmp(&b.address.segment_ord).then_with(|| within_segment(a, b)));
    all.sort_by(|a, b| b.key.total_cmp(&a.key));
    let mut start = 0;
    while start < all.len().min(needed.end) {
        let end = start + all[start..].iter().take_while(|c| c.key.total_cmp(&all[start].key) == Ordering::Equal).count();
        let group = &mut all[start..end];
        if end > needed.start && group.iter().any(|c| c.address.segment_ord != group[0].address.segment_ord) {
            let mut named = Vec::with_capacity(group.len());
            for candidate in group.iter() {
                named.push((id_of(searcher, candidate.address)?, *candidate));
            }
            named.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| a.1.address.cmp(&b.1.address)));
            for (place, (_, candidate)) in group.iter_mut().zip(named) {
                *place = candidate;
            }
        }
        start = end;
    }
    Ok(())
}

fn id_of(searcher: &Searcher, address: DocAddress) -> tantivy::Result<String> {
    let mut id = String::new();
    if let Some(ids) = searcher.segment_reader(address.segment_ord).fast_fields().str(ID)?
        && let Some(ord) = ids.term_ords(address.doc_id).next()
    {
        ids.ord_to_str(ord, &mut id)?;
    }
    Ok(id)
}
