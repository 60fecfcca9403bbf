//! What to measure.

use crate::consensus::{FitError, Repeats};

/// A measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// Krippendorff's alpha; options: scale (0 nominal, 1 ordinal, 2 interval, 3 ratio), replicates, confidence.
    KrippendorffAlpha,
    /// Cohen's kappa; options: weighting (0 none, 1 linear, 2 quadratic), two experts or -1 and -1 for all pairs.
    CohenKappa,
    /// Fleiss' kappa.
    FleissKappa,
    /// The share of pairs of answers that agree.
    ObservedAgreement,
    /// The entropy of the answers; option: 0 by task, 1 by expert.
    Uncertainty,
    /// The posterior of the given answers under the given skills.
    Consistency,
    /// The share of the answers that are right.
    Accuracy,
    /// How well posteriors are calibrated; option: the number of bins.
    Calibration,
    /// Pearson's, Spearman's and Kendall's correlation.
    Correlation,
    /// Mean absolute error and its kin.
    Error,
}

impl Measure {
    /// All measures in the order of their numbers.
    pub const ALL: [Self; 10] = [
        Self::KrippendorffAlpha,
        Self::CohenKappa,
        Self::FleissKappa,
        Self::ObservedAgreement,
        Self::Uncertainty,
        Self::Consistency,
        Self::Accuracy,
        Self::Calibration,
        Self::Correlation,
        Self::Error,
    ];
}

/// The columns of a table of answers.
#[derive(Clone, Copy, Debug)]
pub struct Table<'a> {
    /// The task of each answer.
    pub task: &'a [i32],
    /// The expert of each answer.
    pub expert: &'a [i32],
    /// The label of each answer; `None` where the answers are numbers, which are in [`Problem::first`] then.
    pub label: Option<&'a [i32]>,
    /// The weight of each answer, finite and not negative; `None` when all are 1. Only the uncertainty takes weights.
    pub weight: Option<&'a [f32]>,
}

impl<'a> Table<'a> {
    /// A table of labels of weight 1.
    #[must_use]
    pub fn new(task: &'a [i32], expert: &'a [i32], label: &'a [i32]) -> Self {
        Self { task, expert, label: Some(label), weight: None }
    }
}

/// A measure and what it takes.
#[derive(Clone, Debug)]
pub struct Problem<'a> {
    /// The measure.
    pub measure: Measure,
    /// The table, for a measure of one.
    pub table: Option<Table<'a>>,
    /// The numbers of tasks, experts and labels; 0 where the measure has none.
    pub sizes: [usize; 3],
    /// What becomes of several answers of one expert to one task. Cohen's kappa always takes the last.
    pub repeats: Repeats,
    /// Numbers: the value of each label or answer, the skill of each expert, posteriors, or the first of two series.
    pub first: Option<&'a [f64]>,
    /// The second of two series.
    pub second: Option<&'a [f64]>,
    /// The known label of each task, or -1.
    pub known: Option<&'a [i32]>,
    /// The options of the measure, in its order.
    pub options: &'a [f64],
    /// The seed of the bootstrap.
    pub seed: u64,
}

impl Problem<'_> {
    /// A problem without data.
    #[must_use]
    pub fn new(measure: Measure) -> Self {
        Self {
            measure,
            table: None,
            sizes: [0; 3],
            repeats: Repeats::CountAll,
            first: None,
            second: None,
            known: None,
            options: &[],
            seed: 0,
        }
    }

    /// The number of elements in the result.
    ///
    /// # Errors
    ///
    /// [`FitError::Invalid`] when there are too few options, or it is more than memory can hold.
    pub fn length(&self) -> Result<usize, FitError> {
        let [tasks, experts, labels] = self.sizes;
        let option = |at: usize| {
            let missing = || FitError::Invalid(format!("option {at} is missing"));
            self.options.get(at).copied().ok_or_else(missing)
        };
        let length = match self.measure {
            Measure::KrippendorffAlpha => {
                let by_label = option(0)? == 0.0 && self.table.is_some_and(|table| table.label.is_some());
                experts.checked_add(if by_label { labels } else { 0 }).and_then(|all| all.checked_add(9))
            }
            Measure::CohenKappa if option(1)? >= 0.0 => Some(5),
            Measure::CohenKappa => {
                let pairs = experts.checked_mul(experts.saturating_sub(1)).map(|twice| twice / 2);
                pairs.and_then(|pairs| pairs.checked_mul(3)).and_then(|all| all.checked_add(2))
            }
            Measure::FleissKappa => Some(8),
            Measure::ObservedAgreement => tasks.checked_add(5),
            Measure::Uncertainty => (if option(0)? == 0.0 { tasks } else { experts }).checked_add(2),
            Measure::Consistency => tasks.checked_add(2),
            Measure::Accuracy => tasks.checked_add(experts).and_then(|all| all.checked_add(3)),
            Measure::Calibration => Some(8 + 6 * (option(0)? as usize).min(1 << 24)),
            Measure::Correlation => Some(4),
            Measure::Error => Some(5),
        };
        let too_long = || FitError::Invalid("the result is more than memory can hold".to_owned());
        length.filter(|&length| length <= isize::MAX as usize / 8).ok_or_else(too_long)
    }
}
