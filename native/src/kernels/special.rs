//! Functions of statistics, operation by operation as `docs/numerics.md` has them.

use super::scalar::{exp, log};

/// More degrees of freedom are taken in proportion.
const LARGEST_DEGREES: f64 = 1e6;
/// Half the logarithm of two pi.
const HALF_LOG_TWO_PI: f64 = f64::from_bits(0x3FED_67F1_C864_BEB5);
/// The coefficients of Stirling's series: 1/12, -1/360, 1/1260, -1/1680, 1/1188.
const STIRLING: [f64; 5] = [
    f64::from_bits(0x3FB5_5555_5555_5555),
    f64::from_bits(0xBF66_C16C_16C1_6C17),
    f64::from_bits(0x3F4A_01A0_1A01_A01A),
    f64::from_bits(0xBF43_8138_1381_3814),
    f64::from_bits(0x3F4B_951E_2B18_FF23),
];

/// The logarithm of the gamma function of `z >= 1`.
fn log_gamma_above_one(z: f64) -> f64 {
    let (mut z, mut product) = (z, 1.0);
    while z < 16.0 {
        product *= z;
        z += 1.0;
    }
    let r = 1.0 / z;
    let s = r * r;
    let series = r * (STIRLING[0] + s * (STIRLING[1] + s * (STIRLING[2] + s * (STIRLING[3] + s * STIRLING[4]))));
    (((z - 0.5) * log(z) - z) + (HALF_LOG_TWO_PI + series)) - log(product)
}

/// What a chi-square variable with `n` degrees of freedom is below with probability `p`, for `p` above 0 and up to 1/2; 0 for
/// `n` that is not above 0. Takes time in proportion to the root of `n`.
pub(crate) fn chi_square_quantile(p: f64, n: f64) -> f64 {
    if n.is_nan() || n <= 0.0 {
        return 0.0;
    }
    let degrees = if n < LARGEST_DEGREES { n } else { LARGEST_DEGREES };
    let a = 0.5 * degrees;
    let (goal, norm) = (log(p), log_gamma_above_one(a + 1.0));
    let mut t = (goal + norm) / a;
    for _ in 0..100 {
        let x = exp(t);
        let (mut term, mut total, mut k) = (1.0, 1.0, 1.0);
        while term > total * 1e-17 {
            term *= x / (a + k);
            total += term;
            k += 1.0;
        }
        let excess = (((a * t - x) - norm) + log(total)) - goal;
        let following = t - excess * total / a;
        if following.is_nan() || following <= t {
            break;
        }
        t = following;
    }
    let x = 2.0 * exp(t);
    if n <= LARGEST_DEGREES { x } else { n * (x / LARGEST_DEGREES) }
}

#[cfg(test)]
mod tests {
    use super::chi_square_quantile;

    #[test]
    fn quantiles_are_those_of_the_tables() {
        for (p, n, expected) in [
            (0.025, 1.0, 0.000_982_069_117_175_256),
            (0.025, 10.0, 3.246_972_780_236_841),
            (0.5, 2.0, std::f64::consts::LN_2 * 2.0),
            (0.025, 1000.0, 914.257_153_799_258_9),
        ] {
            let found = chi_square_quantile(p, n);
            assert!((found / expected - 1.0).abs() < 1e-12, "{p}, {n}: {found}");
        }
        assert_eq!(chi_square_quantile(0.025, 0.0), 0.0);
    }
}
