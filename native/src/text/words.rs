//! The token ids of one task: a table of open addressing over tokens of up to 16 bytes, which are two numbers.

use std::hash::{BuildHasher, Hasher, RandomState};

use super::stop_words::STOP_WORDS;
use crate::consensus::{FitError, empty, filled};

/// The 16 bytes of a token with zeros behind it, which no token has in it. Of a longer token the hash, and its number in `long`
/// plus 1 before a zero byte, which cannot be the last 8 of a shorter one.
type Word = [u64; 2];

/// The words that are known, by number.
pub(super) struct Words {
    /// Ids plus 1, or 0; a power of two of them.
    table: Vec<u32>,
    /// What each id stands for; begins with what no token is.
    words: Vec<Word>,
    /// Differs from run to run, so that nobody can make texts whose tokens all collide. Ids do not depend on it.
    seed: u64,
    /// The longer tokens: where each ends in `bytes`.
    long: Vec<usize>,
    bytes: Vec<u8>,
}

/// The table's least size, enough for the stop words and a short task.
const LEAST: usize = 2048;
/// How many places a word has: few words have to look for another one than their first.
const PLACES: usize = 4;
const SHORT: usize = 16;
const ODD: u64 = 0x9E37_79B9_7F4A_7C15;

/// Which bits of 16 bytes belong to a token of some length.
const MASKS: [Word; SHORT + 1] = {
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
        let words = empty(LEAST / PLACES + 1)?;
        let mut words = Self { table: filled(LEAST)?, words, seed, long: Vec::new(), bytes: Vec::new() };
        words.clear()?;
        Ok(words)
    }

    /// Forgets all but the stop words.
    pub(super) fn clear(&mut self) -> Result<(), FitError> {
        self.table.truncate(LEAST);
        self.table.fill(0);
        self.words.clear();
        self.words.push([0; 2]);
        self.long.clear();
        self.bytes.clear();
        let mut ids = empty(STOP_WORDS.len())?;
        for word in STOP_WORDS {
            let mut bytes = [0; 2 * SHORT];
            bytes[..word.len()].copy_from_slice(word.as_bytes());
            self.look_up(&bytes, &[0, word.len() as u32], &mut ids)?;
        }
        Ok(())
    }

    /// How many ids there are.
    pub(super) fn known(&self) -> u32 {
        self.words.len() as u32 - 1
    }

    /// Appends the ids of the tokens between each two bounds; new ones get new ids. There is room in `ids`, and `bytes` goes on
    /// for 16 bytes after the last bound.
    pub(super) fn look_up(&mut self, bytes: &[u8], bounds: &[u32], ids: &mut Vec<i32>) -> Result<(), FitError> {
        for &[begin, end] in bounds.as_chunks::<2>().0 {
            let (begin, length) = (begin as usize, (end - begin) as usize);
            let id = match (MASKS.get(length), bytes[begin..].first_chunk::<SHORT>()) {
                (Some(mask), Some(token)) => {
                    let token = u128::from_le_bytes(*token);
                    let word = [token as u64 & mask[0], (token >> 64) as u64 & mask[1]];
                    let mut place = self.place(word);
                    loop {
                        let id = self.table[place];
                        if self.words[id as usize] == word {
                            break id;
                        }
                        if id == 0 {
                            break self.add(place, word)?;
                        }
                        place = (place + 1) & (self.table.len() - 1);
                    }
                }
                _ => self.long(&bytes[begin..begin + length])?,
            };
            ids.push(id as i32 - 1);
        }
        Ok(())
    }

    /// Where a word is looked for first.
    #[inline(always)]
    fn place(&self, word: Word) -> usize {
        mix(word[0] ^ self.seed, word[1] ^ ODD) as usize & (self.table.len() - 1)
    }

    #[cold]
    #[inline(never)]
    fn long(&mut self, token: &[u8]) -> Result<u32, FitError> {
        let mut hash = self.seed;
        for chunk in token.chunks(8) {
            let mut bytes = [0; 8];
            bytes[..chunk.len()].copy_from_slice(chunk);
            hash = mix(hash ^ u64::from_le_bytes(bytes), ODD ^ self.seed);
        }
        // The place of a longer token follows from its hash alone.
        let mut place = self.place([hash, 0]);
        loop {
            let id = self.table[place];
            let [found, number] = self.words[id as usize];
            if id == 0 {
                self.long.try_reserve(1).map_err(|_| out_of_memory())?;
                self.bytes.try_reserve(token.len()).map_err(|_| out_of_memory())?;
                self.bytes.extend_from_slice(token);
                self.long.push(self.bytes.len());
                return self.add(place, [hash, (self.long.len() as u64) << 8]);
            }
            if found == hash && is_long(number) {
                let number = (number >> 8) as usize - 1;
                let start = if number > 0 { self.long[number - 1] } else { 0 };
                if &self.bytes[start..self.long[number]] == token {
                    return Ok(id);
                }
            }
            place = (place + 1) & (self.table.len() - 1);
        }
    }

    #[cold]
    #[inline(never)]
    fn add(&mut self, place: usize, word: Word) -> Result<u32, FitError> {
        let id = self.words.len();
        self.words.try_reserve(1).map_err(|_| out_of_memory())?;
        self.words.push(word);
        self.table[place] = id as u32;
        if id * PLACES > self.table.len() {
            self.grow()?;
        }
        Ok(id as u32)
    }

    fn grow(&mut self) -> Result<(), FitError> {
        let size = self.table.len().checked_mul(2).ok_or_else(out_of_memory)?;
        self.table = filled(size)?;
        for (id, &word) in self.words.iter().enumerate().skip(1) {
            let mut place = self.place(if is_long(word[1]) { [word[0], 0] } else { word });
            while self.table[place] != 0 {
                place = (place + 1) & (size - 1);
            }
            self.table[place] = id as u32;
        }
        Ok(())
    }
}

/// Whether the second half of a word is the number of a longer token.
fn is_long(half: u64) -> bool {
    half != 0 && half & 0xFF == 0
}

fn out_of_memory() -> FitError {
    FitError::OutOfMemory("no memory for a table of words".to_owned())
}

/// Both halves of a product.
fn mix(a: u64, b: u64) -> u64 {
    let product = u128::from(a) * u128::from(b);
    product as u64 ^ (product >> 64) as u64
}
