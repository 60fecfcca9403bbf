//! The bags of tokens of a task's texts.

use super::group::Group;
use crate::consensus::{FitError, empty, filled};

/// The distinct token ids of each text, ascending, and how often it has them.
pub(super) struct Profiles {
    offsets: Vec<usize>,
    ids: Vec<u32>,
    counts: Vec<u32>,
}

impl Profiles {
    pub(super) fn of_tokens(group: &Group<'_>) -> Result<Self, FitError> {
        Self::build(group.rows(), group.vocabulary(), |row| group.tokens(row))
    }

    /// Counts the ids, which are below `vocabulary`, of each row.
    pub(super) fn build<'a>(
        rows: usize,
        vocabulary: usize,
        ids_of: impl Fn(usize) -> &'a [i32],
    ) -> Result<Self, FitError> {
        let mut profiles = Self { offsets: empty(rows + 1)?, ids: Vec::new(), counts: Vec::new() };
        profiles.offsets.push(0);
        let words = vocabulary.div_ceil(64);
        let (mut seen, mut count): (Vec<u64>, Vec<u32>) = (filled(words)?, filled(vocabulary)?);
        let mut sorted = Vec::new();
        for row in 0..rows {
            let tokens = ids_of(row);
            let room = tokens.len().min(vocabulary);
            for column in [&mut profiles.ids, &mut profiles.counts] {
                column
                    .try_reserve(room)
                    .map_err(|_| FitError::OutOfMemory(format!("no memory for {room} token ids")))?;
            }
            if words > 16 * tokens.len() {
                // A short text in a large vocabulary.
                sorted.clear();
                sorted
                    .try_reserve(tokens.len())
                    .map_err(|_| FitError::OutOfMemory("no memory to sort a text".into()))?;
                sorted.extend(tokens.iter().map(|&token| token as u32));
                sorted.sort_unstable();
                for same in sorted.chunk_by(|a, b| a == b) {
                    profiles.ids.push(same[0]);
                    profiles.counts.push(same.len() as u32);
                }
            } else {
                for &token in tokens {
                    let token = token as usize;
                    seen[token / 64] |= 1 << (token % 64);
                    count[token] += 1;
                }
                for (word, bits) in seen.iter_mut().enumerate() {
                    let mut rest = std::mem::take(bits);
                    while rest != 0 {
                        let token = word * 64 + rest.trailing_zeros() as usize;
                        profiles.ids.push(token as u32);
                        profiles.counts.push(std::mem::take(&mut count[token]));
                        rest &= rest - 1;
                    }
                }
            }
            profiles.offsets.push(profiles.ids.len());
        }
        Ok(profiles)
    }

    pub(super) fn rows(&self) -> usize {
        self.offsets.len() - 1
    }

    pub(super) fn ids(&self, row: usize) -> &[u32] {
        &self.ids[self.offsets[row]..self.offsets[row + 1]]
    }

    pub(super) fn all_ids(&self) -> &[u32] {
        &self.ids
    }

    pub(super) fn all_counts(&self) -> &[u32] {
        &self.counts
    }

    pub(super) fn counts(&self, row: usize) -> &[u32] {
        &self.counts[self.offsets[row]..self.offsets[row + 1]]
    }

    /// Where a row's ids lie among those of all rows.
    pub(super) fn range(&self, row: usize) -> std::ops::Range<usize> {
        self.offsets[row]..self.offsets[row + 1]
    }

    /// The number of distinct ids of a row.
    pub(super) fn size(&self, row: usize) -> u32 {
        (self.offsets[row + 1] - self.offsets[row]) as u32
    }
}
