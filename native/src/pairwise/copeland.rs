//! A. H. Copeland, *A reasonable social welfare function*, 1951: how many opponents an item beats more often than they beat it.

use super::cells::Cells;
use super::problem::{Outcome, Summary};

/// Counts the majorities of `cells`.
pub(super) fn fit(cells: &Cells, outcome: &mut Outcome<'_>) -> Summary {
    outcome.score.fill(0.0);
    for cell in cells.iter() {
        let (wa, wb) = (cell.wins_a, cell.wins_b);
        outcome.score[cell.a] += if wa > wb { 1.0 } else { f64::from(u8::from(wa == wb)) * 0.5 };
        outcome.score[cell.b] += if wb > wa { 1.0 } else { f64::from(u8::from(wa == wb)) * 0.5 };
    }
    Summary::PLAIN
}
