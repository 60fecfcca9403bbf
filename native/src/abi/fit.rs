//! Fitting a consensus over one whole table.

use std::slice;

use super::error::ErrorRecord;
use super::guard::{check, guard};
use super::ranges::Ranges;
use super::status::{COTERIE_CANCELLED, COTERIE_INVALID_ARGUMENT, COTERIE_OUT_OF_MEMORY, COTERIE_UNSUPPORTED, Failure};
use crate::consensus::{Control, FitError, Method, Outcome, PriorCounts, Problem, Repeats, fit};
use crate::kernels::Kernels;

/// `method`: the share of each label among the answers, weights ignored.
pub const COTERIE_METHOD_MAJORITY_VOTE: i32 = 0;
/// `method`: the share of each label among the answers' weights.
pub const COTERIE_METHOD_WEIGHTED_VOTE: i32 = 1;
/// `method`: a confusion matrix for each expert, by expectation maximisation.
pub const COTERIE_METHOD_DAWID_SKENE: i32 = 2;
/// `method`: one skill for each expert, by expectation maximisation.
pub const COTERIE_METHOD_ONE_COIN_DAWID_SKENE: i32 = 3;
/// `method`: a vote weighted by the agreement with the majority.
pub const COTERIE_METHOD_WAWA: i32 = 4;
/// `method`: skills that follow the agreement with the vote that they weigh.
pub const COTERIE_METHOD_ZERO_BASED_SKILL: i32 = 5;
/// `method`: a vote weighted by how often experts are right about known tasks; needs `gold`.
pub const COTERIE_METHOD_GOLD_MAJORITY_VOTE: i32 = 6;
/// `method`: experts weighed by a confidence interval of their precision.
pub const COTERIE_METHOD_CATD: i32 = 7;
/// `method`: experts weighed by the logarithm of their errors.
pub const COTERIE_METHOD_PM: i32 = 8;
/// `method`: experts weighed by a robust factor of their agreement.
pub const COTERIE_METHOD_MMSR: i32 = 9;
/// `method`: messages between tasks and experts; two labels only.
pub const COTERIE_METHOD_KOS: i32 = 10;
/// `method`: one reliability for each expert, every label equally likely (`ZenCrowd`).
pub const COTERIE_METHOD_ZEN_CROWD: i32 = 11;
/// `method`: experts who know the answer or spam.
pub const COTERIE_METHOD_MACE: i32 = 12;
/// `method`: the ability of each expert and the difficulty of each task.
pub const COTERIE_METHOD_GLAD: i32 = 13;
/// `method`: Dawid-Skene with priors, by variational Bayes (Bayesian classifier combination).
pub const COTERIE_METHOD_IBCC: i32 = 14;
/// `method`: the same with groups of alike tasks (enhanced Bayesian classifier combination).
pub const COTERIE_METHOD_EBCC: i32 = 15;
/// `method`: ordered labels by cumulative binary problems. Parameter: 1 for one skill an expert and level, 0 for a matrix.
pub const COTERIE_METHOD_ORDINAL: i32 = 16;
/// `method`: several models combined, and tempered where experts err together.
pub const COTERIE_METHOD_AUTO: i32 = 17;

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
    /// Fixed class priors, `labels` elements, positive and adding up to 1; NULL to estimate them. The votes ignore them.
    pub class_priors: *const f64,
    /// The known label of each task or -1, `tasks` elements; NULL when none is known.
    pub gold: *const i32,
    /// Prior confusion counts, `experts * labels * labels` elements in the order `[expert][label][true label]`, between 0 and
    /// 1e100; NULL without. Dawid-Skene only.
    pub prior_counts: *const f64,
    /// One of `COTERIE_PRIOR_COUNTS_`.
    pub prior_counts_mode: i32,
    /// 1 to weigh the answers of a task down by their position, else 0.
    pub positional: i32,
    /// The most iterations, not negative.
    pub max_iterations: i32,
    /// The most threads, 0 for one on every processor.
    pub threads: i32,
    /// The relative change of the log-likelihood that ends the fit, between 0 and 1e100.
    pub tolerance: f64,
    /// What is added to every confusion count, between 0 and 1e100.
    pub smoothing: f64,
    /// The method's own options, in the order that its page in docs/methods gives; NULL for their defaults.
    pub parameters: *const f64,
    /// The number of elements in `parameters`, 0 when that is NULL.
    pub parameters_length: u64,
    /// Where the random numbers of a method that draws some begin.
    pub seed: u64,
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
    /// they are not wanted. Untouched by methods without them.
    pub confusion: *mut f64,
    /// The skill of each expert, `experts` elements, from 0 to 1.
    pub skill: *mut f64,
    /// The number of elements in `posterior`.
    pub posterior_length: u64,
    /// The number of elements in `confusion`, 0 when that is NULL.
    pub confusion_length: u64,
    /// The raw weight of each expert, `experts` elements; NULL when it is not wanted. Untouched by methods without it.
    pub weight: *mut f64,
    /// The difficulty of each task, `tasks` elements; NULL when it is not wanted. Untouched by methods without it.
    pub difficulty: *mut f64,
    /// What else the method has to say, as its page in docs/methods says; NULL when it is not wanted.
    pub report: *mut f64,
    /// The number of elements in `report`, 0 when that is NULL.
    pub report_length: u64,
}

