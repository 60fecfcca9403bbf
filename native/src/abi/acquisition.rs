//! Which answer to ask for next.

use std::slice;

use super::error::ErrorRecord;
use super::fit::{check_size, failure, size};
use super::guard::{check, guard};
use super::ranges::Ranges;
use super::status::Failure;
use crate::online::{Question, plan};

/// `state`: nobody may be asked about the task.
pub const COTERIE_TASK_NO_CANDIDATE: i32 = 0;
/// `state`: the task is as certain as wanted.
pub const COTERIE_TASK_REACHED: i32 = 1;
/// `state`: the task is asked for.
pub const COTERIE_TASK_ASK: i32 = 2;
/// `state`: no answer to the task is worth its cost.
pub const COTERIE_TASK_NOT_WORTH: i32 = 3;
/// `state`: the task's best answer costs more than what is left of the budget.
pub const COTERIE_TASK_OVER_BUDGET: i32 = 4;
/// `state`: the task is worth asking for after the questions of this plan.
pub const COTERIE_TASK_WAITING: i32 = 5;

/// What is known, what may be asked and what it is worth. Everything in it is borrowed for the call.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct AcquisitionQuestion {
    /// The size of this struct in bytes, as the caller knows it.
    pub struct_size: u32,
    /// The number of tasks, at least 1.
    pub tasks: i32,
    /// The number of experts, at least 1.
    pub experts: i32,
    /// The number of labels, at least 1.
    pub labels: i32,
    /// The posterior of each label, `tasks * labels` elements in the order `[task][label]`.
    pub posterior: *const f64,
    /// The confusion matrices, `experts * labels * labels` elements in the order `[expert][label][true label]`.
    pub confusion: *const f64,
    /// What an answer of each expert costs, `experts` elements, between 1e-100 and 1e100.
    pub cost: *const f64,
    /// The task of each answer that may be asked for, `candidates` elements.
    pub task: *const i32,
    /// The expert of each answer that may be asked for, `candidates` elements.
    pub expert: *const i32,
    /// The number of candidates; the two arrays may be NULL when it is 0.
    pub candidates: u64,
    /// The wanted probability of a task's answer, from 0.501 to 1 - 1e-9.
    pub target: f64,
    /// What a wrong answer to a task costs, between 0 and 1e100; infinite to reach the target at any price.
    pub loss: f64,
    /// What may be spent, at least 0; may be infinite.
    pub budget: f64,
    /// The most questions of this plan, at least 1.
    pub most: i32,
    /// Always 0.
    pub reserved: i32,
}

/// Where a plan goes. All arrays are borrowed for the call, must not overlap, and are written only on `COTERIE_OK`.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct AcquisitionPlan {
    /// The size of this struct in bytes, as the caller knows it.
    pub struct_size: u32,
    /// How many candidates are picked; written only on `COTERIE_OK`.
    pub picks: i32,
    /// What they cost together; written only on `COTERIE_OK`.
    pub spent: f64,
    /// By how much each candidate is expected to raise the probability of a right answer, `candidates` elements.
    pub gain: *mut f64,
    /// How many answers of its kind the target is expected to take, `candidates` elements; may be infinite.
    pub expected: *mut f64,
    /// What is gained for each unit of cost, `candidates` elements.
    pub rate: *mut f64,
    /// The candidates to ask, best first; the smaller of `most` and `tasks` elements.
    pub picked: *mut i32,
    /// One of `COTERIE_TASK_` for each task, `tasks` elements.
    pub state: *mut i32,
}

/// Rates every answer that may be asked for and picks the best ones.
///
/// Kind: normal. Threads: any, also at once.
/// BORROWS `question`, `out`, `error` (nullable) and every array in them.
/// Returns `COTERIE_OK`, `COTERIE_INVALID_ARGUMENT`, `COTERIE_OUT_OF_MEMORY`.
///
/// # Safety
///
/// Every pointer is NULL where that is allowed, or points to as many elements as its description says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn coterie_acquisition_plan(
    question: *const AcquisitionQuestion,
    out: *mut AcquisitionPlan,
    error: *mut ErrorRecord,
) -> i32 {
    let mut blocks = Vec::new();
    let status = guard(error, || {
        check(question, "question")?;
        check(out, "out")?;
        // SAFETY: checked; the caller lends both structs.
        let (given, wanted) = unsafe { (question.read(), out.read()) };
        check_size::<AcquisitionQuestion>(given.struct_size, "question")?;
        check_size::<AcquisitionPlan>(wanted.struct_size, "out")?;
        let sizes = [size(given.tasks, "tasks")?, size(given.experts, "experts")?, size(given.labels, "labels")?];
        let most = size(given.most, "most")?;
        let [tasks, experts, labels] = sizes.map(|size| size as u64);
        let matrices = experts.checked_mul(labels).and_then(|rows| rows.checked_mul(labels));
        let matrices =
            matrices.ok_or_else(|| Failure::invalid("the confusion matrices are more than memory can hold"))?;
        let mut ranges = Ranges::default();
        ranges.reads(question, 1, "question")?;
        ranges.writes(out, 1, "out")?;
        let candidates = given.candidates;
        // SAFETY: the caller lends every array with as many elements as its description says.
        let asked = unsafe {
            Question {
                sizes,
                posterior: lent(&mut ranges, given.posterior, tasks * labels, "posterior")?,
                confusion: lent(&mut ranges, given.confusion, matrices, "confusion")?,
                cost: lent(&mut ranges, given.cost, experts, "cost")?,
                task: lent(&mut ranges, given.task, candidates, "task")?,
                expert: lent(&mut ranges, given.expert, candidates, "expert")?,
                target: given.target,
                loss: given.loss,
                budget: given.budget,
                most,
            }
        };
        let picks = most.min(sizes[0]);
        let doubles = [(wanted.gain, "gain"), (wanted.expected, "expected"), (wanted.rate, "rate")];
        if candidates > 0 {
            for (array, name) in doubles {
                ranges.writes(array, candidates, name)?;
            }
        }
        ranges.writes(wanted.picked, picks as u64, "picked")?;
        ranges.writes(wanted.state, tasks, "state")?;
        blocks = ranges.settle()?;
        let found = plan(&asked).map_err(failure)?;
        for ((array, _), values) in doubles.into_iter().zip([&found.gain, &found.expected, &found.rate]) {
            if candidates > 0 {
                // SAFETY: checked above: lent, long enough, and apart from everything else; so below.
                unsafe { array.copy_from_nonoverlapping(values.as_ptr(), values.len()) };
            }
        }
        for (at, &place) in found.picked.iter().enumerate() {
            // SAFETY: there are at most `picks`.
            unsafe { wanted.picked.add(at).write(place as i32) };
        }
        for (at, &state) in found.state.iter().enumerate() {
            // SAFETY: one element a task.
            unsafe { wanted.state.add(at).write(state as i32) };
        }
        // SAFETY: checked above.
        let out = unsafe { &mut *out };
        out.picks = found.picked.len() as i32;
        out.spent = found.spent;
        Ok(())
    });
    drop(blocks);
    status
}

/// An array that may be NULL when it is empty.
///
/// # Safety
///
/// The array is NULL, misaligned, or lent with this many elements.
pub(super) unsafe fn lent<'a, T>(
    ranges: &mut Ranges,
    array: *const T,
    length: u64,
    name: &'static str,
) -> Result<&'a [T], Failure> {
    if length == 0 {
        return Ok(&[]);
    }
    let length = ranges.reads(array, length, name)?;
    // SAFETY: checked by `reads`, and lent by the caller.
    Ok(unsafe { slice::from_raw_parts(array, length) })
}
