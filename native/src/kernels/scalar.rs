//! The elementary functions, operation by operation as `docs/numerics.md` has them: the reference.
//!
//! They are free of branches, so that a loop over them becomes vector code; every instruction set compiles these very
//! lines, and none may contract or reorder them.

const INV_LN2: f64 = f64::from_bits(0x3FF7_1547_652B_82FE);
const LN2_HI: f64 = f64::from_bits(0x3FE6_2E42_FEE0_0000);
const LN2_LO: f64 = f64::from_bits(0x3DEA_39EF_3579_3C76);
const ROUND: f64 = f64::from_bits(0x4338_0000_0000_0000);
const TWO_52: f64 = 4_503_599_627_370_496.0;
const TWO_54: f64 = 18_014_398_509_481_984.0;
const SQRT_HALF_BITS: u64 = 0x3FE6_A09E_667F_3BCD;
const ONE_BITS: u64 = 0x3FF0_0000_0000_0000;
const MANTISSA: u64 = 0x000F_FFFF_FFFF_FFFF;
const INVALID: f64 = f64::from_bits(0x7FF8_0000_0000_0000);

/// Half the logarithm of 2 pi.
const HALF_LOG_2PI: f64 = f64::from_bits(0x3FED_67F1_C864_BEB5);

/// The coefficients of the asymptotic series of digamma, and of the logarithm of gamma.
const PSI: [f64; 7] = [1.0 / 12.0, -1.0 / 120.0, 1.0 / 252.0, -1.0 / 240.0, 1.0 / 132.0, -691.0 / 32760.0, 1.0 / 12.0];
const GAMMA: [f64; 7] =
    [1.0 / 12.0, -1.0 / 360.0, 1.0 / 1260.0, -1.0 / 1680.0, 1.0 / 1188.0, -691.0 / 360_360.0, 1.0 / 156.0];

const E: [f64; 10] = [
    f64::from_bits(0x3FE0_0000_0000_000B),
    f64::from_bits(0x3FC5_5555_5555_5561),
    f64::from_bits(0x3FA5_5555_5555_03D0),
    f64::from_bits(0x3F81_1111_1110_D7AB),
    f64::from_bits(0x3F56_C16C_1850_4E19),
    f64::from_bits(0x3F2A_01A0_1BA7_8D26),
    f64::from_bits(0x3EFA_0199_806F_F218),
    f64::from_bits(0x3EC7_1DDE_0981_601C),
    f64::from_bits(0x3E92_8AF1_E7E2_1B5E),
    f64::from_bits(0x3E5A_F846_970A_53A5),
];

const L: [f64; 7] = [
    f64::from_bits(0x3FE5_5555_5555_558F),
    f64::from_bits(0x3FD9_9999_9998_0D1D),
    f64::from_bits(0x3FD2_4924_9413_B398),
    f64::from_bits(0x3FCC_71C5_28A1_07A7),
    f64::from_bits(0x3FC7_4662_74CB_F1C6),
    f64::from_bits(0x3FC3_9A3E_5655_C1A1),
    f64::from_bits(0x3FC2_EF13_E812_FA4B),
];

/// `e` to the power of `x`, within 1 ulp.
#[inline(always)]
#[must_use]
pub fn exp(x: f64) -> f64 {
    let above = if x > -746.0 { x } else { -746.0 };
    let (y, k) = exp_parts(if above < 710.0 { above } else { 710.0 });
    let k = k.wrapping_add(2048);
    let k1 = k >> 1;
    let k2 = k.wrapping_sub(k1);
    let result = (y * f64::from_bits(k1.wrapping_sub(1) << 52)) * f64::from_bits(k2.wrapping_sub(1) << 52);
    if x.is_nan() { x } else { result }
}

/// The same where `|x|` is at most 707: no end of the range is near, so one multiplication does.
#[inline(always)]
#[must_use]
pub(crate) fn exp_moderate(x: f64) -> f64 {
    let (y, k) = exp_parts(x);
    y * f64::from_bits(k.wrapping_add(1023) << 52)
}

