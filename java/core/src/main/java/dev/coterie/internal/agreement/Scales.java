package dev.coterie.internal.agreement;

import dev.coterie.spi.Columns;
import dev.coterie.spi.MeasureProblem;
import java.util.Arrays;

/** Scales of numbers: categories of equal values, and numbers too small to be squared. */
final class Scales {
  /** What undoes the factor of small numbers. */
  static final double SMALLER = 0x1p-600;

  private static final double LARGER = 0x1p600;

  private Scales() {}

  /** Returns what numbers are multiplied by, exactly, so that their squares are not zero. */
  static double factor(double[] values) {
    double largest = 0.0;
    for (double x : values) {
      largest = Math.max(largest, Math.abs(x));
    }
    return largest > 0.0 && largest < 0x1p-300 ? LARGER : 1.0;
  }

  /** Returns the numbers, multiplied by their factor. */
  static double[] scaled(double[] values) {
    double factor = factor(values);
    double[] result = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      result[i] = values[i] * factor;
    }
    return result;
  }

  /** Returns the number of each label: the given one, or its index. */
  static double[] labelValues(MeasureProblem problem) {
    if (problem.first() != null) {
      return problem.first();
    }
    double[] values = new double[problem.labels()];
    Arrays.setAll(values, label -> label);
    return values;
  }

  /** The category of each answer, and the value of each category in ascending order. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record Categories(int[] of, double[] value) {

    /** Takes labels as they are. */
    static Categories ofLabels(Columns.Heap table) {
      double[] value = new double[table.labels()];
      Arrays.setAll(value, label -> label);
      return new Categories(table.label(), value);
    }

    /** Makes one category for each value that appears. */
    static Categories ofValues(MeasureProblem problem, Columns.Heap table) {
      int n = table.size();
      if (table.label() == null) {
        double[] distinct = distinct(problem.first(), n);
        int[] of = new int[n];
        Arrays.setAll(of, i -> Arrays.binarySearch(distinct, problem.first()[i] + 0.0));
        return new Categories(of, distinct);
      }
      double[] values = labelValues(problem);
      boolean[] used = new boolean[values.length];
      for (int i = 0; i < n; i++) {
        used[table.label()[i]] = true;
      }
      double[] present = new double[values.length];
      int size = 0;
      for (int label = 0; label < values.length; label++) {
        if (used[label]) {
          present[size++] = values[label];
        }
      }
      double[] distinct = distinct(present, size);
      int[] category = new int[values.length];
      Arrays.setAll(category, label -> Arrays.binarySearch(distinct, values[label] + 0.0));
      int[] of = new int[n];
      Arrays.setAll(of, i -> category[table.label()[i]]);
      return new Categories(of, distinct);
    }

    /** Returns the values in ascending order, each once; a negative zero becomes a positive one. */
    private static double[] distinct(double[] values, int n) {
      double[] sorted = new double[n];
      for (int i = 0; i < n; i++) {
        sorted[i] = values[i] + 0.0;
      }
      Arrays.sort(sorted);
      int size = 0;
      for (int i = 0; i < n; i++) {
        if (i == 0 || sorted[i] != sorted[i - 1]) {
          sorted[size++] = sorted[i];
        }
      }
      return Arrays.copyOf(sorted, size);
    }
  }
}
