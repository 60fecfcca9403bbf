package dev.coterie.spi;

/**
 * Plain loops over rows, for some columns of each: what {@link Kernels} are made of where no vector
 * fits. A column's result does not depend on the width of the loop that computes it. Arguments are
 * those of the kernels; {@code j} is the first column of the loop.
 */
public final class ScalarRows {
  private ScalarRows() {}

  /** {@link Kernels#accumulate} for the columns j to j+3. */
  public static void accumulate4(
      double[] block,
      int first,
      int last,
      int k,
      int j,
      int[] offsets,
      int[] rows,
      double[] weights,
      double[] prior,
      double[] table) {
    double p0 = prior[j];
    double p1 = prior[j + 1];
    double p2 = prior[j + 2];
    double p3 = prior[j + 3];
    int out = j;
    int i = offsets[first];
    for (int t = first; t < last; t++, out += k) {
      int end = offsets[t + 1];
      double x0 = p0;
      double x1 = p1;
      double x2 = p2;
      double x3 = p3;
      if (weights == null) {
        for (; i < end; i++) {
          int row = rows[i] + j;
          x0 = x0 + table[row];
          x1 = x1 + table[row + 1];
          x2 = x2 + table[row + 2];
          x3 = x3 + table[row + 3];
        }
      } else {
        for (; i < end; i++) {
          int row = rows[i] + j;
          double w = weights[i];
          x0 = x0 + w * table[row];
          x1 = x1 + w * table[row + 1];
          x2 = x2 + w * table[row + 2];
          x3 = x3 + w * table[row + 3];
        }
      }
      block[out] = x0;
      block[out + 1] = x1;
      block[out + 2] = x2;
      block[out + 3] = x3;
    }
  }

  /** {@link Kernels#accumulate} for the columns j and j+1. */
  public static void accumulate2(
      double[] block,
      int first,
      int last,
      int k,
      int j,
      int[] offsets,
      int[] rows,
      double[] weights,
      double[] prior,
      double[] table) {
    double p0 = prior[j];
    double p1 = prior[j + 1];
    int out = j;
    int i = offsets[first];
    for (int t = first; t < last; t++, out += k) {
      int end = offsets[t + 1];
      double x0 = p0;
      double x1 = p1;
      if (weights == null) {
        for (; i < end; i++) {
          int row = rows[i] + j;
          x0 = x0 + table[row];
          x1 = x1 + table[row + 1];
        }
      } else {
        for (; i < end; i++) {
          int row = rows[i] + j;
          double w = weights[i];
          x0 = x0 + w * table[row];
          x1 = x1 + w * table[row + 1];
        }
      }
      block[out] = x0;
      block[out + 1] = x1;
    }
  }

  /** {@link Kernels#accumulate} for the column j. */
  public static void accumulate1(
      double[] block,
      int first,
      int last,
      int k,
      int j,
      int[] offsets,
      int[] rows,
      double[] weights,
      double[] prior,
      double[] table) {
    double p = prior[j];
    int out = j;
    int i = offsets[first];
    for (int t = first; t < last; t++, out += k) {
      int end = offsets[t + 1];
      double x = p;
      if (weights == null) {
        for (; i < end; i++) {
          x = x + table[rows[i] + j];
        }
      } else {
        for (; i < end; i++) {
          x = x + weights[i] * table[rows[i] + j];
        }
      }
      block[out] = x;
    }
  }

  /** The answers between two rescalings of a product. */
  public static final int RUN = 16;

  /**
   * Returns the first of the tasks {@code [first, last)} that has more answers than a {@link #RUN},
   * or {@code last}: up to there no product is rescaled.
   */
  public static int firstLong(int first, int last, int[] offsets) {
    int t = first;
    while (t < last && offsets[t + 1] - offsets[t] <= RUN) {
      t++;
    }
    return t;
  }

