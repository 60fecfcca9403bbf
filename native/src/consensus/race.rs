//! Several starts of one method, of which the better half goes on after every round.

use super::control::Watch;
use super::{FitError, Problem};

/// A start and how far it has come.
pub(super) struct Run<S> {
    pub(super) state: S,
    pub(super) iterations: u32,
    pub(super) converged: bool,
    /// NaN before the first iteration.
    objective: f64,
}

impl<S> Run<S> {
    pub(super) fn new(state: S) -> Self {
        Self { state, iterations: 0, converged: false, objective: f64::NAN }
    }

    /// Whether no further iteration is to be made.
    pub(super) fn is_over(&self, problem: &Problem<'_>) -> bool {
        self.converged || self.iterations == problem.max_iterations
    }

    /// Takes note of an iteration with this objective of its E-step.
    pub(super) fn advance(&mut self, problem: &Problem<'_>, objective: f64) {
        let previous = self.objective;
        self.objective = objective;
        self.iterations += 1;
        // NaN, before the second iteration, compares false.
        self.converged = (objective - previous).abs() <= problem.tolerance * objective.abs();
    }
}

/// How starts are iterated.
pub(super) struct Rounds {
    /// The iterations of a round.
    pub(super) length: u32,
    /// The most starts that are iterated together.
    pub(super) batch: usize,
}

/// Iterates until one run is left and at its end, and returns that. `iterate` makes one iteration of those runs of a batch
/// that are not over, and has them take note of it.
pub(super) fn race<S>(
    problem: &Problem<'_>,
    control: &Watch<'_>,
    rounds: &Rounds,
    mut runs: Vec<Run<S>>,
    mut iterate: impl FnMut(&mut [Run<S>]) -> Result<(), FitError>,
) -> Result<Run<S>, FitError> {
    let mut done = 0;
    loop {
        for batch in runs.chunks_mut(rounds.batch) {
            for _ in 0..rounds.length {
                let going = batch.iter().filter(|run| !run.is_over(problem)).count();
                if going == 0 {
                    break;
                }
                control.check()?;
                iterate(batch)?;
                done += going as u32;
                control.report(done);
            }
        }
        // Stable, so that of equals the earlier start is kept.
        runs.sort_by(|a, b| b.objective.partial_cmp(&a.objective).unwrap_or(std::cmp::Ordering::Equal));
        runs.truncate(runs.len().div_ceil(2));
        if runs.len() == 1 && runs[0].is_over(problem) {
            return Ok(runs.swap_remove(0));
        }
    }
}
