package dev.coterie.internal.engine;

import dev.coterie.spi.Elementary;
import dev.coterie.spi.Kernels;
import dev.coterie.spi.ScalarRows;
import java.util.Arrays;

/**
 * The kernels in plain Java. Elementary functions are cut in passes over arrays: the passes of
 * plain double arithmetic, which are most of the work, are then loops that HotSpot vectorises by
 * itself; only the passes that look at bits stay scalar.
 */
public final class ScalarKernels implements Kernels {
  private static final long ROUND_BITS = Double.doubleToRawLongBits(Elementary.ROUND);

  /** Up to this absolute value of the exponent the result of {@code exp} is a normal number. */
  private static final long MOST_EXPONENT = 1020;

  /** The exponent of the least argument that is not clamped, as {@code scale} gets it. */
  private static final double LEAST_T = Elementary.ROUND - 1076.0;

  /** The exponent of the greatest argument that is not clamped, as {@code scale} gets it. */
  private static final double GREATEST_T = Elementary.ROUND + 1024.0;

  @Override
  public void exp(double[] x, int n, double[] scratch) {
    reduce(x, n, scratch);
    scale(x, n, scratch);
  }

  /** Leaves the exponential of each fraction in {@code x} and each exponent in {@code out}. */
  private static void reduce(double[] x, int n, double[] out) {
    for (int i = 0; i < n; i++) {
      double v = x[i];
      double t = v * Elementary.INV_LN2 + Elementary.ROUND;
      double m = t - Elementary.ROUND;
      double hi = v - m * Elementary.LN2_HI;
      double lo = m * Elementary.LN2_LO;
      double r = hi - lo;
      double z = r * r;
      double even =
          (((Elementary.E8 * z + Elementary.E6) * z + Elementary.E4) * z + Elementary.E2) * z
              + Elementary.E0;
      double odd =
          (((Elementary.E9 * z + Elementary.E7) * z + Elementary.E5) * z + Elementary.E3) * z
              + Elementary.E1;
      double q = even + r * odd;
      x[i] = 1.0 + (hi + (z * q - lo));
      out[i] = t;
    }
  }

  private static void scale(double[] y, int n, double[] t) {
    for (int i = 0; i < n; i++) {
      long exponent = Double.doubleToRawLongBits(t[i]) - ROUND_BITS;
      if (exponent >= -MOST_EXPONENT && exponent <= MOST_EXPONENT) {
        // The result is a normal number, so both multiplications of the specification are exact:
        // adding to the exponent gives the same.
        y[i] = Double.longBitsToDouble(Double.doubleToRawLongBits(y[i]) + (exponent << 52));
      } else {
        y[i] = scaleFar(y[i], t[i]);
      }
    }
  }

  /** Scales where the argument may have been outside what the specification clamps it to. */
  private static double scaleFar(double y, double t) {
    if (t < LEAST_T) {
      return 0.0;
    }
    if (t > GREATEST_T) {
      return Double.POSITIVE_INFINITY;
    }
    return Elementary.scale(y, Double.doubleToRawLongBits(t));
  }

  @Override
  public void log(double[] x, int n, double[] scratch) {
    if (!normal(x, n)) {
      for (int i = 0; i < n; i++) {
        x[i] = Elementary.log(x[i]);
      }
      return;
    }
    split(x, n, scratch);
    logOf(x, n, scratch);
  }

  private static boolean normal(double[] x, int n) {
    boolean normal = true;
    for (int i = 0; i < n; i++) {
      normal &= x[i] >= Double.MIN_NORMAL && x[i] <= Double.MAX_VALUE;
    }
    return normal;
  }

  private static void split(double[] x, int n, double[] exponent) {
    for (int i = 0; i < n; i++) {
      long u = Double.doubleToRawLongBits(x[i]) + Elementary.LOG_SHIFT;
      exponent[i] =
          (Double.longBitsToDouble((u >>> 52) | Elementary.TWO_52_BITS) - Elementary.TWO_52)
              - Elementary.LOG_BIAS;
      x[i] = Double.longBitsToDouble((u & Elementary.MANTISSA) + Elementary.SQRT_HALF_BITS);
    }
  }

  private static void logOf(double[] x, int n, double[] exponent) {
    for (int i = 0; i < n; i++) {
      x[i] = Elementary.logOf(x[i], exponent[i]);
    }
  }

