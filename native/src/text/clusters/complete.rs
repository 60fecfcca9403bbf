//! Complete link, with the nearest later cluster of each cluster kept: about the square of the rows.

use super::super::matrix::Matrix;
use crate::consensus::control::Watch;
use crate::consensus::{FitError, empty, filled};

const NONE: u32 = u32::MAX;

/// Unites the two most similar clusters as long as they have the threshold. Gives the first row of each row's cluster, and
/// leaves the similarities of clusters in the matrix.
pub(in crate::text) fn complete_link(
    matrix: &mut Matrix,
    threshold: f64,
    control: &Watch<'_>,
) -> Result<Vec<u32>, FitError> {
    let rows = matrix.rows();
    let mut alive: Vec<u32> = empty(rows)?;
    alive.extend(0..rows as u32);
    let mut first: Vec<u32> = empty(rows)?;
    first.extend(0..rows as u32);
    let mut nearest: Vec<u32> = filled(rows)?;
    let mut best: Vec<f64> = filled(rows)?;
    for row in 0..rows {
        (nearest[row], best[row]) = nearest_after(matrix, row, &alive[row + 1..], threshold);
    }
    loop {
        control.check()?;
        let mut a = NONE;
        let mut most = f64::NEG_INFINITY;
        for &cluster in &alive {
            if nearest[cluster as usize] != NONE && best[cluster as usize] > most {
                (a, most) = (cluster, best[cluster as usize]);
            }
        }
        if a == NONE {
            break;
        }
        let (a, b) = (a as usize, nearest[a as usize] as usize);
        first[b] = a as u32;
        alive.remove(alive.partition_point(|&cluster| (cluster as usize) < b));
        unite(matrix, a, b, &alive);
        for (place, &cluster) in alive.iter().enumerate() {
            let cluster = cluster as usize;
            if cluster > b {
                break;
            }
            // The others' similarities with a only fell: their nearest stays unless it was one of these two.
            if cluster == a || nearest[cluster] == a as u32 || nearest[cluster] == b as u32 {
                (nearest[cluster], best[cluster]) = nearest_after(matrix, cluster, &alive[place + 1..], threshold);
            }
        }
    }
    for row in 0..rows {
        // A cluster was united with one before it, which is settled.
        first[row] = first[first[row] as usize];
    }
    Ok(first)
}

/// The most similar cluster after one, the lowest among equals.
fn nearest_after(matrix: &Matrix, cluster: usize, after: &[u32], threshold: f64) -> (u32, f64) {
    let row = matrix.row(cluster);
    let (mut nearest, mut best) = (NONE, f64::NEG_INFINITY);
    for &other in after {
        let similarity = row[other as usize - cluster - 1];
        if similarity > best {
            (nearest, best) = (other, similarity);
        }
    }
    if best >= threshold { (nearest, best) } else { (NONE, best) }
}

/// Gives a the lesser of its and b's similarities with every other cluster.
fn unite(matrix: &mut Matrix, a: usize, b: usize, alive: &[u32]) {
    for &other in alive {
        let other = other as usize;
        let with = |matrix: &Matrix, one: usize| matrix.row(one.min(other))[one.max(other) - one.min(other) - 1];
        if other != a {
            let least = with(matrix, a).min(with(matrix, b));
            matrix.row_mut(a.min(other))[a.max(other) - a.min(other) - 1] = least;
        }
    }
}
