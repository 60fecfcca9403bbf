//! The answers grouped by task, with repeats resolved and weights made ready.

use std::ops::Range;

use super::grouping::{Grouping, Stores};
use super::spans;
use super::storage::{empty, filled};
use super::team::Team;
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
    /// As the row of a count table, and its label beside it.
    RowsAndLabels,
}

/// A table's answers, task by task. The tasks stand at places: in their own order, or span by span with those that have
/// few answers first. Loops over answers are then mostly as long as the one before, which the processor predicts.
pub(super) struct Index {
    /// Where the answers of each place begin, and where those of the last one end.
    offsets: Vec<usize>,
    /// The task at each place; empty where place and task are the same.
    order: Vec<u32>,
    spans: Vec<Range<usize>>,
    /// The experts, or the rows.
    experts: Vec<u32>,
    labels: Vec<u32>,
    weights: Stored,
    sizes: [usize; 3],
    form: Form,
}

/// Other labels for the answers of an index, as rows of a count table.
pub(super) struct Redrawn(Vec<u32>);

enum Stored {
    Unit,
    Single(Vec<f32>),
    Double(Vec<f64>),
}

impl Index {
    /// Groups the answers of a checked problem, in spans for a method whose count table has `cells` elements an expert,
    /// by length for a method that walks them many times.
    pub(super) fn build(
        problem: &Problem<'_>,
        form: Form,
        cells: usize,
        walked_often: bool,
        team: &Team<'_>,
    ) -> Result<Self, FitError> {
        let [_, experts, labels] = problem.sizes;
        if form != Form::Pairs && experts.checked_mul(labels).is_none_or(|rows| rows > u32::MAX as usize) {
            let text = format!("{experts} experts with {labels} labels are more than 2^32 - 1 pairs");
            return Err(FitError::Unsupported(text));
        }
        let weights = table_weights(problem);
        let mut index = Self::empty(problem, form, weights.is_some())?;
        index.group(&Grouping::new(problem, form, weights, team)?, cells, walked_often)?;
        if problem.repeats == Repeats::LastWins {
            index.keep_last()?;
        }
        if problem.positional {
            index.weigh_by_position()?;
        }
        index.forget_ones();
        Ok(index)
    }

    /// An index with room for the answers of a problem.
    fn empty(problem: &Problem<'_>, form: Form, weighted: bool) -> Result<Self, FitError> {
        let answers = problem.task.len();
        Ok(Self {
            offsets: Vec::new(),
            order: Vec::new(),
            spans: Vec::new(),
            experts: filled(answers)?,
            labels: filled(if form == Form::Rows { 0 } else { answers })?,
            weights: if weighted { Stored::Single(filled(answers)?) } else { Stored::Unit },
            sizes: problem.sizes,
            form,
        })
    }

    /// Counts the answers of each task, cuts the tasks into spans and stores each span's answers task by task.
    fn group(&mut self, grouping: &Grouping<'_>, cells: usize, walked_often: bool) -> Result<(), FitError> {
        let [tasks, experts, _] = self.sizes;
        self.offsets = grouping.offsets()?;
        self.spans = spans::cut(&self.offsets, experts, cells);
        self.order = filled(if walked_often { tasks } else { 0 })?;
        let weights = match &mut self.weights {
            Stored::Single(weights) => weights.as_mut_slice(),
            _ => &mut [],
        };
        let columns = Stores { order: &mut self.order, experts: &mut self.experts, labels: &mut self.labels, weights };
        grouping.fill(&mut self.offsets, &self.spans, columns)
    }

    /// Of several answers of one expert to one task keeps the last one, at its own place.
    fn keep_last(&mut self) -> Result<(), FitError> {
        let mut seen: Vec<u32> = filled(self.sizes[1])?;
        let mut kept = 0;
        let mut first = 0;
        for place in 0..self.sizes[0] {
            let last = self.offsets[place + 1];
            let mark = place as u32 + 1;
            // From the last answer backwards, the kept ones move to the end of the group ...
            let mut from = last;
            for i in (first..last).rev() {
                if std::mem::replace(&mut seen[self.expert(i)], mark) != mark {
                    from -= 1;
                    self.copy(i..i + 1, from);
                }
            }
            // ... and then down to the answers kept so far.
            self.copy(from..last, kept);
            kept += last - from;
            self.offsets[place + 1] = kept;
            first = last;
        }
        self.experts.truncate(kept);
        self.labels.truncate(kept);
        if let Stored::Single(weights) = &mut self.weights {
            weights.truncate(kept);
        }
        Ok(())
    }

