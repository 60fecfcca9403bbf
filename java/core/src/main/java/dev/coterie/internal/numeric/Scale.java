package dev.coterie.internal.numeric;

/**
 * Powers of two: all methods work on values whose largest is between 1/2 and 1, so that no square
 * overflows.
 */
final class Scale {
  private static final int BIAS = 1023;

  private Scale() {}

  /** Returns the e with {@code 2^(e-1) <= x < 2^e} of a finite x of at least 0; 0 for 0. */
  static int exponent(double x) {
    if (x == 0.0) {
      return 0;
    }
    boolean subnormal = x < Double.MIN_NORMAL;
    long bits = Double.doubleToRawLongBits(subnormal ? x * 0x1p54 : x);
    return (int) (bits >>> 52) - (BIAS - 1) - (subnormal ? 54 : 0);
  }

  /** Returns {@code x * 2^e}, in two steps, so that each power is a normal number. */
  static double scale(double x, int e) {
    int half = e >> 1;
    return (x * power(half)) * power(e - half);
  }

  private static double power(int e) {
    return Double.longBitsToDouble((long) (e + BIAS) << 52);
  }
}
