//! M. E. J. Newman, *Efficient computation of rankings from pairwise comparisons*, Journal of Machine Learning Research 24, 2023:
//! Davidson's model of ties by an iteration that needs few steps.

use super::cells::Cells;
use super::graph::Graph;
use super::problem::{Outcome, Problem, Report, Scale, Summary};
use crate::consensus::FitError;
use crate::consensus::control::Watch;
use crate::consensus::storage::filled;
use crate::kernels::scalar::log;

/// Fits the table of `cells`, within its strong components.
pub(super) fn fit(
    problem: &Problem<'_>,
    mut cells: Cells,
    graph: &Graph,
    outcome: &mut Outcome<'_>,
    report: &mut Report,
    control: &Watch<'_>,
) -> Result<Summary, FitError> {
    let items = problem.items;
    cells.keep_within(&graph.strong);
    if graph.strong_components() > 1 {
        report.scale = Scale::StrongComponents;
    }
    let (won, tied) = cells.totals();
    let mut v = problem.parameters[0];
    if won <= 0.0 {
        report.tie = if tied > 0.0 { f64::INFINITY } else { v };
        outcome.score.fill(0.0);
        return Ok(Summary { objective: 0.0, ..Summary::PLAIN });
    }
    let mut s: Vec<f64> = filled(items)?;
    s.fill(1.0);
    let (mut up, mut down): (Vec<f64>, Vec<f64>) = (filled(items)?, filled(items)?);
    let mut summary = Summary { iterations: 0, converged: false, objective: 0.0 };
    while summary.iterations < problem.max_iterations && !summary.converged {
        control.check()?;
        up.fill(0.0);
        down.fill(0.0);
        let (mut ties, mut wins) = (0.0, 0.0);
        for cell in cells.iter() {
            let (a, b) = (cell.a, cell.b);
            let (ha, hb) = (cell.wins_a + 0.5 * cell.ties, cell.wins_b + 0.5 * cell.ties);
            let root = (s[a] * s[b]).sqrt();
            let all = (s[a] + s[b]) + (2.0 * v) * root;
            up[a] += ha * ((s[b] + v * root) / all);
            up[b] += hb * ((s[a] + v * root) / all);
            down[a] += hb * ((1.0 + v * (s[b] / s[a]).sqrt()) / all);
            down[b] += ha * ((1.0 + v * (s[a] / s[b]).sqrt()) / all);
            ties += cell.ties * ((s[a] + s[b]) / all);
            wins += (cell.wins_a + cell.wins_b) * (root / all);
        }
        let next = ties / (2.0 * wins);
        summary.converged = (next - v).abs() <= problem.tolerance * next;
        for i in 0..items {
            let after = if down[i] > 0.0 { up[i] / down[i] } else { s[i] };
            summary.converged &= (after - s[i]).abs() <= problem.tolerance * after;
            s[i] = after;
        }
        v = next;
        summary.iterations += 1;
        control.report(summary.iterations);
    }
    report.tie = v;
    for cell in cells.iter() {
        let root = (s[cell.a] * s[cell.b]).sqrt();
        let norm = log((s[cell.a] + s[cell.b]) + (2.0 * v) * root);
        let mut value = cell.wins_a * (log(s[cell.a]) - norm) + cell.wins_b * (log(s[cell.b]) - norm);
        if cell.ties > 0.0 {
            value += cell.ties * (log((2.0 * v) * root) - norm);
        }
        summary.objective += value;
    }
    outcome.score.iter_mut().zip(&s).for_each(|(score, &s)| *score = log(s));
    Ok(summary)
}
