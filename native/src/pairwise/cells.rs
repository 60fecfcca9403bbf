//! Comparisons by pairs of items.

use super::problem::Problem;
use crate::consensus::FitError;
use crate::consensus::storage::{empty, filled};

/// The comparisons that have a weight, in the table's order.
pub(super) struct Rows {
    /// Empty when the experts are not known.
    pub(super) expert: Vec<u32>,
    pub(super) left: Vec<u32>,
    pub(super) right: Vec<u32>,
    pub(super) outcome: Vec<u8>,
    pub(super) weight: Vec<f64>,
}

impl Rows {
    /// Copies a checked table, so that nobody else can change it during the fit.
    pub(super) fn of(problem: &Problem<'_>) -> Result<Self, FitError> {
        let size = problem.left.len();
        let mut rows = Self {
            expert: empty(if problem.expert.is_some() { size } else { 0 })?,
            left: empty(size)?,
            right: empty(size)?,
            outcome: empty(size)?,
            weight: empty(size)?,
        };
        for row in 0..size {
            let weight = problem.weight.map_or(1.0, |weights| weights[row]);
            if weight == 0.0 {
                continue;
            }
            if let Some(expert) = problem.expert {
                rows.expert.push(expert[row] as u32);
            }
            rows.left.push(problem.left[row] as u32);
            rows.right.push(problem.right[row] as u32);
            rows.outcome.push(problem.outcome[row] as u8);
            rows.weight.push(f64::from(weight));
        }
        Ok(rows)
    }

    pub(super) fn len(&self) -> usize {
        self.left.len()
    }
}

/// All comparisons of two items, `a` and `b`: the points of both, and what was tied.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cell {
    pub(super) a: usize,
    pub(super) b: usize,
    pub(super) wins_a: f64,
    pub(super) wins_b: f64,
    pub(super) ties: f64,
}

/// The cells of a table, by `a` and then by `b`.
pub(super) struct Cells {
    a: Vec<u32>,
    b: Vec<u32>,
    wins_a: Vec<f64>,
    wins_b: Vec<f64>,
    ties: Vec<f64>,
}

impl Cells {
    /// Adds up the rows. `a` is the lower item of the two, or the left one where the cells are oriented.
    pub(super) fn of(rows: &Rows, items: usize, oriented: bool) -> Result<Self, FitError> {
        let pair = |row: usize| {
            let (left, right) = (rows.left[row], rows.right[row]);
            if oriented || left < right { (left, right) } else { (right, left) }
        };
        let by_b = sorted(None, rows.len(), items, |row| pair(row).1)?;
        let order = sorted(Some(&by_b), rows.len(), items, |row| pair(row).0)?;
        let distinct =
            order.windows(2).filter(|two| pair(two[0]) != pair(two[1])).count() + usize::from(rows.len() > 0);
        let mut cells = Self::with_room(distinct)?;
        let mut last = None;
        for row in order {
            let (a, b) = pair(row);
            if last != Some((a, b)) {
                cells.push(Cell { a: a as usize, b: b as usize, wins_a: 0.0, wins_b: 0.0, ties: 0.0 });
                last = Some((a, b));
            }
            let swapped = u8::from(a != rows.left[row]);
            let sum = match rows.outcome[row] {
                2 => cells.ties.last_mut(),
                outcome if outcome == swapped => cells.wins_a.last_mut(),
                _ => cells.wins_b.last_mut(),
            };
            if let Some(sum) = sum {
                *sum += rows.weight[row];
            }
        }
        Ok(cells)
    }

    fn with_room(size: usize) -> Result<Self, FitError> {
        Ok(Self { a: empty(size)?, b: empty(size)?, wins_a: empty(size)?, wins_b: empty(size)?, ties: empty(size)? })
    }

    fn push(&mut self, cell: Cell) {
        self.a.push(cell.a as u32);
        self.b.push(cell.b as u32);
        self.wins_a.push(cell.wins_a);
        self.wins_b.push(cell.wins_b);
        self.ties.push(cell.ties);
    }

    pub(super) fn len(&self) -> usize {
        self.a.len()
    }

    pub(super) fn get(&self, at: usize) -> Cell {
        Cell {
            a: self.a[at] as usize,
            b: self.b[at] as usize,
            wins_a: self.wins_a[at],
            wins_b: self.wins_b[at],
            ties: self.ties[at],
        }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = Cell> + '_ {
        (0..self.len()).map(|at| self.get(at))
    }

    /// Makes each tie half a win for both.
    pub(super) fn halve_ties(&mut self) {
        for (at, ties) in self.ties.iter_mut().enumerate() {
            self.wins_a[at] += 0.5 * *ties;
            self.wins_b[at] += 0.5 * *ties;
            *ties = 0.0;
        }
    }

    /// Keeps the cells within one group.
    pub(super) fn keep_within(&mut self, group: &[u32]) {
        let mut kept = 0;
        for at in 0..self.len() {
            let cell = self.get(at);
            if group[cell.a] == group[cell.b] {
                (self.a[kept], self.b[kept]) = (self.a[at], self.b[at]);
                (self.wins_a[kept], self.wins_b[kept], self.ties[kept]) = (cell.wins_a, cell.wins_b, cell.ties);
                kept += 1;
            }
        }
        self.a.truncate(kept);
        self.b.truncate(kept);
        self.wins_a.truncate(kept);
        self.wins_b.truncate(kept);
        self.ties.truncate(kept);
    }

    /// The wins, and the ties, of all cells.
    pub(super) fn totals(&self) -> (f64, f64) {
        self.iter().fold((0.0, 0.0), |(wins, ties), cell| (wins + (cell.wins_a + cell.wins_b), ties + cell.ties))
    }
}

/// The rows by a key below `keys`, otherwise in the order given.
fn sorted(
    given: Option<&[usize]>,
    size: usize,
    keys: usize,
    key: impl Fn(usize) -> u32,
) -> Result<Vec<usize>, FitError> {
    let mut next: Vec<usize> = filled(keys + 1)?;
    for row in 0..size {
        next[key(row) as usize + 1] += 1;
    }
    for at in 0..keys {
        next[at + 1] += next[at];
    }
    let mut order: Vec<usize> = filled(size)?;
    for at in 0..size {
        let row = given.map_or(at, |rows| rows[at]);
        let place = &mut next[key(row) as usize];
        order[*place] = row;
        *place += 1;
    }
    Ok(order)
}
