//! The rows of each task.

use super::problem::Rows;
use crate::consensus::{FitError, filled};

/// Rows by task, those of a task in the order of the table. A *place* is an index into this order.
pub(super) struct Grouping {
    start: Vec<usize>,
    /// The row at each place.
    pub(super) row: Vec<u32>,
}

impl Grouping {
    pub(super) fn of(rows: &Rows<'_>) -> Result<Self, FitError> {
        let mut start: Vec<usize> = filled(rows.tasks + 1)?;
        for &task in rows.task {
            start[task as usize + 1] += 1;
        }
        for task in 0..rows.tasks {
            start[task + 1] += start[task];
        }
        let mut next: Vec<usize> = filled(rows.tasks)?;
        next.copy_from_slice(&start[..rows.tasks]);
        let mut row: Vec<u32> = filled(rows.task.len())?;
        for (index, &task) in rows.task.iter().enumerate() {
            let place = &mut next[task as usize];
            row[*place] = index as u32;
            *place += 1;
        }
        Ok(Self { start, row })
    }

    /// The places of a task.
    pub(super) fn places(&self, task: usize) -> std::ops::Range<usize> {
        self.start[task]..self.start[task + 1]
    }
}

/// The words of each row, by place.
pub(super) struct Sentences {
    start: Vec<usize>,
    words: Vec<i32>,
}

impl Sentences {
    /// The words in the order of places; without the empty ones when they are not wanted.
    pub(super) fn of(rows: &Rows<'_>, grouping: &Grouping, empty_too: bool) -> Result<Self, FitError> {
        let mut first: Vec<usize> = filled(rows.task.len())?;
        let mut next = 0;
        for (first, &length) in first.iter_mut().zip(rows.length) {
            *first = next;
            next += length as usize;
        }
        let mut start: Vec<usize> = filled(rows.task.len() + 1)?;
        let mut words = crate::consensus::empty(rows.word.len())?;
        for (place, &row) in grouping.row.iter().enumerate() {
            let from = first[row as usize];
            let all = &rows.word[from..from + rows.length[row as usize] as usize];
            words.extend(all.iter().filter(|&&word| empty_too || word != 0));
            start[place + 1] = words.len();
        }
        Ok(Self { start, words })
    }

    pub(super) fn at(&self, place: usize) -> &[i32] {
        &self.words[self.start[place]..self.start[place + 1]]
    }
}
