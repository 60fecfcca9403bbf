//! Y. Li, B. Rubinstein and T. Cohn, *Exploiting worker correlation for label aggregation in crowdsourcing*, ICML 2019: the
//! tasks of a class fall into groups, in each of which the experts err in their own way; so they may err together.
//! `docs/methods/ebcc.md` specifies the fit.

use std::ops::Range;

use super::control::Watch;
use super::decide::decide;
use super::dirichlet::{self, Columns};
use super::ibcc::sum_up;
use super::index::Index;
use super::race::{Rounds, Run, race};
use super::random::SplitMix64;
use super::storage::{Table, empty, filled};
use super::team::Team;
use super::vote::shares;
use super::{FitError, Outcome, Problem, Summary};
use crate::kernels::{FLOOR, Kernels, Mixture, Parts, block_length};

/// One start after the other makes ten iterations a round.
const ROUNDS: Rounds = Rounds { length: 10, batch: 1 };

/// A span, its part of the posterior, and what its latest pass counted.
struct Part<'a> {
    places: Range<usize>,
    /// In the order of places until `decide`.
    posterior: &'a mut [f64],
    counts: Table,
    sums: Vec<f64>,
    block: Table,
    likelihood: f64,
}

/// The parameters of one start.
struct State {
    /// What the logits of a task begin with.
    start: Vec<f64>,
    logs: Table,
    divergence: f64,
}

/// What every step works with.
struct Desk<'a> {
    kernels: Kernels,
    problem: &'a Problem<'a>,
    index: &'a Index,
    gold: Option<&'a [i32]>,
    team: &'a Team<'a>,
    control: &'a Watch<'a>,
    groups: usize,
    columns: Columns,
    /// The prior counts of the classes: how the votes share the tasks out.
    classes: Vec<f64>,
    /// The prior counts of the groups of a class.
    mixing: Vec<f64>,
    /// The means of the groups of each class, and of the classes.
    mixture: Vec<f64>,
    prior: Vec<f64>,
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
    let groups = problem.parameter(0) as usize;
    let width = labels
        .checked_mul(groups)
        .filter(|&width| {
            problem.confusion_cells().is_ok_and(|cells| cells.checked_mul(groups).is_some()) && width < 1 << 31
        })
        .ok_or_else(|| FitError::Unsupported(format!("{groups} groups are too many for {experts} experts")))?;
    let gold = index.by_place(problem.gold)?;
    let priors = [3, 4].map(|place| problem.parameter(place) + problem.smoothing);
    let mut mixing: Vec<f64> = filled(groups)?;
    mixing.fill(problem.parameter(2) / groups as f64);
    let mut desk = Desk {
        kernels,
        problem,
        index,
        gold: gold.as_deref(),
        team,
        control,
        groups,
        columns: Columns::new(experts, labels, groups, priors)?,
        classes: filled(labels)?,
        mixing,
        mixture: filled(width)?,
        prior: filled(labels)?,
    };
    let mut parts = desk.parts(&mut *outcome.posterior, width)?;
    let parts = parts.as_mut_slice();
    desk.count_votes(parts)?;
    let mut seeds = SplitMix64::new(problem.seed);
    let mut runs = empty(problem.parameter(1) as usize)?;
    for _ in 0..problem.parameter(1) as usize {
        control.check()?;
        runs.push(Run::new(desk.begin(parts, seeds.next())?));
    }
    let mut run = race(problem, control, &ROUNDS, runs, |batch| {
        for run in batch {
            let objective = desk.expect(parts, &run.state);
            desk.maximise(parts, &mut run.state)?;
            run.advance(problem, objective);
        }
        Ok(())
    })?;
    let mut objective = f64::NAN;
    if problem.max_iterations > 0 {
        objective = desk.expect(parts, &run.state);
        desk.maximise(parts, &mut run.state)?;
    } else {
        // The posterior stays the votes; the parameters are those of the first start.
        desk.begin(parts, SplitMix64::new(problem.seed).next())?;
    }
    control.check()?;
    desk.describe(outcome);
    decide(problem, index, outcome, team)?;
    Ok(Summary { iterations: run.iterations, converged: run.converged, objective })
}

