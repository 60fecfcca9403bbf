//! The methods: each infers from a whole table of answers the true label of every task and how far each expert can be
//! trusted. `docs/numerics.md` specifies them bit for bit.
//!
//! ```
//! use coterie::consensus::{Control, Method, Problem, Solution, fit};
//! use coterie::kernels::Kernels;
//!
//! // Three experts answer two tasks; the third is alone with its opinion on the second.
//! let problem = Problem::new(
//!     Method::DawidSkene,
//!     [2, 3, 2],
//!     &[0, 0, 0, 1, 1, 1],
//!     &[0, 1, 2, 0, 1, 2],
//!     &[1, 1, 1, 0, 0, 1],
//! );
//! let mut solution = Solution::new(&problem);
//! let summary = fit(Kernels::current(), &problem, solution.outcome(), &Control::default())?;
//! assert!(summary.converged);
//! assert_eq!(solution.answer, [1, 0]);
//! # Ok::<(), coterie::consensus::FitError>(())
//! ```

pub(crate) mod control;
mod dawid_skene;
mod decide;
mod index;
mod method;
mod one_coin;
mod problem;
mod spans;
pub(crate) mod storage;
mod team;
mod vote;

pub use control::Control;
pub use method::{Method, Parameter, Traits};
pub use problem::{FitError, Outcome, PriorCounts, Problem, Repeats, Solution, Summary};

use crate::kernels::Kernels;
use control::Watch;
use index::{Form, Index};
use team::Team;

/// Fits one table and writes the result into the arrays of `outcome`, which also serve as working storage.
///
/// The result depends on the problem alone, not on the kernels' instruction set and not on the number of threads.
/// Beyond the table and the result it takes at most 24 bytes for each answer, 8 for each task, and the count tables.
///
/// # Errors
///
/// [`FitError::Invalid`] when the problem or the size of an array is refused; the arrays are untouched then.
/// [`FitError::OutOfMemory`], [`FitError::Cancelled`] and [`FitError::Unsupported`] as they say; the arrays hold
/// anything then.
pub fn fit(
    kernels: Kernels,
    problem: &Problem<'_>,
    mut outcome: Outcome<'_>,
    control: &Control,
) -> Result<Summary, FitError> {
    let control = &Watch::new(control);
    problem.check()?;
    outcome.check(problem)?;
    let labels = problem.sizes[2];
    let (form, cells, walked_often) = match problem.method {
        Method::MajorityVote | Method::WeightedVote => (Form::Pairs, 1, false),
        Method::DawidSkene => (Form::Rows, labels.saturating_mul(labels), true),
        Method::OneCoinDawidSkene => (Form::Pairs, 1, true),
    };
    let index = Index::build(problem, form, cells, walked_often)?;
    control.check()?;
    Team::with(problem.threads, index.spans().len(), |team| match problem.method {
        Method::MajorityVote | Method::WeightedVote => vote::fit(problem, &index, &mut outcome, team, control),
        Method::DawidSkene => dawid_skene::fit(kernels, problem, &index, &mut outcome, team, control),
        Method::OneCoinDawidSkene => one_coin::fit(kernels, problem, &index, &mut outcome, team, control),
    })
}
