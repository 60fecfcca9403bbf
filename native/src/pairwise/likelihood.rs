//! The penalised log-likelihood of a Bradley-Terry model with its gradient and its information.

use super::cells::{Cell, Cells};
use super::logistic::Logistic;
use crate::consensus::FitError;
use crate::consensus::storage::filled;
use crate::kernels::scalar::{exp, log};

/// What becomes of ties.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ties {
    /// Half a win for both.
    Half,
    Davidson,
    RaoKupper,
}

/// The parameters are the items' scores, then the order effect and the tie parameter where they are free.
pub(super) struct Model {
    pub(super) items: usize,
    pub(super) cells: Cells,
    ties: Ties,
    pub(super) order_at: Option<usize>,
    pub(super) tie_at: Option<usize>,
    pub(super) prior: f64,
    /// A linear term in the scores; empty without.
    linear: Vec<f64>,
    /// The weight of the comparisons that each parameter is in.
    weight: Vec<f64>,
}

/// What a model says at one point.
pub(super) struct Point {
    pub(super) x: Vec<f64>,
    pub(super) value: f64,
    pub(super) gradient: Vec<f64>,
    /// The diagonal of the information.
    pub(super) diagonal: Vec<f64>,
    /// The curvatures of each cell: by the difference of the scores, and where the tie parameter is free by both and by it.
    pub(super) by_score: Vec<f64>,
    pub(super) by_both: Vec<f64>,
    by_tie: Vec<f64>,
}

impl Point {
    pub(super) fn of(model: &Model) -> Result<Self, FitError> {
        let (size, cells) = (model.size(), model.cells.len());
        let tied = if model.tie_at.is_some() { cells } else { 0 };
        Ok(Self {
            x: filled(size)?,
            value: 0.0,
            gradient: filled(size)?,
            diagonal: filled(size)?,
            by_score: filled(cells)?,
            by_both: filled(tied)?,
            by_tie: filled(tied)?,
        })
    }
}

/// Log-likelihood, slopes and curvatures of one cell.
struct Slopes {
    value: f64,
    score: f64,
    tie: f64,
    by_score: f64,
    by_both: f64,
    by_tie: f64,
}

impl Model {
    pub(super) fn new(
        items: usize,
        cells: Cells,
        ties: Ties,
        free: [bool; 2],
        prior: f64,
        linear: Vec<f64>,
    ) -> Result<Self, FitError> {
        let [ordered, tied] = free;
        let size = items + usize::from(ordered) + usize::from(tied);
        let mut weight: Vec<f64> = filled(size)?;
        for cell in cells.iter() {
            let n = (cell.wins_a + cell.wins_b) + cell.ties;
            weight[cell.a] += n;
            weight[cell.b] += n;
            weight[items..].iter_mut().for_each(|sum| *sum += n);
        }
        Ok(Self {
            items,
            cells,
            ties,
            order_at: ordered.then_some(items),
            tie_at: tied.then_some(size - 1),
            prior,
            linear,
            weight,
        })
    }

    pub(super) fn size(&self) -> usize {
        self.weight.len()
    }

    /// Fills in everything of a point but its `x`.
    pub(super) fn evaluate(&self, point: &mut Point) {
        let Point { x, value, gradient, diagonal, by_score, by_both, by_tie } = point;
        *value = 0.0;
        gradient.fill(0.0);
        diagonal.fill(0.0);
        for (at, cell) in self.cells.iter().enumerate() {
            let mut d = x[cell.a] - x[cell.b];
            if let Some(order) = self.order_at {
                d += x[order];
            }
            let slopes = match self.tie_at {
                None => plain(d, cell),
                Some(tie) if self.ties == Ties::Davidson => davidson(d, x[tie], cell),
                Some(tie) => rao_kupper(d, x[tie], cell),
            };
            *value += slopes.value;
            gradient[cell.a] += slopes.score;
            gradient[cell.b] -= slopes.score;
            diagonal[cell.a] += slopes.by_score;
            diagonal[cell.b] += slopes.by_score;
            if let Some(order) = self.order_at {
                gradient[order] += slopes.score;
                diagonal[order] += slopes.by_score;
            }
            by_score[at] = slopes.by_score;
            if let Some(tie) = self.tie_at {
                gradient[tie] += slopes.tie;
                diagonal[tie] += slopes.by_tie;
                (by_both[at], by_tie[at]) = (slopes.by_both, slopes.by_tie);
            }
        }
        for (i, &linear) in self.linear.iter().enumerate() {
            *value += linear * x[i];
            gradient[i] += linear;
        }
        if self.prior > 0.0 {
            let mut square = 0.0;
            for i in (0..x.len()).filter(|&i| Some(i) != self.tie_at) {
                square += x[i] * x[i];
                gradient[i] -= self.prior * x[i];
                diagonal[i] += self.prior;
            }
            *value -= (0.5 * self.prior) * square;
        }
    }

