//! The M-steps: how the counts of one expert become its parameters.

use super::constants::{COIN_COUNT, COIN_EDGE, KNOWN_COUNT, LEAST_CELL, SMOOTHING, SPAM_COUNT};

/// One expert. Matrices are `[label][true label]`.
pub(super) struct Sheet<'a> {
    pub(super) labels: usize,
    /// The weight of its answers.
    pub(super) weight: f64,
    pub(super) counts: &'a [f64],
    /// The probability that it knows an answer.
    pub(super) theta: &'a mut f64,
    /// What it says when it does not.
    pub(super) xi: &'a mut [f64],
    /// Its confusion matrix in the next E-step.
    pub(super) table: &'a mut [f64],
    /// Three numbers for each label.
    pub(super) room: &'a mut [f64],
}

impl Sheet<'_> {
    /// One coin: right with one probability, whatever is true.
    pub(super) fn coin(&mut self) {
        let k = self.labels;
        let right = self.counts.iter().step_by(k + 1).fold(0.0, |sum, x| sum + x);
        let extra = COIN_COUNT + COIN_COUNT * (k - 1) as f64 / k as f64;
        let skill = (right + COIN_COUNT) / (self.weight + extra);
        let skill = if skill > COIN_EDGE { skill } else { COIN_EDGE };
        let skill = if skill < 1.0 - COIN_EDGE { skill } else { 1.0 - COIN_EDGE };
        self.table.fill((1.0 - skill) / (k - 1) as f64);
        self.table.iter_mut().step_by(k + 1).for_each(|cell| *cell = skill);
    }

    /// Dawid-Skene.
    pub(super) fn confusion(&mut self) {
        confusion(self.counts, self.table, self.labels, &mut self.room[..self.labels]);
    }

    /// Steps of the model of knowledge and spam for the same counts.
    pub(super) fn mace_steps(&mut self, times: usize) {
        let k = self.labels;
        let (said, rest) = self.room[..2 * k].split_at_mut(k);
        for (total, row) in said.iter_mut().zip(self.counts.chunks_exact(k)) {
            *total = row.iter().fold(0.0, |sum, x| sum + x);
        }
        for _ in 0..times {
            let theta = *self.theta;
            let (mut known, mut total) = (0.0, 0.0);
            for (l, x) in rest.iter_mut().enumerate() {
                let sure = self.counts[l * k + l] * (theta / (theta + (1.0 - theta) * self.xi[l]));
                known += sure;
                let spam = said[l] - sure;
                *x = (if spam > 0.0 { spam } else { 0.0 }) + SPAM_COUNT / k as f64;
                total += *x;
            }
            *self.theta = (known + KNOWN_COUNT) / (self.weight + 1.0);
            self.xi.iter_mut().zip(&*rest).for_each(|(xi, x)| *xi = x / total);
        }
    }

    /// What that model says of the expert.
    pub(super) fn mace(&mut self) {
        let k = self.labels;
        let matrix = Matrix::new(*self.theta, self.xi, self.room);
        for (l, row) in self.table.chunks_exact_mut(k).enumerate() {
            row.iter_mut().enumerate().for_each(|(j, cell)| *cell = matrix.cell(l, j));
        }
    }

    /// The counts, pulled towards that model as by so many answers.
    pub(super) fn pulled(&mut self, strength: f64) {
        let k = self.labels;
        let (room, sums) = self.room.split_at_mut(2 * k);
        column_sums(self.counts, sums);
        let matrix = Matrix::new(*self.theta, self.xi, room);
        for (l, (row, counts)) in self.table.chunks_exact_mut(k).zip(self.counts.chunks_exact(k)).enumerate() {
            for (j, (cell, count)) in row.iter_mut().zip(counts).enumerate() {
                *cell = (count + strength * matrix.cell(l, j)) / (sums[j] + strength);
            }
        }
    }
}

/// The matrix of the model of knowledge and spam.
pub(super) struct Matrix<'a> {
    theta: f64,
    spam: &'a [f64],
    totals: &'a [f64],
}

impl<'a> Matrix<'a> {
    /// `room` has two numbers for each label, or more.
    pub(super) fn new(theta: f64, xi: &[f64], room: &'a mut [f64]) -> Self {
        let k = xi.len();
        let (spam, totals) = room[..2 * k].split_at_mut(k);
        spam.iter_mut().zip(xi).for_each(|(spam, xi)| *spam = (1.0 - theta) * xi);
        totals.fill(0.0);
        for (l, &spam) in spam.iter().enumerate() {
            for (j, total) in totals.iter_mut().enumerate() {
                *total += raised(spam, theta, l == j);
            }
        }
        Self { theta, spam, totals }
    }

    /// The probability of a label when another, or the same, is true.
    #[inline]
    pub(super) fn cell(&self, label: usize, truth: usize) -> f64 {
        raised(self.spam[label], self.theta, label == truth) / self.totals[truth]
    }
}

#[inline]
fn raised(spam: f64, theta: f64, right: bool) -> f64 {
    let cell = if right { spam + theta } else { spam };
    if cell > LEAST_CELL { cell } else { LEAST_CELL }
}

/// The sums of a matrix over the labels.
pub(super) fn column_sums(counts: &[f64], sums: &mut [f64]) {
    sums.fill(0.0);
    for row in counts.chunks_exact(sums.len()) {
        sums.iter_mut().zip(row).for_each(|(sum, x)| *sum += x);
    }
}

/// Smoothed counts, divided by their totals over the labels.
pub(super) fn confusion(counts: &[f64], table: &mut [f64], labels: usize, totals: &mut [f64]) {
    for (cell, count) in table.iter_mut().zip(counts) {
        *cell = count + SMOOTHING;
    }
    column_sums(table, totals);
    for row in table.chunks_exact_mut(labels) {
        row.iter_mut().zip(&*totals).for_each(|(cell, total)| *cell /= total);
    }
}
