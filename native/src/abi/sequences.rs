//! Aggregating sequences: word by word.

use std::slice;

use super::error::ErrorRecord;
use super::fit::{ControlBlock, check_size, failure, size};
use super::guard::{check, guard};
use super::ranges::Ranges;
use super::status::Failure;
use crate::consensus::Control;
use crate::sequence::{RoverOutcome, RoverProblem, Rows, rover};

/// What ROVER aggregates. Everything in it is borrowed for the call.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct TextRoverProblem {
    /// The size of this struct in bytes, as the caller knows it.
    pub struct_size: u32,
    /// 1 to build around the text that is most similar to all others and to weigh votes by how far other experts agree with
    /// a row's expert in other tasks, 0 for votes alike in the order of the table.
    pub reliability: i32,
    /// The task of each row, `rows` elements in `0..tasks`.
    pub task: *const i32,
    /// The expert of each row, `rows` elements in `0..experts`.
    pub expert: *const i32,
    /// How many words each row has, `rows` elements, not negative.
    pub length: *const i32,
    /// The words of all rows one after another, `word_count` elements in `0..words`; NULL when there are none. Numbers of
    /// words ascend with the number of their code points, then with the code points; 0 is the empty word.
    pub word: *const i32,
    /// The confidence of each row, `rows` elements in 0 to 1; NULL when all are 1. Only reliability looks at it.
    pub confidence: *const f64,
    /// The number of rows, at least 1.
    pub rows: u64,
    /// The number of words in all rows.
    pub word_count: u64,
    /// The number of tasks, at least 1.
    pub tasks: i32,
    /// The number of experts, at least 1.
    pub experts: i32,
    /// The size of the vocabulary, at least 1.
    pub words: i32,
    /// Always 0.
    pub reserved: i32,
}

/// Where ROVER writes its result. All arrays are borrowed for the call, must not overlap, and are untouched when the
/// arguments are refused, unspecified after another failure and when a row is too long to be aligned.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct TextRoverOutcome {
    /// The size of this struct in bytes, as the caller knows it.
    pub struct_size: u32,
    /// The rounds in which experts were weighed, 0 to 3; written only on `COTERIE_OK`.
    pub rounds: i32,
    /// How many words each task's sequence has, `tasks` elements.
    pub length: *mut i32,
    /// The words of all tasks' sequences one after another, `word_count` elements, of which the sum of the lengths is
    /// written; NULL when there are none.
    pub word: *mut i32,
    /// The share of the weight that each of these words has in its place, as many elements as `word`.
    pub share: *mut f64,
    /// The row that each task's alignment begins with, -1 for a task without rows; `tasks` elements.
    pub backbone: *mut i32,
    /// The weight of each row, `rows` elements.
    pub weight: *mut f64,
    /// The skill of each expert, `experts` elements, NaN without reliability.
    pub skill: *mut f64,
}

/// Builds one sequence of words of each task's rows by ROVER. The result depends on the problem alone, bit for bit.
///
/// Kind: normal; it runs as long as the alignments take, in the calling thread. Threads: any, also at once.
/// BORROWS `problem`, `outcome`, `control` (nullable), `error` (nullable) and every array in them; blocks of
/// `coterie_memory_allocate` among them are kept alive for the call, even when they are released meanwhile.
/// Returns `COTERIE_OK`, `COTERIE_INVALID_ARGUMENT`, `COTERIE_OUT_OF_MEMORY`, `COTERIE_CANCELLED`.
///
/// # Safety
///
/// Every pointer is NULL where that is allowed, or points to as many elements as its description says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn coterie_text_rover(
    problem: *const TextRoverProblem,
    outcome: *mut TextRoverOutcome,
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
        check_size::<TextRoverProblem>(given.struct_size, "problem")?;
        check_size::<TextRoverOutcome>(wanted.struct_size, "outcome")?;
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
        let given = unsafe { borrow(&given, &mut ranges)? };
        note(&wanted, &given.rows, &mut ranges)?;
        blocks = ranges.settle()?;
        let own = Control::default();
        // SAFETY: checked; the layouts are the same, as an assertion in `fit.rs` says.
        let control = if control.is_null() { &own } else { unsafe { &*control.cast::<Control>() } };
        // SAFETY: `settle` found the arrays apart from each other and from everything that is read.
        let rounds = rover(&given, unsafe { lend(&wanted, &given.rows) }, control).map_err(failure)?;
        // SAFETY: checked above.
        unsafe { (*outcome).rounds = rounds as i32 };
        Ok(())
    });
    drop(blocks);
    status
}

