//! The logistic function.

use crate::kernels::scalar::{exp, log};

/// The logistic function of `d` and of `-d`, and the logarithms of both.
#[derive(Clone, Copy)]
pub(super) struct Logistic {
    pub(super) p: f64,
    pub(super) q: f64,
    pub(super) log_p: f64,
    pub(super) log_q: f64,
}

impl Logistic {
    pub(super) fn of(d: f64) -> Self {
        let e = exp(-d.abs());
        let s = 1.0 + e;
        let l = log(s);
        let (large, small) = (1.0 / s, e / s);
        if d >= 0.0 {
            Self { p: large, q: small, log_p: -l, log_q: -d - l }
        } else {
            Self { p: small, q: large, log_p: d - l, log_q: -l }
        }
    }

    /// Both functions without their logarithms.
    pub(super) fn shares(d: f64) -> (f64, f64) {
        let e = exp(-d.abs());
        let s = 1.0 + e;
        if d >= 0.0 { (1.0 / s, e / s) } else { (e / s, 1.0 / s) }
    }
}