/// Fits a consensus over one whole table. The result depends on the problem alone, bit for bit: not on the
/// instruction set and not on the number of threads.
///
/// Kind: normal; it runs as long as the fit takes, and its threads have ended when it returns. Threads: any, also at once.
/// BORROWS `problem`, `outcome`, `control` (nullable), `error` (nullable) and every array in them; blocks of
/// `coterie_memory_allocate` among them are kept alive for the call, even when they are released meanwhile.
/// Returns `COTERIE_OK`, `COTERIE_INVALID_ARGUMENT`, `COTERIE_OUT_OF_MEMORY`, `COTERIE_CANCELLED`, `COTERIE_UNSUPPORTED`
/// (Dawid-Skene with more than 2^32 - 1 pairs of expert and label, M-MSR with more than 2^26 pairs of experts).
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
    // Outside of the guard, so that a block with the error record in it lives until the message is written.
    let mut blocks = Vec::new();
    let status = guard(error, || {
        check(problem, "problem")?;
        check(outcome, "outcome")?;
        // SAFETY: checked; the caller lends both structs.
        let (given, wanted) = unsafe { (problem.read(), outcome.read()) };
        check_size::<FitProblem>(given.struct_size, "problem")?;
        check_size::<FitOutcome>(wanted.struct_size, "outcome")?;
        let mut ranges = Ranges::default();
        ranges.reads(problem, 1, "problem")?;
        ranges.writes(outcome, 1, "outcome")?;
        if !control.is_null() {
            ranges.writes(control, 1, "control")?;
        }
        if !error.is_null() {
            ranges.writes(error, 1, "error")?;
        }
        // SAFETY: the caller lends every array of the two structs with as many elements as its description says.
        let (problem, arrays) = unsafe { borrow(&given, &wanted, &mut ranges)? };
        blocks = ranges.settle()?;
        let own = Control::default();
        // SAFETY: checked; the layouts are the same, as the assertion below this function says.
        let control = if control.is_null() { &own } else { unsafe { &*control.cast::<Control>() } };
        // SAFETY: `settle` found the arrays apart from each other and from everything that is read.
        let summary = fit(Kernels::current(), &problem, unsafe { arrays.lend() }, control).map_err(failure)?;
        // SAFETY: checked above.
        let outcome = unsafe { &mut *outcome };
        outcome.iterations = summary.iterations as i32;
        outcome.converged = i32::from(summary.converged);
        outcome.objective = summary.objective;
        Ok(())
    });
    drop(blocks);
    status
}

/// The status of an error of a method.
pub(super) fn failure(error: FitError) -> Failure {
    let code = match error {
        FitError::Invalid(_) => COTERIE_INVALID_ARGUMENT,
        FitError::OutOfMemory(_) => COTERIE_OUT_OF_MEMORY,
        FitError::Cancelled => COTERIE_CANCELLED,
        FitError::Unsupported(_) => COTERIE_UNSUPPORTED,
    };
    Failure::new(code, error.to_string())
}

const _: () = assert!(size_of::<Control>() == size_of::<ControlBlock>());
const _: () = assert!(align_of::<Control>() == align_of::<ControlBlock>());

