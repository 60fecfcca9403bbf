package dev.coterie.internal.engine;

import dev.coterie.spi.Kernels;

/** Counts whose logarithms of gamma are taken together. Used by one thread. */
final class AutoBatch {
  private static final int SIZE = 256;

  private final Kernels kernels;
  private final double[] strengths;
  private final double[] own;
  private final int[] expert = new int[SIZE];
  private final double[] count = new double[SIZE];
  private final double[] share = new double[SIZE];
  private final double[] sign = new double[SIZE];
  private final double[] before = new double[SIZE];
  private final double[] after = new double[SIZE];
  private final double[] gammaBefore = new double[SIZE];
  private final double[] gammaAfter = new double[SIZE];
  private int length;

  /**
   * Makes an empty batch.
   *
   * @param own where the sums go, [expert][strength]
   */
  AutoBatch(Kernels kernels, double[] strengths, double[] own) {
    this.kernels = kernels;
    this.strengths = strengths;
    this.own = own;
  }

  /** Adds a count of an expert, and which share of the strength stands against it. */
  void add(int e, double x, double of, double direction, Workspace workspace) {
    if (length == SIZE) {
      flush(workspace);
    }
    expert[length] = e;
    count[length] = x;
    share[length] = of;
    sign[length] = direction;
    length++;
  }

  /** Adds what there is to the sums. */
  void flush(Workspace workspace) {
    int width = strengths.length;
    for (int i = 0; i < width; i++) {
      for (int at = 0; at < length; at++) {
        before[at] = strengths[i] * share[at];
        after[at] = before[at] + count[at];
      }
      Gamma.log(before, gammaBefore, 0, length, kernels, workspace);
      Gamma.log(after, gammaAfter, 0, length, kernels, workspace);
      for (int at = 0; at < length; at++) {
        int sum = expert[at] * width + i;
        own[sum] = own[sum] + sign[at] * (gammaAfter[at] - gammaBefore[at]);
      }
    }
    length = 0;
  }
}