impl Desk<'_> {
    fn parts<'p>(&self, mut posterior: &'p mut [f64], width: usize) -> Result<Vec<Part<'p>>, FitError> {
        let [_, experts, labels] = self.problem.sizes;
        let mut parts = empty(self.index.spans().len())?;
        for span in self.index.spans() {
            let own;
            (own, posterior) = posterior.split_at_mut(span.len() * labels);
            let (counts, block) = (Table::zeros(experts * labels * width)?, Table::zeros(block_length(width))?);
            let sums = filled(width)?;
            parts.push(Part { places: span.clone(), posterior: own, counts, sums, block, likelihood: 0.0 });
        }
        Ok(parts)
    }

    /// Makes the votes the posterior.
    fn vote(&self, parts: &mut [Part<'_>]) {
        let labels = self.problem.sizes[2];
        self.team.each(parts, |part| shares(self.index, self.gold, part.places.clone(), part.posterior, labels));
    }

    /// Makes the votes the posterior and the prior counts of the classes.
    fn count_votes(&mut self, parts: &mut [Part<'_>]) -> Result<(), FitError> {
        self.vote(parts);
        let labels = self.classes.len();
        let mut sums: Vec<f64> = filled(labels)?;
        for (number, part) in parts.iter().enumerate() {
            sums.fill(0.0);
            for row in part.posterior.chunks_exact(labels) {
                sums.iter_mut().zip(row).for_each(|(sum, share)| *sum += share);
            }
            if number == 0 {
                self.classes.copy_from_slice(&sums);
            } else {
                self.classes.iter_mut().zip(&sums).for_each(|(class, sum)| *class += sum);
            }
        }
        self.classes.iter_mut().for_each(|class| *class = if *class > FLOOR { *class } else { FLOOR });
        Ok(())
    }

    /// The parameters that come of sharing the votes of each task out among the groups at random. The posterior holds the
    /// votes.
    fn begin(&mut self, parts: &mut [Part<'_>], seed: u64) -> Result<State, FitError> {
        let (index, groups, labels) = (self.index, self.groups, self.problem.sizes[2]);
        let width = labels * groups;
        let kernels = self.kernels;
        self.team.each(parts, |part| {
            part.counts.fill(0.0);
            part.sums.fill(0.0);
            for (place, shares) in part.places.clone().zip(part.posterior.chunks_exact(labels)) {
                let row = &mut part.block[..width];
                draw(kernels, SplitMix64::new(seed).skip((index.task(place) * width) as u64), groups, shares, row);
                part.sums.iter_mut().zip(&*row).for_each(|(sum, p)| *sum += p);
                for answer in index.offsets()[place]..index.offsets()[place + 1] {
                    let weight = index.weight(answer);
                    let at = (index.expert(answer) * labels + index.label(answer)) * width;
                    part.counts[at..at + width].iter_mut().zip(&*row).for_each(|(count, p)| *count += weight * p);
                }
            }
        });
        let cells = self.columns.values.len();
        let mut state = State { start: filled(width)?, logs: Table::zeros(cells)?, divergence: 0.0 };
        self.maximise(parts, &mut state)?;
        Ok(state)
    }

    /// The E-step; returns the evidence lower bound.
    fn expect(&self, parts: &mut [Part<'_>], state: &State) -> f64 {
        let mixture = Mixture { start: &state.start, logs: &state.logs };
        self.team.each(parts, |part| {
            if !self.control.is_cancelled() {
                let mut span =
                    crate::kernels::Span { first: part.places.start, posterior: part.posterior, gold: self.gold };
                let mut counted = Parts { counts: &mut part.counts, sums: &mut part.sums, block: &mut part.block };
                part.likelihood = self.kernels.groups_pass(self.index.answers(), &mut span, mixture, &mut counted);
            }
        });
        parts[1..].iter().fold(parts[0].likelihood, |sum, part| sum + part.likelihood) - state.divergence
    }

    /// The M-step.
    fn maximise(&mut self, parts: &[Part<'_>], state: &mut State) -> Result<(), FitError> {
        let counts = parts.iter().map(|part| &*part.counts);
        let mut divergence = self.columns.update(self.kernels, self.team, counts, &mut state.logs)?;
        sum_up(&mut state.start, parts.iter().map(|part| part.sums.as_slice()));
        let mut logs: Vec<f64> = filled(self.classes.len())?;
        for ((sums, means), total) in
            state.start.chunks_exact_mut(self.groups).zip(self.mixture.chunks_exact_mut(self.groups)).zip(&mut logs)
        {
            *total = sums.iter().fold(0.0, |total, sum| total + sum);
            divergence += dirichlet::update(sums, &self.mixing, means);
        }
        if let Some(fixed) = self.problem.class_priors {
            self.prior.copy_from_slice(fixed);
            logs.copy_from_slice(fixed);
            self.kernels.log(&mut logs);
        } else {
            divergence += dirichlet::update(&mut logs, &self.classes, &mut self.prior);
        }
        for (start, log) in state.start.chunks_exact_mut(self.groups).zip(&logs) {
            start.iter_mut().for_each(|x| *x += log);
        }
        state.divergence = divergence;
        Ok(())
    }

    /// The class prior, and of each expert the confusion and the skill, from the latest M-step.
    fn describe(&self, outcome: &mut Outcome<'_>) {
        let labels = self.prior.len();
        outcome.prior.copy_from_slice(&self.prior);
        for (expert, skill) in outcome.skill.iter_mut().enumerate() {
            *skill = 0.0;
            for label in 0..labels {
                for class in 0..labels {
                    let columns = class * self.groups..(class + 1) * self.groups;
                    let share = columns
                        .fold(0.0, |sum, column| sum + self.mixture[column] * self.columns.mean(expert, label, column));
                    if label == class {
                        *skill += self.prior[class] * share;
                    }
                    if let Some(confusion) = &mut outcome.confusion {
                        confusion[(expert * labels + label) * labels + class] = share;
                    }
                }
            }
        }
    }
}

/// Shares the vote for each class out among its groups, every division as likely as any other.
fn draw(kernels: Kernels, mut random: SplitMix64, groups: usize, shares: &[f64], row: &mut [f64]) {
    row.iter_mut().for_each(|x| *x = 1.0 - random.unit());
    kernels.log(row);
    for (draws, share) in row.chunks_exact_mut(groups).zip(shares) {
        let mut total = 0.0;
        for draw in draws.iter_mut() {
            let length = -*draw;
            *draw = if length > FLOOR { length } else { FLOOR };
            total += *draw;
        }
        draws.iter_mut().for_each(|draw| *draw = *draw / total * share);
    }
}
