//! The rows of one task.

use std::ops::Range;

use super::problem::Columns;

/// A view of one task's rows, which are numbered from 0 in it.
#[derive(Clone, Copy)]
pub(super) struct Group<'a> {
    columns: Columns<'a>,
    first: usize,
    rows: usize,
    vocabulary: usize,
}

impl<'a> Group<'a> {
    /// The rows of one task of checked columns.
    pub(super) fn new(columns: &Columns<'a>, task: usize, rows: Range<usize>) -> Self {
        let vocabulary = columns.vocabulary[task] as usize;
        Self { columns: *columns, first: rows.start, rows: rows.len(), vocabulary }
    }

    /// The rows of a task, found in the sorted column.
    pub(super) fn of(columns: &Columns<'a>, task: usize) -> Self {
        let place = |bound: usize| columns.task.partition_point(|&other| (other as usize) < bound);
        Self::new(columns, task, place(task)..place(task + 1))
    }

    pub(super) fn rows(&self) -> usize {
        self.rows
    }

    pub(super) fn vocabulary(&self) -> usize {
        self.vocabulary
    }

    pub(super) fn tokens(&self, row: usize) -> &'a [i32] {
        let offsets = &self.columns.token_offset[self.first + row..];
        &self.columns.token[offsets[0] as usize..offsets[1] as usize]
    }

    pub(super) fn symbols(&self, row: usize) -> &'a [i32] {
        let offsets = &self.columns.symbol_offset[self.first + row..];
        &self.columns.symbol[offsets[0] as usize..offsets[1] as usize]
    }

    pub(super) fn embedding(&self, row: usize) -> &'a [f32] {
        &self.columns.embedding[(self.first + row) * self.columns.dimension..][..self.columns.dimension]
    }

    pub(super) fn dimension(&self) -> usize {
        self.columns.dimension
    }
}