    /// The information times a vector.
    pub(super) fn product(&self, point: &Point, v: &[f64], out: &mut [f64]) {
        out.fill(0.0);
        for (at, cell) in self.cells.iter().enumerate() {
            let mut s = v[cell.a] - v[cell.b];
            if let Some(order) = self.order_at {
                s += v[order];
            }
            let mut c = point.by_score[at] * s;
            if let Some(tie) = self.tie_at {
                c += point.by_both[at] * v[tie];
                out[tie] += point.by_both[at] * s + point.by_tie[at] * v[tie];
            }
            out[cell.a] += c;
            out[cell.b] -= c;
            if let Some(order) = self.order_at {
                out[order] += c;
            }
        }
        if self.prior > 0.0 {
            for i in (0..v.len()).filter(|&i| Some(i) != self.tie_at) {
                out[i] += self.prior * v[i];
            }
        }
    }

    /// Whether the tie parameter is where its model has it.
    pub(super) fn allows(&self, x: &[f64]) -> bool {
        match self.tie_at {
            Some(tie) if self.ties == Ties::RaoKupper => x[tie] > 0.0 && x[tie] <= 100.0,
            _ => true,
        }
    }

    /// Whether no parameter gains more from a change than a small part of its comparisons.
    pub(super) fn at_rest(&self, gradient: &[f64], tolerance: f64) -> bool {
        gradient.iter().zip(&self.weight).enumerate().all(|(i, (slope, weight))| {
            let extra = if Some(i) == self.tie_at { 0.0 } else { self.prior };
            slope.abs() <= tolerance * (weight + extra)
        })
    }
}

fn plain(d: f64, cell: Cell) -> Slopes {
    let Cell { wins_a, wins_b, .. } = cell;
    let Logistic { p, q, log_p, log_q } = Logistic::of(d);
    Slopes {
        value: wins_a * log_p + wins_b * log_q,
        score: wins_a * q - wins_b * p,
        tie: 0.0,
        by_score: (wins_a + wins_b) * (p * q),
        by_both: 0.0,
        by_tie: 0.0,
    }
}

/// R. R. Davidson, *On extending the Bradley-Terry model to accommodate ties*, JASA 65, 1970; `y` is the logarithm of nu.
fn davidson(d: f64, y: f64, cell: Cell) -> Slopes {
    let Cell { wins_a, wins_b, ties, .. } = cell;
    let up = 0.5 * d;
    let down = -up;
    let larger = if down > up { down } else { up };
    let m = if y > larger { y } else { larger };
    let (ea, eb, et) = (exp(up - m), exp(down - m), exp(y - m));
    let s = (ea + eb) + et;
    let (pa, pb, pt, norm) = (ea / s, eb / s, et / s, m + log(s));
    let n = (wins_a + wins_b) + ties;
    let difference = pa - pb;
    Slopes {
        value: (wins_a * (up - norm) + wins_b * (down - norm)) + ties * (y - norm),
        score: 0.5 * ((wins_a - n * pa) - (wins_b - n * pb)),
        tie: ties - n * pt,
        by_score: 0.25 * (n * ((pa + pb) - difference * difference)),
        by_both: -(0.5 * (n * (difference * pt))),
        by_tie: n * (pt * (1.0 - pt)),
    }
}

/// P. V. Rao and L. L. Kupper, *Ties in paired-comparison experiments*, JASA 62, 1967; `y` is the logarithm of theta.
fn rao_kupper(d: f64, y: f64, cell: Cell) -> Slopes {
    let Cell { wins_a, wins_b, ties, .. } = cell;
    let (u, v) = (Logistic::of(d - y), Logistic::of(-d - y));
    let e = exp(2.0 * y);
    let (na, nb, e1) = (wins_a + ties, wins_b + ties, e - 1.0);
    let (ca, cb) = (na * (u.p * u.q), nb * (v.p * v.q));
    Slopes {
        value: (na * u.log_p + nb * v.log_p) + ties * log(e1),
        score: na * u.q - nb * v.q,
        tie: ties * (2.0 * e / e1) - (na * u.q + nb * v.q),
        by_score: ca + cb,
        by_both: cb - ca,
        by_tie: (ca + cb) + ties * (4.0 * e / (e1 * e1)),
    }
}
