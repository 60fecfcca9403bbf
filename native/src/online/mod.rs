//! A model that takes answers as they come, without a full refit, and what to ask next.
//!
//! `docs/methods/online.md` and `docs/methods/acquisition.md` specify both bit for bit.
//!
//! ```
//! use coterie::online::{Answer, Online, Options};
//!
//! let mut online = Online::new(2, Options::default())?;
//! let answers = [(0, 0, 1), (0, 1, 1), (1, 0, 0)].map(|(task, expert, label)| Answer { task, expert, label, weight: 1.0 });
//! online.add([2, 2, 2], &answers)?;
//! assert_eq!(online.decide(0), (1, 0));
//! let restored = Online::load(&online.save(b"")?)?.0;
//! assert_eq!(restored.posterior(0), online.posterior(0));
//! # Ok::<(), coterie::consensus::FitError>(())
//! ```

mod acquisition;
mod crc;
mod neighbours;
mod options;
mod state;
mod step;
mod update;

pub use acquisition::{Plan, Question, TaskState, plan};
pub use options::Options;

use crate::consensus::{
    Control, FitError, Method, PriorCounts, Problem, Recount, Solution, Summary, choose, empty, filled, fit, recount,
};
use crate::kernels::{FLOOR, Kernels};

/// One answer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Answer {
    /// The task's index.
    pub task: u32,
    /// The expert's index.
    pub expert: u32,
    /// The label's index.
    pub label: u32,
    /// Its weight, finite and not negative.
    pub weight: f32,
}

/// An answer among those of its task.
#[derive(Clone, Copy, Debug)]
struct Given {
    expert: u32,
    label: u32,
    weight: f32,
}

/// Dawid-Skene, kept up to date by incremental expectation maximisation (R. M. Neal and G. E. Hinton, *A view of the EM
/// algorithm that justifies incremental, sparse, and other variants*, 1998): the confusion counts are running sums, from
/// which a changed task's old posterior is taken and to which its new one is added.
///
/// An expert has at most one answer to a task; another one replaces it. Memory: about 16 bytes an answer, `8 * labels + 56`
/// a task and `8 * labels^2 + 40` an expert.
#[derive(Debug)]
pub struct Online {
    options: Options,
    labels: usize,
    /// `[task][label]`.
    posterior: Vec<f64>,
    /// The sum of the posteriors of all tasks.
    sums: Vec<f64>,
    /// `[expert][label][true label]`: the sum of weight times posterior over the answers.
    counts: Vec<f64>,
    /// How far the posteriors behind an expert's counts have moved since its tasks were last visited.
    moved: Vec<f64>,
    /// The answers of each task, oldest first.
    given: Vec<Vec<Given>>,
    /// The tasks of each expert in ascending order.
    tasks_of: Vec<Vec<u32>>,
    answers: usize,
    /// Answers whose share of the counts was changed since the last recount.
    moves: u64,
    recounts: u64,
    work: update::Work,
}

/// The table that holds the same answers, task by task.
struct Columns {
    task: Vec<i32>,
    expert: Vec<i32>,
    label: Vec<i32>,
    weight: Vec<f32>,
    trust: Vec<f64>,
}

impl Online {
    /// A model without answers, for this many labels to begin with.
    ///
    /// # Errors
    ///
    /// [`FitError::Invalid`] when an option or the number of labels is refused.
    pub fn new(labels: usize, options: Options) -> Result<Self, FitError> {
        options.check()?;
        let mut online = Self {
            options,
            labels: 0,
            posterior: Vec::new(),
            sums: Vec::new(),
            counts: Vec::new(),
            moved: Vec::new(),
            given: Vec::new(),
            tasks_of: Vec::new(),
            answers: 0,
            moves: 0,
            recounts: 0,
            work: update::Work::default(),
        };
        online.check_sizes([0, 0, labels])?;
        online.grow([0, 0, labels])?;
        Ok(online)
    }

    /// The options.
    #[must_use]
    pub fn options(&self) -> &Options {
        &self.options
    }

    /// The numbers of tasks, experts and labels.
    #[must_use]
    pub fn sizes(&self) -> [usize; 3] {
        [self.given.len(), self.tasks_of.len(), self.labels]
    }

    /// The number of answers.
    #[must_use]
    pub fn answers(&self) -> usize {
        self.answers
    }

    /// The number of answers to a task.
    ///
    /// # Panics
    ///
    /// When there is no such task; so below.
    #[must_use]
    pub fn answers_to(&self, task: usize) -> usize {
        self.given[task].len()
    }

    /// The number of answers by an expert.
    #[must_use]
    pub fn answers_by(&self, expert: usize) -> usize {
        self.tasks_of[expert].len()
    }

    /// The answers to a task, oldest first.
    pub fn answers_of(&self, task: usize) -> impl Iterator<Item = Answer> {
        let answer = move |given: &Given| {
            let Given { expert, label, weight } = *given;
            Answer { task: task as u32, expert, label, weight }
        };
        self.given[task].iter().map(answer)
    }

    /// How often the running sums were counted anew, by [`Self::refit`] or to keep their drift small.
    #[must_use]
    pub fn recounts(&self) -> u64 {
        self.recounts
    }

    /// The posterior of a task.
    #[must_use]
    pub fn posterior(&self, task: usize) -> &[f64] {
        &self.posterior[task * self.labels..][..self.labels]
    }

