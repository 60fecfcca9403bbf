//! The answers grouped by task: repeats resolved, answers without weight left out, values scaled below 1.

use std::ops::Range;

use super::super::spans;
use super::super::storage::{empty, filled};
use super::super::{FitError, Repeats};
use super::scale::{exponent, scale};
use super::{Method, Problem};

/// A table's answers, task by task, in the table's order or in the order of their values.
pub(super) struct Answers {
    /// Where the answers of each task begin, and where those of the last one end.
    offsets: Vec<usize>,
    spans: Vec<Range<usize>>,
    experts: Vec<u32>,
    values: Vec<f64>,
    /// `None` when all weights are 1.
    weights: Option<Vec<f64>>,
    /// What is known of each task, scaled, or NaN.
    known: Option<Vec<f64>>,
    /// How many answers of each expert count.
    answered: Vec<usize>,
    /// The values have been divided by two to this power.
    exponent: i32,
}

/// The answers of one task.
#[derive(Clone, Copy)]
pub(super) struct Group<'a> {
    pub(super) experts: &'a [u32],
    pub(super) values: &'a [f64],
    weights: Option<&'a [f64]>,
}

impl Group<'_> {
    pub(super) fn len(&self) -> usize {
        self.values.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// The weight of an answer.
    #[inline(always)]
    pub(super) fn weight(&self, answer: usize) -> f64 {
        self.weights.map_or(1.0, |weights| weights[answer])
    }

    /// The weight of an answer times that of its expert.
    #[inline(always)]
    pub(super) fn trusted(&self, answer: usize, trust: &[f64]) -> f64 {
        self.weight(answer) * trust[self.experts[answer] as usize]
    }
}

impl Answers {
    /// Groups the answers of a checked problem.
    pub(super) fn build(problem: &Problem<'_>) -> Result<Self, FitError> {
        let [tasks, experts] = problem.sizes;
        let mut offsets: Vec<usize> = filled(tasks + 1)?;
        for &task in problem.task {
            offsets[task as usize + 1] += 1;
        }
        for task in 0..tasks {
            offsets[task + 1] += offsets[task];
        }
        let count = problem.value.len();
        let weigh = !matches!(problem.method, Method::Mean | Method::Median | Method::TrimmedMean { .. });
        let weighted = weigh && (problem.weight.is_some() || problem.expert_weights.is_some());
        let mut answers = Self {
            spans: spans::cut(&offsets, experts, 1),
            offsets,
            experts: filled(count)?,
            values: filled(count)?,
            weights: if weighted { Some(filled(count)?) } else { None },
            known: None,
            answered: filled(experts)?,
            exponent: exponent(largest(problem)),
        };
        answers.fill(problem)?;
        if problem.repeats == Repeats::LastWins {
            let mut seen: Vec<u32> = filled(experts)?;
            answers.keep(|answers, task, answer| {
                std::mem::replace(&mut seen[answers.experts[answer] as usize], task as u32 + 1) != task as u32 + 1
            });
        }
        answers.use_weights();
        if matches!(
            problem.method,
            Method::Median | Method::TrimmedMean { .. } | Method::Catd { .. } | Method::Pm { .. }
        ) {
            answers.sort()?;
        }
        for &expert in &answers.experts {
            answers.answered[expert as usize] += 1;
        }
        if let Some(known) = problem.known {
            let mut scaled = empty(tasks)?;
            scaled.extend(known.iter().map(|&value| scale(value, -answers.exponent) + 0.0));
            answers.known = Some(scaled);
        }
        Ok(answers)
    }

    fn fill(&mut self, problem: &Problem<'_>) -> Result<(), FitError> {
        let [tasks, experts] = problem.sizes;
        let mut cursors: Vec<usize> = filled(tasks)?;
        cursors.copy_from_slice(&self.offsets[..tasks]);
        for (row, (&task, &expert)) in problem.task.iter().zip(problem.expert).enumerate() {
            let cursor = &mut cursors[task as usize];
            let at = *cursor;
            *cursor += 1;
            // The table was checked, but it is the caller's memory: what the loops index by is checked as it is copied.
            assert!((expert as usize) < experts, "the table changed during the fit");
            self.experts[at] = expert as u32;
            // A negative zero becomes a zero, so that equal values have equal bits.
            self.values[at] = scale(problem.value[row], -self.exponent) + 0.0;
            if let Some(weights) = &mut self.weights {
                let weight = problem.weight.map_or(1.0, |weights| f64::from(weights[row]));
                weights[at] = problem.expert_weights.map_or(weight, |trust| weight * trust[expert as usize]);
            }
        }
        let whole = (0..tasks).all(|task| cursors[task] == self.offsets[task + 1]);
        assert!(whole, "the table changed during the fit");
        Ok(())
    }

