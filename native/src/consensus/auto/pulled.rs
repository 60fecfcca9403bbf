//! The main model: confusion matrices that are pulled towards what a model of knowledge and spam says of each expert, as
//! strongly as the evidence wants.

use super::constants::{BETTER_STRENGTH, CHOOSE_BELOW, CHOOSE_EVERY, EMPTY, FIRST_STEPS, LEAST_P, STEPS, STRENGTHS};
use super::field::{Field, Mode, Prior};
use super::models::{Matrix, column_sums};
use crate::consensus::FitError;
use crate::consensus::storage::{empty, filled};
use crate::kernels::Kernels;

/// How many logarithms of gamma are taken at once.
const BATCH: usize = 256;

/// How many numbers of posteriors become logarithms at once, at most where a row is not longer.
pub(super) const BLOCK: usize = 2048;

/// Iterations of the model; `cap` is a strength to keep.
pub(super) fn run(field: &mut Field<'_>, mode: &mut Mode, steps: usize, cap: Option<f64>) -> Result<(), FitError> {
    for _ in 0..steps {
        let times = if mode.step == 0 { FIRST_STEPS } else { STEPS };
        field.sweep(mode, |mut sheet| sheet.mace_steps(times))?;
        if cap.is_none() && (mode.step < CHOOSE_BELOW || mode.step % CHOOSE_EVERY == CHOOSE_EVERY - 1) {
            mode.strength = best(&fits(field, mode, &STRENGTHS)?);
        }
        let strength = cap.unwrap_or(mode.strength);
        field.sweep(mode, |mut sheet| sheet.pulled(strength))?;
        field.advance(mode, Prior::Even)?;
        mode.step += 1;
    }
    Ok(())
}

fn best(found: &[f64]) -> f64 {
    let mut best = 0;
    for (i, &fit) in found.iter().enumerate().skip(1) {
        if fit > found[best] + BETTER_STRENGTH * found[best].abs() {
            best = i;
        }
    }
    STRENGTHS[best]
}

/// Notes the evidence for a mode, and how far it has left the votes.
pub(super) fn weigh(field: &Field<'_>, mode: &mut Mode) -> Result<(), FitError> {
    let labels = field.labels();
    let block = (BLOCK / labels).max(1) * labels;
    let mut rooms = empty(field.index.spans().len())?;
    for span in field.index.spans() {
        rooms.push((span.clone(), filled::<f64>(block.min(span.len() * labels))?, 0.0));
    }
    let rows = mode.rows.as_slice();
    field.team.each(&mut rooms, |(places, room, sum)| {
        for block in rows[places.start * labels..places.end * labels].chunks(block) {
            let logs = &mut room[..block.len()];
            logs.iter_mut().zip(block).for_each(|(log, &p)| *log = if p > LEAST_P { p } else { LEAST_P });
            field.kernels.log(logs);
            for (row, logs) in block.chunks_exact(labels).zip(logs.chunks_exact(labels)) {
                *sum += row.iter().zip(logs).fold(0.0, |sum, (p, log)| sum + p * log);
            }
        }
    });
    let inside = rooms[1..].iter().fold(rooms[0].2, |total, (_, _, sum)| total + sum);
    let fit = fits(field, mode, &[mode.strength])?[0];
    let even = field.tasks() * crate::kernels::scalar::log(labels as f64);
    mode.evidence = (fit - inside) - even;
    mode.drift = field.drift(&mode.sums);
    Ok(())
}

/// How well the experts' models explain their counts as priors of some strengths: logarithms of Dirichlet-multinomials.
fn fits(field: &Field<'_>, mode: &Mode, strengths: &[f64]) -> Result<Vec<f64>, FitError> {
    let experts = field.problem.sizes[1];
    let labels = field.labels();
    let size = (BATCH * 16 / (labels * labels)).max(1);
    let mut own: Vec<f64> = filled(experts * strengths.len())?;
    let mut rooms: Vec<f64> = filled(experts.div_ceil(size) * 3 * labels)?;
    let mut pieces = empty(experts.div_ceil(size))?;
    pieces.extend(own.chunks_mut(size * strengths.len()).zip(rooms.chunks_exact_mut(3 * labels)).enumerate());
    field.team.each(&mut pieces, |(at, (own, room))| {
        let mut batch = Batch::new(field.kernels, strengths, own);
        let (room, sums) = room.split_at_mut(2 * labels);
        for place in 0..batch.own.len() / strengths.len() {
            let expert = *at * size + place;
            let counts = &mode.counts[expert * labels * labels..][..labels * labels];
            let matrix = Matrix::new(mode.theta[expert], &mode.xi[expert * labels..][..labels], room);
            for (l, row) in counts.chunks_exact(labels).enumerate() {
                for (j, &count) in row.iter().enumerate().filter(|(_, count)| **count > EMPTY) {
                    batch.add(place, count, matrix.cell(l, j), 1.0);
                }
            }
            column_sums(counts, sums);
            sums.iter().filter(|&&sum| sum > EMPTY).for_each(|&sum| batch.add(place, sum, 1.0, -1.0));
        }
        batch.flush();
    });
    let mut totals: Vec<f64> = filled(strengths.len())?;
    for own in own.chunks_exact(strengths.len()) {
        totals.iter_mut().zip(own).for_each(|(total, own)| *total += own);
    }
    Ok(totals)
}

/// Counts whose logarithms of gamma are taken together.
struct Batch<'a> {
    kernels: Kernels,
    strengths: &'a [f64],
    /// A sum for each expert and strength.
    own: &'a mut [f64],
    length: usize,
    place: [usize; BATCH],
    count: [f64; BATCH],
    share: [f64; BATCH],
    sign: [f64; BATCH],
}

impl<'a> Batch<'a> {
    fn new(kernels: Kernels, strengths: &'a [f64], own: &'a mut [f64]) -> Self {
        let [count, share, sign] = [[0.0; BATCH]; 3];
        Self { kernels, strengths, own, length: 0, place: [0; BATCH], count, share, sign }
    }

    /// A count of an expert, and which share of the strength stands against it.
    fn add(&mut self, place: usize, count: f64, share: f64, sign: f64) {
        if self.length == BATCH {
            self.flush();
        }
        let at = self.length;
        (self.place[at], self.count[at], self.share[at], self.sign[at]) = (place, count, share, sign);
        self.length += 1;
    }

    fn flush(&mut self) {
        let (mut before, mut after) = ([0.0; BATCH], [0.0; BATCH]);
        let (before, after) = (&mut before[..self.length], &mut after[..self.length]);
        for (i, &strength) in self.strengths.iter().enumerate() {
            for at in 0..self.length {
                before[at] = strength * self.share[at];
                after[at] = before[at] + self.count[at];
            }
            self.kernels.lgamma(before);
            self.kernels.lgamma(after);
            for at in 0..self.length {
                self.own[self.place[at] * self.strengths.len() + i] += self.sign[at] * (after[at] - before[at]);
            }
        }
        self.length = 0;
    }
}
