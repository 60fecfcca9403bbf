//! L. Page, S. Brin, R. Motwani and T. Winograd, *The PageRank citation ranking*, 1999: where a walk dwells that goes from an item
//! to one that has beaten it, and now and then to any.

use super::cells::Cells;
use super::problem::{Outcome, Problem, Summary};
use crate::consensus::FitError;
use crate::consensus::control::Watch;
use crate::consensus::storage::filled;

/// Fits the table of `cells`.
pub(super) fn fit(
    problem: &Problem<'_>,
    mut cells: Cells,
    outcome: &mut Outcome<'_>,
    control: &Watch<'_>,
) -> Result<Summary, FitError> {
    cells.halve_ties();
    let (items, n, damping) = (problem.items, problem.items as f64, problem.parameters[0]);
    let mut lost: Vec<f64> = filled(items)?;
    for cell in cells.iter() {
        lost[cell.a] += cell.wins_b;
        lost[cell.b] += cell.wins_a;
    }
    let (mut given, mut flow): (Vec<f64>, Vec<f64>) = (filled(items)?, filled(items)?);
    let score = &mut *outcome.score;
    score.fill(1.0 / n);
    let mut summary = Summary { iterations: 0, converged: false, objective: f64::NAN };
    while summary.iterations < problem.max_iterations && !summary.converged {
        control.check()?;
        let mut idle = 0.0;
        for i in 0..items {
            if lost[i] > 0.0 {
                given[i] = score[i] / lost[i];
            } else {
                given[i] = 0.0;
                idle += score[i];
            }
        }
        flow.fill(0.0);
        for cell in cells.iter() {
            flow[cell.a] += cell.wins_a * given[cell.b];
            flow[cell.b] += cell.wins_b * given[cell.a];
        }
        let floor = (damping * idle + (1.0 - damping)) / n;
        let mut norm = 0.0;
        for flow in &mut flow {
            *flow = damping * *flow + floor;
            norm += *flow;
        }
        let mut change = 0.0;
        for (score, flow) in score.iter_mut().zip(&flow) {
            let next = flow / norm;
            change += (next - *score).abs();
            *score = next;
        }
        summary.converged = change <= problem.tolerance;
        summary.iterations += 1;
        control.report(summary.iterations);
    }
    Ok(summary)
}
