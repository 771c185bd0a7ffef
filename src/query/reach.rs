//! Which places of words fit together: phrases, words near each other, words of one sentence. The index and the highlights
//! both ask here, so that what is lit is what was found.

use std::ops::Range;

use super::ast::Reach;

/// So many pairs of places in one text are tried one by one; of more, only neighbours.
const PAIRS: usize = 1024;

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
/// `breaks` are the first words of the sentences or paragraphs, sorted. Of two parts all pairs are told; of more, or where there
/// are more than 1024, not every combination, which would be without bound, but at least one with each place that has one.
/// What was compared is added to `steps`.
pub fn together<P: Place>(parts: &[Vec<P>], reach: Reach, breaks: &[u32], steps: &mut usize) -> Vec<P> {
    *steps += parts.iter().map(Vec::len).sum::<usize>();
    let sweeps = match (reach, parts) {
        (Reach::Phrase | Reach::Words(_) | Reach::Ahead(_), _) => false,
        (_, [one, other]) if one.len() * other.len() > PAIRS => {
            let reached = Reached::new(other, reach, breaks, width(2, reach));
            one.iter().map(|place| reached.by(place).len()).sum::<usize>() > PAIRS
        }
        (_, parts) => parts.len() > 2,
    };
    if sweeps { swept(parts, reach, breaks, steps) } else { joined(parts, reach, breaks, steps) }
}

/// How far the places of so many parts may spread.
fn width(parts: usize, reach: Reach) -> u32 {
    match reach {
        Reach::Loose(slop) => (parts as u32).saturating_sub(1).saturating_add(slop),
        _ => u32::MAX,
    }
}

/// The places of a part, as far as another may reach them.
struct Reached<'a, P> {
    part: &'a [P],
    reach: Reach,
    breaks: &'a [u32],
    width: u32,
    /// How many words the longest of the places has behind its first.
    longest: u32,
}

impl<'a, P: Place> Reached<'a, P> {
    fn new(part: &'a [P], reach: Reach, breaks: &'a [u32], width: u32) -> Self {
        let longest = part.iter().map(|place| place.last() - place.first()).max().unwrap_or(0);
        Self { part, reach, breaks, width, longest }
    }

    /// Those that begin where they may stand together with `a`.
    fn by(&self, a: &P) -> Range<usize> {
        let (from, to) = match self.reach {
            Reach::Phrase => (a.last() + 1, a.last() + 1),
            Reach::Loose(_) => (a.last().saturating_sub(self.width), a.first().saturating_add(self.width)),
            Reach::Words(n) => (a.first().saturating_sub(n.saturating_add(self.longest)), a.last().saturating_add(n)),
            Reach::Ahead(n) => (a.last() + 1, a.last().saturating_add(n)),
            Reach::Sentence | Reach::Paragraph => unit(self.breaks, a.first()),
        };
        let start = self.part.partition_point(|b| b.first() < from);
        start..start + self.part[start..].partition_point(|b| b.first() <= to)
    }

    /// The same, but only neighbours of each other.
    fn neighbours<T>(&self, found: &[(P, T)]) -> Vec<(usize, usize)> {
        let mut pairs = Vec::new();
        let around = |at: usize, within: Range<usize>| at.saturating_sub(NEAREST).max(within.start)..(at + NEAREST).min(within.end);
        for (i, (a, _)) in found.iter().enumerate() {
            for at in [self.part.partition_point(|b| b.first() < a.first()), self.part.partition_point(|b| b.first() <= a.last())] {
                pairs.extend(around(at, self.by(a)).map(|j| (i, j)));
            }
        }
        for (j, b) in self.part.iter().enumerate() {
            let at = found.partition_point(|(a, _)| a.first() < b.first());
            pairs.extend(around(at, 0..found.len()).filter(|&i| self.by(&found[i].0).contains(&j)).map(|i| (i, j)));
        }
        pairs.sort_unstable();
        pairs.dedup();
        pairs
    }

    /// Whether `a` and `b`, which share no word, fit.
    fn fit(&self, a: &P, b: &P, both: &P) -> bool {
        match self.reach {
            Reach::Phrase => b.first() == a.last() + 1,
            Reach::Loose(_) => both.last() - both.first() <= self.width,
            Reach::Words(n) => a.first().saturating_sub(b.last()).max(b.first().saturating_sub(a.last())) <= n,
            Reach::Ahead(n) => b.first() > a.last() && b.first() - a.last() <= n,
            Reach::Sentence | Reach::Paragraph => both.last() <= unit(self.breaks, a.first()).1,
        }
    }
}

