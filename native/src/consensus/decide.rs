//! The answer and the runner-up of each task.

use super::index::Index;
use super::{Outcome, Problem};

/// The largest and the second largest posterior of each task, the lowest label first among equals.
pub(super) fn decide(problem: &Problem<'_>, index: &Index, outcome: &mut Outcome<'_>) {
    let rows = outcome.posterior.chunks_exact(problem.sizes[2]);
    let places = outcome.answer.iter_mut().zip(outcome.runner_up.iter_mut());
    for (task, ((answer, runner_up), row)) in places.zip(rows).enumerate() {
        let bounds = &index.offsets()[task..task + 2];
        let known = problem.gold.is_some_and(|gold| gold[task] >= 0);
        (*answer, *runner_up) = if bounds[0] < bounds[1] || known { best_two(row) } else { (-1, -1) };
    }
}

fn best_two(row: &[f64]) -> (i32, i32) {
    let (mut best, mut second) = (0, -1);
    for (label, &p) in row.iter().enumerate().skip(1) {
        if p > row[best as usize] {
            second = best;
            best = label as i32;
        } else if second < 0 || p > row[second as usize] {
            second = label as i32;
        }
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