    fn copy(&mut self, from: std::ops::Range<usize>, to: usize) {
        self.experts.copy_within(from.clone(), to);
        if self.form != Form::Rows {
            self.labels.copy_within(from.clone(), to);
        }
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

    /// Keeps no weights when those of the answers that count are all 1.
    fn forget_ones(&mut self) {
        let ones = match &self.weights {
            Stored::Unit => return,
            Stored::Single(weights) => weights.iter().all(|&weight| weight == 1.0),
            Stored::Double(weights) => weights.iter().all(|&weight| weight == 1.0),
        };
        if ones {
            self.weights = Stored::Unit;
        }
    }

    /// Where the answers of each place begin, and where those of the last one end.
    pub(super) fn offsets(&self) -> &[usize] {
        &self.offsets
    }

    /// The spans, as places and as tasks: a span's tasks are the same range in another order.
    pub(super) fn spans(&self) -> &[Range<usize>] {
        &self.spans
    }

    /// The task at a place.
    pub(super) fn task(&self, place: usize) -> usize {
        if self.order.is_empty() { place } else { self.order[place] as usize }
    }

    /// Whether the task at a place has answers.
    pub(super) fn is_answered(&self, place: usize) -> bool {
        self.offsets[place] < self.offsets[place + 1]
    }

    /// The most answers of a task of a span.
    pub(super) fn longest(&self, span: &Range<usize>) -> usize {
        span.clone().map(|place| self.offsets[place + 1] - self.offsets[place]).max().unwrap_or(0)
    }

    /// What is known of the task at each place.
    pub(super) fn by_place(&self, known: Option<&[i32]>) -> Result<Option<Vec<i32>>, FitError> {
        let Some(known) = known else { return Ok(None) };
        let mut result = empty(known.len())?;
        result.extend((0..known.len()).map(|place| known[self.task(place)]));
        Ok(Some(result))
    }

    /// Whether every answer weighs 1.
    pub(super) fn is_unit(&self) -> bool {
        matches!(self.weights, Stored::Unit)
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
            Form::Rows | Form::RowsAndLabels => (self.experts[answer] / self.sizes[2] as u32) as usize,
            Form::Pairs => self.experts[answer] as usize,
        }
    }

    /// The label of an answer.
    pub(super) fn label(&self, answer: usize) -> usize {
        match self.form {
            Form::Rows => (self.experts[answer] % self.sizes[2] as u32) as usize,
            Form::Pairs | Form::RowsAndLabels => self.labels[answer] as usize,
        }
    }

    /// Gives the answers other labels, which become rows in place.
    ///
    /// # Panics
    ///
    /// When there is not a label for each answer, inside the range of labels.
    pub(super) fn redraw(&self, mut labels: Vec<u32>) -> Redrawn {
        assert!(labels.len() == self.offsets[self.sizes[0]], "a label for each answer");
        for (answer, label) in labels.iter_mut().enumerate() {
            assert!((*label as usize) < self.sizes[2], "labels inside their range");
            *label += (self.expert(answer) * self.sizes[2]) as u32;
        }
        Redrawn(labels)
    }

    /// The label that an answer was given instead of its own.
    pub(super) fn redrawn_label(&self, redrawn: &Redrawn, answer: usize) -> usize {
        (redrawn.0[answer] % self.sizes[2] as u32) as usize
    }

    /// What the kernels read.
    pub(super) fn answers(&self) -> Answers<'_> {
        self.view(match self.form {
            Form::Rows => Columns::Rows(&self.experts),
            Form::Pairs | Form::RowsAndLabels => Columns::Pairs(&self.experts, &self.labels),
        })
    }

    /// What the kernels read, with other labels.
    pub(super) fn redrawn<'a>(&'a self, redrawn: &'a Redrawn) -> Answers<'a> {
        assert!(redrawn.0.len() == self.offsets[self.sizes[0]], "labels of this index");
        self.view(Columns::Rows(&redrawn.0))
    }

    fn view<'a>(&'a self, columns: Columns<'a>) -> Answers<'a> {
        // To a kernel that reads pairs, each row is an expert of its own.
        let experts = self.sizes[1] * if self.form == Form::RowsAndLabels { self.sizes[2] } else { 1 };
        let weights = match &self.weights {
            Stored::Unit => Weights::Unit,
            Stored::Single(weights) => Weights::Single(weights),
            Stored::Double(weights) => Weights::Double(weights),
        };
        // SAFETY: `fill` and `redraw` checked each index as they stored it, and the columns are as long as the last offset says.
        unsafe { Answers::new(&self.offsets, experts, self.sizes[2], columns, weights) }
    }
}

/// The weights that a method reads, where they are not all 1.
fn table_weights<'a>(problem: &Problem<'a>) -> Option<&'a [f32]> {
    problem
        .weight
        .filter(|weights| problem.method != Method::MajorityVote && weights.iter().any(|&weight| weight != 1.0))
}