/// Joins part after part to what was joined before.
fn joined<P: Place>(parts: &[Vec<P>], reach: Reach, breaks: &[u32], steps: &mut usize) -> Vec<P> {
    let Some((head, tail)) = parts.split_first() else { return Vec::new() };
    // of more than two parts one may stand between two others: then it must be known what they take up
    let several = tail.len() > 1 && reach != Reach::Phrase;
    let taken = |place: &P| if several { vec![(place.first(), place.last())] } else { Vec::new() };
    let mut found: Vec<(P, Vec<(u32, u32)>)> = head.iter().map(|place| (place.clone(), taken(place))).collect();
    for part in tail {
        let reached = Reached::new(part, reach, breaks, width(parts.len(), reach));
        let crowded =
            matches!(reach, Reach::Words(_) | Reach::Ahead(_)) && found.iter().map(|(a, _)| reached.by(a).len()).sum::<usize>() > PAIRS;
        if crowded {
            found = thinned(found);
        }
        let pairs: Box<dyn Iterator<Item = (usize, usize)>> = if crowded {
            Box::new(reached.neighbours(&found).into_iter())
        } else {
            Box::new(found.iter().enumerate().flat_map(|(i, (a, _))| reached.by(a).map(move |j| (i, j))))
        };
        let mut joined: Vec<(P, Vec<(u32, u32)>)> = Vec::new();
        for (i, j) in pairs {
            *steps += 1;
            let ((a, taken), b) = (&found[i], &part[j]);
            let free = || taken.iter().all(|part| part.1 < b.first() || b.last() < part.0);
            // one word cannot be two
            if !(apart(a, b) || several && free()) {
                continue;
            }
            let both = a.with(b);
            if reached.fit(a, b, &both) {
                let parts = if several { [&taken[..], &[(b.first(), b.last())]].concat() } else { Vec::new() };
                joined.push((both, parts));
            }
        }
        joined.sort_by_key(|(place, _)| (place.first(), place.last()));
        found = joined;
    }
    found.into_iter().map(|(place, _)| place).collect()
}

/// How many neighbours, on either side.
const NEAREST: usize = 2;

/// Of sorted places that begin with one word, the shortest and the longest.
fn thinned<P: Place, T>(places: Vec<(P, T)>) -> Vec<(P, T)> {
    let mut kept: Vec<(P, T)> = Vec::new();
    let mut of_one = 0;
    for place in places {
        of_one = if kept.last().is_some_and(|last| last.0.first() == place.0.first()) { of_one + 1 } else { 1 };
        if of_one > 2 {
            kept.pop();
        }
        kept.push(place);
    }
    kept
}

/// Goes through the stretches of a text in which parts can stand together, and tells one combination of places with each
/// place that has one.
fn swept<P: Place>(parts: &[Vec<P>], reach: Reach, breaks: &[u32], steps: &mut usize) -> Vec<P> {
    let width = width(parts.len(), reach);
    let mut starts: Vec<u32> = parts.iter().flatten().map(Place::first).collect();
    starts.sort_unstable();
    starts.dedup();
    let mut told: Vec<Vec<bool>> = parts.iter().map(|part| vec![false; part.len()]).collect();
    let mut windows = vec![(0, 0); parts.len()];
    let mut found = Vec::new();
    let mut behind = None;
    for start in starts {
        let (from, to) = match reach {
            Reach::Loose(_) => (start, start.saturating_add(width)),
            _ => unit(breaks, start),
        };
        // a sentence is looked at once
        if behind.is_some_and(|behind| from <= behind) {
            continue;
        }
        behind = Some(if matches!(reach, Reach::Loose(_)) { from } else { to });
        for (part, window) in parts.iter().zip(&mut windows) {
            window.0 += part[window.0..].iter().take_while(|p| p.first() < from).count();
            window.1 = window.0.max(window.1);
            window.1 += part[window.1..].iter().take_while(|p| p.first() <= to).count();
        }
        if windows.iter().any(|window| window.0 == window.1) {
            continue;
        }
        let Some(chosen) = choose(parts, &windows, to, None, steps) else { continue };
        for (i, part) in parts.iter().enumerate() {
            for at in windows[i].0..windows[i].1 {
                if told[i][at] || part[at].last() > to {
                    continue;
                }
                let mut own = chosen.clone();
                own[i] = at;
                let free = |(j, &other): (usize, &usize)| j == i || apart(&parts[j][other], &part[at]);
                if !own.iter().enumerate().all(free) {
                    let Some(other) = choose(parts, &windows, to, Some((i, at)), steps) else { continue };
                    own = other;
                }
                own.iter().enumerate().for_each(|(j, &at)| told[j][at] = true);
                let places = parts.iter().zip(&own).map(|(part, &at)| part[at].clone());
                found.extend(places.reduce(|all, place| all.with(&place)));
            }
        }
    }
    found.sort_by_key(|place| (place.first(), place.last()));
    found
}

/// Whether two places have no word in common.
fn apart<P: Place>(one: &P, other: &P) -> bool {
    one.last() < other.first() || other.last() < one.first()
}

