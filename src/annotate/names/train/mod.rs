//! Trains the model of names: a linear-chain conditional random field over the features of `features`.
//!
//! The same documents and settings give the same bytes: the work is cut into a fixed number of parts, whose sums are added in
//! order, whichever thread is done first.

mod copies;
mod lbfgs;
mod objective;
#[cfg(test)]
mod tests;

use rustc_hash::FxHashMap;

use super::Kind;
use super::evidence::Evidence;
use super::features::{self, View};
use super::tagger::{self, label_of};
use crate::annotate::text::Text;
use crate::annotation::Zone;
use crate::lexicon::name_lists::NameLists;
use crate::lexicon::name_model::{LABELS, NameModel};
use crate::span::Span;
use objective::{Data, Sequence, Weights};

/// A text with its names marked, or a part of one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Passage {
    /// The text.
    pub text: String,
    /// The names in it, in order, never overlapping.
    pub names: Vec<(Span, Kind)>,
}

/// Passages of one article, which tell of each other's names.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {
    /// In order.
    pub passages: Vec<Passage>,
    /// How often it counts.
    pub weight: f32,
}

/// How to train.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// How often a feature must occur to be looked at.
    pub min_count: u32,
    /// The penalty on the square of the weights, halved.
    pub penalty: f32,
    /// Steps of the first round, with all features.
    pub steps: usize,
    /// Steps of the second round, with the features that are kept.
    pub last_steps: usize,
    /// How many features are kept: those of the largest weights.
    pub rows: usize,
    /// How much the copies of sentences in headline case and in capitals count.
    pub copies: f32,
}

impl Default for Settings {
    fn default() -> Self {
        Self { min_count: 2, penalty: 1.0, steps: 90, last_steps: 30, rows: 190_000, copies: 0.3 }
    }
}

/// How well names were found: exact spans of one kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Names marked in the text.
    pub marked: usize,
    /// Names found.
    pub found: usize,
    /// Names found with the very span and kind that is marked.
    pub right: usize,
}

impl Counts {
    /// The harmonic mean of precision and recall, in per cent.
    #[must_use]
    pub fn f1(&self) -> f64 {
        200.0 * self.right as f64 / (self.marked + self.found).max(1) as f64
    }
}

/// What training gives: all of a model but its head.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Fitted {
    transitions: [[i16; LABELS]; LABELS],
    rows: Vec<(u32, [i8; LABELS])>,
}

impl Fitted {
    /// The file of the model, with `head` as what it says of itself.
    #[must_use]
    pub fn file(&self, head: &[(String, String)]) -> Vec<u8> {
        NameModel::write(head, &self.transitions, &self.rows)
    }
}

/// Trains a model; `progress` is told what goes on.
#[must_use]
pub fn train(lists: &NameLists, documents: &[Document], settings: &Settings, progress: &mut dyn FnMut(&str)) -> Fitted {
    let (index, data) = prepare(lists, documents, settings);
    progress(&format!("{} tokens in {} runs, {} features", data.tokens(), data.sequences.len(), index.len()));
    let weights = objective::fit(&data, Weights::zero(index.len()), settings.penalty, settings.steps, progress);
    let (index, data, weights) = keep_largest(&index, data, &weights, settings.rows);
    progress(&format!("{} features kept", index.len()));
    let weights = objective::fit(&data, weights, settings.penalty, settings.last_steps, progress);
    quantize(&index, &weights)
}

/// How well a model finds the names of `documents`: people, locations, organizations, others.
#[must_use]
pub fn evaluate(lists: &NameLists, model: &NameModel, documents: &[Document]) -> [(Kind, Counts); 4] {
    let mut counts = [Kind::Person, Kind::Location, Kind::Organization, Kind::Misc].map(|k| (k, Counts::default()));
    for document in documents {
        let texts: Vec<Text<'_>> = document.passages.iter().map(|p| Text::new(Zone::Body, &p.text)).collect();
        let views: Vec<View<'_>> = texts.iter().map(|t| View::new(lists, t)).collect();
        let evidence = Evidence::new(&views);
        for ((passage, text), view) in document.passages.iter().zip(&texts).zip(&views) {
            let found: Vec<(Span, Kind)> = tagger::find(model, view, &evidence).into_iter().map(|n| (n.span(text), n.kind)).collect();
            for (kind, count) in &mut counts {
                count.marked += passage.names.iter().filter(|(_, k)| k == kind).count();
                count.found += found.iter().filter(|(_, k)| k == kind).count();
                count.right += found.iter().filter(|n| n.1 == *kind && passage.names.contains(n)).count();
            }
        }
    }
    counts
}

