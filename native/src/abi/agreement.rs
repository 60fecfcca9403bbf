//! Measures of agreement and quality over a table, posteriors or series.

use std::slice;

use super::error::ErrorRecord;
use super::fit::ControlBlock;
use super::guard::{check, check_array, guard};
use super::ranges::Ranges;
use super::status::{COTERIE_CANCELLED, COTERIE_INVALID_ARGUMENT, COTERIE_OUT_OF_MEMORY, COTERIE_UNSUPPORTED, Failure};
use crate::agreement::{Measure, Problem, Table, measure};
use crate::consensus::{Control, FitError, Repeats};

/// `measure`: Krippendorff's alpha. `options`: the scale (0 nominal, 1 ordinal, 2 interval, 3 ratio), the number of bootstrap
/// replicates, the confidence. `first`: the value of each label or NULL for its index; of each answer where `label` is NULL.
pub const COTERIE_MEASURE_KRIPPENDORFF_ALPHA: i32 = 0;
/// `measure`: Cohen's kappa. `options`: the weighting (0 none, 1 linear, 2 quadratic), two experts or -1 and -1 for all pairs.
/// `first`: the value of each label or NULL for its index.
pub const COTERIE_MEASURE_COHEN_KAPPA: i32 = 1;
/// `measure`: Fleiss' kappa.
pub const COTERIE_MEASURE_FLEISS_KAPPA: i32 = 2;
/// `measure`: the share of pairs of answers that agree.
pub const COTERIE_MEASURE_OBSERVED_AGREEMENT: i32 = 3;
/// `measure`: the entropy of the answers. `options`: 0 by task, 1 by expert. `first`: the skill of each expert or NULL.
pub const COTERIE_MEASURE_UNCERTAINTY: i32 = 4;
/// `measure`: the posterior of the labels in `known` under the skills in `first`.
pub const COTERIE_MEASURE_CONSISTENCY: i32 = 5;
/// `measure`: the share of the answers that equal the labels in `known`.
pub const COTERIE_MEASURE_ACCURACY: i32 = 6;
/// `measure`: the calibration of the posteriors in `first`, `[task][label]`, against the labels in `known`. `options`: the
/// number of bins.
pub const COTERIE_MEASURE_CALIBRATION: i32 = 7;
/// `measure`: Pearson's, Spearman's and Kendall's correlation of `first` and `second`.
pub const COTERIE_MEASURE_CORRELATION: i32 = 8;
/// `measure`: the error of `first` against `second`.
pub const COTERIE_MEASURE_ERROR: i32 = 9;

/// What to measure. Everything in it is borrowed for the call. An array that the measure does not take is NULL.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct MeasureProblem {
    /// The size of this struct in bytes, as the caller knows it.
    pub struct_size: u32,
    /// One of `COTERIE_MEASURE_`.
    pub measure: i32,
    /// The task of each answer, `answers` elements in `0..tasks`; NULL for a measure without a table.
    pub task: *const i32,
    /// The expert of each answer, `answers` elements in `0..experts`; NULL for a measure without a table.
    pub expert: *const i32,
    /// The label of each answer, `answers` elements in `0..labels`; NULL for a measure without a table and for answers that
    /// are numbers.
    pub label: *const i32,
    /// The weight of each answer, `answers` elements, finite and not negative; NULL when all are 1.
    pub weight: *const f32,
    /// The number of answers.
    pub answers: u64,
    /// The number of tasks, 0 where the measure has none.
    pub tasks: i32,
    /// The number of experts, 0 where the measure has none.
    pub experts: i32,
    /// The number of labels, 0 where the measure has none.
    pub labels: i32,
    /// One of `COTERIE_REPEATS_`.
    pub repeats: i32,
    /// Numbers, as the measure says.
    pub first: *const f64,
    /// The number of elements in `first`.
    pub first_length: u64,
    /// Numbers, as the measure says.
    pub second: *const f64,
    /// The number of elements in `second`.
    pub second_length: u64,
    /// The known label of each task or -1, `tasks` elements.
    pub known: *const i32,
    /// The options of the measure, in its order; NULL when it has none.
    pub options: *const f64,
    /// The number of elements in `options`.
    pub options_length: u64,
    /// The seed of the bootstrap.
    pub seed: u64,
}

