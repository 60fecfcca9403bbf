//! Connected components.

use crate::consensus::{FitError, empty};

/// Sets of rows that grow together; each is named by its first row.
pub(in crate::text) struct Components {
    /// A row of the same set that is not after it; the row itself where it is the first.
    before: Vec<u32>,
}

impl Components {
    pub(in crate::text) fn new(rows: usize) -> Result<Self, FitError> {
        let mut before = empty(rows)?;
        before.extend(0..rows as u32);
        Ok(Self { before })
    }

    fn first(&mut self, row: u32) -> u32 {
        let mut row = row;
        while self.before[row as usize] != row {
            // Halves the way for those who come after.
            let next = self.before[self.before[row as usize] as usize];
            self.before[row as usize] = next;
            row = next;
        }
        row
    }

    pub(in crate::text) fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.first(a as u32), self.first(b as u32));
        self.before[a.max(b) as usize] = a.min(b);
    }

    /// The first row of each row's set.
    pub(in crate::text) fn into_first(mut self) -> Vec<u32> {
        for row in 0..self.before.len() {
            // Those before it are settled, and no row points to one after it.
            self.before[row] = self.before[self.before[row] as usize];
        }
        self.before
    }
}
