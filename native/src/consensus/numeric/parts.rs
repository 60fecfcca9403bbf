//! The spans of a fit with their parts of the result, and what becomes of them at the end.

use std::ops::Range;

use super::super::FitError;
use super::super::storage::{empty, filled};
use super::answers::{Answers, Group};
use super::scale::scale;
use super::{Experts, Outcome};

/// How many numbers a part has room to sum for each expert.
const SUMS: usize = 3;

/// A span, its part of the result, and what its latest pass summed up.
pub(super) struct Part<'a> {
    pub(super) tasks: Range<usize>,
    pub(super) estimate: &'a mut [f64],
    /// Until the end a method's own number for each task.
    pub(super) error: &'a mut [f64],
    /// Until the end a method's own number for each task.
    pub(super) spread: &'a mut [f64],
    /// Sums for each expert, one after another.
    pub(super) sums: Vec<f64>,
    /// A sum over the span.
    pub(super) total: f64,
}

/// Cuts an outcome into parts.
pub(super) fn cut<'a>(
    answers: &Answers,
    outcome: &'a mut Outcome<'_>,
    experts: usize,
) -> Result<Vec<Part<'a>>, FitError> {
    let mut parts = empty(answers.spans().len())?;
    let (mut estimates, mut errors, mut spreads) = (&mut *outcome.estimate, &mut *outcome.error, &mut *outcome.spread);
    for span in answers.spans() {
        let (estimate, error, spread);
        (estimate, estimates) = estimates.split_at_mut(span.len());
        (error, errors) = errors.split_at_mut(span.len());
        (spread, spreads) = spreads.split_at_mut(span.len());
        let sums = filled(experts * SUMS)?;
        parts.push(Part { tasks: span.clone(), estimate, error, spread, sums, total: 0.0 });
    }
    Ok(parts)
}

/// Adds up a sum for each expert, span by span.
pub(super) fn combine(parts: &[Part<'_>], which: usize, sums: &mut [f64]) {
    let range = which * sums.len()..(which + 1) * sums.len();
    sums.copy_from_slice(&parts[0].sums[range.clone()]);
    for part in &parts[1..] {
        sums.iter_mut().zip(&part.sums[range.clone()]).for_each(|(sum, more)| *sum += more);
    }
}

/// Adds up the parts' totals.
pub(super) fn total(parts: &[Part<'_>]) -> f64 {
    parts[1..].iter().fold(parts[0].total, |sum, part| sum + part.total)
}

impl Part<'_> {
    /// Writes what is known of the tasks, and that nothing is known of the others.
    pub(super) fn clear(&mut self, answers: &Answers) {
        for (at, task) in self.tasks.clone().enumerate() {
            let known = answers.known(task);
            self.estimate[at] = known.unwrap_or(f64::NAN);
            self.error[at] = if known.is_some() { 0.0 } else { f64::NAN };
            self.spread[at] = 0.0;
        }
    }

    /// Sums up `value(task's place, answer's value)` times the answer's weight for each expert.
    pub(super) fn sum_up(&mut self, which: usize, answers: &Answers, value: impl Fn(&Self, usize, f64) -> f64) {
        let mut sums = std::mem::take(&mut self.sums);
        let experts = sums.len() / SUMS;
        let of_expert = &mut sums[which * experts..(which + 1) * experts];
        of_expert.fill(0.0);
        for (at, task) in self.tasks.clone().enumerate() {
            let group = answers.group(task);
            for (answer, (&expert, &x)) in group.experts.iter().zip(group.values).enumerate() {
                of_expert[expert as usize] += group.weight(answer) * value(self, at, x);
            }
        }
        self.sums = sums;
    }

    /// Writes an estimate and a number of the method for each task that is not known and has answers.
    pub(super) fn estimate(&mut self, answers: &Answers, of: impl Fn(usize, Group<'_>) -> (f64, f64)) {
        for (at, task) in self.tasks.clone().enumerate() {
            let group = answers.group(task);
            if answers.known(task).is_none() && !group.is_empty() {
                (self.estimate[at], self.error[at]) = of(task, group);
            }
        }
    }

    /// Writes the standard error of each task that is not known and has answers, from its estimate.
    pub(super) fn errors(&mut self, answers: &Answers, of: impl Fn(f64, Group<'_>) -> f64) {
        for (at, task) in self.tasks.clone().enumerate() {
            let group = answers.group(task);
            if answers.known(task).is_none() && !group.is_empty() {
                self.error[at] = of(self.estimate[at], group);
            }
        }
    }

    /// Sums up the experts' weights and deviations, and writes the spread of each task.
    pub(super) fn describe(&mut self, answers: &Answers) {
        self.sum_up(0, answers, |_, _, _| 1.0);
        self.sum_up(1, answers, |part, at, x| x - part.estimate[at]);
        self.sum_up(2, answers, |part, at, x| {
            let difference = x - part.estimate[at];
            difference * difference
        });
        for (at, task) in self.tasks.clone().enumerate() {
            let group = answers.group(task);
            let (mut total, mut squares) = (0.0, 0.0);
            for (answer, x) in group.values.iter().enumerate() {
                let difference = x - self.estimate[at];
                total += group.weight(answer);
                squares += group.weight(answer) * (difference * difference);
            }
            self.spread[at] = if group.is_empty() { f64::NAN } else { (squares / total).sqrt() };
        }
    }
}

/// What is told of the experts: weights that make 1, biases and deviations; from the sums of `describe` where the method
/// has no model of them.
pub(super) fn experts_of(answers: &Answers, parts: &[Part<'_>], given: Experts) -> Result<[Vec<f64>; 3], FitError> {
    let count = given.trust.len();
    let (mut weights, mut bias, mut deviation) = (given.trust, filled(count)?, filled(count)?);
    let mut totals: Vec<f64> = filled(count)?;
    combine(parts, 0, &mut totals);
    combine(parts, 1, &mut bias);
    combine(parts, 2, &mut deviation);
    bias.iter_mut().zip(&totals).for_each(|(sum, total): (&mut f64, _)| *sum /= total);
    deviation.iter_mut().zip(&totals).for_each(|(sum, total): (&mut f64, _)| *sum = (*sum / total).sqrt());
    let (mut bias, mut deviation) = (given.bias.unwrap_or(bias), given.deviation.unwrap_or(deviation));
    for (expert, &answered) in answers.answered().iter().enumerate() {
        if answered == 0 {
            (bias[expert], deviation[expert]) = (f64::NAN, f64::NAN);
        }
    }
    let mut whole = 0.0;
    weights.iter().for_each(|weight| whole += weight);
    weights.iter_mut().for_each(|weight| *weight = if whole > 0.0 { *weight / whole } else { 0.0 });
    Ok([weights, bias, deviation])
}

/// Writes the experts' numbers, and all values in the units of the table.
pub(super) fn report(answers: &Answers, experts: [Vec<f64>; 3], outcome: &mut Outcome<'_>) {
    let [weight, bias, deviation] = experts;
    outcome.weight.copy_from_slice(&weight);
    outcome.bias.copy_from_slice(&bias);
    outcome.deviation.copy_from_slice(&deviation);
    for values in
        [&mut *outcome.estimate, &mut *outcome.error, &mut *outcome.spread, &mut *outcome.bias, &mut *outcome.deviation]
    {
        values.iter_mut().for_each(|value| *value = scale(*value, answers.exponent()));
    }
}
