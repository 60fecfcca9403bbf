//! Which instruction set runs.

use std::sync::atomic::{AtomicU8, Ordering};

use super::{
    Abilities, Answers, Coins, Counts, Drawing, Easiness, Factors, HASHES, Logs, Mixture, Parts, Rights, SETS, Span,
    Tile, VECTORS, baseline,
};

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

type OneCoinNormalise = unsafe fn(&mut [f64], &[f64], &mut [[f64; 2]], usize, f64);

type GladPass = unsafe fn(Answers<'_>, &mut Span<'_>, Abilities<'_>, &mut Easiness<'_>, &mut Drawing<'_>) -> f64;

type SetSimilarities = unsafe fn(&[u32], Tile<'_, [u8; SETS]>, &[f64; SETS], f64, &mut [f64; SETS]);

type Dice<R> = unsafe fn(&[u32], &[u32], Tile<'_, R>, &[f64; SETS], f64, &mut [f64; SETS]);

type VectorCosine = unsafe fn(&[u32], &[f64], Tile<'_, [f64; VECTORS]>, &[f64; VECTORS], f64, &mut [f64; VECTORS]);

/// The kernels of one instruction set: calling one where that set is missing is undefined.
pub(super) struct Table {
    pub(super) isa: Isa,
    pub(super) exp: unsafe fn(&mut [f64]),
    pub(super) log: unsafe fn(&mut [f64]),
    pub(super) digamma: unsafe fn(&mut [f64]),
    pub(super) lgamma: unsafe fn(&mut [f64]),
    pub(super) sum: unsafe fn(&[f64]) -> f64,
    pub(super) dawid_skene_pass: unsafe fn(Answers<'_>, &mut Span<'_>, Option<Logs<'_>>, &mut Counts<'_>) -> f64,
    pub(super) products_pass: unsafe fn(Answers<'_>, &mut Span<'_>, Factors<'_>, &mut Counts<'_>) -> f64,
    pub(super) dawid_skene_normalise: unsafe fn(&mut [f64], usize, f64, &mut [f64]),
    pub(super) one_coin_pass: unsafe fn(Answers<'_>, &mut Span<'_>, Option<Coins<'_>>, &mut Rights<'_>) -> f64,
    pub(super) one_coin_normalise: OneCoinNormalise,
    pub(super) groups_pass: unsafe fn(Answers<'_>, &mut Span<'_>, Mixture<'_>, &mut Parts<'_>) -> f64,
    pub(super) glad_pass: GladPass,
    pub(super) text_set_cosine: SetSimilarities,
    pub(super) text_jaccard: SetSimilarities,
    pub(super) text_dice: Dice<[u16; SETS]>,
    pub(super) text_dice_large: Dice<[u32; SETS]>,
    pub(super) text_vector_cosine: VectorCosine,
    pub(super) text_signature: unsafe fn(&[u32], &[u32; HASHES], &mut [u32; HASHES]),
    pub(super) text_equal_hashes: unsafe fn(&[u32; HASHES], &[u32; HASHES]) -> u32,
    pub(super) text_dot: unsafe fn(&[f32], &[f32]) -> f64,
    pub(super) text_dot_wide: unsafe fn(&[f32], &[f64]) -> f64,
}

/// The kernels of an instruction set that this machine has.
#[derive(Clone, Copy)]
pub struct Kernels(&'static Table);

impl Kernels {
    /// Those in use.
    #[must_use]
    pub fn current() -> Self {
        Self::of(current()).unwrap_or(Self(&baseline::TABLE))
    }

    /// Those of an instruction set, if this machine has it.
    #[must_use]
    pub fn of(isa: Isa) -> Option<Self> {
        let table = match isa {
            Isa::Scalar => &baseline::TABLE,
            #[cfg(target_arch = "x86_64")]
            Isa::Avx2 => &super::x86_64::avx2::TABLE,
            #[cfg(target_arch = "x86_64")]
            Isa::Avx512 => &super::x86_64::avx512::TABLE,
            #[cfg(target_arch = "aarch64")]
            Isa::Neon => &super::aarch64::neon::TABLE,
            #[allow(unreachable_patterns)]
            _ => return None,
        };
        isa.is_available().then_some(Self(table))
    }

    /// Their instruction set.
    #[must_use]
    pub fn isa(self) -> Isa {
        self.0.isa
    }

    /// Replaces each element by its exponential.
    pub fn exp(self, values: &mut [f64]) {
        // SAFETY: `of` hands out tables of available instruction sets only; so below.
        unsafe { (self.0.exp)(values) }
    }

    /// Replaces each element by its natural logarithm.
    pub fn log(self, values: &mut [f64]) {
        // SAFETY: see `exp`.
        unsafe { (self.0.log)(values) }
    }

    /// Replaces each element by its digamma; those below 0 by NaN.
    pub fn digamma(self, values: &mut [f64]) {
        // SAFETY: see `exp`.
        unsafe { (self.0.digamma)(values) }
    }

    /// Replaces each element by the natural logarithm of its gamma function; those below 0 by NaN.
    pub fn lgamma(self, values: &mut [f64]) {
        // SAFETY: see `exp`.
        unsafe { (self.0.lgamma)(values) }
    }

    /// The striped sum.
    #[must_use]
    pub fn sum(self, values: &[f64]) -> f64 {
        // SAFETY: see `exp`.
        unsafe { (self.0.sum)(values) }
    }

    pub(crate) fn dawid_skene_pass(
        self,
        answers: Answers<'_>,
        span: &mut Span<'_>,
        logs: Option<Logs<'_>>,
        counts: &mut Counts<'_>,
    ) -> f64 {
        // SAFETY: see `exp`.
        unsafe { (self.0.dawid_skene_pass)(answers, span, logs, counts) }
    }

    pub(crate) fn products_pass(
        self,
        answers: Answers<'_>,
        span: &mut Span<'_>,
        factors: Factors<'_>,
        counts: &mut Counts<'_>,
    ) -> f64 {
        // SAFETY: see `exp`.
        unsafe { (self.0.products_pass)(answers, span, factors, counts) }
    }

    pub(crate) fn dawid_skene_normalise(self, counts: &mut [f64], labels: usize, smoothing: f64, totals: &mut [f64]) {
        // SAFETY: see `exp`.
        unsafe { (self.0.dawid_skene_normalise)(counts, labels, smoothing, totals) }
    }

    pub(crate) fn one_coin_pass(
        self,
        answers: Answers<'_>,
        span: &mut Span<'_>,
        coins: Option<Coins<'_>>,
        rights: &mut Rights<'_>,
    ) -> f64 {
        // SAFETY: see `exp`.
        unsafe { (self.0.one_coin_pass)(answers, span, coins, rights) }
    }

    pub(crate) fn one_coin_normalise(
        self,
        skills: &mut [f64],
        totals: &[f64],
        logs: &mut [[f64; 2]],
        labels: usize,
        smoothing: f64,
    ) {
        // SAFETY: see `exp`.
        unsafe { (self.0.one_coin_normalise)(skills, totals, logs, labels, smoothing) }
    }

    pub(crate) fn groups_pass(
        self,
        answers: Answers<'_>,
        span: &mut Span<'_>,
        mixture: Mixture<'_>,
        parts: &mut Parts<'_>,
    ) -> f64 {
        // SAFETY: see `exp`.
        unsafe { (self.0.groups_pass)(answers, span, mixture, parts) }
    }

    pub(crate) fn glad_pass(
        self,
        answers: Answers<'_>,
        span: &mut Span<'_>,
        abilities: Abilities<'_>,
        easiness: &mut Easiness<'_>,
        drawing: &mut Drawing<'_>,
    ) -> f64 {
        // SAFETY: see `exp`.
        unsafe { (self.0.glad_pass)(answers, span, abilities, easiness, drawing) }
    }

    pub(crate) fn text_set_cosine(
        self,
        ids: &[u32],
        tile: Tile<'_, [u8; SETS]>,
        sizes: &[f64; SETS],
        own: f64,
        out: &mut [f64; SETS],
    ) {
        // SAFETY: see `exp`.
        unsafe { (self.0.text_set_cosine)(ids, tile, sizes, own, out) }
    }

    pub(crate) fn text_jaccard(
        self,
        ids: &[u32],
        tile: Tile<'_, [u8; SETS]>,
        sizes: &[f64; SETS],
        own: f64,
        out: &mut [f64; SETS],
    ) {
        // SAFETY: see `exp`.
        unsafe { (self.0.text_jaccard)(ids, tile, sizes, own, out) }
    }

    pub(crate) fn text_dice(
        self,
        ids: &[u32],
        counts: &[u32],
        tile: Tile<'_, [u16; SETS]>,
        sizes: &[f64; SETS],
        own: f64,
        out: &mut [f64; SETS],
    ) {
        // SAFETY: see `exp`.
        unsafe { (self.0.text_dice)(ids, counts, tile, sizes, own, out) }
    }

    pub(crate) fn text_dice_large(
        self,
        ids: &[u32],
        counts: &[u32],
        tile: Tile<'_, [u32; SETS]>,
        sizes: &[f64; SETS],
        own: f64,
        out: &mut [f64; SETS],
    ) {
        // SAFETY: see `exp`.
        unsafe { (self.0.text_dice_large)(ids, counts, tile, sizes, own, out) }
    }

    pub(crate) fn text_vector_cosine(
        self,
        ids: &[u32],
        components: &[f64],
        tile: Tile<'_, [f64; VECTORS]>,
        squares: &[f64; VECTORS],
        own: f64,
        out: &mut [f64; VECTORS],
    ) {
        // SAFETY: see `exp`.
        unsafe { (self.0.text_vector_cosine)(ids, components, tile, squares, own, out) }
    }

    pub(crate) fn text_signature(self, ids: &[u32], seeds: &[u32; HASHES], out: &mut [u32; HASHES]) {
        // SAFETY: see `exp`.
        unsafe { (self.0.text_signature)(ids, seeds, out) }
    }

    pub(crate) fn text_equal_hashes(self, a: &[u32; HASHES], b: &[u32; HASHES]) -> u32 {
        // SAFETY: see `exp`.
        unsafe { (self.0.text_equal_hashes)(a, b) }
    }

    pub(crate) fn text_dot(self, a: &[f32], b: &[f32]) -> f64 {
        // SAFETY: see `exp`.
        unsafe { (self.0.text_dot)(a, b) }
    }

    pub(crate) fn text_dot_wide(self, a: &[f32], b: &[f64]) -> f64 {
        // SAFETY: see `exp`.
        unsafe { (self.0.text_dot_wide)(a, b) }
    }
}
