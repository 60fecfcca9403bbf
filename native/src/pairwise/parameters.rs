//! The methods' own options: their order, their ranges and their defaults.

use super::problem::{Method, Problem, refuse};
use crate::consensus::FitError;

/// What an amount may be at most, so that no sum of them overflows.
const LARGEST: f64 = 1e100;

/// An option: its name, its least and its greatest value, and whether it is an integer.
struct Parameter(&'static str, f64, f64, bool);

impl Method {
    /// The method's own options with their default values, in the order in which a [`Problem`] has them: those of
    /// Bradley-Terry are ties (0 half a win for both, 1 Davidson, 2 Rao and Kupper), solver (0 Newton, 1 minorisation), order
    /// effect (0 or 1), prior precision, adjustment, and the most parameters for standard errors; those of noisy
    /// Bradley-Terry the pull of the scores to 0 and the precision of the experts; of Elo the step, the base, the scale and
    /// the initial rating; of the win rate 1 for a pooled rate; of Newman the tie parameter to start from; of PageRank the
    /// damping; of Kemeny the most items of an exact search.
    #[must_use]
    pub fn defaults(self) -> &'static [f64] {
        match self {
            Self::BradleyTerry => &[0.0, 0.0, 0.0, 0.0, 0.0, 1000.0],
            Self::NoisyBradleyTerry => &[1e-5, 1.0],
            Self::Elo => &[30.0, 10.0, 400.0, 1000.0],
            Self::WinRate => &[0.0],
            Self::Newman => &[0.5],
            Self::PageRank => &[0.85],
            Self::Kemeny => &[16.0],
            Self::Eigenvector | Self::Borda | Self::Copeland => &[],
        }
    }

    fn parameters(self) -> &'static [Parameter] {
        match self {
            Self::BradleyTerry => &[
                Parameter("ties", 0.0, 2.0, true),
                Parameter("solver", 0.0, 1.0, true),
                Parameter("order effect", 0.0, 1.0, true),
                Parameter("prior", 0.0, LARGEST, false),
                Parameter("adjustment", 0.0, LARGEST, false),
                Parameter("limit of standard errors", 0.0, 10_000.0, true),
            ],
            Self::NoisyBradleyTerry => {
                &[Parameter("regularization", 0.0, LARGEST, false), Parameter("expert precision", 0.0, LARGEST, false)]
            }
            Self::Elo => &[
                Parameter("k", 0.0, LARGEST, false),
                Parameter("base", 1.0 + f64::EPSILON, LARGEST, false),
                Parameter("scale", 1.0 / LARGEST, LARGEST, false),
                Parameter("initial rating", -LARGEST, LARGEST, false),
            ],
            Self::WinRate => &[Parameter("pooled", 0.0, 1.0, true)],
            Self::Newman => &[Parameter("initial tie parameter", 0.0, LARGEST, false)],
            Self::PageRank => &[Parameter("damping", 0.0, 1.0, false)],
            Self::Kemeny => &[Parameter("exact limit", 0.0, 20.0, true)],
            Self::Eigenvector | Self::Borda | Self::Copeland => &[],
        }
    }
}

/// Refuses options out of their range, and those that contradict each other.
pub(super) fn check(problem: &Problem<'_>) -> Result<(), FitError> {
    let (expected, given) = (problem.method.parameters(), problem.parameters);
    if given.len() != expected.len() {
        let text = format!("{:?} has {} parameters, not {}", problem.method, expected.len(), given.len());
        return refuse(text);
    }
    for (Parameter(name, least, most, integer), value) in expected.iter().zip(given) {
        if !(least..=most).contains(&value) || (*integer && value.trunc() != *value) {
            let kind = if *integer { "an integer" } else { "a number" };
            return refuse(format!("{name} is {value:?}, not {kind} from {least:?} to {most:?}"));
        }
    }
    match problem.method {
        Method::BradleyTerry => {
            let [ties, solver, order, prior, adjustment, _] = *given else { unreachable!("their number was checked") };
            if solver == 1.0 && (ties != 0.0 || order != 0.0 || prior != 0.0 || adjustment != 0.0) {
                return refuse(
                    "minorisation knows neither tie parameters nor order effect, prior and adjustment".to_owned(),
                );
            }
            if adjustment > 0.0 && ties != 0.0 {
                return refuse("an adjustment of the wins demands that ties are half wins".to_owned());
            }
        }
        Method::NoisyBradleyTerry if problem.expert.is_none() => {
            return refuse("noisy Bradley-Terry needs the expert of each comparison".to_owned());
        }
        _ => {}
    }
    Ok(())
}
