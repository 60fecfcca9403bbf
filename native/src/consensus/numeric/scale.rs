//! Powers of two: all methods work on values whose largest is between 1/2 and 1, so that no square overflows.

const TWO_54: f64 = 18_014_398_509_481_984.0;

/// The exponent `e` with `2^(e-1) <= x < 2^e` of a finite `x` that is not negative; 0 for 0.
pub(super) fn exponent(x: f64) -> i32 {
    if x == 0.0 {
        return 0;
    }
    let subnormal = x < f64::MIN_POSITIVE;
    let (x, shift) = if subnormal { (x * TWO_54, 54) } else { (x, 0) };
    (x.to_bits() >> 52) as i32 - 1022 - shift
}

fn power(exponent: i32) -> f64 {
    f64::from_bits(((exponent + 1023) as u64) << 52)
}

/// A number times `2^exponent`, in two steps, so that each power is a normal number.
pub(super) fn scale(x: f64, exponent: i32) -> f64 {
    let half = exponent >> 1;
    (x * power(half)) * power(exponent - half)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_finite_number_is_scaled_below_one_and_back() {
        for x in [f64::MAX, 1e300, 1.0, 0.75, 0.5, 1e-300, f64::MIN_POSITIVE, 2e-310, 5e-324] {
            let e = exponent(x);
            let y = scale(x, -e);
            assert!((0.5..1.0).contains(&y), "{x:e} becomes {y}");
            assert_eq!(scale(y, e), x);
        }
        assert_eq!(exponent(0.0), 0);
    }
}
