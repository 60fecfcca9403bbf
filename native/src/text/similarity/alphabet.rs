//! The symbols of a task's texts as small numbers.

use super::super::group::Group;
use crate::consensus::{FitError, empty, filled};

/// The symbols of all rows as indices of the distinct ones, of which the space is always one.
pub(super) struct Indexed {
    symbols: Vec<i32>,
    offsets: Vec<usize>,
    /// How many distinct symbols there are.
    pub(super) alphabet: usize,
    /// The index of the space.
    pub(super) space: i32,
}

const SPACE: usize = 32;

impl Indexed {
    pub(super) fn build(group: &Group<'_>) -> Result<Self, FitError> {
        let rows = group.rows();
        let total = (0..rows).map(|row| group.symbols(row).len()).sum();
        // A symbol's index is the number of used symbols below it.
        let most = (0..rows).flat_map(|row| group.symbols(row)).fold(SPACE, |most, &symbol| most.max(symbol as usize));
        let mut used: Vec<u64> = filled(most / 64 + 1)?;
        used[0] = 1 << SPACE;
        for row in 0..rows {
            group.symbols(row).iter().for_each(|&symbol| used[symbol as usize / 64] |= 1 << (symbol % 64));
        }
        let (mut below, mut alphabet) = (empty(used.len())?, 0);
        for bits in &used {
            below.push(alphabet);
            alphabet += bits.count_ones();
        }
        let index = |symbol: usize| {
            let bits = used[symbol / 64] & ((1 << (symbol % 64)) - 1);
            (below[symbol / 64] + bits.count_ones()) as i32
        };
        // Most symbols are of ASCII, and looked up.
        let ascii: [i32; 128] = std::array::from_fn(|symbol| if symbol / 64 < used.len() { index(symbol) } else { 0 });
        let (mut symbols, mut offsets) = (empty(total)?, empty(rows + 1)?);
        offsets.push(0);
        for row in 0..rows {
            symbols.extend(group.symbols(row).iter().map(|&symbol| match ascii.get(symbol as usize) {
                Some(&index) => index,
                None => index(symbol as usize),
            }));
            offsets.push(symbols.len());
        }
        Ok(Self { symbols, offsets, alphabet: alphabet as usize, space: index(SPACE) })
    }

    pub(super) fn rows(&self) -> usize {
        self.offsets.len() - 1
    }

    pub(super) fn of(&self, row: usize) -> &[i32] {
        &self.symbols[self.offsets[row]..self.offsets[row + 1]]
    }

    /// Takes the symbols away, to be overwritten, with the bounds of rows.
    pub(super) fn into_parts(self) -> (Vec<i32>, Vec<usize>) {
        (self.symbols, self.offsets)
    }
}
