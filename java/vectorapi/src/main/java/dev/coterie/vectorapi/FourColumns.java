package dev.coterie.vectorapi;

import static jdk.incubator.vector.VectorOperators.GT;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Loops over four columns of rows of k, in one 256-bit vector. Arguments are those of the kernels;
 * {@code j} is the first column.
 */
final class FourColumns {
  private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_256;

  /** Brings lane i to lane i xor 2. */
  private static final VectorShuffle<Double> HALVES = VectorShuffle.fromValues(SPECIES, 2, 3, 0, 1);

  /** Brings lane i to lane i xor 1. */
  private static final VectorShuffle<Double> PAIRS = VectorShuffle.fromValues(SPECIES, 1, 0, 3, 2);

  private FourColumns() {}

  /** The logits when all weights are 1. */
  static void accumulate(
      double[] block,
      int first,
      int last,
      int k,
      int j,
      int[] offsets,
      int[] rows,
      double[] prior,
      double[] table) {
    DoubleVector start = DoubleVector.fromArray(SPECIES, prior, j);
    int out = j;
    int i = offsets[first];
    for (int t = first; t < last; t++, out += k) {
      int end = offsets[t + 1];
      DoubleVector x = start;
      for (; i < end; i++) {
        x = x.add(DoubleVector.fromArray(SPECIES, table, rows[i] + j));
      }
      x.intoArray(block, out);
    }
  }

  /** The logits of weighted answers. */
  static void accumulate(
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
    DoubleVector start = DoubleVector.fromArray(SPECIES, prior, j);
    int out = j;
    int i = offsets[first];
    for (int t = first; t < last; t++, out += k) {
      int end = offsets[t + 1];
      DoubleVector x = start;
      for (; i < end; i++) {
        x = x.add(DoubleVector.fromArray(SPECIES, table, rows[i] + j).mul(weights[i]));
      }
      x.intoArray(block, out);
    }
  }

  /** The products of tasks without rescaling. */
  static void multiply(
      double[] block,
      int first,
      int last,
      int k,
      int j,
      int[] offsets,
      int[] rows,
      double[] prior,
      double[] table) {
    DoubleVector start = DoubleVector.fromArray(SPECIES, prior, j);
    int out = j;
    int i = offsets[first];
    for (int t = first; t < last; t++, out += k) {
      int end = offsets[t + 1];
      DoubleVector x = start;
      for (; i < end; i++) {
        x = x.mul(DoubleVector.fromArray(SPECIES, table, rows[i] + j));
      }
      x.intoArray(block, out);
    }
  }

  /** Multiplies the columns at {@code at} by those of some answers. */
  static void multiplyRun(
      double[] block, int at, int j, int[] rows, int from, int to, double[] table) {
    DoubleVector x = DoubleVector.fromArray(SPECIES, block, at);
    for (int i = from; i < to; i++) {
      x = x.mul(DoubleVector.fromArray(SPECIES, table, rows[i] + j));
    }
    x.intoArray(block, at);
  }

  /** The counts when all weights are 1. */
  static void scatter(
      double[] counts,
      int first,
      int last,
      int k,
      int j,
      int[] offsets,
      int[] rows,
      double[] block) {
    int in = j;
    int i = offsets[first];
    for (int t = first; t < last; t++, in += k) {
      int end = offsets[t + 1];
      DoubleVector p = DoubleVector.fromArray(SPECIES, block, in);
      for (; i < end; i++) {
        int row = rows[i] + j;
        DoubleVector.fromArray(SPECIES, counts, row).add(p).intoArray(counts, row);
      }
    }
  }

  /** The counts of weighted answers. */
  static void scatter(
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
      DoubleVector p = DoubleVector.fromArray(SPECIES, block, in);
      for (; i < end; i++) {
        int row = rows[i] + j;
        DoubleVector.fromArray(SPECIES, counts, row).add(p.mul(weights[i])).intoArray(counts, row);
      }
    }
  }

  /** Adds the rows of a block, in order, to the sums of the columns. */
  static void addRows(double[] sums, double[] block, int rows, int k, int j) {
    DoubleVector sum = DoubleVector.fromArray(SPECIES, sums, j);
    for (int r = 0, at = j; r < rows; r++, at += k) {
      sum = sum.add(DoubleVector.fromArray(SPECIES, block, at));
    }
    sum.intoArray(sums, j);
  }

  /** Subtracts from each row of four its largest element, which goes to {@code maxima}. */
  static void subtractMaxima(double[] block, int rows, double[] maxima) {
    for (int r = 0; r < rows; r++) {
      DoubleVector x = DoubleVector.fromArray(SPECIES, block, 4 * r);
      DoubleVector m = larger(x, x.rearrange(HALVES));
      m = larger(m, m.rearrange(PAIRS));
      maxima[r] = m.lane(0);
      x.sub(m).intoArray(block, 4 * r);
    }
  }

  /** As above for rows of k, at least 4. */
  static void subtractMaxima(double[] block, int rows, int k, double[] maxima) {
    for (int r = 0, at = 0; r < rows; r++, at += k) {
      int end = at + k;
      DoubleVector x = DoubleVector.fromArray(SPECIES, block, at);
      int i = at + 4;
      for (; i + 4 <= end; i += 4) {
        x = larger(x, DoubleVector.fromArray(SPECIES, block, i));
      }
      x = larger(x, x.rearrange(HALVES));
      double m = larger(x, x.rearrange(PAIRS)).lane(0);
      for (; i < end; i++) {
        m = Math.max(m, block[i]);
      }
      maxima[r] = m;
      for (i = at; i + 4 <= end; i += 4) {
        DoubleVector.fromArray(SPECIES, block, i).sub(m).intoArray(block, i);
      }
      for (; i < end; i++) {
        block[i] = block[i] - m;
      }
    }
  }

  /** Divides each row of k by its sum. */
  static void divide(double[] block, int rows, int k, double[] sums) {
    for (int r = 0, at = 0; r < rows; r++, at += k) {
      int end = at + k;
      double s = sums[r];
      int i = at;
      for (; i + 4 <= end; i += 4) {
        DoubleVector.fromArray(SPECIES, block, i).div(s).intoArray(block, i);
      }
      for (; i < end; i++) {
        block[i] = block[i] / s;
      }
    }
  }

  private static DoubleVector larger(DoubleVector x, DoubleVector y) {
    return x.blend(y, y.compare(GT, x));
  }

  /** Divides each row of four by its striped sum, which goes to {@code sums}. */
  static void divideBySums(double[] block, int rows, double[] sums) {
    for (int r = 0; r < rows; r++) {
      DoubleVector x = DoubleVector.fromArray(SPECIES, block, 4 * r);
      DoubleVector s = x.add(x.rearrange(HALVES));
      s = s.add(s.rearrange(PAIRS));
      sums[r] = s.lane(0);
      x.div(s).intoArray(block, 4 * r);
    }
  }
}
