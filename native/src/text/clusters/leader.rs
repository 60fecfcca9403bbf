//! Clusters about leaders, the best text first.

use crate::consensus::{FitError, empty};

const NONE: u32 = u32::MAX;

/// The leader of each row. `batch` says for how many rows at once `near` gives similarities: it gets rows that may become
/// leaders and the rows that are in no cluster, and shows the similarities of each of the former with all of the latter.
pub(in crate::text) fn leaders(
    score: &[f64],
    threshold: f64,
    batch: usize,
    mut near: impl FnMut(&[u32], &[u32], &mut dyn FnMut(usize, &[f64])) -> Result<(), FitError>,
) -> Result<Vec<u32>, FitError> {
    let rows = score.len();
    let mut leader: Vec<u32> = empty(rows)?;
    leader.resize(rows, NONE);
    let mut order: Vec<u32> = empty(rows)?;
    order.extend(0..rows as u32);
    order.sort_unstable_by(|&a, &b| score[b as usize].total_cmp(&score[a as usize]).then(a.cmp(&b)));
    let mut free: Vec<u32> = empty(rows)?;
    free.extend(0..rows as u32);
    let mut next = Vec::new();
    let mut size = 1;
    while !free.is_empty() {
        order.retain(|&row| leader[row as usize] == NONE);
        next.clear();
        next.try_reserve(size).map_err(|_| FitError::OutOfMemory("no memory for leaders".to_owned()))?;
        next.extend(order.iter().take(size));
        near(&next, &free, &mut |place, similarities| {
            let row = next[place];
            // One before it in the batch may have taken it.
            if leader[row as usize] != NONE {
                return;
            }
            leader[row as usize] = row;
            for (&other, &similarity) in free.iter().zip(similarities) {
                if leader[other as usize] == NONE && similarity >= threshold {
                    leader[other as usize] = row;
                }
            }
        })?;
        free.retain(|&row| leader[row as usize] == NONE);
        // The first leader often takes most.
        size = batch;
    }
    Ok(leader)
}
