//! The sums that the last M-step of Dawid-Skene takes, in its order, for a posterior that is given.

use super::index::{Form, Index};
use super::storage::{Table, filled};
use super::team::Team;
use super::{FitError, Problem};

/// What an M-step counts.
pub(crate) struct Recount {
    /// `[expert][label][true label]`.
    pub(crate) counts: Vec<f64>,
    /// The sum of the posteriors, `[label]`.
    pub(crate) sums: Vec<f64>,
}

/// Counts a table as [`fit`](super::fit) does with Dawid-Skene, to the bit: span by span, and in each the tasks with few
/// answers first.
pub(crate) fn recount(problem: &Problem<'_>, posterior: &[f64]) -> Result<Recount, FitError> {
    problem.check()?;
    let labels = problem.sizes[2];
    let index = Team::with(1, 1, |team| Index::build(problem, Form::Rows, labels.saturating_mul(labels), true, team))?;
    let cells = problem.confusion_cells()?;
    let mut total = Recount { counts: filled(cells)?, sums: filled(labels)? };
    let mut part = (Table::zeros(cells)?, filled(labels)?);
    for (at, span) in index.spans().iter().enumerate() {
        let (counts, sums): (&mut [f64], &mut Vec<f64>) = (&mut part.0, &mut part.1);
        counts.fill(0.0);
        sums.fill(0.0);
        for place in span.clone() {
            let row = &posterior[index.task(place) * labels..][..labels];
            sums.iter_mut().zip(row).for_each(|(sum, p)| *sum += p);
            for answer in index.offsets()[place]..index.offsets()[place + 1] {
                let first = (index.expert(answer) * labels + index.label(answer)) * labels;
                let weight = index.weight(answer);
                counts[first..first + labels].iter_mut().zip(row).for_each(|(count, p)| *count += weight * p);
            }
        }
        if at == 0 {
            total.counts.copy_from_slice(counts);
            total.sums.copy_from_slice(sums);
        } else {
            total.counts.iter_mut().zip(counts.iter()).for_each(|(sum, count)| *sum += count);
            total.sums.iter_mut().zip(sums.iter()).for_each(|(sum, p)| *sum += p);
        }
    }
    Ok(total)
}