/// One place of each part within its window, up to word `to`, no two on one word; `fixed` says which a part must have.
fn choose<P: Place>(
    parts: &[Vec<P>],
    windows: &[(usize, usize)],
    to: u32,
    fixed: Option<(usize, usize)>,
    steps: &mut usize,
) -> Option<Vec<usize>> {
    // among as many places as there are parts, one is free of single words
    let most = parts.len();
    let range = |i: usize| match fixed {
        Some((part, at)) if part == i => at..at + 1,
        _ => windows[i].0..windows[i].1.min(windows[i].0 + most),
    };
    let mut order: Vec<usize> = (0..parts.len()).collect();
    order.sort_by_key(|&i| range(i).len());
    let mut chosen: Vec<usize> = Vec::with_capacity(parts.len());
    let mut next = range(order[0]).start;
    for _ in 0..STEPS * parts.len() {
        *steps += 1;
        let i = order[chosen.len()];
        if next >= range(i).end {
            // back to the part before, and on with its next place
            next = chosen.pop()? + 1;
            continue;
        }
        let place = &parts[i][next];
        if place.last() <= to && order.iter().zip(&chosen).all(|(&j, &at)| apart(&parts[j][at], place)) {
            chosen.push(next);
            if chosen.len() == parts.len() {
                let mut by_part = vec![0; parts.len()];
                order.iter().zip(&chosen).for_each(|(&i, &at)| by_part[i] = at);
                return Some(by_part);
            }
            next = range(order[chosen.len()]).start;
        } else {
            next += 1;
        }
    }
    None
}

/// So many steps for each part are tried to find places for all.
const STEPS: usize = 32;

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

    fn together(parts: &[Vec<(u32, u32)>], reach: Reach, breaks: &[u32]) -> Vec<(u32, u32)> {
        super::together(parts, reach, breaks, &mut 0)
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
    fn work_is_bounded_by_the_number_of_places() {
        // eight words, each of which is an eighth of a text
        let parts: Vec<Vec<(u32, u32)>> = (0..8).map(|part| (0..200).map(|i| (i * 8 + part, i * 8 + part)).collect()).collect();
        let breaks: Vec<u32> = (0..10).map(|i| i * 160).collect();
        for reach in [Reach::Loose(100), Reach::Loose(1000), Reach::Sentence, Reach::Paragraph] {
            let mut steps = 0;
            let found = super::together(&parts, reach, &breaks, &mut steps);
            assert!(!found.is_empty() && steps <= 64 * 8 * 200, "{reach:?}: {steps}");
        }
        let mut steps = 0;
        let mut chain = parts[0].clone();
        for part in &parts[1..] {
            chain = super::together(&[chain, part.clone()], Reach::Words(100), &[], &mut steps);
            assert!(!chain.is_empty());
        }
        assert!(steps <= 64 * 8 * 200, "{steps}");
    }

    #[test]
    fn pairs_that_are_near_are_all_told() {
        let (a, b) = (at(&(0..100).collect::<Vec<_>>()), at(&[103, 104, 200]));
        let found = together(&[a, b], Reach::Words(5), &[]);
        assert_eq!(found, [(98, 103), (99, 103), (99, 104)]);
        // a long part may begin far before what it stands near
        assert_eq!(together(&[at(&[500]), vec![(300, 499)]], Reach::Words(1), &[]), [(300, 500)]);
        // where there are too many pairs, each place that has one is told of all the same
        let (a, b) = (at(&(0..400).collect::<Vec<_>>()), at(&(450..850).collect::<Vec<_>>()));
        let found = together(&[a, b], Reach::Words(500), &[]);
        let told: std::collections::BTreeSet<u32> = found.iter().flat_map(|place| [place.0, place.1]).collect();
        assert_eq!(told.len(), 800);
    }

    #[test]
    fn each_place_that_fits_is_told_of() {
        let parts = [at(&[1, 4, 40]), at(&[2, 5]), at(&[3, 60])];
        assert_eq!(together(&parts, Reach::Loose(3), &[]), [(1, 3), (1, 5), (2, 4)]);
        // one word is looked for three times, and two of them
        assert_eq!(together(&[at(&[1, 2]), at(&[1, 2]), at(&[1, 2])], Reach::Sentence, &[]), []);
        assert_eq!(together(&[at(&[1, 2, 3]), at(&[1, 2, 3]), at(&[1])], Reach::Sentence, &[])[0], (1, 3));
    }

    #[test]
    fn one_word_is_not_two() {
        assert!(together(&[at(&[3]), at(&[3])], Reach::Words(5), &[]).is_empty());
        assert_eq!(together(&[at(&[3, 4]), at(&[3, 4])], Reach::Loose(0), &[]).len(), 2);
    }
}
