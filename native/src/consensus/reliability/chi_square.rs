//! Lower quantiles of the chi-square distribution, operation by operation as `docs/methods/catd.md` has them.

use crate::consensus::FitError;
use crate::consensus::storage::filled;
use crate::kernels::scalar::{exp, log};

/// With more degrees of freedom the quantile grows in proportion to them.
const LARGEST_DEGREES: f64 = 1e6;
/// Whole degrees of freedom below this are computed once.
const KEPT: usize = 4096;
const MOST_STEPS: u32 = 100;
/// Terms that are smaller, compared with their sum, are left out.
const NEGLIGIBLE: f64 = 1e-17;
/// log(2 pi) / 2
const HALF_LOG_TWO_PI: f64 = f64::from_bits(0x3FED_67F1_C864_BEB5);
/// Of Stirling's series: 1/12, -1/360, 1/1260, -1/1680, 1/1188.
const STIRLING: [f64; 5] = [1.0 / 12.0, -1.0 / 360.0, 1.0 / 1260.0, -1.0 / 1680.0, 1.0 / 1188.0];
/// From here on the series is good to the last places.
const STIRLING_FROM: f64 = 16.0;

/// The quantile for each number of degrees of freedom.
pub(in crate::consensus) fn quantiles(p: f64, degrees: &[f64]) -> Result<Vec<f64>, FitError> {
    let mut quantiles: Vec<f64> = filled(degrees.len())?;
    let mut known = [f64::NAN; KEPT];
    for (result, &degrees) in quantiles.iter_mut().zip(degrees) {
        let whole = degrees as usize;
        if whole as f64 != degrees || whole >= KEPT {
            *result = quantile(p, degrees);
            continue;
        }
        if known[whole].is_nan() {
            known[whole] = quantile(p, degrees);
        }
        *result = known[whole];
    }
    Ok(quantiles)
}

/// What a chi-square variable with so many degrees of freedom, also broken ones, is below with probability `p`, at most 1/2.
///
/// Newton's method on the logarithm of the distribution function over the logarithm of the variable, where it is concave:
/// from the left every step stays on the left.
fn quantile(p: f64, degrees: f64) -> f64 {
    if degrees.is_nan() || degrees <= 0.0 {
        return 0.0;
    }
    let half = 0.5 * if degrees < LARGEST_DEGREES { degrees } else { LARGEST_DEGREES };
    let (goal, norm) = (log(p), log_gamma(half + 1.0));
    let mut t = (goal + norm) / half;
    for _ in 0..MOST_STEPS {
        let x = exp(t);
        let (mut term, mut sum, mut k) = (1.0, 1.0, 1.0);
        while term > sum * NEGLIGIBLE {
            term *= x / (half + k);
            sum += term;
            k += 1.0;
        }
        let excess = (((half * t - x) - norm) + log(sum)) - goal;
        let next = t - excess * sum / half;
        if next.is_nan() || next <= t {
            break;
        }
        t = next;
    }
    let x = 2.0 * exp(t);
    if degrees <= LARGEST_DEGREES { x } else { degrees * (x / LARGEST_DEGREES) }
}

/// The logarithm of the gamma function of `z`, at least 1.
fn log_gamma(mut z: f64) -> f64 {
    let mut product = 1.0;
    while z < STIRLING_FROM {
        product *= z;
        z += 1.0;
    }
    let r = 1.0 / z;
    let s = r * r;
    let [s0, s1, s2, s3, s4] = STIRLING;
    let series = r * (s0 + s * (s1 + s * (s2 + s * (s3 + s * s4))));
    (((z - 0.5) * log(z) - z) + (HALF_LOG_TWO_PI + series)) - log(product)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_those_of_tables() {
        for (p, degrees, expected) in [
            (0.025, 1.0, 9.820_691_171_752_555e-4),
            (0.025, 2.0, 5.063_561_596_857_975e-2),
            (0.025, 30.0, 1.679_077_226_556_663e1),
            (0.025, 0.5, 5.273_202_591_259_991e-7),
            (0.025, 1e4, 9.724_718_377_389_798e3),
            (0.5, 2.0, 1.386_294_361_119_890_6),
        ] {
            let found = quantile(p, degrees);
            assert!((found - expected).abs() <= 1e-10 * expected, "{p}, {degrees}: {found}");
        }
        assert_eq!((quantile(0.1, 0.0), quantile(0.1, 1e-300)), (0.0, 0.0));
        assert!(quantile(0.1, 1e38).is_finite() && quantile(1e-12, 1e-3) >= 0.0);
    }
}
