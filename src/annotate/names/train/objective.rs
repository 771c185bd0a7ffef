//! What training minimizes: how improbable the marked labels are, and a penalty on large weights.

use std::ops::Range;

use super::lbfgs;
use crate::annotate::names::tagger::may_follow;
use crate::lexicon::name_model::LABELS;

/// How many parts the data is cut into; fixed, so that sums are always added alike.
const PARTS: usize = 2;

/// The training data as numbers.
#[derive(Debug, Default)]
pub(super) struct Data {
    /// The features of all tokens, one after the other.
    pub(super) features: Vec<u32>,
    /// Where those of each token end.
    pub(super) ends: Vec<usize>,
    /// Of each token.
    pub(super) labels: Vec<u8>,
    /// The runs.
    pub(super) sequences: Vec<Sequence>,
}

/// A run of tokens that may be part of a name.
#[derive(Debug)]
pub(super) struct Sequence {
    pub(super) tokens: Range<usize>,
    /// How often it counts.
    pub(super) weight: f32,
}

impl Data {
    pub(super) fn tokens(&self) -> usize {
        self.labels.len()
    }

    fn features_of(&self, token: usize) -> &[u32] {
        let start = if token == 0 { 0 } else { self.ends[token - 1] };
        &self.features[start..self.ends[token]]
    }

    /// Gives each feature another number, or none.
    pub(super) fn renumber(&mut self, number: impl Fn(u32) -> Option<u32>) {
        let (mut read, mut written) = (0, 0);
        for end in &mut self.ends {
            while read < *end {
                if let Some(n) = number(self.features[read]) {
                    self.features[written] = n;
                    written += 1;
                }
                read += 1;
            }
            *end = written;
        }
        self.features.truncate(written);
        self.features.shrink_to_fit();
    }
}

/// The weights: a row for each feature, then those from label to label.
#[derive(Clone, Debug)]
pub(super) struct Weights(Vec<f32>);

impl Weights {
    pub(super) fn zero(features: usize) -> Self {
        Self(vec![0.0; (features + LABELS) * LABELS])
    }

    pub(super) fn row(&self, feature: usize) -> &[f32] {
        &self.0[feature * LABELS..(feature + 1) * LABELS]
    }

    pub(super) fn transition(&self, from: usize, to: usize) -> f32 {
        self.0[self.0.len() - LABELS * LABELS + from * LABELS + to]
    }

    pub(super) fn select(&self, features: &[usize]) -> Self {
        let mut kept: Vec<f32> = features.iter().flat_map(|&f| self.row(f)).copied().collect();
        kept.extend(&self.0[self.0.len() - LABELS * LABELS..]);
        Self(kept)
    }
}

/// The weights of the least value, sought from `start`.
pub(super) fn fit(data: &Data, start: Weights, penalty: f32, steps: usize, progress: &mut dyn FnMut(&str)) -> Weights {
    let shares = parts(data);
    let value = |x: &[f32], slope: &mut Vec<f32>| {
        let mut sums: Vec<(f64, Vec<f32>)> = std::thread::scope(|scope| {
            let threads: Vec<_> = shares.iter().map(|s| scope.spawn(|| loss(data, x, s.clone()))).collect();
            threads.into_iter().filter_map(|t| t.join().ok()).collect()
        });
        let (mut sum, first) = sums.remove(0);
        *slope = first;
        for (more, part) in &sums {
            sum += more;
            slope.iter_mut().zip(part).for_each(|(a, b)| *a += b);
        }
        slope.iter_mut().zip(x).for_each(|(a, w)| *a += penalty * w);
        sum + 0.5 * f64::from(penalty) * lbfgs::dot(x, x)
    };
    Weights(lbfgs::minimize(start.0, steps, value, |step, value| {
        if step % 10 == 0 {
            progress(&format!("step {step} of {steps}: {value:.0}"));
        }
    }))
}

/// The sequences cut into parts of about as many tokens each.
fn parts(data: &Data) -> Vec<Range<usize>> {
    let mut cuts = vec![0];
    for part in 1..PARTS {
        cuts.push(data.sequences.partition_point(|s| s.tokens.start < data.tokens() * part / PARTS));
    }
    cuts.push(data.sequences.len());
    cuts.windows(2).map(|w| w[0]..w[1]).collect()
}

/// The sum of minus the logarithms of the probabilities of the marked labels, and its slope.
fn loss(data: &Data, x: &[f32], sequences: Range<usize>) -> (f64, Vec<f32>) {
    let mut slope = vec![0.0; x.len()];
    let base = x.len() - LABELS * LABELS;
    // The weights from label to label as factors.
    let steps: [[f32; LABELS]; LABELS] =
        std::array::from_fn(|a| std::array::from_fn(|b| if may_follow(a, b) { x[base + a * LABELS + b].exp() } else { 0.0 }));
    let mut expected = [[0.0_f64; LABELS]; LABELS];
    let mut sum = 0.0;
    let mut work = Lattice::default();
    for sequence in &data.sequences[sequences] {
        let tokens = sequence.tokens.clone();
        work.run(data, x, &steps, tokens.clone());
        let weight = sequence.weight;
        let mut loss = work.logarithm;
        let mut before = 0;
        for (k, i) in tokens.clone().enumerate() {
            let label = usize::from(data.labels[i]);
            loss -= f64::from(work.scores[k][label] + x[base + before * LABELS + label]);
            expected[before][label] -= f64::from(weight);
            before = label;
            let mut row = work.shares[k].map(|p| p * weight);
            row[label] -= weight;
            for &f in data.features_of(i) {
                let at = f as usize * LABELS;
                for (s, r) in slope[at..at + LABELS].iter_mut().zip(row) {
                    *s += r;
                }
            }
        }
        loss -= f64::from(x[base + before * LABELS]);
        expected[before][0] -= f64::from(weight);
        work.add_steps(&steps, f64::from(weight), &mut expected);
        sum += loss * f64::from(weight);
    }
    for (s, e) in slope[base..].iter_mut().zip(expected.iter().flatten()) {
        *s = *e as f32;
    }
    (sum, slope)
}

