//! The answer and the runner-up of each task.

use super::index::Index;
use super::{Outcome, Problem};

/// The largest and the second largest posterior of each task, the lowest label first among equals.
pub(super) fn decide(problem: &Problem<'_>, index: &Index, outcome: &mut Outcome<'_>) {
    let labels = problem.sizes[2];
    for place in 0..problem.sizes[0] {
        let task = index.task(place);
        let row = &outcome.posterior[task * labels..][..labels];
        let known = problem.gold.is_some_and(|gold| gold[task] >= 0);
        (outcome.answer[task], outcome.runner_up[task]) = choose(row, index.is_answered(place) || known);
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
