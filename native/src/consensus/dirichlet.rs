//! Dirichlet posteriors: the logarithms that are expected of them, their means, and their divergence from the priors.

use super::FitError;
use super::storage::{Table, empty, filled};
use super::team::Team;
use crate::kernels::{Kernels, scalar};

/// About how many cells one piece of an M-step has.
const PIECE: usize = 4096;

/// The Dirichlets over the labels of every expert and column. A column is a class, or a class and one of its groups.
pub(super) struct Columns {
    experts: usize,
    labels: usize,
    groups: usize,
    /// What a label's count begins with, where it is right and where it is wrong.
    priors: [f64; 2],
    /// `[expert][label][column]`: counts with their priors.
    pub(super) values: Table,
    /// The logarithm of the gamma of each value.
    gammas: Table,
    /// `[expert][column]`: the sums over the labels, their digammas, and the logarithms of their gammas.
    totals: [Vec<f64>; 3],
    /// The divergence of each expert from the priors.
    divergences: Vec<f64>,
}

impl Columns {
    pub(super) fn new(experts: usize, labels: usize, groups: usize, priors: [f64; 2]) -> Result<Self, FitError> {
        let width = labels * groups;
        let cells = experts.checked_mul(labels).and_then(|rows| rows.checked_mul(width)).unwrap_or(usize::MAX);
        Ok(Self {
            experts,
            labels,
            groups,
            priors,
            values: Table::zeros(cells)?,
            gammas: Table::zeros(cells)?,
            totals: [filled(experts * width)?, filled(experts * width)?, filled(experts * width)?],
            divergences: filled(experts)?,
        })
    }

    /// Writes the expected logarithms of the sum of some counts to `logs`, and returns the divergence.
    pub(super) fn update<'c>(
        &mut self,
        kernels: Kernels,
        team: &Team<'_>,
        counts: impl Iterator<Item = &'c [f64]> + Clone + Sync,
        logs: &mut [f64],
    ) -> Result<f64, FitError> {
        let (labels, groups, [right, wrong]) = (self.labels, self.groups, self.priors);
        let width = labels * groups;
        let others = (labels - 1) as f64;
        let rest = scalar::lgamma(right + others * wrong) - (scalar::lgamma(right) + others * scalar::lgamma(wrong));
        let size = (PIECE / (labels * width)).max(1);
        let [totals, psis, gammas] = &mut self.totals;
        let mut pieces = empty(self.experts.div_ceil(size))?;
        pieces.extend(
            (logs.chunks_mut(size * labels * width).zip(self.values.chunks_mut(size * labels * width)))
                .zip(self.gammas.chunks_mut(size * labels * width))
                .zip(totals.chunks_mut(size * width).zip(psis.chunks_mut(size * width)))
                .zip(gammas.chunks_mut(size * width).zip(self.divergences.chunks_mut(size)))
                .enumerate()
                .map(|(at, ((((logs, values), gammas), (totals, psis)), (total_gammas, divergences)))| {
                    (at, Piece { labels, groups, logs, values, gammas, totals, psis, total_gammas, divergences })
                }),
        );
        team.each(&mut pieces, |(at, piece)| {
            let from = *at * size * labels * width;
            let to = from + piece.values.len();
            piece.sum_up(counts.clone().map(|counts| &counts[from..to]), [right, wrong]);
            piece.transform(kernels, [right, wrong], rest);
        });
        drop(pieces);
        Ok(self.divergences.iter().fold(0.0, |sum, own| sum + own))
    }

    /// The mean of a value by the latest update.
    pub(super) fn mean(&self, expert: usize, label: usize, column: usize) -> f64 {
        let width = self.labels * self.groups;
        self.values[(expert * self.labels + label) * width + column] / self.totals[0][expert * width + column]
    }
}

/// Some experts' part of an update.
struct Piece<'a> {
    labels: usize,
    groups: usize,
    logs: &'a mut [f64],
    values: &'a mut [f64],
    gammas: &'a mut [f64],
    totals: &'a mut [f64],
    psis: &'a mut [f64],
    total_gammas: &'a mut [f64],
    divergences: &'a mut [f64],
}

impl Piece<'_> {
    /// Adds the counts and the priors up.
    fn sum_up<'c>(&mut self, counts: impl Iterator<Item = &'c [f64]>, [right, wrong]: [f64; 2]) {
        let (labels, width) = (self.labels, self.labels * self.groups);
        for (number, counts) in counts.enumerate() {
            if number == 0 {
                self.values.copy_from_slice(counts);
            } else {
                self.values.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
            }
        }
        self.totals.fill(0.0);
        for (expert, totals) in self.values.chunks_exact_mut(labels * width).zip(self.totals.chunks_exact_mut(width)) {
            for (label, row) in expert.chunks_exact_mut(width).enumerate() {
                for (class, (values, totals)) in
                    row.chunks_exact_mut(self.groups).zip(totals.chunks_exact_mut(self.groups)).enumerate()
                {
                    let prior = if class == label { right } else { wrong };
                    for (value, total) in values.iter_mut().zip(totals) {
                        *value += prior;
                        *total += *value;
                    }
                }
            }
        }
    }

    /// The expected logarithms and the divergences.
    fn transform(&mut self, kernels: Kernels, [right, wrong]: [f64; 2], rest: f64) {
        let (labels, width) = (self.labels, self.labels * self.groups);
        self.logs.copy_from_slice(self.values);
        kernels.digamma(self.logs);
        self.gammas.copy_from_slice(self.values);
        kernels.lgamma(self.gammas);
        self.psis.copy_from_slice(self.totals);
        kernels.digamma(self.psis);
        self.total_gammas.copy_from_slice(self.totals);
        kernels.lgamma(self.total_gammas);
        let experts = (self.logs.chunks_exact_mut(labels * width).zip(self.values.chunks_exact(labels * width)))
            .zip(self.gammas.chunks_exact(labels * width))
            .zip(self.psis.chunks_exact(width).zip(self.total_gammas.chunks_exact_mut(width)))
            .zip(self.divergences.iter_mut());
        for ((((logs, values), gammas), (psis, columns)), divergence) in experts {
            let rows = logs.chunks_exact_mut(width).zip(values.chunks_exact(width)).zip(gammas.chunks_exact(width));
            for (label, ((logs, values), gammas)) in rows.enumerate() {
                for column in 0..width {
                    let prior = if column / self.groups == label { right } else { wrong };
                    logs[column] -= psis[column];
                    columns[column] -= gammas[column] - (values[column] - prior) * logs[column];
                }
            }
            *divergence = columns.iter().fold(0.0, |sum, column| sum + (column - rest));
        }
    }
}

/// One Dirichlet: turns counts into the logarithms that are expected, writes the means and returns the divergence.
pub(super) fn update(counts: &mut [f64], priors: &[f64], means: &mut [f64]) -> f64 {
    let (mut total, mut before) = (0.0, 0.0);
    for (count, prior) in counts.iter_mut().zip(priors) {
        *count += prior;
        total += *count;
        before += prior;
    }
    let whole = scalar::digamma(total);
    let mut divergence = scalar::lgamma(total);
    let mut rest = scalar::lgamma(before);
    for ((value, &prior), mean) in counts.iter_mut().zip(priors).zip(means) {
        let log = scalar::digamma(*value) - whole;
        divergence -= scalar::lgamma(*value) - (*value - prior) * log;
        rest -= scalar::lgamma(prior);
        *mean = *value / total;
        *value = log;
    }
    divergence - rest
}
