//! What is said about a fit: numbers at fixed places, which `docs/methods/auto.md` lists.

use super::constants::MEMBERS;
use super::correlation::Correlation;
use super::field::Mode;
use super::gold::{READINGS, Said};

/// The numbers about the fit, about each mode, and how many modes have a place.
const HEAD: usize = 11;
const MODE: usize = 6 + 2 * MEMBERS;
const MODES: usize = 2;

/// Where that about known labels begins.
const GOLD: usize = HEAD + MODES * MODE;

/// How many numbers a report has.
pub(in crate::consensus) const LENGTH: usize = GOLD + 2 + READINGS;

/// How a result came about.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Kind {
    /// The modes of the main model and their members.
    Combined,
    /// All modes had left the votes; what stands for the main model then.
    ByMace,
    ByCoin,
    ByShares,
    /// No two experts can be compared: smoothed shares.
    Unlearnable,
    /// There is one label.
    Nothing,
}

pub(super) struct Report(pub(super) [f64; LENGTH]);

/// A mode in the result.
pub(super) struct Described<'a> {
    pub(super) mode: &'a Mode,
    pub(super) share: f64,
    /// What the weights of its members are multiplied by.
    pub(super) scale: f64,
    /// How far it is from the best mode.
    pub(super) moved: f64,
    /// The members' weights before that, 0 where they were dropped.
    pub(super) weights: &'a [f64; MEMBERS],
    pub(super) drifts: &'a [f64; MEMBERS],
}

impl Report {
    pub(super) fn new(kind: Kind) -> Self {
        let mut values = [0.0; LENGTH];
        values[0] = f64::from(kind as u8);
        Self(values)
    }

    pub(super) fn begin(&mut self, kind: Kind, correlation: &Correlation, modes: usize, rival: bool) {
        self.0[0] = f64::from(kind as u8);
        self.0[2] = modes as f64;
        self.0[3] = f64::from(u8::from(rival));
        self.0[4] = correlation.excess;
        self.0[5] = correlation.error;
        self.0[6] = correlation.probability;
        self.0[7] = correlation.exponent;
        self.0[8] = correlation.mean_temper;
        self.0[9] = correlation.effective;
        self.0[10] = correlation.answers;
    }

    pub(super) fn said(&mut self, said: &Said) {
        let values = &mut self.0[GOLD..];
        values[0] = said.known as f64;
        values[1..][..READINGS].copy_from_slice(&said.weights);
        values[1 + READINGS] = said.power;
    }

    pub(super) fn mode(&mut self, place: usize, described: &Described<'_>) {
        let Described { mode, share, scale, moved, weights, drifts } = *described;
        let values = &mut self.0[HEAD + place * MODE..][..MODE];
        values[..6].copy_from_slice(&[mode.start as f64, share, mode.evidence, mode.strength, mode.drift, moved]);
        for (pair, (weight, &drift)) in values[6..].chunks_exact_mut(2).zip(weights.iter().zip(drifts)) {
            (pair[0], pair[1]) = (weight * scale, drift);
        }
    }
}
