//! Gold majority vote: experts are weighed by how often they are right about tasks whose label is known.

use super::Setting;
use super::poll::{Limits, Poll, Rules};
use crate::consensus::storage::filled;
use crate::consensus::{FitError, Outcome, Problem};

pub(super) fn check(problem: &Problem<'_>) -> Result<(), FitError> {
    let Some(gold) = problem.gold.filter(|gold| gold.iter().any(|&label| label >= 0)) else {
        return Err(FitError::Invalid(
            "gold-majority-vote needs gold: give the known labels of some tasks, or choose a method without gold"
                .into(),
        ));
    };
    // Indices are checked by now.
    if problem.task.iter().any(|&task| gold[task as usize] >= 0) {
        return Ok(());
    }
    Err(FitError::Invalid(
        "gold-majority-vote: no answer is to a task of the gold; give the labels of tasks that have answers".into(),
    ))
}

pub(super) fn fit(setting: Setting<'_>, outcome: &mut Outcome<'_>) -> Result<(u32, bool), FitError> {
    let rules = Rules { distinct: true, gold_only: true, ..Rules::default() };
    let smoothing = setting.problem.smoothing;
    let mut weights = filled(outcome.skill.len())?;
    weights.fill(1.0);
    let mut poll = Poll::open(setting, rules, outcome.posterior)?;
    let end = poll.reweigh(&mut weights, Limits::ONCE, |_, poll, _, next| poll.agreement(smoothing, next))?;
    outcome.skill.copy_from_slice(&weights);
    poll.close(outcome.prior)?;
    Ok(end)
}