    /// The answer and the runner-up of a task, -1 for none.
    #[must_use]
    pub fn decide(&self, task: usize) -> (i32, i32) {
        choose(self.posterior(task), !self.given[task].is_empty())
    }

    /// The class prior.
    pub fn prior(&self) -> impl Iterator<Item = f64> {
        let (tasks, labels) = (self.given.len(), self.labels);
        self.sums
            .iter()
            .map(move |&sum| if tasks == 0 { 1.0 / labels as f64 } else { at_least_floor(sum / tasks as f64) })
    }

    /// Writes the confusion matrix of an expert, `[label][true label]`.
    ///
    /// # Panics
    ///
    /// When there is no such expert, or `out` does not have `labels^2` elements.
    pub fn confusion(&self, expert: usize, out: &mut [f64]) {
        let cells = self.labels * self.labels;
        assert_eq!(out.len(), cells, "the matrix has labels * labels elements");
        let counts = &self.counts[expert * cells..][..cells];
        for truth in 0..self.labels {
            let mut total = 0.0;
            for label in 0..self.labels {
                let value = self.amount(counts, label, truth);
                out[label * self.labels + truth] = value;
                total += value;
            }
            for label in 0..self.labels {
                out[label * self.labels + truth] /= total;
            }
        }
    }

    /// The skill that a prior and a confusion matrix give.
    #[must_use]
    pub fn skill(prior: &[f64], confusion: &[f64]) -> f64 {
        prior.iter().zip(confusion.iter().step_by(prior.len() + 1)).fold(0.0, |sum, (p, right)| sum + p * right)
    }

    /// Fits all answers to convergence: the model is then what [`fit`] makes of the same answers, bit for bit.
    ///
    /// # Errors
    ///
    /// Those of [`fit`], and [`FitError::Invalid`] without answers; the model is unchanged then.
    pub fn refit(&mut self, threads: usize, control: &Control) -> Result<Summary, FitError> {
        if self.answers == 0 {
            return Err(FitError::Invalid("there are no answers to fit: add some first".to_owned()));
        }
        let columns = self.columns()?;
        let problem = columns.problem(self, threads);
        // The vectors that a solution owns are allocated without a panic here.
        let mut solution = Solution {
            posterior: zeros(self.posterior.len())?,
            answer: filled(self.given.len())?,
            runner_up: filled(self.given.len())?,
            prior: zeros(self.labels)?,
            skill: zeros(self.tasks_of.len())?,
            ..Solution::default()
        };
        let summary = fit(Kernels::current(), &problem, solution.outcome(), control)?;
        let sums = recount(&problem, &solution.posterior)?;
        self.posterior = solution.posterior;
        self.adopt(sums);
        self.moved.fill(0.0);
        Ok(summary)
    }

    /// Counts the running sums anew.
    fn recount(&mut self) -> Result<(), FitError> {
        let sums = if self.answers > 0 {
            recount(&self.columns()?.problem(self, 1), &self.posterior)?
        } else {
            let mut none = Recount { counts: zeros(self.counts.len())?, sums: zeros(self.labels)? };
            for row in self.posterior.chunks_exact(self.labels) {
                none.sums.iter_mut().zip(row).for_each(|(sum, p)| *sum += p);
            }
            none
        };
        self.adopt(sums);
        Ok(())
    }

    fn adopt(&mut self, sums: Recount) {
        self.counts = sums.counts;
        self.sums = sums.sums;
        self.moves = 0;
        self.recounts += 1;
    }

    fn columns(&self) -> Result<Columns, FitError> {
        let n = self.answers;
        let mut columns =
            Columns { task: empty(n)?, expert: empty(n)?, label: empty(n)?, weight: empty(n)?, trust: Vec::new() };
        for (task, given) in self.given.iter().enumerate() {
            for answer in given {
                columns.task.push(task as i32);
                columns.expert.push(answer.expert as i32);
                columns.label.push(answer.label as i32);
                columns.weight.push(answer.weight);
            }
        }
        if self.options.trust > 0.0 {
            columns.trust = zeros(self.counts.len())?;
            for matrix in columns.trust.chunks_exact_mut(self.labels * self.labels) {
                matrix.iter_mut().step_by(self.labels + 1).for_each(|count| *count = self.options.trust);
            }
        }
        Ok(columns)
    }

    /// A count with what is added to it, and at least the floor.
    #[inline(always)]
    fn amount(&self, counts: &[f64], label: usize, truth: usize) -> f64 {
        let trust = if label == truth { self.options.trust } else { 0.0 };
        at_least_floor((counts[label * self.labels + truth] + trust) + self.options.smoothing)
    }
}

impl Columns {
    fn problem(&self, online: &Online, threads: usize) -> Problem<'_> {
        let options = &online.options;
        Problem {
            weight: Some(&self.weight),
            prior_counts: (!self.trust.is_empty()).then_some((&self.trust, PriorCounts::EveryIteration)),
            smoothing: options.smoothing,
            tolerance: options.tolerance,
            max_iterations: options.max_iterations,
            threads,
            ..Problem::new(Method::DawidSkene, online.sizes(), &self.task, &self.expert, &self.label)
        }
    }
}

#[inline(always)]
fn at_least_floor(x: f64) -> f64 {
    if x > FLOOR { x } else { FLOOR }
}

fn zeros(length: usize) -> Result<Vec<f64>, FitError> {
    filled(length)
}
