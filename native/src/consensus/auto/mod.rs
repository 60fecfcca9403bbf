//! Auto: several models from several starts, combined and tempered by how far experts seem to err together.
//! `docs/methods/auto.md` specifies it.

mod constants;
mod correlation;
mod field;
mod gold;
mod models;
mod pool;
mod pulled;
mod report;
mod starts;

use super::control::Watch;
use super::decide::decide;
use super::index::Index;
use super::storage::filled;
use super::team::Team;
use super::vote::shares;
use super::{FitError, Outcome, Problem, Summary};
use crate::kernels::{FLOOR, Kernels};
use field::Field;
use gold::Known;
use report::{Kind, Report};
use starts::Roll;

pub(super) use report::LENGTH as REPORT;

/// Fits the table of `index`.
pub(super) fn fit(
    kernels: Kernels,
    problem: &Problem<'_>,
    index: &Index,
    outcome: &mut Outcome<'_>,
    team: &Team<'_>,
    control: &Watch<'_>,
) -> Result<Summary, FitError> {
    let labels = problem.sizes[2];
    let mut field = Field::new(kernels, problem, index, team, control)?;
    let mut known = Known::new(&field)?;
    let roll = Roll::new(&field)?;
    let kind = situation(&field, &roll)?;
    let mut report = Report::new(kind);
    let mut objective = f64::NAN;
    match kind {
        Kind::Nothing => outcome.posterior.fill(1.0 / labels as f64),
        Kind::Unlearnable => smoothed_shares(&field, outcome.posterior)?,
        _ => objective = pool::combine(&mut field, &roll, outcome.posterior, &mut report, &mut known)?,
    }
    let said = match kind {
        Kind::Nothing => known.unused(),
        _ => known.calibrate(&field, outcome.posterior)?,
    };
    report.said(&said);
    drop(known);
    clamp(problem, index, outcome.posterior);
    describe(&mut field, outcome)?;
    report.0[1] = f64::from(field.passes);
    if let Some(wanted) = &mut outcome.report {
        wanted.copy_from_slice(&report.0);
    }
    decide(problem, index, outcome, team)?;
    Ok(Summary { iterations: field.passes, converged: true, objective })
}

/// Whether anything can be learned about the experts.
fn situation(field: &Field<'_>, roll: &Roll) -> Result<Kind, FitError> {
    let [tasks, _, labels] = field.problem.sizes;
    let index = field.index;
    if labels == 1 {
        return Ok(Kind::Nothing);
    }
    let alone = roll.answering.len() == 1 || index.longest(&(0..tasks)) <= 1;
    let alike = (1..index.offsets()[tasks]).all(|answer| index.label(answer) == index.label(0));
    Ok(if alone || alike { Kind::Unlearnable } else { Kind::Combined })
}

/// Vote shares with one more answer that is spread evenly.
fn smoothed_shares(field: &Field<'_>, rows: &mut [f64]) -> Result<(), FitError> {
    let (index, labels) = (field.index, field.labels());
    field.each_span(rows, labels, |places, rows| {
        shares(index, None, places.clone(), rows, labels);
        for (place, row) in places.zip(rows.chunks_exact_mut(labels)) {
            let answers = index.offsets()[place]..index.offsets()[place + 1];
            let n = answers.fold(0.0, |sum, answer| sum + index.weight(answer));
            row.iter_mut().for_each(|p| *p = (n * *p + 1.0 / labels as f64) / (n + 1.0));
        }
    })
}

/// Puts the known labels into rows in the order of places.
fn clamp(problem: &Problem<'_>, index: &Index, rows: &mut [f64]) {
    let Some(gold) = problem.gold else { return };
    for (place, row) in rows.chunks_exact_mut(problem.sizes[2]).enumerate() {
        if let Ok(label) = usize::try_from(gold[index.task(place)]) {
            row.fill(0.0);
            row[label] = 1.0;
        }
    }
}

/// Skills, confusions and the class prior under the posterior, which is in the order of places.
fn describe(field: &mut Field<'_>, outcome: &mut Outcome<'_>) -> Result<(), FitError> {
    let labels = field.labels();
    let mut mode = field.mode()?;
    mode.rows.copy_from_slice(outcome.posterior);
    field.count(&mut mode)?;
    for (p, sum) in outcome.prior.iter_mut().zip(&mode.sums) {
        let share = sum / field.tasks();
        *p = if share > FLOOR { share } else { FLOOR };
    }
    let experts = mode.counts.chunks_exact(labels * labels).zip(&field.weight);
    for (skill, (counts, &weight)) in outcome.skill.iter_mut().zip(experts) {
        let right = counts.iter().step_by(labels + 1).fold(0.0, |sum, x| sum + x);
        *skill = if weight > 0.0 { right / weight } else { 1.0 / labels as f64 };
        *skill = if *skill < 1.0 { *skill } else { 1.0 };
    }
    if let Some(confusion) = &mut outcome.confusion {
        let mut totals: Vec<f64> = filled(labels)?;
        let experts = confusion.chunks_exact_mut(labels * labels).zip(mode.counts.chunks_exact(labels * labels));
        for (table, counts) in experts {
            models::confusion(counts, table, labels, &mut totals);
        }
    }
    Ok(())
}
