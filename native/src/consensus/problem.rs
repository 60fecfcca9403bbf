//! What to fit and where the result goes, with every check that a table must pass.

use std::fmt;

use super::method::Method;

/// What becomes of several answers of one expert to one task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repeats {
    /// All count.
    CountAll,
    /// The last one counts.
    LastWins,
}

/// When prior confusion counts are added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PriorCounts {
    /// In the first M-step.
    FirstIteration,
    /// In every M-step.
    EveryIteration,
}

/// A table of answers and the options of the method.
#[derive(Clone, Debug)]
pub struct Problem<'a> {
    /// The method.
    pub method: Method,
    /// The numbers of tasks, experts and labels, each at least 1.
    pub sizes: [usize; 3],
    /// The task of each answer.
    pub task: &'a [i32],
    /// The expert of each answer.
    pub expert: &'a [i32],
    /// The label of each answer.
    pub label: &'a [i32],
    /// The weight of each answer, finite and not negative; `None` when all are 1.
    pub weight: Option<&'a [f32]>,
    /// What becomes of repeated answers.
    pub repeats: Repeats,
    /// Whether the answers of a task are weighed down by their position.
    pub positional: bool,
    /// Class priors to keep instead of estimating them; ignored by the votes.
    pub class_priors: Option<&'a [f64]>,
    /// The known label of each task, or -1.
    pub gold: Option<&'a [i32]>,
    /// Confusion counts known beforehand, `[expert][label][true label]`; Dawid-Skene only.
    pub prior_counts: Option<(&'a [f64], PriorCounts)>,
    /// The most iterations.
    pub max_iterations: u32,
    /// The relative change of the log-likelihood that ends the fit.
    pub tolerance: f64,
    /// What is added to every confusion count.
    pub smoothing: f64,
    /// The most threads, 0 for one on every processor.
    pub threads: usize,
    /// The method's own options in the order of its [`Traits::parameters`](super::Traits::parameters); empty for their defaults.
    pub parameters: &'a [f64],
    /// Where the random numbers of a method that draws some begin.
    pub seed: u64,
}

/// The arrays that a fit writes.
#[derive(Debug)]
pub struct Outcome<'a> {
    /// `[task][label]`.
    pub posterior: &'a mut [f64],
    /// The answer of each task, -1 for none.
    pub answer: &'a mut [i32],
    /// The runner-up of each task, -1 for none.
    pub runner_up: &'a mut [i32],
    /// The class prior.
    pub prior: &'a mut [f64],
    /// `[expert][label][true label]`, where it is wanted; the votes leave it untouched.
    pub confusion: Option<&'a mut [f64]>,
    /// The skill of each expert, from 0 to 1.
    pub skill: &'a mut [f64],
    /// The raw weight of each expert, where the method has it and it is wanted.
    pub weight: Option<&'a mut [f64]>,
    /// The difficulty of each task, where the method has it and it is wanted.
    pub difficulty: Option<&'a mut [f64]>,
    /// What else a method has to say, where it has and it is wanted.
    pub report: Option<&'a mut [f64]>,
}

/// How a fit ended.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Summary {
    /// Iterations done.
    pub iterations: u32,
    /// Whether the tolerance ended it; true for votes.
    pub converged: bool,
    /// The log-likelihood; NaN for votes and without an iteration.
    pub objective: f64,
}

/// Why a fit failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FitError {
    /// The problem is refused.
    Invalid(String),
    /// Memory could not be had.
    OutOfMemory(String),
    /// The fit was cancelled.
    Cancelled,
    /// The problem is beyond what this library is made for.
    Unsupported(String),
}

impl fmt::Display for FitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Invalid(text) | Self::OutOfMemory(text) | Self::Unsupported(text) => f.write_str(text),
            Self::Cancelled => f.write_str("the fit was cancelled"),
        }
    }
}

impl std::error::Error for FitError {}

pub(super) fn refuse<T>(text: String) -> Result<T, FitError> {
    Err(FitError::Invalid(text))
}

/// What smoothing, tolerance and a prior count may be at most, so that no sum of them overflows.
const LARGEST_AMOUNT: f64 = 1e100;

/// Whether a number may be a weight, a count or a tolerance.
pub(super) fn is_amount(x: f64) -> bool {
    (0.0..=LARGEST_AMOUNT).contains(&x)
}

impl<'a> Problem<'a> {
    /// A table with the default options: 5000 iterations, a tolerance of 1e-9, every answer counts, all processors.
    #[must_use]
    pub fn new(method: Method, sizes: [usize; 3], task: &'a [i32], expert: &'a [i32], label: &'a [i32]) -> Self {
        Self {
            method,
            sizes,
            task,
            expert,
            label,
            weight: None,
            repeats: Repeats::CountAll,
            positional: false,
            class_priors: None,
            gold: None,
            prior_counts: None,
            max_iterations: 5000,
            tolerance: 1e-9,
            smoothing: 0.0,
            threads: 0,
            parameters: &[],
            seed: 0,
        }
    }

