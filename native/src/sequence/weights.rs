//! How similar the texts of a task are, and how much each counts: "Votes and weights" of `docs/text.md` with word alignment.

use super::grouping::{Grouping, Sentences};
use super::problem::{RoverProblem, refuse};
use crate::consensus::control::Watch;
use crate::consensus::{FitError, empty, filled};

const ROUNDS: u32 = 3;
/// Experts begin with the mean of all in so many tasks.
const PSEUDO: f64 = 2.0;
/// The most rows of a task: two of them are a pair that is kept.
const MOST_ROWS: usize = 16_384;

/// The similarity of any two rows of a task, by place.
pub(super) struct Utilities {
    /// Where each task's triangle begins.
    start: Vec<usize>,
    value: Vec<f64>,
}

impl Utilities {
    pub(super) fn of(
        tasks: usize,
        grouping: &Grouping,
        sentences: &Sentences,
        watch: &Watch<'_>,
    ) -> Result<Self, FitError> {
        let mut start: Vec<usize> = filled(tasks)?;
        let mut pairs = 0_usize;
        for (task, start) in start.iter_mut().enumerate() {
            let size = grouping.places(task).len();
            if size > MOST_ROWS {
                return refuse(format!(
                    "task {task} has {size} rows; with reliability a task may have {MOST_ROWS}: do without it"
                ));
            }
            *start = pairs;
            pairs += size * size.saturating_sub(1) / 2;
        }
        let mut value = empty(pairs)?;
        let mut distance = Distance::default();
        for task in 0..tasks {
            let places = grouping.places(task);
            for i in places.clone() {
                let a = sentences.at(i);
                for j in places.start..i {
                    let b = sentences.at(j);
                    let length = a.len() + b.len();
                    let edits = distance.between(a, b, watch)?;
                    value.push(if length == 0 { 1.0 } else { (1.0 - f64::from(edits) / length as f64).sqrt() });
                }
            }
        }
        Ok(Self { start, value })
    }

    /// Of the rows `i` and `j` of a task, counted within it.
    pub(super) fn at(&self, task: usize, i: usize, j: usize) -> f64 {
        let (low, high) = if i < j { (i, j) } else { (j, i) };
        if low == high { 1.0 } else { self.value[self.start[task] + high * (high - 1) / 2 + low] }
    }
}

/// The least number of words to insert, delete or replace.
#[derive(Default)]
struct Distance {
    cost: Vec<u32>,
}

impl Distance {
    fn between(&mut self, a: &[i32], b: &[i32], watch: &Watch<'_>) -> Result<u32, FitError> {
        watch.check()?;
        let same = a.iter().zip(b).take_while(|(x, y)| x == y).count();
        let (a, b) = (&a[same..], &b[same..]);
        let same = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
        let (a, b) = (&a[..a.len() - same], &b[..b.len() - same]);
        if self.cost.len() <= b.len() {
            self.cost = filled((b.len() + 1).max(2 * self.cost.len()))?;
        }
        let cost = &mut self.cost[..=b.len()];
        for (j, cost) in cost.iter_mut().enumerate() {
            *cost = j as u32;
        }
        for (i, x) in a.iter().enumerate() {
            if i % 256 == 255 {
                watch.check()?;
            }
            let mut diagonal = cost[0];
            cost[0] = i as u32 + 1;
            for (j, y) in b.iter().enumerate() {
                let replaced = diagonal + u32::from(x != y);
                diagonal = cost[j + 1];
                cost[j + 1] = replaced.min(diagonal + 1).min(cost[j] + 1);
            }
        }
        Ok(cost[b.len()])
    }
}

/// What the rounds work with, all by place.
struct Rounds<'a> {
    problem: &'a RoverProblem<'a>,
    grouping: &'a Grouping,
    utilities: &'a Utilities,
    /// The first place of the same expert in the same task.
    first: Vec<u32>,
    vote: Vec<f64>,
    /// What others say of an expert in a task, and how much of it there is, at its first place; both 0 where there is nothing.
    praise: Vec<f64>,
    amount: Vec<f64>,
    known: Vec<bool>,
}

/// Writes the weight of each row, by place, and the skill of each expert; returns the rounds made.
pub(super) fn weigh(
    problem: &RoverProblem<'_>,
    grouping: &Grouping,
    utilities: &Utilities,
    weight: &mut [f64],
    skill: &mut [f64],
    watch: &Watch<'_>,
) -> Result<u32, FitError> {
    skill.fill(f64::NAN);
    let size = grouping.row.len();
    let mut rounds = Rounds {
        problem,
        grouping,
        utilities,
        first: filled(size)?,
        vote: filled(size)?,
        praise: filled(size)?,
        amount: filled(size)?,
        known: filled(size)?,
    };
    let several = rounds.find_votes()?;
    weight.copy_from_slice(&rounds.vote);
    if several { rounds.run(weight, skill, watch) } else { Ok(0) }
}

