//! V. C. Raykar et al., *Learning from crowds*, Journal of Machine Learning Research 11, 2010: the Gaussian model, without
//! features of the tasks. Each expert's answers are the truth plus noise of its own variance, and a bias where it is asked
//! for.

use super::super::storage::filled;
use super::super::{FitError, Summary};
use super::answers::Answers;
use super::parts::{Part, combine, total};
use super::statistics::weighted_mean;
use super::{AT_REST, Experts, Scene};
use crate::kernels::scalar::log;

const LOG_2PI: f64 = f64::from_bits(0x3FFD_67F1_C864_BEB5);
const LN2: f64 = f64::from_bits(0x3FE6_2E42_FEFA_39EF);
const ONE_BITS: u64 = 0x3FF0_0000_0000_0000;
const MANTISSA: u64 = 0x000F_FFFF_FFFF_FFFF;

/// The least variance of an expert, in terms of the pooled variance.
const FLOOR: f64 = 1e-10;
/// Smaller variances count as none.
const SMALLEST: f64 = 1e-200;

/// The options of the method.
#[derive(Clone, Copy)]
pub(super) struct Options {
    pub(super) smoothing: f64,
    pub(super) bias: bool,
    pub(super) point: bool,
}

/// What is estimated of the experts, and what their answers give for it in every iteration.
struct Model {
    precision: Vec<f64>,
    variance: Vec<f64>,
    bias: Vec<f64>,
    /// How many answers of each expert tell something about it.
    counts: Vec<usize>,
    /// The weight of these answers.
    weights: Vec<f64>,
    /// All of these answers.
    answers: usize,
    /// The tasks of these answers that are not known.
    open: usize,
}

/// Whether a task tells something about the experts: one answer to a task that is not known does not.
fn tells(answers: &Answers, task: usize) -> bool {
    answers.group(task).len() >= if answers.known(task).is_some() { 1 } else { 2 }
}

