//! Several starts of one method, of which the better half goes on after every round.

use super::control::Watch;
use super::{FitError, Problem};

/// The iterations of a round.
const ROUND: u32 = 10;

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
}

/// Iterates until one run is left and at its end, and returns that. `iterate` makes one iteration and returns the objective
/// of its E-step.
pub(super) fn race<S>(
    problem: &Problem<'_>,
    control: &Watch<'_>,
    mut runs: Vec<Run<S>>,
    mut iterate: impl FnMut(&mut S) -> Result<f64, FitError>,
) -> Result<Run<S>, FitError> {
    let mut done = 0;
    loop {
        for run in &mut runs {
            for _ in 0..ROUND {
                if run.converged || run.iterations == problem.max_iterations {
                    break;
                }
                control.check()?;
                let previous = run.objective;
                run.objective = iterate(&mut run.state)?;
                run.iterations += 1;
                // NaN, before the second iteration, compares false.
                run.converged = (run.objective - previous).abs() <= problem.tolerance * run.objective.abs();
                done += 1;
                control.report(done);
            }
        }
        // Stable, so that of equals the earlier start is kept.
        runs.sort_by(|a, b| b.objective.partial_cmp(&a.objective).unwrap_or(std::cmp::Ordering::Equal));
        runs.truncate(runs.len().div_ceil(2));
        if runs.len() == 1 && (runs[0].converged || runs[0].iterations == problem.max_iterations) {
            return Ok(runs.swap_remove(0));
        }
    }
}
