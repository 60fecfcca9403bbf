//! Known labels. They play no part in the fit, so the posteriors of their tasks are like those of all others; held against
//! the known labels, they tell how sure the result may be and which reading of the answers fits better.

use super::constants::{
    BETAS, COIN_EDGE, FLOOR_WEIGHTS, FLOORS, LEAST_ERRORS, LEAST_KNOWN, LEAST_P, LEAST_READING, LUCK, READING_DRIFT,
    READING_WEIGHTS, READINGS_KNOWN, SPREAD,
};
use super::field::Field;
use super::pulled::BLOCK;
use crate::consensus::FitError;
use crate::consensus::storage::{empty, filled};
use crate::kernels::scalar::{exp, log};
use crate::kernels::{Kernels, row_sum};

/// What may be the result.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Reading {
    /// What the answers alone lead to.
    Pool,
    /// The one-coin member of the best mode.
    Coin,
    /// MACE from the shares.
    Mace,
    /// The pool of the second mode.
    Second,
    /// The pool of another mode, from a start by known labels.
    Rival,
}

pub(super) const READINGS: usize = READING_WEIGHTS.len();

/// Pairs of a power and a floor.
const CELLS: usize = BETAS.len() * FLOORS.len();

/// The known tasks that have answers.
pub(super) struct Known {
    /// Place and label, in the order of tasks.
    tasks: Vec<(usize, usize)>,
    /// Posteriors beside the pool, in the order of [`Reading`].
    readings: Vec<(Reading, Vec<f64>)>,
}

/// What the known labels say.
#[derive(Default)]
pub(super) struct Said {
    pub(super) known: usize,
    /// The weight of each reading: 0 for all without enough known labels.
    pub(super) weights: [f64; READINGS],
    /// The mean logarithm of the power: below 0 where the answers alone made the result too sure.
    pub(super) power: f64,
}

impl Known {
    pub(super) fn new(field: &Field<'_>) -> Result<Self, FitError> {
        let mut found = Vec::new();
        if let Some(gold) = field.problem.gold {
            found = empty(gold.iter().filter(|&&label| label >= 0).count())?;
            for place in 0..gold.len() {
                let task = field.index.task(place);
                if let (Ok(label), true) = (usize::try_from(gold[task]), field.index.is_answered(place)) {
                    found.push((task, place, label));
                }
            }
        }
        found.sort_unstable();
        let mut tasks = empty(found.len())?;
        tasks.extend(found.into_iter().map(|(_, place, label)| (place, label)));
        Ok(Self { tasks, readings: empty(READINGS)? })
    }

    /// What is said where nothing is to be calibrated.
    pub(super) fn unused(&self) -> Said {
        Said { known: self.tasks.len(), ..Said::default() }
    }

    /// Whether there are enough to tell readings with this drift apart from the pool.
    pub(super) fn judges(&self, drift: f64) -> bool {
        self.tasks.len() >= READINGS_KNOWN && drift <= READING_DRIFT
    }

    /// Fills rows with votes, weighed by how often each expert is right where the label is known.
    pub(super) fn start(&self, field: &Field<'_>, rows: &mut [f64]) -> Result<(), FitError> {
        let (index, kernels, labels) = (field.index, field.kernels, field.labels());
        let answers = |place: usize| index.offsets()[place]..index.offsets()[place + 1];
        let mut counts: Vec<[f64; 2]> = empty(field.weight.len())?;
        counts.resize(field.weight.len(), [0.0; 2]);
        for &(place, label) in &self.tasks {
            for answer in answers(place) {
                let [right, n] = &mut counts[index.expert(answer)];
                *n += index.weight(answer);
                if index.label(answer) == label {
                    *right += index.weight(answer);
                }
            }
        }
        let mut say: Vec<f64> = empty(counts.len())?;
        say.extend(counts.iter().map(|&[right, n]| if n > 0.0 { worth(right, n, labels) } else { 0.0 }));
        field.each_span(rows, labels, |places, rows| {
            for (place, row) in places.zip(rows.chunks_exact_mut(labels)) {
                row.fill(0.0);
                for answer in answers(place) {
                    row[index.label(answer)] += index.weight(answer) * say[index.expert(answer)];
                }
                subtract_top(row);
                kernels.exp(row);
                let total = row_sum(row);
                row.iter_mut().for_each(|x| *x /= total);
            }
        })
    }

    pub(super) fn offer(&mut self, reading: Reading, rows: Vec<f64>) {
        self.readings.push((reading, rows));
    }

