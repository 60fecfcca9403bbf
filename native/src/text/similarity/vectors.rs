//! The cosine of given vectors.

use super::super::group::Group;
use super::block::Block;
use crate::consensus::control::Watch;
use crate::consensus::{FitError, empty, filled};
use crate::kernels::Kernels;

pub(in crate::text) struct Vectors<'a> {
    kernels: Kernels,
    group: Group<'a>,
    /// The striped sum of the squares of each vector.
    squares: Vec<f64>,
}

impl<'a> Vectors<'a> {
    pub(super) fn build(kernels: Kernels, group: &Group<'a>) -> Result<Self, FitError> {
        let mut squares = empty(group.rows())?;
        squares.extend((0..group.rows()).map(|row| kernels.text_dot(group.embedding(row), group.embedding(row))));
        Ok(Self { kernels, group: *group, squares })
    }

    pub(super) fn rows(&self) -> usize {
        self.squares.len()
    }

    fn cosine(&self, row: usize, other: usize) -> f64 {
        let scale = self.squares[row] * self.squares[other];
        if scale > 0.0 {
            let dot = self.kernels.text_dot(self.group.embedding(row), self.group.embedding(other));
            return (dot / scale.sqrt()).clamp(-1.0, 1.0);
        }
        0.0
    }

    pub(super) fn compare(&self, block: &mut Block, control: &Watch<'_>) -> Result<(), FitError> {
        block.each_pair(control, |_, _| Ok(()), |row, other, _| self.cosine(row, other))
    }

    /// See [`super::Measure::centralities`].
    pub(super) fn centralities(
        &self,
        members: &[u32],
        weight: &[f64],
        centrality: &mut [f64],
        direction: &mut Vec<f64>,
    ) -> Result<bool, FitError> {
        if direction.is_empty() {
            *direction = filled(self.group.dimension())?;
        }
        direction.fill(0.0);
        for &row in members {
            let row = row as usize;
            if self.squares[row] > 0.0 {
                let share = weight[row] / self.squares[row].sqrt();
                let components = self.group.embedding(row);
                direction.iter_mut().zip(components).for_each(|(sum, x)| *sum += share * f64::from(*x));
            }
        }
        for &row in members {
            let row = row as usize;
            centrality[row] = if self.squares[row] > 0.0 {
                self.kernels.text_dot_wide(self.group.embedding(row), direction) / self.squares[row].sqrt()
            } else {
                weight[row]
            };
        }
        Ok(true)
    }
}
