//! The inner loops of text similarities. Inlined into each instruction set.
//!
//! A tile holds some texts side by side, a row of it for each token id that any of them has; row 0 is all zeros and stands
//! for every other id. One text is compared with all texts of a tile at once, id by id in ascending order, so that each sum
//! has the order of the specification; the zeros in between change nothing.

use super::elementary::{LANES, fold};

/// The texts in a tile of sets.
pub(crate) const SETS: usize = 64;
/// The texts in a tile of vectors.
pub(crate) const VECTORS: usize = 32;
/// The hashes of a signature.
pub(crate) const HASHES: usize = 128;

/// Texts side by side: `slot` has the tile's row for each token id.
#[derive(Clone, Copy)]
pub(crate) struct Tile<'a, R> {
    pub(crate) slot: &'a [u32],
    pub(crate) rows: &'a [R],
}

/// How many of the ids each text of a tile has.
#[inline(always)]
pub(super) fn common(ids: &[u32], tile: Tile<'_, [u8; SETS]>, out: &mut [u32; SETS]) {
    out.fill(0);
    // As many as a byte counts.
    for ids in ids.chunks(255) {
        let mut counts = [0_u8; SETS];
        for &id in ids {
            let row = &tile.rows[tile.slot[id as usize] as usize];
            counts.iter_mut().zip(row).for_each(|(count, x)| *count = count.wrapping_add(*x));
        }
        out.iter_mut().zip(counts).for_each(|(sum, count)| *sum += u32::from(count));
    }
}

/// The set cosine of a text of `own` ids and each text of a tile, whose numbers of ids are `sizes`.
#[inline(always)]
pub(super) fn set_cosine(
    ids: &[u32],
    tile: Tile<'_, [u8; SETS]>,
    sizes: &[f64; SETS],
    own: f64,
    out: &mut [f64; SETS],
) {
    let mut counts = [0; SETS];
    common(ids, tile, &mut counts);
    for ((out, count), size) in out.iter_mut().zip(counts).zip(sizes) {
        let product = own * size;
        let cosine = f64::from(count) / product.sqrt();
        *out = if product > 0.0 { cosine } else { f64::from(u8::from(own == *size)) };
    }
}

/// The Jaccard similarity, likewise.
#[inline(always)]
pub(super) fn jaccard(ids: &[u32], tile: Tile<'_, [u8; SETS]>, sizes: &[f64; SETS], own: f64, out: &mut [f64; SETS]) {
    let mut counts = [0; SETS];
    common(ids, tile, &mut counts);
    for ((out, count), size) in out.iter_mut().zip(counts).zip(sizes) {
        let count = f64::from(count);
        let all = own + size - count;
        *out = if all > 0.0 { count / all } else { 1.0 };
    }
}

/// Dice's coefficient of a bag of `own` elements, the counts beside the ids, and each bag of a tile, whose numbers of elements
/// are `sizes`; all of these are below 65536.
#[inline(always)]
pub(super) fn dice(
    ids: &[u32],
    counts: &[u32],
    tile: Tile<'_, [u16; SETS]>,
    sizes: &[f64; SETS],
    own: f64,
    out: &mut [f64; SETS],
) {
    let mut shared = [0_u16; SETS];
    for (&id, &count) in ids.iter().zip(counts) {
        let (row, count) = (&tile.rows[tile.slot[id as usize] as usize], count as u16);
        shared.iter_mut().zip(row).for_each(|(sum, x)| *sum = sum.wrapping_add((*x).min(count)));
    }
    for ((out, shared), size) in out.iter_mut().zip(shared).zip(sizes) {
        *out = coefficient(f64::from(shared), own + size);
    }
}

/// The same for bags of any size.
#[inline(always)]
pub(super) fn dice_large(
    ids: &[u32],
    counts: &[u32],
    tile: Tile<'_, [u32; SETS]>,
    sizes: &[f64; SETS],
    own: f64,
    out: &mut [f64; SETS],
) {
    let mut shared = [0_u32; SETS];
    for (&id, &count) in ids.iter().zip(counts) {
        let row = &tile.rows[tile.slot[id as usize] as usize];
        shared.iter_mut().zip(row).for_each(|(sum, x)| *sum = sum.wrapping_add((*x).min(count)));
    }
    for ((out, shared), size) in out.iter_mut().zip(shared).zip(sizes) {
        *out = coefficient(f64::from(shared), own + size);
    }
}

