//! What each text counts: the votes of experts, and weights that follow how far the others agree with them in other tasks.

use super::problem::Columns;
use crate::consensus::{FitError, empty, filled};

/// How often the weights are found anew.
pub(super) const ROUNDS: usize = 3;
/// What the mean usefulness counts for beside an expert's own.
const PSEUDO: f64 = 2.0;

/// The votes and weights of all rows.
pub(super) struct Votes {
    /// The vote of each row.
    pub(super) vote: Vec<f64>,
    /// The first row of each row's expert in its task.
    first: Vec<u32>,
    /// Whether some expert has rows in two tasks.
    pub(super) shared: bool,
}

/// What one round found out, at the first row of each expert in each task.
#[derive(Clone, Copy, Default)]
pub(super) struct Agreement {
    /// Votes times the usefulness of the texts to others.
    useful: f64,
    /// These votes.
    votes: f64,
    /// Whether there were any.
    counted: bool,
}

impl Votes {
    pub(super) fn new(columns: &Columns<'_>) -> Result<Self, FitError> {
        let rows = columns.rows();
        // The latest task of each expert, and its first row there.
        let mut latest: Vec<(i32, u32)> = empty(columns.experts)?;
        latest.resize(columns.experts, (-1, 0));
        let mut first: Vec<u32> = filled(rows)?;
        let mut texts: Vec<u32> = filled(rows)?;
        let mut shared = false;
        for row in 0..rows {
            let latest = &mut latest[columns.expert[row] as usize];
            if latest.0 != columns.task[row] {
                shared |= latest.0 >= 0;
                *latest = (columns.task[row], row as u32);
            }
            first[row] = latest.1;
            texts[latest.1 as usize] += 1;
        }
        let mut vote: Vec<f64> = empty(rows)?;
        vote.extend((0..rows).map(|row| columns.confidence.map_or(1.0, |stated| stated[row])));
        let mut start = 0;
        for task in columns.task.chunk_by(|a, b| a == b) {
            let votes = &mut vote[start..start + task.len()];
            let mut total = 0.0;
            votes.iter().for_each(|stated| total += stated);
            if total <= 0.0 {
                votes.fill(1.0);
            }
            for (vote, &first) in votes.iter_mut().zip(&first[start..]) {
                *vote /= f64::from(texts[first as usize]);
            }
            start += task.len();
        }
        Ok(Self { vote, first, shared })
    }

    /// Takes in how useful others find a text: their weights times utilities, and their weights.
    pub(super) fn hear(&self, row: usize, useful: f64, weight: f64, agreements: &mut [Agreement]) {
        if weight > 0.0 {
            let agreement = &mut agreements[self.first[row] as usize];
            agreement.useful += self.vote[row] * (useful / weight);
            agreement.votes += self.vote[row];
            agreement.counted = true;
        }
    }

    /// The weights after a round, and the skills. Says whether there is anything to learn.
    pub(super) fn weigh(
        &self,
        columns: &Columns<'_>,
        agreements: &[Agreement],
        weight: &mut [f64],
        skill: &mut [f64],
    ) -> Result<bool, FitError> {
        let experts = columns.experts;
        let (mut useful, mut votes): (Vec<f64>, Vec<f64>) = (filled(experts)?, filled(experts)?);
        let mut tasks: Vec<u32> = filled(experts)?;
        for (agreement, &expert) in agreements.iter().zip(columns.expert).filter(|(agreement, _)| agreement.counted) {
            useful[expert as usize] += agreement.useful;
            votes[expert as usize] += agreement.votes;
            tasks[expert as usize] += 1;
        }
        let sum = |values: &[f64]| values.iter().fold(0.0, |sum, x| sum + x);
        let all = sum(&votes);
        if all <= 0.0 {
            return Ok(false);
        }
        let mean = sum(&useful) / all;
        for (skill, (useful, votes)) in skill.iter_mut().zip(useful.iter().zip(&votes)) {
            *skill = (useful + PSEUDO * mean) / (votes + PSEUDO);
        }
        if mean <= 0.0 {
            return Ok(false);
        }
        for row in 0..weight.len() {
            let (own, expert) = (agreements[self.first[row] as usize], columns.expert[row] as usize);
            weight[row] = self.vote[row];
            if tasks[expert] > u32::from(own.counted) {
                let others = (useful[expert] - own.useful) + PSEUDO * mean;
                let factor = (others / ((votes[expert] - own.votes) + PSEUDO)) / mean;
                weight[row] = self.vote[row] * (factor * factor);
            }
        }
        Ok(true)
    }
}
