//! Bradley-Terry with noisy experts: X. Chen, P. N. Bennett, K. Collins-Thompson and E. Horvitz, *Pairwise ranking aggregation in
//! a crowdsourced setting*, WSDM 2013, as crowd-kit has it: an expert compares with the probability of its skill, and
//! otherwise says `left` with the probability of its bias.

use super::cells::Rows;
use super::climb::{Hill, climb};
use super::graph::Graph;
use super::logistic::Logistic;
use super::newton::dot;
use super::problem::{Outcome, Problem, Report, Scale, Summary};
use crate::consensus::FitError;
use crate::consensus::control::Watch;
use crate::consensus::storage::{empty, filled};
use crate::kernels::scalar::log;

/// The least probability of an answer: below it its slope would overflow.
const FLOOR: f64 = 1e-200;
/// The logit of the skill that the prior expects.
const EXPECTED_SKILL: f64 = 2.0;

/// A comparison.
#[derive(Clone, Copy, Default)]
struct Row {
    left: u32,
    right: u32,
    outcome: u8,
    weight: f64,
}

/// The parameters are the items' scores, then the experts' biases, then their skills, both as logits.
struct Noisy {
    items: usize,
    experts: usize,
    pull: f64,
    precision: f64,
    /// Where the rows of each expert begin, and where those of the last one end.
    start: Vec<usize>,
    rows: Vec<Row>,
    /// The weight of the comparisons that each parameter is in, with its prior.
    weight: Vec<f64>,
    played: Vec<f64>,
}

impl Noisy {
    fn of(problem: &Problem<'_>, table: &Rows) -> Result<Self, FitError> {
        let (items, experts) = (problem.items, problem.experts);
        let &[pull, precision] = problem.parameters else { unreachable!("the number of parameters was checked") };
        let mut start: Vec<usize> = filled(experts + 2)?;
        for &expert in &table.expert {
            start[expert as usize + 2] += 1;
        }
        for expert in 0..experts {
            start[expert + 2] += start[expert + 1];
        }
        let mut rows: Vec<Row> = filled(table.len())?;
        for (row, &expert) in table.expert.iter().enumerate() {
            let place = &mut start[expert as usize + 1];
            rows[*place] = Row {
                left: table.left[row],
                right: table.right[row],
                outcome: table.outcome[row],
                weight: table.weight[row],
            };
            *place += 1;
        }
        let mut weight = empty(items + 2 * experts)?;
        weight.resize(items, pull);
        weight.resize(items + 2 * experts, precision);
        let mut played: Vec<f64> = filled(experts)?;
        for expert in 0..experts {
            for row in &rows[start[expert]..start[expert + 1]] {
                for i in [row.left as usize, row.right as usize, items + expert, items + experts + expert] {
                    weight[i] += row.weight;
                }
                played[expert] += row.weight;
            }
        }
        Ok(Self { items, experts, pull, precision, start, rows, weight, played })
    }
}

impl Hill for Noisy {
    fn evaluate(&self, x: &[f64], gradient: &mut [f64]) -> f64 {
        let (scores, others) = x.split_at(self.items);
        let (biases, skills) = others.split_at(self.experts);
        let (by_score, others) = gradient.split_at_mut(self.items);
        let (by_bias, by_skill) = others.split_at_mut(self.experts);
        by_score.fill(0.0);
        let mut value = 0.0;
        for expert in 0..self.experts {
            let (h, hn) = Logistic::shares(biases[expert]);
            let (c, cn) = Logistic::shares(skills[expert]);
            let (mut pulls, mut gaps) = (0.0, 0.0);
            for row in &self.rows[self.start[expert]..self.start[expert + 1]] {
                let (left, right) = (row.left as usize, row.right as usize);
                let (p, q) = Logistic::shares(scores[left] - scores[right]);
                let half = if row.outcome == 2 { 0.5 * row.weight } else { row.weight };
                let mut force = 0.0;
                if row.outcome != 1 {
                    let chance = floored(c * p + cn * h);
                    value += half * log(chance);
                    force = half / chance;
                }
                if row.outcome != 0 {
                    let chance = floored(c * q + cn * hn);
                    value += half * log(chance);
                    force -= half / chance;
                }
                let slope = (c * (p * q)) * force;
                by_score[left] += slope;
                by_score[right] -= slope;
                pulls += force;
                gaps += (p - h) * force;
            }
            let (bias, off) = (biases[expert], skills[expert] - EXPECTED_SKILL);
            value -= (0.5 * self.precision) * (bias * bias + off * off);
            by_bias[expert] = (cn * (h * hn)) * pulls - self.precision * bias;
            by_skill[expert] = (c * cn) * gaps - self.precision * off;
        }
        for (slope, &score) in by_score.iter_mut().zip(scores) {
            let Logistic { p, q, log_p, log_q } = Logistic::of(score);
            value += self.pull * (log_p + log_q);
            *slope += self.pull * (q - p);
        }
        value
    }