pub(super) fn check_size<T>(size: u32, name: &str) -> Result<(), Failure> {
    let own = size_of::<T>();
    if size as usize == own {
        return Ok(());
    }
    Err(Failure::invalid(format!("{name}.struct_size is {size}, this library's struct has {own} bytes")))
}

/// A number that must not be negative.
pub(super) fn count<T: TryFrom<i32>>(value: i32, name: &str) -> Result<T, Failure> {
    T::try_from(value).map_err(|_| Failure::invalid(format!("{name} is {value}, not at least 0")))
}

/// A number that must be positive.
pub(super) fn size(value: i32, name: &str) -> Result<usize, Failure> {
    if value < 1 {
        return Err(Failure::invalid(format!("{name} is {value}, not at least 1")));
    }
    Ok(value as usize)
}

/// The arrays of an outcome with their lengths.
struct Arrays {
    posterior: (*mut f64, usize),
    answer: (*mut i32, usize),
    runner_up: (*mut i32, usize),
    prior: (*mut f64, usize),
    confusion: Option<(*mut f64, usize)>,
    skill: (*mut f64, usize),
    weight: Option<(*mut f64, usize)>,
    difficulty: Option<(*mut f64, usize)>,
    report: Option<(*mut f64, usize)>,
}

impl Arrays {
    /// The arrays as slices.
    ///
    /// # Safety
    ///
    /// All of them are whole and apart from everything else that is in use, for the life of the slices.
    unsafe fn lend<'a>(&self) -> Outcome<'a> {
        // SAFETY: passed on to the caller.
        let wanted = |array: Option<(*mut f64, usize)>| {
            array.map(|(start, length)| unsafe { slice::from_raw_parts_mut(start, length) })
        };
        // SAFETY: passed on to the caller.
        unsafe {
            Outcome {
                posterior: slice::from_raw_parts_mut(self.posterior.0, self.posterior.1),
                answer: slice::from_raw_parts_mut(self.answer.0, self.answer.1),
                runner_up: slice::from_raw_parts_mut(self.runner_up.0, self.runner_up.1),
                prior: slice::from_raw_parts_mut(self.prior.0, self.prior.1),
                confusion: wanted(self.confusion),
                skill: slice::from_raw_parts_mut(self.skill.0, self.skill.1),
                weight: wanted(self.weight),
                difficulty: wanted(self.difficulty),
                report: wanted(self.report),
            }
        }
    }
}

