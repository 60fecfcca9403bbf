//! Edit distances of sequences of tokens or symbols.

use super::super::group::Group;
use super::super::levenshtein::{Pattern, distance};
use super::Block;
use super::tile::Scratch;
use crate::consensus::control::Watch;
use crate::consensus::{FitError, empty, filled};

pub(in crate::text) struct Edits<'a> {
    group: Group<'a>,
    /// The symbols of all rows as indices of the distinct ones; empty when tokens are compared.
    symbols: Vec<i32>,
    offsets: Vec<usize>,
    alphabet: usize,
}

impl<'a> Edits<'a> {
    pub(super) fn of_tokens(group: &Group<'a>) -> Result<Self, FitError> {
        Ok(Self { group: *group, symbols: Vec::new(), offsets: Vec::new(), alphabet: group.vocabulary() })
    }

    pub(super) fn of_symbols(group: &Group<'a>) -> Result<Self, FitError> {
        let rows = group.rows();
        let total = (0..rows).map(|row| group.symbols(row).len()).sum();
        let all = || (0..rows).flat_map(|row| group.symbols(row)).map(|&symbol| symbol as usize);
        // A symbol's index is the number of used symbols below it.
        let mut used: Vec<u64> = filled(all().max().map_or(0, |most| most / 64 + 1))?;
        all().for_each(|symbol| used[symbol / 64] |= 1 << (symbol % 64));
        let (mut below, mut alphabet) = (empty(used.len())?, 0);
        for bits in &used {
            below.push(alphabet);
            alphabet += bits.count_ones();
        }
        let index = |symbol: usize| {
            let bits = used[symbol / 64] & ((1 << (symbol % 64)) - 1);
            (below[symbol / 64] + bits.count_ones()) as i32
        };
        let (mut symbols, mut offsets) = (empty(total)?, empty(rows + 1)?);
        offsets.push(0);
        for row in 0..rows {
            symbols.extend(group.symbols(row).iter().map(|&symbol| index(symbol as usize)));
            offsets.push(symbols.len());
        }
        Ok(Self { group: *group, symbols, offsets, alphabet: alphabet as usize })
    }

    pub(super) fn rows(&self) -> usize {
        self.group.rows()
    }

    fn sequence(&self, row: usize) -> &[i32] {
        if self.offsets.is_empty() {
            self.group.tokens(row)
        } else {
            &self.symbols[self.offsets[row]..self.offsets[row + 1]]
        }
    }

    pub(super) fn compare(&self, block: &mut Block, control: &Watch<'_>) -> Result<(), FitError> {
        // The longest text decides how many carries there are.
        let longest = (0..self.rows()).map(|row| self.sequence(row).len()).max().unwrap_or(0);
        if block.scratch.carries.len() < longest {
            block.scratch.carries = filled(longest)?;
        }
        let mut last: Option<usize> = None;
        let mut begin = |row, scratch: &mut Scratch| {
            if let Some(last) = last.replace(row) {
                Pattern::lift(self.sequence(last), &mut scratch.slot);
            }
            Pattern::lay(self.sequence(row), self.alphabet, &mut scratch.slot, &mut scratch.masks)
        };
        let done = block.each_pair(control, &mut begin, |row, other, scratch| {
            let (a, b) = (self.sequence(row), self.sequence(other));
            let longest = a.len().max(b.len());
            if longest == 0 {
                return 1.0;
            }
            let pattern = Pattern { length: a.len(), slot: &scratch.slot, masks: &scratch.masks };
            1.0 - distance(pattern, b, &mut scratch.carries) as f64 / longest as f64
        });
        if let Some(last) = last {
            Pattern::lift(self.sequence(last), &mut block.scratch.slot);
        }
        done
    }
}
