//! The points won: 1 for a win and one half for a tie, times the weight.

use super::cells::Cells;
use super::problem::{Outcome, Summary};

/// Counts the points of `cells`.
pub(super) fn fit(mut cells: Cells, outcome: &mut Outcome<'_>) -> Summary {
    cells.halve_ties();
    outcome.score.fill(0.0);
    for cell in cells.iter() {
        outcome.score[cell.a] += cell.wins_a;
        outcome.score[cell.b] += cell.wins_b;
    }
    Summary::PLAIN
}
