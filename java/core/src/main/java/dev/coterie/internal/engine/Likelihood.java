package dev.coterie.internal.engine;

import dev.coterie.spi.Elementary;
import java.util.Arrays;

/**
 * The sum of the logarithms of a span's totals, of which few are taken: mantissas are multiplied,
 * exponents added. See docs/numerics.md, section 6. Used by one thread, for one span at a time.
 */
final class Likelihood {
  /** After how many groups of lanes the products become logarithms. */
  private static final int GROUPS = 16;

  private final double[] lanes = new double[Elementary.LANES];
  private final double[] products = new double[Elementary.LANES];
  private final long[] exponents = new long[Elementary.LANES];
  private int groups;

  /** Begins a span. */
  void clear() {
    Arrays.fill(lanes, 0.0);
    Arrays.fill(products, 1.0);
    Arrays.fill(exponents, 0);
    groups = 0;
  }

  /**
   * Takes in the totals of a block, times the powers of 2; all blocks of a span but the last are
   * multiples of the lanes.
   */
  void add(double[] totals, long[] powers, int n) {
    for (int from = 0; from < n; from += Elementary.LANES) {
      int size = Math.min(n - from, Elementary.LANES);
      for (int lane = 0; lane < size; lane++) {
        long bits = Double.doubleToRawLongBits(totals[from + lane]);
        double mantissa = Double.longBitsToDouble((bits & Elementary.MANTISSA) | Elementary.ONE);
        products[lane] = products[lane] * mantissa;
        exponents[lane] += (bits >>> 52) - 1023 + powers[from + lane];
      }
      if (++groups == GROUPS) {
        flush();
      }
    }
  }

  private void flush() {
    for (int lane = 0; lane < Elementary.LANES; lane++) {
      lanes[lane] = lanes[lane] + Elementary.log(products[lane]);
      products[lane] = 1.0;
    }
    groups = 0;
  }

  /** Ends the span and returns its log-likelihood. */
  double total() {
    flush();
    for (int lane = 0; lane < Elementary.LANES; lane++) {
      lanes[lane] = lanes[lane] + Elementary.timesLn2((double) exponents[lane]);
    }
    return Elementary.fold(lanes);
  }
}
