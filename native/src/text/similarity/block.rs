//! Some rows, compared with others at once.

use super::tile::Scratch;
use crate::consensus::control::Watch;
use crate::consensus::{FitError, filled};

/// Rows on the left, rows on the right, and the similarities of each with each.
pub(super) struct Block {
    pub(super) lefts: Vec<u32>,
    pub(super) rights: Vec<u32>,
    /// Whether only rows on the right that come after the one on the left are wanted.
    pub(super) later_only: bool,
    /// `[left][right]`; what is not wanted is anything.
    values: Vec<f64>,
    pub(super) scratch: Scratch,
    pub(super) result: Result<(), FitError>,
}

impl Default for Block {
    fn default() -> Self {
        let (lefts, rights, values) = (Vec::new(), Vec::new(), Vec::new());
        Self { lefts, rights, later_only: false, values, scratch: Scratch::default(), result: Ok(()) }
    }
}

impl Block {
    pub(super) fn set(
        &mut self,
        lefts: impl ExactSizeIterator<Item = u32>,
        rights: impl ExactSizeIterator<Item = u32>,
        later_only: bool,
    ) -> Result<(), FitError> {
        self.later_only = later_only;
        let size = lefts.len().saturating_mul(rights.len());
        self.lefts.clear();
        self.rights.clear();
        let out_of_memory = |_| FitError::OutOfMemory(format!("no memory for {size} similarities"));
        self.lefts.try_reserve(lefts.len()).map_err(out_of_memory)?;
        self.rights.try_reserve(rights.len()).map_err(out_of_memory)?;
        self.lefts.extend(lefts);
        self.rights.extend(rights);
        if self.values.len() < size {
            self.values = filled(size)?;
        }
        Ok(())
    }

    /// The similarities of one row on the left.
    pub(super) fn of(&self, left: usize) -> &[f64] {
        let length = self.rights.len();
        &self.values[left * length..][..length]
    }

    /// Writes the similarities of one row on the right with each on the left.
    pub(super) fn put(&mut self, right: usize, values: &[f64]) {
        let length = self.rights.len();
        for (place, value) in values[..self.lefts.len()].iter().enumerate() {
            self.values[place * length + right] = *value;
        }
    }

    /// Compares two by two.
    pub(super) fn each_pair(
        &mut self,
        control: &Watch<'_>,
        mut begin: impl FnMut(usize, &mut Scratch) -> Result<(), FitError>,
        mut similarity: impl FnMut(usize, usize, &mut Scratch) -> f64,
    ) -> Result<(), FitError> {
        let length = self.rights.len();
        for (place, &left) in self.lefts.iter().enumerate() {
            control.check()?;
            let left = left as usize;
            begin(left, &mut self.scratch)?;
            let values = &mut self.values[place * length..][..length];
            for (value, &right) in values.iter_mut().zip(&self.rights) {
                let right = right as usize;
                if right > left || right < left && !self.later_only {
                    *value = similarity(left, right, &mut self.scratch);
                } else if right == left {
                    *value = 1.0;
                }
            }
        }
        Ok(())
    }
}
