package dev.coterie.internal.engine;

import dev.coterie.consensus.FitControl;
import dev.coterie.spi.Columns;
import dev.coterie.spi.FitOutcome;
import dev.coterie.spi.FitProblem;
import dev.coterie.spi.Kernels;
import java.util.Arrays;

/**
 * One-coin Dawid-Skene: one probability an expert. See docs/numerics.md, section 7. Also ZenCrowd,
 * which differs in its prior and its start: docs/methods/zen-crowd.md.
 */
final class OneCoin extends Em {
  /** What every expert's skill is in the first E-step; NaN for what the votes say. */
  private final double start;

  private final double[][] right;
  private final double[] answered;
  private final double[] error;
  private final double[] logError;
  private final double[] edge;

  OneCoin(
      FitProblem problem,
      Columns.Heap table,
      FitOutcome.Heap out,
      Kernels kernels,
      Team team,
      FitControl control) {
    this(problem, table, out, kernels, team, control, Double.NaN);
  }

  private OneCoin(
      FitProblem problem,
      Columns.Heap table,
      FitOutcome.Heap out,
      Kernels kernels,
      Team team,
      FitControl control,
      double start) {
    super(problem, table, out, kernels, team, control, 1);
    this.start = start;
    right = new double[spans.count()][experts];
    answered = answered();
    error = new double[experts];
    logError = new double[experts];
    edge = new double[experts];
  }

  /** ZenCrowd: every label is equally likely unless said otherwise. */
  static OneCoin zenCrowd(
      FitProblem problem,
      Columns.Heap table,
      FitOutcome.Heap out,
      Kernels kernels,
      Team team,
      FitControl control) {
    double start = problem.maxIterations() > 0 ? problem.parameters()[0] : Double.NaN;
    double[] prior = Shares.fixedPrior(problem, table.labels());
    return new OneCoin(problem.withClassPriors(prior), table, out, kernels, team, control, start);
  }

  /** Returns the weight of each expert's answers, which no iteration changes. */
  private double[] answered() {
    double[] total = new double[experts];
    double[] part = new double[experts];
    for (int s = 0; s < spans.count(); s++) {
      double[] sums = s == 0 ? total : part;
      Arrays.fill(sums, 0.0);
      int end = index.offsets[spans.last(s)];
      for (int i = index.offsets[spans.first(s)]; i < end; i++) {
        int e = index.expert[i];
        sums[e] = sums[e] + (index.weight == null ? 1.0 : index.weight[i]);
      }
      if (s > 0) {
        kernels.add(total, part, 0, experts);
      }
    }
    return total;
  }

  @Override
  void clearCounts(int span) {
    Arrays.fill(right[span], 0.0);
  }

  @Override
  void count(int span, int first, int last, double[] block) {
    PairsPass.count(index, index.expert, first, last, k, block, right[span]);
  }

  @Override
  void maximise(int step, int first, int last, Workspace workspace) {
    double[] total = right[0];
    for (int s = 1; s < right.length; s++) {
      kernels.add(total, right[s], first, last);
    }
    double smoothing = problem.smoothing();
    for (int e = first; e < last; e++) {
      double n = answered[e] + smoothing * k;
      double s = n > 0.0 ? (total[e] + smoothing) / n : 1.0 / k;
      s = step == 0 && !Double.isNaN(start) ? start : s;
      s = Math.min(Math.max(s, FLOOR), 1.0 - FLOOR);
      out.skill[e] = s;
      error[e] = (1.0 - s) / Math.max(k - 1, 1);
    }
  }

  @Override
  void prepare(int first, int last, Workspace workspace) {
    log(out.skill, edge, first, last, workspace);
    log(error, logError, first, last, workspace);
    for (int e = first; e < last; e++) {
      edge[e] = edge[e] - logError[e];
    }
  }

  private void log(double[] x, double[] result, int first, int last, Workspace workspace) {
    int length = workspace.block.length;
    for (int from = first, n; from < last; from += n) {
      n = Math.min(length, last - from);
      System.arraycopy(x, from, workspace.block, 0, n);
      kernels.log(workspace.block, n, workspace.scratch);
      System.arraycopy(workspace.block, 0, result, from, n);
    }
  }

  @Override
  void logits(int first, int last, double[] block, double[] base) {
    PairsPass.logits(index, index.expert, first, last, logPrior, logError, edge, block, base);
  }

  @Override
  boolean hasBase() {
    return true;
  }

  @Override
  boolean multiplies() {
    return false;
  }

  @Override
  void products(int first, int last, double[] block, long[] exponents) {
    throw new AssertionError("one-coin adds logarithms");
  }

  @Override
  double logLikelihood(int place, int label) {
    throw new AssertionError("one-coin adds logarithms");
  }

  @Override
  void finish() {
    for (int e = 0, at = 0; e < experts; e++) {
      for (int l = 0; l < k; l++) {
        for (int j = 0; j < k; j++, at++) {
          out.confusion[at] = l == j ? out.skill[e] : error[e];
        }
      }
    }
  }
}
