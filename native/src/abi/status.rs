//! The status codes: explicit, append-only numbers.

/// The call succeeded.
pub const COTERIE_OK: i32 = 0;
/// An argument was refused; the message names it, and the row of a table. Nothing was changed.
pub const COTERIE_INVALID_ARGUMENT: i32 = 1;
/// Memory could not be had. Nothing was changed.
pub const COTERIE_OUT_OF_MEMORY: i32 = 2;
/// The handle was closed already, or never given out.
pub const COTERIE_STALE_HANDLE: i32 = 3;
/// The handle belongs to an object of another kind.
pub const COTERIE_WRONG_HANDLE_TYPE: i32 = 4;
/// The call was cancelled through its control block.
pub const COTERIE_CANCELLED: i32 = 5;
/// The request is well formed, but this library or this machine cannot serve it.
pub const COTERIE_UNSUPPORTED: i32 = 6;
/// A defect in the library: it panicked, and the panic was caught. The message says where.
pub const COTERIE_PANIC: i32 = 7;

/// A status other than OK, with its message.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) code: i32,
    pub(crate) message: String,
}

impl Failure {
    pub(crate) fn new(code: i32, message: impl Into<String>) -> Self {
        let message = message.into();
        Self { code, message }
    }

    pub(crate) fn invalid(message: impl Into<String>) -> Self {
        Self::new(COTERIE_INVALID_ARGUMENT, message)
    }
}
