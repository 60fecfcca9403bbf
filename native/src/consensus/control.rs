//! How a fit is watched and ended from another thread.

use std::sync::atomic::{AtomicI32, AtomicI64, Ordering};

use super::FitError;

/// Shared between a fit and its watchers.
#[derive(Debug, Default)]
#[repr(C)]
pub struct Control {
    cancel: AtomicI32,
    reserved: i32,
    iterations: AtomicI64,
}

impl Control {
    /// Asks the fit to end; it does so after the spans in work.
    pub fn cancel(&self) {
        self.cancel.store(1, Ordering::Relaxed);
    }

    /// Whether the fit was asked to end.
    pub fn is_cancelled(&self) -> bool {
        self.cancel.load(Ordering::Relaxed) != 0
    }

    /// The iterations that are done.
    pub fn iterations(&self) -> i64 {
        self.iterations.load(Ordering::Relaxed)
    }

    pub(super) fn report(&self, iterations: u32) {
        self.iterations.store(i64::from(iterations), Ordering::Relaxed);
    }

    pub(super) fn check(&self) -> Result<(), FitError> {
        if self.is_cancelled() { Err(FitError::Cancelled) } else { Ok(()) }
    }
}
