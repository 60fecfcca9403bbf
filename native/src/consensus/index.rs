//! The answers grouped by task, with repeats resolved and weights made ready.

use super::storage::{empty, filled};
use super::{FitError, Method, Problem, Repeats};
use crate::kernels::{Answers, Columns, Weights};

/// What the answers of a task are multiplied by, from the first on; the last factor holds for all later ones.
const POSITIONAL: [f64; 8] = [1.0, 0.95, 0.9, 0.85, 0.8, 0.75, 0.7, 0.65];

/// How an answer is stored.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// As the row of a count table.
    Rows,
    /// As expert and label.
    Pairs,
}

/// A table's answers in task order.
pub(super) struct Index {
    offsets: Vec<usize>,
    /// The experts, or the rows.
    experts: Vec<u32>,
    labels: Vec<u32>,
    weights: Stored,
    sizes: [usize; 3],
    form: Form,
}

enum Stored {
    Unit,
    Single(Vec<f32>),
    Double(Vec<f64>),
}

impl Index {
    /// Groups the answers of a checked problem.
    pub(super) fn build(problem: &Problem<'_>, form: Form) -> Result<Self, FitError> {
        let [tasks, experts, labels] = problem.sizes;
        if experts.checked_mul(labels).is_none_or(|rows| rows > u32::MAX as usize) {
            let text = format!("{experts} experts with {labels} labels are more than 2^32 - 1 pairs");
            return Err(FitError::Unsupported(text));
        }
        let table_weights = problem
            .weight
            .filter(|weights| problem.method != Method::MajorityVote && weights.iter().any(|&weight| weight != 1.0));
        let answers = problem.task.len();
        let mut offsets: Vec<usize> = filled(tasks + 1)?;
        for &task in problem.task {
            offsets[task as usize] += 1;
        }
        let mut end = 0;
        for offset in &mut offsets {
            end += std::mem::replace(offset, end);
        }
        let mut index = Self {
            offsets,
            experts: filled(answers)?,
            labels: filled(answers)?,
            weights: if table_weights.is_some() { Stored::Single(filled(answers)?) } else { Stored::Unit },
            sizes: problem.sizes,
            form,
        };
        for (row, ((&task, &expert), &label)) in problem.task.iter().zip(problem.expert).zip(problem.label).enumerate()
        {
            let cursor = &mut index.offsets[task as usize];
            let at = *cursor;
            *cursor += 1;
            // The table was checked, but it is the caller's memory: what the kernels index by is checked as it is copied.
            assert!((expert as usize) < experts && (label as usize) < labels, "the table changed during the fit");
            index.experts[at] = expert as u32;
            index.labels[at] = label as u32;
            if let (Stored::Single(weights), Some(from)) = (&mut index.weights, table_weights) {
                weights[at] = from[row];
            }
        }
        // Each cursor has come to the end of its task, which is where the next one begins.
        index.offsets.copy_within(0..tasks, 1);
        index.offsets[0] = 0;
        assert!(index.offsets[tasks] == answers && index.offsets.is_sorted(), "the table changed during the fit");
        if problem.repeats == Repeats::LastWins {
            index.keep_last()?;
        }
        if problem.positional {
            index.weigh_by_position()?;
        }
        if form == Form::Rows {
            for (expert, &label) in index.experts.iter_mut().zip(&index.labels) {
                *expert = *expert * labels as u32 + label;
            }
            index.labels = Vec::new();
        }
        Ok(index)
    }

    /// Of several answers of one expert to one task keeps the last one, at its own place.
    fn keep_last(&mut self) -> Result<(), FitError> {
        let mut seen: Vec<u32> = filled(self.sizes[1])?;
        let mut kept = 0;
        for task in 0..self.sizes[0] {
            let (first, last) = (self.offsets[task], self.offsets[task + 1]);
            let mark = task as u32 + 1;
            // From the last answer backwards, the kept ones move to the end of the group ...
            let mut from = last;
            for i in (first..last).rev() {
                if std::mem::replace(&mut seen[self.experts[i] as usize], mark) != mark {
                    from -= 1;
                    self.copy(i..i + 1, from);
                }
            }
            // ... and then down to the answers kept so far.
            self.copy(from..last, kept);
            self.offsets[task] = kept;
            kept += last - from;
        }
        self.offsets[self.sizes[0]] = kept;
        self.experts.truncate(kept);
        self.labels.truncate(kept);
        if let Stored::Single(weights) = &mut self.weights {
            weights.truncate(kept);
        }
        Ok(())
    }

    fn copy(&mut self, from: std::ops::Range<usize>, to: usize) {
        self.experts.copy_within(from.clone(), to);
        self.labels.copy_within(from.clone(), to);
        if let Stored::Single(weights) = &mut self.weights {
            weights.copy_within(from, to);
        }
    }

    fn weigh_by_position(&mut self) -> Result<(), FitError> {
        let mut products = empty(self.experts.len())?;
        for bounds in self.offsets.windows(2) {
            for i in bounds[0]..bounds[1] {
                let factor = POSITIONAL[(i - bounds[0]).min(POSITIONAL.len() - 1)];
                products.push(if let Stored::Single(weights) = &self.weights {
                    f64::from(weights[i]) * factor
                } else {
                    factor
                });
            }
        }
        self.weights = Stored::Double(products);
        Ok(())
    }

    /// Where each task's answers begin, and where the last one's end.
    pub(super) fn offsets(&self) -> &[usize] {
        &self.offsets
    }

    /// The experts, in the form of pairs.
    pub(super) fn experts(&self) -> &[u32] {
        &self.experts
    }

    /// The weight of an answer.
    pub(super) fn weight(&self, answer: usize) -> f64 {
        match &self.weights {
            Stored::Unit => 1.0,
            Stored::Single(weights) => f64::from(weights[answer]),
            Stored::Double(weights) => weights[answer],
        }
    }

    /// The expert of an answer.
    pub(super) fn expert(&self, answer: usize) -> usize {
        match self.form {
            Form::Rows => self.experts[answer] as usize / self.sizes[2],
            Form::Pairs => self.experts[answer] as usize,
        }
    }

    /// The label of an answer.
    pub(super) fn label(&self, answer: usize) -> usize {
        match self.form {
            Form::Rows => self.experts[answer] as usize % self.sizes[2],
            Form::Pairs => self.labels[answer] as usize,
        }
    }

    /// What the kernels read.
    pub(super) fn answers(&self) -> Answers<'_> {
        let columns = match self.form {
            Form::Rows => Columns::Rows(&self.experts),
            Form::Pairs => Columns::Pairs(&self.experts, &self.labels),
        };
        let weights = match &self.weights {
            Stored::Unit => Weights::Unit,
            Stored::Single(weights) => Weights::Single(weights),
            Stored::Double(weights) => Weights::Double(weights),
        };
        // SAFETY: `build` checked each index as it stored it, and the columns are as long as the last offset says.
        unsafe { Answers::new(&self.offsets, self.sizes[1], self.sizes[2], columns, weights) }
    }
}