/// Checks every number and every array, and notes the arrays' ranges.
///
/// # Safety
///
/// An array that is neither null nor misaligned has as many elements as its description says, for the life of the slices.
unsafe fn borrow<'a>(
    given: &FitProblem,
    wanted: &FitOutcome,
    ranges: &mut Ranges,
) -> Result<(Problem<'a>, Arrays), Failure> {
    let Some(method) = Method::of_number(given.method) else {
        let known: Vec<String> = Method::all().map(|method| method.traits().number.to_string()).collect();
        return Err(Failure::invalid(format!("method {} is unknown; known are {}", given.method, known.join(", "))));
    };
    let repeats = match given.repeats {
        COTERIE_REPEATS_COUNT_ALL => Repeats::CountAll,
        COTERIE_REPEATS_LAST_WINS => Repeats::LastWins,
        other => return Err(Failure::invalid(format!("repeats {other} is unknown; known are 0 and 1"))),
    };
    let positional = match given.positional {
        0 => false,
        1 => true,
        other => return Err(Failure::invalid(format!("positional is {other}, not 0 or 1"))),
    };
    let mode = match given.prior_counts_mode {
        COTERIE_PRIOR_COUNTS_NONE => None,
        COTERIE_PRIOR_COUNTS_FIRST_ITERATION => Some(PriorCounts::FirstIteration),
        COTERIE_PRIOR_COUNTS_EVERY_ITERATION => Some(PriorCounts::EveryIteration),
        other => return Err(Failure::invalid(format!("prior_counts_mode {other} is unknown; known are 0 to 2"))),
    };
    if mode.is_some() == given.prior_counts.is_null() {
        return Err(Failure::invalid("prior_counts and prior_counts_mode contradict each other"));
    }
    let sizes = [size(given.tasks, "tasks")?, size(given.experts, "experts")?, size(given.labels, "labels")?];
    let [tasks, experts, labels] = sizes.map(|size| size as u64);
    // SAFETY: here and below: checked by `reads`, and lent by the caller.
    let mut problem = unsafe {
        Problem::new(
            method,
            sizes,
            slice::from_raw_parts(given.task, ranges.reads(given.task, given.answers, "task")?),
            slice::from_raw_parts(given.expert, ranges.reads(given.expert, given.answers, "expert")?),
            slice::from_raw_parts(given.label, ranges.reads(given.label, given.answers, "label")?),
        )
    };
    let posterior_cells = problem.posterior_cells().map_err(refused)? as u64;
    problem.repeats = repeats;
    problem.positional = positional;
    problem.max_iterations = count(given.max_iterations, "max_iterations")?;
    problem.threads = count(given.threads, "threads")?;
    problem.tolerance = given.tolerance;
    problem.smoothing = given.smoothing;
    if !given.weight.is_null() {
        let length = ranges.reads(given.weight, given.answers, "weight")?;
        // SAFETY: as above.
        problem.weight = Some(unsafe { slice::from_raw_parts(given.weight, length) });
    }
    if !given.class_priors.is_null() {
        let length = ranges.reads(given.class_priors, labels, "class_priors")?;
        // SAFETY: as above.
        problem.class_priors = Some(unsafe { slice::from_raw_parts(given.class_priors, length) });
    }
    if !given.gold.is_null() {
        let length = ranges.reads(given.gold, tasks, "gold")?;
        // SAFETY: as above.
        problem.gold = Some(unsafe { slice::from_raw_parts(given.gold, length) });
    }
    if let Some(mode) = mode {
        let cells = problem.confusion_cells().map_err(refused)? as u64;
        let length = ranges.reads(given.prior_counts, cells, "prior_counts")?;
        // SAFETY: as above.
        problem.prior_counts = Some((unsafe { slice::from_raw_parts(given.prior_counts, length) }, mode));
    }
    problem.seed = given.seed;
    if given.parameters.is_null() != (given.parameters_length == 0) {
        return Err(Failure::invalid("parameters and parameters_length contradict each other"));
    }
    if !given.parameters.is_null() {
        let length = ranges.reads(given.parameters, given.parameters_length, "parameters")?;
        // SAFETY: as above.
        problem.parameters = unsafe { slice::from_raw_parts(given.parameters, length) };
    }
    if wanted.posterior_length != posterior_cells {
        let length = wanted.posterior_length;
        return Err(Failure::invalid(format!("posterior_length is {length}, not tasks * labels = {posterior_cells}")));
    }
    let mut optional = |array: *mut f64, given: u64, length: u64, name: &'static str, why: &str| {
        let expected = if array.is_null() { 0 } else { length };
        if given != expected {
            let why = if array.is_null() { "without an array" } else { why };
            return Err(Failure::invalid(format!("{name}_length is {given}, not {expected}: {why}")));
        }
        if array.is_null() { Ok(None) } else { Ok(Some((array, ranges.writes(array, length, name)?))) }
    };
    let cells = if wanted.confusion.is_null() { 0 } else { problem.confusion_cells().map_err(refused)? as u64 };
    let confusion =
        optional(wanted.confusion, wanted.confusion_length, cells, "confusion", "experts * labels * labels")?;
    let of = |array: *mut f64, length: u64| if array.is_null() { 0 } else { length };
    let weight = optional(wanted.weight, of(wanted.weight, experts), experts, "weight", "experts")?;
    let difficulty = optional(wanted.difficulty, of(wanted.difficulty, tasks), tasks, "difficulty", "tasks")?;
    let report = method.traits().report as u64;
    let report = optional(wanted.report, wanted.report_length, report, "report", "the method's report")?;
    let arrays = Arrays {
        posterior: (wanted.posterior, ranges.writes(wanted.posterior, posterior_cells, "posterior")?),
        answer: (wanted.answer, ranges.writes(wanted.answer, tasks, "answer")?),
        runner_up: (wanted.runner_up, ranges.writes(wanted.runner_up, tasks, "runner_up")?),
        prior: (wanted.prior, ranges.writes(wanted.prior, labels, "prior")?),
        confusion,
        skill: (wanted.skill, ranges.writes(wanted.skill, experts, "skill")?),
        weight,
        difficulty,
        report,
    };
    Ok((problem, arrays))
}

fn refused(error: FitError) -> Failure {
    Failure::invalid(error.to_string())
}
