//! The arithmetic of `docs/numerics.md` on every instruction set, with the same bits.
//!
//! An operation is written once, in `lanes.rs` and `em.rs`, as an inlined function over plain arrays without anything that
//! could round differently; each instruction set compiles that text for itself. `scalar.rs` is the reference: the
//! specification word for word, which the tests hold against the others.

mod dispatch;

pub use dispatch::{Isa, Kernels, current, select};
