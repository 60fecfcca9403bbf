//! Ordered labels by cumulative binary problems: E. Frank and M. Hall, *A simple approach to ordinal classification*, ECML
//! 2001, with Dawid-Skene for each of them.

use super::decide::choose;
use super::storage::filled;
use super::vote::class_prior;
use super::{Control, FitError, Method, Outcome, Problem, Summary, fit as fit_one};
use crate::kernels::Kernels;

/// The first rank at which half of the posterior of a task is reached.
#[must_use]
pub fn median_rank(posterior: &[f64]) -> usize {
    let mut so_far = 0.0;
    for (rank, p) in posterior.iter().enumerate() {
        so_far += p;
        if so_far >= 0.5 {
            return rank;
        }
    }
    posterior.len().saturating_sub(1)
}

/// The mean rank under the posterior of a task.
#[must_use]
pub fn expected_rank(posterior: &[f64]) -> f64 {
    let mut mean = 0.0;
    for (rank, p) in posterior.iter().enumerate() {
        mean += rank as f64 * p;
    }
    mean
}

/// Fits the binary problems one after another, with whatever the table and its options are.
pub(super) fn fit(
    kernels: Kernels,
    problem: &Problem<'_>,
    outcome: &mut Outcome<'_>,
    control: &Control,
) -> Result<Summary, FitError> {
    problem.check()?;
    outcome.check(problem)?;
    if control.is_cancelled() {
        return Err(FitError::Cancelled);
    }
    let [tasks, experts, labels] = problem.sizes;
    let mut summary = Summary { iterations: 0, converged: true, objective: f64::NAN };
    let mut level = Level::new(problem)?;
    outcome.skill.fill(if labels == 1 { 1.0 } else { 0.0 });
    for rank in 0..labels - 1 {
        let fitted = level.fit(kernels, problem, outcome, control, rank)?;
        summary.iterations = summary.iterations.max(fitted.iterations);
        summary.converged &= fitted.converged;
        summary.objective = if rank == 0 { fitted.objective } else { summary.objective + fitted.objective };
        for task in 0..tasks {
            outcome.posterior[task * labels + rank] = level.posterior[2 * task + 1];
        }
        for expert in 0..experts {
            outcome.skill[expert] += level.skill[expert];
        }
    }
    outcome.skill.iter_mut().for_each(|skill| *skill /= (labels - 1).max(1) as f64);
    let mut blocks: Vec<(f64, usize)> = filled(labels)?;
    for row in outcome.posterior.chunks_exact_mut(labels) {
        make_falling(&mut row[..labels - 1], &mut blocks);
        differences(row);
    }
    finish(problem, outcome)?;
    Ok(summary)
}

/// One binary problem: whether a truth has a rank above some other.
struct Level {
    label: Vec<i32>,
    gold: Vec<i32>,
    posterior: Vec<f64>,
    prior: [f64; 2],
    skill: Vec<f64>,
}

impl Level {
    fn new(problem: &Problem<'_>) -> Result<Self, FitError> {
        let [tasks, experts, _] = problem.sizes;
        Ok(Self {
            label: filled(problem.label.len())?,
            gold: filled(problem.gold.map_or(0, <[i32]>::len))?,
            posterior: filled(tasks * 2)?,
            prior: [0.0; 2],
            skill: filled(experts)?,
        })
    }

