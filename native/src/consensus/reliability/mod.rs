//! Weighted votes: experts are weighed by how reliable they seem. `docs/methods/reweighting.md` has what they share.
//!
//! Wawa, zero-based skill, gold majority vote, CATD and PM repeat one loop (weights, weighted shares, new weights); KOS and
//! M-MSR find the weights in their own way. All of them end with a poll.

mod catd;
pub(super) mod chi_square;
mod gold_majority_vote;
mod kos;
mod mmsr;
mod pairs;
mod pm;
mod poll;
mod wawa;
mod zero_based_skill;

use super::control::Watch;
use super::decide::decide;
use super::index::Index;
use super::team::Team;
use super::{FitError, Method, Outcome, Problem, Summary};

/// What every fit works with.
#[derive(Clone, Copy)]
pub(super) struct Setting<'a> {
    pub(super) problem: &'a Problem<'a>,
    pub(super) index: &'a Index,
    pub(super) team: &'a Team<'a>,
    pub(super) control: &'a Watch<'a>,
}

/// Fits the table of `index` by one of the weighted votes.
pub(super) fn fit(setting: Setting<'_>, outcome: &mut Outcome<'_>) -> Result<Summary, FitError> {
    let (iterations, converged) = match setting.problem.method {
        Method::ZeroBasedSkill => zero_based_skill::fit(setting, outcome)?,
        Method::GoldMajorityVote => gold_majority_vote::fit(setting, outcome)?,
        Method::Catd => catd::fit(setting, outcome)?,
        Method::Pm => pm::fit(setting, outcome)?,
        Method::Mmsr => mmsr::fit(setting, outcome)?,
        Method::Kos => kos::fit(setting, outcome)?,
        _ => wawa::fit(setting, outcome)?,
    };
    decide(setting.problem, setting.index, outcome, setting.team)?;
    Ok(Summary { iterations, converged, objective: f64::NAN })
}

/// Refuses what only these methods refuse, before any work.
pub(super) fn check(problem: &Problem<'_>) -> Result<(), FitError> {
    match problem.method {
        Method::GoldMajorityVote => gold_majority_vote::check(problem),
        Method::Kos => kos::check(problem),
        _ => Ok(()),
    }
}
