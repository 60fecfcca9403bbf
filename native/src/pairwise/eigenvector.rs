//! M. G. Kendall, *Further contributions to the theory of paired comparisons*, Biometrics 11, 1955: the leading eigenvector of
//! the points, by power iteration with a shift.

use super::cells::Cells;
use super::newton::dot;
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
    let n = problem.items as f64;
    // Adds the same to all eigenvalues: without it the iteration swings where items meet in two camps.
    let shift = cells.totals().0 / n;
    let mut after: Vec<f64> = filled(problem.items)?;
    let score = &mut *outcome.score;
    score.fill(1.0 / n);
    let mut summary = Summary { iterations: 0, converged: false, objective: f64::NAN };
    while summary.iterations < problem.max_iterations && !summary.converged {
        control.check()?;
        after.iter_mut().zip(score.iter()).for_each(|(after, score)| *after = shift * score);
        for cell in cells.iter() {
            after[cell.a] += cell.wins_a * score[cell.b];
            after[cell.b] += cell.wins_b * score[cell.a];
        }
        let norm = dot(&after, &after).sqrt();
        let mut change = 0.0;
        for (score, after) in score.iter_mut().zip(&after) {
            let next = if norm > 0.0 { after / norm } else { *score };
            let step = (next - *score).abs();
            change = if step > change { step } else { change };
            *score = next;
        }
        summary.converged = change <= problem.tolerance;
        summary.objective = norm - shift;
        summary.iterations += 1;
        control.report(summary.iterations);
    }
    Ok(summary)
}
