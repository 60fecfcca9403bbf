//! R. A. Bradley and M. E. Terry, *Rank analysis of incomplete block designs I*, Biometrika 39, 1952, by Newton's method, with
//! tie parameters, an order effect, a prior and adjusted wins.

use super::cells::{Cells, Rows};
use super::deviation::errors;
use super::graph::Graph;
use super::likelihood::{Model, Point, Ties};
use super::minorize;
use super::newton::{Groups, climb};
use super::problem::{Outcome, Problem, Report, Scale, Summary};
use crate::consensus::FitError;
use crate::consensus::control::Watch;
use crate::consensus::storage::{empty, filled};
use crate::kernels::scalar::{exp, log};

/// Fits the table of `cells`.
pub(super) fn fit(
    problem: &Problem<'_>,
    rows: &Rows,
    cells: Cells,
    graph: &Graph,
    outcome: &mut Outcome<'_>,
    report: &mut Report,
    control: &Watch<'_>,
) -> Result<Summary, FitError> {
    let &[ties, solver, order, prior, adjustment, limit] = problem.parameters else {
        unreachable!("the number of parameters was checked")
    };
    let limit = limit as usize;
    if solver == 1.0 {
        return minorize::fit(problem, cells, graph, outcome, report, limit, control);
    }
    let (ties, ordered) = ([Ties::Half, Ties::Davidson, Ties::RaoKupper][ties as usize], order == 1.0);
    let one: Vec<u32>;
    let (of, count, scale) = if prior > 0.0 {
        one = filled(problem.items)?;
        (one.as_slice(), 1, Scale::One)
    } else if adjustment > 0.0 {
        (graph.component.as_slice(), graph.components(), Scale::Components)
    } else {
        (graph.strong.as_slice(), graph.strong_components(), Scale::StrongComponents)
    };
    report.scale = if count > 1 { scale } else { Scale::One };
    report.order = if ordered { 0.0 } else { f64::NAN };
    let groups = Groups::of(of, count)?;
    let mut cells = if ordered { Cells::of(rows, problem.items, true)? } else { cells };
    cells.keep_within(of);
    let (won, tied) = cells.totals();
    if ties == Ties::Half {
        cells.halve_ties();
    } else if won <= 0.0 && tied > 0.0 {
        report.tie = f64::INFINITY;
        outcome.score.fill(0.0);
        return Ok(Summary { objective: 0.0, ..Summary::PLAIN });
    }
    let free_tie = ties != Ties::Half && tied > 0.0;
    let linear = if adjustment > 0.0 { adjusted(&cells, &groups, adjustment)? } else { Vec::new() };
    let model = Model::new(problem.items, cells, ties, [ordered, free_tie], prior, linear)?;
    let mut point = Point::of(&model)?;
    if let Some(tie) = model.tie_at {
        point.x[tie] = match ties {
            Ties::Davidson => log(2.0 * tied / won),
            _ => log((won + 2.0 * tied) / won).clamp(1e-12, 100.0),
        };
    }
    let (iterations, converged) = climb(&model, &mut point, &groups, problem, control)?;
    let errors = errors(&model, &point, &groups, limit, control)?;
    outcome.score.copy_from_slice(&point.x[..problem.items]);
    outcome.error.copy_from_slice(&errors[..problem.items]);
    if let Some(order) = model.order_at {
        (report.order, report.order_error) = (point.x[order], errors[order]);
    }
    match (model.tie_at, ties) {
        (Some(tie), _) => {
            report.tie = exp(point.x[tie]);
            report.tie_error = report.tie * errors[tie];
        }
        (None, Ties::Half) => {}
        (None, Ties::Davidson) => report.tie = 0.0,
        (None, Ties::RaoKupper) => report.tie = 1.0,
    }
    Ok(Summary { iterations, converged, objective: point.value })
}

/// The linear term that turns the wins into adjusted ones: each item's wins move towards half of its comparisons, and the
/// wins of each group keep their sum.
fn adjusted(cells: &Cells, groups: &Groups<'_>, adjustment: f64) -> Result<Vec<f64>, FitError> {
    let items = groups.of.len();
    let (mut won, mut played): (Vec<f64>, Vec<f64>) = (filled(items)?, filled(items)?);
    for cell in cells.iter() {
        let n = cell.wins_a + cell.wins_b;
        won[cell.a] += cell.wins_a;
        won[cell.b] += cell.wins_b;
        played[cell.a] += n;
        played[cell.b] += n;
    }
    let mut wish: Vec<f64> = filled(items)?;
    let (mut sums, mut aims): (Vec<f64>, Vec<f64>) = (filled(groups.sizes.len())?, filled(groups.sizes.len())?);
    for i in 0..items {
        let group = groups.of[i] as usize;
        if played[i] > 0.0 {
            let half = 0.5 * played[i];
            let e = if half < adjustment { half } else { adjustment };
            wish[i] = e + ((played[i] - 2.0 * e) / played[i]) * won[i];
        }
        sums[group] += won[i];
        aims[group] += wish[i];
    }
    let mut linear = empty(items)?;
    for i in 0..items {
        let group = groups.of[i] as usize;
        let share = if aims[group] > 0.0 { sums[group] / aims[group] } else { 0.0 };
        linear.push(wish[i] * share - won[i]);
    }
    Ok(linear)
}
