//! The pass of GLAD over one span: E-step, one step of each task's easiness, and what the experts' steps need. Inlined into
//! each instruction set. The logistic functions run over the answers of a whole block of tasks.

use super::elementary::{self, LANES, exp_below_zero, fold};
use super::scalar;
use super::softmax::softmax;
use super::view::{Answers, Columns, Span, Unit, Weigh, Weights};

/// The tasks of a block.
pub(crate) const BLOCK_TASKS: usize = LANES;

/// How many arrays a pass works in.
pub(crate) const ROOM: usize = 8;

/// How often a step is halved before it is given up.
const TRIALS: usize = 5;
/// The part of its value that a task may lose in a step, by rounding.
const SLACK: f64 = 1e-12;
/// After how many answers of a task the product of what its probabilities are divided by becomes a logarithm.
const RUN: usize = 512;
/// The furthest that the logarithm of a task's easiness goes from 0.
const WIDEST: f64 = 20.0;

/// The parameters of an E-step.
#[derive(Clone, Copy)]
pub(crate) struct Abilities<'a> {
    /// The logarithm of the class prior.
    pub(crate) prior: &'a [f64],
    /// The ability of each expert.
    pub(crate) alpha: &'a [f64],
    /// The prior mean of the logarithm of easiness.
    pub(crate) mean: f64,
    /// The logarithm of the number of wrong labels.
    pub(crate) others: f64,
}

/// The parameters of the tasks of the span, which a pass improves.
pub(crate) struct Easiness<'a> {
    /// The logarithm of each task's easiness.
    pub(crate) beta: &'a mut [f64],
    /// Its exponential.
    pub(crate) scale: &'a mut [f64],
}

/// What a pass leaves for the experts' steps, and its working storage.
pub(crate) struct Drawing<'a> {
    /// Of each expert the slope, the curvature and the greatest easiness of its tasks.
    pub(crate) experts: &'a mut [[f64; 3]],
    /// Arrays that are at least as long as the answers of a block.
    pub(crate) room: [&'a mut [f64]; ROOM],
}

/// Returns the log-likelihood at the parameters that the pass began with, less what the prior of the tasks costs.
#[inline(always)]
pub(super) fn pass(
    answers: Answers<'_>,
    span: &mut Span<'_>,
    abilities: Abilities<'_>,
    easiness: &mut Easiness<'_>,
    drawing: &mut Drawing<'_>,
) -> f64 {
    match answers.weights() {
        Weights::Unit => blocks(answers, span, abilities, easiness, drawing, Unit),
        Weights::Single(weights) => blocks(answers, span, abilities, easiness, drawing, weights),
        Weights::Double(weights) => blocks(answers, span, abilities, easiness, drawing, weights),
    }
}

/// The answers of a block of tasks.
#[derive(Clone, Copy)]
struct Block<'a, W> {
    /// Where each task's answers begin, and where the last one's end.
    offsets: &'a [usize],
    experts: &'a [u32],
    labels: &'a [u32],
    weights: W,
}

impl<'a, W: Weigh> Block<'a, W> {
    /// The answers of each task, as places in the block and as numbers.
    #[inline(always)]
    fn tasks(self) -> impl Iterator<Item = (usize, std::ops::Range<usize>)> {
        let base = self.offsets[0];
        self.offsets.windows(2).enumerate().map(move |(task, ends)| (task, ends[0] - base..ends[1] - base))
    }

    #[inline(always)]
    fn times(self, i: usize, x: f64) -> f64 {
        // SAFETY: `i` is within the block, whose answers are the table's.
        unsafe { self.weights.times(self.offsets[0] + i, x) }
    }
}

