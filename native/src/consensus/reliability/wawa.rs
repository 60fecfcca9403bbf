//! Worker agreement with aggregate: a vote, then one that is weighted by the agreement with it.

use super::Setting;
use super::poll::{Limits, Poll, Rules};
use crate::consensus::storage::filled;
use crate::consensus::{FitError, Outcome};

pub(super) fn fit(setting: Setting<'_>, outcome: &mut Outcome<'_>) -> Result<(u32, bool), FitError> {
    let rules = Rules { distinct: true, ..Rules::default() };
    let mut weights = filled(outcome.skill.len())?;
    weights.fill(1.0);
    let mut poll = Poll::open(setting, rules, outcome.posterior)?;
    let end = poll.reweigh(&mut weights, Limits::ONCE, |_, poll, _, next| poll.agreement(0.0, next))?;
    outcome.skill.copy_from_slice(&weights);
    poll.close(outcome.prior)?;
    Ok(end)
}
