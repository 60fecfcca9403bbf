//! D. Hovy, T. Berg-Kirkpatrick, A. Vaswani and E. Hovy, *Learning whom to trust with MACE*, NAACL-HLT 2013: an expert
//! either knows the answer or spams by a strategy of its own. `docs/methods/mace.md` specifies the fit.

mod field;

use field::{ALONE, Field, Lane, Part, lanes, likelihood, parts, wrong};

use super::control::Watch;
use super::decide::decide;
use super::index::Index;
use super::race::{Rounds, Run, race};
use super::random::SplitMix64;
use super::storage::{empty, filled};
use super::team::Team;
use super::vote::shares;
use super::{FitError, Outcome, Problem, Summary};
use crate::kernels::{FLOOR, Kernels, STARTS, scalar};

/// About how many rows one piece of an M-step has.
const PIECE: usize = 1024;
/// How far apart the weights of a start are: from 1 to 1 and this.
const NOISE: f64 = 1.5;
/// What stands before the values of an expert's labels: spam, knowledge, both, and the sum of those values.
const HEAD: usize = 4;

/// Five iterations a round, of as many starts together as a pass takes.
const ROUNDS: Rounds = Rounds { length: 5, batch: STARTS };

/// The parameters of one start, for each expert and label.
struct State {
    /// The logarithm of the probability of an answer by spam.
    miss: Vec<f64>,
    /// How many times likelier an answer is where it is right.
    odds: Vec<f64>,
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
    /// What all parts counted in the latest pass.
    rights: Vec<f64>,
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
    let restarts = problem.parameter(1) as usize;
    let mut runs = empty(restarts)?;
    let mut seeds = SplitMix64::new(problem.seed);
    for _ in 0..restarts {
        runs.push(Run::new(desk.begin(seeds.next(), experts)?));
    }
    match problem.class_priors {
        Some(fixed) => outcome.prior.copy_from_slice(fixed),
        None => outcome.prior.fill(1.0 / labels as f64),
    }
    let gold = index.by_place(problem.gold)?;
    let gold = gold.as_deref();
    let starts = lanes(restarts.min(STARTS));
    let mut parts = parts(index, &mut *outcome.posterior, starts)?;
    let parts = parts.as_mut_slice();
    let rows = experts * labels;
    let mut log_prior: Vec<f64> = filled(labels)?;
    log_prior.copy_from_slice(outcome.prior);
    kernels.log(&mut log_prior);
    let (odds, logs) = (filled(if starts > 1 { rows * starts } else { 0 })?, filled(rows)?);
    let mut field = Field { kernels, index, gold, prior: outcome.prior, log_prior, odds, logs, team, control };

    let mut run = race(problem, control, &ROUNDS, runs, |batch| iterate(problem, &mut desk, &mut field, parts, batch))?;
    let objective = if problem.max_iterations > 0 {
        field.expect(parts, &run.state, &desk.totals)
    } else {
        team.each(parts, |part| {
            shares(index, gold, part.places.clone(), part.posterior, labels);
            part.pass(kernels, index, gold, None);
        });
        f64::NAN
    };
    control.check()?;
    desk.combine(parts, 1)?;
    desk.tally(ALONE, &mut run.state)?;
    desk.describe(outcome.skill, outcome.confusion.as_deref_mut());
    decide(problem, index, outcome, team)?;
    Ok(Summary { iterations: run.iterations, converged: run.converged, objective })
}

