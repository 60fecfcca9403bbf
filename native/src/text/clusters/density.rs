//! DBSCAN (M. Ester et al., KDD 1996), made independent of the order of rows.

use super::Components;
use crate::consensus::{FitError, filled};

/// Rows with `min_points` rows near them, themselves among these, are cores. `walk` shows every row's similarities with the
/// rows after it and is called twice. Gives the first row of each row's cluster.
pub(in crate::text) fn density(
    rows: usize,
    threshold: f64,
    min_points: usize,
    mut walk: impl FnMut(&mut dyn FnMut(usize, &[f64])) -> Result<(), FitError>,
) -> Result<Vec<u32>, FitError> {
    let mut near: Vec<usize> = filled(rows)?;
    walk(&mut |row, similarities| {
        for (other, _) in (row + 1..).zip(similarities).filter(|(_, similarity)| **similarity >= threshold) {
            near[row] += 1;
            near[other] += 1;
        }
    })?;
    let core = |row: usize| near[row] + 1 >= min_points;
    let mut clusters = Components::new(rows)?;
    // The most similar core of each row that is none, where it has one.
    let mut nearest: Vec<Option<(u32, f64)>> = filled(rows)?;
    walk(&mut |row, similarities| {
        for (other, &similarity) in (row + 1..).zip(similarities) {
            if similarity < threshold {
                continue;
            }
            match (core(row), core(other)) {
                (true, true) => clusters.join(row, other),
                (false, false) => {}
                (first, _) => {
                    let (border, center) = if first { (other, row) } else { (row, other) };
                    // Cores come in ascending order, so that the lowest stays among equals.
                    if nearest[border].is_none_or(|(_, best)| similarity > best) {
                        nearest[border] = Some((center as u32, similarity));
                    }
                }
            }
        }
    })?;
    for (row, core) in nearest.iter().enumerate().filter_map(|(row, core)| core.map(|(core, _)| (row, core))) {
        clusters.join(row, core as usize);
    }
    Ok(clusters.into_first())
}