/// Forward and backward sums over one sequence, scaled at each token.
#[derive(Default)]
struct Lattice {
    scores: Vec<[f32; LABELS]>,
    /// Scores as factors, against the largest of the token.
    factors: Vec<[f32; LABELS]>,
    forward: Vec<[f32; LABELS]>,
    backward: Vec<[f32; LABELS]>,
    /// What each forward row was divided by.
    scales: Vec<f32>,
    /// The probability of each label at each token.
    shares: Vec<[f32; LABELS]>,
    /// The logarithm of the sum over all sequences of labels.
    logarithm: f64,
    /// The scaled sum at the end.
    total: f32,
}

impl Lattice {
    fn run(&mut self, data: &Data, x: &[f32], steps: &[[f32; LABELS]; LABELS], tokens: Range<usize>) {
        let n = tokens.len();
        self.scores.clear();
        self.factors.clear();
        self.forward.clear();
        self.scales.clear();
        self.logarithm = 0.0;
        for i in tokens {
            let mut score = [0.0; LABELS];
            for &f in data.features_of(i) {
                let at = f as usize * LABELS;
                for (s, w) in score.iter_mut().zip(&x[at..at + LABELS]) {
                    *s += w;
                }
            }
            let top = score.iter().fold(f32::MIN, |m, s| m.max(*s));
            self.logarithm += f64::from(top);
            self.factors.push(score.map(|s| (s - top).exp()));
            self.scores.push(score);
        }
        for k in 0..n {
            let mut row = [0.0; LABELS];
            for (y, r) in row.iter_mut().enumerate() {
                let into: f32 = if k == 0 { steps[0][y] } else { (0..LABELS).map(|z| self.forward[k - 1][z] * steps[z][y]).sum() };
                *r = into * self.factors[k][y];
            }
            let scale = row.iter().sum::<f32>().max(f32::MIN_POSITIVE);
            self.logarithm += f64::from(scale.ln());
            self.scales.push(scale);
            self.forward.push(row.map(|r| r / scale));
        }
        self.total = (0..LABELS).map(|y| self.forward[n - 1][y] * steps[y][0]).sum();
        self.logarithm += f64::from(self.total.ln());
        self.backward.clear();
        self.backward.resize(n, [0.0; LABELS]);
        self.backward[n - 1] = std::array::from_fn(|y| steps[y][0] / self.total);
        for k in (1..n).rev() {
            let ahead: [f32; LABELS] = std::array::from_fn(|y| self.factors[k][y] * self.backward[k][y] / self.scales[k]);
            self.backward[k - 1] = std::array::from_fn(|z| (0..LABELS).map(|y| steps[z][y] * ahead[y]).sum());
        }
        self.shares.clear();
        for k in 0..n {
            self.shares.push(std::array::from_fn(|y| self.forward[k][y] * self.backward[k][y]));
        }
    }

    /// Adds how often each step from label to label is expected.
    fn add_steps(&self, steps: &[[f32; LABELS]; LABELS], weight: f64, expected: &mut [[f64; LABELS]; LABELS]) {
        let n = self.shares.len();
        for (y, share) in self.shares[0].iter().enumerate() {
            expected[0][y] += f64::from(*share) * weight;
        }
        for (row, share) in expected.iter_mut().zip(&self.shares[n - 1]) {
            row[0] += f64::from(*share) * weight;
        }
        for k in 1..n {
            for z in 0..LABELS {
                let from = self.forward[k - 1][z] / self.scales[k];
                for y in 0..LABELS {
                    let p = from * steps[z][y] * self.factors[k][y] * self.backward[k][y];
                    expected[z][y] += f64::from(p) * weight;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two sequences over four features.
    fn data() -> Data {
        Data {
            features: vec![0, 1, 2, 0, 3, 1, 2],
            ends: vec![2, 3, 5, 6, 7],
            labels: vec![1, 2, 0, 3, 5],
            sequences: vec![Sequence { tokens: 0..3, weight: 1.0 }, Sequence { tokens: 3..5, weight: 2.0 }],
        }
    }

    #[test]
    fn the_slope_is_that_of_the_value() {
        let data = data();
        let x: Vec<f32> = (0..(4 + LABELS) * LABELS).map(|k| ((k * 37 % 11) as f32 - 5.0) / 7.0).collect();
        let (_, slope) = loss(&data, &x, 0..2);
        for k in (0..x.len()).step_by(5) {
            let at = |delta: f32| {
                let mut moved = x.clone();
                moved[k] += delta;
                loss(&data, &moved, 0..2).0
            };
            let measured = (at(0.01) - at(-0.01)) / 0.02;
            assert!((measured - f64::from(slope[k])).abs() < 2e-3, "weight {k}: {measured} against {}", slope[k]);
        }
    }
}
