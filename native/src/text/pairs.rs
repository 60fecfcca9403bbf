//! The similarities of one task's texts: all, or those above a threshold.

use super::group::Group;
use super::problem::{Columns, Options, Similarity, refuse};
use super::similarity::Measure;
use crate::consensus::control::Watch;
use crate::consensus::team::Team;
use crate::consensus::{Control, FitError};
use crate::kernels::Kernels;

/// Two rows of a task, numbered from 0 in it, and their similarity.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Pair {
    /// The first row.
    pub first: i32,
    /// The second row, after the first.
    pub second: i32,
    /// How similar they are.
    pub similarity: f64,
}

fn group<'a>(columns: &Columns<'a>, kind: Similarity, task: usize) -> Result<Group<'a>, FitError> {
    columns.check(kind)?;
    if task >= columns.tasks {
        return refuse(format!("task {task} is outside 0..{}", columns.tasks));
    }
    Ok(Group::of(columns, task))
}

/// Writes the similarities of every two rows of a task, `[row][row]`.
///
/// # Errors
///
/// [`FitError::Invalid`] when the columns or the size of `out` are refused, [`FitError::OutOfMemory`] and
/// [`FitError::Cancelled`] as they say; `out` holds anything after these two.
pub fn similarities(
    kernels: Kernels,
    columns: &Columns<'_>,
    kind: Similarity,
    task: usize,
    threads: usize,
    out: &mut [f64],
    control: &Control,
) -> Result<(), FitError> {
    let group = group(columns, kind, task)?;
    let rows = group.rows();
    if rows.checked_mul(rows) != Some(out.len()) {
        return refuse(format!("similarities has {} elements, not the square of {rows} rows", out.len()));
    }
    let control = &Watch::new(control);
    let measure = Measure::build(kernels, kind, &group)?;
    Team::with(threads, rows, |team| {
        measure.walk(team, control, |row, values| {
            out[row * rows + row] = 1.0;
            for (other, value) in (row + 1..).zip(values) {
                out[row * rows + other] = *value;
                out[other * rows + row] = *value;
            }
            Ok(())
        })
    })
}

/// Shows the pairs of a task's rows that are at least as similar as the threshold, in order of rows. Memory is in proportion
/// to the rows, not to their square. Of the options it takes similarity, threshold and threads.
///
/// # Errors
///
/// As for [`similarities`].
pub fn pairs(
    kernels: Kernels,
    columns: &Columns<'_>,
    task: usize,
    options: &Options,
    control: &Control,
    mut visit: impl FnMut(Pair),
) -> Result<(), FitError> {
    let Options { similarity: kind, threshold, threads, .. } = *options;
    let group = group(columns, kind, task)?;
    if !(-1.0..=1.0).contains(&threshold) {
        return refuse(format!("threshold is {threshold}, which is not between -1 and 1"));
    }
    let control = &Watch::new(control);
    let measure = Measure::build(kernels, kind, &group)?;
    Team::with(threads, group.rows(), |team| {
        measure.walk(team, control, |row, values| {
            for (other, &similarity) in (row + 1..).zip(values).filter(|(_, value)| **value >= threshold) {
                visit(Pair { first: row as i32, second: other as i32, similarity });
            }
            Ok(())
        })
    })
}