    /// The method's own option of this place among its parameters.
    ///
    /// # Panics
    ///
    /// When the method has no such option.
    #[must_use]
    pub fn parameter(&self, place: usize) -> f64 {
        self.parameters.get(place).copied().unwrap_or_else(|| self.method.traits().parameters[place].default)
    }

    /// The number of elements in the confusion matrices.
    ///
    /// # Errors
    ///
    /// [`FitError::Invalid`] when it is more than memory can hold.
    pub fn confusion_cells(&self) -> Result<usize, FitError> {
        let [_, experts, labels] = self.sizes;
        let cells = experts.checked_mul(labels).and_then(|rows| rows.checked_mul(labels));
        match cells.filter(|&cells| cells <= isize::MAX as usize / 8) {
            Some(cells) => Ok(cells),
            None => refuse(format!("{experts} experts with {labels} labels are more than memory can hold")),
        }
    }

    /// The number of elements in the posterior.
    ///
    /// # Errors
    ///
    /// [`FitError::Invalid`] when it is more than memory can hold.
    pub fn posterior_cells(&self) -> Result<usize, FitError> {
        let [tasks, _, labels] = self.sizes;
        match tasks.checked_mul(labels).filter(|&cells| cells <= isize::MAX as usize / 8) {
            Some(cells) => Ok(cells),
            None => refuse(format!("{tasks} tasks with {labels} labels are more than memory can hold")),
        }
    }

    pub(super) fn check(&self) -> Result<(), FitError> {
        for (name, size) in ["tasks", "experts", "labels"].into_iter().zip(self.sizes) {
            if size == 0 || size > i32::MAX as usize {
                return refuse(format!("{name} is {size}, not in 1..={}", i32::MAX));
            }
        }
        let answers = self.task.len();
        if answers == 0 {
            return refuse("the table has no answers".to_owned());
        }
        if self.expert.len() != answers || self.label.len() != answers {
            return refuse("the columns of the table differ in length".to_owned());
        }
        self.posterior_cells()?;
        self.check_column("task", self.task, self.sizes[0])?;
        self.check_column("expert", self.expert, self.sizes[1])?;
        self.check_column("label", self.label, self.sizes[2])?;
        self.check_weights()?;
        self.check_knowledge()?;
        for (name, value) in [("tolerance", self.tolerance), ("smoothing", self.smoothing)] {
            if !is_amount(value) {
                return refuse(format!("{name} is {value}, which is not between 0 and 1e100"));
            }
        }
        self.check_parameters()
    }

    fn check_parameters(&self) -> Result<(), FitError> {
        let traits = self.method.traits();
        if self.parameters.is_empty() {
            return Ok(());
        }
        if self.parameters.len() != traits.parameters.len() {
            let (given, own) = (self.parameters.len(), traits.parameters.len());
            return refuse(format!("{} has {own} parameters, not {given}", traits.id));
        }
        for (parameter, &value) in traits.parameters.iter().zip(self.parameters) {
            if !parameter.accepts(value) {
                let kind = if parameter.whole { "a whole number from" } else { "between" };
                let (name, least, greatest) = (parameter.name, parameter.least, parameter.greatest);
                let joint = if parameter.whole { "to" } else { "and" };
                return refuse(format!("{name} is {value}, which is not {kind} {least} {joint} {greatest}"));
            }
        }
        Ok(())
    }

    fn check_column(&self, name: &str, column: &[i32], size: usize) -> Result<(), FitError> {
        // One comparison covers both ends: a negative index is a large unsigned one.
        let inside = |&&index: &&i32| (index as u32 as usize) < size;
        if column.iter().fold(true, |all, index| all & inside(&index)) {
            return Ok(());
        }
        match column.iter().position(|index| !inside(&index)) {
            Some(row) => refuse(format!(
                "answer {row}: {name} {} is outside 0..{size}; task {}, expert {}, label {}",
                column[row], self.task[row], self.expert[row], self.label[row]
            )),
            None => refuse(format!("{name} changed during the call")),
        }
    }

    fn check_weights(&self) -> Result<(), FitError> {
        let Some(weights) = self.weight else { return Ok(()) };
        if weights.len() != self.task.len() {
            return refuse("the columns of the table differ in length".to_owned());
        }
        match weights.iter().position(|&weight| !is_amount(f64::from(weight))) {
            None => Ok(()),
            Some(row) => refuse(format!(
                "answer {row}: weight {} is not finite and at least 0; task {}, expert {}, label {}",
                weights[row], self.task[row], self.expert[row], self.label[row]
            )),
        }
    }

