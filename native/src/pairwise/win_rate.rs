//! The share of points won: averaged over the opponents, or of all comparisons. A tie is half a point for both.

use super::cells::Cells;
use super::problem::{Outcome, Problem, Summary};
use crate::consensus::FitError;
use crate::consensus::storage::filled;

/// Rates the items of `cells`.
pub(super) fn fit(problem: &Problem<'_>, cells: &Cells, outcome: &mut Outcome<'_>) -> Result<Summary, FitError> {
    let pooled = problem.parameters[0] == 1.0;
    let mut played: Vec<f64> = filled(problem.items)?;
    outcome.score.fill(0.0);
    for cell in cells.iter() {
        let (wa, wb) = (cell.wins_a + 0.5 * cell.ties, cell.wins_b + 0.5 * cell.ties);
        let n = wa + wb;
        for (i, w) in [(cell.a, wa), (cell.b, wb)] {
            outcome.score[i] += if pooled { w } else { w / n };
            played[i] += if pooled { n } else { 1.0 };
        }
    }
    for (score, played) in outcome.score.iter_mut().zip(played) {
        *score = if played > 0.0 { *score / played } else { 0.5 };
    }
    Ok(Summary::PLAIN)
}
