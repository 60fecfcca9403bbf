//! The share of the answers that are right.

use super::UNDEFINED;
use super::groups::Groups;
use super::problem::Problem;
use crate::consensus::FitError;
use crate::consensus::storage::filled;

pub(super) fn measure(problem: &Problem<'_>, out: &mut [f64]) -> Result<(), FitError> {
    let column = problem.table.and_then(|table| table.label).unwrap_or_default();
    let known = problem.known.unwrap_or_default();
    let groups = Groups::by_task(problem, column)?;
    let experts = problem.sizes[1];
    let mut answers: Vec<f64> = filled(experts)?;
    let (head, rest) = out.split_at_mut(3);
    let (hits, by_task) = rest.split_at_mut(experts);
    hits.fill(0.0);
    let (mut right, mut number) = (0.0, 0.0);
    for (task, result) in by_task.iter_mut().enumerate() {
        let range = groups.range(task);
        *result = UNDEFINED;
        if range.is_empty() || known[task] < 0 {
            continue;
        }
        let mut agreed = 0.0;
        for at in range.clone() {
            let hit = f64::from(u8::from(groups.item[at] == known[task] as u32));
            agreed += hit;
            hits[groups.expert[at] as usize] += hit;
            answers[groups.expert[at] as usize] += 1.0;
        }
        *result = agreed / range.len() as f64;
        (right, number) = (right + agreed, number + range.len() as f64);
    }
    for (hits, all) in hits.iter_mut().zip(answers) {
        *hits = if all > 0.0 { *hits / all } else { UNDEFINED };
    }
    (head[0], head[1], head[2]) = (if number > 0.0 { right / number } else { UNDEFINED }, number, right);
    Ok(())
}
