//! Answers a question: plans it, collects the best, puts them in order and reads their records.

use std::sync::Arc;

use rustc_hash::FxHashMap;
use tantivy::query::{EnableScoring, Explanation, Query, Weight};
use tantivy::{DocAddress, Searcher, Term};

use super::collect::{Candidate, best, order, trust};
use super::copies::Folded;
use super::plan::Plan;
use super::schema::{ARTICLE, BACK, CONFIDENCE, FOLD, QUOTE};
use super::work::Work;
use super::{LocalEngine, expand, rank};
use crate::annotation::Record;
use crate::engine::{Found, Hit, Request, Scope, Sort};
use crate::query::arrange::Unit;
use crate::query::ast::Node;

impl LocalEngine {
    pub(super) fn plan(&self, searcher: &Searcher, exact_names: bool, work: &Arc<Work>) -> tantivy::Result<Plan> {
        let count = |word| searcher.doc_freq(&Term::from_field_text(self.fields.what, word));
        Ok(Plan { fields: self.fields, second: !exact_names, articles: count(ARTICLE)?, quotes: count(QUOTE)?, work: Arc::clone(work) })
    }

    pub(super) fn answer(&self, request: &Request, work: &Arc<Work>) -> tantivy::Result<Found> {
        let searcher = self.reader.searcher();
        let plan = self.plan(&searcher, request.exact_names, work)?;
        let query = plan.query(&request.node, request.unit);
        let ranks = request.node.ranks();
        let sort = if request.sort == Sort::Relevance && !ranks { Sort::Newest } else { request.sort };
        let scoring =
            if ranks { EnableScoring::enabled_from_searcher(&searcher) } else { EnableScoring::disabled_from_searcher(&searcher) };
        let mut weight = query.weight(scoring)?;
        // no more hits than there are documents, whatever was asked for
        let documents = usize::try_from(searcher.num_docs()).unwrap_or(usize::MAX);
        let end = request.offset.saturating_add(request.limit).min(documents);
        let words = rank::plain_words(&request.node).len();
        // one word stands near no other
        let anew = sort == Sort::Relevance && request.unit == Unit::Articles && words > usize::from(!request.expand);
        let mut most = if anew { end.max(rank::WINDOW).min(documents) } else { end };
        let mut found = Found::default();
        let mut ranked = |weight: &dyn Weight| {
            loop {
                // before the order is made anew, ties matter only where the window ends
                let needed = if anew && most <= rank::WINDOW { most.saturating_sub(1)..most } else { 0..most };
                let (total, mut candidates) = best(&searcher, weight, sort, most, needed, !request.all_copies)?;
                found.total = total;
                let all = candidates.len() < most;
                if anew {
                    let window = candidates.len().min(rank::WINDOW);
                    rank::by_nearness(&searcher, &plan, &request.node, &mut candidates[..window])?;
                    // ties take time to order: no more than the hits need, with the copies that they fold
                    let wanted = end.max(if request.expand { rank::FED } else { 0 });
                    let lazy = most <= rank::WINDOW;
                    let mut ordered = if lazy { window.min(2 * wanted) } else { window };
                    order(&searcher, &mut candidates[..window], 0..ordered)?;
                    while ordered < window && Self::folded(&searcher, candidates[..ordered].to_vec())?.len() < wanted {
                        ordered = window.min(4 * ordered);
                        order(&searcher, &mut candidates[..window], 0..ordered)?;
                    }
                    if lazy {
                        candidates.truncate(ordered);
                    }
                }
                if !request.all_copies {
                    candidates = Self::folded(&searcher, candidates)?;
                }
                if all || most >= documents || candidates.len() >= end {
                    break tantivy::Result::Ok(candidates);
                }
                // copies took the places of others
                most = most.saturating_mul(4).min(documents);
            }
        };
        let mut candidates = ranked(&*weight)?;
        let mut records = FxHashMap::default();
        let mut expanded = Vec::new();
        if request.expand && request.unit == Unit::Articles && words > 0 {
            let mut hits = Vec::new();
            for candidate in candidates.iter().take(rank::FED) {
                hits.push(self.hit(&searcher, candidate, request.unit, &mut records)?);
            }
            // the best tell most
            let top = hits.iter().map(|h| h.score).fold(f32::MIN_POSITIVE, f32::max);
            let told: Vec<(&Record, f32)> = hits.iter().map(|h| (&*h.record, (h.score / top).powi(2))).collect();
            let words = expand::telling(&searcher, &plan, &told, rank::FEEDBACK_WORDS)?;
            weight = rank::with_words(query, &plan, &request.node, &words).weight(EnableScoring::enabled_from_searcher(&searcher))?;
            candidates = ranked(&*weight)?;
            expanded = words.into_iter().map(|w| w.form).collect();
        }
        found.expanded = expanded;
        for candidate in candidates.into_iter().skip(request.offset).take(request.limit) {
            let mut hit = self.hit(&searcher, &candidate, request.unit, &mut records)?;
            if !ranks {
                hit.score = 0.0;
            }
            if request.explain && ranks {
                let reader = searcher.segment_reader(candidate.address.segment_ord);
                let base = weight.explain(reader, candidate.address.doc_id)?;
                let trust = trust(reader.fast_fields().u64(CONFIDENCE)?.first(candidate.address.doc_id));
                let near = candidate.score - base.value() * trust;
                let mut whole = Explanation::new("score", candidate.score);
                whole.add_detail(base);
                if trust < 1.0 {
                    whole.add_detail(Explanation::new("times, by how sure the speaker is", trust));
                }
                if near > 0.0001 {
                    whole.add_detail(Explanation::new("words near each other", near));
                }
                hit.explanation = Some(whole.to_pretty_json());
            }
            found.hits.push(hit);
        }
        Ok(found)
    }

