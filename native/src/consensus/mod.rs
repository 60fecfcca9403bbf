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

mod auto;
pub(crate) mod control;
mod dawid_skene;
mod decide;
mod dirichlet;
mod ebcc;
mod glad;
mod ibcc;
mod index;
mod mace;
mod method;
pub mod multi_label;
pub mod numeric;
mod one_coin;
pub mod ordinal;
mod problem;
mod race;
pub(crate) mod random;
mod recount;
mod reliability;
mod spans;
pub(crate) mod storage;
pub(crate) mod team;
mod vote;

pub use control::Control;
pub use method::{Method, Parameter, Traits};
pub use problem::{FitError, Outcome, PriorCounts, Problem, Repeats, Solution, Summary};

use crate::kernels::Kernels;
use control::Watch;
use index::{Form, Index};
use team::Team;

pub(crate) use decide::choose;
pub(crate) use recount::{Recount, recount};
pub(crate) use storage::{empty, filled};

/// Fits one table and writes the result into the arrays of `outcome`, which also serve as working storage.
///
/// The result depends on the problem alone, not on the kernels' instruction set and not on the number of threads.
/// Beyond the table and the result it takes at most 24 bytes for each answer, 8 for each task, and the count tables;
/// [`Method::Auto`] also takes up to seven posteriors, ten with known labels, and seven confusion tables more. KOS
/// 16 bytes more for each answer, M-MSR 20 more and 40 for each pair of experts with a task in common.
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
    if problem.method == Method::Ordinal {
        return ordinal::fit(kernels, problem, &mut outcome, control);
    }
    let control = &Watch::new(control);
    problem.check()?;
    outcome.check(problem)?;
    reliability::check(problem)?;
    let labels = problem.sizes[2];
    let (form, cells, walked_often) = match problem.method {
        Method::MajorityVote | Method::WeightedVote => (Form::Pairs, 1, false),
        Method::DawidSkene => (Form::Rows, labels.saturating_mul(labels), true),
        Method::OneCoinDawidSkene
        | Method::ZenCrowd
        | Method::Wawa
        | Method::ZeroBasedSkill
        | Method::GoldMajorityVote
        | Method::Catd
        | Method::Pm
        | Method::Mmsr
        | Method::Kos
        | Method::Ordinal => (Form::Pairs, 1, true),
        Method::Mace => (Form::RowsAndLabels, labels, true),
        Method::Glad => (Form::Pairs, 3, true),
        Method::Ibcc => (Form::Rows, labels.saturating_mul(labels), true),
        Method::Ebcc => {
            let groups = problem.parameter(0) as usize;
            (Form::Rows, labels.saturating_mul(labels).saturating_mul(groups), true)
        }
        Method::Auto => (Form::Rows, labels.saturating_mul(labels), true),
    };
    let index = Index::build(problem, form, cells, walked_often)?;
    control.check()?;
    Team::with(problem.threads, index.spans().len(), |team| match problem.method {
        Method::MajorityVote | Method::WeightedVote => vote::fit(problem, &index, &mut outcome, team, control),
        Method::DawidSkene => dawid_skene::fit(kernels, problem, &index, &mut outcome, team, control),
        Method::OneCoinDawidSkene | Method::ZenCrowd => {
            one_coin::fit(kernels, problem, &index, &mut outcome, team, control)
        }
        Method::Mace => mace::fit(kernels, problem, &index, &mut outcome, team, control),
        Method::Glad => glad::fit(kernels, problem, &index, &mut outcome, team, control),
        Method::Ibcc => ibcc::fit(kernels, problem, &index, &mut outcome, team, control),
        Method::Ebcc => ebcc::fit(kernels, problem, &index, &mut outcome, team, control),
        Method::Wawa
        | Method::ZeroBasedSkill
        | Method::GoldMajorityVote
        | Method::Catd
        | Method::Pm
        | Method::Mmsr
        | Method::Kos => {
            let setting = reliability::Setting { problem, index: &index, team, control };
            reliability::fit(setting, &mut outcome)
        }
        Method::Ordinal => unreachable!("a composition of other fits, above"),
        Method::Auto => auto::fit(kernels, problem, &index, &mut outcome, team, control),
    })
}
