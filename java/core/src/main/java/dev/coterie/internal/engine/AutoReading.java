package dev.coterie.internal.engine;

import dev.coterie.spi.Elementary;
import dev.coterie.spi.ScalarRows;

/** Posteriors that may be the result, and how well they explain known labels. Used for one fit. */
final class AutoReading {
  private static final int CELLS = AutoConstants.BETAS * AutoConstants.FLOORS;

  private final AutoField field;

  /** Which one it is: {@link AutoGold#POOL} and so on. */
  final int number;

  /** The posteriors, [place][label]. */
  private final double[] rows;

  /** The weight of each cell, [power][floor]. */
  final double[] weights = new double[CELLS];

  /** What each power counts in the result. */
  final double[] scales = new double[AutoConstants.BETAS];

  private final double[] scores = new double[CELLS];

  /** The logarithms of the posteriors of the known tasks. */
  private double[] logs;

  private int best;

  AutoReading(AutoField field, int number, double[] rows) {
    this.field = field;
    this.number = number;
    this.rows = rows;
  }

  /** Holds it against the labels that are known at some places. */
  void judge(int[] places, int[] labels) {
    int k = field.k;
    logs = new double[places.length * k];
    for (int i = 0; i < places.length; i++) {
      for (int j = 0; j < k; j++) {
        logs[i * k + j] = Elementary.log(Math.max(rows[places[i] * k + j], AutoConstants.LEAST_P));
      }
    }
    field.team.run(AutoConstants.BETAS, (b, workspace) -> judge(b, labels, workspace.lanes));
    for (int cell = 1; cell < CELLS; cell++) {
      best = scores[cell] > scores[best] ? cell : best;
    }
  }

  private void judge(int b, int[] labels, double[] lanes) {
    double beta = AutoConstants.beta(b);
    double[] sums = new double[AutoConstants.FLOORS];
    double[] room = new double[field.k];
    for (int i = 0; i < labels.length; i++) {
      double p = explained(i, labels[i], beta, room, lanes);
      for (int f = 0; f < sums.length; f++) {
        sums[f] = sums[f] + Elementary.log(floored(p, AutoConstants.floor(f)));
      }
    }
    double z = Elementary.log(beta) / AutoConstants.SPREAD;
    double prior = Elementary.log(AutoConstants.readingWeight(number));
    for (int f = 0; f < sums.length; f++) {
      double floor = Elementary.log(AutoConstants.floorWeight(f));
      scores[b * sums.length + f] = ((sums[f] + prior) + floor) - 0.5 * (z * z);
    }
  }

  /** Returns the greatest score of a cell. */
  double score() {
    return scores[best];
  }

  /** Returns the logarithms of the known labels' probabilities in the best cell. */
  double[] atBest(int[] labels) {
    double beta = AutoConstants.beta(best / AutoConstants.FLOORS);
    double floor = AutoConstants.floor(best % AutoConstants.FLOORS);
    double[] room = new double[field.k];
    double[] lanes = new double[Elementary.LANES];
    double[] result = new double[labels.length];
    for (int i = 0; i < labels.length; i++) {
      result[i] = Elementary.log(floored(explained(i, labels[i], beta, room, lanes), floor));
    }
    return result;
  }

  /** Weighs its cells against the greatest score of all. */
  void weighAgainst(double top) {
    for (int cell = 0; cell < CELLS; cell++) {
      weights[cell] = Elementary.exp(scores[cell] - top);
    }
  }

  /** Returns the sum of the weights. */
  double weight() {
    double total = 0.0;
    for (double weight : weights) {
      total = total + weight;
    }
    return total;
  }

  /** Adds the mean of its powers to rows of a block. */
  void addTo(double[] mean, int first, int last, double[] logs, Workspace workspace) {
    int n = last - first;
    int cells = n * field.k;
    double[] block = workspace.block;
    boolean ready = false;
    for (int b = 0; b < scales.length; b++) {
      if (!(scales[b] > 0.0)) {
        continue;
      }
      if (!ready) {
        for (int i = 0; i < cells; i++) {
          logs[i] = Math.max(rows[first * field.k + i], AutoConstants.LEAST_P);
        }
        field.kernels.log(logs, cells, workspace.scratch);
        ready = true;
      }
      for (int i = 0; i < cells; i++) {
        block[i] = logs[i] * AutoConstants.beta(b);
      }
      field.kernels.softmax(block, n, field.k, workspace.norms, workspace.sums, workspace.scratch);
      for (int i = 0; i < cells; i++) {
        mean[i] = mean[i] + scales[b] * block[i];
      }
    }
  }

  /** Returns the probability of a label at a known task, where rows are raised to a power. */
  private double explained(int i, int label, double beta, double[] room, double[] lanes) {
    int k = field.k;
    double top = Double.NEGATIVE_INFINITY;
    for (int j = 0; j < k; j++) {
      room[j] = logs[i * k + j] * beta;
      top = Math.max(top, room[j]);
    }
    for (int j = 0; j < k; j++) {
      room[j] = Elementary.exp(room[j] - top);
    }
    return room[label] / ScalarRows.sum(room, 0, k, lanes);
  }

  /** Returns a probability that is never below a floor which all labels share. */
  private double floored(double p, double floor) {
    return (1.0 - floor) * p + floor / field.k;
  }
}