/// `y` and the integer `k` with `e^x = y * 2^k`.
#[inline(always)]
fn exp_parts(x: f64) -> (f64, u64) {
    let t = x * INV_LN2 + ROUND;
    let n = t - ROUND;
    let hi = x - n * LN2_HI;
    let lo = n * LN2_LO;
    let r = hi - lo;
    let z = r * r;
    let even = (((E[8] * z + E[6]) * z + E[4]) * z + E[2]) * z + E[0];
    let odd = (((E[9] * z + E[7]) * z + E[5]) * z + E[3]) * z + E[1];
    let q = even + r * odd;
    let y = 1.0 + (hi + (z * q - lo));
    (y, t.to_bits().wrapping_sub(ROUND.to_bits()))
}

/// The natural logarithm, within 1 ulp.
#[inline(always)]
#[must_use]
pub fn log(x: f64) -> f64 {
    let tiny = x < f64::MIN_POSITIVE;
    let c = if tiny { x * TWO_54 } else { x };
    let bias = if tiny { 1077.0 } else { 1023.0 };
    let u = c.to_bits().wrapping_add(ONE_BITS - SQRT_HALF_BITS);
    let d = (f64::from_bits((u >> 52) | 0x4330_0000_0000_0000) - TWO_52) - bias;
    let m = f64::from_bits((u & MANTISSA) + SQRT_HALF_BITS);
    let f = m - 1.0;
    let s = f / (2.0 + f);
    let z = s * s;
    let w = z * z;
    let odd = w * (L[1] + w * (L[3] + w * L[5]));
    let even = z * (L[0] + w * (L[2] + w * (L[4] + w * L[6])));
    let rest = odd + even;
    let half = (0.5 * f) * f;
    let result = d * LN2_HI - ((half - (s * (half + rest) + d * LN2_LO)) - f);
    // NaN and +inf keep themselves: neither is below infinity.
    let kept = if x < f64::INFINITY { result } else { x };
    let kept = if x < 0.0 { INVALID } else { kept };
    if x == 0.0 {
        f64::NEG_INFINITY
    } else if x.is_nan() {
        x
    } else {
        kept
    }
}

/// The derivative of [`lgamma`], for `x` above 0.
#[inline(always)]
#[must_use]
pub fn digamma(x: f64) -> f64 {
    let small = x < 16.0;
    let y = if small { x + 10.0 } else { x };
    let r = 1.0 / y;
    let z = r * r;
    let far = (log(y) - 0.5 * r) - z * series(&PSI, z);
    // The ten steps from x to y at once: the sum of 1 / (x + i).
    let c = if small { x } else { 1.0 };
    let q = c * (c + 9.0);
    let n = (((5.0 * q + 240.0) * q + 3924.0) * q + 24352.0) * q + 40320.0;
    let near = far - ((2.0 * c + 9.0) * n) / ten_steps(q);
    let value = if small { near } else { far };
    ends(x, value, f64::NEG_INFINITY)
}

/// The natural logarithm of the gamma function, for `x` above 0.
#[inline(always)]
#[must_use]
pub fn lgamma(x: f64) -> f64 {
    let small = x < 16.0;
    let y = if small { x + 10.0 } else { x };
    let r = 1.0 / y;
    let z = r * r;
    let far = ((y - 0.5) * log(y) - y) + (HALF_LOG_2PI + r * series(&GAMMA, z));
    let c = if small { x } else { 1.0 };
    let near = far - log(ten_steps(c * (c + 9.0)));
    let value = if small { near } else { far };
    ends(x, value, f64::INFINITY)
}

/// The product of `x + i` for `i` below 10, of `q = x * (x + 9)`.
#[inline(always)]
fn ten_steps(q: f64) -> f64 {
    q * ((((q + 60.0) * q + 1308.0) * q + 12176.0) * q + 40320.0)
}

#[inline(always)]
fn series(c: &[f64; 7], z: f64) -> f64 {
    (((((c[6] * z + c[5]) * z + c[4]) * z + c[3]) * z + c[2]) * z + c[1]) * z + c[0]
}

/// The values of digamma and `lgamma` where their formulas do not hold.
#[inline(always)]
fn ends(x: f64, value: f64, at_zero: f64) -> f64 {
    let value = if x < f64::INFINITY { value } else { x };
    let value = if x < 0.0 { INVALID } else { value };
    if x == 0.0 {
        at_zero
    } else if x.is_nan() {
        x
    } else {
        value
    }
}

/// A whole number times the natural logarithm of 2.
#[inline(always)]
#[must_use]
pub(crate) fn times_ln2(n: f64) -> f64 {
    n * LN2_HI + n * LN2_LO
}
