//! Q. Li et al., *A confidence-aware approach for truth discovery on long-tail data*, PVLDB 8(4), 2014.

use super::super::reliability::chi_square::quantiles;
use super::super::storage::{empty, filled};
use super::super::{FitError, Summary};
use super::parts::{Part, combine};
use super::scale::scale;
use super::statistics::{mean_error, median, weighted_mean};
use super::{AT_REST, Experts, Scene};

/// Added to each expert's sum of squares, in terms of the mean square.
const FLOOR: f64 = 1e-9;
const SMALLEST: f64 = 1e-200;

/// Fits the table of the scene.
pub(super) fn fit(
    scene: &Scene<'_>,
    parts: &mut [Part<'_>],
    experts: &mut Experts,
    significance: f64,
) -> Result<Summary, FitError> {
    let answers = scene.answers;
    let mut squares: Vec<f64> = filled(experts.trust.len())?;
    scene.each(parts, |part| {
        part.estimate(answers, |_, group| (median(group.values), 0.0));
        distances(scene, part);
    })?;
    combine(parts, 0, &mut squares);
    let mut whole = 0.0;
    squares.iter().for_each(|sum| whole += sum);
    let mut summary = AT_REST;
    if whole > 0.0 {
        let floor = FLOOR * (whole / answers.len() as f64);
        let floor = if floor > SMALLEST { floor } else { SMALLEST };
        let mut degrees = empty(answers.answered().len())?;
        degrees.extend(answers.answered().iter().map(|&n| n as f64));
        let quantiles = quantiles(significance * 0.5, &degrees)?;
        let trust = &mut experts.trust;
        summary = scene.steps(scene.relative(), || {
            let mut total = 0.0;
            for ((weight, quantile), sum) in trust.iter_mut().zip(&quantiles).zip(&squares) {
                *weight = quantile / (sum + floor);
                total += *weight;
            }
            trust.iter_mut().for_each(|weight| *weight /= total);
            scene.each(parts, |part| {
                part.estimate(answers, |_, group| {
                    (weighted_mean(group.values, |answer| group.trusted(answer, trust)).0, 0.0)
                });
                distances(scene, part);
            })?;
            combine(parts, 0, &mut squares);
            let mut objective = 0.0;
            trust.iter().zip(&squares).for_each(|(weight, sum)| objective += weight * sum);
            Ok(objective.sqrt())
        })?;
        summary.objective = scale(summary.objective, answers.exponent());
    }
    let trust = &experts.trust;
    scene.each(parts, |part| {
        part.errors(answers, |estimate, group| {
            mean_error(group.values, |answer| group.trusted(answer, trust), estimate)
        });
    })?;
    Ok(summary)
}

fn distances(scene: &Scene<'_>, part: &mut Part<'_>) {
    part.sum_up(0, scene.answers, |part, at, x| {
        let difference = x - part.estimate[at];
        difference * difference
    });
}
