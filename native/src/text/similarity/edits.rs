//! Edit distances of sequences of tokens or symbols.

use super::super::group::Group;
use super::super::levenshtein::{Pattern, distance};
use super::alphabet::Indexed;
use super::block::Block;
use super::tile::Scratch;
use crate::consensus::control::Watch;
use crate::consensus::{FitError, filled};

pub(in crate::text) struct Edits<'a> {
    group: Group<'a>,
    /// The symbols of all rows; none when tokens are compared.
    symbols: Option<Indexed>,
    alphabet: usize,
    alignment: bool,
}

impl<'a> Edits<'a> {
    pub(super) fn of_tokens(group: &Group<'a>) -> Result<Self, FitError> {
        Ok(Self { group: *group, symbols: None, alphabet: group.vocabulary(), alignment: false })
    }

    /// The square root of the distance relative to both lengths.
    pub(super) fn alignment(group: &Group<'a>) -> Result<Self, FitError> {
        Ok(Self { alignment: true, ..Self::of_tokens(group)? })
    }

    pub(super) fn of_symbols(group: &Group<'a>) -> Result<Self, FitError> {
        let symbols = Indexed::build(group)?;
        Ok(Self { group: *group, alphabet: symbols.alphabet, symbols: Some(symbols), alignment: false })
    }

    pub(super) fn rows(&self) -> usize {
        self.group.rows()
    }

    fn sequence(&self, row: usize) -> &[i32] {
        self.symbols.as_ref().map_or_else(|| self.group.tokens(row), |symbols| symbols.of(row))
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
            let whole = if self.alignment { a.len() + b.len() } else { a.len().max(b.len()) };
            if whole == 0 {
                return 1.0;
            }
            let pattern = Pattern { length: a.len(), slot: &scratch.slot, masks: &scratch.masks };
            let rest = 1.0 - distance(pattern, b, &mut scratch.carries) as f64 / whole as f64;
            if self.alignment { rest.sqrt() } else { rest }
        });
        if let Some(last) = last {
            Pattern::lift(self.sequence(last), &mut block.scratch.slot);
        }
        done
    }
}
