//! Counts what is found: by name, outlet or section, and over time.

use std::sync::Arc;

use rustc_hash::FxHashMap;
use tantivy::query::{EnableScoring, Query};
use tantivy::{DocId, SegmentReader, Term};

use super::schema::{ARTICLE, BACK, QUOTE, WALL};
use super::tally::{Tally, all_values};
use super::work::Work;
use super::{LocalEngine, places};
use crate::engine::{Facet, FacetCounts, Moment, Scope};
use crate::query::arrange::Unit;
use crate::query::ast::Node;

fn column_of(by: Facet) -> &'static str {
    match by {
        Facet::Speaker => "speaker_column",
        Facet::Person => "person_column",
        Facet::Org => "org_column",
        Facet::Place => "place_column",
        Facet::Source => "source_column",
        Facet::Section => "section_column",
        Facet::Author => "author_column",
        Facet::Language => "lang_column",
    }
}

/// The document that has the values of `by` for `doc`: a quote's other values are its article's.
fn holder(back: &tantivy::fastfield::Column<u64>, by: Facet, unit: Unit, doc: DocId) -> DocId {
    if unit == Unit::Quotes && by != Facet::Speaker { doc + back.first(doc).unwrap_or(0) as DocId } else { doc }
}

impl LocalEngine {
    /// Every document that is found, segment by segment.
    fn matches(
        &self,
        scope: Scope<'_>,
        work: &Arc<Work>,
        each: &mut dyn FnMut(&SegmentReader, &[DocId]) -> tantivy::Result<()>,
    ) -> tantivy::Result<()> {
        let searcher = self.reader.searcher();
        let query = self.plan(&searcher, scope.exact_names, work)?.query(scope.node, scope.unit);
        let weight = query.weight(EnableScoring::disabled_from_searcher(&searcher))?;
        for reader in searcher.segment_readers() {
            let mut docs = Vec::new();
            let whole = !reader.has_deletes();
            weight.for_each_no_score(reader, &mut |found| docs.extend(found.iter().filter(|&&doc| whole || !reader.is_deleted(doc))))?;
            each(reader, &docs)?;
        }
        Ok(())
    }

    pub(super) fn facet_of(&self, scope: Scope<'_>, by: Facet, limit: usize, work: &Arc<Work>) -> tantivy::Result<FacetCounts> {
        let mut tally = Tally::default();
        let mut total = 0;
        let mut names = |reader: &SegmentReader, by_ordinal: &[u64]| match reader.fast_fields().str(column_of(by))? {
            Some(column) => tally.add(&column, by_ordinal),
            None => Ok(()),
        };
        // a column has each value of a document once, so that without a choice all values of the column are counted
        let own = (scope.unit == Unit::Quotes) == (by == Facet::Speaker);
        if *scope.node == Node::All && own {
            let kind = Term::from_field_text(self.fields.what, if scope.unit == Unit::Articles { ARTICLE } else { QUOTE });
            let searcher = self.reader.searcher();
            if searcher.segment_readers().iter().all(|reader| !reader.has_deletes()) {
                for reader in searcher.segment_readers() {
                    total += u64::from(reader.inverted_index(self.fields.what)?.doc_freq(&kind)?);
                    let Some(column) = reader.fast_fields().str(column_of(by))? else { continue };
                    names(reader, &all_values(&column))?;
                }
                return Ok(tally.counts(by, scope.exact_names, limit, total));
            }
        }
        self.matches(scope, work, &mut |reader, docs| {
            total += docs.len() as u64;
            let back = reader.fast_fields().u64(BACK)?;
            let Some(column) = reader.fast_fields().str(column_of(by))? else { return Ok(()) };
            let mut by_ordinal = vec![0_u64; column.num_terms()];
            for &doc in docs {
                for ord in column.term_ords(holder(&back, by, scope.unit, doc)) {
                    by_ordinal[ord as usize] += 1;
                }
            }
            names(reader, &by_ordinal)
        })?;
        Ok(tally.counts(by, scope.exact_names, limit, total))
    }

    pub(super) fn moments_of(&self, scope: Scope<'_>, split: Option<Facet>, work: &Arc<Work>) -> tantivy::Result<Vec<Moment>> {
        let mut moments = Vec::new();
        self.matches(scope, work, &mut |reader, docs| {
            let columns = reader.fast_fields();
            let (back, dates) = (columns.u64(BACK)?, columns.date(WALL)?);
            let values = match split {
                Some(by) => columns.str(column_of(by))?,
                None => None,
            };
            let mut names: FxHashMap<u64, String> = FxHashMap::default();
            for &doc in docs {
                let Some(date) = dates.first(doc) else { continue };
                let at = date.into_timestamp_secs();
                let mut any = false;
                if let (Some(column), Some(by)) = (&values, split) {
                    for ord in column.term_ords(holder(&back, by, scope.unit, doc)) {
                        if let std::collections::hash_map::Entry::Vacant(entry) = names.entry(ord) {
                            let mut name = String::new();
                            column.ord_to_str(ord, &mut name)?;
                            entry.insert(if by == Facet::Place { places::shown(&name, scope.exact_names).to_owned() } else { name });
                        }
                        any = true;
                        moments.push(Moment { at, value: names.get(&ord).cloned() });
                    }
                }
                if !any {
                    moments.push(Moment { at, value: None });
                }
            }
            Ok(())
        })?;
        moments.sort_unstable();
        Ok(moments)
    }
}
