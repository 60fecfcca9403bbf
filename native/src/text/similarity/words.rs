//! The cosine of the vectors of tf-idf.

use super::super::group::Group;
use super::super::profile::Profiles;
use super::block::Block;
use super::tile::{lay, lift, tile};
use crate::consensus::control::Watch;
use crate::consensus::{FitError, empty, filled};
use crate::kernels::{Kernels, VECTORS};

pub(in crate::text) struct Words {
    kernels: Kernels,
    profiles: Profiles,
    vocabulary: usize,
    /// The components of all rows, beside their ids.
    components: Vec<f64>,
    /// The sum of the squares of each row's components.
    squares: Vec<f64>,
}

impl Words {
    pub(super) fn build(kernels: Kernels, group: &Group<'_>) -> Result<Self, FitError> {
        let (profiles, vocabulary) = (Profiles::of_tokens(group)?, group.vocabulary());
        let mut frequency: Vec<u32> = filled(vocabulary)?;
        profiles.all_ids().iter().for_each(|&id| frequency[id as usize] += 1);
        let mut idf: Vec<f64> = empty(vocabulary)?;
        let all = 1.0 + group.rows() as f64;
        idf.extend(frequency.iter().map(|&rows| all / (1.0 + f64::from(rows))));
        kernels.log(&mut idf);
        idf.iter_mut().for_each(|x| *x += 1.0);
        let mut components = empty(profiles.all_ids().len())?;
        let counted = profiles.all_ids().iter().zip(profiles.all_counts());
        components.extend(counted.map(|(&id, &count)| f64::from(count) * idf[id as usize]));
        let mut squares = empty(group.rows())?;
        for row in 0..group.rows() {
            let mut sum = 0.0;
            components[profiles.range(row)].iter().for_each(|x| sum += x * x);
            squares.push(sum);
        }
        Ok(Self { kernels, profiles, vocabulary, components, squares })
    }

    pub(super) fn rows(&self) -> usize {
        self.profiles.rows()
    }

    pub(super) fn compare(&self, block: &mut Block, control: &Watch<'_>) -> Result<(), FitError> {
        let profiles = &self.profiles;
        let mut scratch = std::mem::take(&mut block.scratch);
        let texts = || block.lefts.iter().map(|&row| profiles.ids(row as usize));
        let components = |row: u32| &self.components[profiles.range(row as usize)];
        lay(&mut scratch.slot, &mut scratch.vectors, self.vocabulary, texts(), [0.0; VECTORS], |text, place, row| {
            row[text] = components(block.lefts[text])[place];
        })?;
        let mut squares = [0.0; VECTORS];
        block.lefts.iter().zip(&mut squares).for_each(|(&row, square)| *square = self.squares[row as usize]);
        let mut out = [0.0; VECTORS];
        for right in 0..block.rights.len() {
            if right % 1024 == 0 && control.is_cancelled() {
                break;
            }
            let row = block.rights[right];
            let tile = tile(&scratch.slot, &scratch.vectors);
            let (ids, own) = (profiles.ids(row as usize), self.squares[row as usize]);
            self.kernels.text_vector_cosine(ids, components(row), tile, &squares, own, &mut out);
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
        if direction.len() < self.vocabulary {
            *direction = filled(self.vocabulary)?;
        }
        let row_of = |row: usize| self.profiles.ids(row).iter().zip(&self.components[self.profiles.range(row)]);
        let mut empty = 0.0;
        for &row in members {
            let row = row as usize;
            if self.squares[row] > 0.0 {
                let share = weight[row] / self.squares[row].sqrt();
                row_of(row).for_each(|(&id, x)| direction[id as usize] += share * x);
            } else {
                empty += weight[row];
            }
        }
        for &row in members {
            let row = row as usize;
            let mut sum = 0.0;
            row_of(row).for_each(|(&id, x)| sum += x * direction[id as usize]);
            centrality[row] = if self.squares[row] > 0.0 { sum / self.squares[row].sqrt() } else { empty };
        }
        for &row in members {
            self.profiles.ids(row as usize).iter().for_each(|&id| direction[id as usize] = 0.0);
        }
        Ok(true)
    }
}