    /// Makes the pool, in the order of places, what the known labels say.
    pub(super) fn calibrate(&self, field: &Field<'_>, pool: &mut [f64]) -> Result<Said, FitError> {
        let mut said = self.unused();
        if said.known < LEAST_KNOWN {
            return Ok(said);
        }
        let mut judged = empty(READINGS)?;
        judged.push(Judged::new(field, &self.tasks, Reading::Pool, pool)?);
        for (reading, rows) in &self.readings {
            judged.push(Judged::new(field, &self.tasks, *reading, rows)?);
        }
        weigh(field.kernels, &mut judged, &self.tasks, &mut filled(field.labels())?);
        let mut mixture = Mixture { base: 0.0, terms: empty(judged.len() * BETAS.len())? };
        for own in &judged {
            said.weights[own.reading as usize] = sum(&own.weights);
            for (beta, weights) in BETAS.into_iter().zip(own.weights.chunks_exact(FLOORS.len())) {
                let mut scale = 0.0;
                for (weight, floor) in weights.iter().zip(FLOORS) {
                    mixture.base += weight * (floor / field.labels() as f64);
                    scale += weight * (1.0 - floor);
                    said.power += weight * log(beta);
                }
                if scale > 0.0 {
                    mixture.terms.push((own.reading, beta, scale));
                }
            }
        }
        self.apply(field, &mixture, pool)?;
        Ok(said)
    }

    /// The posteriors of a reading, unless it is the pool.
    fn rows(&self, reading: Reading) -> Option<&[f64]> {
        self.readings.iter().find(|(other, _)| *other == reading).map(|(_, rows)| rows.as_slice())
    }

    fn apply(&self, field: &Field<'_>, mixture: &Mixture, pool: &mut [f64]) -> Result<(), FitError> {
        let labels = field.labels();
        let size = (BLOCK / labels).max(1) * labels;
        let mut items = empty(field.index.spans().len())?;
        let mut rest = pool;
        for span in field.index.spans() {
            let own;
            (own, rest) = rest.split_at_mut(span.len() * labels);
            let room = filled::<f64>(3 * size.min(own.len()))?;
            items.push((span.start * labels, own, room));
        }
        field.team.each(&mut items, |(start, own, room)| {
            for (number, rows) in own.chunks_mut(size).enumerate() {
                if field.is_cancelled() {
                    return;
                }
                let at = *start + number * size;
                let (logs, room) = room.split_at_mut(rows.len());
                let (power, mean) = room.split_at_mut(rows.len());
                let mean = &mut mean[..rows.len()];
                mean.fill(mixture.base);
                let mut last = None;
                for &(reading, beta, scale) in &mixture.terms {
                    if last != Some(reading) {
                        let source = self.rows(reading).map_or(&*rows, |other| &other[at..at + rows.len()]);
                        logarithms(field.kernels, source, logs);
                        last = Some(reading);
                    }
                    raise(field.kernels, logs, beta, labels, power);
                    for (power, mean) in power.chunks_exact(labels).zip(mean.chunks_exact_mut(labels)) {
                        let total = row_sum(power);
                        mean.iter_mut().zip(power).for_each(|(sum, x)| *sum += scale * (x / total));
                    }
                }
                for (row, mean) in rows.chunks_exact_mut(labels).zip(mean.chunks_exact(labels)) {
                    let total = row_sum(mean);
                    row.iter_mut().zip(mean).for_each(|(p, x)| *p = x / total);
                }
            }
        });
        Ok(())
    }
}

/// A mean of powers of readings, and what every label has beside them.
struct Mixture {
    base: f64,
    /// Reading, power and weight.
    terms: Vec<(Reading, f64, f64)>,
}

/// A reading and how well it explains the known labels.
struct Judged {
    reading: Reading,
    /// The logarithms of its posteriors of the known tasks.
    logs: Vec<f64>,
    scores: [f64; CELLS],
    best: usize,
    weights: [f64; CELLS],
}

impl Judged {
    fn new(field: &Field<'_>, known: &[(usize, usize)], reading: Reading, rows: &[f64]) -> Result<Self, FitError> {
        let labels = field.labels();
        let mut logs: Vec<f64> = filled(known.len() * labels)?;
        for (logs, &(place, _)) in logs.chunks_exact_mut(labels).zip(known) {
            logarithms(field.kernels, &rows[place * labels..][..labels], logs);
        }
        let mut powers = empty(BETAS.len())?;
        for beta in BETAS {
            powers.push((beta, filled::<f64>(labels)?, [0.0; FLOORS.len()]));
        }
        field.team.each(&mut powers, |(beta, room, sums)| {
            for (logs, &(_, label)) in logs.chunks_exact(labels).zip(known) {
                let p = explained(field.kernels, logs, *beta, label, room);
                for (sum, floor) in sums.iter_mut().zip(FLOORS) {
                    *sum += log(floored(p, floor, labels));
                }
            }
        });
        let mut scores = [0.0; CELLS];
        for (scores, (beta, _, sums)) in scores.chunks_exact_mut(FLOORS.len()).zip(&powers) {
            let z = log(*beta) / SPREAD;
            for ((score, sum), weight) in scores.iter_mut().zip(sums).zip(FLOOR_WEIGHTS) {
                *score = ((sum + log(READING_WEIGHTS[reading as usize])) + log(weight)) - 0.5 * (z * z);
            }
        }
        let best = (1..CELLS).fold(0, |best, i| if scores[i] > scores[best] { i } else { best });
        Ok(Self { reading, logs, scores, best, weights: [0.0; CELLS] })
    }

