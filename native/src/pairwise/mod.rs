//! Scores and rankings of items from comparisons of two: who beats whom, in the eyes of which expert. The pages in
//! `docs/methods` specify each method bit for bit.
//!
//! ```
//! use coterie::consensus::Control;
//! use coterie::pairwise::{Method, Problem, Solution, fit};
//!
//! // Items 0 and 1 meet three times, 1 and 2 twice; outcome 0 is the left item, 1 the right one, 2 a tie.
//! let parameters = Method::BradleyTerry.defaults();
//! let problem = Problem::new(
//!     Method::BradleyTerry,
//!     3,
//!     &[0, 1, 0, 1, 2],
//!     &[1, 0, 1, 2, 1],
//!     &[0, 0, 0, 0, 0],
//!     parameters,
//! );
//! let mut solution = Solution::new(&problem);
//! let summary = fit(&problem, solution.outcome(), &Control::default())?;
//! assert!(summary.converged);
//! assert_eq!(solution.rank, [1, 2, 3]);
//! # Ok::<(), coterie::consensus::FitError>(())
//! ```

mod borda;
mod bradley_terry;
mod cells;
mod climb;
mod copeland;
mod deviation;
mod eigenvector;
mod elo;
mod graph;
mod kemeny;
mod likelihood;
mod logistic;
mod minorize;
mod newman;
mod newton;
mod noisy;
mod page_rank;
mod parameters;
mod problem;
mod win_rate;

pub use problem::{Method, Outcome, Problem, REPORT_LENGTH, Solution, Summary};

use crate::consensus::control::Watch;
use crate::consensus::{Control, FitError};
use cells::{Cells, Rows};
use graph::Graph;
use problem::Report;

/// Fits one table and writes the result into the arrays of `outcome`.
///
/// The result depends on the problem alone. Beyond table and result it takes about 60 bytes a comparison and 200 an item,
/// and for standard errors 4 bytes times the square of the items.
///
/// # Errors
///
/// [`FitError::Invalid`] when the problem or the size of an array is refused; the arrays are untouched then.
/// [`FitError::OutOfMemory`] and [`FitError::Cancelled`] as they say; the arrays hold anything then.
pub fn fit(problem: &Problem<'_>, mut outcome: Outcome<'_>, control: &Control) -> Result<Summary, FitError> {
    let control = &Watch::new(control);
    problem.check()?;
    outcome.check(problem)?;
    control.check()?;
    let rows = Rows::of(problem)?;
    let cells = Cells::of(&rows, problem.items, false)?;
    let graph = Graph::of(&cells, problem.items)?;
    outcome.error.fill(f64::NAN);
    outcome.skill.fill(f64::NAN);
    outcome.bias.fill(f64::NAN);
    let mut report = Report::default();
    let summary = match problem.method {
        Method::BradleyTerry => bradley_terry::fit(problem, &rows, cells, &graph, &mut outcome, &mut report, control),
        Method::NoisyBradleyTerry => noisy::fit(problem, rows, &graph, &mut outcome, &mut report, control),
        Method::Elo => elo::fit(problem, &rows, &mut outcome, control),
        Method::WinRate => win_rate::fit(problem, &cells, &mut outcome),
        Method::Newman => newman::fit(problem, cells, &graph, &mut outcome, &mut report, control),
        Method::Eigenvector => eigenvector::fit(problem, cells, &mut outcome, control),
        Method::PageRank => page_rank::fit(problem, cells, &mut outcome, control),
        Method::Borda => Ok(borda::fit(cells, &mut outcome)),
        Method::Copeland => Ok(copeland::fit(&cells, &mut outcome)),
        Method::Kemeny => kemeny::fit(problem, &cells, &mut outcome, &mut report, control),
    }?;
    report.components = graph.components() as f64;
    report.strong_components = graph.strong_components() as f64;
    graph.write(report.scale, &mut outcome)?;
    outcome.report.copy_from_slice(&report.values());
    Ok(summary)
}
