//! Measures of agreement and quality: how far experts agree beyond chance, how uncertain a table is, how well a posterior
//! is calibrated. `docs/methods/agreement.md` specifies them bit for bit.
//!
//! ```
//! use coterie::agreement::{Measure, Problem, Table, measure};
//! use coterie::consensus::Control;
//!
//! // Two experts agree on two tasks of three.
//! let table = Table::new(&[0, 0, 1, 1, 2, 2], &[0, 1, 0, 1, 0, 1], &[0, 0, 1, 1, 0, 1]);
//! let problem = Problem {
//!     table: Some(table),
//!     sizes: [3, 2, 2],
//!     options: &[0.0, 0.0, 0.95],
//!     ..Problem::new(Measure::KrippendorffAlpha)
//! };
//! let mut out = vec![0.0; problem.length()?];
//! measure(&problem, &mut out, &Control::default())?;
//! assert!((out[1] - 0.4444).abs() < 1e-4);
//! # Ok::<(), coterie::consensus::FitError>(())
//! ```

mod accuracy;
mod alpha;
mod calibration;
mod check;
mod cohen;
mod consistency;
mod correlation;
mod fleiss;
mod groups;
mod problem;
mod scale;
mod uncertainty;

pub use problem::{Measure, Problem, Table};

use crate::consensus::control::Watch;
use crate::consensus::{Control, FitError};

/// What stands for an undefined number.
const UNDEFINED: f64 = f64::from_bits(0x7FF8_0000_0000_0000);
/// The first number of a coefficient's result: it is defined.
const IS_DEFINED: f64 = 0.0;
/// No task has two answers that can be compared.
const NO_PAIRS: f64 = 1.0;
/// All answers that can be compared are the same, so that chance agreement is complete.
const NO_VARIATION: f64 = 2.0;

/// Computes one measure into `out`, whose layout `docs/methods/agreement.md` gives for each.
///
/// The result depends on the problem alone. It runs on the calling thread and takes memory in proportion to the answers.
///
/// # Errors
///
/// [`FitError::Invalid`] when the problem or the length of `out` is refused; `out` is untouched then.
/// [`FitError::OutOfMemory`] and [`FitError::Cancelled`] as they say; `out` holds anything then.
pub fn measure(problem: &Problem<'_>, out: &mut [f64], control: &Control) -> Result<(), FitError> {
    let watch = &Watch::new(control);
    check::check(problem)?;
    let length = problem.length()?;
    if out.len() != length {
        return Err(FitError::Invalid(format!("out has {} elements, not {length}", out.len())));
    }
    watch.check()?;
    match problem.measure {
        Measure::KrippendorffAlpha => alpha::measure(problem, out, watch),
        Measure::CohenKappa => cohen::measure(problem, out, watch),
        Measure::FleissKappa => fleiss::kappa(problem, out),
        Measure::ObservedAgreement => fleiss::observed(problem, out),
        Measure::Uncertainty => uncertainty::measure(problem, out),
        Measure::Consistency => consistency::measure(problem, out),
        Measure::Accuracy => accuracy::measure(problem, out),
        Measure::Calibration => calibration::measure(problem, out),
        Measure::Correlation => correlation::measure(problem, out, watch),
        Measure::Error => correlation::error(problem, out),
    }
}
