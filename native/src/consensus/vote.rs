//! Votes: the share of each label among a task's answers. They are also where the other methods start from.

use std::ops::Range;

use super::control::Watch;
use super::decide::choose;
use super::index::Index;
use super::storage::{empty, filled};
use super::team::Team;
use super::{FitError, Outcome, Problem, Summary};
use crate::kernels::{FLOOR, row_sum};

/// Writes the shares of the tasks at some places to `posterior`, which begins with the first of them; `gold` is what is
/// known of the task at each place.
pub(super) fn shares(index: &Index, gold: Option<&[i32]>, places: Range<usize>, posterior: &mut [f64], labels: usize) {
    for (place, row) in places.zip(posterior.chunks_exact_mut(labels)) {
        if let Some(label) = gold.and_then(|gold| usize::try_from(gold[place]).ok()) {
            row.fill(0.0);
            row[label] = 1.0;
        } else {
            share(index, index.offsets()[place]..index.offsets()[place + 1], row);
        }
    }
}

/// Writes the shares that some answers to one task give.
#[inline(always)]
pub(super) fn share(index: &Index, answers: Range<usize>, row: &mut [f64]) {
    row.fill(0.0);
    for answer in answers {
        row[index.label(answer)] += index.weight(answer);
    }
    let total = row_sum(row);
    if total > 0.0 {
        row.iter_mut().for_each(|share| *share /= total);
    } else {
        row.fill(1.0 / row.len() as f64);
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

/// A span, its part of the result, and what it counts of each expert.
struct Part<'a> {
    places: Range<usize>,
    posterior: &'a mut [f64],
    answer: &'a mut [i32],
    runner_up: &'a mut [i32],
    /// Of the expert's distinct pairs of task and label, those that equal the answer, and all.
    agreements: Vec<[u64; 2]>,
    /// Room for the pairs of expert and label of one task.
    pairs: Vec<(usize, usize)>,
}

impl Part<'_> {
    fn fill(&mut self, problem: &Problem<'_>, index: &Index) {
        let labels = problem.sizes[2];
        shares(index, problem.gold, self.places.clone(), self.posterior, labels);
        for (i, row) in self.posterior.chunks_exact(labels).enumerate() {
            let task = self.places.start + i;
            let known = index.is_answered(task) || problem.gold.is_some_and(|gold| gold[task] >= 0);
            (self.answer[i], self.runner_up[i]) = choose(row, known);
            self.pairs.clear();
            self.pairs
                .extend((index.offsets()[task]..index.offsets()[task + 1]).map(|a| (index.expert(a), index.label(a))));
            self.pairs.sort_unstable();
            self.pairs.dedup();
            for &(expert, label) in &self.pairs {
                self.agreements[expert][0] += u64::from(label as i32 == self.answer[i]);
                self.agreements[expert][1] += 1;
            }
        }
    }
}

/// `MajorityVote` and `WeightedVote`.
pub(super) fn fit(
    problem: &Problem<'_>,
    index: &Index,
    outcome: &mut Outcome<'_>,
    team: &Team<'_>,
    control: &Watch<'_>,
) -> Result<Summary, FitError> {
    let [tasks, experts, labels] = problem.sizes;
    let mut sums = filled(labels)?;
    let mut parts = empty(index.spans().len())?;
    let (mut posteriors, mut answers, mut runners_up) =
        (&mut *outcome.posterior, &mut *outcome.answer, &mut *outcome.runner_up);
    for span in index.spans() {
        let (posterior, answer, runner_up);
        (posterior, posteriors) = posteriors.split_at_mut(span.len() * labels);
        (answer, answers) = answers.split_at_mut(span.len());
        (runner_up, runners_up) = runners_up.split_at_mut(span.len());
        let (agreements, pairs) = (filled(experts)?, empty(index.longest(span))?);
        parts.push(Part { places: span.clone(), posterior, answer, runner_up, agreements, pairs });
    }
    team.each(&mut parts, |part| {
        if !control.is_cancelled() {
            part.fill(problem, index);
        }
    });
    control.check()?;
    for (expert, skill) in outcome.skill.iter_mut().enumerate() {
        let count = |which: usize| parts.iter().map(|part| part.agreements[expert][which]).sum::<u64>();
        let (right, all) = (count(0), count(1));
        *skill = if all > 0 { right as f64 / all as f64 } else { 0.0 };
    }
    for row in outcome.posterior.chunks_exact(labels) {
        sums.iter_mut().zip(row).for_each(|(sum, p): (&mut f64, _)| *sum += p);
    }
    class_prior(outcome.prior, std::iter::once(sums.as_slice()), tasks);
    Ok(Summary { iterations: 0, converged: true, objective: f64::NAN })
}
