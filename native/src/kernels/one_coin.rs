//! The passes of one-coin Dawid-Skene over one span. Inlined into each instruction set.

use super::dawid_skene::FLOOR;
use super::elementary::{LANES, fold};
use super::scalar;
use super::softmax::{BLOCK, add_rows, block_rows, softmax};
use super::view::{Answers, Columns, Span, Unit, Weigh, Weights};

/// The parameters of an E-step.
#[derive(Clone, Copy)]
pub(crate) struct Coins<'a> {
    /// The logarithm of the class prior.
    pub(crate) prior: &'a [f64],
    /// Of each expert the logarithm of its error, and that of its skill less that of its error.
    pub(crate) logs: &'a [[f64; 2]],
}

/// What a pass leaves for the next M-step.
pub(crate) struct Rights<'a> {
    /// Of each expert the weight of its answers that are right.
    pub(crate) experts: &'a mut [f64],
    /// The sum of the posteriors.
    pub(crate) prior: &'a mut [f64],
}

/// E and M over one span: the posterior, and the counts of that posterior. Without `coins` the posterior is there already.
/// Returns the log-likelihood.
#[inline(always)]
pub(super) fn pass(
    answers: Answers<'_>,
    span: &mut Span<'_>,
    coins: Option<Coins<'_>>,
    rights: &mut Rights<'_>,
) -> f64 {
    match (answers.weights(), answers.labels()) {
        (Weights::Unit, 2) => blocks::<2, _>(answers, span, coins, rights, Unit),
        (Weights::Unit, 3) => blocks::<3, _>(answers, span, coins, rights, Unit),
        (Weights::Unit, 4) => blocks::<4, _>(answers, span, coins, rights, Unit),
        (Weights::Unit, _) => blocks::<0, _>(answers, span, coins, rights, Unit),
        (Weights::Single(weights), 2) => blocks::<2, _>(answers, span, coins, rights, weights),
        (Weights::Single(weights), 3) => blocks::<3, _>(answers, span, coins, rights, weights),
        (Weights::Single(weights), 4) => blocks::<4, _>(answers, span, coins, rights, weights),
        (Weights::Single(weights), _) => blocks::<0, _>(answers, span, coins, rights, weights),
        (Weights::Double(weights), _) => blocks::<0, _>(answers, span, coins, rights, weights),
    }
}

#[inline(always)]
fn blocks<const K: usize, W: Weigh>(
    answers: Answers<'_>,
    span: &mut Span<'_>,
    coins: Option<Coins<'_>>,
    rights: &mut Rights<'_>,
    weights: W,
) -> f64 {
    let k = if K == 0 { answers.labels() } else { K };
    let experts = answers.experts();
    assert!(rights.experts.len() == experts && rights.prior.len() == k, "count tables have the table's size");
    assert!(
        coins.is_none_or(|coins| coins.logs.len() == experts && coins.prior.len() == k),
        "parameters fit the table"
    );
    rights.experts.fill(0.0);
    rights.prior.fill(0.0);
    let mut lanes = [0.0; LANES];
    let size = block_rows(k);
    let tasks = span.posterior.len() / k;
    let mut start = 0;
    while start < tasks {
        let rows = size.min(tasks - start);
        let first = span.first + start;
        if let Some(coins) = coins {
            let mut norms = [0.0; BLOCK];
            let norms = &mut norms[..rows];
            let mut bases = [0.0; BLOCK];
            let bases = &mut bases[..rows];
            let block = &mut span.posterior[start * k..(start + rows) * k];
            logits::<K, W>(answers, first, block, bases, coins, weights);
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
            for (norms, bases) in norms.chunks(LANES).zip(bases.chunks(LANES)) {
                for ((lane, norm), base) in lanes.iter_mut().zip(norms).zip(bases) {
                    *lane += base + norm;
                }
            }
        }
        let block = &span.posterior[start * k..(start + rows) * k];
        scatter::<K, W>(answers, first, block, rights, weights);
        start += rows;
    }
    fold(lanes)
}