  /** {@link Kernels#multiply} of tasks without rescaling, for the columns j to j+3. */
  public static void multiply4(
      double[] block,
      int first,
      int last,
      int k,
      int j,
      int[] offsets,
      int[] rows,
      double[] prior,
      double[] table) {
    double p0 = prior[j];
    double p1 = prior[j + 1];
    double p2 = prior[j + 2];
    double p3 = prior[j + 3];
    int out = j;
    int i = offsets[first];
    for (int t = first; t < last; t++, out += k) {
      int end = offsets[t + 1];
      double x0 = p0;
      double x1 = p1;
      double x2 = p2;
      double x3 = p3;
      for (; i < end; i++) {
        int row = rows[i] + j;
        x0 = x0 * table[row];
        x1 = x1 * table[row + 1];
        x2 = x2 * table[row + 2];
        x3 = x3 * table[row + 3];
      }
      block[out] = x0;
      block[out + 1] = x1;
      block[out + 2] = x2;
      block[out + 3] = x3;
    }
  }

  /** {@link Kernels#multiply} of tasks without rescaling, for the columns j and j+1. */
  public static void multiply2(
      double[] block,
      int first,
      int last,
      int k,
      int j,
      int[] offsets,
      int[] rows,
      double[] prior,
      double[] table) {
    double p0 = prior[j];
    double p1 = prior[j + 1];
    int out = j;
    int i = offsets[first];
    for (int t = first; t < last; t++, out += k) {
      int end = offsets[t + 1];
      double x0 = p0;
      double x1 = p1;
      for (; i < end; i++) {
        int row = rows[i] + j;
        x0 = x0 * table[row];
        x1 = x1 * table[row + 1];
      }
      block[out] = x0;
      block[out + 1] = x1;
    }
  }

  /** {@link Kernels#multiply} of tasks without rescaling, for the column j. */
  public static void multiply1(
      double[] block,
      int first,
      int last,
      int k,
      int j,
      int[] offsets,
      int[] rows,
      double[] prior,
      double[] table) {
    double p = prior[j];
    int out = j;
    int i = offsets[first];
    for (int t = first; t < last; t++, out += k) {
      int end = offsets[t + 1];
      double x = p;
      for (; i < end; i++) {
        x = x * table[rows[i] + j];
      }
      block[out] = x;
    }
  }

  /** Multiplies the columns {@code [j, k)} of the row at {@code out} by those of some answers. */
  public static void multiplyRun(
      double[] block, int out, int j, int k, int[] rows, int from, int to, double[] table) {
    for (int i = from; i < to; i++) {
      int row = rows[i];
      for (int column = j; column < k; column++) {
        block[out + column] = block[out + column] * table[row + column];
      }
    }
  }

  /**
   * Multiplies a row by the power of 2 that brings its largest element to between 1 and 2.
   *
   * @return the exponent that was taken out
   */
  public static long rescale(double[] block, int at, int k) {
    double top = block[at];
    for (int j = 1; j < k; j++) {
      top = Math.max(top, block[at + j]);
    }
    long biased = Double.doubleToRawLongBits(top) >>> 52;
    double scale = Double.longBitsToDouble((2046 - biased) << 52);
    for (int j = 0; j < k; j++) {
      block[at + j] = block[at + j] * scale;
    }
    return biased - 1023;
  }

  /** {@link Kernels#scatter} for the columns j to j+3. */
  public static void scatter4(
      double[] counts,
      int first,
      int last,
      int k,
      int j,
      int[] offsets,
      int[] rows,
      double[] weights,
      double[] block) {
    int in = j;
    int i = offsets[first];
    for (int t = first; t < last; t++, in += k) {
      int end = offsets[t + 1];
      double p0 = block[in];
      double p1 = block[in + 1];
      double p2 = block[in + 2];
      double p3 = block[in + 3];
      if (weights == null) {
        for (; i < end; i++) {
          int row = rows[i] + j;
          counts[row] = counts[row] + p0;
          counts[row + 1] = counts[row + 1] + p1;
          counts[row + 2] = counts[row + 2] + p2;
          counts[row + 3] = counts[row + 3] + p3;
        }
      } else {
        for (; i < end; i++) {
          int row = rows[i] + j;
          double w = weights[i];
          counts[row] = counts[row] + w * p0;
          counts[row + 1] = counts[row + 1] + w * p1;
          counts[row + 2] = counts[row + 2] + w * p2;
          counts[row + 3] = counts[row + 3] + w * p3;
        }
      }
    }
  }

