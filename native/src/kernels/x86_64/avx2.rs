//! The kernels compiled for AVX2. FMA is left out on purpose: the specification rounds every operation.

crate::kernels::compile!(Isa::Avx2, #[target_feature(enable = "avx2")]);
