//! Scales of numbers: categories of equal values, and numbers that are too small to be squared.

use super::problem::Problem;
use crate::consensus::FitError;
use crate::consensus::storage::{empty, filled};

/// Below this the square of a number may vanish.
const SMALL: f64 = f64::from_bits((1023 - 300) << 52);
/// `2^600`, and what undoes it.
const LARGER: f64 = f64::from_bits((1023 + 600) << 52);
pub(super) const SMALLER: f64 = f64::from_bits((1023 - 600) << 52);

/// What numbers are multiplied by, exactly, so that their squares are not zero.
pub(super) fn factor(values: impl Iterator<Item = f64>) -> f64 {
    let largest = values.fold(0.0, |largest: f64, x| if x.abs() > largest { x.abs() } else { largest });
    if largest > 0.0 && largest < SMALL { LARGER } else { 1.0 }
}

/// The numbers, multiplied by their factor.
pub(super) fn scaled(values: &[f64]) -> Result<Vec<f64>, FitError> {
    let factor = factor(values.iter().copied());
    let mut result = empty(values.len())?;
    result.extend(values.iter().map(|x| x * factor));
    Ok(result)
}

/// The number of each label: the given one, or its index.
pub(super) fn label_values(problem: &Problem<'_>) -> Result<Vec<f64>, FitError> {
    let mut values = empty(problem.sizes[2])?;
    match problem.first {
        Some(first) => values.extend_from_slice(first),
        None => values.extend((0..problem.sizes[2]).map(|label| label as f64)),
    }
    Ok(values)
}

/// The category of each answer, and the value of each category in ascending order.
pub(super) struct Categories {
    pub(super) of: Vec<i32>,
    pub(super) value: Vec<f64>,
}

impl Categories {
    /// Labels as they are.
    pub(super) fn of_labels(labels: &[i32], count: usize) -> Result<Self, FitError> {
        let (mut of, mut value) = (empty(labels.len())?, empty(count)?);
        of.extend_from_slice(labels);
        value.extend((0..count).map(|label| label as f64));
        Ok(Self { of, value })
    }

    /// One category for each number that appears.
    pub(super) fn of_numbers(numbers: &[f64]) -> Result<Self, FitError> {
        let mut value: Vec<f64> = empty(numbers.len())?;
        // A negative zero becomes a positive one.
        value.extend(numbers.iter().map(|x| x + 0.0));
        value.sort_unstable_by(f64::total_cmp);
        value.dedup();
        let mut of: Vec<i32> = empty(numbers.len())?;
        of.extend(numbers.iter().map(|x| value.partition_point(|y| y < x) as i32));
        Ok(Self { of, value })
    }

    /// The categories of a checked problem on a scale where values count.
    pub(super) fn of_problem(problem: &Problem<'_>) -> Result<Self, FitError> {
        let labels = problem.table.and_then(|table| table.label);
        let Some(labels) = labels else {
            return Self::of_numbers(problem.first.unwrap_or_default());
        };
        // Sorting the labels' values first spares a search for each answer.
        let values = label_values(problem)?;
        let mut used: Vec<bool> = filled(values.len())?;
        labels.iter().for_each(|&label| used[label as usize] = true);
        let mut present = empty(values.len())?;
        present.extend(values.iter().zip(&used).filter(|(_, used)| **used).map(|(x, _)| x + 0.0));
        present.sort_unstable_by(f64::total_cmp);
        present.dedup();
        let mut category: Vec<i32> = empty(values.len())?;
        category.extend(values.iter().map(|x| present.partition_point(|y| y < x) as i32));
        let mut of = empty(labels.len())?;
        of.extend(labels.iter().map(|&label| category[label as usize]));
        Ok(Self { of, value: present })
    }
}
