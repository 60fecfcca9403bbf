//! Which text is chosen: clusters by their weight, and the medoid of each.

use super::similarity::Measure;
use crate::consensus::{FitError, empty, filled};

/// The clusters of a task's rows, the winning one first.
pub(super) struct Clusters {
    /// All rows, cluster after cluster, ascending within each.
    members: Vec<u32>,
    offsets: Vec<usize>,
}

impl Clusters {
    /// Groups rows by the first row of their cluster and puts the clusters into order, with one at the front where that is
    /// given.
    pub(super) fn rank(first: &[u32], weight: &[f64], front: Option<u32>) -> Result<Self, FitError> {
        let rows = first.len();
        let (mut sum, mut size): (Vec<f64>, Vec<usize>) = (filled(rows)?, filled(rows)?);
        for (&first, weight) in first.iter().zip(weight) {
            sum[first as usize] += weight;
            size[first as usize] += 1;
        }
        let mut order: Vec<u32> = empty(rows)?;
        order.extend((0..rows as u32).filter(|&row| size[row as usize] > 0));
        order.sort_unstable_by(|&a, &b| {
            let (i, j) = (a as usize, b as usize);
            let fronts = (Some(b) == front).cmp(&(Some(a) == front));
            fronts.then(sum[j].total_cmp(&sum[i])).then(size[j].cmp(&size[i])).then(a.cmp(&b))
        });
        let mut offsets = empty(order.len() + 1)?;
        let mut place = size;
        let mut next = 0;
        for &cluster in &order {
            offsets.push(next);
            next += std::mem::replace(&mut place[cluster as usize], next);
        }
        offsets.push(next);
        let mut members: Vec<u32> = filled(rows)?;
        for (row, &cluster) in first.iter().enumerate() {
            let place = &mut place[cluster as usize];
            members[*place] = row as u32;
            *place += 1;
        }
        Ok(Self { members, offsets })
    }

    pub(super) fn len(&self) -> usize {
        self.offsets.len() - 1
    }

    pub(super) fn members(&self, cluster: usize) -> &[u32] {
        &self.members[self.offsets[cluster]..self.offsets[cluster + 1]]
    }
}

/// The centralities of rows among those of their group, which `first` tells; `groups` has each group's rows. `walk` shows every
/// row's similarities with the rows after it, and is called where the kind of similarity has no vectors.
pub(super) fn centralities<'a>(
    measure: &Measure<'_>,
    groups: impl Iterator<Item = &'a [u32]>,
    first: impl Fn(usize) -> u32,
    weight: &[f64],
    centrality: &mut [f64],
    walk: impl FnOnce(&mut dyn FnMut(usize, &[f64])) -> Result<(), FitError>,
) -> Result<(), FitError> {
    if measure.has_vectors() {
        let mut direction = Vec::new();
        for members in groups {
            measure.centralities(members, weight, centrality, &mut direction)?;
        }
        return Ok(());
    }
    centrality.fill(0.0);
    // At a row's turn those before it have added to it already, in their order.
    walk(&mut |row, similarities| {
        centrality[row] += weight[row];
        for (other, similarity) in (row + 1..).zip(similarities) {
            if first(other) == first(row) {
                centrality[row] += weight[other] * similarity;
                centrality[other] += weight[row] * similarity;
            }
        }
    })
}

/// The member with the largest centrality, the lowest among equals.
pub(super) fn medoid(members: &[u32], centrality: &[f64]) -> u32 {
    let mut medoid = members[0];
    for &row in &members[1..] {
        if centrality[row as usize] > centrality[medoid as usize] {
            medoid = row;
        }
    }
    medoid
}
