//! How sure a choice is.

use super::problem::Columns;
use crate::consensus::{FitError, empty, filled};
use crate::kernels::{Kernels, scalar};

/// How many rows of a winning cluster are looked at in pairs.
pub(super) const PAIRED: usize = 512;

const ROUNDS: usize = 3;
/// The accuracy of an expert that nothing is known of, as right answers of all.
const PRIOR: [f64; 2] = [2.0, 3.0];

/// Pairs of supporters, by two experts of whom neither wrote the chosen text.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Pairs {
    pub(super) all: u64,
    /// Those that are near each other.
    pub(super) near: u64,
}

impl Pairs {
    fn share(self) -> f64 {
        (self.near + 1) as f64 / (self.all + 1) as f64
    }
}

/// From one task alone: `support` has the votes of its clusters, `total` adds all votes.
pub(super) fn alone(support: &[f64], total: f64, pairs: Pairs) -> f64 {
    let first = support[0];
    let mut all = 0.0;
    support.iter().for_each(|votes| all += votes * (votes + 1.0));
    let sharp = (first * (first + 1.0)) / (1.0 + all);
    let flat = first / (total + 1.0);
    let t = pairs.share();
    let share = (t * t) * (t * t);
    share * sharp + (1.0 - share) * flat
}

/// What the pooled confidence reads.
pub(super) struct Pool<'a> {
    pub(super) kernels: Kernels,
    pub(super) columns: &'a Columns<'a>,
    pub(super) vote: &'a [f64],
    pub(super) weight: &'a [f64],
    pub(super) cluster: &'a [i32],
    pub(super) chosen: &'a [i32],
    /// Of each task.
    pub(super) pairs: &'a [Pairs],
}

impl Pool<'_> {
    /// From all tasks together; writes those of tasks with rows.
    pub(super) fn confidence(&self, confidence: &mut [f64]) -> Result<(), FitError> {
        let columns = self.columns;
        let most = columns.task.chunk_by(|a, b| a == b).map(<[i32]>::len).max().unwrap_or(0);
        let factorials = Factorials::up_to(most + 1)?;
        let mut accuracy: Vec<f64> = empty(columns.experts)?;
        accuracy.resize(columns.experts, 2.0 / 3.0);
        let mut parts = Parts { logits: empty(most + 1)?, support: empty(most)? };
        let (mut right, mut all): (Vec<f64>, Vec<f64>) = (filled(columns.experts)?, filled(columns.experts)?);
        for _ in 0..ROUNDS {
            right.fill(PRIOR[0]);
            all.fill(PRIOR[1]);
            let mut start = 0;
            for task in columns.task.chunk_by(|a, b| a == b) {
                let rows = start..start + task.len();
                self.posterior(rows.clone(), &accuracy, &factorials, &mut parts)?;
                confidence[task[0] as usize] = parts.logits[1];
                for row in rows {
                    let (expert, cluster) = (columns.expert[row] as usize, self.cluster[row] as usize);
                    right[expert] += self.vote[row] * parts.logits[1 + cluster];
                    all[expert] += self.vote[row];
                }
                start += task.len();
            }
            let shares = right.iter().zip(&all).map(|(right, all)| right / all);
            accuracy.iter_mut().zip(shares).for_each(|(accuracy, share)| *accuracy = share);
        }
        self.temper(confidence)
    }

    /// The probability that no text of a task is right, then of each cluster that it is.
    fn posterior(
        &self,
        rows: std::ops::Range<usize>,
        accuracy: &[f64],
        factorials: &Factorials,
        parts: &mut Parts,
    ) -> Result<(), FitError> {
        let clusters = rows.clone().map(|row| self.cluster[row] + 1).max().unwrap_or(0) as usize;
        let Parts { logits, support } = parts;
        logits.clear();
        logits.resize(clusters + 1, 0.0);
        support.clear();
        support.resize(clusters, 0.0);
        let mut total = 0.0;
        for row in rows {
            let (cluster, p) = (self.cluster[row] as usize, accuracy[self.columns.expert[row] as usize]);
            logits[1 + cluster] += self.vote[row] * scalar::log(p / (1.0 - p));
            support[cluster] += self.vote[row];
            total += self.vote[row];
        }
        for (logit, votes) in logits[1..].iter_mut().zip(support.iter()) {
            let rest = total - votes;
            *logit += factorials.log(total);
            *logit -= factorials.log(if rest > 0.0 { rest } else { 0.0 });
            *logit -= factorials.log(votes - 1.0);
        }
        let top = logits.iter().fold(f64::NEG_INFINITY, |top, &x| if x > top { x } else { top });
        logits.iter_mut().for_each(|x| *x -= top);
        self.kernels.exp(logits);
        let sum = self.kernels.sum(logits);
        logits.iter_mut().for_each(|x| *x /= sum);
        Ok(())
    }

    /// Mixes the posteriors with the share of the weight that others than the author give to the chosen text's cluster.
    fn temper(&self, confidence: &mut [f64]) -> Result<(), FitError> {
        let columns = self.columns;
        let mut pairs = Pairs::default();
        for of_task in self.pairs {
            pairs.all += of_task.all;
            pairs.near += of_task.near;
        }
        let twice = 2.0 * pairs.share() - 1.0;
        let y = if twice > 0.0 { twice } else { 0.0 };
        let share = y * y;
        let mut heard: Vec<[f64; 2]> = filled(columns.tasks)?;
        let mut sums = [0.0; 2];
        let mut start = 0;
        for task in columns.task.chunk_by(|a, b| a == b) {
            let of_task = &mut heard[task[0] as usize];
            let author = columns.expert[self.chosen[task[0] as usize] as usize];
            for row in start..start + task.len() {
                if columns.expert[row] != author {
                    of_task[1] += self.weight[row];
                    if self.cluster[row] == 0 {
                        of_task[0] += self.weight[row];
                    }
                }
            }
            sums[0] += of_task[0];
            sums[1] += of_task[1];
            start += task.len();
        }
        let mean = (sums[0] + 1.0) / (sums[1] + 2.0);
        for task in columns.task.chunk_by(|a, b| a == b).map(|task| task[0] as usize) {
            let [inside, all] = heard[task];
            confidence[task] = share * confidence[task] + (1.0 - share) * ((inside + 4.0 * mean) / (all + 4.0));
        }
        Ok(())
    }
}

/// Working storage of one task.
struct Parts {
    logits: Vec<f64>,
    support: Vec<f64>,
}

/// Logarithms of factorials.
struct Factorials(Vec<f64>);

impl Factorials {
    fn up_to(most: usize) -> Result<Self, FitError> {
        let mut sums: Vec<f64> = empty(most + 2)?;
        sums.extend([0.0, 0.0]);
        let mut sum = 0.0;
        for i in 2..=most {
            sum += scalar::log(i as f64);
            sums.push(sum);
        }
        Ok(Self(sums))
    }

    /// Of a number of at least -1; interpolated between whole numbers.
    fn log(&self, x: f64) -> f64 {
        if x < 0.0 {
            return -scalar::log(x + 1.0);
        }
        let m = x as usize;
        self.0[m] + scalar::log(1.0 + (x - m as f64) * m as f64)
    }
}
