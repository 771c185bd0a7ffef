//! Which places of words fit together: phrases, words near each other, words of one sentence. The index and the highlights
//! both ask here, so that what is lit is what was found.

use super::ast::Reach;

/// More places than this of one pattern in one text are not told apart.
const MOST: usize = 10_000;

/// Where a pattern was found, counted in words.
pub trait Place: Clone {
    /// The first word.
    fn first(&self) -> u32;
    /// The last word.
    fn last(&self) -> u32;
    /// Both as one.
    fn with(&self, other: &Self) -> Self;
}

impl Place for (u32, u32) {
    fn first(&self) -> u32 {
        self.0
    }
    fn last(&self) -> u32 {
        self.1
    }
    fn with(&self, other: &Self) -> Self {
        (self.0.min(other.0), self.1.max(other.1))
    }
}

/// The places where one place of each part fits together as `reach` says. Each part's places are sorted by their first word.
/// `breaks` are the first words of the sentences or paragraphs, sorted.
pub fn together<P: Place>(parts: &[Vec<P>], reach: Reach, breaks: &[u32]) -> Vec<P> {
    let Some((head, tail)) = parts.split_first() else { return Vec::new() };
    // of more than two parts one may stand between two others: then it must be known what they take up
    let several = tail.len() > 1 && reach != Reach::Phrase;
    let taken = |place: &P| if several { vec![(place.first(), place.last())] } else { Vec::new() };
    let mut found: Vec<(P, Vec<(u32, u32)>)> = head.iter().map(|place| (place.clone(), taken(place))).collect();
    let width = match reach {
        Reach::Loose(slop) => (parts.len() as u32).saturating_sub(1).saturating_add(slop),
        _ => u32::MAX,
    };
    for part in tail {
        let mut joined: Vec<(P, Vec<(u32, u32)>)> = Vec::new();
        'all: for (a, parts) in &found {
            let (from, to) = match reach {
                Reach::Phrase => (a.last() + 1, a.last() + 1),
                Reach::Loose(_) => (a.last().saturating_sub(width), a.first().saturating_add(width)),
                Reach::Words(n) => (a.first().saturating_sub(n.saturating_add(LONGEST)), a.last().saturating_add(n)),
                Reach::Sentence | Reach::Paragraph => unit(breaks, a.first()),
            };
            let start = part.partition_point(|b| b.first() < from);
            for b in part[start..].iter().take_while(|b| b.first() <= to) {
                let apart = if b.first() > a.last() {
                    b.first() - a.last()
                } else if a.first() > b.last() {
                    a.first() - b.last()
                } else if several && parts.iter().all(|part| part.1 < b.first() || b.last() < part.0) {
                    0
                } else {
                    continue; // one word cannot be two
                };
                let both = a.with(b);
                let fits = match reach {
                    Reach::Phrase => b.first() == a.last() + 1,
                    Reach::Loose(_) => both.last() - both.first() <= width,
                    Reach::Words(n) => apart <= n,
                    Reach::Sentence | Reach::Paragraph => both.last() <= to,
                };
                if fits {
                    let parts = if several { parts.iter().copied().chain([(b.first(), b.last())]).collect() } else { Vec::new() };
                    joined.push((both, parts));
                    if joined.len() >= MOST {
                        break 'all;
                    }
                }
            }
        }
        joined.sort_by_key(|(place, _)| (place.first(), place.last()));
        found = joined;
    }
    found.into_iter().map(|(place, _)| place).collect()
}

/// A pattern is seldom longer than this many words, when it stands near another.
const LONGEST: u32 = 64;

/// The first and the last word of the sentence or paragraph that word `at` stands in.
fn unit(breaks: &[u32], at: u32) -> (u32, u32) {
    let next = breaks.partition_point(|&b| b <= at);
    let from = if next == 0 { 0 } else { breaks[next - 1] };
    (from, breaks.get(next).map_or(u32::MAX, |&b| b.saturating_sub(1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(places: &[u32]) -> Vec<(u32, u32)> {
        places.iter().map(|&p| (p, p)).collect()
    }

    #[test]
    fn places_fit_together() {
        let (a, b) = (at(&[0, 10, 20]), at(&[1, 9, 24]));
        assert_eq!(together(&[a.clone(), b.clone()], Reach::Phrase, &[]), [(0, 1)]);
        assert_eq!(together(&[a.clone(), b.clone()], Reach::Words(1), &[]), [(0, 1), (9, 10)]);
        assert_eq!(together(&[a.clone(), b.clone()], Reach::Words(4), &[]), [(0, 1), (9, 10), (20, 24)]);
        assert_eq!(together(&[a.clone(), b.clone()], Reach::Loose(0), &[]), [(0, 1), (9, 10)]);
        assert_eq!(together(&[a, b], Reach::Sentence, &[0, 10, 22]), [(0, 1), (0, 9)]);
        // a third part may stand between the first and the second
        assert_eq!(together(&[at(&[1]), at(&[5]), at(&[3])], Reach::Sentence, &[0, 9]), [(1, 5)]);
        assert_eq!(together(&[at(&[1]), at(&[3]), at(&[2])], Reach::Loose(0), &[]), [(1, 3)]);
        assert_eq!(together(&[at(&[1]), at(&[3]), at(&[3])], Reach::Loose(5), &[]), []);
    }

    #[test]
    fn one_word_is_not_two() {
        assert!(together(&[at(&[3]), at(&[3])], Reach::Words(5), &[]).is_empty());
        assert_eq!(together(&[at(&[3, 4]), at(&[3, 4])], Reach::Loose(0), &[]).len(), 2);
    }
}
