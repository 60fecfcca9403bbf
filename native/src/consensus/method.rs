//! The methods by name and number, and what each needs and gives: one row each.

/// A method.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// The share of each label among the answers.
    MajorityVote,
    /// The share of each label among the answers' weights.
    WeightedVote,
    /// A confusion matrix for each expert (Dawid and Skene, 1979).
    DawidSkene,
    /// One skill for each expert.
    OneCoinDawidSkene,
    /// Experts weighed by their agreement with the majority.
    Wawa,
    /// Skills that follow the agreement with the vote that they weigh.
    ZeroBasedSkill,
    /// Experts weighed by how often they are right about known tasks.
    GoldMajorityVote,
    /// Experts weighed by a confidence interval of their precision (Li et al., 2014).
    Catd,
    /// Experts weighed by the logarithm of their errors (CRH; Li et al., 2014).
    Pm,
    /// Experts weighed by a robust factor of their agreement (Ma and Olshevsky, 2020).
    Mmsr,
    /// Messages between tasks and experts (Karger, Oh and Shah, 2014).
    Kos,
    /// One reliability for each expert, every label equally likely (Demartini and others, 2012).
    ZenCrowd,
    /// Experts who know the answer or spam (Hovy and others, 2013).
    Mace,
    /// The ability of each expert and the difficulty of each task (Whitehill and others, 2009).
    Glad,
    /// Dawid-Skene with priors, by variational Bayes (Kim and Ghahramani, 2012).
    Ibcc,
    /// The same with groups of alike tasks in each class (Li, Rubinstein and Cohn, 2019).
    Ebcc,
    /// Ordered labels by cumulative binary problems (Frank and Hall, 2001).
    Ordinal,
    /// Several models combined, and tempered where experts err together.
    Auto,
}

/// What a method is called, needs and gives.
#[derive(Clone, Copy, Debug)]
pub struct Traits {
    /// The method.
    pub method: Method,
    /// Its number in the C interface; append-only.
    pub number: i32,
    /// Its name in lower case with hyphens.
    pub id: &'static str,
    /// Whether it gives confusion matrices.
    pub confusion: bool,
    /// Whether it gives a raw weight for each expert.
    pub weight: bool,
    /// Whether it gives a difficulty for each task.
    pub difficulty: bool,
    /// How many numbers its report has.
    pub report: usize,
    /// The options that it alone has, in their order.
    pub parameters: &'static [Parameter],
}

/// An option of one method.
#[derive(Clone, Copy, Debug)]
pub struct Parameter {
    /// Its name.
    pub name: &'static str,
    /// What holds when no parameters are given.
    pub default: f64,
    /// The least value.
    pub least: f64,
    /// The greatest value.
    pub greatest: f64,
    /// Whether it is a whole number.
    pub whole: bool,
}

impl Traits {
    const fn new(method: Method, number: i32, id: &'static str) -> Self {
        Self { method, number, id, confusion: false, weight: false, difficulty: false, report: 0, parameters: &[] }
    }

    const fn with_confusion(self) -> Self {
        Self { confusion: true, ..self }
    }

    const fn with_report(self, report: usize) -> Self {
        Self { report, ..self }
    }

    const fn with_weight(self) -> Self {
        Self { weight: true, ..self }
    }

    const fn with_difficulty(self) -> Self {
        Self { difficulty: true, ..self }
    }

    const fn with_parameters(self, parameters: &'static [Parameter]) -> Self {
        Self { parameters, ..self }
    }
}