/// Checks every number and every array that is read.
///
/// # Safety
///
/// An array that is neither null nor misaligned has as many elements as its description says, for the life of the slices.
unsafe fn borrow<'a>(given: &TextRoverProblem, ranges: &mut Ranges) -> Result<RoverProblem<'a>, Failure> {
    let reliability = match given.reliability {
        0 => false,
        1 => true,
        other => return Err(Failure::invalid(format!("reliability is {other}, not 0 or 1"))),
    };
    // SAFETY: passed on to the caller, for each array.
    unsafe {
        let rows = Rows {
            tasks: size(given.tasks, "tasks")?,
            experts: size(given.experts, "experts")?,
            words: size(given.words, "words")?,
            task: read(given.task, given.rows, "task", ranges)?,
            expert: read(given.expert, given.rows, "expert", ranges)?,
            length: read(given.length, given.rows, "length", ranges)?,
            word: if given.word_count == 0 { &[] } else { read(given.word, given.word_count, "word", ranges)? },
        };
        let confidence = if given.confidence.is_null() {
            None
        } else {
            Some(read(given.confidence, given.rows, "confidence", ranges)?)
        };
        Ok(RoverProblem { rows, confidence, reliability })
    }
}

/// # Safety
///
/// As for [`borrow`].
unsafe fn read<'a, T>(
    start: *const T,
    length: u64,
    name: &'static str,
    ranges: &mut Ranges,
) -> Result<&'a [T], Failure> {
    let length = ranges.reads(start, length, name)?;
    // SAFETY: `reads` checked it; the rest is passed on to the caller.
    Ok(unsafe { slice::from_raw_parts(start, length) })
}

/// Checks every array that is written.
fn note(wanted: &TextRoverOutcome, rows: &Rows<'_>, ranges: &mut Ranges) -> Result<(), Failure> {
    let words = rows.word.len() as u64;
    ranges.writes(wanted.length, rows.tasks as u64, "outcome length")?;
    if words > 0 {
        ranges.writes(wanted.word, words, "outcome word")?;
        ranges.writes(wanted.share, words, "share")?;
    }
    ranges.writes(wanted.backbone, rows.tasks as u64, "backbone")?;
    ranges.writes(wanted.weight, rows.task.len() as u64, "weight")?;
    ranges.writes(wanted.skill, rows.experts as u64, "skill")?;
    Ok(())
}

/// The arrays as slices.
///
/// # Safety
///
/// All of them were noted and are apart from everything else that is in use, for the life of the slices.
unsafe fn lend<'a>(wanted: &TextRoverOutcome, rows: &Rows<'_>) -> RoverOutcome<'a> {
    let words = rows.word.len();
    // SAFETY: passed on to the caller; without words no pointer to them is looked at.
    unsafe {
        RoverOutcome {
            length: slice::from_raw_parts_mut(wanted.length, rows.tasks),
            word: if words > 0 { slice::from_raw_parts_mut(wanted.word, words) } else { Default::default() },
            share: if words > 0 { slice::from_raw_parts_mut(wanted.share, words) } else { Default::default() },
            backbone: slice::from_raw_parts_mut(wanted.backbone, rows.tasks),
            weight: slice::from_raw_parts_mut(wanted.weight, rows.task.len()),
            skill: slice::from_raw_parts_mut(wanted.skill, rows.experts),
        }
    }
}