/// Computes one measure into `out`, whose layout `docs/methods/agreement.md` gives for each measure. The result depends on
/// the problem alone, bit for bit.
///
/// Kind: normal; it runs on the calling thread as long as the measure takes. Threads: any, also at once.
/// BORROWS `problem`, `out`, `control` (nullable), `error` (nullable) and every array of the problem; blocks of
/// `coterie_memory_allocate` among them are kept alive for the call. `out` is untouched when the arguments are refused,
/// and unspecified after another failure.
/// Returns `COTERIE_OK`, `COTERIE_INVALID_ARGUMENT`, `COTERIE_OUT_OF_MEMORY`, `COTERIE_CANCELLED`.
///
/// # Safety
///
/// Every pointer is NULL where that is allowed, or points to as many elements as its description says; `out` to `out_length`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn coterie_agreement_measure(
    problem: *const MeasureProblem,
    out: *mut f64,
    out_length: u64,
    control: *mut ControlBlock,
    error: *mut ErrorRecord,
) -> i32 {
    // Outside of the guard, so that a block with the error record in it lives until the message is written.
    let mut blocks = Vec::new();
    let status = guard(error, || {
        check(problem, "problem")?;
        let length = check_array(out, out_length, "out")?;
        // SAFETY: checked; the caller lends the struct.
        let given = unsafe { problem.read() };
        if given.struct_size as usize != size_of::<MeasureProblem>() {
            let (size, own) = (given.struct_size, size_of::<MeasureProblem>());
            return Err(Failure::invalid(format!(
                "problem.struct_size is {size}, this library's struct has {own} bytes"
            )));
        }
        let mut ranges = Ranges::default();
        ranges.reads(problem, 1, "problem")?;
        ranges.writes(out, out_length, "out")?;
        if !control.is_null() {
            ranges.writes(control, 1, "control")?;
        }
        if !error.is_null() {
            ranges.writes(error, 1, "error")?;
        }
        // SAFETY: the caller lends every array of the struct with as many elements as its description says.
        let problem = unsafe { borrow(&given, &mut ranges)? };
        blocks = ranges.settle()?;
        let own = Control::default();
        // SAFETY: checked; the layouts are the same, as an assertion beside `ControlBlock`'s user in `fit.rs` says.
        let control = if control.is_null() { &own } else { unsafe { &*control.cast::<Control>() } };
        // SAFETY: `settle` found the array apart from everything that is read.
        let out = unsafe { slice::from_raw_parts_mut(out, length) };
        measure(&problem, out, control).map_err(|error| match error {
            FitError::Invalid(text) => Failure::new(COTERIE_INVALID_ARGUMENT, text),
            FitError::OutOfMemory(text) => Failure::new(COTERIE_OUT_OF_MEMORY, text),
            FitError::Unsupported(text) => Failure::new(COTERIE_UNSUPPORTED, text),
            FitError::Cancelled => Failure::new(COTERIE_CANCELLED, "the measure was cancelled"),
        })
    });
    drop(blocks);
    status
}

/// Checks every number and every array, and notes the arrays' ranges.
///
/// # Safety
///
/// An array that is neither null nor misaligned has as many elements as its description says, for the life of the slices.
unsafe fn borrow<'a>(given: &MeasureProblem, ranges: &mut Ranges) -> Result<Problem<'a>, Failure> {
    let known = usize::try_from(given.measure).ok().and_then(|number| Measure::ALL.get(number));
    let Some(&measure) = known else {
        let last = Measure::ALL.len() - 1;
        return Err(Failure::invalid(format!("measure {} is unknown; known are 0 to {last}", given.measure)));
    };
    let mut problem = Problem::new(measure);
    problem.repeats = match given.repeats {
        0 => Repeats::CountAll,
        1 => Repeats::LastWins,
        other => return Err(Failure::invalid(format!("repeats {other} is unknown; known are 0 and 1"))),
    };
    for ((name, value), size) in [("tasks", given.tasks), ("experts", given.experts), ("labels", given.labels)]
        .into_iter()
        .zip(&mut problem.sizes)
    {
        *size = usize::try_from(value).map_err(|_| Failure::invalid(format!("{name} is {value}, not at least 0")))?;
    }
    problem.seed = given.seed;
    // SAFETY: passed on to the caller, for each array.
    unsafe {
        let answers = given.answers;
        let columns = [(given.task, "task"), (given.expert, "expert"), (given.label, "label")];
        if columns.iter().any(|(column, _)| !column.is_null()) {
            problem.table = Some(Table {
                task: required(given.task, answers, "task", ranges)?,
                expert: required(given.expert, answers, "expert", ranges)?,
                label: optional(given.label, answers, "label", ranges)?,
                weight: optional(given.weight, answers, "weight", ranges)?,
            });
        }
        problem.first = optional(given.first, given.first_length, "first", ranges)?;
        problem.second = optional(given.second, given.second_length, "second", ranges)?;
        problem.known = optional(given.known, problem.sizes[0] as u64, "known", ranges)?;
        problem.options = optional(given.options, given.options_length, "options", ranges)?.unwrap_or_default();
    }
    Ok(problem)
}

/// # Safety
///
/// As for [`borrow`].
unsafe fn required<'a, T>(
    start: *const T,
    length: u64,
    name: &'static str,
    ranges: &mut Ranges,
) -> Result<&'a [T], Failure> {
    let length = ranges.reads(start, length, name)?;
    // SAFETY: `reads` checked it; the rest is passed on to the caller.
    Ok(unsafe { slice::from_raw_parts(start, length) })
}

/// # Safety
///
/// As for [`borrow`].
unsafe fn optional<'a, T>(
    start: *const T,
    length: u64,
    name: &'static str,
    ranges: &mut Ranges,
) -> Result<Option<&'a [T]>, Failure> {
    if start.is_null() {
        return Ok(None);
    }
    // SAFETY: passed on to the caller.
    unsafe { required(start, length, name, ranges).map(Some) }
}