#[inline(always)]
fn coefficient(shared: f64, all: f64) -> f64 {
    if all > 0.0 { 2.0 * shared / all } else { 1.0 }
}

/// The cosine of a text's vector, its components beside its ids and their squares added up to `own`, and each vector of a
/// tile, whose sums of squares are `squares`.
#[inline(always)]
pub(super) fn vector_cosine(
    ids: &[u32],
    components: &[f64],
    tile: Tile<'_, [f64; VECTORS]>,
    squares: &[f64; VECTORS],
    own: f64,
    out: &mut [f64; VECTORS],
) {
    let mut dots = [0.0; VECTORS];
    for (&id, &component) in ids.iter().zip(components) {
        let row = &tile.rows[tile.slot[id as usize] as usize];
        dots.iter_mut().zip(row).for_each(|(dot, x)| *dot += component * x);
    }
    for ((out, dot), square) in out.iter_mut().zip(dots).zip(squares) {
        let product = own * square;
        let cosine = dot / product.sqrt();
        let cosine = if cosine < 1.0 { cosine } else { 1.0 };
        *out = if product > 0.0 { cosine } else { f64::from(u8::from(own == *square)) };
    }
}

/// The least hash of some ids, for each seed.
#[inline(always)]
pub(super) fn signature(ids: &[u32], seeds: &[u32; HASHES], out: &mut [u32; HASHES]) {
    out.fill(u32::MAX);
    for &id in ids {
        let spread = id.wrapping_mul(0x9E37_79B1);
        for (least, seed) in out.iter_mut().zip(seeds) {
            let mut h = spread ^ seed;
            h ^= h >> 16;
            h = h.wrapping_mul(0x85EB_CA6B);
            h ^= h >> 13;
            h = h.wrapping_mul(0xC2B2_AE35);
            h ^= h >> 16;
            *least = if h < *least { h } else { *least };
        }
    }
}

/// At how many positions two signatures are equal.
#[inline(always)]
pub(super) fn equal_hashes(a: &[u32; HASHES], b: &[u32; HASHES]) -> u32 {
    a.iter().zip(b).map(|(a, b)| u32::from(a == b)).sum()
}

/// The striped sum of the products of two vectors.
#[inline(always)]
pub(super) fn dot(a: &[f32], b: &[f32]) -> f64 {
    assert!(a.len() == b.len(), "vectors have one dimension");
    let mut lanes = [0.0; LANES];
    let (a, a_rest) = a.as_chunks::<LANES>();
    let (b, b_rest) = b.as_chunks::<LANES>();
    for (a, b) in a.iter().zip(b) {
        lanes.iter_mut().zip(a.iter().zip(b)).for_each(|(lane, (a, b))| *lane += f64::from(*a) * f64::from(*b));
    }
    lanes.iter_mut().zip(a_rest.iter().zip(b_rest)).for_each(|(lane, (a, b))| *lane += f64::from(*a) * f64::from(*b));
    fold(lanes)
}

/// The striped sum of the products of a vector and another of binary64.
#[inline(always)]
pub(super) fn dot_wide(a: &[f32], b: &[f64]) -> f64 {
    assert!(a.len() == b.len(), "vectors have one dimension");
    let mut lanes = [0.0; LANES];
    let (a, a_rest) = a.as_chunks::<LANES>();
    let (b, b_rest) = b.as_chunks::<LANES>();
    for (a, b) in a.iter().zip(b) {
        lanes.iter_mut().zip(a.iter().zip(b)).for_each(|(lane, (a, b))| *lane += f64::from(*a) * b);
    }
    lanes.iter_mut().zip(a_rest.iter().zip(b_rest)).for_each(|(lane, (a, b))| *lane += f64::from(*a) * b);
    fold(lanes)
}
