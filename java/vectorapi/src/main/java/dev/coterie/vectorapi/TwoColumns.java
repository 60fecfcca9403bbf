package dev.coterie.vectorapi;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Loops over two columns of rows of k, in one 128-bit vector. Arguments are those of the kernels;
 * {@code j} is the first column.
 */
final class TwoColumns {
  private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_128;

  private TwoColumns() {}

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
}
