//! Means and medians: each task by itself.

use super::super::{FitError, Summary};
use super::parts::Part;
use super::statistics::{mean_error, median, median_error, trimmed, weighted_mean};
use super::{AT_REST, Experts, Method, Scene};

/// `Mean`, `Median`, `TrimmedMean` and `WeightedMean`.
pub(super) fn fit(scene: &Scene<'_>, parts: &mut [Part<'_>], experts: &mut Experts) -> Result<Summary, FitError> {
    let answers = scene.answers;
    if let Some(weights) = scene.problem.expert_weights {
        for (trust, weight) in experts.trust.iter_mut().zip(weights) {
            *trust *= weight;
        }
    }
    scene.each(parts, |part| match scene.problem.method {
        Method::Median => part.estimate(answers, |_, group| {
            let m = median(group.values);
            (m, median_error(group.values, m))
        }),
        Method::TrimmedMean { fraction } => part.estimate(answers, |_, group| trimmed(group, fraction)),
        _ => part.estimate(answers, |_, group| {
            let (m, _) = weighted_mean(group.values, |answer| group.weight(answer));
            (m, mean_error(group.values, |answer| group.weight(answer), m))
        }),
    })?;
    Ok(AT_REST)
}
