//! What to fit and where the result goes, with every check that a table of numbers must pass.

use super::super::problem::{is_amount, refuse};
use super::super::{FitError, Repeats};

/// A method and its options.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Method {
    /// The mean of the answers, whatever their weights.
    Mean,
    /// The median of the answers, whatever their weights.
    Median,
    /// The mean without a part of the answers at each end.
    TrimmedMean {
        /// The part that is left out at each end, at least 0 and below 1/2.
        fraction: f64,
    },
    /// The mean by the weights of the answers and of the experts.
    WeightedMean,
    /// The Gaussian model of Raykar et al. (2010): a variance for each expert.
    LfcN {
        /// How many answers of common variance each expert is given beforehand, between 0 and 1e100.
        smoothing: f64,
        /// Whether each expert has a bias too.
        bias: bool,
        /// Whether the estimates count as certain, as in the common code for the method.
        point: bool,
    },
    /// Confidence-aware truth discovery (Li et al., 2014).
    Catd {
        /// The significance level of the interval whose end becomes the weight, between 1e-9 and 1.
        significance: f64,
    },
    /// Conflict resolution (Li et al., 2014), known as PM and CRH.
    Pm {
        /// How an answer's distance counts.
        loss: Loss,
        /// What the experts' distances are divided by.
        normaliser: Normaliser,
    },
}

/// How [`Method::Pm`] counts the distance of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Loss {
    /// As it is; estimates are weighted medians.
    Absolute,
    /// Squared; estimates are weighted means.
    Squared,
}

/// What [`Method::Pm`] divides the experts' distances by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Normaliser {
    /// Their sum.
    Sum,
    /// The largest of them; that expert's weight is nearly 0.
    Largest,
}

/// A table of numeric answers and the options of the fit.
#[derive(Clone, Debug)]
pub struct Problem<'a> {
    /// The method.
    pub method: Method,
    /// The numbers of tasks and experts, each at least 1.
    pub sizes: [usize; 2],
    /// The task of each answer.
    pub task: &'a [i32],
    /// The expert of each answer.
    pub expert: &'a [i32],
    /// The value of each answer, finite.
    pub value: &'a [f64],
    /// The weight of each answer, finite and not negative; `None` when all are 1. An answer of weight 0 is left out.
    pub weight: Option<&'a [f32]>,
    /// What becomes of repeated answers.
    pub repeats: Repeats,
    /// The known value of each task, or NaN.
    pub known: Option<&'a [f64]>,
    /// The weight of each expert, 0 or between 1e-100 and 1e100; [`Method::WeightedMean`] only.
    pub expert_weights: Option<&'a [f64]>,
    /// The most iterations.
    pub max_iterations: u32,
    /// The change of the objective that ends the fit: relative to it, for LFC-N for each answer.
    pub tolerance: f64,
    /// The most threads, 0 for one on every processor.
    pub threads: usize,
}

/// The arrays that a fit writes. A task without a counted answer and not known, and an expert without one, have NaN.
#[derive(Debug)]
pub struct Outcome<'a> {
    /// The estimate of each task.
    pub estimate: &'a mut [f64],
    /// The standard error of each estimate: 0 of a known one, NaN where it cannot be told.
    pub error: &'a mut [f64],
    /// The standard deviation of each task's answers about its estimate.
    pub spread: &'a mut [f64],
    /// The weight of each expert; together 1.
    pub weight: &'a mut [f64],
    /// How much each expert's answers lie above the estimates.
    pub bias: &'a mut [f64],
    /// The standard deviation of each expert's answers from the estimates.
    pub deviation: &'a mut [f64],
}

/// The least weight of an expert that is not 0, so that its products with other weights do not vanish.
const SMALLEST_TRUST: f64 = 1e-100;

impl<'a> Problem<'a> {
    /// A table with the default options: 5000 iterations, a tolerance of 1e-9, every answer counts, all processors.
    #[must_use]
    pub fn new(method: Method, sizes: [usize; 2], task: &'a [i32], expert: &'a [i32], value: &'a [f64]) -> Self {
        Self {
            method,
            sizes,
            task,
            expert,
            value,
            weight: None,
            repeats: Repeats::CountAll,
            known: None,
            expert_weights: None,
            max_iterations: 5000,
            tolerance: 1e-9,
            threads: 0,
        }
    }

    pub(super) fn check(&self) -> Result<(), FitError> {
        for (name, size) in ["tasks", "experts"].into_iter().zip(self.sizes) {
            if size == 0 || size > i32::MAX as usize {
                return refuse(format!("{name} is {size}, not in 1..={}", i32::MAX));
            }
        }
        let answers = self.task.len();
        if answers == 0 {
            return refuse("the table has no answers".to_owned());
        }
        let weights = self.weight.map_or(answers, <[f32]>::len);
        if self.expert.len() != answers || self.value.len() != answers || weights != answers {
            return refuse("the columns of the table differ in length".to_owned());
        }
        self.check_column("task", self.task, self.sizes[0])?;
        self.check_column("expert", self.expert, self.sizes[1])?;
        if let Some(row) = self.value.iter().position(|value| !value.is_finite()) {
            return refuse(format!("answer {row}: value {} is not finite; {}", self.value[row], self.row(row)));
        }
        self.check_weights()?;
        self.check_known()?;
        self.check_method()?;
        if !is_amount(self.tolerance) {
            return refuse(format!("tolerance is {}, which is not between 0 and 1e100", self.tolerance));
        }
        Ok(())
    }

