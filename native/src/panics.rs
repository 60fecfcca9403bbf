//! Panics that stay inside: caught, reported as text, and kept off the standard error stream.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::panic::{AssertUnwindSafe, PanicHookInfo, catch_unwind};
use std::sync::Once;

thread_local! {
    /// How many catching calls this thread is inside of.
    static DEPTH: Cell<u32> = const { Cell::new(0) };
    /// What the hook learned about the latest panic of this thread.
    static REPORT: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// A caught panic: its message and the place it was raised at.
#[derive(Debug)]
pub(crate) struct Panic(pub(crate) String);

/// Whether panics of this thread are being caught and reported by [`catch`].
pub(crate) fn caught_here() -> bool {
    DEPTH.get() > 0
}

/// Runs `body` and turns a panic into a value; nothing is printed.
pub(crate) fn catch<T>(body: impl FnOnce() -> T) -> Result<T, Panic> {
    install_hook();
    DEPTH.set(DEPTH.get() + 1);
    let result = catch_unwind(AssertUnwindSafe(body));
    DEPTH.set(DEPTH.get() - 1);
    result.map_err(describe)
}

fn describe(payload: Box<dyn Any + Send>) -> Panic {
    let report = REPORT.take();
    match payload.downcast::<Panic>() {
        Ok(panic) => *panic,
        Err(payload) => Panic(report.unwrap_or_else(|| text(payload.as_ref()).to_owned())),
    }
}

fn text(payload: &(dyn Any + Send)) -> &str {
    payload
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| payload.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("panic without a message")
}

/// The hook of the process is replaced once; panics outside of [`catch`] go to the hook that was there before.
fn install_hook() {
    static INSTALLED: Once = Once::new();
    INSTALLED.call_once(|| {
        let previous = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info: &PanicHookInfo<'_>| {
            if caught_here() {
                let message = text(info.payload());
                let report = match info.location() {
                    Some(place) => format!("{message} ({}:{})", place.file(), place.line()),
                    None => message.to_owned(),
                };
                REPORT.set(Some(report));
            } else {
                previous(info);
            }
        }));
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::panic::resume_unwind;

    #[test]
    fn a_panic_becomes_a_message_with_its_place() {
        let caught = catch(|| panic!("number {}", 7)).unwrap_err();
        assert!(caught.0.starts_with("number 7 ("), "{}", caught.0);
        assert!(caught.0.contains("panics.rs:"), "{}", caught.0);
        assert!(!caught_here());
    }

    #[test]
    fn a_panic_raised_again_keeps_the_first_place() {
        let first = catch(|| panic!("first")).unwrap_err();
        let text = first.0.clone();
        assert_eq!(catch(|| resume_unwind(Box::new(first))).unwrap_err().0, text);
    }
}
