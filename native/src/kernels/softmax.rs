//! Softmax over a block of rows: the exponentials run over the whole block at once, not row by row.

use super::elementary::{exp_below_zero, log, row_sum};

/// The most rows in a block.
pub(super) const BLOCK: usize = 128;

/// How many rows of `labels` elements make a block: a multiple of 32 that stays in the first-level cache.
#[inline(always)]
pub(super) fn block_rows(labels: usize) -> usize {
    if labels <= 16 { BLOCK } else { (2048 / labels / 32 * 32).max(32) }
}

/// Turns rows of logits into probabilities; `norms` receives the logarithm of each row's normaliser.
///
/// `K` is the number of labels where it is known at compile time, else 0.
#[inline(always)]
pub(super) fn softmax<const K: usize>(block: &mut [f64], labels: usize, norms: &mut [f64]) {
    let k = if K == 0 { labels } else { K };
    for (row, norm) in block.chunks_exact_mut(k).zip(norms.iter_mut()) {
        let mut top = row[0];
        for &x in &row[1..] {
            top = if x > top { x } else { top };
        }
        for x in row.iter_mut() {
            *x -= top;
        }
        *norm = top;
    }
    exp_below_zero(block);
    let mut sums = [0.0; BLOCK];
    let sums = &mut sums[..norms.len()];
    for (row, sum) in block.chunks_exact_mut(k).zip(sums.iter_mut()) {
        let total = row_sum(row);
        for x in row.iter_mut() {
            *x /= total;
        }
        *sum = total;
    }
    log(sums);
    for (norm, sum) in norms.iter_mut().zip(sums.iter()) {
        *norm += sum;
    }
}

/// Adds the rows of a block to `sums`, one after the other.
#[inline(always)]
pub(super) fn add_rows<const K: usize>(sums: &mut [f64], block: &[f64]) {
    if K == 0 {
        for row in block.chunks_exact(sums.len()) {
            sums.iter_mut().zip(row).for_each(|(sum, p)| *sum += p);
        }
    } else {
        let mut local = [0.0; K];
        local.copy_from_slice(sums);
        for row in block.chunks_exact(K) {
            for (sum, p) in local.iter_mut().zip(row) {
                *sum += p;
            }
        }
        sums.copy_from_slice(&local);
    }
}
