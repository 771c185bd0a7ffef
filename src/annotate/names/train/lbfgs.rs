//! Minimizes a smooth function with limited memory (L-BFGS; Nocedal and Wright, Numerical Optimization, algorithm 7.4).

use std::collections::VecDeque;

/// How many steps are remembered.
const MEMORY: usize = 6;

/// Walks from `x` towards the minimum, at most `steps` steps. `value` gives the function's value at a point and puts its slope
/// into its second argument; `progress` is told the value after each step.
pub(super) fn minimize(
    mut x: Vec<f32>,
    steps: usize,
    mut value: impl FnMut(&[f32], &mut Vec<f32>) -> f64,
    mut progress: impl FnMut(usize, f64),
) -> Vec<f32> {
    let mut slope = Vec::new();
    let mut now = value(&x, &mut slope);
    let mut memory: VecDeque<(Vec<f32>, Vec<f32>, f64)> = VecDeque::new();
    for step in 0..steps {
        let mut direction = direction(&slope, &memory);
        let mut along = dot(&direction, &slope);
        if along >= 0.0 {
            memory.clear();
            direction = slope.iter().map(|g| -g).collect();
            along = dot(&direction, &slope);
        }
        let mut length = if memory.is_empty() { 1.0 / norm(&slope).max(1e-12) } else { 1.0 };
        let mut next_slope = Vec::new();
        let mut moved = None;
        for _ in 0..20 {
            let next: Vec<f32> = x.iter().zip(&direction).map(|(a, d)| a + length as f32 * d).collect();
            let there = value(&next, &mut next_slope);
            if there <= now + 1e-4 * length * along {
                moved = Some((next, there));
                break;
            }
            length *= 0.5;
        }
        let Some((next, there)) = moved else {
            return x;
        };
        let change: Vec<f32> = next.iter().zip(&x).map(|(a, b)| a - b).collect();
        let bend: Vec<f32> = next_slope.iter().zip(&slope).map(|(a, b)| a - b).collect();
        let curvature = dot(&change, &bend);
        if curvature > 1e-10 {
            if memory.len() == MEMORY {
                memory.pop_front();
            }
            memory.push_back((change, bend, 1.0 / curvature));
        }
        (x, slope, now) = (next, next_slope, there);
        progress(step + 1, now);
    }
    x
}

fn direction(slope: &[f32], memory: &VecDeque<(Vec<f32>, Vec<f32>, f64)>) -> Vec<f32> {
    let mut q: Vec<f32> = slope.iter().map(|g| -g).collect();
    let mut shares = Vec::with_capacity(memory.len());
    for (change, bend, rho) in memory.iter().rev() {
        let share = rho * dot(change, &q);
        add(&mut q, bend, -share);
        shares.push(share);
    }
    if let Some((_, bend, rho)) = memory.back() {
        let scale = (1.0 / (rho * dot(bend, bend))) as f32;
        q.iter_mut().for_each(|v| *v *= scale);
    }
    for ((change, bend, rho), share) in memory.iter().zip(shares.iter().rev()) {
        let back = rho * dot(bend, &q);
        add(&mut q, change, share - back);
    }
    q
}

fn add(to: &mut [f32], what: &[f32], times: f64) {
    for (a, b) in to.iter_mut().zip(what) {
        *a += times as f32 * b;
    }
}

/// Summed in eight lanes, so that the machine adds several at once, always in the same order.
pub(super) fn dot(a: &[f32], b: &[f32]) -> f64 {
    let mut lanes = [0.0_f64; 8];
    for (x, y) in a.chunks(8).zip(b.chunks(8)) {
        for ((lane, p), q) in lanes.iter_mut().zip(x).zip(y) {
            *lane += f64::from(*p) * f64::from(*q);
        }
    }
    lanes.iter().sum()
}

fn norm(a: &[f32]) -> f64 {
    dot(a, a).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_bottom_of_a_bowl() {
        let bottom = [3.0_f32, -1.0, 0.5];
        let value = |x: &[f32], slope: &mut Vec<f32>| {
            *slope = x.iter().zip(&bottom).zip(1..).map(|((a, b), k)| 2.0 * k as f32 * (a - b)).collect();
            x.iter().zip(&bottom).zip(1..).map(|((a, b), k)| f64::from(k as f32 * (a - b) * (a - b))).sum()
        };
        let found = minimize(vec![0.0; 3], 50, value, |_, _| {});
        assert!(found.iter().zip(&bottom).all(|(a, b)| (a - b).abs() < 1e-3), "{found:?}");
    }
}
