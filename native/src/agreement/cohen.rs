//! Cohen's kappa of pairs of experts.

use super::UNDEFINED;
use super::groups::{Groups, Tally};
use super::problem::Problem;
use super::scale::{label_values, scaled};
use crate::consensus::control::Watch;
use crate::consensus::storage::{empty, filled};
use crate::consensus::{FitError, Repeats};

pub(super) fn measure(problem: &Problem<'_>, out: &mut [f64], watch: &Watch<'_>) -> Result<(), FitError> {
    let experts = problem.sizes[1];
    let labels = problem.table.and_then(|table| table.label).unwrap_or_default();
    let by_task = Groups::with(problem, labels, Repeats::LastWins)?;
    let by_expert = by_task.by_expert(experts)?;
    let mut pairs = Pairs {
        kappa: Kappa::new(problem, &by_task)?,
        by_task: &by_task,
        by_expert: &by_expert,
        task: problem.table.map_or(&[], |table| table.task),
        first: filled(experts + 1)?,
        one: empty(0)?,
        other: empty(0)?,
    };
    let (head, rest) = out.split_at_mut(2);
    if problem.options[1] >= 0.0 {
        let [one, other] = [problem.options[1] as usize, problem.options[2] as usize];
        pairs.gather(one, |expert| expert == other)?;
        rest.copy_from_slice(&pairs.kappa(other));
    } else {
        let mut results = rest.chunks_exact_mut(3);
        for one in 0..experts {
            watch.check()?;
            pairs.gather(one, |expert| expert > one)?;
            for (other, result) in (one + 1..experts).zip(&mut results) {
                result.copy_from_slice(&pairs.kappa(other));
            }
            watch.report(u32::try_from(one + 1).unwrap_or(u32::MAX));
        }
    }
    let (mut defined, mut total) = (0.0, 0.0);
    for result in rest.chunks_exact(3).filter(|result| !result[2].is_nan()) {
        defined += 1.0;
        total += result[2];
    }
    (head[0], head[1]) = (defined, if defined > 0.0 { total / defined } else { UNDEFINED });
    Ok(())
}

/// The labels that one expert and each of some others gave to the same tasks.
struct Pairs<'a> {
    kappa: Kappa,
    by_task: &'a Groups,
    by_expert: &'a Groups,
    task: &'a [i32],
    /// Where the common tasks of each other expert begin, and where those of the last one end.
    first: Vec<usize>,
    one: Vec<u32>,
    other: Vec<u32>,
}

impl Pairs<'_> {
    /// Gathers the common tasks of an expert and others: in the time of its tasks' answers, not of all pairs of experts.
    fn gather(&mut self, one: usize, wanted: impl Fn(usize) -> bool) -> Result<(), FitError> {
        self.first.fill(0);
        self.each_common(one, &wanted, |first, expert, _, _| first[expert + 1] += 1);
        for expert in 1..self.first.len() {
            self.first[expert] += self.first[expert - 1];
        }
        let common = self.first[self.first.len() - 1];
        if self.one.len() < common {
            (self.one, self.other) = (filled(common)?, filled(common)?);
        }
        let (mut ones, mut others) = (std::mem::take(&mut self.one), std::mem::take(&mut self.other));
        let place = |first: &mut Vec<usize>, expert: usize, label: u32, other: u32| {
            (ones[first[expert]], others[first[expert]]) = (label, other);
            first[expert] += 1;
        };
        self.each_common(one, &wanted, place);
        (self.one, self.other) = (ones, others);
        // Each beginning has moved to its end, which is the next one's beginning.
        for expert in (1..self.first.len()).rev() {
            self.first[expert] = self.first[expert - 1];
        }
        self.first[0] = 0;
        Ok(())
    }

    fn each_common(
        &mut self,
        one: usize,
        wanted: &impl Fn(usize) -> bool,
        mut visit: impl FnMut(&mut Vec<usize>, usize, u32, u32),
    ) {
        for at in self.by_expert.range(one) {
            let task = self.task[self.by_expert.row[at]] as usize;
            for other in self.by_task.range(task) {
                let expert = self.by_task.expert[other] as usize;
                if wanted(expert) {
                    visit(&mut self.first, expert, self.by_expert.item[at], self.by_task.item[other]);
                }
            }
        }
    }

    /// The number of common tasks, the observed agreement and the kappa.
    fn kappa(&mut self, other: usize) -> [f64; 3] {
        let range = self.first[other]..self.first[other + 1];
        self.kappa.of(&self.one[range.clone()], &self.other[range])
    }
}

/// Computes kappas, with its working storage.
struct Kappa {
    weighting: i32,
    value: Vec<f64>,
    rows: Tally,
    columns: Tally,
}

impl Kappa {
    fn new(problem: &Problem<'_>, groups: &Groups) -> Result<Self, FitError> {
        let labels = problem.sizes[2];
        let value = scaled(&label_values(problem)?)?;
        let [rows, columns] = [Tally::new(labels, groups)?, Tally::new(labels, groups)?];
        Ok(Self { weighting: problem.options[0] as i32, value, rows, columns })
    }

    fn apart(&self, a: u32, b: u32) -> f64 {
        let d = self.value[a as usize] - self.value[b as usize];
        if self.weighting == 1 { d.abs() } else { d * d }
    }

    fn of(&mut self, one: &[u32], other: &[u32]) -> [f64; 3] {
        if one.is_empty() {
            return [0.0, UNDEFINED, UNDEFINED];
        }
        let n = one.len() as f64;
        let agree = one.iter().zip(other).filter(|(a, b)| a == b).count() as f64;
        self.rows.count(one);
        self.columns.count(other);
        let (mut observed, mut expected) = (0.0, 0.0);
        if self.weighting == 0 {
            let mut chance = 0.0;
            for &label in self.rows.seen() {
                chance += self.rows.of(label) * self.columns.of(label);
            }
            (observed, expected) = (n - agree, n * n - chance);
        } else {
            for (&a, &b) in one.iter().zip(other) {
                observed += self.apart(a, b);
            }
            self.rows.sort();
            self.columns.sort();
            for &a in self.rows.seen() {
                let mut row = 0.0;
                for &b in self.columns.seen() {
                    row += (self.rows.of(a) * self.columns.of(b)) * self.apart(a, b);
                }
                expected += row;
            }
        }
        let kappa = if expected > 0.0 { 1.0 - (n * observed) / expected } else { UNDEFINED };
        [n, agree / n, kappa]
    }
}