#[inline(always)]
fn blocks<W: Weigh>(
    answers: Answers<'_>,
    span: &mut Span<'_>,
    abilities: Abilities<'_>,
    easiness: &mut Easiness<'_>,
    drawing: &mut Drawing<'_>,
    weights: W,
) -> f64 {
    let Columns::Pairs(experts, labels) = answers.columns() else { unreachable!("GLAD reads pairs") };
    let k = answers.labels();
    let tasks = span.posterior.len() / k;
    assert!(abilities.prior.len() == k && abilities.alpha.len() == answers.experts(), "parameters fit the table");
    assert!(easiness.beta.len() == tasks && easiness.scale.len() == tasks, "parameters fit the span");
    assert!(drawing.experts.len() == answers.experts(), "sums have the table's size");
    drawing.experts.fill([0.0; 3]);
    let mut lanes = [0.0; LANES];
    let mut start = 0;
    while start < tasks {
        let end = tasks.min(start + BLOCK_TASKS);
        let offsets = &answers.offsets()[span.first + start..=span.first + end];
        let range = offsets[0]..offsets[end - start];
        let block = Block { offsets, experts: &experts[range.clone()], labels: &labels[range], weights };
        let rows = &mut span.posterior[start * k..end * k];
        let length = block.experts.len();
        let [alpha, z, sigmoid, whole, right, tried_z, tried_sigmoid, tried_whole] =
            drawing.room.each_mut().map(|array| &mut array[..length]);
        let beta = &mut easiness.beta[start..end];
        let scale = &mut easiness.scale[start..end];

        for (a, &expert) in alpha.iter_mut().zip(block.experts) {
            *a = abilities.alpha[expert as usize];
        }
        evidence(block, alpha, scale, z);
        logistic(z, sigmoid, whole);
        let costs = costs(block, whole);
        let mut sums = [0.0; BLOCK_TASKS];
        logits(block, rows, abilities, z, &costs, &mut sums);
        normalise(span, start..end, k, &mut sums);
        for (i, (sum, b)) in sums.iter().zip(beta.iter()).enumerate() {
            let d = b - abilities.mean;
            lanes[i] += sum - 0.5 * (d * d);
        }

        let rows = &span.posterior[start * k..end * k];
        let mut tried = [0.0; BLOCK_TASKS];
        let mut least = [0.0; BLOCK_TASKS];
        propose(block, rows, abilities, beta, [z, sigmoid, &costs], right, &mut tried, &mut least);
        let mut tried_scale = [0.0; BLOCK_TASKS];
        let count = end - start;
        let mut pending = (1_u64 << count) - 1;
        for _ in 0..TRIALS {
            tried_scale = tried;
            elementary::exp(&mut tried_scale);
            evidence(block, alpha, &tried_scale, tried_z);
            logistic(tried_z, tried_sigmoid, tried_whole);
            let values = values(block, abilities, &tried, tried_z, tried_whole, right);
            for task in 0..count {
                if pending >> task & 1 == 1 {
                    if values[task] >= least[task] {
                        pending &= !(1 << task);
                    } else {
                        tried[task] = 0.5 * (tried[task] + beta[task]);
                    }
                }
            }
            if pending == 0 {
                break;
            }
        }
        for (task, range) in block.tasks() {
            if pending >> task & 1 == 1 {
                tried_sigmoid[range.clone()].copy_from_slice(&sigmoid[range]);
            } else {
                beta[task] = tried[task];
                scale[task] = tried_scale[task];
            }
        }
        draw(block, scale, tried_sigmoid, right, drawing.experts);
        start = end;
    }
    fold(lanes)
}

/// What each answer says: its expert's ability times its task's easiness.
#[inline(always)]
fn evidence<W: Weigh>(block: Block<'_, W>, alpha: &[f64], scale: &[f64], z: &mut [f64]) {
    for (task, range) in block.tasks() {
        let b = scale[task];
        for (z, a) in z[range.clone()].iter_mut().zip(&alpha[range]) {
            *z = a * b;
        }
    }
}

/// The sigmoid of each element, and the `whole` that it is a part of: `1 + exp(-|z|)`.
#[inline(always)]
fn logistic(z: &[f64], sigmoid: &mut [f64], whole: &mut [f64]) {
    for (&z, u) in z.iter().zip(whole.iter_mut()) {
        *u = -z.abs();
    }
    exp_below_zero(whole);
    for ((&z, s), u) in z.iter().zip(sigmoid).zip(whole) {
        let whole = 1.0 + *u;
        *s = (if z >= 0.0 { 1.0 } else { *u }) / whole;
        *u = whole;
    }
}

/// The logarithms of the wholes of each task's answers, added up. Where all weigh 1, wholes are multiplied instead.
#[inline(always)]
fn costs<W: Weigh>(block: Block<'_, W>, whole: &mut [f64]) -> [f64; BLOCK_TASKS] {
    let mut costs = [0.0; BLOCK_TASKS];
    if W::UNIT {
        let mut products = [1.0; BLOCK_TASKS];
        for (task, range) in block.tasks() {
            let mut product = 1.0;
            let mut at = range.start;
            loop {
                let stop = range.end.min(at + RUN);
                whole[at..stop].iter().for_each(|whole| product *= whole);
                if stop == range.end {
                    break;
                }
                costs[task] += scalar::log(product);
                (product, at) = (1.0, stop);
            }
            products[task] = product;
        }
        elementary::log(&mut products);
        costs.iter_mut().zip(products).for_each(|(cost, log)| *cost += log);
    } else {
        elementary::log(whole);
        for (task, range) in block.tasks() {
            for i in range {
                costs[task] += block.times(i, whole[i]);
            }
        }
    }
    costs
}

/// What the logarithm of `1 - sigmoid(z)` is, but for that of the whole.
#[inline(always)]
fn miss(z: f64) -> f64 {
    if z > 0.0 { -z } else { 0.0 }
}

