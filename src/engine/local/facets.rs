//! Counts what is found: by name, outlet or section, and over time.

use rustc_hash::FxHashMap;
use tantivy::columnar::StrColumn;
use tantivy::query::{EnableScoring, Query};
use tantivy::{DocId, SegmentReader};

use super::LocalEngine;
use super::schema::{BACK, DATE};
use crate::engine::{Facet, FacetCounts, Moment, Scope};
use crate::lexicon::spelling::second_form;
use crate::query::arrange::Unit;

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
    fn matches(&self, scope: Scope<'_>, each: &mut dyn FnMut(&SegmentReader, &[DocId]) -> tantivy::Result<()>) -> tantivy::Result<()> {
        let searcher = self.reader.searcher();
        let query = self.plan(&searcher, scope.exact_names)?.query(scope.node, scope.unit);
        let weight = query.weight(EnableScoring::disabled_from_searcher(&searcher))?;
        for reader in searcher.segment_readers() {
            let mut docs = Vec::new();
            weight.for_each_no_score(reader, &mut |found| docs.extend(found.iter().filter(|&&d| !reader.is_deleted(d))))?;
            each(reader, &docs)?;
        }
        Ok(())
    }

    pub(super) fn facet_of(&self, scope: Scope<'_>, by: Facet, limit: usize) -> tantivy::Result<FacetCounts> {
        let mut counts: FxHashMap<String, u64> = FxHashMap::default();
        let mut total = 0;
        self.matches(scope, &mut |reader, docs| {
            total += docs.len() as u64;
            let back = reader.fast_fields().u64(BACK)?;
            let Some(column) = reader.fast_fields().str(column_of(by))? else { return Ok(()) };
            let mut by_ordinal = vec![0_u64; column.num_terms()];
            let mut seen: Vec<u64> = Vec::new();
            for &doc in docs {
                seen.clear();
                for ord in column.term_ords(holder(&back, by, scope.unit, doc)) {
                    // two people of one name in one article are counted once
                    if !seen.contains(&ord) {
                        seen.push(ord);
                        by_ordinal[ord as usize] += 1;
                    }
                }
            }
            add_names(&column, &by_ordinal, &mut counts)
        })?;
        let mut values: Vec<(String, u64)> = counts.into_iter().collect();
        if matches!(by, Facet::Speaker | Facet::Person) && !scope.exact_names {
            values = one_spelling(values);
        }
        let distinct = values.len() as u64;
        values.sort_unstable_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        values.truncate(limit);
        Ok(FacetCounts { values, distinct, total })
    }

    pub(super) fn moments_of(&self, scope: Scope<'_>, split: Option<Facet>) -> tantivy::Result<Vec<Moment>> {
        let mut moments = Vec::new();
        self.matches(scope, &mut |reader, docs| {
            let columns = reader.fast_fields();
            let (back, dates) = (columns.u64(BACK)?, columns.date(DATE)?);
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
                            entry.insert(name);
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

/// Counts the spellings of a name together, as a search finds them together, under the one that is counted most.
fn one_spelling(values: Vec<(String, u64)>) -> Vec<(String, u64)> {
    let mut groups: FxHashMap<String, (String, u64, u64)> = FxHashMap::default(); // the form: the name, its own count, all
    for (name, count) in values {
        let form: Vec<String> = name.split_whitespace().map(second_form).collect();
        let group = groups.entry(form.join(" ")).or_default();
        group.2 += count;
        if count > group.1 || count == group.1 && name < group.0 {
            (group.0, group.1) = (name, count);
        }
    }
    groups.into_values().map(|(name, _, all)| (name, all)).collect()
}

/// Adds the counts of one segment under their names.
fn add_names(column: &StrColumn, by_ordinal: &[u64], counts: &mut FxHashMap<String, u64>) -> tantivy::Result<()> {
    let ordinals: Vec<u64> = (0..by_ordinal.len() as u64).filter(|&o| by_ordinal[o as usize] > 0).collect();
    let mut at = 0;
    column.dictionary().sorted_ords_to_term_cb(&ordinals, |term| {
        if let (Ok(name), Some(&ord)) = (std::str::from_utf8(term), ordinals.get(at)) {
            *counts.entry(name.to_owned()).or_default() += by_ordinal[ord as usize];
        }
        at += 1;
    })?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::one_spelling;

    #[test]
    fn spellings_of_a_name_are_counted_together() {
        let counted = |names: &[(&str, u64)]| {
            let mut found = one_spelling(names.iter().map(|(name, count)| ((*name).to_owned(), *count)).collect());
            found.sort();
            found
        };
        let all =
            [("Danilo Verbitsky", 5), ("Danylo Verbytskyi", 2), ("Danylo Verbytsky", 1), ("Rodrigo Alarcon", 1), ("Rodrigo Alarcón", 1)];
        assert_eq!(counted(&all), [("Danilo Verbitsky".to_owned(), 8), ("Rodrigo Alarcon".to_owned(), 2)]);
        let apart = [("Joost Terhorst", 3), ("Marijke Terhorst", 3)];
        assert_eq!(counted(&apart), apart.map(|(name, count)| (name.to_owned(), count)));
    }
}
