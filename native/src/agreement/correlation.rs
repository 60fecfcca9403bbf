//! Correlations of two series, and the error of one against the other.

use super::UNDEFINED;
use super::problem::Problem;
use super::scale::{SMALLER, factor, scaled};
use crate::consensus::FitError;
use crate::consensus::control::Watch;
use crate::consensus::storage::{empty, filled};

pub(super) fn measure(problem: &Problem<'_>, out: &mut [f64], watch: &Watch<'_>) -> Result<(), FitError> {
    let (x, y) = (problem.first.unwrap_or_default(), problem.second.unwrap_or_default());
    let linear = pearson(&scaled(x)?, &scaled(y)?);
    watch.check()?;
    let by_rank = pearson(&ranks(x)?, &ranks(y)?);
    watch.check()?;
    out.copy_from_slice(&[x.len() as f64, linear, by_rank, kendall(x, y)?]);
    Ok(())
}

fn clip(r: f64) -> f64 {
    r.clamp(-1.0, 1.0)
}

fn pearson(x: &[f64], y: &[f64]) -> f64 {
    let n = x.len() as f64;
    let (mut sum_x, mut sum_y) = (0.0, 0.0);
    for (a, b) in x.iter().zip(y) {
        sum_x += a - x[0];
        sum_y += b - y[0];
    }
    let (mean_x, mean_y) = (sum_x / n, sum_y / n);
    let (mut xx, mut yy, mut xy) = (0.0, 0.0, 0.0);
    for (a, b) in x.iter().zip(y) {
        let (p, q) = ((a - x[0]) - mean_x, (b - y[0]) - mean_y);
        xx += p * p;
        yy += q * q;
        xy += p * q;
    }
    if xx > 0.0 && yy > 0.0 { clip(xy / (xx.sqrt() * yy.sqrt())) } else { UNDEFINED }
}

/// The places in ascending order of the values, and of others where those are equal.
fn order(values: &[f64], others: &[f64]) -> Result<Vec<usize>, FitError> {
    let mut order = empty(values.len())?;
    order.extend(0..values.len());
    // Zeros of both signs are equal, so that the addition makes one of them.
    let compare = |x: f64, y: f64| (x + 0.0).total_cmp(&(y + 0.0));
    order.sort_unstable_by(|&a, &b| compare(values[a], values[b]).then(compare(others[a], others[b])));
    Ok(order)
}

/// The rank of each value from 1 on; equal values share their mean rank.
fn ranks(values: &[f64]) -> Result<Vec<f64>, FitError> {
    let order = order(values, values)?;
    let mut ranks = filled(values.len())?;
    let mut begin = 0;
    for equal in order.chunk_by(|&a, &b| values[a] == values[b]) {
        let end = begin + equal.len();
        equal.iter().for_each(|&at| ranks[at] = (begin as f64 + (end - 1) as f64) * 0.5 + 1.0);
        begin = end;
    }
    Ok(ranks)
}

/// Kendall's tau-b by counting the inversions of a merge sort (Knight, 1966).
fn kendall(x: &[f64], y: &[f64]) -> Result<f64, FitError> {
    let pairs = |n: usize| (n as i64) * (n as i64 - 1) / 2;
    let ties = |lengths: &mut dyn Iterator<Item = usize>| lengths.map(pairs).sum::<i64>();
    let by_x = order(x, y)?;
    let tied_x = ties(&mut by_x.chunk_by(|&a, &b| x[a] == x[b]).map(<[usize]>::len));
    let tied_both = ties(&mut by_x.chunk_by(|&a, &b| x[a] == x[b] && y[a] == y[b]).map(<[usize]>::len));
    let tied_y = ties(&mut order(y, y)?.chunk_by(|&a, &b| y[a] == y[b]).map(<[usize]>::len));
    let mut values: Vec<f64> = empty(y.len())?;
    values.extend(by_x.iter().map(|&at| y[at]));
    let discordant = inversions(&mut values, &mut filled(y.len())?);
    let all = pairs(x.len());
    if all == tied_x || all == tied_y {
        return Ok(UNDEFINED);
    }
    let balance = all - tied_x - tied_y + tied_both - 2 * discordant;
    Ok(clip(balance as f64 / (((all - tied_x) as f64).sqrt() * ((all - tied_y) as f64).sqrt())))
}

/// Sorts the values and returns the number of pairs that stood in the wrong order.
fn inversions(values: &mut [f64], spare: &mut [f64]) -> i64 {
    let mut count = 0;
    let mut width = 1;
    while width < values.len() {
        for (run, target) in values.chunks(2 * width).zip(spare.chunks_mut(2 * width)) {
            let (left, right) = run.split_at(width.min(run.len()));
            let (mut i, mut j) = (0, 0);
            for place in target {
                if j == right.len() || (i < left.len() && left[i] <= right[j]) {
                    *place = left[i];
                    i += 1;
                } else {
                    *place = right[j];
                    j += 1;
                    count += (left.len() - i) as i64;
                }
            }
        }
        values.copy_from_slice(spare);
        width *= 2;
    }
    count
}

/// The number of pairs, mean absolute error, root mean square error, mean error and largest error.
pub(super) fn error(problem: &Problem<'_>, out: &mut [f64]) -> Result<(), FitError> {
    let (x, y) = (problem.first.unwrap_or_default(), problem.second.unwrap_or_default());
    let off = || x.iter().zip(y).map(|(a, b)| a - b);
    let n = x.len() as f64;
    let (mut total, mut bias, mut worst, mut square) = (0.0, 0.0, 0.0, 0.0);
    for d in off() {
        total += d.abs();
        bias += d;
        worst = if d.abs() > worst { d.abs() } else { worst };
    }
    let factor = factor(off());
    for d in off() {
        square += (d * factor) * (d * factor);
    }
    let root = (square / n).sqrt();
    let root = if factor == 1.0 { root } else { root * SMALLER };
    out.copy_from_slice(&[n, total / n, root, bias / n, worst]);
    Ok(())
}
