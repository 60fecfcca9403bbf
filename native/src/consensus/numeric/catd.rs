//! Q. Li et al., *A confidence-aware approach for truth discovery on long-tail data*, PVLDB 8(4), 2014.

use super::super::storage::filled;
use super::super::{FitError, Summary};
use super::parts::{Part, combine};
use super::scale::scale;
use super::statistics::{mean_error, median, weighted_mean};
use super::{AT_REST, Experts, Scene};
use crate::kernels::special::chi_square_quantile;

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
        let quantiles = quantiles(scene, significance * 0.5)?;
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

/// The quantile of the chi-square distribution with as many degrees of freedom as each expert has answers, 0 without any.
fn quantiles(scene: &Scene<'_>, p: f64) -> Result<Vec<f64>, FitError> {
    let answered = scene.answers.answered();
    let mut numbers: Vec<usize> = filled(answered.len())?;
    numbers.copy_from_slice(answered);
    numbers.sort_unstable();
    numbers.dedup();
    let mut of_numbers: Vec<f64> = filled(numbers.len())?;
    for (quantile, &n) in of_numbers.iter_mut().zip(&numbers) {
        scene.control.check()?;
        *quantile = chi_square_quantile(p, n as f64);
    }
    let mut quantiles: Vec<f64> = filled(answered.len())?;
    for (quantile, n) in quantiles.iter_mut().zip(answered) {
        let at = numbers.partition_point(|number| number < n);
        *quantile = of_numbers[at];
    }
    Ok(quantiles)
}