  /** {@link Kernels#scatter} for the columns j and j+1. */
  public static void scatter2(
      double[] counts,
      int first,
      int last,
      int k,
      int j,
      int[] offsets,
      int[] rows,
      double[] weights,
      double[] block) {
    int in = j;
    int i = offsets[first];
    for (int t = first; t < last; t++, in += k) {
      int end = offsets[t + 1];
      double p0 = block[in];
      double p1 = block[in + 1];
      if (weights == null) {
        for (; i < end; i++) {
          int row = rows[i] + j;
          counts[row] = counts[row] + p0;
          counts[row + 1] = counts[row + 1] + p1;
        }
      } else {
        for (; i < end; i++) {
          int row = rows[i] + j;
          double w = weights[i];
          counts[row] = counts[row] + w * p0;
          counts[row + 1] = counts[row + 1] + w * p1;
        }
      }
    }
  }

  /** {@link Kernels#scatter} for the column j. */
  public static void scatter1(
      double[] counts,
      int first,
      int last,
      int k,
      int j,
      int[] offsets,
      int[] rows,
      double[] weights,
      double[] block) {
    int in = j;
    int i = offsets[first];
    for (int t = first; t < last; t++, in += k) {
      int end = offsets[t + 1];
      double p = block[in];
      if (weights == null) {
        for (; i < end; i++) {
          int row = rows[i] + j;
          counts[row] = counts[row] + p;
        }
      } else {
        for (; i < end; i++) {
          int row = rows[i] + j;
          counts[row] = counts[row] + weights[i] * p;
        }
      }
    }
  }

  /** Adds the rows of a block, in order, to the sums of the columns {@code [from, to)}. */
  public static void addRows(double[] sums, double[] block, int rows, int k, int from, int to) {
    int j = from;
    for (; j + 4 <= to; j += 4) {
      double s0 = sums[j];
      double s1 = sums[j + 1];
      double s2 = sums[j + 2];
      double s3 = sums[j + 3];
      for (int r = 0, at = j; r < rows; r++, at += k) {
        s0 = s0 + block[at];
        s1 = s1 + block[at + 1];
        s2 = s2 + block[at + 2];
        s3 = s3 + block[at + 3];
      }
      sums[j] = s0;
      sums[j + 1] = s1;
      sums[j + 2] = s2;
      sums[j + 3] = s3;
    }
    for (; j < to; j++) {
      double s = sums[j];
      for (int r = 0, at = j; r < rows; r++, at += k) {
        s = s + block[at];
      }
      sums[j] = s;
    }
  }

  /** Subtracts from each row its largest element, which goes to {@code maxima}. */
  public static void subtractMaxima(double[] block, int rows, int k, double[] maxima) {
    switch (k) {
      case 2 -> subtractMaxima2(block, rows, maxima);
      case 4 -> subtractMaxima4(block, rows, maxima);
      default -> {
        for (int r = 0, at = 0; r < rows; r++, at += k) {
          double m = k < 4 ? maximum(block, at, at + k) : maximumOfMany(block, at, at + k);
          maxima[r] = m;
          for (int j = 0; j < k; j++) {
            block[at + j] = block[at + j] - m;
          }
        }
      }
    }
  }

  private static double maximum(double[] x, int from, int to) {
    double m = x[from];
    for (int i = from + 1; i < to; i++) {
      m = Math.max(m, x[i]);
    }
    return m;
  }

  /** As {@link #maximum} of at least 4, in four chains that do not wait for each other. */
  private static double maximumOfMany(double[] x, int from, int to) {
    double m0 = x[from];
    double m1 = x[from + 1];
    double m2 = x[from + 2];
    double m3 = x[from + 3];
    int i = from + 4;
    for (; i + 4 <= to; i += 4) {
      m0 = Math.max(m0, x[i]);
      m1 = Math.max(m1, x[i + 1]);
      m2 = Math.max(m2, x[i + 2]);
      m3 = Math.max(m3, x[i + 3]);
    }
    for (; i < to; i++) {
      m0 = Math.max(m0, x[i]);
    }
    return Math.max(Math.max(m0, m2), Math.max(m1, m3));
  }

