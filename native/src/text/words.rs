//! The token ids of one task: a table of open addressing, in which tokens of up to 16 bytes are two numbers.

use std::hash::{BuildHasher, Hasher, RandomState};

use super::stop_words::STOP_WORDS;
use crate::consensus::{FitError, filled};

/// A token of up to 16 bytes is its bytes; of a longer one `low` is the hash and `high` its place in `long`.
#[derive(Clone, Copy, Default)]
struct Word {
    low: u64,
    high: u64,
    /// The id plus 1; 0 where there is none.
    id: u32,
    length: u32,
}

/// The words that are known, by number.
pub(super) struct Words {
    table: Vec<Word>,
    known: u32,
    /// Differs from run to run, so that nobody can make texts whose tokens all collide. Ids do not depend on it.
    seed: u64,
    /// The bytes of the longer tokens.
    long: Vec<u8>,
}

/// The table's least size, enough for the stop words and a short task.
const LEAST: usize = 1024;
const SHORT: usize = 16;

/// Which bits of 16 bytes belong to a token of some length.
const MASKS: [[u64; 2]; SHORT + 1] = {
    let mut masks = [[0; 2]; SHORT + 1];
    let mut length = 1;
    while length <= SHORT {
        let mask = u128::MAX >> (128 - 8 * length);
        masks[length] = [mask as u64, (mask >> 64) as u64];
        length += 1;
    }
    masks
};

impl Words {
    pub(super) fn new() -> Result<Self, FitError> {
        let seed = RandomState::new().build_hasher().finish();
        let mut words = Self { table: filled(LEAST)?, known: 0, seed, long: Vec::new() };
        words.clear()?;
        Ok(words)
    }

    /// Forgets all but the stop words.
    pub(super) fn clear(&mut self) -> Result<(), FitError> {
        self.table.truncate(LEAST);
        self.table.fill(Word::default());
        self.known = 0;
        self.long.clear();
        let mut ids = Vec::new();
        for word in STOP_WORDS {
            let mut bytes = [0; 2 * SHORT];
            bytes[..word.len()].copy_from_slice(word.as_bytes());
            self.look_up(&bytes, &[0, word.len() as u32], &mut ids)?;
        }
        Ok(())
    }

    /// How many ids there are.
    pub(super) fn known(&self) -> u32 {
        self.known
    }

    /// Appends the ids of the tokens between each two bounds; new ones get new ids. There is room in `ids`, and `bytes` goes on
    /// for 16 bytes after the last bound.
    pub(super) fn look_up(&mut self, bytes: &[u8], bounds: &[u32], ids: &mut Vec<i32>) -> Result<(), FitError> {
        for &[begin, end] in bounds.as_chunks::<2>().0 {
            let (begin, length) = (begin as usize, (end - begin) as usize);
            let id = match (MASKS.get(length), bytes[begin..].first_chunk::<SHORT>()) {
                (Some(mask), Some(token)) => {
                    let token = u128::from_le_bytes(*token);
                    let (low, high) = (token as u64 & mask[0], (token >> 64) as u64 & mask[1]);
                    let place = self.short(low, high, length as u32);
                    match self.table[place].id {
                        0 => self.add(place, Word { low, high, id: 0, length: length as u32 })?,
                        id => id - 1,
                    }
                }
                _ => self.long(&bytes[begin..begin + length])?,
            };
            ids.push(id as i32);
        }
        Ok(())
    }

    /// Where a token of up to 16 bytes is, or would be.
    #[inline(always)]
    fn short(&self, low: u64, high: u64, length: u32) -> usize {
        let mask = self.table.len() - 1;
        let mut place = mix(low ^ self.seed, high ^ 0x9E37_79B9_7F4A_7C15) as usize & mask;
        loop {
            let word = &self.table[place];
            // The length tells it from a longer token whose hash has these bits.
            if word.low == low && word.high == high && word.length == length || word.id == 0 {
                return place;
            }
            place = (place + 1) & mask;
        }
    }

    #[cold]
    fn long(&mut self, token: &[u8]) -> Result<u32, FitError> {
        let mut hash = self.seed;
        for chunk in token.chunks(8) {
            let mut bytes = [0; 8];
            bytes[..chunk.len()].copy_from_slice(chunk);
            hash = mix(hash ^ u64::from_le_bytes(bytes), 0x9E37_79B9_7F4A_7C15 ^ self.seed);
        }
        let mask = self.table.len() - 1;
        let mut place = hash as usize & mask;
        loop {
            let word = self.table[place];
            if word.id == 0 {
                self.long.try_reserve(token.len()).map_err(|_| out_of_memory())?;
                let start = self.long.len() as u64;
                self.long.extend_from_slice(token);
                return self.add(place, Word { low: hash, high: start, id: 0, length: token.len() as u32 });
            }
            if word.low == hash && word.length as usize == token.len() {
                let start = word.high as usize;
                if &self.long[start..start + token.len()] == token {
                    return Ok(word.id - 1);
                }
            }
            place = (place + 1) & mask;
        }
    }

    #[cold]
    #[inline(never)]
    fn add(&mut self, place: usize, word: Word) -> Result<u32, FitError> {
        self.known += 1;
        self.table[place] = Word { id: self.known, ..word };
        if self.known as usize * 2 > self.table.len() {
            self.grow()?;
        }
        Ok(self.known - 1)
    }

    fn grow(&mut self) -> Result<(), FitError> {
        let size = self.table.len().checked_mul(2).ok_or_else(out_of_memory)?;
        let old = std::mem::replace(&mut self.table, filled(size)?);
        for word in old.into_iter().filter(|word| word.id != 0) {
            let hash = if word.length as usize > SHORT {
                word.low
            } else {
                mix(word.low ^ self.seed, word.high ^ 0x9E37_79B9_7F4A_7C15)
            };
            let mut place = hash as usize & (size - 1);
            while self.table[place].id != 0 {
                place = (place + 1) & (size - 1);
            }
            self.table[place] = word;
        }
        Ok(())
    }
}

fn out_of_memory() -> FitError {
    FitError::OutOfMemory("no memory for a table of words".to_owned())
}

/// Both halves of a product.
fn mix(a: u64, b: u64) -> u64 {
    let product = u128::from(a) * u128::from(b);
    product as u64 ^ (product >> 64) as u64
}
