//! What to fit and where the result goes, with every check that a table of comparisons must pass.

use super::parameters;
use crate::consensus::FitError;

/// The number of elements of a report.
pub const REPORT_LENGTH: usize = 9;

/// A method.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// The log-odds of winning add up from the items' scores (Bradley and Terry, 1952).
    BradleyTerry,
    /// Bradley-Terry with a skill and a bias for each expert (Chen and others, 2013).
    NoisyBradleyTerry,
    /// Ratings that move with each comparison in turn (Elo, 1978).
    Elo,
    /// The share of points won.
    WinRate,
    /// Bradley-Terry with ties by a fast iteration (Newman, 2023).
    Newman,
    /// A win counts as much as the item that was beaten.
    Eigenvector,
    /// Where a walk from losers to winners dwells.
    PageRank,
    /// The points won.
    Borda,
    /// The opponents beaten more often than not.
    Copeland,
    /// The order that contradicts the fewest comparisons.
    Kemeny,
}

/// A table of comparisons and the options of the method.
#[derive(Clone, Debug)]
pub struct Problem<'a> {
    /// The method.
    pub method: Method,
    /// The number of items, at least 1.
    pub items: usize,
    /// The number of experts, 0 when they are not known.
    pub experts: usize,
    /// The expert of each comparison; `None` when they are not known.
    pub expert: Option<&'a [i32]>,
    /// The left item of each comparison.
    pub left: &'a [i32],
    /// The right item of each comparison, another one than the left.
    pub right: &'a [i32],
    /// 0 when the left item wins, 1 when the right one does, 2 for a tie.
    pub outcome: &'a [i32],
    /// The weight of each comparison, finite and not negative; `None` when all are 1. Weight 0 is as if it were not there.
    pub weight: Option<&'a [f32]>,
    /// The method's own options in their fixed order; see [`Method::defaults`].
    pub parameters: &'a [f64],
    /// The most iterations.
    pub max_iterations: u32,
    /// What ends the iterations; each method says how.
    pub tolerance: f64,
}

/// The arrays that a fit writes.
#[derive(Debug)]
pub struct Outcome<'a> {
    /// The score of each item; more is better.
    pub score: &'a mut [f64],
    /// The standard error of each score, NaN where there is none.
    pub error: &'a mut [f64],
    /// The place of each item, 1 for the best.
    pub rank: &'a mut [i32],
    /// The connected component of each item.
    pub component: &'a mut [i32],
    /// The strongly connected component of each item.
    pub strong: &'a mut [i32],
    /// The skill of each expert, NaN where the method has none.
    pub skill: &'a mut [f64],
    /// The bias of each expert, NaN where the method has none.
    pub bias: &'a mut [f64],
    /// [`REPORT_LENGTH`] figures; NaN for those that the method does not have.
    pub report: &'a mut [f64],
}

/// How a fit ended.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Summary {
    /// Iterations done.
    pub iterations: u32,
    /// Whether the tolerance ended it; true for methods that do not iterate.
    pub converged: bool,
    /// What the method maximises or minimises; NaN for methods that do neither.
    pub objective: f64,
}

impl Summary {
    /// That of a method which does not iterate and has no objective.
    pub(super) const PLAIN: Self = Self { iterations: 0, converged: true, objective: f64::NAN };
}

/// Within which items scores can be compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scale {
    One,
    Components,
    StrongComponents,
}

/// The figures of a report.
pub(super) struct Report {
    pub(super) tie: f64,
    pub(super) tie_error: f64,
    pub(super) order: f64,
    pub(super) order_error: f64,
    pub(super) components: f64,
    pub(super) strong_components: f64,
    pub(super) scale: Scale,
    pub(super) proven: f64,
    pub(super) mean_skill: f64,
}

impl Default for Report {
    fn default() -> Self {
        const NONE: f64 = f64::NAN;
        Self {
            tie: NONE,
            tie_error: NONE,
            order: NONE,
            order_error: NONE,
            components: NONE,
            strong_components: NONE,
            scale: Scale::One,
            proven: NONE,
            mean_skill: NONE,
        }
    }
}

impl Report {
    pub(super) fn values(&self) -> [f64; REPORT_LENGTH] {
        [
            self.tie,
            self.tie_error,
            self.order,
            self.order_error,
            self.components,
            self.strong_components,
            f64::from(self.scale as u8),
            self.proven,
            self.mean_skill,
        ]
    }
}

pub(super) fn refuse<T>(text: String) -> Result<T, FitError> {
    Err(FitError::Invalid(text))
}

impl<'a> Problem<'a> {
    /// A table without experts and weights, 100 iterations, a tolerance of 1e-10.
    #[must_use]
    pub fn new(
        method: Method,
        items: usize,
        left: &'a [i32],
        right: &'a [i32],
        outcome: &'a [i32],
        parameters: &'a [f64],
    ) -> Self {
        Self {
            method,
            items,
            experts: 0,
            expert: None,
            left,
            right,
            outcome,
            weight: None,
            parameters,
            max_iterations: 100,
            tolerance: 1e-10,
        }
    }

