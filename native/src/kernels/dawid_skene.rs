//! The passes of Dawid-Skene over one span. Inlined into each instruction set.

use super::elementary::{LANES, fold};
use super::softmax::{BLOCK, add_rows, block_rows, softmax};
use super::view::{Answers, Columns, Span, Unit, Weigh, Weights};

/// The floor of a confusion value and of a class prior.
pub(crate) const FLOOR: f64 = 1e-10;

/// The parameters of an E-step.
#[derive(Clone, Copy)]
pub(crate) struct Logs<'a> {
    /// The logarithm of the class prior.
    pub(crate) prior: &'a [f64],
    /// The logarithm of the confusion, `[expert][label][true label]`.
    pub(crate) confusion: &'a [f64],
}

/// What a pass leaves for the next M-step.
pub(crate) struct Counts<'a> {
    /// `[expert][label][true label]`.
    pub(crate) confusion: &'a mut [f64],
    /// The sum of the posteriors.
    pub(crate) prior: &'a mut [f64],
}

/// E and M over one span: the posterior, and the counts of that posterior. Without `logs` the posterior is there already.
/// Returns the log-likelihood.
#[inline(always)]
pub(super) fn pass(answers: Answers<'_>, span: &mut Span<'_>, logs: Option<Logs<'_>>, counts: &mut Counts<'_>) -> f64 {
    match (answers.weights(), answers.labels()) {
        (Weights::Unit, 2) => blocks::<2, _>(answers, span, logs, counts, Unit),
        (Weights::Unit, 3) => blocks::<3, _>(answers, span, logs, counts, Unit),
        (Weights::Unit, 4) => blocks::<4, _>(answers, span, logs, counts, Unit),
        (Weights::Unit, _) => blocks::<0, _>(answers, span, logs, counts, Unit),
        (Weights::Single(weights), 2) => blocks::<2, _>(answers, span, logs, counts, weights),
        (Weights::Single(weights), 3) => blocks::<3, _>(answers, span, logs, counts, weights),
        (Weights::Single(weights), 4) => blocks::<4, _>(answers, span, logs, counts, weights),
        (Weights::Single(weights), _) => blocks::<0, _>(answers, span, logs, counts, weights),
        (Weights::Double(weights), _) => blocks::<0, _>(answers, span, logs, counts, weights),
    }
}

#[inline(always)]
fn blocks<const K: usize, W: Weigh>(
    answers: Answers<'_>,
    span: &mut Span<'_>,
    logs: Option<Logs<'_>>,
    counts: &mut Counts<'_>,
    weights: W,
) -> f64 {
    let k = if K == 0 { answers.labels() } else { K };
    let cells = answers.experts() * answers.labels() * k;
    assert!(counts.confusion.len() == cells && counts.prior.len() == k, "count tables have the table's size");
    assert!(logs.is_none_or(|logs| logs.confusion.len() == cells && logs.prior.len() == k), "parameters fit the table");
    counts.confusion.fill(0.0);
    counts.prior.fill(0.0);
    let mut lanes = [0.0; LANES];
    let size = block_rows(k);
    let tasks = span.posterior.len() / k;
    let mut start = 0;
    while start < tasks {
        let rows = size.min(tasks - start);
        let first = span.first + start;
        if let Some(logs) = logs {
            let mut norms = [0.0; BLOCK];
            let norms = &mut norms[..rows];
            let block = &mut span.posterior[start * k..(start + rows) * k];
            logits::<K, W>(answers, first, block, logs, weights);
            let mut known = [0.0; BLOCK];
            if span.gold.is_some() {
                for (i, logit) in known[..rows].iter_mut().enumerate() {
                    if let Some(label) = span.gold(first + i) {
                        *logit = span.posterior[(start + i) * k + label];
                    }
                }
            }
            softmax::<K>(&mut span.posterior[start * k..(start + rows) * k], k, norms);
            if span.gold.is_some() {
                for i in 0..rows {
                    if let Some(label) = span.gold(first + i) {
                        norms[i] = known[i];
                        let row = &mut span.posterior[(start + i) * k..][..k];
                        row.fill(0.0);
                        row[label] = 1.0;
                    }
                }
            }
            for chunk in norms.chunks(LANES) {
                for (lane, norm) in lanes.iter_mut().zip(chunk) {
                    *lane += norm;
                }
            }
        }
        let block = &span.posterior[start * k..(start + rows) * k];
        scatter::<K, W>(answers, first, block, counts, weights);
        start += rows;
    }
    fold(lanes)
}

