package dev.coterie.internal.engine;

import dev.coterie.spi.Elementary;
import java.util.Arrays;

/** Lower quantiles of the chi-square distribution, as docs/methods/catd.md has them. */
public final class ChiSquare {
  /** With more degrees of freedom the quantile grows in proportion to them. */
  private static final double LARGEST_DEGREES = 1e6;

  /** Whole degrees of freedom below this are computed once. */
  private static final int KEPT = 4096;

  private static final int MOST_STEPS = 100;

  /** Terms that are smaller, compared with their sum, are left out. */
  private static final double NEGLIGIBLE = 1e-17;

  private static final double HALF_LOG_TWO_PI = 0x1.d67f1c864beb5p-1;

  private static final double[] STIRLING = {
    1.0 / 12.0, -1.0 / 360.0, 1.0 / 1260.0, -1.0 / 1680.0, 1.0 / 1188.0
  };

  /** From here on Stirling's series is good to the last places. */
  private static final double STIRLING_FROM = 16.0;

  private ChiSquare() {}

  /** Returns the quantile for each number of degrees of freedom. */
  public static double[] quantiles(double p, double[] degrees) {
    double[] known = new double[KEPT];
    Arrays.fill(known, Double.NaN);
    double[] result = new double[degrees.length];
    for (int i = 0; i < result.length; i++) {
      int whole = (int) degrees[i];
      if (whole != degrees[i] || whole >= KEPT) {
        result[i] = quantile(p, degrees[i]);
        continue;
      }
      if (Double.isNaN(known[whole])) {
        known[whole] = quantile(p, degrees[i]);
      }
      result[i] = known[whole];
    }
    return result;
  }

  /**
   * Returns what a chi-square variable is below with a probability of at most 1/2. Newton's method
   * on the logarithm of the distribution function over the logarithm of the variable, where it is
   * concave: from the left every step stays on the left.
   */
  static double quantile(double p, double degrees) {
    if (!(degrees > 0.0)) {
      return 0.0;
    }
    double half = 0.5 * Math.min(degrees, LARGEST_DEGREES);
    double goal = Elementary.log(p);
    double norm = logGamma(half + 1.0);
    double t = (goal + norm) / half;
    for (int step = 0; step < MOST_STEPS; step++) {
      double x = Elementary.exp(t);
      double sum = series(x, half);
      double excess = (((half * t - x) - norm) + Elementary.log(sum)) - goal;
      double next = t - excess * sum / half;
      if (!(next > t)) {
        break;
      }
      t = next;
    }
    double x = 2.0 * Elementary.exp(t);
    return degrees <= LARGEST_DEGREES ? x : degrees * (x / LARGEST_DEGREES);
  }

  /** Returns the sum of {@code x^k / ((half + 1) ... (half + k))} over k from 0. */
  private static double series(double x, double half) {
    double term = 1.0;
    double sum = 1.0;
    for (double k = 1.0; term > sum * NEGLIGIBLE; k = k + 1.0) {
      term = term * (x / (half + k));
      sum = sum + term;
    }
    return sum;
  }

  /** Returns the logarithm of the gamma function of z, at least 1. */
  private static double logGamma(double z) {
    double product = 1.0;
    while (z < STIRLING_FROM) {
      product = product * z;
      z = z + 1.0;
    }
    double r = 1.0 / z;
    double s = r * r;
    double series =
        r
            * (STIRLING[0]
                + s * (STIRLING[1] + s * (STIRLING[2] + s * (STIRLING[3] + s * STIRLING[4]))));
    return (((z - 0.5) * Elementary.log(z) - z) + (HALF_LOG_TWO_PI + series))
        - Elementary.log(product);
  }
}