  @Override
  public void addToLanes(double[] lanes, double[] x, int n) {
    int i = 0;
    for (; i + Elementary.LANES <= n; i += Elementary.LANES) {
      for (int j = 0; j < Elementary.LANES; j++) {
        lanes[j] = lanes[j] + x[i + j];
      }
    }
    for (int j = 0; i < n; i++, j++) {
      lanes[j] = lanes[j] + x[i];
    }
  }

  @Override
  public void add(double[] target, double[] source, int from, int to) {
    for (int i = from; i < to; i++) {
      target[i] = target[i] + source[i];
    }
  }

  @Override
  public void addRows(double[] sums, double[] block, int rows, int k) {
    ScalarRows.addRows(sums, block, rows, k, 0, k);
  }

  @Override
  public void accumulate(
      double[] block,
      int first,
      int last,
      int k,
      int[] offsets,
      int[] rows,
      double[] weights,
      double[] prior,
      double[] table) {
    int j = 0;
    for (; j + 4 <= k; j += 4) {
      ScalarRows.accumulate4(block, first, last, k, j, offsets, rows, weights, prior, table);
    }
    if (j + 2 <= k) {
      ScalarRows.accumulate2(block, first, last, k, j, offsets, rows, weights, prior, table);
      j += 2;
    }
    if (j < k) {
      ScalarRows.accumulate1(block, first, last, k, j, offsets, rows, weights, prior, table);
    }
  }

  @Override
  public void multiply(
      double[] block,
      int first,
      int last,
      int k,
      int[] offsets,
      int[] rows,
      double[] prior,
      double[] table,
      long[] exponents) {
    Arrays.fill(exponents, 0, last - first, 0);
    int mid = ScalarRows.firstLong(first, last, offsets);
    int j = 0;
    for (; j + 4 <= k; j += 4) {
      ScalarRows.multiply4(block, first, mid, k, j, offsets, rows, prior, table);
    }
    if (j + 2 <= k) {
      ScalarRows.multiply2(block, first, mid, k, j, offsets, rows, prior, table);
      j += 2;
    }
    if (j < k) {
      ScalarRows.multiply1(block, first, mid, k, j, offsets, rows, prior, table);
    }
    for (int t = mid, out = (mid - first) * k; t < last; t++, out += k) {
      System.arraycopy(prior, 0, block, out, k);
      int end = offsets[t + 1];
      int from = offsets[t];
      for (; end - from > ScalarRows.RUN; from += ScalarRows.RUN) {
        ScalarRows.multiplyRun(block, out, 0, k, rows, from, from + ScalarRows.RUN, table);
        exponents[t - first] += ScalarRows.rescale(block, out, k);
      }
      ScalarRows.multiplyRun(block, out, 0, k, rows, from, end, table);
    }
  }

  @Override
  public void scatter(
      double[] counts,
      int first,
      int last,
      int k,
      int[] offsets,
      int[] rows,
      double[] weights,
      double[] block) {
    int j = 0;
    for (; j + 4 <= k; j += 4) {
      ScalarRows.scatter4(counts, first, last, k, j, offsets, rows, weights, block);
    }
    if (j + 2 <= k) {
      ScalarRows.scatter2(counts, first, last, k, j, offsets, rows, weights, block);
      j += 2;
    }
    if (j < k) {
      ScalarRows.scatter1(counts, first, last, k, j, offsets, rows, weights, block);
    }
  }

  @Override
  public void softmax(
      double[] block, int rows, int k, double[] norms, double[] sums, double[] scratch) {
    int n = rows * k;
    ScalarRows.subtractMaxima(block, rows, k, norms);
    exp(block, n, scratch);
    divideBySums(block, rows, k, sums, scratch);
    log(sums, rows, scratch);
    add(norms, sums, 0, rows);
  }

  @Override
  public void divideBySums(double[] block, int rows, int k, double[] sums, double[] scratch) {
    ScalarRows.sums(block, rows, k, sums, scratch);
    ScalarRows.spread(sums, rows, k, scratch);
    divide(block, scratch, rows * k);
  }

  private static void divide(double[] x, double[] y, int n) {
    for (int i = 0; i < n; i++) {
      x[i] = x[i] / y[i];
    }
  }
}
