//! Coterie turns many answers into one: consensus of experts by voting and by expectation maximisation.
//!
//! Four layers, each in its folder: [`abi`] is the C interface that the JVM bindings call, [`consensus`] holds
//! the methods, [`online`] the model that takes answers as they come, and [`kernels`] the arithmetic that every
//! instruction set must do with the same bits.
//! `docs/numerics.md` is the specification of that arithmetic. [`wire`] reads and writes the form in which responses and
//! results travel.
#![deny(missing_docs, unsafe_op_in_unsafe_fn)]

pub mod abi;
pub mod agreement;
pub mod consensus;
pub mod kernels;
pub mod online;
pub mod pairwise;
mod panics;
pub mod sequence;
pub mod text;
pub mod wire;
