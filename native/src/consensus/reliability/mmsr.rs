//! M-MSR: Q. Ma and A. Olshevsky, *Adversarial crowdsourcing through robust rank-one matrix completion*, NeurIPS 2020: the
//! skills are a robust rank-one factor of the experts' agreement, and the weights their log-odds.

use super::Setting;
use super::pairs::Pairs;
use super::poll::{Poll, Rules};
use crate::consensus::storage::{empty, filled};
use crate::consensus::vote::share;
use crate::consensus::{FitError, Outcome};
use crate::kernels::row_sum;
use crate::kernels::scalar::{exp, log};

/// The experts of one factorisation are at most so many pieces of work.
const PIECES: usize = 64;
/// What a factor counts as at least when something is divided by it.
const LEAST_FACTOR: f64 = 1e-10;
const MOST_SIGN_SWEEPS: u32 = 100;

pub(super) fn fit(setting: Setting<'_>, outcome: &mut Outcome<'_>) -> Result<(u32, bool), FitError> {
    let [_, experts, labels] = setting.problem.sizes;
    let mut weights: Vec<f64> = filled(experts)?;
    let mut end = (0, true);
    if labels == 1 {
        outcome.skill.fill(1.0);
    } else {
        let index = setting.index;
        let answered = index.offsets().windows(2).filter(|bounds| bounds[0] < bounds[1]).count();
        let pairs = Pairs::of(setting)?;
        let (mut factors, iterations, converged) = factor(setting, &pairs, answered)?;
        end = (iterations, converged);
        sign(setting, &pairs, &mut factors)?;
        weigh(labels, answered, &pairs, &factors, outcome.skill, &mut weights);
    }
    vote(setting, outcome, &weights)?;
    if let Some(weight) = &mut outcome.weight {
        weight.copy_from_slice(&weights);
    }
    Ok(end)
}

/// Some experts, their new factors, and room for the ratios of one of them.
struct Piece<'a> {
    first: usize,
    factors: &'a mut [f64],
    ratios: Vec<f64>,
}

/// A sweep: new factors for one side out of those of the other.
struct Sweep<'a> {
    pairs: &'a Pairs,
    other: &'a [f64],
    own: &'a [f64],
    /// How many ratios are left out at each end.
    trim: usize,
    /// What a single ratio of 0 is taken for.
    instead: f64,
}

impl Sweep<'_> {
    fn run(&self, piece: &mut Piece<'_>) {
        for (i, factor) in piece.factors.iter_mut().enumerate() {
            let expert = piece.first + i;
            if self.pairs.degree(expert) > 0 {
                piece.ratios.clear();
                piece.ratios.extend(self.pairs.of_expert(expert).map(|(other, _, covariance)| {
                    let divisor = self.other[other];
                    covariance.abs() / if divisor > LEAST_FACTOR { divisor } else { LEAST_FACTOR }
                }));
                *factor = self.trimmed_mean(&mut piece.ratios, self.own[expert]);
            }
        }
    }

    /// The mean without the smallest and the largest ratios: those on the far side of the present factor, and at most `trim`
    /// of them at each end.
    fn trimmed_mean(&self, ratios: &mut [f64], own: f64) -> f64 {
        ratios.sort_unstable_by(f64::total_cmp);
        let below = ratios.iter().take(self.trim).filter(|&&ratio| ratio < own).count();
        let above = ratios.iter().rev().take(self.trim).filter(|&&ratio| ratio > own).count();
        let kept = &ratios[below..ratios.len() - above];
        if kept == [0.0] {
            return self.instead;
        }
        kept.iter().fold(0.0, |sum, ratio| sum + ratio) / kept.len() as f64
    }
}

/// The factors' sizes, the number of sweeps, and whether they converged.
fn factor(setting: Setting<'_>, pairs: &Pairs, answered: usize) -> Result<(Vec<f64>, u32, bool), FitError> {
    let problem = setting.problem;
    let experts = problem.sizes[1];
    let least = (0..experts).map(|expert| pairs.degree(expert)).filter(|&degree| degree > 0).min();
    let trim = (least.unwrap_or(0) / 2).saturating_sub(1);
    let instead = 1.0 / (answered as f64).sqrt();
    let [mut u, mut v, mut next_u, mut next_v] =
        [filled(experts)?, filled(experts)?, filled(experts)?, filled(experts)?];
    for expert in (0..experts).filter(|&expert| pairs.degree(expert) > 0) {
        (u[expert], v[expert]) = (1.0, 1.0);
    }
    let sweep = |other: &[f64], own: &[f64], next: &mut Vec<f64>| -> Result<(), FitError> {
        let size = experts.div_ceil(PIECES);
        let mut pieces = empty(PIECES)?;
        for (at, factors) in next.chunks_mut(size).enumerate() {
            let first = at * size;
            let longest = (first..first + factors.len()).map(|expert| pairs.degree(expert)).max().unwrap_or(0);
            pieces.push(Piece { first, factors, ratios: empty(longest)? });
        }
        let sweep = Sweep { pairs, other, own, trim, instead };
        setting.team.each(&mut pieces, |piece| {
            if !setting.control.is_cancelled() {
                sweep.run(piece);
            }
        });
        setting.control.check()
    };
    let (mut iterations, mut converged) = (0, least.is_none());
    while iterations < problem.max_iterations && !converged {
        iterations += 1;
        sweep(&u, &v, &mut next_v)?;
        sweep(&next_v, &u, &mut next_u)?;
        converged = has_converged([&u, &v], [&next_u, &next_v], problem.tolerance);
        std::mem::swap(&mut u, &mut next_u);
        std::mem::swap(&mut v, &mut next_v);
        setting.control.report(iterations);
    }
    let square = |factors: &[f64]| factors.iter().fold(0.0, |sum, factor| sum + factor * factor);
    let (u_square, v_square) = (square(&u), square(&v));
    let scale = if u_square > 0.0 && v_square > 0.0 { (u_square.sqrt() / v_square.sqrt()).sqrt() } else { 1.0 };
    u.iter_mut().for_each(|factor| *factor /= scale);
    Ok((u, iterations, converged))
}

