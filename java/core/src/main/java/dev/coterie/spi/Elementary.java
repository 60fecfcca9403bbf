package dev.coterie.spi;

/**
 * The elementary functions of docs/numerics.md on single values, and their constants. Every
 * implementation of {@link Kernels} takes both from here, so that its tails give the same bits as
 * its loops. All methods are pure.
 */
public final class Elementary {
  /** The number of virtual lanes of a striped sum. */
  public static final int LANES = 32;

  /** The least argument of {@code exp} that is not clamped. */
  public static final double EXP_LEAST = -746.0;

  /** The greatest argument of {@code exp} that is not clamped. */
  public static final double EXP_GREATEST = 710.0;

  /** Up to this absolute value of its argument {@code exp} is a normal number. */
  public static final double EXP_NORMAL = 707.0;

  /** {@code 1/ln 2}. */
  public static final double INV_LN2 = 0x1.71547652b82fep+0;

  /** The upper bits of {@code ln 2}; its product with a small integer is exact. */
  public static final double LN2_HI = 0x1.62e42fee00000p-1;

  /** {@code ln 2 - LN2_HI}. */
  public static final double LN2_LO = 0x1.a39ef35793c76p-33;

  /** Added to a small value it leaves the nearest integer in the low bits. */
  public static final double ROUND = 0x1.8p+52;

  /** What is added to {@code bits(t)} so that the exponent of {@code exp} is positive. */
  public static final long EXP_BIAS = 2048 - 0x4338000000000000L;

  /** The coefficient of index 0 in the polynomial of {@code exp}. */
  public static final double E0 = 0x1.000000000000bp-1;

  /** The coefficient of index 1 in the polynomial of {@code exp}. */
  public static final double E1 = 0x1.5555555555561p-3;

  /** The coefficient of index 2 in the polynomial of {@code exp}. */
  public static final double E2 = 0x1.55555555503d0p-5;

  /** The coefficient of index 3 in the polynomial of {@code exp}. */
  public static final double E3 = 0x1.111111110d7abp-7;

  /** The coefficient of index 4 in the polynomial of {@code exp}. */
  public static final double E4 = 0x1.6c16c18504e19p-10;

  /** The coefficient of index 5 in the polynomial of {@code exp}. */
  public static final double E5 = 0x1.a01a01ba78d26p-13;

  /** The coefficient of index 6 in the polynomial of {@code exp}. */
  public static final double E6 = 0x1.a0199806ff218p-16;

  /** The coefficient of index 7 in the polynomial of {@code exp}. */
  public static final double E7 = 0x1.71dde0981601cp-19;

  /** The coefficient of index 8 in the polynomial of {@code exp}. */
  public static final double E8 = 0x1.28af1e7e21b5ep-22;

  /** The coefficient of index 9 in the polynomial of {@code exp}. */
  public static final double E9 = 0x1.af846970a53a5p-26;

  /** The coefficient of index 0 in the polynomial of {@code log}. */
  public static final double L0 = 0x1.555555555558fp-1;

  /** The coefficient of index 1 in the polynomial of {@code log}. */
  public static final double L1 = 0x1.9999999980d1dp-2;

  /** The coefficient of index 2 in the polynomial of {@code log}. */
  public static final double L2 = 0x1.249249413b398p-2;

  /** The coefficient of index 3 in the polynomial of {@code log}. */
  public static final double L3 = 0x1.c71c528a107a7p-3;

  /** The coefficient of index 4 in the polynomial of {@code log}. */
  public static final double L4 = 0x1.7466274cbf1c6p-3;

  /** The coefficient of index 5 in the polynomial of {@code log}. */
  public static final double L5 = 0x1.39a3e5655c1a1p-3;

  /** The coefficient of index 6 in the polynomial of {@code log}. */
  public static final double L6 = 0x1.2ef13e812fa4bp-3;

