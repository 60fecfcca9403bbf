//! Climbing a smooth function by L-BFGS: D. C. Liu and J. Nocedal, *On the limited memory BFGS method for large scale
//! optimization*, Mathematical Programming 45, 1989. Steps are halved until they gain enough.

use super::newton::dot;
use super::problem::Problem;
use crate::consensus::FitError;
use crate::consensus::control::Watch;
use crate::consensus::storage::filled;

/// How many steps the curvature is learned from.
const MEMORY: usize = 10;
/// The most halvings of a step.
const MOST_HALVINGS: usize = 40;

/// What is to be climbed.
pub(super) trait Hill {
    /// Returns the height at `x` and writes the slopes there.
    fn evaluate(&self, x: &[f64], gradient: &mut [f64]) -> f64;

    /// Whether no slope is above its share of `tolerance`.
    fn at_rest(&self, gradient: &[f64], tolerance: f64) -> bool;
}

/// A step, the change of the slopes along it, and one over their product.
struct Pair {
    step: Vec<f64>,
    change: Vec<f64>,
    rho: f64,
    alpha: f64,
}

/// The latest steps, oldest first; dropped ones are kept for their room.
struct Memory {
    pairs: Vec<Pair>,
    used: usize,
}

impl Memory {
    fn of(size: usize) -> Result<Self, FitError> {
        let pair = || Ok(Pair { step: filled(size)?, change: filled(size)?, rho: 0.0, alpha: 0.0 });
        Ok(Self { pairs: (0..MEMORY).map(|_| pair()).collect::<Result<_, FitError>>()?, used: 0 })
    }

    /// Turns the slopes in `way` into a direction.
    fn direct(&mut self, way: &mut [f64]) {
        let steepest = 1.0 / dot(way, way).sqrt();
        let pairs = &mut self.pairs[..self.used];
        for pair in pairs.iter_mut().rev() {
            pair.alpha = pair.rho * dot(&pair.step, way);
            way.iter_mut().zip(&pair.change).for_each(|(way, change)| *way -= pair.alpha * change);
        }
        let factor = match pairs.last() {
            Some(last) => dot(&last.step, &last.change) / dot(&last.change, &last.change),
            None => steepest,
        };
        way.iter_mut().for_each(|way| *way *= factor);
        for pair in pairs.iter() {
            let gap = pair.alpha - pair.rho * dot(&pair.change, way);
            way.iter_mut().zip(&pair.step).for_each(|(way, step)| *way += gap * step);
        }
    }

    /// Takes in a step from `x` to `to`, unless the function bends the wrong way along it.
    fn learn(&mut self, x: &[f64], to: &[f64], gradient: &[f64], slope: &[f64]) {
        let full = self.used == MEMORY;
        let at = if full { 0 } else { self.used };
        let bend = x
            .iter()
            .zip(to)
            .zip(gradient.iter().zip(slope))
            .fold(0.0, |sum, ((x, to), (before, after))| sum + (to - x) * (before - after));
        if bend <= 0.0 || bend.is_nan() {
            return;
        }
        let pair = &mut self.pairs[at];
        for i in 0..x.len() {
            pair.step[i] = to[i] - x[i];
            pair.change[i] = gradient[i] - slope[i];
        }
        pair.rho = 1.0 / bend;
        if full {
            self.pairs.rotate_left(1);
        } else {
            self.used += 1;
        }
    }
}

/// Climbs from `x`; returns the height, the iterations and whether it came to rest.
pub(super) fn climb(
    hill: &impl Hill,
    x: &mut Vec<f64>,
    problem: &Problem<'_>,
    control: &Watch<'_>,
) -> Result<(f64, u32, bool), FitError> {
    let size = x.len();
    let mut memory = Memory::of(size)?;
    let (mut gradient, mut slope): (Vec<f64>, Vec<f64>) = (filled(size)?, filled(size)?);
    let (mut way, mut trial): (Vec<f64>, Vec<f64>) = (filled(size)?, filled(size)?);
    let mut value = hill.evaluate(x, &mut gradient);
    let mut iterations = 0;
    while !hill.at_rest(&gradient, problem.tolerance) {
        if iterations == problem.max_iterations {
            return Ok((value, iterations, false));
        }
        way.copy_from_slice(&gradient);
        memory.direct(&mut way);
        let gain = dot(&gradient, &way);
        let mut length = 1.0;
        let mut found = None;
        for _ in 0..MOST_HALVINGS {
            control.check()?;
            trial.iter_mut().zip(x.iter().zip(&way)).for_each(|(trial, (x, way))| *trial = x + length * way);
            let then = hill.evaluate(&trial, &mut slope);
            if then >= (value + (1e-4 * length) * gain) - 1e-13 * value.abs() {
                found = Some(then);
                break;
            }
            length *= 0.5;
        }
        let Some(then) = found else {
            if memory.used == 0 {
                return Ok((value, iterations, false));
            }
            // Once more, straight up.
            memory.used = 0;
            continue;
        };
        memory.learn(x, &trial, &gradient, &slope);
        std::mem::swap(x, &mut trial);
        std::mem::swap(&mut gradient, &mut slope);
        value = then;
        iterations += 1;
        control.report(iterations);
    }
    Ok((value, iterations, true))
}
