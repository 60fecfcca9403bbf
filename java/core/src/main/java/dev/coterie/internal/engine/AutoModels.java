package dev.coterie.internal.engine;

import java.util.Arrays;

/**
 * The M-steps: how the counts of one expert become its parameters. Matrices are [label][true
 * label]. Used by one thread.
 */
final class AutoModels {
  private final int k;
  private final double[] weight;
  private final double[] table;
  private final double[] said;
  private final double[] rest;
  private final double[] spam;
  private final double[] totals;

  /** The sums that {@link #columnSums} leaves. */
  final double[] sums;

  private double knows;

  /**
   * Makes the room for one thread.
   *
   * @param weight the weight of each expert's answers
   * @param table where the confusion matrices of the next E-step go
   */
  AutoModels(int k, double[] weight, double[] table) {
    this.k = k;
    this.weight = weight;
    this.table = table;
    said = new double[k];
    rest = new double[k];
    spam = new double[k];
    totals = new double[k];
    sums = new double[k];
  }

  /** One coin: right with one probability, whatever is true. */
  void coin(AutoMode mode, int e) {
    int from = e * k * k;
    double right = 0.0;
    for (int j = 0; j < k; j++) {
      right = right + mode.counts[from + j * k + j];
    }
    double extra = AutoConstants.COIN_COUNT + AutoConstants.COIN_COUNT * (k - 1) / k;
    double skill = (right + AutoConstants.COIN_COUNT) / (weight[e] + extra);
    skill = Math.min(Math.max(skill, AutoConstants.COIN_EDGE), 1.0 - AutoConstants.COIN_EDGE);
    Arrays.fill(table, from, from + k * k, (1.0 - skill) / (k - 1));
    for (int j = 0; j < k; j++) {
      table[from + j * k + j] = skill;
    }
  }

  /** Dawid-Skene. */
  void confusion(AutoMode mode, int e) {
    int from = e * k * k;
    int to = from + k * k;
    for (int i = from; i < to; i++) {
      table[i] = mode.counts[i] + AutoConstants.SMOOTHING;
    }
    columnSums(table, e);
    for (int row = from; row < to; row += k) {
      for (int j = 0; j < k; j++) {
        table[row + j] = table[row + j] / sums[j];
      }
    }
  }

  /** Steps of the model of knowledge and spam for the same counts. */
  void maceSteps(AutoMode mode, int e, int times) {
    int from = e * k * k;
    double[] xi = mode.xi;
    for (int l = 0; l < k; l++) {
      double total = 0.0;
      for (int j = 0; j < k; j++) {
        total = total + mode.counts[from + l * k + j];
      }
      said[l] = total;
    }
    for (int time = 0; time < times; time++) {
      double theta = mode.theta[e];
      double known = 0.0;
      double total = 0.0;
      for (int l = 0; l < k; l++) {
        double sure =
            mode.counts[from + l * k + l] * (theta / (theta + (1.0 - theta) * xi[e * k + l]));
        known = known + sure;
        rest[l] = Math.max(said[l] - sure, 0.0) + AutoConstants.SPAM_COUNT / k;
        total = total + rest[l];
      }
      mode.theta[e] = (known + AutoConstants.KNOWN_COUNT) / (weight[e] + 1.0);
      for (int l = 0; l < k; l++) {
        xi[e * k + l] = rest[l] / total;
      }
    }
  }

  /** What that model says of the expert. */
  void mace(AutoMode mode, int e) {
    prepare(mode, e);
    for (int l = 0, at = e * k * k; l < k; l++) {
      for (int j = 0; j < k; j++, at++) {
        table[at] = cell(l, j);
      }
    }
  }

  /** The counts, pulled towards that model as by so many answers. */
  void pulled(AutoMode mode, int e, double strength) {
    columnSums(mode.counts, e);
    prepare(mode, e);
    for (int l = 0, at = e * k * k; l < k; l++) {
      for (int j = 0; j < k; j++, at++) {
        table[at] = (mode.counts[at] + strength * cell(l, j)) / (sums[j] + strength);
      }
    }
  }

  /** Sums the matrix of an expert over the labels. */
  void columnSums(double[] counts, int e) {
    Arrays.fill(sums, 0.0);
    int to = (e + 1) * k * k;
    for (int row = e * k * k; row < to; row += k) {
      for (int j = 0; j < k; j++) {
        sums[j] = sums[j] + counts[row + j];
      }
    }
  }

  /** Makes what {@link #cell} reads. */
  void prepare(AutoMode mode, int e) {
    knows = mode.theta[e];
    Arrays.fill(totals, 0.0);
    for (int l = 0; l < k; l++) {
      spam[l] = (1.0 - knows) * mode.xi[e * k + l];
      for (int j = 0; j < k; j++) {
        totals[j] = totals[j] + raised(l, j);
      }
    }
  }

  /** Returns what the model of knowledge and spam says of a label when another, or it, is true. */
  double cell(int label, int truth) {
    return raised(label, truth) / totals[truth];
  }

  private double raised(int label, int truth) {
    double cell = label == truth ? spam[label] + knows : spam[label];
    return Math.max(cell, AutoConstants.LEAST_CELL);
  }
}