    fn check_knowledge(&self) -> Result<(), FitError> {
        let [tasks, _, labels] = self.sizes;
        if let Some(priors) = self.class_priors {
            if priors.len() != labels {
                return refuse(format!("class_priors has {} elements for {labels} labels", priors.len()));
            }
            if let Some(label) = priors.iter().position(|&p| !p.is_finite() || p <= 0.0) {
                return refuse(format!("class prior of label {label}: {} is not positive and finite", priors[label]));
            }
            let sum: f64 = priors.iter().sum();
            if (sum - 1.0).abs() > 1e-9 {
                return refuse(format!("the class priors add up to {sum} instead of 1"));
            }
        }
        if let Some(gold) = self.gold {
            if gold.len() != tasks {
                return refuse(format!("gold has {} elements for {tasks} tasks", gold.len()));
            }
            if let Some(task) = gold.iter().position(|&label| label < -1 || label >= labels as i32) {
                return refuse(format!("gold of task {task}: label {} is outside 0..{labels} and not -1", gold[task]));
            }
        }
        if let Some((counts, _)) = self.prior_counts {
            if self.method != Method::DawidSkene {
                return refuse("prior_counts are for Dawid-Skene only".to_owned());
            }
            if counts.len() != self.confusion_cells()? {
                return refuse("prior_counts does not have experts * labels * labels elements".to_owned());
            }
            if let Some(at) = counts.iter().position(|&count| !is_amount(count)) {
                let (expert, label, truth) = (at / labels / labels, at / labels % labels, at % labels);
                return refuse(format!(
                    "prior count of expert {expert}, label {label}, true label {truth}: {} is not between 0 and 1e100",
                    counts[at]
                ));
            }
        }
        Ok(())
    }
}

impl Outcome<'_> {
    pub(super) fn check(&self, problem: &Problem<'_>) -> Result<(), FitError> {
        let [tasks, experts, labels] = problem.sizes;
        let wanted = |array: &Option<&mut [f64]>| array.as_ref().map(|array| array.len());
        let confusion = match wanted(&self.confusion) {
            Some(_) => problem.confusion_cells()?,
            None => 0,
        };
        let sizes = [
            ("posterior", Some(self.posterior.len()), problem.posterior_cells()?),
            ("answer", Some(self.answer.len()), tasks),
            ("runner_up", Some(self.runner_up.len()), tasks),
            ("prior", Some(self.prior.len()), labels),
            ("skill", Some(self.skill.len()), experts),
            ("confusion", wanted(&self.confusion), confusion),
            ("weight", wanted(&self.weight), experts),
            ("difficulty", wanted(&self.difficulty), tasks),
            ("report", wanted(&self.report), problem.method.traits().report),
        ];
        for (name, length, expected) in sizes {
            if let Some(length) = length.filter(|&length| length != expected) {
                return refuse(format!("{name} has {length} elements, not {expected}"));
            }
        }
        Ok(())
    }
}

/// A result that owns its arrays.
#[derive(Clone, Debug, Default)]
pub struct Solution {
    /// `[task][label]`.
    pub posterior: Vec<f64>,
    /// The answer of each task, -1 for none.
    pub answer: Vec<i32>,
    /// The runner-up of each task, -1 for none.
    pub runner_up: Vec<i32>,
    /// The class prior.
    pub prior: Vec<f64>,
    /// `[expert][label][true label]`; empty where the method has none.
    pub confusion: Vec<f64>,
    /// The skill of each expert.
    pub skill: Vec<f64>,
    /// The raw weight of each expert; empty where the method has none.
    pub weight: Vec<f64>,
    /// The difficulty of each task; empty where the method has none.
    pub difficulty: Vec<f64>,
    /// What else the method has to say.
    pub report: Vec<f64>,
}

impl Solution {
    /// Arrays for the result of a problem.
    #[must_use]
    pub fn new(problem: &Problem<'_>) -> Self {
        let [tasks, experts, labels] = problem.sizes;
        let traits = problem.method.traits();
        let zeros = |given: bool, length: usize| if given { vec![0.0; length] } else { Vec::new() };
        Self {
            posterior: vec![0.0; tasks * labels],
            answer: vec![0; tasks],
            runner_up: vec![0; tasks],
            prior: vec![0.0; labels],
            confusion: zeros(traits.confusion, experts * labels * labels),
            skill: vec![0.0; experts],
            weight: zeros(traits.weight, experts),
            difficulty: zeros(traits.difficulty, tasks),
            report: zeros(true, traits.report),
        }
    }

    /// The arrays, lent to a fit.
    pub fn outcome(&mut self) -> Outcome<'_> {
        fn wanted(array: &mut [f64]) -> Option<&mut [f64]> {
            if array.is_empty() { None } else { Some(array) }
        }
        Outcome {
            posterior: &mut self.posterior,
            answer: &mut self.answer,
            runner_up: &mut self.runner_up,
            prior: &mut self.prior,
            confusion: wanted(&mut self.confusion),
            skill: &mut self.skill,
            weight: wanted(&mut self.weight),
            difficulty: wanted(&mut self.difficulty),
            report: wanted(&mut self.report),
        }
    }
}
