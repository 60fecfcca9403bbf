//! A. P. Dawid and A. M. Skene, *Maximum likelihood estimation of observer error-rates using the EM algorithm*, Applied
//! Statistics 28, 1979: a confusion matrix for each expert.

use std::ops::Range;

use super::control::Watch;
use super::decide::decide;
use super::index::Index;
use super::storage::{Table, empty, filled};
use super::team::Team;
use super::vote::{class_prior, shares};
use super::{FitError, Outcome, PriorCounts, Problem, Summary};
use crate::kernels::{Counts, Factors, Kernels, LEAST_FACTOR, Logs, Span};

/// About how many cells of the count table one piece of an M-step has.
const PIECE: usize = 4096;

/// A span, its part of the posterior, and what its latest pass counted.
pub(super) struct Part<'a> {
    pub(super) places: Range<usize>,
    /// In the order of places until `decide`.
    pub(super) posterior: &'a mut [f64],
    pub(super) confusion: Table,
    pub(super) prior: Vec<f64>,
    pub(super) likelihood: f64,
}

/// How an E-step weighs the answers.
#[derive(Clone, Copy)]
pub(super) enum Evidence<'a> {
    /// The posterior is there already.
    None,
    Logs(Logs<'a>),
    Factors(Factors<'a>),
}

impl<'a> Part<'a> {
    /// A part for each span of an index, with a count table of some cells.
    pub(super) fn all(
        index: &Index,
        mut posterior: &'a mut [f64],
        labels: usize,
        cells: usize,
    ) -> Result<Vec<Self>, FitError> {
        let mut parts = empty(index.spans().len())?;
        for span in index.spans() {
            let own;
            (own, posterior) = posterior.split_at_mut(span.len() * labels);
            let (confusion, prior) = (Table::zeros(cells)?, filled(labels)?);
            parts.push(Part { places: span.clone(), posterior: own, confusion, prior, likelihood: 0.0 });
        }
        Ok(parts)
    }

    pub(super) fn pass(&mut self, kernels: Kernels, index: &Index, gold: Option<&[i32]>, evidence: Evidence<'_>) {
        let mut span = Span { first: self.places.start, posterior: self.posterior, gold };
        let mut counts = Counts { confusion: &mut self.confusion, prior: &mut self.prior };
        self.likelihood = match evidence {
            Evidence::None => kernels.dawid_skene_pass(index.answers(), &mut span, None, &mut counts),
            Evidence::Logs(logs) => kernels.dawid_skene_pass(index.answers(), &mut span, Some(logs), &mut counts),
            Evidence::Factors(factors) => kernels.products_pass(index.answers(), &mut span, factors, &mut counts),
        };
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
    let cells = problem.confusion_cells()?;
    let mut confusion = Table::zeros(cells)?;
    let mut log_prior: Vec<f64> = filled(labels)?;
    let mut totals: Vec<f64> = filled(pieces(experts, labels).1 * labels)?;
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
    while summary.iterations < problem.max_iterations && !summary.converged {
        control.check()?;
        maximise(kernels, problem, parts, summary.iterations, &mut confusion, &mut totals, team)?;
        class_priors(problem, parts, outcome.prior, tasks);
        let evidence = if index.is_unit() && confusion.iter().all(|&value| value >= LEAST_FACTOR) {
            Evidence::Factors(Factors { prior: outcome.prior, confusion: &confusion })
        } else {
            log_prior.copy_from_slice(outcome.prior);
            kernels.log(&mut log_prior);
            let mut pieces = empty(confusion.len().div_ceil(PIECE))?;
            pieces.extend(confusion.chunks_mut(PIECE));
            team.each(&mut pieces, |piece| kernels.log(piece));
            Evidence::Logs(Logs { prior: &log_prior, confusion: &confusion })
        };
        team.each(parts, |part| {
            if !control.is_cancelled() {
                part.pass(kernels, index, gold, evidence);
            }
        });
        let previous = summary.objective;
        summary.objective = parts[1..].iter().fold(parts[0].likelihood, |sum, part| sum + part.likelihood);
        summary.iterations += 1;
        // NaN, before the second iteration, compares false.
        summary.converged = (summary.objective - previous).abs() <= problem.tolerance * summary.objective.abs();
        control.report(summary.iterations);
    }
    control.check()?;
    let confusion = match &mut outcome.confusion {
        Some(wanted) => &mut **wanted,
        None => &mut *confusion,
    };
    maximise(kernels, problem, parts, summary.iterations, confusion, &mut totals, team)?;
    class_priors(problem, parts, outcome.prior, tasks);
    for (skill, expert) in outcome.skill.iter_mut().zip(confusion.chunks_exact(labels * labels)) {
        *skill = 0.0;
        for (p, right) in outcome.prior.iter().zip(expert.iter().step_by(labels + 1)) {
            *skill += p * right;
        }
    }
    decide(problem, index, outcome, team)?;
    Ok(summary)
}

/// How many experts a piece of an M-step has, and how many pieces there are.
fn pieces(experts: usize, labels: usize) -> (usize, usize) {
    let size = (PIECE / (labels * labels)).max(1);
    (size, experts.div_ceil(size))
}

/// The M-step: the spans' counts become confusions.
fn maximise(
    kernels: Kernels,
    problem: &Problem<'_>,
    parts: &[Part<'_>],
    step: u32,
    confusion: &mut [f64],
    totals: &mut [f64],
    team: &Team<'_>,
) -> Result<(), FitError> {
    let [_, experts, labels] = problem.sizes;
    let cells = pieces(experts, labels).0 * labels * labels;
    let history = problem
        .prior_counts
        .filter(|&(_, mode)| step == 0 || mode == PriorCounts::EveryIteration)
        .map(|(history, _)| history);
    let mut pieces = empty(experts)?;
    pieces.extend(confusion.chunks_mut(cells).zip(totals.chunks_exact_mut(labels)).enumerate());
    team.each(&mut pieces, |(at, (piece, totals))| {
        let from = *at * cells..*at * cells + piece.len();
        piece.copy_from_slice(&parts[0].confusion[from.clone()]);
        let others = parts[1..].iter().map(|part| &*part.confusion).chain(history);
        for counts in others {
            piece.iter_mut().zip(&counts[from.clone()]).for_each(|(sum, count)| *sum += count);
        }
        kernels.dawid_skene_normalise(piece, labels, problem.smoothing, totals);
    });
    Ok(())
}

fn class_priors(problem: &Problem<'_>, parts: &[Part<'_>], prior: &mut [f64], tasks: usize) {
    match problem.class_priors {
        Some(fixed) => prior.copy_from_slice(fixed),
        None => class_prior(prior, parts.iter().map(|part| part.prior.as_slice()), tasks),
    }
}
