//! Newton's method for concave likelihoods: steps by conjugate gradients, halved until they do not lose.

use super::likelihood::{Model, Point};
use super::problem::Problem;
use crate::consensus::FitError;
use crate::consensus::control::Watch;
use crate::consensus::storage::filled;

/// The most iterations of conjugate gradients in one step.
const MOST_ITERATIONS: usize = 1000;
/// How far conjugate gradients bring down the squared residual.
const REDUCTION: f64 = 1e-8;
/// The most halvings of a step.
const MOST_HALVINGS: usize = 30;

/// Groups of items whose scores have mean 0.
pub(super) struct Groups<'a> {
    pub(super) of: &'a [u32],
    pub(super) sizes: Vec<usize>,
}

impl<'a> Groups<'a> {
    pub(super) fn of(of: &'a [u32], groups: usize) -> Result<Self, FitError> {
        let mut sizes: Vec<usize> = filled(groups)?;
        of.iter().for_each(|&group| sizes[group as usize] += 1);
        Ok(Self { of, sizes })
    }

    /// Moves the scores of each group to mean 0; `means` has room for all groups.
    fn centre(&self, x: &mut [f64], means: &mut [f64]) {
        means.fill(0.0);
        for (x, &group) in x.iter().zip(self.of) {
            means[group as usize] += x;
        }
        means.iter_mut().zip(&self.sizes).for_each(|(mean, &size)| *mean /= size as f64);
        for (x, &group) in x.iter_mut().zip(self.of) {
            *x -= means[group as usize];
        }
    }
}

/// Climbs from the point to the top; returns the iterations and whether it came to rest there.
pub(super) fn climb(
    model: &Model,
    point: &mut Point,
    groups: &Groups<'_>,
    problem: &Problem<'_>,
    control: &Watch<'_>,
) -> Result<(u32, bool), FitError> {
    let mut solver = Solver::of(model.size())?;
    let mut trial = Point::of(model)?;
    let mut means: Vec<f64> = filled(groups.sizes.len())?;
    model.evaluate(point);
    let mut iterations = 0;
    while !model.at_rest(&point.gradient, problem.tolerance) {
        if iterations == problem.max_iterations {
            return Ok((iterations, false));
        }
        solver.solve(model, point, control)?;
        let gain = dot(&point.gradient, &solver.step);
        let mut size = 1.0;
        let mut found = false;
        for _ in 0..MOST_HALVINGS {
            for ((to, from), step) in trial.x.iter_mut().zip(&point.x).zip(&solver.step) {
                *to = from + size * step;
            }
            if model.allows(&trial.x) {
                if model.prior <= 0.0 {
                    groups.centre(&mut trial.x, &mut means);
                }
                model.evaluate(&mut trial);
                let least = (point.value + (1e-4 * size) * gain) - 1e-13 * point.value.abs();
                if trial.value >= least && trial.value < f64::INFINITY {
                    found = true;
                    break;
                }
            }
            size *= 0.5;
        }
        if !found {
            return Ok((iterations, false));
        }
        std::mem::swap(point, &mut trial);
        iterations += 1;
        control.report(iterations);
    }
    Ok((iterations, true))
}

/// The sum of the products, from the first to the last.
pub(super) fn dot(x: &[f64], y: &[f64]) -> f64 {
    x.iter().zip(y).fold(0.0, |sum, (x, y)| sum + x * y)
}

/// Conjugate gradients with the diagonal as preconditioner.
struct Solver {
    step: Vec<f64>,
    rest: Vec<f64>,
    scaled: Vec<f64>,
    way: Vec<f64>,
    product: Vec<f64>,
}

impl Solver {
    fn of(size: usize) -> Result<Self, FitError> {
        Ok(Self {
            step: filled(size)?,
            rest: filled(size)?,
            scaled: filled(size)?,
            way: filled(size)?,
            product: filled(size)?,
        })
    }

    /// Finds the Newton step at a point.
    fn solve(&mut self, model: &Model, point: &Point, control: &Watch<'_>) -> Result<(), FitError> {
        self.step.fill(0.0);
        self.rest.copy_from_slice(&point.gradient);
        self.scale(&point.diagonal);
        self.way.copy_from_slice(&self.scaled);
        let mut now = dot(&self.rest, &self.scaled);
        let goal = REDUCTION * now;
        for _ in 0..MOST_ITERATIONS {
            control.check()?;
            if now <= goal || now.is_nan() {
                break;
            }
            model.product(point, &self.way, &mut self.product);
            let bend = dot(&self.way, &self.product);
            if bend <= 0.0 || bend.is_nan() {
                break;
            }
            let alpha = now / bend;
            self.step.iter_mut().zip(&self.way).for_each(|(step, way)| *step += alpha * way);
            self.rest.iter_mut().zip(&self.product).for_each(|(rest, product)| *rest -= alpha * product);
            self.scale(&point.diagonal);
            let before = now;
            now = dot(&self.rest, &self.scaled);
            let beta = now / before;
            self.way.iter_mut().zip(&self.scaled).for_each(|(way, scaled)| *way = scaled + beta * *way);
        }
        Ok(())
    }

    fn scale(&mut self, diagonal: &[f64]) {
        for ((scaled, rest), diagonal) in self.scaled.iter_mut().zip(&self.rest).zip(diagonal) {
            *scaled = if *diagonal > 0.0 { rest / diagonal } else { 0.0 };
        }
    }
}
