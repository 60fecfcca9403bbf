//! Zero-based skill: skills follow the agreement with the vote that they weigh, ever more slowly.

use super::Setting;
use super::poll::{Limits, Poll, Rules};
use crate::consensus::storage::filled;
use crate::consensus::{FitError, Outcome};

/// How far above chance every expert begins.
const OFFSET: f64 = 1e-5;

pub(super) fn fit(setting: Setting<'_>, outcome: &mut Outcome<'_>) -> Result<(u32, bool), FitError> {
    let problem = setting.problem;
    let [mut rate, steps, factor] = [0, 1, 2].map(|place| problem.parameter(place));
    let rules = Rules { distinct: true, ..Rules::default() };
    let limits = Limits { iterations: problem.max_iterations, tolerance: problem.tolerance };
    let mut weights = filled(outcome.skill.len())?;
    weights.fill(1.0 / problem.sizes[2] as f64 + OFFSET);
    let mut poll = Poll::open(setting, rules, outcome.posterior)?;
    let end = poll.reweigh(&mut weights, limits, |iteration, poll, skills, next| {
        if iteration.is_multiple_of(steps as u32) {
            rate *= factor;
        }
        poll.agreement(0.0, next);
        for (next, skill) in next.iter_mut().zip(skills) {
            *next = skill + rate * (*next - skill);
        }
    })?;
    outcome.skill.copy_from_slice(&weights);
    poll.close(outcome.prior)?;
    Ok(end)
}
