//! What every export goes through: argument checks on pointers, and no panic that leaves the library.

use super::error::ErrorRecord;
use super::status::{COTERIE_INVALID_ARGUMENT, COTERIE_OK, COTERIE_PANIC, Failure};
use crate::panics;

/// Runs the body of an export: its failure, or its panic, becomes a status and a message.
pub(super) fn guard(error: *mut ErrorRecord, body: impl FnOnce() -> Result<(), Failure>) -> i32 {
    if !error.is_null() && !error.is_aligned() {
        return COTERIE_INVALID_ARGUMENT;
    }
    let failure = match panics::catch(body) {
        Ok(Ok(())) => return COTERIE_OK,
        Ok(Err(failure)) => failure,
        Err(panic) => Failure::new(COTERIE_PANIC, format!("internal error: {}", panic.0)),
    };
    if !error.is_null() {
        // SAFETY: aligned as checked above, and the caller lends a whole record for the call.
        unsafe { (*error).set(&failure) };
    }
    failure.code
}

/// Refuses a null or misaligned pointer.
pub(super) fn check<T>(pointer: *const T, name: &str) -> Result<(), Failure> {
    if pointer.is_null() {
        return Err(Failure::invalid(format!("{name} is NULL")));
    }
    if !pointer.is_aligned() {
        let alignment = align_of::<T>();
        return Err(Failure::invalid(format!("{name} is not aligned to {alignment} bytes")));
    }
    Ok(())
}

/// Refuses an array that is null, misaligned, or longer than the address space.
pub(super) fn check_array<T>(pointer: *const T, length: u64, name: &str) -> Result<usize, Failure> {
    check(pointer, name)?;
    let fits = |length: &usize| {
        length
            .checked_mul(size_of::<T>())
            .is_some_and(|bytes| bytes <= isize::MAX as usize && pointer.addr().checked_add(bytes).is_some())
    };
    usize::try_from(length)
        .ok()
        .filter(fits)
        .ok_or_else(|| Failure::invalid(format!("{name}: {length} elements are more than memory can hold")))
}

/// Panics on purpose, to prove that a panic ends as `COTERIE_PANIC` with a message and not as the end of the process.
///
/// Kind: normal. Threads: any, also at once. BORROWS `error` (nullable).
/// Returns `COTERIE_PANIC` always.
///
/// # Safety
///
/// `error` is NULL or points to a record.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn coterie_selftest_panic(error: *mut ErrorRecord) -> i32 {
    guard(error, || panic!("the self-test panics on purpose"))
}
