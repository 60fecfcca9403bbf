package dev.coterie.internal.engine;

import dev.coterie.spi.FitOutcome;
import dev.coterie.spi.FitProblem;
import dev.coterie.spi.ScalarRows;
import java.util.Arrays;

/** Vote shares, where every method starts, and the choice of the answer, where every one ends. */
final class Shares {
  private Shares() {}

  /**
   * Writes the shares of the tasks at the places {@code [first, last)} as rows of k.
   *
   * @param gold the known label at each place or -1, or null
   * @param at where the first row begins in {@code out}
   */
  static void compute(
      Index index, int[] gold, int first, int last, int k, double[] out, int at, double[] lanes) {
    for (int t = first, row = at; t < last; t++, row += k) {
      if (gold != null && gold[t] >= 0) {
        oneHot(out, row, k, gold[t]);
        continue;
      }
      compute(index, index.offsets[t], index.offsets[t + 1], k, out, row, lanes);
    }
  }

  /** Writes the shares that the answers {@code [begin, end)} to one task give. */
  static void compute(
      Index index, int begin, int end, int k, double[] out, int row, double[] lanes) {
    for (int j = 0; j < k; j++) {
      out[row + j] = 0.0;
    }
    for (int i = begin; i < end; i++) {
      int j = row + index.label[i];
      out[j] = out[j] + (index.weight == null ? 1.0 : index.weight[i]);
    }
    double total = ScalarRows.sum(out, row, k, lanes);
    for (int j = row; j < row + k; j++) {
      out[j] = total > 0.0 ? out[j] / total : 1.0 / k;
    }
  }

  /** Writes the row of a task whose label is known. */
  static void oneHot(double[] out, int row, int k, int label) {
    for (int j = 0; j < k; j++) {
      out[row + j] = j == label ? 1.0 : 0.0;
    }
  }

  /**
   * Writes the answers and runners-up of the tasks at the places {@code [first, last)}.
   *
   * @param gold the known label at each place or -1, or null
   */
  static void decide(
      Index index,
      int[] gold,
      int first,
      int last,
      int k,
      double[] posterior,
      int[] answer,
      int[] runnerUp) {
    for (int place = first; place < last; place++) {
      int best = -1;
      int second = -1;
      int t = index.task(place);
      if (index.offsets[place] < index.offsets[place + 1] || (gold != null && gold[place] >= 0)) {
        int row = t * k;
        for (int j = 0; j < k; j++) {
          double p = posterior[row + j];
          if (best < 0 || p > posterior[row + best]) {
            second = best;
            best = j;
          } else if (second < 0 || p > posterior[row + second]) {
            second = j;
          }
        }
      }
      answer[t] = best;
      runnerUp[t] = second;
    }
  }

  /** Returns the given class priors or, without any, an equal one for every label. */
  static double[] fixedPrior(FitProblem problem, int labels) {
    if (problem.classPriors() != null) {
      return problem.classPriors();
    }
    double[] prior = new double[labels];
    Arrays.fill(prior, 1.0 / labels);
    return prior;
  }

  /** Puts posteriors, so far in the order of places, into that of tasks, and writes the answers. */
  static void deliver(Index index, int[] gold, int first, int last, int k, FitOutcome.Heap out) {
    double[] byPlace = Arrays.copyOfRange(out.posterior, first * k, last * k);
    for (int place = first; place < last; place++) {
      System.arraycopy(byPlace, (place - first) * k, out.posterior, index.task(place) * k, k);
    }
    decide(index, gold, first, last, k, out.posterior, out.answer, out.runnerUp);
  }

  /** Writes the class prior that the sums of the posteriors over all tasks give. */
  static void classPrior(double[] sums, int tasks, double[] prior) {
    for (int j = 0; j < prior.length; j++) {
      double share = tasks == 0 ? 1.0 / prior.length : sums[j] / tasks;
      prior[j] = share > Em.FLOOR ? share : Em.FLOOR;
    }
  }
}
