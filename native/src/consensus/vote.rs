//! Votes: the share of each label among a task's answers. They are also where the other methods start from.

use std::ops::Range;

use super::decide::decide;
use super::index::Index;
use super::storage::filled;
use super::{FitError, Outcome, Problem, Summary};
use crate::kernels::{FLOOR, row_sum};

/// Writes the shares of the tasks at some places to `posterior`, which begins with the first of them; `gold` is what is
/// known of the task at each place.
pub(super) fn shares(index: &Index, gold: Option<&[i32]>, places: Range<usize>, posterior: &mut [f64], labels: usize) {
    for (place, row) in places.zip(posterior.chunks_exact_mut(labels)) {
        row.fill(0.0);
        if let Some(label) = gold.and_then(|gold| usize::try_from(gold[place]).ok()) {
            row[label] = 1.0;
            continue;
        }
        for answer in index.offsets()[place]..index.offsets()[place + 1] {
            row[index.label(answer)] += index.weight(answer);
        }
        let total = row_sum(row);
        if total > 0.0 {
            row.iter_mut().for_each(|share| *share /= total);
        } else {
            row.fill(1.0 / labels as f64);
        }
    }
}

/// The class prior from sums of posteriors, span by span in their order.
pub(super) fn class_prior<'s>(prior: &mut [f64], sums: impl Iterator<Item = &'s [f64]>, tasks: usize) {
    for (span, sums) in sums.enumerate() {
        if span == 0 {
            prior.copy_from_slice(sums);
        } else {
            prior.iter_mut().zip(sums).for_each(|(p, sum)| *p += sum);
        }
    }
    for p in prior {
        let share = *p / tasks as f64;
        *p = if share > FLOOR { share } else { FLOOR };
    }
}

/// `MajorityVote` and `WeightedVote`.
pub(super) fn fit(problem: &Problem<'_>, index: &Index, outcome: &mut Outcome<'_>) -> Result<Summary, FitError> {
    let [tasks, experts, labels] = problem.sizes;
    // The task, plus 1, in which a pair of expert and label was seen last.
    let mut seen: Vec<u32> = filled(experts * labels)?;
    let mut agreements: Vec<[u64; 2]> = filled(experts)?;
    let mut sums = filled(labels)?;
    shares(index, problem.gold, 0..tasks, outcome.posterior, labels);
    decide(problem, index, outcome);
    for task in 0..tasks {
        for answer in index.offsets()[task]..index.offsets()[task + 1] {
            let (expert, label) = (index.expert(answer), index.label(answer));
            let mark = task as u32 + 1;
            if std::mem::replace(&mut seen[expert * labels + label], mark) != mark {
                agreements[expert][0] += u64::from(label as i32 == outcome.answer[task]);
                agreements[expert][1] += 1;
            }
        }
    }
    for (skill, &[right, all]) in outcome.skill.iter_mut().zip(&agreements) {
        *skill = if all > 0 { right as f64 / all as f64 } else { 0.0 };
    }
    for row in outcome.posterior.chunks_exact(labels) {
        sums.iter_mut().zip(row).for_each(|(sum, p): (&mut f64, _)| *sum += p);
    }
    class_prior(outcome.prior, std::iter::once(sums.as_slice()), tasks);
    Ok(Summary { iterations: 0, converged: true, objective: f64::NAN })
}
