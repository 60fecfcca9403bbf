//! Whether the experts err together: the overdispersion of their errors at each task, held against that of simulated
//! experts who err alone, and how much the posteriors are tempered for it.

use std::ops::Range;

use super::constants::{
    CORRELATED, EXPONENT, EXPONENT_EXCESS, EXPONENT_LABELS, GRID, GRID_POINTS, HALF_EXCESS, LEAST_ERROR, LEAST_P,
    LEAST_SPREAD, MEAN_EXCESS, MOST_EXCESS, SEED_NULL, SIMULATION_STEPS, SIMULATIONS, SURE, UNSURE,
};
use super::field::{Field, Mode};
use super::pulled::run;
use super::starts::Roll;
use crate::consensus::FitError;
use crate::consensus::random::SplitMix64;
use crate::consensus::storage::filled;
use crate::kernels::scalar::{exp, log};

/// What the answers say about correlation, and what follows.
pub(super) struct Correlation {
    pub(super) excess: f64,
    pub(super) error: f64,
    /// The probability that experts are correlated.
    pub(super) probability: f64,
    pub(super) exponent: f64,
    pub(super) mean_temper: f64,
    /// How much of the evidence counts.
    pub(super) trust: f64,
    /// Independent answers a task, and answers a task.
    pub(super) effective: f64,
    pub(super) answers: f64,
    /// The power that the posterior of each place is raised to.
    pub(super) tau: Vec<f64>,
}

/// The label of each answer and truth that `excess` reads.
fn label(field: &Field<'_>, answer: usize) -> usize {
    field.redrawn.as_ref().map_or_else(|| field.index.label(answer), |other| field.index.redrawn_label(other, answer))
}

/// How much more the errors at one task agree than independent ones would, and the standard error.
fn excess(field: &mut Field<'_>, mode: &mut Mode) -> Result<(f64, f64), FitError> {
    field.sweep(mode, |mut sheet| sheet.confusion())?;
    let (field, labels) = (&*field, field.labels());
    let moments = |place: usize| {
        let truth = likeliest(&mode.rows[place * labels..][..labels]);
        let (mut r, mut v, mut s) = (0.0, 0.0, 0.0);
        for answer in field.index.offsets()[place]..field.index.offsets()[place + 1] {
            let c = field.table[(field.index.expert(answer) * labels + truth) * labels + truth];
            let weight = field.index.weight(answer);
            let spread = c * (1.0 - c);
            let right = if label(field, answer) == truth { 1.0 } else { 0.0 };
            r += weight * (right - c);
            v += (weight * weight) * spread;
            s += weight * spread.sqrt();
        }
        (r * r - v, s * s - v)
    };
    let [found, most] = field.over_spans(|places| {
        let (mut found, mut most) = (0.0, 0.0);
        for (a, b) in places.map(moments) {
            found += a;
            most += b;
        }
        [found, most]
    })?;
    if most > LEAST_SPREAD {
        let share = found / most;
        let [square] = field.over_spans(|places| {
            let squares = places.map(moments).map(|(a, b)| {
                let z = a - share * b;
                z * z
            });
            [squares.fold(0.0, |sum, x| sum + x)]
        })?;
        Ok((share, square.sqrt() / most))
    } else {
        Ok((0.0, 1.0))
    }
}

/// The likeliest label, the lowest among equals.
fn likeliest(row: &[f64]) -> usize {
    let mut best = 0;
    for (label, &p) in row.iter().enumerate() {
        if p > row[best] {
            best = label;
        }
    }
    best
}

/// Which of some weights a number from 0 to 1 falls on.
fn draw(number: f64, weights: impl ExactSizeIterator<Item = f64>) -> usize {
    let (last, mut total) = (weights.len() - 1, 0.0);
    for (i, weight) in weights.enumerate() {
        total += weight;
        if number < total {
            return i;
        }
    }
    last
}

