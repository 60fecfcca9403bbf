package dev.coterie.internal.engine;

import dev.coterie.spi.Elementary;
import dev.coterie.spi.Kernels;

/**
 * The derivative of the logarithm of the gamma function, and that logarithm, as docs/numerics.md
 * has them. Both are for numbers above 0.
 */
final class Gamma {
  private static final double HALF_LOG_2PI = 0x1.d67f1c864beb5p-1;
  private static final double[] PSI = {
    1.0 / 12.0, -1.0 / 120.0, 1.0 / 252.0, -1.0 / 240.0, 1.0 / 132.0, -691.0 / 32760.0, 1.0 / 12.0
  };
  private static final double[] LOG = {
    1.0 / 12.0,
    -1.0 / 360.0,
    1.0 / 1260.0,
    -1.0 / 1680.0,
    1.0 / 1188.0,
    -691.0 / 360360.0,
    1.0 / 156.0
  };

  private Gamma() {}

  /** Returns the digamma of a number. */
  static double digamma(double x) {
    return digamma(x, Elementary.log(shifted(x)));
  }

  /** Writes the digammas of {@code x[from..to)} to the same places of {@code out}. */
  static void digamma(
      double[] x, double[] out, int from, int to, Kernels kernels, Workspace workspace) {
    double[] logs = workspace.block;
    for (int at = from, n; at < to; at += n) {
      n = Math.min(logs.length, to - at);
      for (int i = 0; i < n; i++) {
        logs[i] = shifted(x[at + i]);
      }
      kernels.log(logs, n, workspace.scratch);
      for (int i = 0; i < n; i++) {
        out[at + i] = digamma(x[at + i], logs[i]);
      }
    }
  }

  /** Returns the logarithm of the gamma function of a number. */
  static double log(double x) {
    double far = logFar(x, Elementary.log(shifted(x)));
    return logNear(x, far, Elementary.log(tenSteps(x)));
  }

  /**
   * Writes the logarithms of the gamma function of {@code x[from..to)} to the same places of {@code
   * out}, another array.
   */
  static void log(
      double[] x, double[] out, int from, int to, Kernels kernels, Workspace workspace) {
    double[] logs = workspace.block;
    for (int at = from, n; at < to; at += n) {
      n = Math.min(logs.length, to - at);
      for (int i = 0; i < n; i++) {
        logs[i] = shifted(x[at + i]);
      }
      kernels.log(logs, n, workspace.scratch);
      for (int i = 0; i < n; i++) {
        out[at + i] = logFar(x[at + i], logs[i]);
        logs[i] = tenSteps(x[at + i]);
      }
      kernels.log(logs, n, workspace.scratch);
      for (int i = 0; i < n; i++) {
        out[at + i] = logNear(x[at + i], out[at + i], logs[i]);
      }
    }
  }

  private static boolean isSmall(double x) {
    return x < 16.0;
  }

  /** Returns where the series is good: x, or ten steps further. */
  private static double shifted(double x) {
    return isSmall(x) ? x + 10.0 : x;
  }

  /** Returns the product of {@code x + i} for i below 10 where x is small. */
  private static double tenSteps(double x) {
    double c = isSmall(x) ? x : 1.0;
    return product(c * (c + 9.0));
  }

  private static double product(double q) {
    return q * ((((q + 60.0) * q + 1308.0) * q + 12176.0) * q + 40320.0);
  }

  private static double series(double[] c, double z) {
    return (((((c[6] * z + c[5]) * z + c[4]) * z + c[3]) * z + c[2]) * z + c[1]) * z + c[0];
  }

  private static double digamma(double x, double log) {
    double r = 1.0 / shifted(x);
    double z = r * r;
    double value = (log - 0.5 * r) - z * series(PSI, z);
    if (isSmall(x)) {
      double q = x * (x + 9.0);
      double n = (((5.0 * q + 240.0) * q + 3924.0) * q + 24352.0) * q + 40320.0;
      value = value - ((2.0 * x + 9.0) * n) / product(q);
    }
    return ends(x, value, Double.NEGATIVE_INFINITY);
  }

  private static double logFar(double x, double log) {
    double y = shifted(x);
    double r = 1.0 / y;
    return ((y - 0.5) * log - y) + (HALF_LOG_2PI + r * series(LOG, r * r));
  }

  private static double logNear(double x, double far, double steps) {
    return ends(x, isSmall(x) ? far - steps : far, Double.POSITIVE_INFINITY);
  }

  /** Returns the value, or what holds where its formula does not. */
  private static double ends(double x, double value, double atZero) {
    if (x > 0.0 && x <= Double.MAX_VALUE) {
      return value;
    }
    if (x == 0.0) {
      return atZero;
    }
    return x < 0.0 ? Double.NaN : x;
  }
}
