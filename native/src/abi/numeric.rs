//! Fitting numbers over one whole table.

use std::slice;

use super::error::ErrorRecord;
use super::fit::{
    COTERIE_REPEATS_COUNT_ALL, COTERIE_REPEATS_LAST_WINS, ControlBlock, check_size, count, failure, size,
};
use super::guard::{check, guard};
use super::ranges::Ranges;
use super::status::Failure;
use crate::consensus::numeric::{Loss, Method, Normaliser, Outcome, Problem, fit};
use crate::consensus::{Control, Repeats};

/// `method`: the mean, weights ignored. No parameters.
pub const COTERIE_NUMERIC_MEAN: i32 = 0;
/// `method`: the median, weights ignored. No parameters.
pub const COTERIE_NUMERIC_MEDIAN: i32 = 1;
/// `method`: the trimmed mean, weights ignored. Parameter: the fraction at each end, at least 0 and below 0.5.
pub const COTERIE_NUMERIC_TRIMMED_MEAN: i32 = 2;
/// `method`: the mean by the weights of answers and experts. No parameters.
pub const COTERIE_NUMERIC_WEIGHTED_MEAN: i32 = 3;
/// `method`: LFC-N. Parameters: smoothing, between 0 and 1e100; 1 for biases, else 0; 1 for point estimates, else 0.
pub const COTERIE_NUMERIC_LFC_N: i32 = 4;
/// `method`: CATD. Parameter: the significance, between 1e-9 and 1.
pub const COTERIE_NUMERIC_CATD: i32 = 5;
/// `method`: PM. Parameters: 0 for absolute, 1 for squared distances; 0 to divide by their sum, 1 by the largest.
pub const COTERIE_NUMERIC_PM: i32 = 6;

/// What to fit: a table of numbers and the options of the method. Everything in it is borrowed for the call.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct NumericProblem {
    /// The size of this struct in bytes, as the caller knows it.
    pub struct_size: u32,
    /// One of `COTERIE_NUMERIC_`.
    pub method: i32,
    /// The task of each answer, `answers` elements in `0..tasks`.
    pub task: *const i32,
    /// The expert of each answer, `answers` elements in `0..experts`.
    pub expert: *const i32,
    /// The value of each answer, `answers` elements, finite.
    pub value: *const f64,
    /// The weight of each answer, `answers` elements, finite and not negative; NULL when all are 1.
    pub weight: *const f32,
    /// The number of answers, at least 1.
    pub answers: u64,
    /// The number of tasks, at least 1.
    pub tasks: i32,
    /// The number of experts, at least 1.
    pub experts: i32,
    /// The known value of each task or NaN, `tasks` elements; NULL when none is known.
    pub known: *const f64,
    /// The weight of each expert, `experts` elements, 0 or between 1e-100 and 1e100; NULL when all are 1. Weighted mean only.
    pub expert_weights: *const f64,
    /// The parameters that the method lists, in that order; NULL without.
    pub parameters: *const f64,
    /// The number of parameters.
    pub parameters_length: u64,
    /// One of `COTERIE_REPEATS_`.
    pub repeats: i32,
    /// The most iterations, not negative.
    pub max_iterations: i32,
    /// The most threads, 0 for one on every processor.
    pub threads: i32,
    /// Always 0.
    pub reserved: i32,
    /// The change of the objective that ends the fit, between 0 and 1e100: relative to it, for LFC-N for each answer.
    pub tolerance: f64,
}