  private static void subtractMaxima2(double[] block, int rows, double[] maxima) {
    for (int r = 0, at = 0; r < rows; r++, at += 2) {
      double x0 = block[at];
      double x1 = block[at + 1];
      double m = Math.max(x0, x1);
      maxima[r] = m;
      block[at] = x0 - m;
      block[at + 1] = x1 - m;
    }
  }

  private static void subtractMaxima4(double[] block, int rows, double[] maxima) {
    for (int r = 0, at = 0; r < rows; r++, at += 4) {
      double x0 = block[at];
      double x1 = block[at + 1];
      double x2 = block[at + 2];
      double x3 = block[at + 3];
      double m = Math.max(Math.max(x0, x2), Math.max(x1, x3));
      maxima[r] = m;
      block[at] = x0 - m;
      block[at + 1] = x1 - m;
      block[at + 2] = x2 - m;
      block[at + 3] = x3 - m;
    }
  }

  /**
   * Writes the striped sum of each row of elements that are not negative.
   *
   * @param lanes at least 32 elements, overwritten
   */
  public static void sums(double[] block, int rows, int k, double[] sums, double[] lanes) {
    switch (k) {
      case 2 -> {
        for (int r = 0; r < rows; r++) {
          sums[r] = block[2 * r] + block[2 * r + 1];
        }
      }
      case 3 -> {
        for (int r = 0; r < rows; r++) {
          sums[r] = (block[3 * r] + block[3 * r + 2]) + block[3 * r + 1];
        }
      }
      case 4 -> {
        for (int r = 0; r < rows; r++) {
          int at = 4 * r;
          sums[r] = (block[at] + block[at + 2]) + (block[at + 1] + block[at + 3]);
        }
      }
      case 5, 6, 7, 8 -> {
        for (int r = 0; r < rows; r++) {
          sums[r] = sumOfFiveToEight(block, r * k, k);
        }
      }
      default -> {
        for (int r = 0; r < rows; r++) {
          sums[r] = sum(block, r * k, k, lanes);
        }
      }
    }
  }

  private static double sumOfFiveToEight(double[] x, int at, int n) {
    double s0 = x[at] + x[at + 4];
    double s1 = n > 5 ? x[at + 1] + x[at + 5] : x[at + 1];
    double s2 = n > 6 ? x[at + 2] + x[at + 6] : x[at + 2];
    double s3 = n > 7 ? x[at + 3] + x[at + 7] : x[at + 3];
    return (s0 + s2) + (s1 + s3);
  }

  /**
   * Returns the striped sum of {@code x[from .. from+n)}, whose elements are not negative.
   *
   * @param lanes at least 32 elements, overwritten
   */
  public static double sum(double[] x, int from, int n, double[] lanes) {
    int used = Math.min(n, Elementary.LANES);
    for (int i = 0; i < used; i++) {
      lanes[i] = x[from + i];
    }
    for (int i = used; i < n; i++) {
      int lane = i % Elementary.LANES;
      lanes[lane] = lanes[lane] + x[from + i];
    }
    // Lanes without an element hold +0.0, which changes no sum of elements that are not negative.
    for (int width = Elementary.LANES / 2; width > 0; width /= 2) {
      for (int i = 0; i + width < used; i++) {
        lanes[i] = lanes[i] + lanes[i + width];
      }
      used = Math.min(used, width);
    }
    return n == 0 ? 0.0 : lanes[0];
  }

  /** Writes each row's value k times: {@code out[r*k + j] = values[r]}. */
  public static void spread(double[] values, int rows, int k, double[] out) {
    if (k == 4) {
      for (int r = 0; r < rows; r++) {
        double v = values[r];
        out[4 * r] = v;
        out[4 * r + 1] = v;
        out[4 * r + 2] = v;
        out[4 * r + 3] = v;
      }
      return;
    }
    for (int r = 0, at = 0; r < rows; r++, at += k) {
      double v = values[r];
      for (int j = 0; j < k; j++) {
        out[at + j] = v;
      }
    }
  }
}
