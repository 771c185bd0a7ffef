//! Finds names with the model: the best sequence of labels for each run of tokens that may be part of a name.

use std::ops::Range;

use super::evidence::Evidence;
use super::features::{self, View};
use super::{Kind, Name};
use crate::lexicon::name_model::{LABELS, NameModel};

/// Label 0 is no name; 1 + 2k begins a name of the kind at k, 2 + 2k goes on with it.
const KINDS: [Kind; 4] = [Kind::Person, Kind::Location, Kind::Organization, Kind::Misc];

/// The label that begins, or goes on with, a name of `kind`.
pub(super) fn label_of(kind: Kind, begins: bool) -> u8 {
    let at = KINDS.iter().position(|k| *k == kind).unwrap_or(0);
    (1 + 2 * at + usize::from(!begins)) as u8
}

/// Whether label `to` may follow label `from`: a name must begin before it goes on.
pub(super) fn may_follow(from: usize, to: usize) -> bool {
    to == 0 || to % 2 == 1 || from == to || from + 1 == to
}

/// The names in one zone of an article.
pub(super) fn find(model: &NameModel, view: &View<'_>, evidence: &Evidence) -> Vec<Name> {
    let mut names = Vec::new();
    let mut scores: Vec<[i32; LABELS]> = Vec::new();
    let mut seen: Vec<u32> = Vec::with_capacity(128);
    let mut sentence = 0;
    for run in &view.runs {
        while view.sentence_end(sentence) <= run.start {
            sentence += 1;
        }
        scores.clear();
        for i in run.clone() {
            seen.clear();
            features::each(view, evidence, sentence, i, &mut |f| seen.push(f));
            let sum = model.sum(&seen);
            scores.push(std::array::from_fn(|k| i32::from(sum[k])));
        }
        let labels = best_labels(model, &scores);
        names.extend(names_of(&labels).into_iter().map(|(r, kind)| Name::new(run.start + r.start..run.start + r.end, kind)));
    }
    names
}

/// The labels of the highest sum of weights (Viterbi), with no name before and behind.
fn best_labels(model: &NameModel, scores: &[[i32; LABELS]]) -> Vec<u8> {
    const NEVER: i32 = i32::MIN / 4;
    let step = |from: usize, to: usize| if may_follow(from, to) { model.transition(from, to) } else { NEVER };
    let mut best: [i32; LABELS] = std::array::from_fn(|y| step(0, y) + scores[0][y]);
    let mut back: Vec<[u8; LABELS]> = Vec::with_capacity(scores.len());
    for row in &scores[1..] {
        let mut from = [0_u8; LABELS];
        let next = std::array::from_fn(|y| {
            let mut top = i32::MIN;
            for (x, &before) in best.iter().enumerate() {
                let sum = before.saturating_add(step(x, y));
                if sum > top {
                    top = sum;
                    from[y] = x as u8;
                }
            }
            top.saturating_add(row[y])
        });
        best = next;
        back.push(from);
    }
    let mut label = (0..LABELS).max_by_key(|&y| (best[y].saturating_add(step(y, 0)), std::cmp::Reverse(y))).unwrap_or(0) as u8;
    let mut labels = vec![label];
    for from in back.iter().rev() {
        label = from[label as usize];
        labels.push(label);
    }
    labels.reverse();
    labels
}

/// The names that a sequence of labels spells.
pub(super) fn names_of(labels: &[u8]) -> Vec<(Range<usize>, Kind)> {
    let mut names: Vec<(Range<usize>, Kind)> = Vec::new();
    for (i, &label) in labels.iter().enumerate() {
        if label == 0 {
            continue;
        }
        let kind = KINDS[(usize::from(label) - 1) / 2];
        match names.last_mut() {
            Some((range, before)) if label % 2 == 0 && range.end == i && *before == kind => range.end = i + 1,
            _ => names.push((i..i + 1, kind)),
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_spell_names() {
        let labels =
            [label_of(Kind::Person, true), label_of(Kind::Person, false), 0, label_of(Kind::Misc, true), label_of(Kind::Misc, true)];
        assert_eq!(names_of(&labels), [(0..2, Kind::Person), (3..4, Kind::Misc), (4..5, Kind::Misc)]);
    }

    #[test]
    fn a_name_begins_before_it_goes_on() {
        let (begin, inside) = (usize::from(label_of(Kind::Location, true)), usize::from(label_of(Kind::Location, false)));
        assert!(may_follow(begin, inside) && may_follow(inside, inside) && may_follow(inside, begin) && may_follow(inside, 0));
        assert!(!may_follow(0, inside) && !may_follow(usize::from(label_of(Kind::Person, true)), inside));
    }
}