/// Whether the matrix of the factors' products has changed little, compared with its size.
fn has_converged(old: [&[f64]; 2], new: [&[f64]; 2], tolerance: f64) -> bool {
    let [mut du2, mut v2, mut u2, mut dv2, mut du_u, mut v_dv, mut new_u2] = [0.0; 7];
    for expert in 0..old[0].len() {
        let (u, v) = (new[0][expert], new[1][expert]);
        let (du, dv) = (u - old[0][expert], v - old[1][expert]);
        du2 += du * du;
        v2 += v * v;
        u2 += old[0][expert] * old[0][expert];
        dv2 += dv * dv;
        du_u += du * old[0][expert];
        v_dv += v * dv;
        new_u2 += u * u;
    }
    // uv' - UV' = (u - U)v' + U(v - V)', which loses nothing where both are close.
    let square = (du2 * v2 + u2 * dv2) + 2.0 * (du_u * v_dv);
    square.max(0.0).sqrt() <= tolerance * (new_u2 * v2).sqrt()
}

/// Gives the factors the signs that agree best with the covariances: one expert after the other, until no sign changes.
/// Most experts count as better than chance.
fn sign(setting: Setting<'_>, pairs: &Pairs, factors: &mut [f64]) -> Result<(), FitError> {
    for _ in 0..MOST_SIGN_SWEEPS {
        setting.control.check()?;
        let mut changed = false;
        for expert in 0..factors.len() {
            let sum = pairs.of_expert(expert).fold(0.0, |sum, (other, n, c)| sum + (n * c) * factors[other]);
            let negative = sum < 0.0;
            changed |= negative != factors[expert].is_sign_negative();
            factors[expert] = if negative { -factors[expert].abs() } else { factors[expert].abs() };
        }
        if !changed {
            break;
        }
    }
    if factors.iter().fold(0.0, |sum, factor| sum + factor) < 0.0 {
        factors.iter_mut().for_each(|factor| *factor = -*factor);
    }
    Ok(())
}

/// The probability to be right that a factor stands for, away from certainty by one standard deviation, and its log-odds.
fn weigh(labels: usize, answered: usize, pairs: &Pairs, factors: &[f64], skills: &mut [f64], weights: &mut [f64]) {
    let k = labels as f64;
    let edge = 1.0 / (answered as f64).sqrt();
    for (expert, ((factor, skill), weight)) in factors.iter().zip(skills).zip(weights).enumerate() {
        // An expert who is always alone only has to count.
        let x = if pairs.degree(expert) > 0 { *factor } else { edge };
        let x = x.min(1.0 - edge).max(edge - 1.0 / (k - 1.0));
        *skill = (x * (k - 1.0)) / k + 1.0 / k;
        *weight = log((*skill * (k - 1.0)) / (1.0 - *skill));
    }
}

/// The posterior under one probability to be right for each expert: the weights are log-odds, so softmax of their sums.
fn vote(setting: Setting<'_>, outcome: &mut Outcome<'_>, weights: &[f64]) -> Result<(), FitError> {
    let index = setting.index;
    let mut poll = Poll::open(setting, Rules::default(), outcome.posterior)?;
    poll.hold(|answers, row| {
        row.fill(0.0);
        let mut size = 0.0;
        for answer in answers.clone() {
            let amount = index.weight(answer) * weights[index.expert(answer)];
            row[index.label(answer)] += amount;
            size += amount.abs();
        }
        if size > 0.0 {
            let top = row.iter().fold(f64::NEG_INFINITY, |top, &x| if x > top { x } else { top });
            row.iter_mut().for_each(|x| *x = exp(*x - top));
            let total = row_sum(row);
            row.iter_mut().for_each(|x| *x /= total);
        } else {
            share(index, answers, row);
        }
    })?;
    poll.close(outcome.prior)
}
