//! Consensus of written answers in the wire form: a message in, a message out.

use std::slice;

use super::error::ErrorRecord;
use super::fit::{ControlBlock, check_size, count, failure};
use super::guard::{check, guard};
use super::ranges::Ranges;
use super::status::Failure;
use super::text::{borrow_control, clustering, confidence, kind};
use crate::consensus::Control;
use crate::kernels::Kernels;
use crate::text::{Options, consensus_message};

/// What is done with the texts of a message; the fields are those of `coterie_text_problem_t`.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct TextWireOptions {
    /// The size of this struct in bytes, as the caller knows it.
    pub struct_size: u32,
    /// How texts are compared to form clusters: one of the nine first `COTERIE_TEXT_`.
    pub similarity: i32,
    /// How texts are compared to choose one: as `similarity`.
    pub choice: i32,
    /// `COTERIE_TEXT_COMPONENTS`, `_COMPLETE_LINK`, `_DENSITY` or `_LEADER`.
    pub clustering: i32,
    /// How many texts near each other, itself among them, make a core of `COTERIE_TEXT_DENSITY`; at least 1.
    pub min_points: i32,
    /// One of `COTERIE_TEXT_CONFIDENCE_`.
    pub confidence_rule: i32,
    /// The most themes of a task, up to 1000.
    pub themes: i32,
    /// The most threads, 0 for one on every processor.
    pub threads: i32,
    /// From which similarity on two texts are near, in [-1, 1].
    pub threshold: f64,
}

/// Reads a message of responses, finds the consensus of every task, and writes the message of the result; `docs/wire.md`
/// has both. It says what `coterie_text_consensus` says of the same texts, bit for bit.
///
/// `written` gets the length of the result. When that is above `capacity`, `out` is untouched, and the call is to be repeated
/// with as much room; nothing is kept of it. A message that is refused is a refused argument: the error's message has the byte,
/// the field and the reason, or the row of the response.
///
/// Kind: normal; it runs as long as that takes, and its threads have ended when it returns. Threads: any, also at once.
/// BORROWS `options`, `message` (`length` bytes), `out` (`capacity` bytes, nullable when that is 0), `written`,
/// `control` (nullable), `error` (nullable); blocks of `coterie_memory_allocate` among them are kept alive for the call.
/// Returns `COTERIE_OK`, also when `out` is too small, `COTERIE_INVALID_ARGUMENT`, `COTERIE_OUT_OF_MEMORY`, `COTERIE_CANCELLED`.
///
/// # Safety
///
/// Every pointer is NULL where that is allowed, or points to as many elements as its description says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn coterie_text_wire(
    options: *const TextWireOptions,
    message: *const u8,
    length: u64,
    out: *mut u8,
    capacity: u64,
    written: *mut u64,
    control: *mut ControlBlock,
    error: *mut ErrorRecord,
) -> i32 {
    // Outside of the guard, so that a block with the error record in it lives until the message is written.
    let mut blocks = Vec::new();
    let status = guard(error, || {
        check(options, "options")?;
        let mut ranges = Ranges::default();
        ranges.reads(options, 1, "options")?;
        let length = if length == 0 { 0 } else { ranges.reads(message, length, "message")? };
        if capacity > 0 {
            ranges.writes(out, capacity, "out")?;
        }
        ranges.writes(written, 1, "written")?;
        if !control.is_null() {
            ranges.writes(control, 1, "control")?;
        }
        if !error.is_null() {
            ranges.writes(error, 1, "error")?;
        }
        blocks = ranges.settle()?;
        // SAFETY: checked; the caller lends the struct.
        let options = read(unsafe { &*options })?;
        // SAFETY: checked; the caller lends the bytes, and `settle` found them apart from everything that is written.
        let message = if length == 0 { &[] } else { unsafe { slice::from_raw_parts(message, length) } };
        let own = Control::default();
        // SAFETY: checked above.
        let control = unsafe { borrow_control(control, &own) };
        let result = consensus_message(Kernels::current(), message, &options, control).map_err(failure)?;
        if result.len() as u64 <= capacity {
            // SAFETY: checked: `out` is lent, long enough and apart from everything else.
            unsafe { out.copy_from_nonoverlapping(result.as_ptr(), result.len()) };
        }
        // SAFETY: checked above.
        unsafe { written.write(result.len() as u64) };
        Ok(())
    });
    drop(blocks);
    status
}

fn read(given: &TextWireOptions) -> Result<Options, Failure> {
    check_size::<TextWireOptions>(given.struct_size, "options")?;
    Ok(Options {
        similarity: kind(given.similarity, "similarity")?,
        choice: kind(given.choice, "choice")?,
        clustering: clustering(given.clustering, given.min_points)?,
        threshold: given.threshold,
        confidence: confidence(given.confidence_rule)?,
        themes: count(given.themes, "themes")?,
        threads: count(given.threads, "threads")?,
    })
}
