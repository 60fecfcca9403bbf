//! The two halves of an incremental step: what a task's posterior should be, and its exchange in the running sums.

use super::{Given, Online, at_least_floor};
use crate::kernels::{row_sum, scalar};

impl Online {
    /// The posterior that the experts' present confusion gives a task.
    pub(super) fn expect(&self, task: usize, row: &mut [f64], totals: &mut [f64]) {
        let (labels, cells) = (self.labels, self.labels * self.labels);
        let tasks = self.given.len() as f64;
        for (x, sum) in row.iter_mut().zip(&self.sums) {
            *x = scalar::log(at_least_floor(sum / tasks));
        }
        for &Given { expert, label, weight } in &self.given[task] {
            let counts = &self.counts[expert as usize * cells..][..cells];
            totals.fill(0.0);
            for said in 0..labels {
                for (truth, total) in totals.iter_mut().enumerate() {
                    *total += self.amount(counts, said, truth);
                }
            }
            let weight = f64::from(weight);
            for (truth, (x, total)) in row.iter_mut().zip(totals.iter()).enumerate() {
                *x += weight * scalar::log(self.amount(counts, label as usize, truth) / total);
            }
        }
        let mut top = row[0];
        for &x in &row[1..] {
            top = if x > top { x } else { top };
        }
        row.iter_mut().for_each(|x| *x = scalar::exp(*x - top));
        let total = row_sum(row);
        row.iter_mut().for_each(|x| *x /= total);
    }

    /// The share of each label among a task's answers.
    pub(super) fn shares(&self, task: usize, row: &mut [f64]) {
        row.fill(0.0);
        for given in &self.given[task] {
            row[given.label as usize] += f64::from(given.weight);
        }
        let total = row_sum(row);
        if total > 0.0 {
            row.iter_mut().for_each(|share| *share /= total);
        } else {
            row.fill(1.0 / self.labels as f64);
        }
    }

    /// Exchanges the posterior of a task; returns its largest change.
    pub(super) fn move_to(&mut self, task: usize, new: &[f64]) -> f64 {
        let (labels, cells) = (self.labels, self.labels * self.labels);
        let old = &mut self.posterior[task * labels..][..labels];
        let (mut distance, mut largest) = (0.0, 0.0);
        for ((sum, p), q) in self.sums.iter_mut().zip(old.iter()).zip(new) {
            *sum = (*sum - p) + q;
            let change = (q - p).abs();
            distance += change;
            largest = if change > largest { change } else { largest };
        }
        for &Given { expert, label, weight } in &self.given[task] {
            let weight = f64::from(weight);
            let counts = &mut self.counts[expert as usize * cells + label as usize * labels..][..labels];
            for ((count, p), q) in counts.iter_mut().zip(old.iter()).zip(new) {
                *count = (*count - weight * p) + weight * q;
            }
            self.moved[expert as usize] += weight * distance;
        }
        self.moves += self.given[task].len() as u64;
        old.copy_from_slice(new);
        largest
    }
}
