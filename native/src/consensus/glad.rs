//! J. Whitehill, P. Ruvolo, T. Wu, J. Bergsma and J. Movellan, *Whose vote should count more*, NIPS 2009: the ability of
//! each expert and the difficulty of each task. `docs/methods/glad.md` specifies the fit.

use std::ops::Range;

use super::control::Watch;
use super::decide::decide;
use super::index::Index;
use super::storage::{empty, filled};
use super::team::Team;
use super::vote::shares;
use super::{FitError, Outcome, Problem, Summary};
use crate::kernels::{Abilities, BLOCK_TASKS, Drawing, Easiness, Kernels, ROOM, Span, scalar};

/// The least easiness that an expert's step reckons with.
const FLATTEST: f64 = 1e-6;

/// A span, its part of the posterior, its tasks' parameters, and what its latest pass counted.
struct Part<'a> {
    places: Range<usize>,
    /// In the order of places until `decide`.
    posterior: &'a mut [f64],
    beta: Vec<f64>,
    scale: Vec<f64>,
    experts: Vec<[f64; 3]>,
    room: [Vec<f64>; ROOM],
    likelihood: f64,
}

impl Part<'_> {
    fn pass(&mut self, kernels: Kernels, index: &Index, gold: Option<&[i32]>, abilities: Abilities<'_>) {
        let mut span = Span { first: self.places.start, posterior: self.posterior, gold };
        let mut easiness = Easiness { beta: &mut self.beta, scale: &mut self.scale };
        let room = self.room.each_mut().map(Vec::as_mut_slice);
        let mut drawing = Drawing { experts: &mut self.experts, room };
        self.likelihood = kernels.glad_pass(index.answers(), &mut span, abilities, &mut easiness, &mut drawing);
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
    let [_, experts, labels] = problem.sizes;
    let [ability, mean] = [0, 1].map(|place| problem.parameter(place));
    let others = scalar::log((labels - 1).max(1) as f64);
    match problem.class_priors {
        Some(fixed) => outcome.prior.copy_from_slice(fixed),
        None => outcome.prior.fill(1.0 / labels as f64),
    }
    let mut log_prior: Vec<f64> = filled(labels)?;
    log_prior.copy_from_slice(outcome.prior);
    kernels.log(&mut log_prior);
    let mut alpha: Vec<f64> = filled(experts)?;
    alpha.fill(ability);
    let gold = index.by_place(problem.gold)?;
    let gold = gold.as_deref();
    let mut parts = parts(problem, index, &mut *outcome.posterior, mean)?;
    let parts = parts.as_mut_slice();

    team.each(parts, |part| shares(index, gold, part.places.clone(), part.posterior, labels));
    let mut summary = Summary { iterations: 0, converged: false, objective: f64::NAN };
    while summary.iterations < problem.max_iterations && !summary.converged {
        control.check()?;
        let abilities = Abilities { prior: &log_prior, alpha: &alpha, mean, others };
        team.each(parts, |part| {
            if !control.is_cancelled() {
                part.pass(kernels, index, gold, abilities);
            }
        });
        let previous = summary.objective;
        let likelihood = parts[1..].iter().fold(parts[0].likelihood, |sum, part| sum + part.likelihood);
        let penalty = alpha.iter().fold(0.0, |sum, a| sum + 0.5 * ((a - ability) * (a - ability)));
        summary.objective = likelihood - penalty;
        step(parts, &mut alpha, ability);
        summary.iterations += 1;
        // NaN, before the second iteration, compares false.
        summary.converged = (summary.objective - previous).abs() <= problem.tolerance * summary.objective.abs();
        control.report(summary.iterations);
    }
    control.check()?;
    skills(index, parts, outcome.skill, labels)?;
    if let Some(weight) = &mut outcome.weight {
        weight.copy_from_slice(&alpha);
    }
    if let Some(difficulty) = &mut outcome.difficulty {
        for part in parts.iter() {
            for (place, scale) in part.places.clone().zip(&part.scale) {
                difficulty[index.task(place)] = 1.0 / scale;
            }
        }
    }
    decide(problem, index, outcome, team)?;
    Ok(summary)
}

fn parts<'a>(
    problem: &Problem<'_>,
    index: &Index,
    mut posterior: &'a mut [f64],
    mean: f64,
) -> Result<Vec<Part<'a>>, FitError> {
    let [_, experts, labels] = problem.sizes;
    let mut parts = empty(index.spans().len())?;
    for span in index.spans() {
        let own;
        (own, posterior) = posterior.split_at_mut(span.len() * labels);
        let (mut beta, mut scale): (Vec<f64>, Vec<f64>) = (filled(span.len())?, filled(span.len())?);
        beta.fill(mean);
        scale.fill(scalar::exp(mean));
        let longest = index.offsets()[span.start..=span.end]
            .chunks(BLOCK_TASKS)
            .enumerate()
            .map(|(block, ends)| index.offsets()[(span.start + (block + 1) * BLOCK_TASKS).min(span.end)] - ends[0])
            .max()
            .unwrap_or(0);
        let mut room: [Vec<f64>; ROOM] = Default::default();
        for array in &mut room {
            *array = filled(longest)?;
        }
        let experts = filled(experts)?;
        parts.push(Part { places: span.clone(), posterior: own, beta, scale, experts, room, likelihood: 0.0 });
    }
    Ok(parts)
}

/// One step of every expert's ability, as far as the curvature is sure not to turn the slope.
fn step(parts: &[Part<'_>], alpha: &mut [f64], ability: f64) {
    for (expert, a) in alpha.iter_mut().enumerate() {
        let [mut slope, mut bend, mut widest] = parts[0].experts[expert];
        for part in &parts[1..] {
            let [s, b, w] = part.experts[expert];
            slope += s;
            bend += b;
            widest = if w > widest { w } else { widest };
        }
        let slope = slope - (*a - ability);
        let widest = if widest > FLATTEST { widest } else { FLATTEST };
        let length = scalar::log(1.0 + widest * slope.abs() / (1.0 + bend)) / widest;
        *a += if slope >= 0.0 { length } else { -length };
    }
}

/// The share of each expert's answers that is expected to be right.
fn skills(index: &Index, parts: &[Part<'_>], skill: &mut [f64], labels: usize) -> Result<(), FitError> {
    let mut totals: Vec<f64> = filled(skill.len())?;
    let mut sums: Vec<[f64; 2]> = filled(skill.len())?;
    for (number, part) in parts.iter().enumerate() {
        sums.fill([0.0; 2]);
        for (place, row) in part.places.clone().zip(part.posterior.chunks_exact(labels)) {
            for answer in index.offsets()[place]..index.offsets()[place + 1] {
                let [right, all] = &mut sums[index.expert(answer)];
                *right += index.weight(answer) * row[index.label(answer)];
                *all += index.weight(answer);
            }
        }
        for ((skill, total), [right, all]) in skill.iter_mut().zip(&mut totals).zip(&sums) {
            (*skill, *total) = if number == 0 { (*right, *all) } else { (*skill + right, *total + all) };
        }
    }
    for (skill, &total) in skill.iter_mut().zip(&totals) {
        *skill = if total > 0.0 { *skill / total } else { 0.0 };
    }
    Ok(())
}