/// The features that occur often enough, numbered in rising order, and the runs of tokens as numbers.
fn prepare(lists: &NameLists, documents: &[Document], settings: &Settings) -> (Vec<u32>, Data) {
    let mut data = Data::default();
    for (number, document) in documents.iter().enumerate() {
        let texts: Vec<Text<'_>> = document.passages.iter().map(|p| Text::new(Zone::Body, &p.text)).collect();
        let views: Vec<View<'_>> = texts.iter().map(|t| View::new(lists, t)).collect();
        let evidence = Evidence::new(&views);
        for ((passage, text), view) in document.passages.iter().zip(&texts).zip(&views) {
            add_passage(&mut data, text, view, &evidence, &passage.names, document.weight);
        }
        if settings.copies > 0.0 {
            for passage in copies::of(&document.passages, &texts, number) {
                let text = Text::new(Zone::Body, &passage.text);
                let view = View::new(lists, &text);
                add_passage(&mut data, &text, &view, &evidence, &passage.names, document.weight * settings.copies);
            }
        }
    }
    let mut counts: FxHashMap<u32, u32> = FxHashMap::default();
    for &feature in &data.features {
        *counts.entry(feature).or_default() += 1;
    }
    let mut index: Vec<u32> = counts.into_iter().filter(|(_, c)| *c >= settings.min_count).map(|(f, _)| f).collect();
    index.sort_unstable();
    let number: FxHashMap<u32, u32> = index.iter().zip(0..).map(|(&f, k)| (f, k)).collect();
    data.renumber(|f| number.get(&f).copied());
    (index, data)
}

fn add_passage(data: &mut Data, text: &Text<'_>, view: &View<'_>, evidence: &Evidence, names: &[(Span, Kind)], weight: f32) {
    let mut labels = vec![0_u8; text.tokens.len()];
    for (span, kind) in names {
        for i in (text.token_at(span.start)..text.tokens.len()).take_while(|&i| text.tokens[i].span.start < span.end) {
            labels[i] = label_of(*kind, i == text.token_at(span.start));
        }
    }
    for run in &view.runs {
        let sentence = text.sentence_of(run.start);
        let first = data.labels.len();
        for i in run.clone() {
            features::each(view, evidence, sentence, i, &mut |f| data.features.push(f));
            data.ends.push(data.features.len());
            // a name that began before the run begins with it
            let label = labels[i];
            let begins = label == 0 || label % 2 == 1 || i > run.start && tagger::may_follow(labels[i - 1].into(), label.into());
            data.labels.push(if begins { label } else { label - 1 });
        }
        data.sequences.push(Sequence { tokens: first..data.labels.len(), weight });
    }
}

/// Leaves only the `rows` features whose largest weight is largest.
fn keep_largest(index: &[u32], mut data: Data, weights: &Weights, rows: usize) -> (Vec<u32>, Data, Weights) {
    let size = |k: usize| weights.row(k).iter().fold(0.0_f32, |m, w| m.max(w.abs()));
    let mut order: Vec<usize> = (0..index.len()).collect();
    order.sort_by(|&a, &b| size(b).total_cmp(&size(a)).then(a.cmp(&b)));
    order.truncate(rows);
    order.sort_unstable();
    let mut number = vec![None; index.len()];
    for (new, &old) in order.iter().enumerate() {
        number[old] = Some(new as u32);
    }
    data.renumber(|f| number[f as usize]);
    (order.iter().map(|&k| index[k]).collect(), data, weights.select(&order))
}

/// The weights in eight bits, so that the largest but one in ten thousand fits.
fn quantize(index: &[u32], weights: &Weights) -> Fitted {
    let mut sizes: Vec<f32> = (0..index.len()).flat_map(|k| weights.row(k).iter().map(|w| w.abs())).collect();
    sizes.sort_by(f32::total_cmp);
    let top = sizes.iter().rev().nth(sizes.len() / 10_000).copied().unwrap_or(1.0).max(1e-3);
    let scale = 127.0 / top;
    let rows = index
        .iter()
        .enumerate()
        .map(|(k, &feature)| (feature, std::array::from_fn(|y| (weights.row(k)[y] * scale).round().clamp(-127.0, 127.0) as i8)))
        .filter(|(_, row): &(u32, [i8; LABELS])| row.iter().any(|w| *w != 0))
        .collect();
    let transitions =
        std::array::from_fn(|x| std::array::from_fn(|y| (weights.transition(x, y) * scale).round().clamp(-32000.0, 32000.0) as i16));
    Fitted { transitions, rows }
}
