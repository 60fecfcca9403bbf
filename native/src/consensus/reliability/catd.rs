//! CATD: Q. Li, Y. Li, J. Gao, L. Su, B. Zhao, M. Demirbas, W. Fan and J. Han, *A confidence-aware approach for truth
//! discovery on long-tail data*, VLDB 2014: an expert's weight is the lower end of a confidence interval of its precision.

use super::Setting;
use super::chi_square::quantiles;
use super::poll::{Limits, Poll, Rules};
use crate::consensus::storage::filled;
use crate::consensus::{FitError, Outcome};

/// Keeps the weight of an expert without an error finite.
const OFFSET: f64 = 1e-9;

pub(super) fn fit(setting: Setting<'_>, outcome: &mut Outcome<'_>) -> Result<(u32, bool), FitError> {
    let problem = setting.problem;
    let rules = Rules { shared: true, ..Rules::default() };
    let limits = Limits { iterations: problem.max_iterations, tolerance: problem.tolerance };
    let mut weights = filled(outcome.skill.len())?;
    weights.fill(1.0);
    let mut poll = Poll::open(setting, rules, outcome.posterior)?;
    let quantiles = quantiles(0.5 * problem.parameter(0), poll.total())?;
    let end = poll.reweigh(&mut weights, limits, |_, poll, _, next| {
        let mut total = 0.0;
        for ((next, errors), quantile) in next.iter_mut().zip(poll.errors()).zip(&quantiles) {
            *next = quantile / (errors + OFFSET);
            total += *next;
        }
        next.iter_mut().for_each(|next| *next = if total > 0.0 { *next / total } else { 0.0 });
    })?;
    poll.agreement(0.0, outcome.skill);
    poll.close(outcome.prior)?;
    if let Some(weight) = &mut outcome.weight {
        weight.copy_from_slice(&weights);
    }
    Ok(end)
}
