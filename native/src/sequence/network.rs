//! A word transition network: slots one after another, in each the words that hypotheses have there, with their weights.

use super::problem::refuse;
use crate::consensus::control::Watch;
use crate::consensus::{FitError, empty};

/// The word that stands for "no word here".
pub(super) const BLANK: i32 = 0;

/// Slots times words of one alignment: a byte each is kept.
const MOST_CELLS: usize = 1 << 30;

const INSERT: u8 = 0;
const SKIP: u8 = 1;
const PAIR: u8 = 2;

#[derive(Default)]
struct Slots {
    /// Where each slot's entries begin, and the end.
    start: Vec<usize>,
    word: Vec<i32>,
    weight: Vec<f64>,
}

impl Slots {
    fn clear(&mut self) {
        self.start.clear();
        self.word.clear();
        self.weight.clear();
        self.start.push(0);
    }

    fn reserve(&mut self, slots: usize, entries: usize) -> Result<(), FitError> {
        make_room(&mut self.start, slots + 1)?;
        make_room(&mut self.word, entries)?;
        make_room(&mut self.weight, entries)
    }

    fn len(&self) -> usize {
        self.start.len() - 1
    }

    fn push(&mut self, word: i32, weight: f64) {
        self.word.push(word);
        self.weight.push(weight);
    }

    fn close(&mut self) {
        self.start.push(self.word.len());
    }

    fn words(&self, slot: usize) -> &[i32] {
        &self.word[self.start[slot]..self.start[slot + 1]]
    }
}

/// Makes sure that a cleared array has room.
fn make_room<T>(array: &mut Vec<T>, size: usize) -> Result<(), FitError> {
    if array.capacity() < size {
        *array = empty(size.max(2 * array.capacity()))?;
    }
    array.clear();
    Ok(())
}

/// A network that is used for one task after another.
#[derive(Default)]
pub(super) struct Network {
    slots: Slots,
    /// The network before the hypothesis in work.
    before: Slots,
    /// The weight of all hypotheses.
    total: f64,
    /// How each cell of the alignment was reached, a row for each word.
    steps: Vec<u8>,
    cost: Vec<i32>,
    above: Vec<i32>,
    path: Vec<u8>,
    /// Whether a hypothesis that begins after a blank goes there for nothing.
    free_start: bool,
}

impl Network {
    pub(super) fn new(free_start: bool) -> Self {
        Self { free_start, ..Self::default() }
    }

    /// Begins anew with one hypothesis.
    pub(super) fn begin(&mut self, words: &[i32], weight: f64) -> Result<(), FitError> {
        self.slots.reserve(words.len(), words.len())?;
        self.slots.clear();
        for &word in words {
            self.slots.push(word, weight);
            self.slots.close();
        }
        self.total = weight;
        Ok(())
    }

    /// Aligns a hypothesis, that of `row`, with the network and adds its words.
    pub(super) fn add(&mut self, words: &[i32], weight: f64, row: u32, watch: &Watch<'_>) -> Result<(), FitError> {
        std::mem::swap(&mut self.slots, &mut self.before);
        self.align(words, row, watch)?;
        self.trace(words.len())?;
        let (slots, before) = (&mut self.slots, &self.before);
        slots.reserve(before.len() + words.len(), before.word.len() + before.len() + 2 * words.len())?;
        slots.clear();
        let (mut slot, mut next) = (0, words.iter().copied());
        for &step in self.path.iter().rev() {
            let word = if step == SKIP { BLANK } else { next.next().unwrap_or(BLANK) };
            let first = slots.word.len();
            if step == INSERT {
                slots.push(BLANK, self.total);
            } else {
                let entries = before.start[slot]..before.start[slot + 1];
                slots.word.extend_from_slice(&before.word[entries.clone()]);
                slots.weight.extend_from_slice(&before.weight[entries]);
                slot += 1;
            }
            match slots.word[first..].iter().position(|&known| known == word) {
                Some(place) => slots.weight[first + place] += weight,
                None => slots.push(word, weight),
            }
            slots.close();
        }
        self.total += weight;
        Ok(())
    }

    /// Fills in how each cell is reached at the least cost: a replacement or a match before a skipped slot before an
    /// insertion.
    fn align(&mut self, words: &[i32], row: u32, watch: &Watch<'_>) -> Result<(), FitError> {
        let (slots, columns) = (&self.before, self.before.len() + 1);
        let cells = columns.checked_mul(words.len() + 1).filter(|&cells| cells <= MOST_CELLS);
        let Some(cells) = cells else {
            return refuse(format!(
                "row {row}: {} words against {} places are more than {MOST_CELLS} to compare: cut the texts into parts",
                words.len(),
                slots.len()
            ));
        };
        make_room(&mut self.steps, cells)?;
        make_room(&mut self.cost, columns)?;
        make_room(&mut self.above, columns)?;
        self.above.resize(columns, 0);
        self.steps.push(INSERT);
        self.cost.push(0);
        let skip = |slot| i32::from(!slots.words(slot).contains(&BLANK));
        for slot in 0..slots.len() {
            let step = if self.free_start { skip(slot) } else { 1 };
            self.cost.push(self.cost[slot] + step);
            self.steps.push(SKIP);
        }
        for (i, &word) in words.iter().enumerate() {
            watch.check()?;
            std::mem::swap(&mut self.cost, &mut self.above);
            self.cost[0] = i as i32 + 1;
            self.steps.push(INSERT);
            for slot in 0..slots.len() {
                let known = slots.words(slot);
                let mut best = (self.above[slot] + i32::from(!known.contains(&word)), PAIR);
                let skipped = self.cost[slot] + i32::from(!known.contains(&BLANK));
                if skipped < best.0 {
                    best = (skipped, SKIP);
                }
                let inserted = self.above[slot + 1] + 1;
                if inserted < best.0 {
                    best = (inserted, INSERT);
                }
                self.cost[slot + 1] = best.0;
                self.steps.push(best.1);
            }
        }
        Ok(())
    }

    /// Walks back from the last cell; `path` gets the steps, last one first.
    fn trace(&mut self, words: usize) -> Result<(), FitError> {
        let columns = self.before.len() + 1;
        let (mut i, mut j) = (words, columns - 1);
        make_room(&mut self.path, i + j)?;
        while i > 0 || j > 0 {
            let step = self.steps[i * columns + j];
            self.path.push(step);
            i -= usize::from(step != SKIP);
            j -= usize::from(step != INSERT);
        }
        Ok(())
    }

    /// Hands out the winner of each slot and its share of the weight, blanks left out. Of equal weights the largest word
    /// wins, or the one that entered first.
    pub(super) fn winners(&self, largest: bool, mut take: impl FnMut(i32, f64)) {
        for slot in 0..self.slots.len() {
            let entries = self.slots.start[slot]..self.slots.start[slot + 1];
            let (mut word, mut weight) = (self.slots.word[entries.start], self.slots.weight[entries.start]);
            for entry in entries.skip(1) {
                let (other, its) = (self.slots.word[entry], self.slots.weight[entry]);
                if its > weight || (largest && its == weight && other > word) {
                    (word, weight) = (other, its);
                }
            }
            if word != BLANK {
                take(word, if self.total > 0.0 { weight / self.total } else { 0.0 });
            }
        }
    }
}