impl Rounds<'_> {
    fn expert(&self, place: usize) -> usize {
        self.problem.rows.expert[self.grouping.row[place] as usize] as usize
    }

    /// Fills in votes and first places; returns whether some expert has rows in two tasks.
    fn find_votes(&mut self) -> Result<bool, FitError> {
        let rows = &self.problem.rows;
        // The last task with a row of the expert, plus one, and its first place there.
        let mut last: Vec<(u32, u32)> = filled(rows.experts)?;
        let mut count: Vec<u32> = filled(rows.task.len())?;
        let mut several = false;
        for task in 0..rows.tasks {
            let places = self.grouping.places(task);
            let mut total = 0.0;
            for place in places.clone() {
                total += self.problem.confidence.map_or(1.0, |given| given[self.grouping.row[place] as usize]);
                let last = &mut last[self.expert(place)];
                if last.0 != task as u32 + 1 {
                    several |= last.0 != 0;
                    *last = (task as u32 + 1, place as u32);
                }
                self.first[place] = last.1;
                count[last.1 as usize] += 1;
            }
            for place in places {
                let given = self.problem.confidence.map_or(1.0, |given| given[self.grouping.row[place] as usize]);
                let confidence = if total > 0.0 { given } else { 1.0 };
                self.vote[place] = confidence / f64::from(count[self.first[place] as usize]);
            }
        }
        Ok(several)
    }

    fn run(&mut self, weight: &mut [f64], skill: &mut [f64], watch: &Watch<'_>) -> Result<u32, FitError> {
        let experts = skill.len();
        let (mut num, mut den): (Vec<f64>, Vec<f64>) = (filled(experts)?, filled(experts)?);
        let mut tasks: Vec<u32> = filled(experts)?;
        for round in 0..ROUNDS {
            self.listen(weight, watch)?;
            num.fill(0.0);
            den.fill(0.0);
            tasks.fill(0);
            for place in 0..weight.len() {
                if self.known[place] {
                    let expert = self.expert(place);
                    num[expert] += self.praise[place];
                    den[expert] += self.amount[place];
                    tasks[expert] += 1;
                }
            }
            let (mut all_num, mut all_den) = (0.0, 0.0);
            for expert in 0..experts {
                all_num += num[expert];
                all_den += den[expert];
            }
            // Written so that NaN would end the rounds, too.
            if !matches!(all_den.partial_cmp(&0.0), Some(std::cmp::Ordering::Greater)) {
                skill.fill(f64::NAN);
                return Ok(round);
            }
            let mu = all_num / all_den;
            for (expert, skill) in skill.iter_mut().enumerate() {
                *skill = (num[expert] + PSEUDO * mu) / (den[expert] + PSEUDO);
            }
            if mu <= 0.0 {
                return Ok(round + 1);
            }
            for (place, weight) in weight.iter_mut().enumerate() {
                let (expert, first) = (self.expert(place), self.first[place] as usize);
                *weight = self.vote[place];
                if tasks[expert] != u32::from(self.known[first]) {
                    let praise = (num[expert] - self.praise[first]) + PSEUDO * mu;
                    let f = (praise / ((den[expert] - self.amount[first]) + PSEUDO)) / mu;
                    *weight = self.vote[place] * (f * f);
                }
            }
        }
        Ok(ROUNDS)
    }

    /// How far others agree with each row, added up for each expert in each task.
    fn listen(&mut self, weight: &[f64], watch: &Watch<'_>) -> Result<(), FitError> {
        self.praise.fill(0.0);
        self.amount.fill(0.0);
        self.known.fill(false);
        for task in 0..self.problem.rows.tasks {
            let places = self.grouping.places(task);
            let start = places.start;
            for i in places.clone() {
                watch.check()?;
                let first = self.first[i];
                let (mut sum, mut all) = (0.0, 0.0);
                for j in places.clone() {
                    if self.first[j] != first {
                        sum += weight[j] * self.utilities.at(task, i - start, j - start);
                        all += weight[j];
                    }
                }
                if all > 0.0 {
                    self.praise[first as usize] += self.vote[i] * (sum / all);
                    self.amount[first as usize] += self.vote[i];
                    self.known[first as usize] = true;
                }
            }
        }
        Ok(())
    }
}
