//! Fitting a consensus over one whole table.

use super::error::ErrorRecord;
use super::guard::{check, guard};

/// `method`: the share of each label among the answers, weights ignored.
pub const COTERIE_METHOD_MAJORITY_VOTE: i32 = 0;
/// `method`: the share of each label among the answers' weights.
pub const COTERIE_METHOD_WEIGHTED_VOTE: i32 = 1;
/// `method`: a confusion matrix for each expert, by expectation maximisation.
pub const COTERIE_METHOD_DAWID_SKENE: i32 = 2;
/// `method`: one skill for each expert, by expectation maximisation.
pub const COTERIE_METHOD_ONE_COIN_DAWID_SKENE: i32 = 3;

/// `repeats`: every answer counts, also several of one expert to one task.
pub const COTERIE_REPEATS_COUNT_ALL: i32 = 0;
/// `repeats`: of several answers of one expert to one task only the last one counts.
pub const COTERIE_REPEATS_LAST_WINS: i32 = 1;

/// `prior_counts_mode`: there are no prior counts.
pub const COTERIE_PRIOR_COUNTS_NONE: i32 = 0;
/// `prior_counts_mode`: prior counts are added in the first M-step only.
pub const COTERIE_PRIOR_COUNTS_FIRST_ITERATION: i32 = 1;
/// `prior_counts_mode`: prior counts are added in every M-step.
pub const COTERIE_PRIOR_COUNTS_EVERY_ITERATION: i32 = 2;

/// Shared between a fit and the threads that watch it; both sides use atomic accesses.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct ControlBlock {
    /// The watcher sets this to another number than 0 to end the fit; the fit only reads it.
    pub cancel: i32,
    /// Always 0.
    pub reserved: i32,
    /// The fit writes how many iterations are done; the watcher only reads it.
    pub iterations: i64,
}

/// What to fit: a table of answers and the options of the method. Everything in it is borrowed for the call.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct FitProblem {
    /// The size of this struct in bytes, as the caller knows it.
    pub struct_size: u32,
    /// One of `COTERIE_METHOD_`.
    pub method: i32,
    /// The task of each answer, `answers` elements in `0..tasks`.
    pub task: *const i32,
    /// The expert of each answer, `answers` elements in `0..experts`.
    pub expert: *const i32,
    /// The label of each answer, `answers` elements in `0..labels`.
    pub label: *const i32,
    /// The weight of each answer, `answers` elements, finite and not negative; NULL when all are 1.
    pub weight: *const f32,
    /// The number of answers, at least 1.
    pub answers: u64,
    /// The number of tasks, at least 1.
    pub tasks: i32,
    /// The number of experts, at least 1.
    pub experts: i32,
    /// The number of labels, at least 1.
    pub labels: i32,
    /// One of `COTERIE_REPEATS_`.
    pub repeats: i32,
    /// Fixed class priors, `labels` elements, positive and finite; NULL to estimate them. The votes ignore them.
    pub class_priors: *const f64,
    /// The known label of each task or -1, `tasks` elements; NULL when none is known.
    pub gold: *const i32,
    /// Prior confusion counts, `experts * labels * labels` elements in the order `[expert][label][true label]`, finite and
    /// not negative; NULL without. Dawid-Skene only.
    pub prior_counts: *const f64,
    /// One of `COTERIE_PRIOR_COUNTS_`.
    pub prior_counts_mode: i32,
    /// 1 to weigh the answers of a task down by their position, else 0.
    pub positional: i32,
    /// The most iterations, not negative.
    pub max_iterations: i32,
    /// The most threads, 0 for one on every processor.
    pub threads: i32,
    /// The relative change of the log-likelihood that ends the fit, finite and not negative.
    pub tolerance: f64,
    /// What is added to every confusion count, finite and not negative.
    pub smoothing: f64,
}

/// Where a fit writes its result. All arrays are borrowed for the call, must not overlap, and are the fit's working
/// storage: untouched when the arguments are refused, unspecified after `COTERIE_CANCELLED`, `COTERIE_OUT_OF_MEMORY`
/// and `COTERIE_PANIC`.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct FitOutcome {
    /// The size of this struct in bytes, as the caller knows it.
    pub struct_size: u32,
    /// Iterations done; written only on `COTERIE_OK`.
    pub iterations: i32,
    /// 1 when the fit ended by its tolerance, and for votes; written only on `COTERIE_OK`.
    pub converged: i32,
    /// Always 0.
    pub reserved: i32,
    /// The log-likelihood, NaN for votes and without an iteration; written only on `COTERIE_OK`.
    pub objective: f64,
    /// The posterior of each label, `tasks * labels` elements in the order `[task][label]`.
    pub posterior: *mut f64,
    /// The answer of each task, `tasks` elements, -1 for none.
    pub answer: *mut i32,
    /// The runner-up of each task, `tasks` elements, -1 for none.
    pub runner_up: *mut i32,
    /// The class prior, `labels` elements.
    pub prior: *mut f64,
    /// The confusion matrices, `experts * labels * labels` elements in the order `[expert][label][true label]`; NULL when
    /// they are not wanted. The votes leave it untouched.
    pub confusion: *mut f64,
    /// The skill of each expert, `experts` elements.
    pub skill: *mut f64,
    /// The number of elements in `posterior`.
    pub posterior_length: u64,
    /// The number of elements in `confusion`, 0 when that is NULL.
    pub confusion_length: u64,
}

/// Fits a consensus over one whole table. The result depends on the problem alone, bit for bit: not on the
/// instruction set and not on the number of threads.
///
/// Kind: normal; it runs as long as the fit takes, and its threads have ended when it returns. Threads: any, also at once.
/// BORROWS `problem`, `outcome`, `control` (nullable), `error` (nullable) and every array in them; blocks of
/// `coterie_memory_allocate` among them are kept alive for the call, even when they are released meanwhile.
/// Returns `COTERIE_OK`, `COTERIE_INVALID_ARGUMENT`, `COTERIE_OUT_OF_MEMORY`, `COTERIE_CANCELLED`, `COTERIE_UNSUPPORTED`
/// (more than 2^32 - 1 pairs of expert and label).
///
/// # Safety
///
/// Every pointer is NULL where that is allowed, or points to as many elements as its description says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn coterie_consensus_fit(
    problem: *const FitProblem,
    outcome: *mut FitOutcome,
    control: *mut ControlBlock,
    error: *mut ErrorRecord,
) -> i32 {
    guard(error, || {
        check(problem, "problem")?;
        check(outcome, "outcome")?;
        if !control.is_null() {
            check(control, "control")?;
        }
        Ok(())
    })
}
