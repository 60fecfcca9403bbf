package dev.coterie.internal.engine;

import dev.coterie.spi.Kernels;
import java.util.Arrays;

/**
 * The Dirichlet posteriors over the labels of every expert and column, where a column is a class,
 * or a class and one of its groups: the logarithms that are expected, the means, and the divergence
 * from the priors. Arrays are [expert][label][column]. Used for one fit; different experts may be
 * updated by different threads.
 */
final class Dirichlets {
  private final int labels;
  private final int groups;
  private final int width;
  private final double right;
  private final double wrong;

  /** What the divergence of a column leaves to be subtracted, which the priors alone decide. */
  private final double rest;

  private final double[] values;
  private final double[] gammas;
  private final double[] totals;
  private final double[] totalPsis;
  private final double[] columns;
  private final double[] divergences;

  /**
   * Makes room.
   *
   * @param right what the count of a right label begins with
   * @param wrong what the count of a wrong label begins with
   */
  Dirichlets(int experts, int labels, int groups, double right, double wrong) {
    this.labels = labels;
    this.groups = groups;
    this.width = labels * groups;
    this.right = right;
    this.wrong = wrong;
    double others = labels - 1;
    rest = Gamma.log(right + others * wrong) - (Gamma.log(right) + others * Gamma.log(wrong));
    values = new double[experts * labels * width];
    gammas = new double[values.length];
    totals = new double[experts * width];
    totalPsis = new double[totals.length];
    columns = new double[totals.length];
    divergences = new double[experts];
  }

  /**
   * Updates the experts {@code [first, last)}.
   *
   * @param counts their counts, of all spans
   * @param logs receives the expected logarithms
   */
  void update(
      double[] counts, double[] logs, int first, int last, Kernels kernels, Workspace workspace) {
    int from = first * labels * width;
    int to = last * labels * width;
    System.arraycopy(counts, from, values, from, to - from);
    addPriors(first, last);
    Gamma.digamma(values, logs, from, to, kernels, workspace);
    Gamma.log(values, gammas, from, to, kernels, workspace);
    Gamma.digamma(totals, totalPsis, first * width, last * width, kernels, workspace);
    Gamma.log(totals, columns, first * width, last * width, kernels, workspace);
    for (int e = first; e < last; e++) {
      subtract(e, logs);
    }
  }

  private void addPriors(int first, int last) {
    Arrays.fill(totals, first * width, last * width, 0.0);
    for (int e = first, at = first * labels * width; e < last; e++) {
      for (int l = 0; l < labels; l++) {
        for (int j = 0; j < width; j++, at++) {
          double value = values[at] + (j / groups == l ? right : wrong);
          values[at] = value;
          totals[e * width + j] = totals[e * width + j] + value;
        }
      }
    }
  }

  /** Makes expected logarithms of an expert's digammas, and its divergence. */
  private void subtract(int e, double[] logs) {
    for (int l = 0, at = e * labels * width; l < labels; l++) {
      for (int j = 0, column = e * width; j < width; j++, column++, at++) {
        double log = logs[at] - totalPsis[column];
        double prior = j / groups == l ? right : wrong;
        logs[at] = log;
        columns[column] = columns[column] - (gammas[at] - (values[at] - prior) * log);
      }
    }
    double sum = 0.0;
    for (int column = e * width; column < (e + 1) * width; column++) {
      sum = sum + (columns[column] - rest);
    }
    divergences[e] = sum;
  }

  /** Returns the divergence of all experts. */
  double divergence() {
    double sum = 0.0;
    for (double own : divergences) {
      sum = sum + own;
    }
    return sum;
  }

  /** Returns the mean probability that an expert says a label in a column. */
  double mean(int expert, int label, int column) {
    return values[(expert * labels + label) * width + column] / totals[expert * width + column];
  }

  /**
   * Updates one Dirichlet: turns the counts {@code [from, to)} into the logarithms that are
   * expected, writes the means to the same places and returns the divergence.
   *
   * @param priors as long as the range
   */
  static double update(double[] counts, int from, int to, double[] priors, double[] means) {
    double total = 0.0;
    double before = 0.0;
    for (int i = from; i < to; i++) {
      counts[i] = priors[i - from] + counts[i];
      total = total + counts[i];
      before = before + priors[i - from];
    }
    double whole = Gamma.digamma(total);
    double divergence = Gamma.log(total);
    double rest = Gamma.log(before);
    for (int i = from; i < to; i++) {
      double prior = priors[i - from];
      double value = counts[i];
      double log = Gamma.digamma(value) - whole;
      divergence = divergence - (Gamma.log(value) - (value - prior) * log);
      rest = rest - Gamma.log(prior);
      means[i] = value / total;
      counts[i] = log;
    }
    return divergence - rest;
  }
}