/// One iteration of the runs of a batch that are not over: together, but for those whose odds cannot be multiplied.
fn iterate(
    problem: &Problem<'_>,
    desk: &mut Desk<'_>,
    field: &mut Field<'_>,
    parts: &mut [Part<'_>],
    batch: &mut [Run<State>],
) -> Result<(), FitError> {
    let starts = lanes(batch.len());
    let mut together = [false; STARTS];
    for (run, together) in batch.iter_mut().zip(&mut together) {
        if run.is_over(problem) {
            continue;
        }
        *together = starts > 1 && field.multiplies(&run.state);
        if !*together {
            let objective = field.expect(parts, &run.state, &desk.totals);
            desk.combine(parts, 1)?;
            desk.maximise(ALONE, &mut run.state)?;
            run.advance(problem, objective);
        }
    }
    if together.contains(&true) {
        field.gather(batch, starts);
        field.multiply(parts, None, starts);
        desk.combine(parts, starts)?;
        for (start, run) in batch.iter_mut().enumerate().filter(|&(start, _)| together[start]) {
            let objective = likelihood(parts, start) + wrong(&run.state, &desk.totals);
            desk.maximise(Lane { start, starts }, &mut run.state)?;
            run.advance(problem, objective);
        }
    }
    Ok(())
}

/// Writes the sums of an expert's values.
fn sum_up(values: &mut [f64]) {
    values[2] = values[0] + values[1];
    values[3] = values[HEAD..].iter().fold(0.0, |sum, value| sum + value);
}

/// The parameters of some experts from values in proportion to probabilities.
fn prepare(values: &[f64], miss: &mut [f64], odds: &mut [f64], known: &mut [f64], labels: usize) {
    let tables = miss.chunks_exact_mut(labels).zip(odds.chunks_exact_mut(labels)).zip(known.chunks_exact_mut(labels));
    for (values, ((miss, odds), known)) in values.chunks_exact(HEAD + labels).zip(tables) {
        let (spam, know) = (values[0] / values[2], values[1] / values[2]);
        for (((value, log), odds), known) in values[HEAD..].iter().zip(miss).zip(odds).zip(known) {
            let miss = spam * (value / values[3]);
            let hit = miss + know;
            *log = scalar::log(miss);
            *odds = hit / miss;
            *known = know / hit;
        }
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
        let totals = totals(index, experts, labels)?;
        let rights = filled(totals.len() * lanes(problem.parameter(1) as usize))?;
        Ok(Self { kernels, labels, variational, priors, totals, rights, values, logs, team })
    }

    /// The random parameters of a start.
    fn begin(&mut self, seed: u64, experts: usize) -> Result<State, FitError> {
        let rows = experts * self.labels;
        let mut state = State { miss: filled(rows)?, odds: filled(rows)?, known: filled(rows)? };
        let mut random = SplitMix64::new(seed);
        for values in self.values.chunks_exact_mut(HEAD + self.labels) {
            values[0] = 1.0 + NOISE * random.unit();
            values[1] = 1.0 + NOISE * random.unit();
            values[HEAD..].iter_mut().for_each(|value| *value = 1.0 + NOISE * random.unit());
            sum_up(values);
        }
        prepare(&self.values, &mut state.miss, &mut state.odds, &mut state.known, self.labels);
        Ok(state)
    }

    /// Adds up what the parts counted in a pass of so many starts.
    fn combine(&mut self, parts: &[Part<'_>], starts: usize) -> Result<(), FitError> {
        let rights = &mut self.rights[..self.totals.len() * starts];
        let mut pieces = empty(rights.len().div_ceil(PIECE))?;
        pieces.extend(rights.chunks_mut(PIECE).enumerate());
        self.team.each(&mut pieces, |(at, sums)| {
            let rows = *at * PIECE..*at * PIECE + sums.len();
            sums.copy_from_slice(&parts[0].rights[rows.clone()]);
            for part in &parts[1..] {
                sums.iter_mut().zip(&part.rights[rows.clone()]).for_each(|(sum, right)| *sum += right);
            }
        });
        Ok(())
    }

    /// The values of every expert from what was counted for a start: what an M-step normalises.
    fn tally(&mut self, lane: Lane, state: &mut State) -> Result<(), FitError> {
        let (labels, variational, priors, rights) = (self.labels, self.variational, self.priors, &self.rights);
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
                    let sure = rights[row * lane.starts + lane.start] * known;
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
    fn maximise(&mut self, lane: Lane, state: &mut State) -> Result<(), FitError> {
        self.tally(lane, state)?;
        let (kernels, labels, variational) = (self.kernels, self.labels, self.variational);
        let experts = (PIECE / labels).max(1);
        let mut pieces = empty(self.totals.len().div_ceil(experts * labels))?;
        pieces.extend(
            (self.values.chunks(experts * (HEAD + labels)))
                .zip(self.logs.chunks_mut(experts * (HEAD + labels)))
                .zip(state.miss.chunks_mut(experts * labels))
                .zip(state.odds.chunks_mut(experts * labels))
                .zip(state.known.chunks_mut(experts * labels)),
        );
        self.team.each(&mut pieces, |((((values, room), miss), odds), known)| {
            if variational {
                room.copy_from_slice(values);
                expect_logarithms(kernels, room, miss, odds, known, labels);
            } else {
                prepare(values, miss, odds, known, labels);
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
fn expect_logarithms(
    kernels: Kernels,
    room: &mut [f64],
    miss: &mut [f64],
    odds: &mut [f64],
    known: &mut [f64],
    labels: usize,
) {
    kernels.digamma(room);
    for (room, miss) in room.chunks_exact_mut(HEAD + labels).zip(miss.chunks_exact_mut(labels)) {
        let (spam, total) = (room[0] - room[2], room[3]);
        room[0] = room[1] - room[2];
        for (x, miss) in room[HEAD..].iter_mut().zip(miss) {
            *x = spam + (*x - total);
            *miss = *x;
        }
    }
    kernels.exp(room);
    let tables = odds.chunks_exact_mut(labels).zip(known.chunks_exact_mut(labels));
    for (room, (odds, known)) in room.chunks_exact(HEAD + labels).zip(tables) {
        let know = room[0];
        for ((miss, odds), known) in room[HEAD..].iter().zip(odds).zip(known) {
            let hit = miss + know;
            *odds = hit / miss;
            *known = know / hit;
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
