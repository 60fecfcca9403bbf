package dev.coterie.internal.engine;

import java.util.Arrays;

/** Posteriors, what they count, and the parameters that made them. */
final class AutoMode {
  /** The number of the start. */
  int start;

  /** The posteriors, [place][label]. */
  final double[] rows;

  /** What they count, [expert][label][true label]. */
  final double[] counts;

  /** Their sums, [label]. */
  final double[] sums;

  /** The probability that each expert knows an answer. */
  final double[] theta;

  /** What each expert says when it does not, [expert][label]. */
  final double[] xi;

  /** The iterations so far. */
  int step;

  /** The pseudo-counts that the spam models are worth. */
  double strength;

  /** The evidence for the mode. */
  double evidence;

  /** How far it has left the votes. */
  double drift;

  AutoMode(int tasks, int experts, int k) {
    rows = new double[tasks * k];
    counts = new double[experts * k * k];
    sums = new double[k];
    theta = new double[experts];
    xi = new double[experts * k];
  }

  /** Forgets the parameters. */
  void restart() {
    Arrays.fill(theta, AutoConstants.KNOWN);
    Arrays.fill(xi, 1.0 / sums.length);
    step = 0;
    strength = 0.0;
    evidence = 0.0;
  }

  /** Takes over the posteriors of another mode and what they count. */
  void copy(AutoMode other) {
    System.arraycopy(other.rows, 0, rows, 0, rows.length);
    System.arraycopy(other.counts, 0, counts, 0, counts.length);
    System.arraycopy(other.sums, 0, sums, 0, sums.length);
    restart();
  }
}