    /// Keeps the answers of which `wanted` is true, asked from the last of each task to its first.
    fn keep(&mut self, mut wanted: impl FnMut(&Self, usize, usize) -> bool) {
        let (mut kept, mut first) = (0, 0);
        for task in 0..self.offsets.len() - 1 {
            let last = self.offsets[task + 1];
            let mut from = last;
            for answer in (first..last).rev() {
                if wanted(self, task, answer) {
                    from -= 1;
                    self.copy(answer..answer + 1, from);
                }
            }
            self.copy(from..last, kept);
            kept += last - from;
            self.offsets[task + 1] = kept;
            first = last;
        }
        self.experts.truncate(kept);
        self.values.truncate(kept);
        if let Some(weights) = &mut self.weights {
            weights.truncate(kept);
        }
    }

    fn copy(&mut self, from: Range<usize>, to: usize) {
        self.experts.copy_within(from.clone(), to);
        self.values.copy_within(from.clone(), to);
        if let Some(weights) = &mut self.weights {
            weights.copy_within(from, to);
        }
    }

    /// Leaves out answers of weight 0, and the weights when all of the others are 1.
    fn use_weights(&mut self) {
        let Some(weights) = &self.weights else { return };
        if weights.iter().any(|&weight| weight <= 0.0) {
            self.keep(|answers, _, answer| answers.weights.as_ref().is_some_and(|weights| weights[answer] > 0.0));
        }
        if self.weights.as_ref().is_some_and(|weights| weights.iter().all(|&weight| weight == 1.0)) {
            self.weights = None;
        }
    }

    /// Sorts the answers of each task by value, equal ones in the table's order.
    fn sort(&mut self) -> Result<(), FitError> {
        let longest = self.offsets.windows(2).map(|bounds| bounds[1] - bounds[0]).max().unwrap_or(0);
        let mut order: Vec<(f64, usize)> = empty(longest)?;
        let mut experts: Vec<u32> = empty(longest)?;
        let mut weights: Vec<f64> = empty(longest)?;
        for bounds in self.offsets.windows(2) {
            let range = bounds[0]..bounds[1];
            if self.values[range.clone()].is_sorted() {
                continue;
            }
            order.clear();
            order.extend(self.values[range.clone()].iter().copied().zip(0..));
            order.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
            experts.clear();
            experts.extend_from_slice(&self.experts[range.clone()]);
            if let Some(all) = &mut self.weights {
                weights.clear();
                weights.extend_from_slice(&all[range.clone()]);
                all[range.clone()].iter_mut().zip(&order).for_each(|(weight, from)| *weight = weights[from.1]);
            }
            for (at, from) in range.zip(&order) {
                (self.values[at], self.experts[at]) = (from.0, experts[from.1]);
            }
        }
        Ok(())
    }

    /// The number of answers that count.
    pub(super) fn len(&self) -> usize {
        self.values.len()
    }

    /// The tasks of each span.
    pub(super) fn spans(&self) -> &[Range<usize>] {
        &self.spans
    }

    /// How many answers of each expert count.
    pub(super) fn answered(&self) -> &[usize] {
        &self.answered
    }

    /// The values have been divided by two to this power.
    pub(super) fn exponent(&self) -> i32 {
        self.exponent
    }

    /// The answers of a task.
    #[inline(always)]
    pub(super) fn group(&self, task: usize) -> Group<'_> {
        let range = self.offsets[task]..self.offsets[task + 1];
        Group {
            experts: &self.experts[range.clone()],
            values: &self.values[range.clone()],
            weights: self.weights.as_ref().map(|weights| &weights[range]),
        }
    }

    /// What is known of a task.
    #[inline(always)]
    pub(super) fn known(&self, task: usize) -> Option<f64> {
        self.known.as_ref().map(|known| known[task]).filter(|value| !value.is_nan())
    }
}

/// The largest absolute value of the table and of what is known.
fn largest(problem: &Problem<'_>) -> f64 {
    let known = problem.known.unwrap_or_default().iter().filter(|value| !value.is_nan());
    problem
        .value
        .iter()
        .chain(known)
        .fold(0.0, |largest, value| if value.abs() > largest { value.abs() } else { largest })
}
