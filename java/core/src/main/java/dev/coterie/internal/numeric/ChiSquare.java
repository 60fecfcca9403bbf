package dev.coterie.internal.numeric;

import dev.coterie.spi.Elementary;

/** The chi-square distribution, as docs/numerics.md has it. */
final class ChiSquare {
  private static final double LARGEST_DEGREES = 1e6;
  private static final int MOST_STEPS = 100;
  private static final double HALF_LOG_TWO_PI = 0x1.d67f1c864beb5p-1;
  private static final double STIRLING_0 = 0x1.5555555555555p-4;
  private static final double STIRLING_1 = -0x1.6c16c16c16c17p-9;
  private static final double STIRLING_2 = 0x1.a01a01a01a01ap-11;
  private static final double STIRLING_3 = -0x1.3813813813814p-11;
  private static final double STIRLING_4 = 0x1.b951e2b18ff23p-11;

  private ChiSquare() {}

  /**
   * Returns what a variable is below with a probability. Takes time in proportion to the root of
   * the degrees of freedom.
   *
   * @param p the probability, above 0 and up to 1/2
   * @param n the degrees of freedom; the quantile is 0 when they are not above 0
   */
  static double quantile(double p, double n) {
    if (!(n > 0.0)) {
      return 0.0;
    }
    double a = 0.5 * Math.min(n, LARGEST_DEGREES);
    double goal = Elementary.log(p);
    double norm = logGammaAboveOne(a + 1.0);
    double t = (goal + norm) / a;
    for (int step = 0; step < MOST_STEPS; step++) {
      double x = Elementary.exp(t);
      double term = 1.0;
      double total = 1.0;
      for (double k = 1.0; term > total * 1e-17; k = k + 1.0) {
        term = term * (x / (a + k));
        total = total + term;
      }
      double excess = (((a * t - x) - norm) + Elementary.log(total)) - goal;
      double following = t - excess * total / a;
      if (!(following > t)) {
        break;
      }
      t = following;
    }
    double x = 2.0 * Elementary.exp(t);
    return n <= LARGEST_DEGREES ? x : n * (x / LARGEST_DEGREES);
  }

  /** Returns the logarithm of the gamma function of a z of at least 1. */
  private static double logGammaAboveOne(double z) {
    double product = 1.0;
    while (z < 16.0) {
      product = product * z;
      z = z + 1.0;
    }
    double r = 1.0 / z;
    double s = r * r;
    double series =
        r * (STIRLING_0 + s * (STIRLING_1 + s * (STIRLING_2 + s * (STIRLING_3 + s * STIRLING_4))));
    return (((z - 0.5) * Elementary.log(z) - z) + (HALF_LOG_TWO_PI + series))
        - Elementary.log(product);
  }
}
