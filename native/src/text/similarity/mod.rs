//! The similarities of one task's texts, row by row.

mod alphabet;
mod bags;
mod block;
mod edits;
mod sets;
mod signatures;
mod tile;
mod vectors;
mod words;

use super::group::Group;
use super::problem::Similarity;
use crate::consensus::FitError;
use crate::consensus::control::Watch;
use crate::consensus::team::Team;
use crate::kernels::{Kernels, SETS, VECTORS};
use bags::Bags;
use block::Block;
use edits::Edits;
use sets::Sets;
use signatures::Signatures;
pub(super) use tile::reach;
use vectors::Vectors;
use words::Words;

/// What is prepared once for a task, so that any two texts can be compared.
pub(super) enum Measure<'a> {
    /// Set cosine and Jaccard.
    Sets(Sets),
    /// Tf-idf cosine.
    Words(Words),
    /// Trigram Dice.
    Bags(Bags),
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
            Similarity::WordAlignment => Self::Edits(Edits::alignment(group)?),
            Similarity::Levenshtein => Self::Edits(Edits::of_symbols(group)?),
            Similarity::TrigramDice => Self::Bags(Bags::build(kernels, group)?),
            Similarity::EmbeddingCosine => Self::Vectors(Vectors::build(kernels, group)?),
        })
    }

    fn rows(&self) -> usize {
        match self {
            Self::Sets(sets) => sets.rows(),
            Self::Words(words) => words.rows(),
            Self::Bags(bags) => bags.rows(),
            Self::Signatures(signatures) => signatures.rows(),
            Self::Edits(edits) => edits.rows(),
            Self::Vectors(vectors) => vectors.rows(),
        }
    }

    /// How many rows are compared with all others at once.
    pub(super) fn width(&self) -> usize {
        match self {
            Self::Sets(_) | Self::Bags(_) => SETS,
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
            Self::Bags(_) | Self::Signatures(_) | Self::Edits(_) => Ok(false),
        }
    }

    /// Whether [`Self::centralities`] knows them.
    pub(super) fn has_vectors(&self) -> bool {
        match self {
            Self::Sets(sets) => sets.has_vectors(),
            Self::Words(_) | Self::Vectors(_) => true,
            Self::Bags(_) | Self::Signatures(_) | Self::Edits(_) => false,
        }
    }

    fn compare(&self, block: &mut Block, control: &Watch<'_>) -> Result<(), FitError> {
        match self {
            Self::Sets(sets) => sets.compare(block, control),
            Self::Words(words) => words.compare(block, control),
            Self::Bags(bags) => bags.compare(block, control),
            Self::Signatures(signatures) => signatures.compare(block, control),
            Self::Edits(edits) => edits.compare(block, control),
            Self::Vectors(vectors) => vectors.compare(block, control),
        }
    }

    /// Shows every row's similarities with the rows after it, in order of rows. It takes some rows of numbers a thread.
    pub(super) fn walk(
        &self,
        team: &Team<'_>,
        control: &Watch<'_>,
        mut visit: impl FnMut(usize, &[f64]) -> Result<(), FitError>,
    ) -> Result<(), FitError> {
        let (rows, width) = (self.rows(), self.width());
        let set = |block: &mut Block, first: usize, end: usize| {
            block.set(first as u32..end as u32, first as u32..rows as u32, true)
        };
        self.blocks(
            team,
            control,
            rows.div_ceil(width),
            |number, block| {
                let first = number * width;
                set(block, first, rows.min(first + width))
            },
            |number, block| {
                for place in 0..block.lefts.len() {
                    visit(number * width + place, &block.of(place)[place + 1..])?;
                }
                Ok(())
            },
        )
    }

    /// Shows the similarities of each of some rows with each of some others, in the order of the former.
    pub(super) fn cross(
        &self,
        team: &Team<'_>,
        control: &Watch<'_>,
        lefts: &[u32],
        rights: &[u32],
        mut visit: impl FnMut(usize, &[f64]),
    ) -> Result<(), FitError> {
        let width = self.width();
        self.blocks(
            team,
            control,
            lefts.len().div_ceil(width),
            |number, block| {
                let lefts = &lefts[number * width..lefts.len().min((number + 1) * width)];
                block.set(lefts.iter().copied(), rights.iter().copied(), false)
            },
            |number, block| {
                for place in 0..block.lefts.len() {
                    visit(number * width + place, block.of(place));
                }
                Ok(())
            },
        )
    }

    /// Compares the rows of numbered blocks, as many at once as there are threads, and shows them in their order.
    fn blocks(
        &self,
        team: &Team<'_>,
        control: &Watch<'_>,
        count: usize,
        set: impl Fn(usize, &mut Block) -> Result<(), FitError>,
        mut visit: impl FnMut(usize, &Block) -> Result<(), FitError>,
    ) -> Result<(), FitError> {
        let mut blocks = Vec::new();
        let threads = team.threads().min(count);
        blocks.try_reserve_exact(threads).map_err(|_| FitError::OutOfMemory("no memory for blocks of rows".into()))?;
        blocks.resize_with(threads, Block::default);
        let mut number = 0;
        while number < count {
            let used = threads.min(count - number);
            for (place, block) in blocks[..used].iter_mut().enumerate() {
                set(number + place, block)?;
            }
            team.each(&mut blocks[..used], |block| block.result = self.compare(block, control));
            control.check()?;
            for (place, block) in blocks[..used].iter_mut().enumerate() {
                std::mem::replace(&mut block.result, Ok(()))?;
                visit(number + place, block)?;
            }
            number += used;
        }
        Ok(())
    }
}
