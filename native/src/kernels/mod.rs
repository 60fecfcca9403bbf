//! The arithmetic of `docs/numerics.md` on every instruction set, with the same bits.
//!
//! A kernel is written once, as an inlined function over plain slices in which nothing may be contracted or reordered;
//! each instruction set compiles that text for itself, so that they cannot differ. `scalar.rs` holds the reference of the
//! elementary functions, `elementary.rs`, `softmax.rs`, `dawid_skene.rs`, `products.rs`, `one_coin.rs`, `groups.rs`, `glad.rs` and `text.rs`
//! the families of kernels, `x86_64` and `aarch64` their compilations, and `dispatch.rs` chooses among these.

#[cfg(target_arch = "aarch64")]
mod aarch64;
mod baseline;
mod dawid_skene;
mod dispatch;
mod elementary;
mod glad;
mod groups;
mod one_coin;
mod products;
pub mod scalar;
mod softmax;
mod text;
mod view;
#[cfg(target_arch = "x86_64")]
mod x86_64;

pub(crate) use dawid_skene::{Counts, FLOOR, Logs};
pub use dispatch::{Isa, Kernels, current, select};
pub(crate) use elementary::row_sum;
pub(crate) use glad::{Abilities, BLOCK_TASKS, Drawing, Easiness, ROOM};
pub(crate) use groups::{Mixture, Parts, block_length};
pub(crate) use one_coin::{Coins, Rights};
pub(crate) use products::{Factors, LEAST_FACTOR};
pub(crate) use text::{HASHES, SETS, Tile, VECTORS};
pub(crate) use view::{Answers, Columns, Span, Weights};

/// Compiles every kernel for the instruction set that the attributes enable, and lists them in `TABLE`.
macro_rules! compile {
    ($isa:expr $(, #[$feature:meta])?) => {
        use crate::kernels::dispatch::{Isa, Table};
        use crate::kernels::{
            Abilities, Answers, Coins, Counts, Drawing, Easiness, Factors, HASHES, Logs, Mixture, Parts, Rights, SETS, Span,
            Tile, VECTORS, dawid_skene, elementary, glad, groups, one_coin, products, text,
        };

        $(#[$feature])?
        fn exp(values: &mut [f64]) {
            elementary::exp(values);
        }

        $(#[$feature])?
        fn log(values: &mut [f64]) {
            elementary::log(values);
        }

        $(#[$feature])?
        fn digamma(values: &mut [f64]) {
            elementary::digamma(values);
        }

        $(#[$feature])?
        fn lgamma(values: &mut [f64]) {
            elementary::lgamma(values);
        }

        $(#[$feature])?
        fn sum(values: &[f64]) -> f64 {
            elementary::sum(values)
        }

        $(#[$feature])?
        fn dawid_skene_pass(
            answers: Answers<'_>,
            span: &mut Span<'_>,
            logs: Option<Logs<'_>>,
            counts: &mut Counts<'_>,
        ) -> f64 {
            dawid_skene::pass(answers, span, logs, counts)
        }

        $(#[$feature])?
        fn products_pass(
            answers: Answers<'_>,
            span: &mut Span<'_>,
            factors: Factors<'_>,
            counts: &mut Counts<'_>,
        ) -> f64 {
            products::pass(answers, span, factors, counts)
        }

        $(#[$feature])?
        fn dawid_skene_normalise(counts: &mut [f64], labels: usize, smoothing: f64, totals: &mut [f64]) {
            dawid_skene::normalise(counts, labels, smoothing, totals);
        }

        $(#[$feature])?
        fn one_coin_pass(
            answers: Answers<'_>,
            span: &mut Span<'_>,
            coins: Option<Coins<'_>>,
            rights: &mut Rights<'_>,
        ) -> f64 {
            one_coin::pass(answers, span, coins, rights)
        }

        $(#[$feature])?
        fn one_coin_normalise(
            skills: &mut [f64],
            totals: &[f64],
            logs: &mut [[f64; 2]],
            labels: usize,
            smoothing: f64,
        ) {
            one_coin::normalise(skills, totals, logs, labels, smoothing);
        }

        $(#[$feature])?
        fn groups_pass(answers: Answers<'_>, span: &mut Span<'_>, mixture: Mixture<'_>, parts: &mut Parts<'_>) -> f64 {
            groups::pass(answers, span, mixture, parts)
        }

        $(#[$feature])?
        fn glad_pass(
            answers: Answers<'_>,
            span: &mut Span<'_>,
            abilities: Abilities<'_>,
            easiness: &mut Easiness<'_>,
            drawing: &mut Drawing<'_>,
        ) -> f64 {
            glad::pass(answers, span, abilities, easiness, drawing)
        }

        $(#[$feature])?
        fn text_set_cosine(
            ids: &[u32],
            tile: Tile<'_, [u8; SETS]>,
            sizes: &[f64; SETS],
            own: f64,
            out: &mut [f64; SETS],
        ) {
            text::set_cosine(ids, tile, sizes, own, out);
        }

        $(#[$feature])?
        fn text_jaccard(ids: &[u32], tile: Tile<'_, [u8; SETS]>, sizes: &[f64; SETS], own: f64, out: &mut [f64; SETS]) {
            text::jaccard(ids, tile, sizes, own, out);
        }

        $(#[$feature])?
        fn text_vector_cosine(
            ids: &[u32],
            components: &[f64],
            tile: Tile<'_, [f64; VECTORS]>,
            squares: &[f64; VECTORS],
            own: f64,
            out: &mut [f64; VECTORS],
        ) {
            text::vector_cosine(ids, components, tile, squares, own, out);
        }

        $(#[$feature])?
        fn text_dice(
            ids: &[u32],
            counts: &[u32],
            tile: Tile<'_, [u16; SETS]>,
            sizes: &[f64; SETS],
            own: f64,
            out: &mut [f64; SETS],
        ) {
            text::dice(ids, counts, tile, sizes, own, out);
        }

        $(#[$feature])?
        fn text_dice_large(
            ids: &[u32],
            counts: &[u32],
            tile: Tile<'_, [u32; SETS]>,
            sizes: &[f64; SETS],
            own: f64,
            out: &mut [f64; SETS],
        ) {
            text::dice_large(ids, counts, tile, sizes, own, out);
        }

        $(#[$feature])?
        fn text_signature(ids: &[u32], seeds: &[u32; HASHES], out: &mut [u32; HASHES]) {
            text::signature(ids, seeds, out);
        }

        $(#[$feature])?
        fn text_equal_hashes(a: &[u32; HASHES], b: &[u32; HASHES]) -> u32 {
            text::equal_hashes(a, b)
        }

        $(#[$feature])?
        fn text_dot(a: &[f32], b: &[f32]) -> f64 {
            text::dot(a, b)
        }

        $(#[$feature])?
        fn text_dot_wide(a: &[f32], b: &[f64]) -> f64 {
            text::dot_wide(a, b)
        }

        /// The kernels of this instruction set.
        pub(in crate::kernels) static TABLE: Table = Table {
            isa: $isa,
            exp,
            log,
            digamma,
            lgamma,
            sum,
            dawid_skene_pass,
            products_pass,
            dawid_skene_normalise,
            one_coin_pass,
            one_coin_normalise,
            groups_pass,
            glad_pass,
            text_set_cosine,
            text_jaccard,
            text_dice,
            text_dice_large,
            text_vector_cosine,
            text_signature,
            text_equal_hashes,
            text_dot,
            text_dot_wide,
        };
    };
}

pub(crate) use compile;