/// The logits of a block of tasks, less what all labels of a task share: that goes to `bases`.
#[inline(always)]
fn logits<const K: usize, W: Weigh>(
    answers: Answers<'_>,
    first: usize,
    block: &mut [f64],
    bases: &mut [f64],
    coins: Coins<'_>,
    weights: W,
) {
    let Columns::Pairs(experts, labels) = answers.columns() else { unreachable!("one coin reads pairs") };
    let k = if K == 0 { answers.labels() } else { K };
    let offsets = &answers.offsets()[first..];
    let mut at = offsets[0];
    for ((row, base), &end) in block.chunks_exact_mut(k).zip(bases).zip(&offsets[1..]) {
        let mut shared = 0.0;
        if K == 0 {
            row.copy_from_slice(coins.prior);
            while at < end {
                // SAFETY: `Answers` vouches for the expert and the label; the lengths are checked in `blocks`.
                unsafe {
                    let [error, edge] = *coins.logs.get_unchecked(*experts.get_unchecked(at) as usize);
                    shared += weights.times(at, error);
                    *row.get_unchecked_mut(*labels.get_unchecked(at) as usize) += weights.times(at, edge);
                }
                at += 1;
            }
        } else {
            let mut sums = [0.0; K];
            sums.copy_from_slice(coins.prior);
            while at < end {
                // SAFETY: as above.
                unsafe {
                    let [error, edge] = *coins.logs.get_unchecked(*experts.get_unchecked(at) as usize);
                    shared += weights.times(at, error);
                    let edge = weights.times(at, edge);
                    let label = u64::from(*labels.get_unchecked(at));
                    // Adding 0 to the other labels keeps the sums in registers.
                    for (j, x) in sums.iter_mut().enumerate() {
                        *x += if j as u64 == label { edge } else { 0.0 };
                    }
                }
                at += 1;
            }
            row.copy_from_slice(&sums);
        }
        *base = shared;
    }
}

/// Adds the posterior of the answered labels to the experts' counts.
#[inline(always)]
fn scatter<const K: usize, W: Weigh>(
    answers: Answers<'_>,
    first: usize,
    block: &[f64],
    rights: &mut Rights<'_>,
    weights: W,
) {
    let Columns::Pairs(experts, labels) = answers.columns() else { unreachable!("one coin reads pairs") };
    let k = if K == 0 { answers.labels() } else { K };
    add_rows::<K>(rights.prior, block);
    let offsets = &answers.offsets()[first..];
    let mut at = offsets[0];
    for (row, &end) in block.chunks_exact(k).zip(&offsets[1..]) {
        while at < end {
            // SAFETY: as in `logits`.
            unsafe {
                let p = *row.get_unchecked(*labels.get_unchecked(at) as usize);
                *rights.experts.get_unchecked_mut(*experts.get_unchecked(at) as usize) += weights.times(at, p);
            }
            at += 1;
        }
    }
}

/// The M-step of some experts: their counts become skills, and those the logarithms of an E-step.
///
/// `totals` are the weights of the experts' answers, smoothing included.
#[inline(always)]
pub(super) fn normalise(skills: &mut [f64], totals: &[f64], logs: &mut [[f64; 2]], labels: usize, smoothing: f64) {
    let others = if labels > 1 { (labels - 1) as f64 } else { 1.0 };
    let even = 1.0 / labels as f64;
    for ((skill, &total), pair) in skills.iter_mut().zip(totals).zip(logs) {
        let share = if total > 0.0 { (*skill + smoothing) / total } else { even };
        let share = if share > FLOOR { share } else { FLOOR };
        let share = if share < 1.0 - FLOOR { share } else { 1.0 - FLOOR };
        let error = scalar::log((1.0 - share) / others);
        *skill = share;
        *pair = [error, scalar::log(share) - error];
    }
}
