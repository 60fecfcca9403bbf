//! How a fit is watched and ended from another thread.

use std::sync::atomic::{AtomicBool, AtomicI32, AtomicI64, Ordering};

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
}

/// A fit's own view of its control: once it has seen that it is cancelled it stays so, because spans were left out then.
pub(crate) struct Watch<'a> {
    control: &'a Control,
    cancelled: AtomicBool,
}

impl<'a> Watch<'a> {
    pub(crate) fn new(control: &'a Control) -> Self {
        Self { control, cancelled: AtomicBool::new(false) }
    }

    pub(crate) fn is_cancelled(&self) -> bool {
        if self.control.is_cancelled() {
            self.cancelled.store(true, Ordering::Relaxed);
        }
        self.cancelled.load(Ordering::Relaxed)
    }

    pub(crate) fn check(&self) -> Result<(), FitError> {
        if self.is_cancelled() { Err(FitError::Cancelled) } else { Ok(()) }
    }

    pub(crate) fn report(&self, iterations: u32) {
        self.control.iterations.store(i64::from(iterations), Ordering::Relaxed);
    }

    /// Reports one more than before; from any thread.
    pub(crate) fn advance(&self) {
        self.control.iterations.fetch_add(1, Ordering::Relaxed);
    }
}
