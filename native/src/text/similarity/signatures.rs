//! MinHash: an estimate of the Jaccard similarity from the least hashes of the token ids.

use super::super::group::Group;
use super::super::profile::Profiles;
use super::block::Block;
use crate::consensus::control::Watch;
use crate::consensus::random::SplitMix64;
use crate::consensus::{FitError, filled};
use crate::kernels::{HASHES, Kernels};

pub(in crate::text) struct Signatures {
    kernels: Kernels,
    /// The signatures of all rows; those of empty texts are all `u32::MAX`.
    hashes: Vec<[u32; HASHES]>,
    empty: Vec<bool>,
}

/// The seeds of the hashes.
fn seeds() -> [u32; HASHES] {
    let mut random = SplitMix64::new(0);
    std::array::from_fn(|_| (random.next() >> 32) as u32)
}

impl Signatures {
    pub(super) fn build(kernels: Kernels, group: &Group<'_>) -> Result<Self, FitError> {
        let (profiles, seeds) = (Profiles::of_tokens(group)?, seeds());
        let mut hashes = crate::consensus::empty(group.rows())?;
        let mut empty = filled(group.rows())?;
        for (row, empty) in empty.iter_mut().enumerate() {
            let mut signature = [0; HASHES];
            kernels.text_signature(profiles.ids(row), &seeds, &mut signature);
            hashes.push(signature);
            *empty = profiles.size(row) == 0;
        }
        Ok(Self { kernels, hashes, empty })
    }

    pub(super) fn rows(&self) -> usize {
        self.hashes.len()
    }

    pub(super) fn compare(&self, block: &mut Block, control: &Watch<'_>) -> Result<(), FitError> {
        block.each_pair(
            control,
            |_, _| Ok(()),
            |row, other, _| {
                if self.empty[row] || self.empty[other] {
                    return f64::from(u8::from(self.empty[row] && self.empty[other]));
                }
                let equal = self.kernels.text_equal_hashes(&self.hashes[row], &self.hashes[other]);
                f64::from(equal) / HASHES as f64
            },
        )
    }
}
