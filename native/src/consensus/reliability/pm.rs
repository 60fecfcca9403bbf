//! PM: Q. Li, Y. Li, J. Gao, B. Zhao, W. Fan and J. Han, *Resolving conflicts in heterogeneous data by truth discovery and
//! source reliability estimation*, SIGMOD 2014 (CRH), with the zero-one loss.

use super::Setting;
use super::poll::{Limits, Poll, Rules};
use crate::consensus::storage::filled;
use crate::consensus::{FitError, Outcome};
use crate::kernels::scalar::log;

/// What an expert without an error counts as its errors.
const NO_ERROR: f64 = 1e-8;
/// Keeps the logarithm finite, and the weight of the worst expert above 0.
const OFFSET: f64 = 1e-7;

pub(super) fn fit(setting: Setting<'_>, outcome: &mut Outcome<'_>) -> Result<(u32, bool), FitError> {
    let problem = setting.problem;
    let rules = Rules { shared: true, ..Rules::default() };
    let limits = Limits { iterations: problem.max_iterations, tolerance: problem.tolerance };
    let mut weights = filled(outcome.skill.len())?;
    weights.fill(1.0);
    let mut poll = Poll::open(setting, rules, outcome.posterior)?;
    let end = poll.reweigh(&mut weights, limits, |_, poll, _, next| {
        let mut most: f64 = 0.0;
        for (next, errors) in next.iter_mut().zip(poll.errors()) {
            *next = if errors > 0.0 { errors } else { NO_ERROR };
            most = most.max(*next);
        }
        next.iter_mut().for_each(|next| *next = (OFFSET - log(*next / most + OFFSET)).max(0.0));
    })?;
    poll.agreement(0.0, outcome.skill);
    poll.close(outcome.prior)?;
    if let Some(weight) = &mut outcome.weight {
        weight.copy_from_slice(&weights);
    }
    Ok(end)
}
