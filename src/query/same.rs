//! Quotes that say nearly the same words: found beside a wording, grouped, and their differences marked.

use super::words::{is_stop_word, stem, words};
use crate::span::Span;

/// How much of the wording a quote must have, in order, to say the same.
const ALIKE: f32 = 0.7;

/// A quote with so many telling words of another, and so much of its own length in it, is a part of it.
const KNOWN_AGAIN: usize = 4;
const PART: f32 = 0.85;

/// The words of a quote, to hold against others.
#[derive(Clone, Debug)]
pub struct Wording {
    stems: Vec<String>,
    /// Whether each word says something alone: "negotiate", not "we" or "will".
    telling: Vec<bool>,
    spans: Vec<Span>,
}

impl Wording {
    /// The words of `text`.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let words = words(text);
        Self {
            stems: words.iter().map(|w| stem(&w.form).into_owned()).collect(),
            telling: words.iter().map(|w| !is_stop_word(&w.form)).collect(),
            spans: words.iter().map(|w| w.span).collect(),
        }
    }

    /// How many words it has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.stems.len()
    }

    /// Whether it has none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.stems.is_empty()
    }

    /// Which words of `other` stand in both, in order.
    fn shared(&self, other: &Self) -> Vec<usize> {
        const LONGEST: usize = 400;
        let (a, b) = (&self.stems[..self.len().min(LONGEST)], &other.stems[..other.len().min(LONGEST)]);
        let mut table = vec![vec![0_u16; b.len() + 1]; a.len() + 1];
        for i in (0..a.len()).rev() {
            for j in (0..b.len()).rev() {
                table[i][j] = if a[i] == b[j] { table[i + 1][j + 1] + 1 } else { table[i + 1][j].max(table[i][j + 1]) };
            }
        }
        let (mut i, mut j) = (0, 0);
        let mut found = Vec::new();
        while i < a.len() && j < b.len() {
            if a[i] == b[j] {
                found.push(j);
                (i, j) = (i + 1, j + 1);
            } else if table[i + 1][j] >= table[i][j + 1] {
                i += 1;
            } else {
                j += 1;
            }
        }
        found
    }

    /// Whether `other` has these words, give or take a few, close together.
    #[must_use]
    pub fn is_in(&self, other: &Self) -> bool {
        let shared = self.shared(other);
        let telling = |words: &Self| words.telling.iter().filter(|telling| **telling).count() as f32;
        let told = shared.iter().filter(|&&j| other.telling[j]).count() as f32;
        let enough = shared.len() as f32 >= ALIKE * self.len() as f32 && told >= ALIKE * telling(self);
        // scattered over a long quote they say something else
        let width = shared.last().zip(shared.first()).map_or(0, |(last, first)| last - first + 1);
        enough && !shared.is_empty() && width <= 2 * self.len() + 2
    }

    /// Whether both say nearly the same, or one is a part of the other that is long enough to be known again.
    #[must_use]
    pub fn is_alike(&self, other: &Self) -> bool {
        let (short, long) = if self.len() < other.len() { (self, other) } else { (other, self) };
        let shared = short.shared(long);
        let told = shared.iter().filter(|&&j| long.telling[j]).count();
        let a_part = told >= KNOWN_AGAIN && shared.len() as f32 >= PART * short.len() as f32 && short.is_in(long);
        a_part || shared.len() as f32 >= ALIKE * long.len() as f32
    }

    /// The words of `other` that are not here.
    #[must_use]
    pub fn differences(&self, other: &Self) -> Vec<Span> {
        let shared = self.shared(other);
        (0..other.len()).filter(|j| shared.binary_search(j).is_err()).map(|j| other.spans[j]).collect()
    }
}

/// Groups wordings that are alike: each group by numbers, the first in it the one that others are held against.
#[must_use]
pub fn groups(wordings: &[Wording]) -> Vec<Vec<usize>> {
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for (i, wording) in wordings.iter().enumerate() {
        match groups.iter_mut().find(|group| wordings[group[0]].is_alike(wording)) {
            Some(group) => group.push(i),
            None => groups.push(vec![i]),
        }
    }
    groups.sort_by_key(|group| (std::cmp::Reverse(group.len()), group[0]));
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_identical_quotes_meet_and_their_differences_are_marked() {
        let texts = [
            "We will never give up the harbour, not now",
            "We will not give up the harbour, not now.",
            "The harbour was cold in March",
            "We will never give up the harbour, not today",
        ];
        let wordings: Vec<Wording> = texts.iter().map(|t| Wording::new(t)).collect();
        assert_eq!(groups(&wordings), [vec![0, 1, 3], vec![2]]);
        let marked: Vec<&str> = wordings[0].differences(&wordings[1]).iter().map(|s| s.of(texts[1])).collect();
        assert_eq!(marked, ["not"]);
        let parted =
            Wording::new("He asked me twice. We will never give up the harbour, not now, not while I sit here, and they know it well.");
        assert!(!Wording::new("Never give up").is_alike(&parted), "too short to be known again");
        assert!(Wording::new("We will never give up the harbour, not while I sit").is_alike(&parted), "one is a part of the other");
        assert!(!Wording::new("I think it is a good thing").is_in(&Wording::new("I think that a company like this is in a good place")));
        let asked = Wording::new("never give up the harbour");
        assert!(asked.is_in(&wordings[0]) && !asked.is_in(&wordings[2]));
    }
}
