//! Bradley-Terry by the MM algorithm: D. R. Hunter, *MM algorithms for generalized Bradley-Terry models*, Annals of Statistics
//! 32, 2004.

use super::cells::Cells;
use super::deviation::errors;
use super::graph::Graph;
use super::likelihood::{Model, Point, Ties};
use super::newton::Groups;
use super::problem::{Outcome, Problem, Report, Scale, Summary};
use crate::consensus::FitError;
use crate::consensus::control::Watch;
use crate::consensus::storage::filled;
use crate::kernels::scalar::log;

/// Fits the table of `cells`.
pub(super) fn fit(
    problem: &Problem<'_>,
    mut cells: Cells,
    graph: &Graph,
    outcome: &mut Outcome<'_>,
    report: &mut Report,
    limit: usize,
    control: &Watch<'_>,
) -> Result<Summary, FitError> {
    let items = problem.items;
    cells.halve_ties();
    let mut won: Vec<f64> = filled(items)?;
    for cell in cells.iter() {
        won[cell.a] += cell.wins_a;
        won[cell.b] += cell.wins_b;
    }
    let (mut p, mut load): (Vec<f64>, Vec<f64>) = (filled(items)?, filled(items)?);
    p.fill(1.0 / items as f64);
    let mut summary = Summary { iterations: 0, converged: false, objective: 0.0 };
    while summary.iterations < problem.max_iterations && !summary.converged {
        control.check()?;
        load.fill(0.0);
        for cell in cells.iter() {
            let share = (cell.wins_a + cell.wins_b) / (p[cell.a] + p[cell.b]);
            load[cell.a] += share;
            load[cell.b] += share;
        }
        // The strengths to come take the place of the loads.
        let mut norm = 0.0;
        for i in 0..items {
            load[i] = if load[i] > 0.0 { won[i] / load[i] } else { p[i] };
            norm += load[i];
        }
        summary.converged = true;
        for i in 0..items {
            load[i] /= norm;
            summary.converged &= (load[i] - p[i]).abs() <= problem.tolerance * load[i];
        }
        std::mem::swap(&mut p, &mut load);
        summary.iterations += 1;
        control.report(summary.iterations);
    }
    for cell in cells.iter() {
        let both = log(p[cell.a] + p[cell.b]);
        if cell.wins_a > 0.0 {
            summary.objective += cell.wins_a * (log(p[cell.a]) - both);
        }
        if cell.wins_b > 0.0 {
            summary.objective += cell.wins_b * (log(p[cell.b]) - both);
        }
    }
    let (mut sum, mut finite) = (0.0, 0);
    for (score, &p) in outcome.score.iter_mut().zip(&p) {
        *score = log(p);
        if *score > f64::NEG_INFINITY {
            sum += *score;
            finite += 1;
        }
    }
    let mean = sum / f64::from(finite);
    outcome.score.iter_mut().for_each(|score| *score -= mean);
    if graph.strong_components() > 1 {
        report.scale = Scale::StrongComponents;
    } else if finite as usize == items {
        let model = Model::new(items, cells, Ties::Half, [false, false], 0.0, Vec::new())?;
        let mut point = Point::of(&model)?;
        point.x.copy_from_slice(outcome.score);
        model.evaluate(&mut point);
        outcome.error.copy_from_slice(&errors(&model, &point, &Groups::of(&graph.strong, 1)?, limit, control)?);
    }
    Ok(summary)
}
