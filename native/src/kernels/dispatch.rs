//! Which instruction set runs.

use std::sync::atomic::{AtomicU8, Ordering};

/// An instruction set that kernels exist for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Isa {
    /// The platform's baseline.
    Scalar,
    /// x86-64 with AVX2.
    Avx2,
    /// x86-64 with AVX-512 F, DQ and VL.
    Avx512,
    /// AArch64 with Advanced SIMD.
    Neon,
}

impl Isa {
    /// All of them.
    #[must_use]
    pub fn all() -> [Self; 4] {
        [Self::Scalar, Self::Avx2, Self::Avx512, Self::Neon]
    }

    /// The name, in lower case.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Scalar => "scalar",
            Self::Avx2 => "avx2",
            Self::Avx512 => "avx512",
            Self::Neon => "neon",
        }
    }

    /// Whether this machine and this build have it.
    #[must_use]
    pub fn is_available(self) -> bool {
        match self {
            Self::Scalar => true,
            #[cfg(target_arch = "x86_64")]
            Self::Avx2 => is_x86_feature_detected!("avx2"),
            #[cfg(target_arch = "x86_64")]
            Self::Avx512 => {
                is_x86_feature_detected!("avx512f")
                    && is_x86_feature_detected!("avx512dq")
                    && is_x86_feature_detected!("avx512vl")
            }
            #[cfg(target_arch = "aarch64")]
            Self::Neon => true,
            #[allow(unreachable_patterns)]
            _ => false,
        }
    }

    /// Those of this machine, from the plainest to the best.
    pub fn available() -> impl Iterator<Item = Self> {
        Self::all().into_iter().filter(|isa| isa.is_available())
    }
}

const UNDECIDED: u8 = u8::MAX;

static CURRENT: AtomicU8 = AtomicU8::new(UNDECIDED);

/// The instruction set in use: the best one until another is selected.
#[must_use]
pub fn current() -> Isa {
    let code = CURRENT.load(Ordering::Relaxed);
    if let Some(isa) = Isa::all().into_iter().find(|isa| *isa as u8 == code) {
        return isa;
    }
    let best = Isa::available().last().unwrap_or(Isa::Scalar);
    // A selection made meanwhile stays.
    match CURRENT.compare_exchange(UNDECIDED, best as u8, Ordering::Relaxed, Ordering::Relaxed) {
        Ok(_) => best,
        Err(_) => current(),
    }
}

/// Selects the instruction set for everything that starts from now on; false where it is not available.
pub fn select(isa: Isa) -> bool {
    let available = isa.is_available();
    if available {
        CURRENT.store(isa as u8, Ordering::Relaxed);
    }
    available
}

/// The kernels of one instruction set.
#[derive(Clone, Copy)]
pub struct Kernels {}

impl Kernels {
    /// Those in use.
    #[must_use]
    pub fn current() -> Self {
        Self {}
    }
    /// exp
    pub fn exp(self, _x: &mut [f64]) {}
    /// log
    pub fn log(self, _x: &mut [f64]) {}
    /// sum
    #[must_use]
    pub fn sum(self, _x: &[f64]) -> f64 {
        0.0
    }
}
