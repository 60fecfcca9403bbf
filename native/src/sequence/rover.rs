//! ROVER: sentences are aligned one after another, and each place goes to the word with the most votes.

use super::grouping::{Grouping, Sentences};
use super::network::Network;
use super::problem::{RoverOutcome, RoverProblem};
use super::weights::{Utilities, weigh};
use crate::consensus::control::Watch;
use crate::consensus::{Control, FitError, empty, filled};

/// Builds one sequence of each task's rows, as `docs/methods/rover.md` specifies it. Returns the rounds in which the experts
/// were weighed: 0 or 3, or fewer where there is nothing to learn.
///
/// The result depends on the problem alone. It runs on the calling thread. An alignment takes a byte for each word times
/// each place of the task's network, and reliability 8 bytes for any two rows of a task.
///
/// # Errors
///
/// [`FitError::Invalid`] when the problem or the size of an array is refused; the arrays are untouched then, unless a row
/// turns out too long to be aligned. [`FitError::OutOfMemory`] and [`FitError::Cancelled`] as they say; the arrays hold
/// anything then.
pub fn rover(problem: &RoverProblem<'_>, outcome: RoverOutcome<'_>, control: &Control) -> Result<u32, FitError> {
    let watch = &Watch::new(control);
    problem.check()?;
    outcome.check(&problem.rows)?;
    watch.check()?;
    let grouping = Grouping::of(&problem.rows)?;
    let sentences = Sentences::of(&problem.rows, &grouping, !problem.reliability)?;
    let mut weight: Vec<f64> = filled(grouping.row.len())?;
    let mut rounds = 0;
    let utilities = if problem.reliability {
        let utilities = Utilities::of(problem.rows.tasks, &grouping, &sentences, watch)?;
        rounds = weigh(problem, &grouping, &utilities, &mut weight, outcome.skill, watch)?;
        Some(utilities)
    } else {
        weight.fill(1.0);
        outcome.skill.fill(f64::NAN);
        None
    };
    let mut network = Network::new(problem.reliability);
    let mut order = empty(grouping.row.len())?;
    let mut written = 0;
    for task in 0..problem.rows.tasks {
        watch.check()?;
        order.clear();
        order.extend(grouping.places(task));
        if let Some(utilities) = &utilities {
            arrange(&mut order, task, utilities, &weight);
        }
        outcome.backbone[task] = order.first().map_or(-1, |&place| grouping.row[place] as i32);
        let before = written;
        for (number, &place) in order.iter().enumerate() {
            let words = sentences.at(place);
            if number == 0 {
                network.begin(words, weight[place])?;
            } else {
                network.add(words, weight[place], grouping.row[place], watch)?;
            }
        }
        if !order.is_empty() {
            network.winners(!problem.reliability, |word, share| {
                outcome.word[written] = word;
                outcome.share[written] = share;
                written += 1;
            });
        }
        outcome.length[task] = (written - before) as i32;
        watch.report(task as u32 + 1);
    }
    for (place, &row) in grouping.row.iter().enumerate() {
        outcome.weight[row as usize] = weight[place];
    }
    Ok(rounds)
}

/// Puts the row with the largest score first, the lowest among equals, and the others behind it as they are similar to it.
fn arrange(order: &mut [usize], task: usize, utilities: &Utilities, weight: &[f64]) {
    let Some(&start) = order.first() else { return };
    let size = order.len();
    let mut best = (0, f64::NEG_INFINITY);
    for i in 0..size {
        let mut score = 0.0;
        for j in 0..size {
            score += weight[start + j] * utilities.at(task, i, j);
        }
        if score > best.1 {
            best = (i, score);
        }
    }
    let backbone = best.0;
    order.swap(0, backbone);
    let similar = |place: usize| utilities.at(task, backbone, place - start);
    order[1..].sort_unstable_by(|&a, &b| similar(b).total_cmp(&similar(a)).then(a.cmp(&b)));
}