/// Where a numeric fit writes its result. All arrays are borrowed for the call, must not overlap, and are the fit's working
/// storage: untouched when the arguments are refused, unspecified after `COTERIE_CANCELLED`, `COTERIE_OUT_OF_MEMORY`
/// and `COTERIE_PANIC`. What cannot be told is NaN.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct NumericOutcome {
    /// The size of this struct in bytes, as the caller knows it.
    pub struct_size: u32,
    /// Iterations done; written only on `COTERIE_OK`.
    pub iterations: i32,
    /// 1 when the fit ended by its tolerance or has no iterations; written only on `COTERIE_OK`.
    pub converged: i32,
    /// Always 0.
    pub reserved: i32,
    /// The log-likelihood or the loss, NaN for a method without; written only on `COTERIE_OK`.
    pub objective: f64,
    /// The estimate of each task, `tasks` elements.
    pub estimate: *mut f64,
    /// The standard error of each estimate, `tasks` elements.
    pub error: *mut f64,
    /// The standard deviation of each task's answers about its estimate, `tasks` elements.
    pub spread: *mut f64,
    /// The weight of each expert, together 1, `experts` elements.
    pub weight: *mut f64,
    /// How much each expert's answers lie above the estimates, `experts` elements.
    pub bias: *mut f64,
    /// The standard deviation of each expert's answers from the estimates, `experts` elements.
    pub deviation: *mut f64,
}

/// Infers the numbers of one whole table. The result depends on the problem alone, bit for bit: not on the number of threads.
///
/// Kind: normal; it runs as long as the fit takes, and its threads have ended when it returns. Threads: any, also at once.
/// BORROWS `problem`, `outcome`, `control` (nullable), `error` (nullable) and every array in them; blocks of
/// `coterie_memory_allocate` among them are kept alive for the call, even when they are released meanwhile.
/// Returns `COTERIE_OK`, `COTERIE_INVALID_ARGUMENT`, `COTERIE_OUT_OF_MEMORY`, `COTERIE_CANCELLED`.
///
/// # Safety
///
/// Every pointer is NULL where that is allowed, or points to as many elements as its description says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn coterie_numeric_fit(
    problem: *const NumericProblem,
    outcome: *mut NumericOutcome,
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
        check_size::<NumericProblem>(given.struct_size, "problem")?;
        check_size::<NumericOutcome>(wanted.struct_size, "outcome")?;
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
        let problem = unsafe { borrow(&given, &mut ranges)? };
        let arrays = arrays(&given, &wanted, &mut ranges)?;
        blocks = ranges.settle()?;
        let own = Control::default();
        // SAFETY: checked; the layouts are the same, as `fit` asserts.
        let control = if control.is_null() { &own } else { unsafe { &*control.cast::<Control>() } };
        // SAFETY: `settle` found the arrays apart from each other and from everything that is read.
        let summary = fit(&problem, unsafe { lend(arrays) }, control).map_err(failure)?;
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

/// Checks every number and every array of a problem, and notes the arrays' ranges.
///
/// # Safety
///
/// An array that is neither null nor misaligned has as many elements as its description says, for the life of the slices.
unsafe fn borrow<'a>(given: &NumericProblem, ranges: &mut Ranges) -> Result<Problem<'a>, Failure> {
    if given.parameters.is_null() != (given.parameters_length == 0) {
        return Err(Failure::invalid("parameters and parameters_length contradict each other"));
    }
    // SAFETY: here and below: checked by `reads`, and lent by the caller.
    let parameters = unsafe { optional(given.parameters, given.parameters_length, "parameters", ranges)? };
    let method = method(given.method, parameters.unwrap_or_default())?;
    let repeats = match given.repeats {
        COTERIE_REPEATS_COUNT_ALL => Repeats::CountAll,
        COTERIE_REPEATS_LAST_WINS => Repeats::LastWins,
        other => return Err(Failure::invalid(format!("repeats {other} is unknown; known are 0 and 1"))),
    };
    let sizes = [size(given.tasks, "tasks")?, size(given.experts, "experts")?];
    let [tasks, experts] = sizes.map(|size| size as u64);
    // SAFETY: as above.
    let mut problem = unsafe {
        Problem::new(
            method,
            sizes,
            slice::from_raw_parts(given.task, ranges.reads(given.task, given.answers, "task")?),
            slice::from_raw_parts(given.expert, ranges.reads(given.expert, given.answers, "expert")?),
            slice::from_raw_parts(given.value, ranges.reads(given.value, given.answers, "value")?),
        )
    };
    problem.repeats = repeats;
    problem.max_iterations = count(given.max_iterations, "max_iterations")?;
    problem.threads = count(given.threads, "threads")?;
    problem.tolerance = given.tolerance;
    // SAFETY: as above.
    unsafe {
        problem.weight = optional(given.weight, given.answers, "weight", ranges)?;
        problem.known = optional(given.known, tasks, "known", ranges)?;
        problem.expert_weights = optional(given.expert_weights, experts, "expert_weights", ranges)?;
    }
    Ok(problem)
}