/// The logits of a block of tasks: the log prior and the answers' weighted log confusions.
#[inline(always)]
pub(super) fn logits<const K: usize, W: Weigh>(
    answers: Answers<'_>,
    first: usize,
    block: &mut [f64],
    logs: Logs<'_>,
    weights: W,
) {
    let Columns::Rows(rows) = answers.columns() else { unreachable!("Dawid-Skene reads rows") };
    let k = if K == 0 { logs.prior.len() } else { K };
    let offsets = &answers.offsets()[first..];
    let mut at = offsets[0];
    for (row, &end) in block.chunks_exact_mut(k).zip(&offsets[1..]) {
        if K == 0 {
            row.copy_from_slice(logs.prior);
            while at < end {
                // SAFETY: `Answers` vouches for the row, and the table's length is checked in `blocks`.
                unsafe {
                    let from = logs.confusion.as_ptr().add(*rows.get_unchecked(at) as usize * k);
                    let values = std::slice::from_raw_parts(from, k);
                    for (x, &value) in row.iter_mut().zip(values) {
                        *x += weights.times(at, value);
                    }
                }
                at += 1;
            }
        } else {
            let mut sums = [0.0; K];
            sums.copy_from_slice(logs.prior);
            while at < end {
                // SAFETY: as above.
                unsafe {
                    let from = logs.confusion.as_ptr().add(*rows.get_unchecked(at) as usize * K);
                    for (j, x) in sums.iter_mut().enumerate() {
                        *x += weights.times(at, *from.add(j));
                    }
                }
                at += 1;
            }
            row.copy_from_slice(&sums);
        }
    }
}

/// Adds the posterior of a block of tasks to the counts.
#[inline(always)]
pub(super) fn scatter<const K: usize, W: Weigh>(
    answers: Answers<'_>,
    first: usize,
    block: &[f64],
    counts: &mut Counts<'_>,
    weights: W,
) {
    let Columns::Rows(rows) = answers.columns() else { unreachable!("Dawid-Skene reads rows") };
    let k = if K == 0 { counts.prior.len() } else { K };
    add_rows::<K>(counts.prior, block);
    let offsets = &answers.offsets()[first..];
    let table = counts.confusion.as_mut_ptr();
    let mut at = offsets[0];
    for (row, &end) in block.chunks_exact(k).zip(&offsets[1..]) {
        if K == 0 {
            while at < end {
                // SAFETY: as in `logits`; the table of counts has the same size.
                let into =
                    unsafe { std::slice::from_raw_parts_mut(table.add(*rows.get_unchecked(at) as usize * k), k) };
                for (count, &p) in into.iter_mut().zip(row) {
                    // SAFETY: `at` is an answer of the table.
                    *count += unsafe { weights.times(at, p) };
                }
                at += 1;
            }
        } else {
            let mut values = [0.0; K];
            values.copy_from_slice(row);
            while at < end {
                // SAFETY: as above.
                unsafe {
                    let into = table.add(*rows.get_unchecked(at) as usize * K);
                    for (j, &p) in values.iter().enumerate() {
                        *into.add(j) += weights.times(at, p);
                    }
                }
                at += 1;
            }
        }
    }
}

/// Turns the counts of some experts into confusions: smoothed, floored, and divided by the total over the labels.
#[inline(always)]
pub(super) fn normalise(counts: &mut [f64], labels: usize, smoothing: f64, totals: &mut [f64]) {
    for expert in counts.chunks_exact_mut(labels * labels) {
        totals.fill(0.0);
        for row in expert.chunks_exact_mut(labels) {
            for (x, total) in row.iter_mut().zip(totals.iter_mut()) {
                let count = *x + smoothing;
                *x = if count > FLOOR { count } else { FLOOR };
                *total += *x;
            }
        }
        for row in expert.chunks_exact_mut(labels) {
            for (x, total) in row.iter_mut().zip(totals.iter()) {
                *x /= total;
            }
        }
    }
}
