//! The kernels compiled for the platform's baseline.

super::compile!(Isa::Scalar);