/// An array that may be NULL.
///
/// # Safety
///
/// When it is neither null nor misaligned it has `length` elements, for the life of the slice.
unsafe fn optional<'a, T>(
    start: *const T,
    length: u64,
    name: &'static str,
    ranges: &mut Ranges,
) -> Result<Option<&'a [T]>, Failure> {
    if start.is_null() {
        return Ok(None);
    }
    let length = ranges.reads(start, length, name)?;
    // SAFETY: checked by `reads`, and lent by the caller.
    Ok(Some(unsafe { slice::from_raw_parts(start, length) }))
}

fn method(number: i32, parameters: &[f64]) -> Result<Method, Failure> {
    let method = match (number, parameters) {
        (COTERIE_NUMERIC_MEAN, []) => Method::Mean,
        (COTERIE_NUMERIC_MEDIAN, []) => Method::Median,
        (COTERIE_NUMERIC_TRIMMED_MEAN, &[fraction]) => Method::TrimmedMean { fraction },
        (COTERIE_NUMERIC_WEIGHTED_MEAN, []) => Method::WeightedMean,
        (COTERIE_NUMERIC_LFC_N, &[smoothing, bias, point]) => {
            Method::LfcN { smoothing, bias: flag(bias, "bias")?, point: flag(point, "point")? }
        }
        (COTERIE_NUMERIC_CATD, &[significance]) => Method::Catd { significance },
        (COTERIE_NUMERIC_PM, &[loss, normaliser]) => Method::Pm {
            loss: if flag(loss, "loss")? { Loss::Squared } else { Loss::Absolute },
            normaliser: if flag(normaliser, "normaliser")? { Normaliser::Largest } else { Normaliser::Sum },
        },
        (COTERIE_NUMERIC_MEAN..=COTERIE_NUMERIC_PM, parameters) => {
            let count = parameters.len();
            return Err(Failure::invalid(format!("numeric method {number} does not take {count} parameters")));
        }
        (other, _) => return Err(Failure::invalid(format!("numeric method {other} is unknown; known are 0 to 6"))),
    };
    Ok(method)
}

fn flag(value: f64, name: &str) -> Result<bool, Failure> {
    match value {
        0.0 => Ok(false),
        1.0 => Ok(true),
        other => Err(Failure::invalid(format!("parameter {name} is {other}, not 0 or 1"))),
    }
}

/// The arrays of an outcome with their lengths: three of tasks, three of experts.
fn arrays(
    given: &NumericProblem,
    wanted: &NumericOutcome,
    ranges: &mut Ranges,
) -> Result<[(*mut f64, usize); 6], Failure> {
    let (tasks, experts) = (given.tasks as u64, given.experts as u64);
    let mut array = |start: *mut f64, length, name| Ok((start, ranges.writes(start, length, name)?));
    Ok([
        array(wanted.estimate, tasks, "estimate")?,
        array(wanted.error, tasks, "error")?,
        array(wanted.spread, tasks, "spread")?,
        array(wanted.weight, experts, "weight of the experts")?,
        array(wanted.bias, experts, "bias")?,
        array(wanted.deviation, experts, "deviation")?,
    ])
}

/// The arrays as slices.
///
/// # Safety
///
/// All of them are whole and apart from everything else that is in use, for the life of the slices.
unsafe fn lend<'a>(arrays: [(*mut f64, usize); 6]) -> Outcome<'a> {
    // SAFETY: passed on to the caller.
    let [estimate, error, spread, weight, bias, deviation] =
        arrays.map(|(start, length)| unsafe { slice::from_raw_parts_mut(start, length) });
    Outcome { estimate, error, spread, weight, bias, deviation }
}
