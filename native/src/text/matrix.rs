//! The similarities of all pairs of a task's rows.

use crate::consensus::{FitError, empty};

/// The values above the diagonal, row after row.
pub(super) struct Matrix {
    rows: usize,
    values: Vec<f64>,
}

impl Matrix {
    pub(super) fn new(rows: usize) -> Result<Self, FitError> {
        Ok(Self { rows, values: empty(rows * rows.saturating_sub(1) / 2)? })
    }

    /// Takes in the next row's similarities with those after it.
    pub(super) fn push(&mut self, row: &[f64]) {
        self.values.extend_from_slice(row);
    }

    pub(super) fn rows(&self) -> usize {
        self.rows
    }

    fn start(&self, row: usize) -> usize {
        row * (2 * self.rows - row - 1) / 2
    }

    /// A row's similarities with those after it.
    pub(super) fn row(&self, row: usize) -> &[f64] {
        &self.values[self.start(row)..][..self.rows - row - 1]
    }

    pub(super) fn row_mut(&mut self, row: usize) -> &mut [f64] {
        let start = self.start(row);
        &mut self.values[start..][..self.rows - row - 1]
    }

    /// The similarity of two rows, 1 of one with itself.
    pub(super) fn of(&self, a: usize, b: usize) -> f64 {
        if a == b { 1.0 } else { self.row(a.min(b))[a.max(b) - a.min(b) - 1] }
    }

    pub(super) fn copy(&self) -> Result<Self, FitError> {
        let mut values = empty(self.values.len())?;
        values.extend_from_slice(&self.values);
        Ok(Self { rows: self.rows, values })
    }
}
