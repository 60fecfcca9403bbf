//! The kernels compiled for AVX-512.

crate::kernels::compile!(Isa::Avx512, #[target_feature(enable = "avx512f,avx512dq,avx512vl")]);
