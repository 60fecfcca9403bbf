//! The answers grouped by task, with repeats resolved.

use std::ops::Range;

use super::problem::Problem;
use crate::consensus::storage::{empty, filled};
use crate::consensus::{FitError, Repeats};

/// Groups of answers: each with its expert, its item (a label or a category) and its place in the table.
pub(super) struct Groups {
    offsets: Vec<usize>,
    pub(super) expert: Vec<u32>,
    pub(super) item: Vec<u32>,
    pub(super) row: Vec<usize>,
}

impl Groups {
    /// Groups the answers of a checked problem by task, in table order inside a task.
    pub(super) fn by_task(problem: &Problem<'_>, items: &[i32]) -> Result<Self, FitError> {
        Self::with(problem, items, problem.repeats)
    }

    /// The same with another choice for repeats.
    pub(super) fn with(problem: &Problem<'_>, items: &[i32], repeats: Repeats) -> Result<Self, FitError> {
        let Some(table) = problem.table else { return Err(FitError::Invalid("the table is missing".to_owned())) };
        let [tasks, experts, _] = problem.sizes;
        let mut offsets = offsets(table.task.iter().map(|&task| task as usize), tasks)?;
        let mut next: Vec<usize> = empty(tasks)?;
        next.extend_from_slice(&offsets[..tasks]);
        let answers = table.task.len();
        let (mut expert, mut item, mut row) = (filled(answers)?, filled(answers)?, filled(answers)?);
        for (at, &task) in table.task.iter().enumerate() {
            let place = &mut next[task as usize];
            (expert[*place], item[*place], row[*place]) = (table.expert[at] as u32, items[at] as u32, at);
            *place += 1;
        }
        let mut groups = Self { offsets: Vec::new(), expert, item, row };
        if repeats == Repeats::LastWins {
            groups.keep_last(&mut offsets, experts)?;
        }
        groups.offsets = offsets;
        Ok(groups)
    }

    fn keep_last(&mut self, offsets: &mut [usize], experts: usize) -> Result<(), FitError> {
        let mut seen: Vec<u32> = filled(experts)?;
        let mut dropped: Vec<bool> = filled(self.expert.len())?;
        for (group, bounds) in offsets.windows(2).enumerate() {
            for at in (bounds[0]..bounds[1]).rev() {
                let stamp = &mut seen[self.expert[at] as usize];
                dropped[at] = *stamp == group as u32 + 1;
                *stamp = group as u32 + 1;
            }
        }
        let (mut kept, mut begin) = (0, 0);
        for end in &mut offsets[1..] {
            for at in (begin..*end).filter(|&at| !dropped[at]) {
                (self.expert[kept], self.item[kept], self.row[kept]) = (self.expert[at], self.item[at], self.row[at]);
                kept += 1;
            }
            begin = *end;
            *end = kept;
        }
        self.expert.truncate(kept);
        self.item.truncate(kept);
        self.row.truncate(kept);
        Ok(())
    }

    /// The same answers grouped by expert, task by task.
    pub(super) fn by_expert(&self, experts: usize) -> Result<Self, FitError> {
        let offsets = offsets(self.expert.iter().map(|&expert| expert as usize), experts)?;
        let mut next: Vec<usize> = empty(experts)?;
        next.extend_from_slice(&offsets[..experts]);
        let answers = self.expert.len();
        let (mut expert, mut item, mut row) = (filled(answers)?, filled(answers)?, filled(answers)?);
        for at in 0..answers {
            let place = &mut next[self.expert[at] as usize];
            (expert[*place], item[*place], row[*place]) = (self.expert[at], self.item[at], self.row[at]);
            *place += 1;
        }
        Ok(Self { offsets, expert, item, row })
    }

    /// The number of groups, empty ones included.
    pub(super) fn len(&self) -> usize {
        self.offsets.len() - 1
    }

    /// The answers of a group.
    pub(super) fn range(&self, group: usize) -> Range<usize> {
        self.offsets[group]..self.offsets[group + 1]
    }

    /// The items of a group.
    pub(super) fn items(&self, group: usize) -> &[u32] {
        &self.item[self.range(group)]
    }
}

/// Where each group begins, and where the last one ends.
fn offsets(group: impl Iterator<Item = usize>, groups: usize) -> Result<Vec<usize>, FitError> {
    let mut offsets: Vec<usize> = filled(groups + 1)?;
    group.for_each(|group| offsets[group + 1] += 1);
    for group in 0..groups {
        offsets[group + 1] += offsets[group];
    }
    Ok(offsets)
}

/// How often each item appears in a group, in the order of first appearance.
pub(super) struct Tally {
    counts: Vec<u32>,
    seen: Vec<u32>,
}

impl Tally {
    /// A tally of so many items in groups of the given ones.
    pub(super) fn new(items: usize, groups: &Groups) -> Result<Self, FitError> {
        let longest = (0..groups.len()).map(|group| groups.range(group).len()).max().unwrap_or(0);
        Ok(Self { counts: filled(items)?, seen: empty(longest.min(items))? })
    }

    /// Counts a group; the counts of the one before are forgotten.
    pub(super) fn count(&mut self, items: &[u32]) {
        for &item in &self.seen {
            self.counts[item as usize] = 0;
        }
        self.seen.clear();
        for &item in items {
            if self.counts[item as usize] == 0 {
                self.seen.push(item);
            }
            self.counts[item as usize] += 1;
        }
    }

    /// How often an item appears.
    pub(super) fn of(&self, item: u32) -> f64 {
        f64::from(self.counts[item as usize])
    }

    /// The items that appear.
    pub(super) fn seen(&self) -> &[u32] {
        &self.seen
    }

    /// Puts the items that appear into ascending order.
    pub(super) fn sort(&mut self) {
        self.seen.sort_unstable();
    }

    /// The sum of the squared counts.
    pub(super) fn squares(&self) -> f64 {
        let mut total = 0.0;
        for &item in &self.seen {
            total += self.of(item) * self.of(item);
        }
        total
    }
}
