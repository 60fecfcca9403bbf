//! How well posteriors are calibrated.

use super::UNDEFINED;
use super::problem::Problem;
use crate::consensus::FitError;
use crate::consensus::storage::{empty, filled};
use crate::kernels::scalar::log;

/// What the posterior of the truth counts as at least, so that the loss stays finite.
const LEAST_PROBABILITY: f64 = 1e-15;
/// The numbers before the bins.
const HEAD: usize = 8;

/// Some tasks whose posteriors are alike.
#[derive(Clone, Copy, Default)]
struct Bin {
    number: f64,
    confidence: f64,
    right: f64,
}

impl Bin {
    fn add(&mut self, confidence: f64, hit: f64) {
        self.number += 1.0;
        self.confidence += confidence;
        self.right += hit;
    }
}

pub(super) fn measure(problem: &Problem<'_>, out: &mut [f64]) -> Result<(), FitError> {
    let (first, known) = (problem.first.unwrap_or_default(), problem.known.unwrap_or_default());
    let labels = problem.sizes[2];
    let count = problem.options[0] as usize;
    let mut scored: Vec<(f64, f64)> = empty(known.len())?;
    let mut bins: Vec<Bin> = filled(count)?;
    let mut all = Bin::default();
    let (mut brier, mut loss) = (0.0, 0.0);
    for (row, &truth) in first.chunks_exact(labels).zip(known).filter(|(_, truth)| **truth >= 0) {
        let truth = truth as usize;
        let (mut best, mut square) = (0, 0.0);
        for (label, &p) in row.iter().enumerate() {
            if p > row[best] {
                best = label;
            }
            let d = p - f64::from(u8::from(label == truth));
            square += d * d;
        }
        brier += square;
        loss -= log(if row[truth] > LEAST_PROBABILITY { row[truth] } else { LEAST_PROBABILITY });
        let (confidence, hit) = (row[best], f64::from(u8::from(best == truth)));
        all.add(confidence, hit);
        scored.push((confidence, hit));
        let bin = (confidence * count as f64).ceil() as usize;
        bins[bin.max(1) - 1].add(confidence, hit);
    }
    out.fill(UNDEFINED);
    out[0] = all.number;
    let (head, table) = out.split_at_mut(HEAD);
    let (equal, adaptive) = table.split_at_mut(3 * count);
    let (error, worst) = reliability(&bins, all.number, equal);
    // Stable, so that equal confidences stay in the order of their tasks; and confidences are not negative.
    let mut order: Vec<u32> = empty(scored.len())?;
    order.extend(0..scored.len() as u32);
    order.sort_unstable_by_key(|&at| (scored[at as usize].0.to_bits() & (u64::MAX >> 1), at));
    let of = |bin: usize| (bin as u128 * scored.len() as u128 / count as u128) as usize;
    for (bin, content) in bins.iter_mut().enumerate() {
        *content = Bin::default();
        for &at in &order[of(bin)..of(bin + 1)] {
            content.add(scored[at as usize].0, scored[at as usize].1);
        }
    }
    let (adaptive_error, _) = reliability(&bins, all.number, adaptive);
    if all.number > 0.0 {
        let n = all.number;
        head[1..].copy_from_slice(&[
            all.right / n,
            all.confidence / n,
            error,
            worst,
            adaptive_error,
            brier / n,
            loss / n,
        ]);
    }
    Ok(())
}

/// Writes number, mean confidence and accuracy of each bin; returns the mean gap and the largest.
fn reliability(bins: &[Bin], n: f64, out: &mut [f64]) -> (f64, f64) {
    let (mut error, mut worst) = (0.0, 0.0);
    for (bin, out) in bins.iter().zip(out.chunks_exact_mut(3)) {
        out[0] = bin.number;
        if bin.number > 0.0 {
            (out[1], out[2]) = (bin.confidence / bin.number, bin.right / bin.number);
            let gap = (out[2] - out[1]).abs();
            error += (bin.number / n) * gap;
            worst = if gap > worst { gap } else { worst };
        }
    }
    (error, worst)
}
