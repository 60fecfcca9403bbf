package dev.coterie.internal.pairwise;

import dev.coterie.spi.Elementary;

/** The logistic function of d and of -d, and the logarithms of both. */
final class Logistic {
  double p;
  double q;
  double logP;
  double logQ;

  /** Sets all four. */
  void set(double d) {
    double e = Elementary.exp(-Math.abs(d));
    double s = 1.0 + e;
    double l = Elementary.log(s);
    if (d >= 0) {
      p = 1.0 / s;
      q = e / s;
      logP = -l;
      logQ = -d - l;
    } else {
      p = e / s;
      q = 1.0 / s;
      logP = d - l;
      logQ = -l;
    }
  }

  /** Sets both functions without their logarithms. */
  void setShares(double d) {
    double e = Elementary.exp(-Math.abs(d));
    double s = 1.0 + e;
    p = (d >= 0 ? 1.0 : e) / s;
    q = (d >= 0 ? e : 1.0) / s;
  }

  /** Returns the logistic function alone. */
  static double of(double d) {
    double e = Elementary.exp(-Math.abs(d));
    return (d >= 0 ? 1.0 : e) / (1.0 + e);
  }
}
