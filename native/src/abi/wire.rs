//! The wire form: what is wrong with a message, and its canonical form.

use std::slice;

use super::error::ErrorRecord;
use super::guard::guard;
use super::ranges::Ranges;
use super::status::{COTERIE_OUT_OF_MEMORY, Failure};
use crate::wire::{Message, Reason, WireError};

/// What `coterie_wire_check` found.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default)]
pub struct WireReport {
    /// The byte at which a refused message is refused; 0 otherwise.
    pub position: u64,
    /// The bytes of the canonical form or of the refusal in words, also where `capacity` is 0.
    pub written: u64,
    /// The kind of the message: 0 responses, 1 answers, 2 text result, 3 categorical result; -1 when it is refused.
    pub kind: i32,
    /// Why it is refused, by the numbers of `docs/wire.md`; 0 when it is not.
    pub reason: i32,
}

/// Reads a message of the wire form of any kind. `out` gets its canonical form or, where it is refused, the byte, the field
/// and the reason in words, in UTF-8. That a message is refused is a result and not a failure of the call.
///
/// Kind: normal. Threads: any, also at once. BORROWS `message` (`length` bytes), `out` (`capacity` bytes; nullable when
/// `capacity` is 0, which asks for the report alone), `report`, `error` (nullable).
/// Returns `COTERIE_OK`, `COTERIE_INVALID_ARGUMENT`, `COTERIE_OUT_OF_MEMORY`.
///
/// # Safety
///
/// Every pointer is NULL where that is allowed, or points to as many elements as its description says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn coterie_wire_check(
    message: *const u8,
    length: u64,
    out: *mut u8,
    capacity: u64,
    report: *mut WireReport,
    error: *mut ErrorRecord,
) -> i32 {
    // Outside of the guard, so that a block with the error record in it lives until the message is written.
    let mut blocks = Vec::new();
    let status = guard(error, || {
        let mut ranges = Ranges::default();
        ranges.writes(report, 1, "report")?;
        let length = if length == 0 { 0 } else { ranges.reads(message, length, "message")? };
        if capacity > 0 {
            ranges.writes(out, capacity, "out")?;
        }
        if !error.is_null() {
            ranges.writes(error, 1, "error")?;
        }
        blocks = ranges.settle()?;
        // SAFETY: checked; the caller lends the bytes.
        let message = if length == 0 { &[] } else { unsafe { slice::from_raw_parts(message, length) } };
        let (text, found) = check(message)?;
        if capacity > 0 {
            let bytes = text.len();
            if capacity < bytes as u64 {
                return Err(Failure::invalid(format!("the result has {bytes} bytes, out has {capacity}")));
            }
            // SAFETY: checked: `out` is lent, long enough and apart from everything else.
            unsafe { out.copy_from_nonoverlapping(text.as_ptr(), bytes) };
        }
        // SAFETY: checked; the caller lends the struct.
        unsafe { report.write(found) };
        Ok(())
    });
    drop(blocks);
    status
}

/// The canonical form or the refusal in words, and the report.
fn check(message: &[u8]) -> Result<(Vec<u8>, WireReport), Failure> {
    let read = Message::read(message).and_then(|value| {
        let mut canonical = Vec::new();
        value.write(&mut canonical)?;
        Ok((value.kind(), canonical))
    });
    match read {
        Ok((kind, text)) => {
            let written = text.len() as u64;
            Ok((text, WireReport { written, kind: kind as i32, ..WireReport::default() }))
        }
        Err(WireError { reason: Reason::OutOfMemory, .. }) => {
            Err(Failure::new(COTERIE_OUT_OF_MEMORY, Reason::OutOfMemory.text()))
        }
        Err(refused) => {
            let text = refused.to_string().into_bytes();
            let (position, written) = (refused.position as u64, text.len() as u64);
            Ok((text, WireReport { position, written, kind: -1, reason: refused.reason as i32 }))
        }
    }
}
