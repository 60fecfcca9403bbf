//! Numeric answers: each method infers from a whole table of numbers the true value of every task and how far each expert
//! can be trusted. The methods' pages in `docs/methods` specify them bit for bit.
//!
//! ```
//! use coterie::consensus::Control;
//! use coterie::consensus::numeric::{Method, Problem, Solution, fit};
//!
//! // Three experts guess two numbers; the third guesses badly.
//! let problem = Problem::new(
//!     Method::Median,
//!     [2, 3],
//!     &[0, 0, 0, 1, 1, 1],
//!     &[0, 1, 2, 0, 1, 2],
//!     &[10.0, 12.0, 90.0, 3.0, 4.0, 50.0],
//! );
//! let mut solution = Solution::new(&problem);
//! fit(&problem, solution.outcome(), &Control::default())?;
//! assert_eq!(solution.estimate, [12.0, 4.0]);
//! # Ok::<(), coterie::consensus::FitError>(())
//! ```

mod answers;
mod catd;
mod lfc_n;
mod parts;
mod pm;
mod problem;
mod scale;
mod simple;
mod statistics;

pub use problem::{Loss, Method, Normaliser, Outcome, Problem, Solution};

use super::control::Watch;
use super::storage::filled;
use super::team::Team;
use super::{Control, FitError, Summary};
use answers::Answers;
use parts::{Part, cut, experts_of, report};

/// What a method tells of the experts; without a model of its own, their deviations from the estimates are described.
struct Experts {
    /// What the answers of each expert weigh, in any unit.
    trust: Vec<f64>,
    bias: Option<Vec<f64>>,
    deviation: Option<Vec<f64>>,
}

/// A fit's surroundings.
struct Scene<'a> {
    problem: &'a Problem<'a>,
    answers: &'a Answers,
    team: &'a Team<'a>,
    control: &'a Watch<'a>,
}

impl Scene<'_> {
    /// Does some work on every part, until the fit is cancelled.
    fn each(&self, parts: &mut [Part<'_>], work: impl Fn(&mut Part<'_>) + Sync) -> Result<(), FitError> {
        self.team.each(parts, |part| {
            if !self.control.is_cancelled() {
                work(part);
            }
        });
        self.control.check()
    }

    /// Repeats a step, which gives the objective, until that changes by no more than `allowed`.
    fn steps(
        &self,
        allowed: impl Fn(f64) -> f64,
        mut step: impl FnMut() -> Result<f64, FitError>,
    ) -> Result<Summary, FitError> {
        let mut summary = Summary { iterations: 0, converged: false, objective: f64::NAN };
        while summary.iterations < self.problem.max_iterations && !summary.converged {
            let previous = summary.objective;
            summary.objective = step()?;
            summary.iterations += 1;
            // NaN, before the second iteration, compares false.
            summary.converged = (summary.objective - previous).abs() <= allowed(summary.objective);
            self.control.report(summary.iterations);
        }
        Ok(summary)
    }

    /// The rule of the methods whose objective is a loss.
    fn relative(&self) -> impl Fn(f64) -> f64 + use<> {
        let tolerance = self.problem.tolerance;
        move |objective: f64| tolerance * objective.abs()
    }
}

/// The end of a fit that has nothing to repeat.
const AT_REST: Summary = Summary { iterations: 0, converged: true, objective: f64::NAN };

/// Fits one table and writes the result into the arrays of `outcome`, which also serve as working storage.
///
/// The result depends on the problem alone, not on the number of threads. Beyond the table and the result it takes at most
/// 32 bytes for each answer, 16 for each task, and some numbers for each expert and thread.
///
/// # Errors
///
/// [`FitError::Invalid`] when the problem or the size of an array is refused; the arrays are untouched then.
/// [`FitError::OutOfMemory`] and [`FitError::Cancelled`] as they say; the arrays hold anything then.
pub fn fit(problem: &Problem<'_>, mut outcome: Outcome<'_>, control: &Control) -> Result<Summary, FitError> {
    let control = &Watch::new(control);
    problem.check()?;
    outcome.check(problem)?;
    let answers = &Answers::build(problem)?;
    control.check()?;
    Team::with(problem.threads, answers.spans().len(), |team| {
        let scene = Scene { problem, answers, team, control };
        let mut parts = cut(answers, &mut outcome, problem.sizes[1])?;
        let parts = parts.as_mut_slice();
        let mut experts = Experts { trust: filled(problem.sizes[1])?, bias: None, deviation: None };
        for (trust, &answered) in experts.trust.iter_mut().zip(answers.answered()) {
            *trust = if answered > 0 { 1.0 } else { 0.0 };
        }
        scene.each(parts, |part| part.clear(answers))?;
        let summary = match problem.method {
            Method::LfcN { smoothing, bias, point } => {
                lfc_n::fit(&scene, parts, &mut experts, lfc_n::Options { smoothing, bias, point })?
            }
            Method::Catd { significance } => catd::fit(&scene, parts, &mut experts, significance)?,
            Method::Pm { loss, normaliser } => pm::fit(&scene, parts, &mut experts, loss, normaliser)?,
            _ => simple::fit(&scene, parts, &mut experts)?,
        };
        scene.each(parts, |part| part.describe(answers))?;
        let described = experts_of(answers, parts, experts)?;
        report(answers, described, &mut outcome);
        Ok(summary)
    })
}