/// Fits the table of the scene.
pub(super) fn fit(
    scene: &Scene<'_>,
    parts: &mut [Part<'_>],
    experts: &mut Experts,
    options: Options,
) -> Result<Summary, FitError> {
    let answers = scene.answers;
    let [tasks, count] = scene.problem.sizes;
    scene.each(parts, |part| start(answers, part))?;
    let mut model = Model::new(answers, tasks, count)?;
    combine(parts, 0, &mut model.weights);
    let freedom = model.answers - model.open;
    let pooled = if freedom > 0 { total(parts) / freedom as f64 } else { f64::NAN };
    // So far the place of the variance holds the sum of the weights.
    scene.each(parts, |part| {
        for (at, task) in part.tasks.clone().enumerate() {
            if answers.known(task).is_none() && !answers.group(task).is_empty() {
                part.error[at] = pooled / part.error[at];
            }
        }
    })?;
    let mut summary = AT_REST;
    model.variance.fill(pooled);
    if pooled > SMALLEST {
        let allowed = scene.problem.tolerance * model.answers as f64;
        let mut sums = [filled(count)?, filled(count)?];
        summary = scene.steps(|_| allowed, || model.step(scene, parts, &mut sums, options, pooled))?;
        for ((trust, variance), &answered) in experts.trust.iter_mut().zip(&model.variance).zip(answers.answered()) {
            *trust = if answered > 0 { 1.0 / variance } else { 0.0 };
        }
        if options.bias {
            model.centre(answers, parts);
        }
        let densities = model.answers - if options.point { 0 } else { model.open };
        summary.objective -= densities as f64 * (f64::from(answers.exponent()) * LN2);
    }
    scene.each(parts, |part| {
        for error in part.error.iter_mut() {
            *error = error.sqrt();
        }
    })?;
    model.variance.iter_mut().for_each(|variance| *variance = variance.sqrt());
    experts.deviation = Some(model.variance);
    experts.bias = (pooled > SMALLEST && options.bias).then_some(model.bias);
    Ok(summary)
}

/// Weighted means, the sums of their weights in the place of the variance, and the sum of squares about them.
fn start(answers: &Answers, part: &mut Part<'_>) {
    part.estimate(answers, |_, group| weighted_mean(group.values, |answer| group.weight(answer)));
    part.total = 0.0;
    for (at, task) in part.tasks.clone().enumerate() {
        let group = answers.group(task);
        let mut squares = 0.0;
        for (answer, value) in group.values.iter().enumerate() {
            let difference = value - part.estimate[at];
            squares += group.weight(answer) * (difference * difference);
        }
        part.total += squares;
    }
    let first = part.tasks.start;
    part.sum_up(0, answers, |_, at, _| if tells(answers, first + at) { 1.0 } else { 0.0 });
}

impl Model {
    fn new(answers: &Answers, tasks: usize, experts: usize) -> Result<Self, FitError> {
        let mut counts: Vec<usize> = filled(experts)?;
        let (mut all, mut open) = (0, 0);
        for task in (0..tasks).filter(|&task| tells(answers, task)) {
            let group = answers.group(task);
            all += group.len();
            open += usize::from(answers.known(task).is_none());
            group.experts.iter().for_each(|&expert| counts[expert as usize] += 1);
        }
        Ok(Self {
            precision: filled(experts)?,
            variance: filled(experts)?,
            bias: filled(experts)?,
            counts,
            weights: filled(experts)?,
            answers: all,
            open,
        })
    }

    /// One iteration: estimates from the experts, then the experts from the estimates. Gives the log-likelihood of the
    /// scaled values at the former.
    fn step(
        &mut self,
        scene: &Scene<'_>,
        parts: &mut [Part<'_>],
        [residuals, squares]: &mut [Vec<f64>; 2],
        options: Options,
        pooled: f64,
    ) -> Result<f64, FitError> {
        for (precision, variance) in self.precision.iter_mut().zip(&self.variance) {
            *precision = 1.0 / variance;
        }
        scene.each(parts, |part| self.pass(scene.answers, part, options))?;
        combine(parts, 0, residuals);
        combine(parts, 1, squares);
        let mut misfit = 0.0;
        for (expert, &n) in self.counts.iter().enumerate() {
            misfit += n as f64 * log(self.variance[expert]) + self.precision[expert] * squares[expert];
        }
        let (open, logs) = if options.point { (0.0, 0.0) } else { (self.open as f64, total(parts)) };
        let likelihood = 0.5 * ((open - self.answers as f64) * LOG_2PI + open - misfit - logs);
        let floor = if FLOOR * pooled > SMALLEST { FLOOR * pooled } else { SMALLEST };
        for (expert, &n) in self.counts.iter().enumerate().filter(|&(_, &n)| n > 0) {
            let shift = if options.bias { residuals[expert] / self.weights[expert] } else { 0.0 };
            self.bias[expert] += shift;
            let about = squares[expert] - shift * residuals[expert];
            let variance = (about + options.smoothing * pooled) / (n as f64 + options.smoothing);
            self.variance[expert] = if variance > floor { variance } else { floor };
        }
        Ok(likelihood)
    }

    /// Estimates and their variances for the tasks of a part; then the residuals and their squares for each expert, and
    /// the sum of the logarithms of the precisions.
    fn pass(&self, answers: &Answers, part: &mut Part<'_>, options: Options) {
        let experts = self.bias.len();
        let (residuals, rest) = part.sums.split_at_mut(experts);
        let squares = &mut rest[..experts];
        residuals.fill(0.0);
        squares.fill(0.0);
        let (mut product, mut exponents) = (1.0_f64, 0_i64);
        for (at, task) in part.tasks.clone().enumerate() {
            let group = answers.group(task);
            let known = answers.known(task).is_some();
            if group.is_empty() {
                continue;
            }
            if !known {
                let first = group.values[0] - self.bias[group.experts[0] as usize];
                let (mut precision, mut above) = (0.0, 0.0);
                for (answer, (&expert, x)) in group.experts.iter().zip(group.values).enumerate() {
                    let p = group.weight(answer) * self.precision[expert as usize];
                    precision += p;
                    above += p * ((x - self.bias[expert as usize]) - first);
                }
                part.estimate[at] = first + above / precision;
                part.error[at] = 1.0 / precision;
                if group.len() < 2 {
                    continue;
                }
                // The logarithm of a product of any length, by its mantissa and its exponent.
                let bits = (product * precision).to_bits();
                exponents += (bits >> 52) as i64 - 1023;
                product = f64::from_bits(bits & MANTISSA | ONE_BITS);
            }
            let variance = if options.point || known { 0.0 } else { part.error[at] };
            let estimate = part.estimate[at];
            for (answer, (&expert, x)) in group.experts.iter().zip(group.values).enumerate() {
                let expert = expert as usize;
                let residual = (x - self.bias[expert]) - estimate;
                let weight = group.weight(answer);
                residuals[expert] += weight * residual;
                squares[expert] += weight * (residual * residual + variance);
            }
        }
        part.total = log(product) + exponents as f64 * LN2;
    }

    /// Without known tasks the biases are known up to a constant: their weighted mean becomes 0.
    fn centre(&mut self, answers: &Answers, parts: &mut [Part<'_>]) {
        let anchored = |task| answers.known(task).is_some() && !answers.group(task).is_empty();
        if parts.iter().any(|part| part.tasks.clone().any(anchored)) {
            return;
        }
        let (mut above, mut total) = (0.0, 0.0);
        for (bias, weight) in self.bias.iter().zip(&self.weights) {
            above += weight * bias;
            total += weight;
        }
        let shift = above / total;
        self.bias.iter_mut().for_each(|bias| *bias -= shift);
        for part in parts {
            for (at, task) in part.tasks.clone().enumerate() {
                if answers.known(task).is_none() && !answers.group(task).is_empty() {
                    part.estimate[at] += shift;
                }
            }
        }
    }
}
