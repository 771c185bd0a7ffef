//! What was added last and is not committed: it cannot be read back from the index yet, and a commit for each of many versions
//! that follow one another would take longer than all else.

use std::collections::VecDeque;

use rustc_hash::FxHashMap;

use crate::annotation::Record;

/// So many articles are held at most, and so many bytes of their texts.
const ARTICLES: usize = 1000;
const BYTES: usize = 16 << 20;

/// Articles with all their versions, the present one last.
#[derive(Debug, Default)]
pub struct Recent {
    versions: FxHashMap<String, Vec<Record>>,
    /// In the order in which they came, with the bytes of each.
    order: VecDeque<(String, usize)>,
    bytes: usize,
}

impl Recent {
    /// Takes note of an article; those that came long before it are forgotten.
    pub fn insert(&mut self, record: &Record, earlier: &[Record]) {
        let id = &record.article.id;
        let versions: Vec<Record> = earlier.iter().chain([record]).cloned().collect();
        let bytes = versions.iter().map(|version| version.article.body.len()).sum();
        self.versions.insert(id.clone(), versions);
        self.order.push_back((id.clone(), bytes));
        self.bytes += bytes;
        while self.order.len() > ARTICLES || self.bytes > BYTES {
            let Some((id, bytes)) = self.order.pop_front() else { break };
            self.versions.remove(&id);
            self.bytes -= bytes;
        }
    }

    /// The versions of an article, where it is held.
    pub fn get(&self, id: &str) -> Option<&[Record]> {
        self.versions.get(id).map(Vec::as_slice)
    }

    /// Forgets an article.
    pub fn remove(&mut self, id: &str) {
        self.versions.remove(id);
    }

    /// Forgets them all.
    pub fn clear(&mut self) {
        *self = Self::default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::Annotations;
    use crate::article::Article;

    #[test]
    fn the_last_are_held_within_bounds() {
        let record = |id: usize, bytes: usize| {
            Record::new(Article { id: id.to_string(), body: "x".repeat(bytes), ..Article::default() }, Annotations::default())
        };
        let mut recent = Recent::default();
        (0..=ARTICLES).for_each(|id| recent.insert(&record(id, 1), &[]));
        assert!(recent.get("0").is_none() && recent.get("1").is_some());
        recent.insert(&record(7, 2), &[record(7, 1)]);
        assert_eq!(recent.get("7").map(<[Record]>::len), Some(2));
        recent.remove("7");
        assert!(recent.get("7").is_none());
        recent.insert(&record(8, BYTES + 1), &[]);
        assert!(recent.versions.is_empty() && recent.bytes == 0);
    }
}
