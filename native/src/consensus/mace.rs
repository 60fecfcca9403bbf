//! D. Hovy, T. Berg-Kirkpatrick, A. Vaswani and E. Hovy, *Learning whom to trust with MACE*, NAACL-HLT 2013: an expert
//! either knows the answer or spams by a strategy of its own. `docs/methods/mace.md` specifies the fit.

use super::control::Watch;
use super::decide::decide;
use super::index::Index;
use super::one_coin::Part;
use super::race::{Run, race};
use super::random::SplitMix64;
use super::storage::{empty, filled};
use super::team::Team;
use super::vote::shares;
use super::{FitError, Outcome, Problem, Summary};
use crate::kernels::{Coins, FLOOR, Kernels};

/// About how many rows one piece of an M-step has.
const PIECE: usize = 1024;
/// How far apart the weights of a start are: from 1 to 1 and this.
const NOISE: f64 = 1.5;
/// What stands before the values of an expert's labels: spam, knowledge, both, and the sum of those values.
const HEAD: usize = 4;

/// The parameters of one start, for each expert and label.
struct State {
    /// The logarithm of the probability of an answer by spam, and what knowledge adds to it where the answer is right.
    logs: Vec<[f64; 2]>,
    /// The probability that a right answer is known.
    known: Vec<f64>,
}

/// What every M-step works with.
struct Desk<'a> {
    kernels: Kernels,
    labels: usize,
    variational: bool,
    /// What is added to the counts of spam, of knowledge and of each label of a strategy.
    priors: [f64; 3],
    /// The weight of the answers of each expert and label.
    totals: Vec<f64>,
    /// `HEAD + labels` values of each expert.
    values: Vec<f64>,
    logs: Vec<f64>,
    team: &'a Team<'a>,
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
    let mut desk = Desk::new(kernels, problem, index, team)?;
    let mut runs = empty(problem.parameter(1) as usize)?;
    let mut seeds = SplitMix64::new(problem.seed);
    for _ in 0..problem.parameter(1) as usize {
        runs.push(Run::new(State::random(seeds.next(), experts, labels)?));
    }
    match problem.class_priors {
        Some(fixed) => outcome.prior.copy_from_slice(fixed),
        None => outcome.prior.fill(1.0 / labels as f64),
    }
    let mut log_prior: Vec<f64> = filled(labels)?;
    log_prior.copy_from_slice(outcome.prior);
    kernels.log(&mut log_prior);
    let gold = index.by_place(problem.gold)?;
    let gold = gold.as_deref();
    let mut parts = Part::all(index, &mut *outcome.posterior)?;
    let parts = parts.as_mut_slice();
    let expect = |parts: &mut [Part<'_>], state: &State| {
        let coins = Coins { prior: &log_prior, logs: &state.logs };
        team.each(parts, |part| {
            if !control.is_cancelled() {
                part.pass(kernels, index, gold, Some(coins));
            }
        });
        parts[1..].iter().fold(parts[0].likelihood, |sum, part| sum + part.likelihood)
    };

    let mut run = race(problem, control, runs, |state| {
        let objective = expect(parts, state);
        desk.maximise(parts, state)?;
        Ok(objective)
    })?;
    let objective = if problem.max_iterations > 0 {
        expect(parts, &run.state)
    } else {
        team.each(parts, |part| {
            shares(index, gold, part.places.clone(), part.posterior, labels);
            part.pass(kernels, index, gold, None);
        });
        f64::NAN
    };
    control.check()?;
    desk.tally(parts, &mut run.state)?;
    desk.describe(outcome.skill, outcome.confusion.as_deref_mut());
    decide(problem, index, outcome, team)?;
    Ok(Summary { iterations: run.iterations, converged: run.converged, objective })
}

