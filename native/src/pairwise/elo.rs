//! A. E. Elo, *The Rating of Chessplayers, Past and Present*, 1978: ratings that move with each comparison in turn.

use super::cells::Rows;
use super::problem::{Outcome, Problem, Summary};
use crate::consensus::FitError;
use crate::consensus::control::Watch;
use crate::kernels::scalar::{exp, log};

/// Comparisons between two looks at the control.
const BATCH: usize = 1 << 16;

/// Rates the items of `rows`, in their order.
pub(super) fn fit(
    problem: &Problem<'_>,
    rows: &Rows,
    outcome: &mut Outcome<'_>,
    control: &Watch<'_>,
) -> Result<Summary, FitError> {
    let &[k, base, scale, initial] = problem.parameters else { unreachable!("the number of parameters was checked") };
    let slope = log(base);
    let score = &mut *outcome.score;
    score.fill(initial);
    for row in 0..rows.len() {
        if row % BATCH == 0 {
            control.check()?;
        }
        let (left, right) = (rows.left[row] as usize, rows.right[row] as usize);
        let expected = 1.0 / (1.0 + exp(((score[right] - score[left]) / scale) * slope));
        let points = [1.0, 0.0, 0.5][usize::from(rows.outcome[row])];
        let change = (k * rows.weight[row]) * (points - expected);
        score[left] += change;
        score[right] -= change;
    }
    Ok(Summary::PLAIN)
}
