//! Dice's coefficient of the bags of trigrams.

use super::super::group::Group;
use super::super::profile::Profiles;
use super::alphabet::Indexed;
use super::block::Block;
use super::tile::{Scratch, lay, lift, tile};
use crate::consensus::control::Watch;
use crate::consensus::{FitError, filled};
use crate::kernels::{Kernels, SETS};

pub(in crate::text) struct Bags {
    kernels: Kernels,
    profiles: Profiles,
    vocabulary: usize,
    /// The number of trigrams of each row.
    lengths: Vec<f64>,
    /// Whether no count and no sum of them is above 65535.
    small: bool,
}

impl Bags {
    pub(super) fn build(kernels: Kernels, group: &Group<'_>) -> Result<Self, FitError> {
        let symbols = Indexed::build(group)?;
        let mut lengths: Vec<f64> = filled(symbols.rows())?;
        lengths.iter_mut().enumerate().for_each(|(row, length)| *length = symbols.of(row).len() as f64);
        let mut codes = Codes::new(symbols.alphabet)?;
        let space = symbols.space;
        let (mut ids, offsets) = symbols.into_parts();
        for bounds in offsets.windows(2) {
            codes.replace(&mut ids[bounds[0]..bounds[1]], space)?;
        }
        let vocabulary = codes.known as usize;
        let profiles = Profiles::build(lengths.len(), vocabulary, |row| &ids[offsets[row]..offsets[row + 1]])?;
        let small = lengths.iter().all(|&length| length <= f64::from(u16::MAX));
        Ok(Self { kernels, profiles, vocabulary, lengths, small })
    }

    pub(super) fn rows(&self) -> usize {
        self.lengths.len()
    }

    pub(super) fn compare(&self, block: &mut Block, control: &Watch<'_>) -> Result<(), FitError> {
        let profiles = &self.profiles;
        let mut scratch = std::mem::take(&mut block.scratch);
        let Scratch { slot, bags, large_bags, .. } = &mut scratch;
        let texts = || block.lefts.iter().map(|&row| profiles.ids(row as usize));
        let count = |text: usize, place: usize| profiles.counts(block.lefts[text] as usize)[place];
        if self.small {
            lay(slot, bags, self.vocabulary, texts(), [0; SETS], |text, place, row| {
                row[text] = count(text, place) as u16
            })?;
        } else {
            lay(slot, large_bags, self.vocabulary, texts(), [0; SETS], |text, place, row| {
                row[text] = count(text, place)
            })?;
        }
        let mut lengths = [0.0; SETS];
        block.lefts.iter().zip(&mut lengths).for_each(|(&row, length)| *length = self.lengths[row as usize]);
        let mut out = [0.0; SETS];
        for right in 0..block.rights.len() {
            if right % 1024 == 0 && control.is_cancelled() {
                break;
            }
            let row = block.rights[right] as usize;
            let (ids, counts, own) = (profiles.ids(row), profiles.counts(row), self.lengths[row]);
            if self.small {
                self.kernels.text_dice(ids, counts, tile(slot, bags), &lengths, own, &mut out);
            } else {
                self.kernels.text_dice_large(ids, counts, tile(slot, large_bags), &lengths, own, &mut out);
            }
            block.put(right, &out);
        }
        lift(slot, block.lefts.iter().map(|&row| profiles.ids(row as usize)));
        block.scratch = scratch;
        Ok(())
    }
}

/// Numbers for trigrams, in the order of first appearance.
struct Codes {
    alphabet: u64,
    /// Each trigram's number plus 1, or 0; for an alphabet that is small enough.
    direct: Vec<u32>,
    /// Trigrams plus 1 and their numbers, in open addressing, less than half full; for other alphabets.
    keys: Vec<u64>,
    values: Vec<u32>,
    known: u32,
}

/// The largest alphabet whose trigrams have a table: 1 MiB.
const DIRECT: usize = 64;

impl Codes {
    fn new(alphabet: usize) -> Result<Self, FitError> {
        let small = alphabet <= DIRECT;
        let direct = filled(if small { alphabet * alphabet * alphabet } else { 0 })?;
        let size = if small { 0 } else { 1 << 14 };
        Ok(Self { alphabet: alphabet as u64, direct, keys: filled(size)?, values: filled(size)?, known: 0 })
    }

    /// Puts the trigram's number in the place of each symbol.
    fn replace(&mut self, symbols: &mut [i32], space: i32) -> Result<(), FitError> {
        let mut before = space as u64;
        let mut next = symbols.first().map_or(0, |&symbol| symbol as u64);
        for place in 0..symbols.len() {
            let symbol = next;
            next = symbols.get(place + 1).map_or(space as u64, |&symbol| symbol as u64);
            let code = (before * self.alphabet + symbol) * self.alphabet + next;
            before = symbol;
            symbols[place] = self.number(code)? as i32;
        }
        Ok(())
    }

    fn number(&mut self, code: u64) -> Result<u32, FitError> {
        if let Some(number) = self.direct.get_mut(code as usize) {
            if *number == 0 {
                self.known += 1;
                *number = self.known;
            }
            return Ok(*number - 1);
        }
        let mut place = place(code + 1, self.keys.len());
        while self.keys[place] != 0 {
            if self.keys[place] == code + 1 {
                return Ok(self.values[place]);
            }
            place = (place + 1) & (self.keys.len() - 1);
        }
        (self.keys[place], self.values[place]) = (code + 1, self.known);
        self.known += 1;
        if self.known as usize * 2 > self.keys.len() {
            self.grow()?;
        }
        Ok(self.known - 1)
    }

    #[cold]
    fn grow(&mut self) -> Result<(), FitError> {
        let size = self.keys.len() * 4;
        let keys = std::mem::replace(&mut self.keys, filled(size)?);
        let values = std::mem::replace(&mut self.values, filled(size)?);
        for (key, value) in keys.into_iter().zip(values).filter(|(key, _)| *key != 0) {
            let mut place = place(key, size);
            while self.keys[place] != 0 {
                place = (place + 1) & (size - 1);
            }
            (self.keys[place], self.values[place]) = (key, value);
        }
        Ok(())
    }
}

fn place(key: u64, size: usize) -> usize {
    let product = u128::from(key.wrapping_mul(0xD6E8_FEB8_6659_FD93)) * 0x9E37_79B9_7F4A_7C15;
    (product >> 64) as usize & (size - 1)
}