/// The logits of a block of tasks, less what all labels of a task share: that goes to `bases`.
#[inline(always)]
fn logits<W: Weigh>(
    block: Block<'_, W>,
    rows: &mut [f64],
    abilities: Abilities<'_>,
    z: &[f64],
    costs: &[f64],
    bases: &mut [f64],
) {
    let k = abilities.prior.len();
    for (task, range) in block.tasks() {
        let row = &mut rows[task * k..(task + 1) * k];
        row.copy_from_slice(abilities.prior);
        let mut base = 0.0;
        for i in range {
            base += block.times(i, miss(z[i]) - abilities.others);
            row[block.labels[i] as usize] += block.times(i, z[i] + abilities.others);
        }
        bases[task] = base - costs[task];
    }
}

/// Turns the logits of some tasks of a span into posteriors, and adds their norms to `sums`.
#[inline(always)]
fn normalise(span: &mut Span<'_>, tasks: std::ops::Range<usize>, k: usize, sums: &mut [f64]) {
    let mut known = [0.0; BLOCK_TASKS];
    let mut norms = [0.0; BLOCK_TASKS];
    let first = span.first + tasks.start;
    let rows = tasks.start * k..tasks.end * k;
    for (i, logit) in known[..tasks.len()].iter_mut().enumerate() {
        if let Some(label) = span.gold(first + i) {
            *logit = span.posterior[rows.start + i * k + label];
        }
    }
    softmax::<0>(&mut span.posterior[rows.clone()], k, &mut norms[..tasks.len()]);
    for i in 0..tasks.len() {
        if let Some(label) = span.gold(first + i) {
            norms[i] = known[i];
            let row = &mut span.posterior[rows.start + i * k..][..k];
            row.fill(0.0);
            row[label] = 1.0;
        }
        sums[i] += norms[i];
    }
}

/// The step of each task: where it goes, and the least value that it must have there.
#[inline(always)]
#[expect(clippy::too_many_arguments, reason = "one step over the arrays of a block")]
fn propose<W: Weigh>(
    block: Block<'_, W>,
    rows: &[f64],
    abilities: Abilities<'_>,
    beta: &[f64],
    [z, sigmoid, costs]: [&[f64]; 3],
    right: &mut [f64],
    tried: &mut [f64],
    least: &mut [f64],
) {
    let k = abilities.prior.len();
    for (task, range) in block.tasks() {
        let (mut pull, mut bend, mut value) = (0.0, 0.0, 0.0);
        for i in range {
            let r = rows[task * k + block.labels[i] as usize];
            right[i] = r;
            pull += block.times(i, (r - sigmoid[i]) * z[i]);
            bend += block.times(i, (sigmoid[i] * (1.0 - sigmoid[i])) * (z[i] * z[i]));
            value += block.times(i, r * z[i] + miss(z[i]));
        }
        let d = beta[task] - abilities.mean;
        let value = (value - costs[task]) - 0.5 * (d * d);
        let against = if pull < 0.0 { -pull } else { 0.0 };
        let step = (pull - d) / ((1.0 + bend) + against);
        tried[task] = clip(beta[task] + clip(step, 1.0), WIDEST);
        least[task] = value - SLACK * (1.0 + value.abs());
    }
}

#[inline(always)]
fn clip(x: f64, most: f64) -> f64 {
    let x = if x > -most { x } else { -most };
    if x < most { x } else { most }
}

/// What an M-step raises, for each task of a block.
#[inline(always)]
fn values<W: Weigh>(
    block: Block<'_, W>,
    abilities: Abilities<'_>,
    beta: &[f64],
    z: &[f64],
    whole: &mut [f64],
    right: &[f64],
) -> [f64; BLOCK_TASKS] {
    let costs = costs(block, whole);
    let mut values = [0.0; BLOCK_TASKS];
    for (task, range) in block.tasks() {
        let mut value = 0.0;
        for i in range {
            value += block.times(i, right[i] * z[i] + miss(z[i]));
        }
        let d = beta[task] - abilities.mean;
        values[task] = (value - costs[task]) - 0.5 * (d * d);
    }
    values
}

/// Adds what a block's answers mean for the steps of their experts.
#[inline(always)]
fn draw<W: Weigh>(block: Block<'_, W>, scale: &[f64], sigmoid: &[f64], right: &[f64], experts: &mut [[f64; 3]]) {
    for (task, range) in block.tasks() {
        let b = scale[task];
        for i in range {
            let [slope, bend, widest] = &mut experts[block.experts[i] as usize];
            *slope += block.times(i, (right[i] - sigmoid[i]) * b);
            *bend += block.times(i, (sigmoid[i] * (1.0 - sigmoid[i])) * (b * b));
            *widest = if b > *widest { b } else { *widest };
        }
    }
}