    fn check_column(&self, name: &str, column: &[i32], size: usize) -> Result<(), FitError> {
        // One comparison covers both ends: a negative index is a large unsigned one.
        match column.iter().position(|&index| index as u32 as usize >= size) {
            None => Ok(()),
            Some(row) => {
                refuse(format!("answer {row}: {name} {} is outside 0..{size}; {}", column[row], self.row(row)))
            }
        }
    }

    fn row(&self, row: usize) -> String {
        format!("task {}, expert {}, value {:?}", self.task[row], self.expert[row], self.value[row])
    }

    fn check_weights(&self) -> Result<(), FitError> {
        let bad = |weight: &f32| !is_amount(f64::from(*weight));
        if let Some((row, weight)) = self.weight.and_then(|all| all.iter().enumerate().find(|(_, weight)| bad(weight)))
        {
            return refuse(format!("answer {row}: weight {weight} is not finite and at least 0; {}", self.row(row)));
        }
        let Some(weights) = self.expert_weights else { return Ok(()) };
        if self.method != Method::WeightedMean {
            return refuse("expert_weights are for the weighted mean only".to_owned());
        }
        if weights.len() != self.sizes[1] {
            return refuse(format!("expert_weights has {} elements for {} experts", weights.len(), self.sizes[1]));
        }
        let bad = |weight: &f64| *weight != 0.0 && !(*weight >= SMALLEST_TRUST && is_amount(*weight));
        match weights.iter().position(bad) {
            None => Ok(()),
            Some(expert) => refuse(format!(
                "weight of expert {expert}: {} is neither 0 nor between 1e-100 and 1e100",
                weights[expert]
            )),
        }
    }

    fn check_known(&self) -> Result<(), FitError> {
        let Some(known) = self.known else { return Ok(()) };
        if known.len() != self.sizes[0] {
            return refuse(format!("known has {} elements for {} tasks", known.len(), self.sizes[0]));
        }
        match known.iter().position(|value| value.is_infinite()) {
            None => Ok(()),
            Some(task) => refuse(format!("known value of task {task}: {} is not finite", known[task])),
        }
    }

    fn check_method(&self) -> Result<(), FitError> {
        match self.method {
            Method::TrimmedMean { fraction } if !(0.0..0.5).contains(&fraction) => {
                refuse(format!("fraction is {fraction}, which is not at least 0 and below 0.5"))
            }
            Method::LfcN { smoothing, .. } if !is_amount(smoothing) => {
                refuse(format!("smoothing is {smoothing}, which is not between 0 and 1e100"))
            }
            Method::Catd { significance } if !(1e-9..=1.0).contains(&significance) => {
                refuse(format!("significance is {significance}, which is not between 1e-9 and 1"))
            }
            _ => Ok(()),
        }
    }
}

impl Outcome<'_> {
    pub(super) fn check(&self, problem: &Problem<'_>) -> Result<(), FitError> {
        let [tasks, experts] = problem.sizes;
        let sizes = [
            ("estimate", self.estimate.len(), tasks),
            ("error", self.error.len(), tasks),
            ("spread", self.spread.len(), tasks),
            ("weight", self.weight.len(), experts),
            ("bias", self.bias.len(), experts),
            ("deviation", self.deviation.len(), experts),
        ];
        match sizes.into_iter().find(|(_, length, expected)| length != expected) {
            None => Ok(()),
            Some((name, length, expected)) => refuse(format!("{name} has {length} elements, not {expected}")),
        }
    }
}

/// A result that owns its arrays.
#[derive(Clone, Debug, Default)]
pub struct Solution {
    /// The estimate of each task.
    pub estimate: Vec<f64>,
    /// The standard error of each estimate.
    pub error: Vec<f64>,
    /// The standard deviation of each task's answers about its estimate.
    pub spread: Vec<f64>,
    /// The weight of each expert; together 1.
    pub weight: Vec<f64>,
    /// How much each expert's answers lie above the estimates.
    pub bias: Vec<f64>,
    /// The standard deviation of each expert's answers from the estimates.
    pub deviation: Vec<f64>,
}

impl Solution {
    /// Arrays for the result of a problem.
    #[must_use]
    pub fn new(problem: &Problem<'_>) -> Self {
        let [tasks, experts] = problem.sizes.map(|size| vec![0.0; size]);
        Self {
            estimate: tasks.clone(),
            error: tasks.clone(),
            spread: tasks,
            weight: experts.clone(),
            bias: experts.clone(),
            deviation: experts,
        }
    }

    /// The arrays, lent to a fit.
    pub fn outcome(&mut self) -> Outcome<'_> {
        Outcome {
            estimate: &mut self.estimate,
            error: &mut self.error,
            spread: &mut self.spread,
            weight: &mut self.weight,
            bias: &mut self.bias,
            deviation: &mut self.deviation,
        }
    }
}