impl State {
    fn random(seed: u64, experts: usize, labels: usize) -> Result<Self, FitError> {
        let mut state = Self { logs: filled(experts * labels)?, known: filled(experts * labels)? };
        let mut values: Vec<f64> = filled(HEAD + labels)?;
        let mut random = SplitMix64::new(seed);
        for (logs, known) in state.logs.chunks_exact_mut(labels).zip(state.known.chunks_exact_mut(labels)) {
            values[0] = 1.0 + NOISE * random.unit();
            values[1] = 1.0 + NOISE * random.unit();
            values[HEAD..].iter_mut().for_each(|value| *value = 1.0 + NOISE * random.unit());
            sum_up(&mut values);
            prepare(&values, logs, known);
        }
        Ok(state)
    }
}

/// Writes the sums of an expert's values.
fn sum_up(values: &mut [f64]) {
    values[2] = values[0] + values[1];
    values[3] = values[HEAD..].iter().fold(0.0, |sum, value| sum + value);
}

/// The parameters of one expert from values in proportion to probabilities.
fn prepare(values: &[f64], logs: &mut [[f64; 2]], known: &mut [f64]) {
    let (spam, know) = (values[0] / values[2], values[1] / values[2]);
    for ((value, pair), known) in values[HEAD..].iter().zip(logs).zip(known) {
        let miss = spam * (value / values[3]);
        let hit = miss + know;
        let log_miss = crate::kernels::scalar::log(miss);
        *pair = [log_miss, crate::kernels::scalar::log(hit) - log_miss];
        *known = know / hit;
    }
}

impl<'a> Desk<'a> {
    fn new(kernels: Kernels, problem: &Problem<'_>, index: &Index, team: &'a Team<'a>) -> Result<Self, FitError> {
        let [_, experts, labels] = problem.sizes;
        let variational = problem.parameter(0) != 0.0;
        let smoothing = problem.smoothing;
        let priors = if variational {
            [problem.parameter(2), problem.parameter(3), problem.parameter(4)]
        } else {
            [smoothing, smoothing, smoothing]
        };
        let room = experts * (HEAD + labels);
        let (values, logs) = (filled(room)?, filled(room)?);
        Ok(Self { kernels, labels, variational, priors, totals: totals(index, experts, labels)?, values, logs, team })
    }

