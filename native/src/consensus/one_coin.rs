//! One-coin Dawid-Skene: one number for each expert, the probability that it is right; and `ZenCrowd`, which takes every
//! label for equally likely and begins with the same reliability for all experts.

use std::ops::Range;

use super::control::Watch;
use super::decide::decide;
use super::index::Index;
use super::storage::{empty, filled};
use super::team::Team;
use super::vote::{class_prior, shares};
use super::{FitError, Method, Outcome, Problem, Summary};
use crate::kernels::{Coins, Kernels, Rights, Span};

/// How many experts one piece of an M-step has.
const PIECE: usize = 1024;

/// A span, its part of the posterior, and what its latest pass counted.
pub(super) struct Part<'a> {
    pub(super) places: Range<usize>,
    /// In the order of places until `decide`.
    pub(super) posterior: &'a mut [f64],
    /// Of each row of the index.
    pub(super) rights: Vec<f64>,
    pub(super) prior: Vec<f64>,
    pub(super) likelihood: f64,
}

impl<'a> Part<'a> {
    /// A part for each span of an index.
    pub(super) fn all(index: &Index, mut posterior: &'a mut [f64]) -> Result<Vec<Self>, FitError> {
        let (rows, labels) = (index.answers().experts(), index.answers().labels());
        let mut parts = empty(index.spans().len())?;
        for span in index.spans() {
            let own;
            (own, posterior) = posterior.split_at_mut(span.len() * labels);
            let (rights, prior) = (filled(rows)?, filled(labels)?);
            parts.push(Part { places: span.clone(), posterior: own, rights, prior, likelihood: 0.0 });
        }
        Ok(parts)
    }

    pub(super) fn pass(&mut self, kernels: Kernels, index: &Index, gold: Option<&[i32]>, coins: Option<Coins<'_>>) {
        let mut span = Span { first: self.places.start, posterior: self.posterior, gold };
        let mut rights = Rights { experts: &mut self.rights, prior: &mut self.prior };
        self.likelihood = kernels.one_coin_pass(index.answers(), &mut span, coins, &mut rights);
    }
}

/// Fits the table of `index`.
pub(super) fn fit(
    kernels: Kernels,
    problem: &Problem<'_>,
    index: &Index,
    outcome: &mut Outcome<'_>,
    team: &Team<'_>,
    control: &Watch<'_>,
) -> Result<Summary, FitError> {
    let [tasks, experts, labels] = problem.sizes;
    let mut logs: Vec<[f64; 2]> = filled(experts)?;
    let mut log_prior: Vec<f64> = filled(labels)?;
    let totals = totals(problem, index)?;
    let zen_crowd = problem.method == Method::ZenCrowd;
    let mut ones: Vec<f64> = filled(if zen_crowd { experts } else { 0 })?;
    ones.fill(1.0);
    let gold = index.by_place(problem.gold)?;
    let gold = gold.as_deref();
    let mut parts = Part::all(index, &mut *outcome.posterior)?;
    let parts = parts.as_mut_slice();

    team.each(parts, |part| {
        if !control.is_cancelled() {
            shares(index, gold, part.places.clone(), part.posterior, labels);
            part.pass(kernels, index, gold, None);
        }
    });
    let mut summary = Summary { iterations: 0, converged: false, objective: f64::NAN };
    loop {
        control.check()?;
        maximise(kernels, problem, parts, &totals, outcome.skill, &mut logs, team)?;
        if zen_crowd && summary.iterations == 0 && problem.max_iterations > 0 {
            // What the first iteration begins with instead of the votes: a right answer out of one.
            outcome.skill.fill(problem.parameter(0));
            kernels.one_coin_normalise(outcome.skill, &ones, &mut logs, labels, 0.0);
        }
        match problem.class_priors {
            Some(fixed) => outcome.prior.copy_from_slice(fixed),
            None if zen_crowd => outcome.prior.fill(1.0 / labels as f64),
            None => class_prior(outcome.prior, parts.iter().map(|part| part.prior.as_slice()), tasks),
        }
        if summary.iterations >= problem.max_iterations || summary.converged {
            break;
        }
        log_prior.copy_from_slice(outcome.prior);
        kernels.log(&mut log_prior);
        let coins = Coins { prior: &log_prior, logs: &logs };
        team.each(parts, |part| {
            if !control.is_cancelled() {
                part.pass(kernels, index, gold, Some(coins));
            }
        });
        let previous = summary.objective;
        summary.objective = parts[1..].iter().fold(parts[0].likelihood, |sum, part| sum + part.likelihood);
        summary.iterations += 1;
        // NaN, before the second iteration, compares false.
        summary.converged = (summary.objective - previous).abs() <= problem.tolerance * summary.objective.abs();
        control.report(summary.iterations);
    }
    if let Some(confusion) = &mut outcome.confusion {
        for (expert, &skill) in confusion.chunks_exact_mut(labels * labels).zip(outcome.skill.iter()) {
            expert.fill(error(skill, labels));
            expert.iter_mut().step_by(labels + 1).for_each(|right| *right = skill);
        }
    }
    decide(problem, index, outcome, team)?;
    Ok(summary)
}

/// The probability of each wrong label.
fn error(skill: f64, labels: usize) -> f64 {
    (1.0 - skill) / (labels - 1).max(1) as f64
}

/// The weight of each expert's answers, smoothing included; it is the same in every iteration.
fn totals(problem: &Problem<'_>, index: &Index) -> Result<Vec<f64>, FitError> {
    let [_, experts, labels] = problem.sizes;
    let mut totals: Vec<f64> = filled(experts)?;
    let mut sums: Vec<f64> = filled(experts)?;
    for (number, span) in index.spans().iter().enumerate() {
        sums.fill(0.0);
        for answer in index.offsets()[span.start]..index.offsets()[span.end] {
            sums[index.expert(answer)] += index.weight(answer);
        }
        if number == 0 {
            totals.copy_from_slice(&sums);
        } else {
            totals.iter_mut().zip(&sums).for_each(|(total, sum)| *total += sum);
        }
    }
    let smoothing = problem.smoothing * labels as f64;
    totals.iter_mut().for_each(|total| *total += smoothing);
    Ok(totals)
}

/// The M-step: the spans' counts become skills, and these the logarithms of the next E-step.
fn maximise(
    kernels: Kernels,
    problem: &Problem<'_>,
    parts: &[Part<'_>],
    totals: &[f64],
    skills: &mut [f64],
    logs: &mut [[f64; 2]],
    team: &Team<'_>,
) -> Result<(), FitError> {
    let mut pieces = empty(skills.len().div_ceil(PIECE))?;
    pieces.extend(skills.chunks_mut(PIECE).zip(totals.chunks(PIECE)).zip(logs.chunks_mut(PIECE)).enumerate());
    team.each(&mut pieces, |(at, ((skills, totals), logs))| {
        let from = *at * PIECE..*at * PIECE + skills.len();
        skills.copy_from_slice(&parts[0].rights[from.clone()]);
        for part in &parts[1..] {
            skills.iter_mut().zip(&part.rights[from.clone()]).for_each(|(sum, right)| *sum += right);
        }
        kernels.one_coin_normalise(skills, totals, logs, problem.sizes[2], problem.smoothing);
    });
    Ok(())
}
