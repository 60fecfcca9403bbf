//! Q. Li et al., *Resolving conflicts in heterogeneous data by truth discovery and source reliability estimation*, SIGMOD
//! 2014 (CRH; the categorical method is known as PM), for numbers.

use super::super::storage::filled;
use super::super::{FitError, Summary};
use super::answers::Answers;
use super::parts::{Part, combine};
use super::statistics::{mean_error, median, weighted_mean, weighted_median, weighted_median_error};
use super::{AT_REST, Experts, Loss, Normaliser, Scene};
use crate::kernels::scalar::log;

/// Keeps weights finite and above 0.
const FLOOR: f64 = 1e-7;

/// Fits the table of the scene.
pub(super) fn fit(
    scene: &Scene<'_>,
    parts: &mut [Part<'_>],
    experts: &mut Experts,
    loss: Loss,
    normaliser: Normaliser,
) -> Result<Summary, FitError> {
    let answers = scene.answers;
    let mut losses: Vec<f64> = filled(experts.trust.len())?;
    scene.each(parts, |part| {
        part.estimate(answers, |_, group| (median(group.values), 0.0));
        units(answers, part);
        distances(answers, part, loss);
    })?;
    combine(parts, 0, &mut losses);
    let trust = &mut experts.trust;
    let mut summary = AT_REST;
    if whole(&losses, normaliser) > 0.0 {
        summary = scene.steps(scene.relative(), || {
            let whole = whole(&losses, normaliser);
            if whole > 0.0 {
                for ((weight, loss), &answered) in trust.iter_mut().zip(&losses).zip(answers.answered()) {
                    *weight = if answered > 0 { FLOOR - log(loss / whole + FLOOR) } else { 0.0 };
                }
            }
            scene.each(parts, |part| {
                part.estimate(answers, |_, group| {
                    let weight = |answer| group.trusted(answer, trust);
                    let estimate = match loss {
                        Loss::Absolute => weighted_median(group.values, weight),
                        Loss::Squared => weighted_mean(group.values, weight).0,
                    };
                    (estimate, 0.0)
                });
                distances(answers, part, loss);
            })?;
            combine(parts, 0, &mut losses);
            let mut objective = 0.0;
            trust.iter().zip(&losses).for_each(|(weight, loss)| objective += weight * loss);
            Ok(objective)
        })?;
    }
    scene.each(parts, |part| {
        part.errors(answers, |estimate, group| {
            let weight = |answer| group.trusted(answer, trust);
            match loss {
                Loss::Absolute => weighted_median_error(group.values, weight, estimate),
                Loss::Squared => mean_error(group.values, weight, estimate),
            }
        });
    })?;
    Ok(summary)
}

/// Writes what the distances of each task are measured in: the standard deviation of its answers, about the known value
/// where there is one.
fn units(answers: &Answers, part: &mut Part<'_>) {
    for (unit, task) in part.spread.iter_mut().zip(part.tasks.clone()) {
        let group = answers.group(task);
        *unit = 0.0;
        if !group.is_empty() {
            let (mean, total) = weighted_mean(group.values, |answer| group.weight(answer));
            let centre = answers.known(task).unwrap_or(mean);
            let mut squares = 0.0;
            for (answer, value) in group.values.iter().enumerate() {
                squares += group.weight(answer) * ((value - centre) * (value - centre));
            }
            *unit = (squares / total).sqrt();
        }
    }
}

fn distances(answers: &Answers, part: &mut Part<'_>, loss: Loss) {
    part.sum_up(0, answers, |part, at, x| {
        let unit = part.spread[at];
        let distance = if unit > 0.0 { (x - part.estimate[at]).abs() / unit } else { 0.0 };
        if loss == Loss::Squared { distance * distance } else { distance }
    });
}

/// What the experts' losses are divided by.
fn whole(losses: &[f64], normaliser: Normaliser) -> f64 {
    let mut whole = 0.0;
    for &loss in losses {
        whole = match normaliser {
            Normaliser::Sum => whole + loss,
            Normaliser::Largest => {
                if loss > whole {
                    loss
                } else {
                    whole
                }
            }
        };
    }
    whole
}
