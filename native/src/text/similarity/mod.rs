//! The similarities of one task's texts, row by row.

mod edits;
mod sets;
mod signatures;
mod tile;
mod vectors;
mod words;

use super::group::Group;
use super::problem::Similarity;
use crate::consensus::control::Watch;
use crate::consensus::team::Team;
use crate::consensus::{FitError, filled};
use crate::kernels::{Kernels, SETS, VECTORS};
use edits::Edits;
use sets::Sets;
use signatures::Signatures;
use tile::Scratch;
pub(super) use tile::reach;
use vectors::Vectors;
use words::Words;

/// What is prepared once for a task, so that any two texts can be compared.
pub(super) enum Measure<'a> {
    /// Set cosine and Jaccard.
    Sets(Sets),
    /// Tf-idf cosine.
    Words(Words),
    /// MinHash.
    Signatures(Signatures),
    /// Both edit distances.
    Edits(Edits<'a>),
    /// Embeddings.
    Vectors(Vectors<'a>),
}

impl<'a> Measure<'a> {
    pub(super) fn build(kernels: Kernels, kind: Similarity, group: &Group<'a>) -> Result<Self, FitError> {
        Ok(match kind {
            Similarity::SetCosine => Self::Sets(Sets::build(kernels, group, false)?),
            Similarity::Jaccard => Self::Sets(Sets::build(kernels, group, true)?),
            Similarity::TfIdfCosine => Self::Words(Words::build(kernels, group)?),
            Similarity::MinHash => Self::Signatures(Signatures::build(kernels, group)?),
            Similarity::WordLevenshtein => Self::Edits(Edits::of_tokens(group)?),
            Similarity::Levenshtein => Self::Edits(Edits::of_symbols(group)?),
            Similarity::EmbeddingCosine => Self::Vectors(Vectors::build(kernels, group)?),
        })
    }

    fn rows(&self) -> usize {
        match self {
            Self::Sets(sets) => sets.rows(),
            Self::Words(words) => words.rows(),
            Self::Signatures(signatures) => signatures.rows(),
            Self::Edits(edits) => edits.rows(),
            Self::Vectors(vectors) => vectors.rows(),
        }
    }

    /// How many rows are compared with all others at once.
    fn width(&self) -> usize {
        match self {
            Self::Sets(_) => SETS,
            Self::Words(_) => VECTORS,
            Self::Signatures(_) | Self::Vectors(_) => 16,
            Self::Edits(_) => 4,
        }
    }

    /// The centralities of the members of a cluster from the sum of their vectors; none for a kind without vectors.
    pub(super) fn centralities(
        &self,
        members: &[u32],
        weight: &[f64],
        centrality: &mut [f64],
        scratch: &mut Vec<f64>,
    ) -> Result<bool, FitError> {
        match self {
            Self::Sets(sets) => sets.centralities(members, weight, centrality, scratch),
            Self::Words(words) => words.centralities(members, weight, centrality, scratch),
            Self::Vectors(vectors) => vectors.centralities(members, weight, centrality, scratch),
            Self::Signatures(_) | Self::Edits(_) => Ok(false),
        }
    }

    /// Whether [`Self::centralities`] knows them.
    pub(super) fn has_vectors(&self) -> bool {
        match self {
            Self::Sets(sets) => sets.has_vectors(),
            Self::Words(_) | Self::Vectors(_) => true,
            Self::Signatures(_) | Self::Edits(_) => false,
        }
    }

    fn compare(&self, block: &mut Block, control: &Watch<'_>) -> Result<(), FitError> {
        match self {
            Self::Sets(sets) => sets.compare(block, control),
            Self::Words(words) => words.compare(block, control),
            Self::Signatures(signatures) => signatures.compare(block, control),
            Self::Edits(edits) => edits.compare(block, control),
            Self::Vectors(vectors) => vectors.compare(block, control),
        }
    }

    /// Shows every row's similarities with the rows after it, in order of rows. It takes `width` rows of numbers a thread.
    pub(super) fn walk(
        &self,
        team: &Team<'_>,
        control: &Watch<'_>,
        mut visit: impl FnMut(usize, &[f64]) -> Result<(), FitError>,
    ) -> Result<(), FitError> {
        let (rows, width) = (self.rows(), self.width());
        let count = team.threads().min(rows.div_ceil(width));
        let mut blocks = Vec::new();
        blocks.try_reserve_exact(count).map_err(|_| FitError::OutOfMemory("no memory for blocks of rows".into()))?;
        blocks.resize_with(count, Block::default);
        let mut first = 0;
        while first < rows {
            let mut used = 0;
            for block in &mut blocks {
                let begin = first + used * width;
                if begin < rows {
                    block.set(begin, width.min(rows - begin), rows)?;
                    used += 1;
                }
            }
            team.each(&mut blocks[..used], |block| block.result = self.compare(block, control));
            control.check()?;
            for block in &mut blocks[..used] {
                std::mem::replace(&mut block.result, Ok(()))?;
                for row in block.first..block.first + block.width {
                    visit(row, block.row(row))?;
                }
            }
            first += used * width;
        }
        Ok(())
    }
}

/// Some rows and their similarities with all rows after the first of them.
pub(super) struct Block {
    first: usize,
    width: usize,
    rows: usize,
    /// `[row - first][other - first]`; what is not after the row is anything.
    values: Vec<f64>,
    scratch: Scratch,
    result: Result<(), FitError>,
}

impl Default for Block {
    fn default() -> Self {
        Self { first: 0, width: 0, rows: 0, values: Vec::new(), scratch: Scratch::default(), result: Ok(()) }
    }
}

impl Block {
    fn set(&mut self, first: usize, width: usize, rows: usize) -> Result<(), FitError> {
        (self.first, self.width, self.rows) = (first, width, rows);
        let size = width.saturating_mul(rows - first);
        if self.values.len() < size {
            self.values = filled(size)?;
        }
        Ok(())
    }

    /// A row's similarities with the rows after it.
    fn row(&self, row: usize) -> &[f64] {
        let (length, place) = (self.rows - self.first, row - self.first);
        &self.values[place * length..][place + 1..length]
    }

    /// Compares every row of the block with every row after it, two by two.
    fn each_pair(
        &mut self,
        control: &Watch<'_>,
        mut begin: impl FnMut(usize, &mut Scratch) -> Result<(), FitError>,
        mut similarity: impl FnMut(usize, usize, &mut Scratch) -> f64,
    ) -> Result<(), FitError> {
        let length = self.rows - self.first;
        for place in 0..self.width {
            control.check()?;
            let row = self.first + place;
            begin(row, &mut self.scratch)?;
            let values = &mut self.values[place * length..][place + 1..length];
            for (value, other) in values.iter_mut().zip(row + 1..) {
                *value = similarity(row, other, &mut self.scratch);
            }
        }
        Ok(())
    }
}
