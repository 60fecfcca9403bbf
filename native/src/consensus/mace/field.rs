//! The E-steps of MACE: of one start by products or logarithms, of several by products.

use std::ops::Range;

use super::super::FitError;
use super::super::control::Watch;
use super::super::index::Index;
use super::super::race::Run;
use super::super::storage::{empty, filled};
use super::super::team::Team;
use super::State;
use crate::kernels::{Coins, Kernels, MOST_ODDS, Odds, Rights, STARTS, Span, Tally, scalar};

/// A span, its part of the posterior, and what its latest pass counted.
pub(super) struct Part<'a> {
    pub(super) places: Range<usize>,
    /// In the order of places until `decide`.
    pub(super) posterior: &'a mut [f64],
    /// Of each row of the index and each start of the pass.
    pub(super) rights: Vec<f64>,
    room: Vec<f64>,
    likelihoods: [f64; STARTS],
}

/// What every E-step works with.
pub(super) struct Field<'a> {
    pub(super) kernels: Kernels,
    pub(super) index: &'a Index,
    pub(super) gold: Option<&'a [i32]>,
    pub(super) prior: &'a [f64],
    pub(super) log_prior: Vec<f64>,
    /// The odds of several starts side by side.
    pub(super) odds: Vec<f64>,
    /// Of each row the logarithm of the probability of an answer by spam, and of its odds.
    pub(super) logs: Vec<[f64; 2]>,
    pub(super) team: &'a Team<'a>,
    pub(super) control: &'a Watch<'a>,
}

/// Where a start's counts are among those of a pass.
#[derive(Clone, Copy)]
pub(super) struct Lane {
    pub(super) start: usize,
    pub(super) starts: usize,
}

pub(super) const ALONE: Lane = Lane { start: 0, starts: 1 };

/// How many starts a pass over so many of them has: the last ones stand idle.
pub(super) fn lanes(starts: usize) -> usize {
    match starts {
        1 => 1,
        2..=4 => 4,
        _ => STARTS,
    }
}

pub(super) fn parts<'a>(index: &Index, mut posterior: &'a mut [f64], starts: usize) -> Result<Vec<Part<'a>>, FitError> {
    let (rows, labels) = (index.answers().experts(), index.answers().labels());
    let mut parts = empty(index.spans().len())?;
    for span in index.spans() {
        let own;
        (own, posterior) = posterior.split_at_mut(span.len() * labels);
        let (rights, room) = (filled(rows * starts)?, filled(labels * starts)?);
        parts.push(Part { places: span.clone(), posterior: own, rights, room, likelihoods: [0.0; STARTS] });
    }
    Ok(parts)
}

impl Part<'_> {
    /// The pass that adds logarithms; without `coins` it counts the posterior that is there.
    pub(super) fn pass(&mut self, kernels: Kernels, index: &Index, gold: Option<&[i32]>, coins: Option<Coins<'_>>) {
        let (rows, labels) = (index.answers().experts(), index.answers().labels());
        let mut span = Span { first: self.places.start, posterior: self.posterior, gold };
        let mut rights = Rights { experts: &mut self.rights[..rows], prior: &mut self.room[..labels] };
        self.likelihoods[0] = kernels.one_coin_pass(index.answers(), &mut span, coins, &mut rights);
    }

    /// The pass that multiplies odds.
    pub(super) fn multiply(
        &mut self,
        kernels: Kernels,
        index: &Index,
        gold: Option<&[i32]>,
        odds: Odds<'_>,
        starts: usize,
    ) {
        let mut span = Span { first: self.places.start, posterior: self.posterior, gold };
        let rights = &mut self.rights[..odds.rows.len()];
        let mut tally = Tally { rights, room: &mut self.room, likelihoods: &mut self.likelihoods[..starts] };
        kernels.mace_pass(index.answers(), &mut span, odds, &mut tally);
    }
}

/// The log-likelihood that the latest pass found for a start.
pub(super) fn likelihood(parts: &[Part<'_>], start: usize) -> f64 {
    parts[1..].iter().fold(parts[0].likelihoods[start], |sum, part| sum + part.likelihoods[start])
}

/// The log-likelihood of all answers if they were wrong.
pub(super) fn wrong(state: &State, totals: &[f64]) -> f64 {
    state.miss.iter().zip(totals).fold(0.0, |sum, (miss, total)| sum + total * miss)
}

impl Field<'_> {
    /// Whether likelihoods can be multiplied instead of adding their logarithms.
    pub(super) fn multiplies(&self, state: &State) -> bool {
        self.index.is_unit() && state.odds.iter().all(|&odds| odds <= MOST_ODDS)
    }

    /// The E-step of one start, which leaves its posterior. Returns the log-likelihood.
    pub(super) fn expect(&mut self, parts: &mut [Part<'_>], state: &State, totals: &[f64]) -> f64 {
        if self.multiplies(state) {
            self.multiply(parts, Some(&state.odds), 1);
            return likelihood(parts, 0) + wrong(state, totals);
        }
        for ((pair, miss), odds) in self.logs.iter_mut().zip(&state.miss).zip(&state.odds) {
            *pair = [*miss, scalar::log(*odds)];
        }
        let coins = Coins { prior: &self.log_prior, logs: &self.logs };
        self.team.each(parts, |part| {
            if !self.control.is_cancelled() {
                part.pass(self.kernels, self.index, self.gold, Some(coins));
            }
        });
        likelihood(parts, 0)
    }

    /// Puts the odds of a batch side by side.
    pub(super) fn gather(&mut self, batch: &[Run<State>], starts: usize) {
        for (start, run) in batch.iter().enumerate() {
            self.odds.chunks_exact_mut(starts).zip(&run.state.odds).for_each(|(row, odds)| row[start] = *odds);
        }
    }

    /// The E-step by products, of one start's odds or of those that were gathered.
    pub(super) fn multiply(&self, parts: &mut [Part<'_>], odds: Option<&[f64]>, starts: usize) {
        let rows = odds.unwrap_or_else(|| &self.odds[..self.logs.len() * starts]);
        let odds = Odds { prior: self.prior, rows };
        self.team.each(parts, |part| {
            if !self.control.is_cancelled() {
                part.multiply(self.kernels, self.index, self.gold, odds, starts);
            }
        });
    }
}
