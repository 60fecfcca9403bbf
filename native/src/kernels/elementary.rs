//! The elementary functions over arrays, and sums. Inlined into each instruction set.

use super::scalar;

/// The virtual lanes of a striped sum.
pub(crate) const LANES: usize = 32;

/// Replaces each element by its exponential.
#[inline(always)]
pub(super) fn exp(values: &mut [f64]) {
    for x in values {
        *x = scalar::exp(*x);
    }
}

/// The same for elements that are 0 or less: logits below the largest of their row.
#[inline(always)]
pub(super) fn exp_below_zero(values: &mut [f64]) {
    let mut least = 0.0;
    for &x in values.iter() {
        least = if x < least { x } else { least };
    }
    if least < -707.0 {
        exp(values);
    } else {
        for x in values {
            *x = scalar::exp_moderate(*x);
        }
    }
}

/// Replaces each element by its logarithm.
#[inline(always)]
pub(super) fn log(values: &mut [f64]) {
    for x in values {
        *x = scalar::log(*x);
    }
}

/// Replaces each element by its digamma.
#[inline(always)]
pub(super) fn digamma(values: &mut [f64]) {
    for x in values {
        *x = scalar::digamma(*x);
    }
}

/// Replaces each element by the logarithm of its gamma.
#[inline(always)]
pub(super) fn lgamma(values: &mut [f64]) {
    for x in values {
        *x = scalar::lgamma(*x);
    }
}

/// The striped sum.
#[inline(always)]
pub(super) fn sum(values: &[f64]) -> f64 {
    let mut lanes = [0.0; LANES];
    let (whole, rest) = values.as_chunks::<LANES>();
    for chunk in whole {
        for (lane, x) in lanes.iter_mut().zip(chunk) {
            *lane += x;
        }
    }
    for (lane, x) in lanes.iter_mut().zip(rest) {
        *lane += x;
    }
    fold(lanes)
}

/// The fixed tree over the lanes.
#[inline(always)]
pub(crate) fn fold(mut lanes: [f64; LANES]) -> f64 {
    let mut width = LANES / 2;
    while width > 0 {
        for i in 0..width {
            lanes[i] += lanes[i + width];
        }
        width /= 2;
    }
    lanes[0]
}

/// The striped sum of a short row without negative elements: the lanes it does not reach stay 0 and are left out.
#[inline(always)]
pub(crate) fn row_sum(row: &[f64]) -> f64 {
    match *row {
        [a] => a,
        [a, b] => a + b,
        [a, b, c] => (a + c) + b,
        [a, b, c, d] => (a + c) + (b + d),
        _ if row.len() <= 8 => {
            let mut lanes = [0.0; 8];
            lanes[..row.len()].copy_from_slice(row);
            let [a, b, c, d, e, f, g, h] = lanes;
            ((a + e) + (c + g)) + ((b + f) + (d + h))
        }
        _ => sum(row),
    }
}