    /// The logarithm of a known label's probability in the best cell.
    fn at_best(&self, kernels: Kernels, number: usize, label: usize, room: &mut [f64]) -> f64 {
        let labels = room.len();
        let (beta, floor) = (BETAS[self.best / FLOORS.len()], FLOORS[self.best % FLOORS.len()]);
        let p = explained(kernels, &self.logs[number * labels..][..labels], beta, label, room);
        log(floored(p, floor, labels))
    }
}

/// Weighs the cells of all readings; those of a reading that only a few known labels prefer to the pool have no weight.
fn weigh(kernels: Kernels, judged: &mut [Judged], known: &[(usize, usize)], room: &mut [f64]) {
    let luck = LUCK / known.len() as f64;
    let errors = if luck > LEAST_ERRORS { luck } else { LEAST_ERRORS };
    let mut used = [true; READINGS];
    for (own, used) in judged[1..].iter().zip(&mut used[1..]) {
        let (mut gain, mut square) = (0.0, 0.0_f64);
        for (number, &(_, label)) in known.iter().enumerate() {
            let d = own.at_best(kernels, number, label, room) - judged[0].at_best(kernels, number, label, room);
            gain += d;
            square += d * d;
        }
        *used = gain >= errors * square.sqrt();
    }
    let scores = judged.iter().zip(used).filter(|(_, used)| *used).map(|(own, _)| own.scores[own.best]);
    let top = scores.fold(f64::NEG_INFINITY, f64::max);
    for (own, _) in judged.iter_mut().zip(used).filter(|(_, used)| *used) {
        own.weights.iter_mut().zip(&own.scores).for_each(|(weight, score)| *weight = exp(score - top));
    }
    share(judged);
    for own in &mut *judged {
        if sum(&own.weights) < LEAST_READING {
            own.weights.fill(0.0);
        }
    }
    share(judged);
}

/// Divides all weights by their sum.
fn share(judged: &mut [Judged]) {
    let total = judged.iter().flat_map(|own| &own.weights).fold(0.0, |sum, weight| sum + weight);
    judged.iter_mut().flat_map(|own| &mut own.weights).for_each(|weight| *weight /= total);
}

fn sum(weights: &[f64]) -> f64 {
    weights.iter().fold(0.0, |sum, weight| sum + weight)
}

/// What an answer of an expert counts, who was right so often among so many: below 0 where chance is better.
fn worth(right: f64, n: f64, labels: usize) -> f64 {
    let skill = (right + 1.0) / (n + labels as f64);
    let skill = if skill > COIN_EDGE { skill } else { COIN_EDGE };
    let skill = if skill < 1.0 - COIN_EDGE { skill } else { 1.0 - COIN_EDGE };
    log(skill * (labels - 1) as f64 / (1.0 - skill))
}

fn subtract_top(row: &mut [f64]) {
    let top = row.iter().fold(row[0], |top, &x| if x > top { x } else { top });
    row.iter_mut().for_each(|x| *x -= top);
}

/// A probability that is never below a floor which all labels share.
fn floored(p: f64, floor: f64, labels: usize) -> f64 {
    (1.0 - floor) * p + floor / labels as f64
}

/// The probability of a label in a row that is raised to a power.
fn explained(kernels: Kernels, logs: &[f64], beta: f64, label: usize, room: &mut [f64]) -> f64 {
    raise(kernels, logs, beta, room.len(), room);
    room[label] / row_sum(room)
}

/// Logarithms of probabilities.
fn logarithms(kernels: Kernels, rows: &[f64], logs: &mut [f64]) {
    logs.iter_mut().zip(rows).for_each(|(log, &p)| *log = if p > LEAST_P { p } else { LEAST_P });
    kernels.log(logs);
}

/// Powers of rows, which have yet to be divided by their sums.
fn raise(kernels: Kernels, logs: &[f64], beta: f64, labels: usize, powers: &mut [f64]) {
    for (powers, logs) in powers.chunks_exact_mut(labels).zip(logs.chunks_exact(labels)) {
        powers.iter_mut().zip(logs).for_each(|(x, log)| *x = log * beta);
        subtract_top(powers);
    }
    kernels.exp(powers);
}