/// Every method, in the order of their numbers.
static ALL: [Traits; 18] = [
    Traits::new(Method::MajorityVote, 0, "majority-vote"),
    Traits::new(Method::WeightedVote, 1, "weighted-vote"),
    Traits::new(Method::DawidSkene, 2, "dawid-skene").with_confusion(),
    Traits::new(Method::OneCoinDawidSkene, 3, "one-coin-dawid-skene").with_confusion(),
    Traits::new(Method::Wawa, 4, "wawa"),
    Traits::new(Method::ZeroBasedSkill, 5, "zero-based-skill").with_parameters(&[
        Parameter { name: "learning rate", default: 1.0, least: 0.0, greatest: 1.0, whole: false },
        Parameter { name: "steps to reduce", default: 20.0, least: 1.0, greatest: 2_147_483_647.0, whole: true },
        Parameter { name: "reduce factor", default: 0.5, least: 0.0, greatest: 1.0, whole: false },
    ]),
    Traits::new(Method::GoldMajorityVote, 6, "gold-majority-vote"),
    Traits::new(Method::Catd, 7, "catd").with_weight().with_parameters(&[Parameter {
        name: "significance",
        default: 0.05,
        least: 1e-9,
        greatest: 1.0,
        whole: false,
    }]),
    Traits::new(Method::Pm, 8, "pm").with_weight(),
    Traits::new(Method::Mmsr, 9, "mmsr").with_weight(),
    Traits::new(Method::Kos, 10, "kos").with_weight().with_parameters(&[Parameter {
        name: "balanced",
        default: 1.0,
        least: 0.0,
        greatest: 1.0,
        whole: true,
    }]),
    Traits::new(Method::ZenCrowd, 11, "zen-crowd").with_confusion().with_parameters(&[real("start", 0.8, 0.0, 1.0)]),
    Traits::new(Method::Mace, 12, "mace").with_confusion().with_parameters(&[
        whole("variational", 1.0, 0.0, 1.0),
        whole("restarts", 8.0, 1.0, 1000.0),
        real("alpha", 0.5, LEAST_PRIOR, MOST_PRIOR),
        real("beta", 0.5, LEAST_PRIOR, MOST_PRIOR),
        real("strategy", 10.0, LEAST_PRIOR, MOST_PRIOR),
    ]),
    Traits::new(Method::Glad, 13, "glad")
        .with_weight()
        .with_difficulty()
        .with_parameters(&[real("ability", 1.0, -10.0, 10.0), real("easiness", 1.0, -10.0, 10.0)]),
    Traits::new(Method::Ibcc, 14, "ibcc").with_confusion().with_parameters(&[
        real("right", 4.0, LEAST_PRIOR, MOST_PRIOR),
        real("wrong", 1.0, LEAST_PRIOR, MOST_PRIOR),
        real("classes", 1.0, LEAST_PRIOR, MOST_PRIOR),
    ]),
    Traits::new(Method::Ebcc, 15, "ebcc").with_confusion().with_parameters(&[
        whole("groups", 10.0, 1.0, 1000.0),
        whole("restarts", 10.0, 1.0, 1000.0),
        real("mixing", 0.1, LEAST_PRIOR, MOST_PRIOR),
        real("right", 4.0, LEAST_PRIOR, MOST_PRIOR),
        real("wrong", 1.0, LEAST_PRIOR, MOST_PRIOR),
    ]),
    Traits::new(Method::Ordinal, 16, "ordinal").with_parameters(&[Parameter {
        name: "one coin",
        default: 0.0,
        least: 0.0,
        greatest: 1.0,
        whole: true,
    }]),
    Traits::new(Method::Auto, 17, "auto").with_confusion().with_report(super::auto::REPORT),
];

/// The range of a prior count, far from where a digamma would leave the range of numbers.
const LEAST_PRIOR: f64 = 0.01;
const MOST_PRIOR: f64 = 1e6;

const fn real(name: &'static str, default: f64, least: f64, greatest: f64) -> Parameter {
    Parameter { name, default, least, greatest, whole: false }
}

const fn whole(name: &'static str, default: f64, least: f64, greatest: f64) -> Parameter {
    Parameter { name, default, least, greatest, whole: true }
}

impl Method {
    /// Every method, in the order of their numbers.
    pub fn all() -> impl Iterator<Item = Self> {
        ALL.iter().map(|traits| traits.method)
    }

    /// What it is called, needs and gives.
    #[must_use]
    pub fn traits(self) -> &'static Traits {
        &ALL[self as usize]
    }

    /// The method of a number of the C interface.
    #[must_use]
    pub fn of_number(number: i32) -> Option<Self> {
        ALL.iter().find(|traits| traits.number == number).map(|traits| traits.method)
    }

    /// The method of a name in lower case with hyphens.
    #[must_use]
    pub fn of_id(id: &str) -> Option<Self> {
        ALL.iter().find(|traits| traits.id == id).map(|traits| traits.method)
    }
}

impl Parameter {
    /// Whether it may have this value.
    #[must_use]
    pub fn accepts(&self, value: f64) -> bool {
        (self.least..=self.greatest).contains(&value) && (!self.whole || value.fract() == 0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_stand_in_the_order_of_the_methods() {
        for (at, traits) in ALL.iter().enumerate() {
            assert_eq!(traits.method as usize, at, "{}", traits.id);
            assert_eq!(Method::of_number(traits.number), Some(traits.method));
            assert_eq!(Method::of_id(traits.id), Some(traits.method));
        }
        assert!(ALL.windows(2).all(|pair| pair[0].number < pair[1].number));
    }

    #[test]
    fn defaults_are_in_range() {
        for parameter in ALL.iter().flat_map(|traits| traits.parameters) {
            assert!(parameter.accepts(parameter.default), "{}", parameter.name);
        }
    }
}
