//! H. C. Kim and Z. Ghahramani, *Bayesian classifier combination*, AISTATS 2012: Dawid-Skene with Dirichlet priors, by
//! variational Bayes. `docs/methods/ibcc.md` specifies the fit.

use super::control::Watch;
use super::dawid_skene::{Evidence, Part};
use super::decide::decide;
use super::dirichlet::{self, Columns};
use super::index::Index;
use super::storage::{Table, filled};
use super::team::Team;
use super::vote::shares;
use super::{FitError, Outcome, Problem, Summary};
use crate::kernels::{Kernels, Logs};

/// Fits the table of `index`.
pub(super) fn fit(
    kernels: Kernels,
    problem: &Problem<'_>,
    index: &Index,
    outcome: &mut Outcome<'_>,
    team: &Team<'_>,
    control: &Watch<'_>,
) -> Result<Summary, FitError> {
    let [_, experts, labels] = problem.sizes;
    let cells = problem.confusion_cells()?;
    let priors = [0, 1].map(|place| problem.parameter(place) + problem.smoothing);
    let mut columns = Columns::new(experts, labels, 1, priors)?;
    let mut logs = Table::zeros(cells)?;
    let mut start: Vec<f64> = filled(labels)?;
    let mut classes: Vec<f64> = filled(labels)?;
    classes.fill(problem.parameter(2));
    let gold = index.by_place(problem.gold)?;
    let gold = gold.as_deref();
    let mut parts = Part::all(index, &mut *outcome.posterior, labels, cells)?;
    let parts = parts.as_mut_slice();

    team.each(parts, |part| {
        if !control.is_cancelled() {
            shares(index, gold, part.places.clone(), part.posterior, labels);
            part.pass(kernels, index, gold, Evidence::None);
        }
    });
    let mut summary = Summary { iterations: 0, converged: false, objective: f64::NAN };
    loop {
        control.check()?;
        let counts = parts.iter().map(|part| &*part.confusion);
        let mut divergence = columns.update(kernels, team, counts, &mut logs)?;
        if let Some(fixed) = problem.class_priors {
            outcome.prior.copy_from_slice(fixed);
            start.copy_from_slice(fixed);
            kernels.log(&mut start);
        } else {
            sum_up(&mut start, parts.iter().map(|part| part.prior.as_slice()));
            divergence += dirichlet::update(&mut start, &classes, outcome.prior);
        }
        if summary.iterations >= problem.max_iterations || summary.converged {
            break;
        }
        let parameters = Evidence::Logs(Logs { prior: &start, confusion: &logs });
        team.each(parts, |part| {
            if !control.is_cancelled() {
                part.pass(kernels, index, gold, parameters);
            }
        });
        let previous = summary.objective;
        let likelihood = parts[1..].iter().fold(parts[0].likelihood, |sum, part| sum + part.likelihood);
        summary.objective = likelihood - divergence;
        summary.iterations += 1;
        // NaN, before the second iteration, compares false.
        summary.converged = (summary.objective - previous).abs() <= problem.tolerance * summary.objective.abs();
        control.report(summary.iterations);
    }
    for (expert, skill) in outcome.skill.iter_mut().enumerate() {
        *skill = 0.0;
        for (label, p) in outcome.prior.iter().enumerate() {
            *skill += p * columns.mean(expert, label, label);
        }
    }
    if let Some(confusion) = &mut outcome.confusion {
        for (row, means) in confusion.chunks_exact_mut(labels).enumerate() {
            for (column, mean) in means.iter_mut().enumerate() {
                *mean = columns.mean(row / labels, row % labels, column);
            }
        }
    }
    decide(problem, index, outcome, team)?;
    Ok(summary)
}

/// Adds sums up, span by span in their order.
pub(super) fn sum_up<'s>(total: &mut [f64], sums: impl Iterator<Item = &'s [f64]>) {
    for (span, sums) in sums.enumerate() {
        if span == 0 {
            total.copy_from_slice(sums);
        } else {
            total.iter_mut().zip(sums).for_each(|(total, sum)| *total += sum);
        }
    }
}
