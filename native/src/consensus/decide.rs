//! The answer and the runner-up of each task.

use std::ops::Range;

use super::index::Index;
use super::storage::{empty, filled};
use super::team::Team;
use super::{FitError, Outcome, Problem};

/// Stands for the answer of a task whose posterior is not at its place yet.
const OPEN: i32 = i32::MIN;

/// A span and its part of the outcome.
struct Part<'a> {
    places: Range<usize>,
    posterior: &'a mut [f64],
    answer: &'a mut [i32],
    runner_up: &'a mut [i32],
}

/// Puts the posterior, so far in the order of places, into the order of tasks, and gives each task its answer. Each
/// thread moves the rows of a span by turns, with one row in its hand: a copy of the span would be as large as half of
/// the posterior where there are two spans.
pub(super) fn decide(
    problem: &Problem<'_>,
    index: &Index,
    outcome: &mut Outcome<'_>,
    team: &Team<'_>,
) -> Result<(), FitError> {
    let labels = problem.sizes[2];
    let mut parts = empty(index.spans().len())?;
    let (mut posteriors, mut answers, mut runners_up) =
        (&mut *outcome.posterior, &mut *outcome.answer, &mut *outcome.runner_up);
    for places in index.spans() {
        let (posterior, answer, runner_up);
        (posterior, posteriors) = posteriors.split_at_mut(places.len() * labels);
        (answer, answers) = answers.split_at_mut(places.len());
        (runner_up, runners_up) = runners_up.split_at_mut(places.len());
        parts.push(Part { places: places.clone(), posterior, answer, runner_up });
    }
    let gold = problem.gold;
    team.try_each(&mut parts, |part| {
        let mut hand: Vec<f64> = filled(labels)?;
        part.answer.fill(OPEN);
        for first in 0..part.places.len() {
            if part.answer[first] == OPEN {
                part.turn(first, &mut hand, index, gold);
            }
        }
        Ok(())
    })
}

impl Part<'_> {
    /// Moves the row at a place to its task, the row that stood there to its own, and so on until the first place has
    /// its row.
    fn turn(&mut self, first: usize, hand: &mut [f64], index: &Index, gold: Option<&[i32]>) {
        let (begin, labels) = (self.places.start, hand.len());
        hand.copy_from_slice(&self.posterior[first * labels..][..labels]);
        let mut place = first;
        loop {
            let task = index.task(begin + place);
            let at = task - begin;
            let known = gold.is_some_and(|gold| gold[task] >= 0);
            (self.answer[at], self.runner_up[at]) = choose(hand, index.is_answered(begin + place) || known);
            self.posterior[at * labels..][..labels].swap_with_slice(hand);
            if at == first {
                return;
            }
            place = at;
        }
    }
}

/// The answer and the runner-up of one task, about which something is known or not.
pub(crate) fn choose(row: &[f64], known: bool) -> (i32, i32) {
    if known { best_two(row) } else { (-1, -1) }
}

/// Without branches, which the next task's posteriors would mispredict.
fn best_two(row: &[f64]) -> (i32, i32) {
    let (mut best, mut top) = (0, row[0]);
    let (mut second, mut next) = (-1, 0.0);
    for (label, &p) in (1..).zip(&row[1..]) {
        let above = p > top;
        let between = second < 0 || p > next;
        second = if above { best } else { if between { label } else { second } };
        next = if above { top } else { if between { p } else { next } };
        best = if above { label } else { best };
        top = if above { p } else { top };
    }
    (best, second)
}

#[cfg(test)]
mod tests {
    use super::best_two;

    #[test]
    fn ties_go_to_the_lowest_label() {
        assert_eq!(best_two(&[1.0]), (0, -1));
        assert_eq!(best_two(&[0.5, 0.5]), (0, 1));
        assert_eq!(best_two(&[0.2, 0.4, 0.4]), (1, 2));
        assert_eq!(best_two(&[0.3, 0.4, 0.3]), (1, 0));
        assert_eq!(best_two(&[0.4, 0.2, 0.4]), (0, 2));
        assert_eq!(best_two(&[0.1, 0.2, 0.3, 0.4]), (3, 2));
    }
}
