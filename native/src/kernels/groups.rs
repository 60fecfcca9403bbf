//! The pass of the enhanced Bayesian combination over one span: the rows of Dawid-Skene with several columns a class, one
//! for each group of tasks. Inlined into each instruction set.

use super::dawid_skene::{Counts, Logs, logits, scatter};
use super::elementary::{LANES, fold};
use super::softmax::{BLOCK, block_rows, softmax};
use super::view::{Answers, Span, Unit, Weigh, Weights};

/// The parameters of an E-step; a column is a class and one of its groups.
#[derive(Clone, Copy)]
pub(crate) struct Mixture<'a> {
    /// What the logits of a task begin with, `[class][group]`.
    pub(crate) start: &'a [f64],
    /// The expected logarithms of the confusion, `[expert][label][class][group]`.
    pub(crate) logs: &'a [f64],
}

/// What a pass leaves for the next M-step, and its working storage.
pub(crate) struct Parts<'a> {
    /// `[expert][label][class][group]`.
    pub(crate) counts: &'a mut [f64],
    /// The sum of the posteriors, `[class][group]`.
    pub(crate) sums: &'a mut [f64],
    /// At least [`block_length`] elements.
    pub(crate) block: &'a mut [f64],
}

/// How long the block of a pass over rows of some width is.
pub(crate) fn block_length(width: usize) -> usize {
    block_rows(width) * width
}

/// E and M over one span: the posterior of the classes, and the counts of the posterior of the columns. Returns the sum of
/// the tasks' norms.
#[inline(always)]
pub(super) fn pass(answers: Answers<'_>, span: &mut Span<'_>, mixture: Mixture<'_>, parts: &mut Parts<'_>) -> f64 {
    match answers.weights() {
        Weights::Unit => blocks(answers, span, mixture, parts, Unit),
        Weights::Single(weights) => blocks(answers, span, mixture, parts, weights),
        Weights::Double(weights) => blocks(answers, span, mixture, parts, weights),
    }
}

#[inline(always)]
fn blocks<W: Weigh>(
    answers: Answers<'_>,
    span: &mut Span<'_>,
    mixture: Mixture<'_>,
    parts: &mut Parts<'_>,
    weights: W,
) -> f64 {
    let (labels, width) = (answers.labels(), mixture.start.len());
    let cells = answers.experts() * labels * width;
    assert!(parts.counts.len() == cells && parts.sums.len() == width, "count tables have the table's size");
    assert!(mixture.logs.len() == cells && width.is_multiple_of(labels), "parameters fit the table");
    let groups = width / labels;
    let logs = Logs { prior: mixture.start, confusion: mixture.logs };
    let mut counts = Counts { confusion: &mut *parts.counts, prior: &mut *parts.sums };
    counts.confusion.fill(0.0);
    counts.prior.fill(0.0);
    let mut lanes = [0.0; LANES];
    let size = block_rows(width);
    let tasks = span.posterior.len() / labels;
    let mut start = 0;
    while start < tasks {
        let rows = size.min(tasks - start);
        let first = span.first + start;
        let block = &mut parts.block[..rows * width];
        let mut norms = [0.0; BLOCK];
        let norms = &mut norms[..rows];
        logits::<0, W>(answers, first, block, logs, weights);
        if span.gold.is_some() {
            for (i, row) in block.chunks_exact_mut(width).enumerate() {
                if let Some(label) = span.gold(first + i) {
                    row[..label * groups].fill(f64::NEG_INFINITY);
                    row[(label + 1) * groups..].fill(f64::NEG_INFINITY);
                }
            }
        }
        softmax::<0>(block, width, norms);
        for chunk in norms.chunks(LANES) {
            for (lane, norm) in lanes.iter_mut().zip(chunk) {
                *lane += norm;
            }
        }
        let classes = &mut span.posterior[start * labels..(start + rows) * labels];
        for (class, columns) in classes.iter_mut().zip(block.chunks_exact(groups)) {
            let sum = columns.iter().fold(0.0, |sum, p| sum + p);
            // By rounding, the sum of all can be above 1.
            *class = if sum < 1.0 { sum } else { 1.0 };
        }
        scatter::<0, W>(answers, first, block, &mut counts, weights);
        start += rows;
    }
    fold(lanes)
}