    pub(super) fn alike(&self, record: &Record, filter: &Node, limit: usize, work: &Arc<Work>) -> tantivy::Result<Found> {
        let searcher = self.reader.searcher();
        let plan = self.plan(&searcher, false, work)?;
        let words = expand::telling(&searcher, &plan, &[(record, 1.0)], expand::LIKE)?;
        let weight = expand::like(&plan, &words, record, filter).weight(EnableScoring::enabled_from_searcher(&searcher))?;
        let most = limit.min(usize::try_from(searcher.num_docs()).unwrap_or(usize::MAX));
        let (total, candidates) = best(&searcher, &*weight, Sort::Relevance, most, 0..most, false)?;
        let expanded = words.into_iter().map(|w| w.form).collect();
        let mut found = Found { total, hits: Vec::new(), expanded };
        let mut records = FxHashMap::default();
        for candidate in &candidates {
            found.hits.push(self.hit(&searcher, candidate, Unit::Articles, &mut records)?);
        }
        Ok(found)
    }

    fn hit(
        &self,
        searcher: &Searcher,
        candidate: &Candidate,
        unit: Unit,
        records: &mut FxHashMap<DocAddress, Arc<Record>>,
    ) -> tantivy::Result<Hit> {
        let address = candidate.address;
        let (article, back) = match unit {
            Unit::Articles => (address, 0),
            Unit::Quotes => {
                let back = searcher.segment_reader(address.segment_ord).fast_fields().u64(BACK)?.first(address.doc_id).unwrap_or(0);
                (DocAddress::new(address.segment_ord, address.doc_id + back as u32), back as usize)
            }
        };
        let record = match records.get(&article) {
            Some(record) => Arc::clone(record),
            None => {
                let record = Arc::new(self.record_at(searcher, article)?);
                records.insert(article, Arc::clone(&record));
                record
            }
        };
        let quote = (unit == Unit::Quotes).then(|| record.annotations.quotes.len().saturating_sub(back));
        let also = self.copies(searcher, article)?;
        Ok(Hit { score: candidate.score, record, quote, also, explanation: None })
    }

    pub(super) fn count_of(&self, scope: Scope<'_>, fold: bool, work: &Arc<Work>) -> tantivy::Result<u64> {
        let searcher = self.reader.searcher();
        let query = self.plan(&searcher, scope.exact_names, work)?.query(scope.node, scope.unit);
        let weight = query.weight(EnableScoring::disabled_from_searcher(&searcher))?;
        let mut total = 0;
        let mut folded = Folded::default();
        for reader in searcher.segment_readers() {
            if !fold {
                total += u64::from(weight.count(reader)?);
                continue;
            }
            let keys = reader.fast_fields().u64(FOLD)?;
            weight.for_each_no_score(reader, &mut |docs| {
                let live = docs.iter().filter(|&&doc| !reader.is_deleted(doc));
                live.for_each(|&doc| folded.take(keys.first(doc).unwrap_or(0)));
            })?;
        }
        Ok(if fold { folded.total() } else { total })
    }
}