  /** The bits of about {@code sqrt(1/2)}: the least mantissa of {@code log}. */
  public static final long SQRT_HALF_BITS = 0x3FE6A09E667F3BCDL;

  /** {@code bits(1) - SQRT_HALF_BITS}. */
  public static final long LOG_SHIFT = 0x3FF0000000000000L - SQRT_HALF_BITS;

  /** The mantissa of a double. */
  public static final long MANTISSA = 0x000FFFFFFFFFFFFFL;

  /** The bits of 1. */
  public static final long ONE = 0x3FF0000000000000L;

  /** {@code 2^52}: an integer in its low bits is the integer added. */
  public static final double TWO_52 = 0x1p+52;

  /** The bits of {@link #TWO_52}. */
  public static final long TWO_52_BITS = 0x4330000000000000L;

  /** The bias of the exponent. */
  public static final double LOG_BIAS = 1023.0;

  private Elementary() {}

  /** Returns {@code e^x}. */
  public static double exp(double x) {
    if (Double.isNaN(x)) {
      return x;
    }
    x = Math.min(Math.max(x, EXP_LEAST), EXP_GREATEST);
    double t = x * INV_LN2 + ROUND;
    double n = t - ROUND;
    double hi = x - n * LN2_HI;
    double lo = n * LN2_LO;
    double r = hi - lo;
    double z = r * r;
    double even = (((E8 * z + E6) * z + E4) * z + E2) * z + E0;
    double odd = (((E9 * z + E7) * z + E5) * z + E3) * z + E1;
    double q = even + r * odd;
    return scale(1.0 + (hi + (z * q - lo)), Double.doubleToRawLongBits(t));
  }

  /** Returns {@code y * 2^n}, where {@code bits} are those of {@code n + ROUND}. */
  public static double scale(double y, long bits) {
    long k = bits + EXP_BIAS;
    long k1 = k >>> 1;
    long k2 = k - k1;
    return (y * Double.longBitsToDouble((k1 - 1) << 52)) * Double.longBitsToDouble((k2 - 1) << 52);
  }

  /** Returns the natural logarithm of {@code x}. */
  public static double log(double x) {
    if (Double.isNaN(x) || x == Double.POSITIVE_INFINITY) {
      return x;
    }
    if (x == 0.0) {
      return Double.NEGATIVE_INFINITY;
    }
    if (x < 0.0) {
      return Double.NaN;
    }
    double bias = LOG_BIAS;
    if (x < Double.MIN_NORMAL) {
      x = x * 0x1p+54;
      bias = LOG_BIAS + 54.0;
    }
    long u = Double.doubleToRawLongBits(x) + LOG_SHIFT;
    double d = (Double.longBitsToDouble((u >>> 52) | TWO_52_BITS) - TWO_52) - bias;
    return logOf(Double.longBitsToDouble((u & MANTISSA) + SQRT_HALF_BITS), d);
  }

  /** Returns the logarithm of {@code m * 2^d}, for m between sqrt(1/2) and sqrt(2). */
  public static double logOf(double m, double d) {
    double f = m - 1.0;
    double s = f / (2.0 + f);
    double z = s * s;
    double w = z * z;
    double odd = w * (L1 + w * (L3 + w * L5));
    double even = z * (L0 + w * (L2 + w * (L4 + w * L6)));
    double rest = odd + even;
    double half = (0.5 * f) * f;
    return d * LN2_HI - ((half - (s * (half + rest) + d * LN2_LO)) - f);
  }

  /** Returns the sum of the first 32 elements of {@code lanes} by the fixed tree, in place. */
  public static double fold(double[] lanes) {
    for (int width = LANES / 2; width > 0; width /= 2) {
      for (int i = 0; i < width; i++) {
        lanes[i] = lanes[i] + lanes[i + width];
      }
    }
    return lanes[0];
  }

  /** Returns a whole number times the natural logarithm of 2. */
  public static double timesLn2(double n) {
    return n * LN2_HI + n * LN2_LO;
  }
}
