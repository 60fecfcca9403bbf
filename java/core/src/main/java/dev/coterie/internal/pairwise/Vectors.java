package dev.coterie.internal.pairwise;

/** Sums in written order. */
final class Vectors {
  private Vectors() {}

  /** Returns the sum of the products, from the first to the last. */
  static double dot(double[] x, double[] y) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum = sum + x[i] * y[i];
    }
    return sum;
  }
}