    pub(super) fn check(&self) -> Result<(), FitError> {
        let most = i32::MAX;
        if self.items == 0 || self.items > most as usize {
            return refuse(format!("items is {}, not in 1..={most}", self.items));
        }
        if self.experts > most as usize {
            return refuse(format!("experts is {}, not in 0..={most}", self.experts));
        }
        let size = self.left.len();
        if size == 0 {
            return refuse("the table has no comparisons".to_owned());
        }
        let lengths = [self.right.len(), self.outcome.len(), self.weight.map_or(size, <[f32]>::len)];
        if lengths.iter().any(|&length| length != size) || self.expert.is_some_and(|column| column.len() != size) {
            return refuse("the columns of the table differ in length".to_owned());
        }
        if self.expert.is_some() == (self.experts == 0) {
            return refuse("expert and experts contradict each other".to_owned());
        }
        (0..size).try_for_each(|row| self.check_row(row))?;
        parameters::check(self)?;
        if !(0.0..=1e100).contains(&self.tolerance) {
            return refuse(format!("tolerance is {}, which is not between 0 and 1e100", self.tolerance));
        }
        Ok(())
    }

    fn check_row(&self, row: usize) -> Result<(), FitError> {
        let (left, right, items) = (self.left[row], self.right[row], self.items);
        for (name, item) in [("left", left), ("right", right)] {
            if item < 0 || item as usize >= items {
                return refuse(format!("comparison {row}: {name} item {item} is outside 0..{items}"));
            }
        }
        if left == right {
            return refuse(format!("comparison {row}: item {left} is compared with itself"));
        }
        let outcome = self.outcome[row];
        if !(0..=2).contains(&outcome) {
            return refuse(format!("comparison {row}: outcome {outcome} is not 0 (left), 1 (right) or 2 (tie)"));
        }
        if let Some(expert) = self.expert.map(|column| column[row])
            && (expert < 0 || expert as usize >= self.experts)
        {
            return refuse(format!("comparison {row}: expert {expert} is outside 0..{}", self.experts));
        }
        match self.weight.map(|weights| weights[row]) {
            Some(weight) if !(0.0..=f32::MAX).contains(&weight) => refuse(format!(
                "comparison {row}: weight {weight} is not finite and at least 0; left {left}, right {right}"
            )),
            _ => Ok(()),
        }
    }
}

impl Outcome<'_> {
    pub(super) fn check(&self, problem: &Problem<'_>) -> Result<(), FitError> {
        let (items, experts) = (problem.items, problem.experts);
        let sizes = [
            ("score", self.score.len(), items),
            ("error", self.error.len(), items),
            ("rank", self.rank.len(), items),
            ("component", self.component.len(), items),
            ("strong", self.strong.len(), items),
            ("skill", self.skill.len(), experts),
            ("bias", self.bias.len(), experts),
            ("report", self.report.len(), REPORT_LENGTH),
        ];
        match sizes.into_iter().find(|(_, length, expected)| length != expected) {
            Some((name, length, expected)) => refuse(format!("{name} has {length} elements, not {expected}")),
            None => Ok(()),
        }
    }
}

/// A result that owns its arrays.
#[derive(Clone, Debug, Default)]
pub struct Solution {
    /// The score of each item.
    pub score: Vec<f64>,
    /// The standard error of each score.
    pub error: Vec<f64>,
    /// The place of each item.
    pub rank: Vec<i32>,
    /// The connected component of each item.
    pub component: Vec<i32>,
    /// The strongly connected component of each item.
    pub strong: Vec<i32>,
    /// The skill of each expert.
    pub skill: Vec<f64>,
    /// The bias of each expert.
    pub bias: Vec<f64>,
    /// The figures of the report.
    pub report: Vec<f64>,
}

impl Solution {
    /// Arrays for the result of a problem.
    #[must_use]
    pub fn new(problem: &Problem<'_>) -> Self {
        let (items, experts) = (problem.items, problem.experts);
        Self {
            score: vec![0.0; items],
            error: vec![0.0; items],
            rank: vec![0; items],
            component: vec![0; items],
            strong: vec![0; items],
            skill: vec![0.0; experts],
            bias: vec![0.0; experts],
            report: vec![0.0; REPORT_LENGTH],
        }
    }

    /// The arrays as a fit takes them.
    pub fn outcome(&mut self) -> Outcome<'_> {
        Outcome {
            score: &mut self.score,
            error: &mut self.error,
            rank: &mut self.rank,
            component: &mut self.component,
            strong: &mut self.strong,
            skill: &mut self.skill,
            bias: &mut self.bias,
            report: &mut self.report,
        }
    }
}
