//! Adds up how often each name was found, in all parts of an index, and counts the spellings of a name together.

use std::hash::{BuildHasher, Hash, Hasher};

use rustc_hash::{FxBuildHasher, FxHashMap};
use tantivy::columnar::StrColumn;

use super::places;
use crate::engine::{Facet, FacetCounts};
use crate::lexicon::spelling::second_form;

/// Names, one behind the other in one text: an index has hundreds of thousands, of which few are shown.
#[derive(Debug, Default)]
pub struct Tally {
    text: String,
    /// Where each name ends, and how often it was found.
    names: Vec<(usize, u64)>,
    /// How many columns were added: only names of several can be the same.
    parts: usize,
}

/// How often each value of a column stands in it.
pub fn all_values(column: &StrColumn) -> Vec<u64> {
    const AT_ONCE: usize = 4096;
    let mut by_ordinal = vec![0_u64; column.num_terms()];
    let values = &column.ords().values;
    let mut buffer = [0_u64; AT_ONCE];
    let all = values.num_vals() as usize;
    for start in (0..all).step_by(AT_ONCE) {
        let part = &mut buffer[..AT_ONCE.min(all - start)];
        values.get_range(start as u64, part);
        part.iter().for_each(|&ord| by_ordinal[ord as usize] += 1);
    }
    by_ordinal
}

impl Tally {
    /// Adds the counts of one part, by the ordinals of its column.
    pub fn add(&mut self, column: &StrColumn, by_ordinal: &[u64]) -> tantivy::Result<()> {
        let ordinals: Vec<u64> = (0..by_ordinal.len() as u64).filter(|&o| by_ordinal[o as usize] > 0).collect();
        let mut at = 0;
        self.parts += 1;
        column.dictionary().sorted_ords_to_term_cb(&ordinals, |term| {
            if let (Ok(name), Some(&ord)) = (std::str::from_utf8(term), ordinals.get(at)) {
                self.push(name, by_ordinal[ord as usize]);
            }
            at += 1;
        })?;
        Ok(())
    }

    fn push(&mut self, name: &str, count: u64) {
        self.text.push_str(name);
        self.names.push((self.text.len(), count));
    }

    fn name(&self, number: usize) -> &str {
        let start = number.checked_sub(1).map_or(0, |before| self.names[before].0);
        &self.text[start..self.names[number].0]
    }

    /// Each name once, with how often it was found, in the order of names.
    fn in_order(&self) -> Vec<(usize, u64)> {
        let mut found: Vec<(usize, u64)> = self.names.iter().map(|&(_, count)| count).enumerate().collect();
        if self.parts > 1 {
            // each part is in order by itself
            found.sort_by(|a, b| self.name(a.0).cmp(self.name(b.0)));
            found.dedup_by(|later, first| {
                let same = self.name(later.0) == self.name(first.0);
                first.1 += if same { later.1 } else { 0 };
                same
            });
        }
        found
    }

    /// The names that were found most.
    pub fn counts(&self, by: Facet, exact_names: bool, limit: usize, total: u64) -> FacetCounts {
        let in_order = self.in_order();
        let name = |rank: usize| self.name(in_order[rank].0);
        let mut found: Vec<(usize, u64)> = in_order.iter().map(|&(_, count)| count).enumerate().collect();
        if matches!(by, Facet::Speaker | Facet::Person) && !exact_names {
            found = one_spelling(&found, name);
        }
        let shown = |rank: usize| if by == Facet::Place { places::shown(name(rank), exact_names) } else { name(rank) };
        if by == Facet::Place {
            let mut sums: FxHashMap<&str, (usize, u64)> = FxHashMap::default();
            found.iter().for_each(|&(rank, count)| sums.entry(shown(rank)).or_insert((rank, 0)).1 += count);
            found = sums.into_values().collect();
        }
        let distinct = found.len() as u64;
        let by_name = |a: usize, b: usize| if by == Facet::Place { shown(a).cmp(shown(b)) } else { a.cmp(&b) };
        let order = |a: &(usize, u64), b: &(usize, u64)| b.1.cmp(&a.1).then_with(|| by_name(a.0, b.0));
        if limit > 0 && limit < found.len() {
            found.select_nth_unstable_by(limit - 1, order);
        }
        found.truncate(limit);
        found.sort_unstable_by(order);
        let values = found.into_iter().map(|(rank, count)| (shown(rank).to_owned(), count)).collect();
        FacetCounts { values, distinct, total }
    }
}

/// Counts the spellings of a name together, as a search finds them together, under the one that is counted most. Names are
/// given, and come back, by their ranks.
fn one_spelling<'n>(found: &[(usize, u64)], name: impl Fn(usize) -> &'n str) -> Vec<(usize, u64)> {
    let mut forms: FxHashMap<&str, u64> = FxHashMap::default();
    let mut groups: FxHashMap<u64, (usize, u64, u64)> = FxHashMap::default(); // the name, its own count, all
    groups.reserve(found.len());
    for &(rank, count) in found {
        let mut key = FxBuildHasher.build_hasher();
        for word in name(rank).split_whitespace() {
            forms.entry(word).or_insert_with(|| FxBuildHasher.hash_one(second_form(word))).hash(&mut key);
        }
        let group = groups.entry(key.finish()).or_insert((rank, 0, 0));
        group.2 += count;
        if count > group.1 {
            (group.0, group.1) = (rank, count);
        }
    }
    groups.into_values().map(|(rank, _, all)| (rank, all)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_a_name_are_counted_together() {
        let counted = |parts: usize, names: &[(&str, u64)], limit: usize| {
            let mut tally = Tally { parts, ..Tally::default() };
            names.iter().for_each(|(name, count)| tally.push(name, *count));
            tally.counts(Facet::Person, false, limit, 100).values
        };
        let all =
            [("Danilo Verbitsky", 5), ("Danylo Verbytskyi", 2), ("Danylo Verbytsky", 1), ("Rodrigo Alarcon", 1), ("Rodrigo Alarcón", 1)];
        assert_eq!(counted(1, &all, 5), [("Danilo Verbitsky".to_owned(), 8), ("Rodrigo Alarcon".to_owned(), 2)]);
        let apart = [("Joost Terhorst", 3), ("Marijke Terhorst", 3)];
        assert_eq!(counted(1, &apart, 5), apart.map(|(name, count)| (name.to_owned(), count)));
        assert_eq!(counted(1, &apart, 1).len(), 1);
        let twice = [("Tom Lee", 1), ("Ana Lee", 2), ("Tom Lee", 2)];
        assert_eq!(counted(2, &twice, 5), [("Tom Lee".to_owned(), 3), ("Ana Lee".to_owned(), 2)], "of two parts");
    }
}