/// Truths drawn from a mode, and labels that independent experts of its confusions would give; makes a start of them.
fn simulate(field: &mut Field<'_>, roll: &Roll, mode: &mut Mode, seed: u64, other: &mut Mode) -> Result<(), FitError> {
    field.sweep(mode, |mut sheet| sheet.confusion())?;
    let (labels, tasks) = (field.labels(), field.problem.sizes[0]);
    let mut truths: Vec<u32> = filled(tasks)?;
    let mut drawn: Vec<u32> = filled(field.index.offsets()[tasks])?;
    let random = SplitMix64::new(seed);
    let (mut rest_truths, mut rest_drawn) = (truths.as_mut_slice(), drawn.as_mut_slice());
    let mut items = crate::consensus::storage::empty(field.index.spans().len())?;
    for span in field.index.spans() {
        let answers = field.index.offsets()[span.end] - field.index.offsets()[span.start];
        let (own_truths, own_drawn);
        (own_truths, rest_truths) = rest_truths.split_at_mut(span.len());
        (own_drawn, rest_drawn) = rest_drawn.split_at_mut(answers);
        items.push((span.clone(), own_truths, own_drawn));
    }
    let here = &*field;
    field.team.each(&mut items, |(places, truths, drawn): &mut (Range<usize>, &mut [u32], &mut [u32])| {
        let mut at = 0;
        for (place, truth) in places.clone().zip(truths.iter_mut()) {
            let task = here.index.task(place);
            let row = &mode.rows[place * labels..][..labels];
            let y = draw(random.clone().skip(task as u64).unit(), row.iter().copied());
            *truth = y as u32;
            let mut random = random.clone().skip((tasks + roll.first[task]) as u64);
            for answer in here.index.offsets()[place]..here.index.offsets()[place + 1] {
                let matrix = &here.table[here.index.expert(answer) * labels * labels..][..labels * labels];
                drawn[at] = draw(random.unit(), (0..labels).map(|l| matrix[l * labels + y])) as u32;
                at += 1;
            }
        }
    });
    for (row, &truth) in other.rows.chunks_exact_mut(labels).zip(&truths) {
        row.fill(UNSURE / labels as f64);
        row[truth as usize] = UNSURE / labels as f64 + SURE;
    }
    field.redrawn = Some(field.index.redraw(drawn));
    Ok(())
}

/// Measures the correlation of the experts under a mode.
pub(super) fn measure(field: &mut Field<'_>, roll: &Roll, mode: &mut Mode) -> Result<Correlation, FitError> {
    let (found, spread) = excess(field, mode)?;
    let (mut null, mut errors) = (0.0, 0.0);
    let mut other = field.mode()?;
    for number in 0..SIMULATIONS {
        let seed = field.problem.seed.wrapping_add(SEED_NULL + number);
        simulate(field, roll, mode, seed, &mut other)?;
        field.count(&mut other)?;
        run(field, &mut other, SIMULATION_STEPS, None)?;
        let (alone, spread) = excess(field, &mut other)?;
        field.redrawn = None;
        null += alone;
        errors += spread * spread;
    }
    drop(other);
    let simulations = SIMULATIONS as f64;
    let error = (spread * spread + errors / (simulations * simulations)).sqrt();
    temper(field, found - null / simulations, error)
}

/// The probability that experts are correlated, and their mean excess if they are.
fn posterior(excess: f64, error: f64) -> (f64, f64) {
    let excess = if excess > 0.0 { excess } else { 0.0 };
    let excess = if excess < MOST_EXCESS { excess } else { MOST_EXCESS };
    let error = if error > LEAST_ERROR { error } else { LEAST_ERROR };
    let (mut weight, mut sum) = (0.0, 0.0);
    for j in 1..=GRID_POINTS {
        let x = GRID * f64::from(j);
        let z = (excess - x) / error;
        let f = (exp(-x / MEAN_EXCESS) * (GRID / MEAN_EXCESS)) * exp(-0.5 * (z * z));
        weight += f;
        sum += f * x;
    }
    let z = excess / error;
    let alone = (1.0 - CORRELATED) * exp(-0.5 * (z * z));
    let probability = CORRELATED * weight / (CORRELATED * weight + alone);
    (probability, sum / if weight > LEAST_P { weight } else { LEAST_P })
}

fn temper(field: &Field<'_>, excess: f64, error: f64) -> Result<Correlation, FitError> {
    let (probability, mean) = posterior(excess, error);
    let labels = 1.0 - 1.0 / (log(field.labels() as f64) / log(2.0)).sqrt();
    let exponent = (EXPONENT + EXPONENT_LABELS * labels) + EXPONENT_EXCESS * mean / (mean + HALF_EXCESS);
    let index = field.index;
    let count = |place: usize| {
        (index.offsets()[place]..index.offsets()[place + 1]).fold(0.0, |sum, answer| sum + index.weight(answer))
    };
    let mut tau: Vec<f64> = filled(field.problem.sizes[0])?;
    field.each_span(&mut tau, 1, |places, tau| {
        for (place, tau) in places.zip(tau.iter_mut()) {
            let count = count(place);
            *tau = if count > 1.0 { count } else { 1.0 };
        }
        field.kernels.log(tau);
        tau.iter_mut().for_each(|x| *x = -(exponent * *x));
        field.kernels.exp(tau);
    })?;
    let [answers, tempered, effective] = field.over_spans(|places| {
        let mut sums = [0.0; 3];
        for place in places {
            let (count, tau) = (count(place), tau[place]);
            sums[0] += count;
            sums[1] += tau * count;
            sums[2] += count * ((probability * tau + 1.0) - probability);
        }
        sums
    })?;
    let mean_temper = if answers > 0.0 { tempered / answers } else { 1.0 };
    Ok(Correlation {
        excess,
        error,
        probability,
        exponent,
        mean_temper,
        trust: (probability * mean_temper + 1.0) - probability,
        effective: effective / field.tasks(),
        answers: answers / field.tasks(),
        tau,
    })
}