    /// Fits it, with the answers of the outcome for working storage.
    fn fit(
        &mut self,
        kernels: Kernels,
        problem: &Problem<'_>,
        outcome: &mut Outcome<'_>,
        control: &Control,
        rank: usize,
    ) -> Result<Summary, FitError> {
        let rank_number = rank as i32;
        for (above, &label) in self.label.iter_mut().zip(problem.label) {
            *above = i32::from(label > rank_number);
        }
        for (above, &gold) in self.gold.iter_mut().zip(problem.gold.unwrap_or_default()) {
            *above = if gold < 0 { -1 } else { i32::from(gold > rank_number) };
        }
        let shares = problem.class_priors.map(|priors| {
            let sum = |part: &[f64]| part.iter().fold(0.0, |sum, p| sum + p);
            [sum(&priors[..=rank]), sum(&priors[rank + 1..])]
        });
        let coin = problem.parameter(0) == 1.0;
        let binary = Problem {
            method: if coin { Method::OneCoinDawidSkene } else { Method::DawidSkene },
            sizes: [problem.sizes[0], problem.sizes[1], 2],
            label: &self.label,
            gold: problem.gold.map(|_| self.gold.as_slice()),
            class_priors: shares.as_ref().map(<[f64; 2]>::as_slice),
            parameters: &[],
            ..problem.clone()
        };
        let arrays = Outcome {
            posterior: &mut self.posterior,
            answer: &mut *outcome.answer,
            runner_up: &mut *outcome.runner_up,
            prior: &mut self.prior,
            confusion: None,
            skill: &mut self.skill,
            weight: None,
            difficulty: None,
            report: None,
        };
        fit_one(kernels, &binary, arrays, control)
    }
}

/// Makes a row one that never rises, the nearest one: pool adjacent violators.
fn make_falling(row: &mut [f64], blocks: &mut [(f64, usize)]) {
    let mut count = 0;
    for &q in row.iter() {
        let mut block = (q, 1);
        while count > 0 && blocks[count - 1].0 / (blocks[count - 1].1 as f64) < block.0 / block.1 as f64 {
            count -= 1;
            block = (blocks[count].0 + block.0, blocks[count].1 + block.1);
        }
        blocks[count] = block;
        count += 1;
    }
    let mut from = 0;
    for &(total, size) in &blocks[..count] {
        row[from..from + size].fill(total / size as f64);
        from += size;
    }
}

/// Turns the probabilities of the ranks above each but the last into those of the ranks.
fn differences(row: &mut [f64]) {
    let (last, others) = row.split_last_mut().expect("at least one label");
    let mut below = 1.0;
    for p in others {
        let above = *p;
        *p = below - above;
        below = above;
    }
    *last = below;
}

/// Answers, runners-up and the class prior.
fn finish(problem: &Problem<'_>, outcome: &mut Outcome<'_>) -> Result<(), FitError> {
    let [tasks, _, labels] = problem.sizes;
    outcome.answer.fill(-1);
    for &task in problem.task {
        outcome.answer[task as usize] = 0;
    }
    let mut sums: Vec<f64> = filled(labels)?;
    for (task, row) in outcome.posterior.chunks_exact(labels).enumerate() {
        let known = outcome.answer[task] == 0 || problem.gold.is_some_and(|gold| gold[task] >= 0);
        (outcome.answer[task], outcome.runner_up[task]) = choose(row, known);
        sums.iter_mut().zip(row).for_each(|(sum, p)| *sum += p);
    }
    match problem.class_priors {
        Some(fixed) => outcome.prior.copy_from_slice(fixed),
        None => class_prior(outcome.prior, std::iter::once(sums.as_slice()), tasks),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rising_neighbours_are_pooled() {
        let mut blocks = [(0.0, 0); 5];
        for (mut row, expected) in [
            ([0.9, 0.5, 0.5, 0.1], [0.9, 0.5, 0.5, 0.1]),
            ([0.25, 0.75, 0.5, 0.0], [0.5, 0.5, 0.5, 0.0]),
            ([0.0, 0.25, 0.5, 1.0], [0.4375; 4]),
        ] {
            make_falling(&mut row, &mut blocks);
            assert_eq!(row, expected);
        }
    }

    #[test]
    fn ranks_of_a_posterior() {
        assert_eq!((median_rank(&[0.2, 0.4, 0.4]), expected_rank(&[0.25, 0.5, 0.25])), (1, 1.0));
        assert_eq!(median_rank(&[0.5, 0.0, 0.5]), 0);
    }
}
