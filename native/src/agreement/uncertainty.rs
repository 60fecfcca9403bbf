//! The entropy of the answers of each task or expert.

use super::UNDEFINED;
use super::groups::Groups;
use super::problem::Problem;
use crate::consensus::FitError;
use crate::consensus::storage::{empty, filled};
use crate::kernels::scalar::log;

pub(super) fn measure(problem: &Problem<'_>, out: &mut [f64]) -> Result<(), FitError> {
    let labels = problem.table.and_then(|table| table.label).unwrap_or_default();
    let mut groups = Groups::by_task(problem, labels)?;
    if problem.options[0] == 1.0 {
        groups = groups.by_expert(problem.sizes[1])?;
    }
    let longest = (0..groups.len()).map(|group| groups.range(group).len()).max().unwrap_or(0);
    let mut entropy = Entropy { problem, groups: &groups, more: filled(problem.sizes[2])?, seen: empty(longest)? };
    let (head, by_group) = out.split_at_mut(2);
    let (mut total, mut number) = (0.0, 0.0);
    for (group, result) in by_group.iter_mut().enumerate() {
        *result = UNDEFINED;
        if !groups.range(group).is_empty() {
            *result = entropy.of(group);
            (total, number) = (total + *result, number + 1.0);
        }
    }
    (head[0], head[1]) = (total / number, number);
    Ok(())
}

struct Entropy<'a> {
    problem: &'a Problem<'a>,
    groups: &'a Groups,
    /// What each label has more than a label that nobody gave.
    more: Vec<f64>,
    seen: Vec<u32>,
}

impl Entropy<'_> {
    fn of(&mut self, group: usize) -> f64 {
        let labels = self.more.len();
        if labels == 1 {
            return 0.0;
        }
        let base = self.count(group);
        let sum = if base == 0.0 {
            // Labels that nobody gave have no share: they are left out.
            self.seen.sort_unstable();
            self.seen.dedup();
            entropy(self.seen.iter().map(|&label| vote(base, self.more[label as usize])))
        } else {
            entropy(self.more.iter().map(|&more| vote(base, more)))
        };
        for &label in &self.seen {
            self.more[label as usize] = 0.0;
        }
        self.seen.clear();
        sum.unwrap_or_else(|| log(labels as f64))
    }

    fn count(&mut self, group: usize) -> f64 {
        let weights = self.problem.table.and_then(|table| table.weight);
        let others = (self.more.len() - 1) as f64;
        let mut base = 0.0;
        for at in self.groups.range(group) {
            let skill = self.problem.first.map_or(1.0, |skills| skills[self.groups.expert[at] as usize]);
            let weight = weights.map_or(1.0, |weights| f64::from(weights[self.groups.row[at]]));
            let error = (1.0 - skill) / others;
            base += weight * error;
            let label = self.groups.item[at];
            self.more[label as usize] += weight * (skill - error);
            self.seen.push(label);
        }
        base
    }
}

fn vote(base: f64, more: f64) -> f64 {
    let vote = base + more;
    if vote > 0.0 { vote } else { 0.0 }
}

/// The entropy of some votes, or nothing where they are all zero.
fn entropy(votes: impl Iterator<Item = f64> + Clone) -> Option<f64> {
    let mut total = 0.0;
    for vote in votes.clone() {
        total += vote;
    }
    if total <= 0.0 {
        return None;
    }
    let mut entropy = 0.0;
    for vote in votes {
        let p = vote / total;
        if p > 0.0 {
            entropy -= p * log(p);
        }
    }
    Some(entropy)
}
