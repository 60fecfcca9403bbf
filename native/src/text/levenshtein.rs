//! Levenshtein's distance in blocks of 64 rows of the table at once (G. Myers, JACM 46, 1999; H. Hyyrö, 2003).

use super::similarity::reach;
use crate::consensus::FitError;

/// A sequence as bit masks: for each of its elements, where it stands.
#[derive(Clone, Copy)]
pub(super) struct Pattern<'a> {
    pub(super) length: usize,
    /// The row of `masks` for each element of the alphabet; row 0 has no bits.
    pub(super) slot: &'a [u32],
    /// `[slot][block]`.
    pub(super) masks: &'a [u64],
}

impl Pattern<'_> {
    /// Writes the masks of a sequence.
    pub(super) fn lay(
        sequence: &[i32],
        alphabet: usize,
        slot: &mut Vec<u32>,
        masks: &mut Vec<u64>,
    ) -> Result<(), FitError> {
        reach(slot, alphabet)?;
        let blocks = sequence.len().div_ceil(64);
        masks.clear();
        let mut slots = 0;
        for &element in sequence {
            let slot = &mut slot[element as usize];
            if *slot == 0 {
                slots += 1;
                *slot = slots;
            }
        }
        let size = (slots as usize + 1).saturating_mul(blocks);
        masks.try_reserve(size).map_err(|_| FitError::OutOfMemory(format!("no memory for {size} bit masks")))?;
        masks.resize(size, 0);
        for (place, &element) in sequence.iter().enumerate() {
            masks[slot[element as usize] as usize * blocks + place / 64] |= 1 << (place % 64);
        }
        Ok(())
    }

    /// Takes a sequence's elements out of the map again.
    pub(super) fn lift(sequence: &[i32], slot: &mut [u32]) {
        sequence.iter().for_each(|&element| slot[element as usize] = 0);
    }
}

const PLUS: u8 = 1;
const MINUS: u8 = 2;

/// The least number of insertions, deletions and substitutions that make the pattern into the text.
pub(super) fn distance(pattern: Pattern<'_>, text: &[i32], carries: &mut [u8]) -> usize {
    if pattern.length == 0 {
        return text.len();
    }
    let blocks = pattern.length.div_ceil(64);
    // What goes from the lowest row of one block to the next: at first that of the table's top row, which grows by one.
    let carries = &mut carries[..text.len()];
    carries.fill(PLUS);
    let mut distance = pattern.length;
    for block in 0..blocks {
        let last = block + 1 == blocks;
        let lowest = if last { (pattern.length - 1) % 64 } else { 63 };
        let (mut plus, mut minus) = (u64::MAX, 0_u64);
        for (&element, carry) in text.iter().zip(carries.iter_mut()) {
            let equal = pattern.masks[pattern.slot[element as usize] as usize * blocks + block];
            let (rises, falls) = (u64::from(*carry & PLUS), u64::from(*carry >> 1));
            let across = equal | minus;
            let equal = equal | falls;
            let along = ((equal & plus).wrapping_add(plus) ^ plus) | equal;
            let above = minus | !(along | plus);
            let below = plus & along;
            *carry = (above >> lowest & 1) as u8 | ((below >> lowest & 1) as u8) << 1;
            let above = above << 1 | rises;
            let below = below << 1 | falls;
            plus = below | !(across | above);
            minus = above & across;
        }
        if last {
            for carry in carries.iter() {
                distance = distance + usize::from(*carry & PLUS) - usize::from(*carry & MINUS == MINUS);
            }
        }
    }
    distance
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::consensus::random::SplitMix64;

    fn by_table(a: &[i32], b: &[i32]) -> usize {
        let mut above: Vec<usize> = (0..=b.len()).collect();
        for (i, x) in a.iter().enumerate() {
            let mut row = vec![i + 1];
            for (j, y) in b.iter().enumerate() {
                row.push((above[j] + usize::from(x != y)).min(above[j + 1] + 1).min(row[j] + 1));
            }
            above = row;
        }
        above[b.len()]
    }

    #[test]
    fn equals_the_table_around_every_border_of_blocks() {
        let mut random = SplitMix64::new(3);
        let mut below = |n: u64| (random.next() % n) as usize;
        let (mut slot, mut masks, mut carries) = (Vec::new(), Vec::new(), vec![0; 300]);
        for _ in 0..600 {
            let alphabet = 1 + below(6);
            let lengths = [0, 1, 2, 5, 62, 63, 64, 65, 66, 127, 128, 129, 200, 257];
            let (a, b) = (lengths[below(14)], lengths[below(14)]);
            let [a, b] = [a, b].map(|n| (0..n).map(|_| below(alphabet as u64) as i32).collect::<Vec<_>>());
            Pattern::lay(&a, alphabet, &mut slot, &mut masks).unwrap();
            let pattern = Pattern { length: a.len(), slot: &slot, masks: &masks };
            assert_eq!(distance(pattern, &b, &mut carries), by_table(&a, &b), "{a:?} {b:?}");
            Pattern::lift(&a, &mut slot);
        }
    }
}