    /// The values of every expert from what the parts counted: what an M-step normalises.
    fn tally(&mut self, parts: &[Part<'_>], state: &mut State) -> Result<(), FitError> {
        let (labels, variational, priors) = (self.labels, self.variational, self.priors);
        let experts = (PIECE / labels).max(1);
        let mut pieces = empty(self.totals.len().div_ceil(experts * labels))?;
        pieces.extend(
            self.values
                .chunks_mut(experts * (HEAD + labels))
                .zip(state.known.chunks(experts * labels))
                .zip(self.totals.chunks(experts * labels))
                .enumerate(),
        );
        self.team.each(&mut pieces, |(at, ((values, known), totals))| {
            let mut row = *at * experts * labels;
            let experts = values.chunks_exact_mut(HEAD + labels);
            for ((values, known), totals) in experts.zip(known.chunks_exact(labels)).zip(totals.chunks_exact(labels)) {
                let (mut spam, mut know) = (0.0, 0.0);
                for ((value, known), total) in values[HEAD..].iter_mut().zip(known).zip(totals) {
                    let right = parts[1..].iter().fold(parts[0].rights[row], |sum, part| sum + part.rights[row]);
                    let sure = right * known;
                    let rest = total - sure;
                    let rest = if rest > 0.0 { rest } else { 0.0 };
                    know += sure;
                    spam += rest;
                    *value = rest;
                    row += 1;
                }
                values[0] = spam;
                values[1] = know;
                for (value, prior) in values[..2].iter_mut().zip(priors) {
                    *value = raise(*value + prior, variational);
                }
                for value in &mut values[HEAD..] {
                    *value = raise(*value + priors[2], variational);
                }
                sum_up(values);
            }
        });
        Ok(())
    }

    /// The M-step: what the parts counted becomes the parameters of the next E-step.
    fn maximise(&mut self, parts: &[Part<'_>], state: &mut State) -> Result<(), FitError> {
        self.tally(parts, state)?;
        let (kernels, labels, variational) = (self.kernels, self.labels, self.variational);
        let experts = (PIECE / labels).max(1);
        let mut pieces = empty(self.totals.len().div_ceil(experts * labels))?;
        pieces.extend(
            (self.values.chunks(experts * (HEAD + labels)))
                .zip(self.logs.chunks_mut(experts * (HEAD + labels)))
                .zip(state.logs.chunks_mut(experts * labels))
                .zip(state.known.chunks_mut(experts * labels)),
        );
        self.team.each(&mut pieces, |(((values, room), logs), known)| {
            if variational {
                room.copy_from_slice(values);
                expect_logarithms(kernels, room, logs, known, labels);
                return;
            }
            let tables = logs.chunks_exact_mut(labels).zip(known.chunks_exact_mut(labels));
            for (values, (logs, known)) in values.chunks_exact(HEAD + labels).zip(tables) {
                prepare(values, logs, known);
            }
        });
        Ok(())
    }

    /// The skills and confusions of the values that the latest tally left.
    fn describe(&self, skills: &mut [f64], mut confusion: Option<&mut [f64]>) {
        let labels = self.labels;
        for (expert, (values, skill)) in self.values.chunks_exact(HEAD + labels).zip(skills).enumerate() {
            *skill = values[1] / values[2];
            let Some(confusion) = confusion.as_deref_mut() else { continue };
            let rows = &mut confusion[expert * labels * labels..][..labels * labels];
            for (label, (row, value)) in rows.chunks_exact_mut(labels).zip(&values[HEAD..]).enumerate() {
                let spam = (1.0 - *skill) * (value / values[3]);
                row.fill(spam);
                row[label] = spam + *skill;
            }
        }
    }
}

/// Keeps the values of an M-step without priors away from 0.
fn raise(value: f64, variational: bool) -> f64 {
    if variational || value > FLOOR { value } else { FLOOR }
}

/// The parameters of some experts from their values, whose place takes the logarithms that are expected of them.
fn expect_logarithms(kernels: Kernels, room: &mut [f64], logs: &mut [[f64; 2]], known: &mut [f64], labels: usize) {
    kernels.digamma(room);
    for (room, logs) in room.chunks_exact_mut(HEAD + labels).zip(logs.chunks_exact_mut(labels)) {
        let (spam, total) = (room[0] - room[2], room[3]);
        room[0] = room[1] - room[2];
        for (x, pair) in room[HEAD..].iter_mut().zip(logs) {
            *x = spam + (*x - total);
            pair[0] = *x;
        }
    }
    kernels.exp(room);
    for (room, known) in room.chunks_exact_mut(HEAD + labels).zip(known.chunks_exact_mut(labels)) {
        let know = room[0];
        for (x, known) in room[HEAD..].iter_mut().zip(known) {
            *x += know;
            *known = know / *x;
        }
    }
    kernels.log(room);
    for (room, logs) in room.chunks_exact(HEAD + labels).zip(logs.chunks_exact_mut(labels)) {
        for (x, pair) in room[HEAD..].iter().zip(logs) {
            pair[1] = x - pair[0];
        }
    }
}

/// The weight of the answers of each expert and label.
fn totals(index: &Index, experts: usize, labels: usize) -> Result<Vec<f64>, FitError> {
    let mut totals: Vec<f64> = filled(experts * labels)?;
    let mut sums: Vec<f64> = filled(experts * labels)?;
    for (number, span) in index.spans().iter().enumerate() {
        sums.fill(0.0);
        for answer in index.offsets()[span.start]..index.offsets()[span.end] {
            sums[index.expert(answer) * labels + index.label(answer)] += index.weight(answer);
        }
        if number == 0 {
            totals.copy_from_slice(&sums);
        } else {
            totals.iter_mut().zip(&sums).for_each(|(total, sum)| *total += sum);
        }
    }
    Ok(totals)
}
