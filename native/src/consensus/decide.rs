//! The answer and the runner-up of each task.

use std::ops::Range;

use super::index::Index;
use super::storage::empty;
use super::team::Team;
use super::{FitError, Outcome, Problem};

/// A span and its part of the outcome.
struct Part<'a> {
    places: Range<usize>,
    posterior: &'a mut [f64],
    answer: &'a mut [i32],
    runner_up: &'a mut [i32],
}

/// Puts the posterior, so far in the order of places, into the order of tasks, and gives each task its answer.
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
    team.try_each(&mut parts, |part| {
        let mut by_place: Vec<f64> = empty(part.posterior.len())?;
        by_place.extend_from_slice(part.posterior);
        for (place, row) in part.places.clone().zip(by_place.chunks_exact(labels)) {
            let task = index.task(place);
            let at = task - part.places.start;
            part.posterior[at * labels..(at + 1) * labels].copy_from_slice(row);
            let known = problem.gold.is_some_and(|gold| gold[task] >= 0);
            (part.answer[at], part.runner_up[at]) = choose(row, index.is_answered(place) || known);
        }
        Ok(())
    })
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
