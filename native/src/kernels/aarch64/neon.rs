//! The kernels compiled for Advanced SIMD. The scalar table of this platform is the same code: its baseline has NEON.

crate::kernels::compile!(Isa::Neon, #[target_feature(enable = "neon")]);
