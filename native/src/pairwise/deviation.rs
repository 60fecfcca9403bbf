//! Standard errors from the observed information.

use super::likelihood::{Model, Point};
use super::newton::Groups;
use crate::consensus::FitError;
use crate::consensus::control::Watch;
use crate::consensus::storage::{empty, filled};

/// The lower triangle of a symmetric matrix, row by row.
struct Triangle {
    cells: Vec<f64>,
    size: usize,
}

impl Triangle {
    fn zeros(size: usize) -> Result<Self, FitError> {
        Ok(Self { cells: filled(size * (size + 1) / 2)?, size })
    }

    /// A row up to the diagonal.
    fn row(&self, i: usize) -> &[f64] {
        let start = i * (i + 1) / 2;
        &self.cells[start..=start + i]
    }

    fn at(&mut self, i: usize, j: usize) -> &mut f64 {
        let (i, j) = if i >= j { (i, j) } else { (j, i) };
        &mut self.cells[i * (i + 1) / 2 + j]
    }

    /// Replaces the matrix by its Cholesky factor; false when it is not positive definite.
    fn factorise(&mut self, control: &Watch<'_>) -> Result<bool, FitError> {
        for i in 0..self.size {
            control.check()?;
            let start = i * (i + 1) / 2;
            let (above, rest) = self.cells.split_at_mut(start);
            let row = &mut rest[..=i];
            for j in 0..=i {
                let before = j * (j + 1) / 2;
                let other = if j < i { &above[before..=before + j] } else { &[] };
                let mut s = row[j];
                if j < i {
                    for k in 0..j {
                        s -= row[k] * other[k];
                    }
                    row[j] = s / other[j];
                } else {
                    for x in &row[..j] {
                        s -= x * x;
                    }
                    if s <= 0.0 || s.is_nan() {
                        return Ok(false);
                    }
                    row[j] = s.sqrt();
                }
            }
        }
        Ok(true)
    }

    /// An element of the diagonal of the inverse of the matrix whose factor this is.
    fn inverse_at(&self, j: usize, column: &mut [f64]) -> f64 {
        column[j] = 1.0 / self.row(j)[j];
        let mut square = column[j] * column[j];
        for i in j + 1..self.size {
            let row = self.row(i);
            let mut s = 0.0;
            for k in j..i {
                s += row[k] * column[k];
            }
            column[i] = -(s / row[i]);
            square += column[i] * column[i];
        }
        square
    }
}

/// The standard errors of all parameters at a point: of scores with mean 0 in each group, or with a prior. NaN for more than
/// `limit` parameters, for items that are alone in their group, and when the information is singular.
pub(super) fn errors(
    model: &Model,
    point: &Point,
    groups: &Groups<'_>,
    limit: usize,
    control: &Watch<'_>,
) -> Result<Vec<f64>, FitError> {
    let size = model.size();
    let mut errors = empty(size)?;
    errors.resize(size, f64::NAN);
    if size > limit {
        return Ok(errors);
    }
    let mut matrix = information(model, point)?;
    let mut excess: Vec<f64> = filled(groups.sizes.len())?;
    let free = model.prior <= 0.0;
    if free {
        fix_origins(&mut matrix, point, groups, &mut excess)?;
    }
    if !matrix.factorise(control)? {
        return Ok(errors);
    }
    let mut column: Vec<f64> = filled(size)?;
    for j in 0..size {
        control.check()?;
        let square = matrix.inverse_at(j, &mut column);
        if j >= model.items || !free {
            errors[j] = square.sqrt();
        } else if groups.sizes[groups.of[j] as usize] > 1 {
            let rest = square - excess[groups.of[j] as usize];
            errors[j] = if rest > 0.0 { rest.sqrt() } else { 0.0 };
        }
    }
    Ok(errors)
}

fn information(model: &Model, point: &Point) -> Result<Triangle, FitError> {
    let mut matrix = Triangle::zeros(model.size())?;
    for (i, &diagonal) in point.diagonal.iter().enumerate() {
        *matrix.at(i, i) = diagonal;
    }
    for (at, cell) in model.cells.iter().enumerate() {
        let by_score = point.by_score[at];
        *matrix.at(cell.a, cell.b) -= by_score;
        if let Some(order) = model.order_at {
            *matrix.at(order, cell.a) += by_score;
            *matrix.at(order, cell.b) -= by_score;
        }
        if let Some(tie) = model.tie_at {
            let by_both = point.by_both[at];
            *matrix.at(tie, cell.a) += by_both;
            *matrix.at(tie, cell.b) -= by_both;
            if let Some(order) = model.order_at {
                *matrix.at(tie, order) += by_both;
            }
        }
    }
    Ok(matrix)
}

/// Adds to the block of each group a multiple of the matrix of ones: the scores have mean 0 then, and the inverse has a
/// constant too much, `excess`.
fn fix_origins(matrix: &mut Triangle, point: &Point, groups: &Groups<'_>, excess: &mut [f64]) -> Result<(), FitError> {
    let mut spread: Vec<f64> = filled(groups.sizes.len())?;
    for (&group, diagonal) in groups.of.iter().zip(&point.diagonal) {
        spread[group as usize] += diagonal;
    }
    for ((spread, excess), &size) in spread.iter_mut().zip(excess).zip(&groups.sizes) {
        let size = size as f64;
        *spread = (*spread / size) / size;
        *excess = if *spread > 0.0 { 1.0 / (*spread * size) / size } else { 0.0 };
    }
    for (i, &group) in groups.of.iter().enumerate() {
        for (j, &other) in groups.of[..=i].iter().enumerate() {
            if group == other {
                *matrix.at(i, j) += spread[group as usize];
            }
        }
        if spread[group as usize] <= 0.0 || spread[group as usize].is_nan() {
            *matrix.at(i, i) = 1.0;
        }
    }
    Ok(())
}
