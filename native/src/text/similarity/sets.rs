//! Similarities of sets of tokens: the set cosine and Jaccard.

use super::super::group::Group;
use super::super::profile::Profiles;
use super::block::Block;
use super::tile::{lay, lift, tile};
use crate::consensus::control::Watch;
use crate::consensus::{FitError, filled};
use crate::kernels::{Kernels, SETS};

pub(in crate::text) struct Sets {
    kernels: Kernels,
    profiles: Profiles,
    vocabulary: usize,
    jaccard: bool,
}

impl Sets {
    pub(super) fn build(kernels: Kernels, group: &Group<'_>, jaccard: bool) -> Result<Self, FitError> {
        Ok(Self { kernels, profiles: Profiles::of_tokens(group)?, vocabulary: group.vocabulary(), jaccard })
    }

    pub(super) fn rows(&self) -> usize {
        self.profiles.rows()
    }

    pub(super) fn has_vectors(&self) -> bool {
        !self.jaccard
    }

    pub(super) fn compare(&self, block: &mut Block, control: &Watch<'_>) -> Result<(), FitError> {
        let profiles = &self.profiles;
        let mut scratch = std::mem::take(&mut block.scratch);
        let texts = || block.lefts.iter().map(|&row| profiles.ids(row as usize));
        lay(&mut scratch.slot, &mut scratch.sets, self.vocabulary, texts(), [0; SETS], |text, _, row| row[text] = 1)?;
        let mut sizes = [0.0; SETS];
        block.lefts.iter().zip(&mut sizes).for_each(|(&row, size)| *size = f64::from(profiles.size(row as usize)));
        let mut out = [0.0; SETS];
        for right in 0..block.rights.len() {
            if right % 1024 == 0 && control.is_cancelled() {
                break;
            }
            let row = block.rights[right] as usize;
            let (ids, own) = (profiles.ids(row), f64::from(profiles.size(row)));
            let tile = tile(&scratch.slot, &scratch.sets);
            if self.jaccard {
                self.kernels.text_jaccard(ids, tile, &sizes, own, &mut out);
            } else {
                self.kernels.text_set_cosine(ids, tile, &sizes, own, &mut out);
            }
            block.put(right, &out);
        }
        let texts = block.lefts.iter().map(|&row| profiles.ids(row as usize));
        lift(&mut scratch.slot, texts);
        block.scratch = scratch;
        Ok(())
    }

    /// See [`super::Measure::centralities`].
    pub(super) fn centralities(
        &self,
        members: &[u32],
        weight: &[f64],
        centrality: &mut [f64],
        direction: &mut Vec<f64>,
    ) -> Result<bool, FitError> {
        if self.jaccard {
            return Ok(false);
        }
        if direction.len() < self.vocabulary {
            *direction = filled(self.vocabulary)?;
        }
        let mut empty = 0.0;
        for &row in members {
            let (row, size) = (row as usize, self.profiles.size(row as usize));
            if size == 0 {
                empty += weight[row];
            } else {
                let share = weight[row] / f64::from(size).sqrt();
                self.profiles.ids(row).iter().for_each(|&id| direction[id as usize] += share);
            }
        }
        for &row in members {
            let (row, size) = (row as usize, self.profiles.size(row as usize));
            let mut sum = 0.0;
            self.profiles.ids(row).iter().for_each(|&id| sum += direction[id as usize]);
            centrality[row] = if size == 0 { empty } else { sum / f64::from(size).sqrt() };
        }
        for &row in members {
            self.profiles.ids(row as usize).iter().for_each(|&id| direction[id as usize] = 0.0);
        }
        Ok(true)
    }
}