    fn at_rest(&self, gradient: &[f64], tolerance: f64) -> bool {
        gradient.iter().zip(&self.weight).all(|(slope, weight)| slope.abs() <= tolerance * weight)
    }
}

fn floored(chance: f64) -> f64 {
    if FLOOR > chance { FLOOR } else { chance }
}

/// Fits the table of `rows`.
pub(super) fn fit(
    problem: &Problem<'_>,
    rows: Rows,
    graph: &Graph,
    outcome: &mut Outcome<'_>,
    report: &mut Report,
    control: &Watch<'_>,
) -> Result<Summary, FitError> {
    let noisy = Noisy::of(problem, &rows)?;
    drop(rows);
    let (items, experts) = (noisy.items, noisy.experts);
    let mut x: Vec<f64> = filled(items + 2 * experts)?;
    x[items + experts..].fill(EXPECTED_SKILL);
    let (objective, iterations, converged) = climb(&noisy, &mut x, problem, control)?;
    outcome.score.copy_from_slice(&x[..items]);
    for expert in 0..experts {
        outcome.bias[expert] = Logistic::shares(x[items + expert]).0;
        outcome.skill[expert] = Logistic::shares(x[items + experts + expert]).0;
    }
    let played = noisy.played.iter().fold(0.0, |sum, played| sum + played);
    if played > 0.0 {
        report.mean_skill = dot(&noisy.played, outcome.skill) / played;
    }
    if noisy.pull <= 0.0 && graph.components() > 1 {
        report.scale = Scale::Components;
    }
    Ok(Summary { iterations, converged, objective })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pairwise::Method;

    /// The slopes are what the heights say, for items, biases and skills.
    #[test]
    fn the_gradient_is_that_of_the_likelihood() {
        let (mut columns, mut state) = ([const { Vec::new() }; 4], 7_u64);
        let mut below = |n: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            ((state >> 33) % n) as i32
        };
        for _ in 0..200 {
            let left = below(5);
            for (column, value) in columns.iter_mut().zip([below(4), left, (left + 1 + below(4)) % 5, below(3)]) {
                column.push(value);
            }
        }
        let [expert, left, right, results] = columns;
        let weight: Vec<f32> = (0..200).map(|row| 0.25 + (row % 7) as f32).collect();
        let problem = Problem {
            experts: 4,
            expert: Some(&expert),
            weight: Some(&weight),
            ..Problem::new(Method::NoisyBradleyTerry, 5, &left, &right, &results, &[0.3, 0.7])
        };
        let noisy = Noisy::of(&problem, &Rows::of(&problem).unwrap()).unwrap();
        let x: Vec<f64> = (0..13).map(|i| f64::from((i * 5) % 13) * 0.2 - 1.1).collect();
        let (mut gradient, mut unused) = (vec![0.0; 13], vec![0.0; 13]);
        noisy.evaluate(&x, &mut gradient);
        for i in 0..13 {
            let mut height = |change: f64| {
                let mut moved = x.clone();
                moved[i] += change;
                noisy.evaluate(&moved, &mut unused)
            };
            let expected = (height(1e-5) - height(-1e-5)) / 2e-5;
            assert!((gradient[i] - expected).abs() < 1e-6 * (1.0 + expected.abs()), "{i}: {} {expected}", gradient[i]);
        }
    }
}
