//! The working storage of a block of rows, among it the tile that `kernels/text.rs` reads.

use crate::consensus::{FitError, filled};
use crate::kernels::{SETS, Tile, VECTORS};

/// Kept from block to block, so that a block allocates little.
#[derive(Default)]
pub(super) struct Scratch {
    /// The tile's row for each token id, 0 for none. All are 0 between two blocks.
    pub(super) slot: Vec<u32>,
    pub(super) sets: Vec<[u8; SETS]>,
    pub(super) vectors: Vec<[f64; VECTORS]>,
    pub(super) bags: Vec<[u16; SETS]>,
    pub(super) large_bags: Vec<[u32; SETS]>,
    /// The bit masks of a pattern, and where a text's carries lie.
    pub(super) masks: Vec<u64>,
    pub(super) carries: Vec<u8>,
}

/// Makes the map of ids long enough.
pub(in crate::text) fn reach(slot: &mut Vec<u32>, ids: usize) -> Result<(), FitError> {
    if slot.len() < ids {
        *slot = filled(ids)?;
    }
    Ok(())
}

/// Gives each id of some texts a row of the tile, and calls `put` for each with text, place among the ids, and row.
pub(super) fn lay<'a, R: Clone>(
    slot: &mut Vec<u32>,
    rows: &mut Vec<R>,
    vocabulary: usize,
    texts: impl Iterator<Item = &'a [u32]>,
    zero: R,
    mut put: impl FnMut(usize, usize, &mut R),
) -> Result<(), FitError> {
    reach(slot, vocabulary)?;
    rows.clear();
    rows.push(zero.clone());
    for (text, ids) in texts.enumerate() {
        rows.try_reserve(ids.len()).map_err(|_| FitError::OutOfMemory("no memory for a tile of texts".to_owned()))?;
        for (place, &id) in ids.iter().enumerate() {
            let slot = &mut slot[id as usize];
            if *slot == 0 {
                *slot = rows.len() as u32;
                rows.push(zero.clone());
            }
            put(text, place, &mut rows[*slot as usize]);
        }
    }
    Ok(())
}

/// Takes the texts' ids out of the map again.
pub(super) fn lift<'a>(slot: &mut [u32], texts: impl Iterator<Item = &'a [u32]>) {
    texts.flatten().for_each(|&id| slot[id as usize] = 0);
}

pub(super) fn tile<'a, R>(slot: &'a [u32], rows: &'a [R]) -> Tile<'a, R> {
    Tile { slot, rows }
}
