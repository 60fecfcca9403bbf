package dev.coterie.internal.engine;

import dev.coterie.consensus.FitControl;
import dev.coterie.spi.Columns;
import dev.coterie.spi.Elementary;
import dev.coterie.spi.FitOutcome;
import dev.coterie.spi.FitProblem;
import dev.coterie.spi.Kernels;
import java.util.Arrays;

/** Dawid-Skene: one confusion matrix an expert. See docs/numerics.md, section 6. */
final class DawidSkene extends Em {
  /** What a confusion value must be at least, so that products of some of them stay normal. */
  private static final double LEAST_FACTOR = 1e-18;

  private final int[] rows;
  private final double[][] counts;
  private double[] logConfusion;

  DawidSkene(
      FitProblem problem,
      Columns.Heap table,
      FitOutcome.Heap out,
      Kernels kernels,
      Team team,
      FitControl control) {
    super(problem, table, out, kernels, team, control, (long) table.labels() * table.labels());
    int size = out.confusion.length;
    rows = index.rows(k);
    counts = new double[spans.count()][size];
  }

  @Override
  void clearCounts(int span) {
    Arrays.fill(counts[span], 0.0);
  }

  @Override
  void count(int span, int first, int last, double[] block) {
    kernels.scatter(counts[span], first, last, k, index.offsets, rows, index.weight, block);
  }

  @Override
  void maximise(int step, int first, int last, Workspace workspace) {
    int from = first * k * k;
    int to = last * k * k;
    double[] total = counts[0];
    for (int s = 1; s < counts.length; s++) {
      kernels.add(total, counts[s], from, to);
    }
    if (problem.priorCounts() != null
        && (step == 0 || problem.priorCountsMode() == FitProblem.EVERY_ITERATION)) {
      kernels.add(total, problem.priorCounts(), from, to);
    }
    raise(total, out.confusion, problem.smoothing(), from, to);
    double[] columns = new double[k];
    for (int at = from; at < to; at += k * k) {
      normalise(out.confusion, at, columns);
    }
  }

  private static void raise(double[] counts, double[] out, double smoothing, int from, int to) {
    for (int i = from; i < to; i++) {
      double count = counts[i] + smoothing;
      out[i] = count > FLOOR ? count : FLOOR;
    }
  }

  /** Divides the matrix [label][true label] that begins at an index by its column sums. */
  private static void normalise(double[] confusion, int at, double[] columns) {
    int k = columns.length;
    int end = at + k * k;
    Arrays.fill(columns, 0.0);
    for (int row = at; row < end; row += k) {
      for (int j = 0; j < k; j++) {
        columns[j] = columns[j] + confusion[row + j];
      }
    }
    for (int row = at; row < end; row += k) {
      for (int j = 0; j < k; j++) {
        confusion[row + j] = confusion[row + j] / columns[j];
      }
    }
  }

  @Override
  void prepare(int first, int last, Workspace workspace) {
    int to = last * k * k;
    int length = workspace.block.length;
    for (int from = first * k * k, n; from < to; from += n) {
      n = Math.min(length, to - from);
      System.arraycopy(out.confusion, from, workspace.block, 0, n);
      kernels.log(workspace.block, n, workspace.scratch);
      System.arraycopy(workspace.block, 0, logConfusion, from, n);
    }
  }

  @Override
  void logits(int first, int last, double[] block, double[] base) {
    kernels.accumulate(
        block, first, last, k, index.offsets, rows, index.weight, logPrior, logConfusion);
  }

  @Override
  boolean hasBase() {
    return false;
  }

  @Override
  boolean multiplies() {
    boolean fit = index.weight == null && allAreFactors();
    if (!fit && logConfusion == null) {
      logConfusion = new double[out.confusion.length];
    }
    return fit;
  }

  private boolean allAreFactors() {
    for (double value : out.confusion) {
      if (value < LEAST_FACTOR) {
        return false;
      }
    }
    return true;
  }

  @Override
  void products(int first, int last, double[] block, long[] exponents) {
    kernels.multiply(
        block, first, last, k, index.offsets, rows, out.prior, out.confusion, exponents);
  }

  @Override
  double logLikelihood(int place, int label) {
    double sum = Elementary.log(out.prior[label]);
    for (int i = index.offsets[place]; i < index.offsets[place + 1]; i++) {
      sum = sum + Elementary.log(out.confusion[rows[i] + label]);
    }
    return sum;
  }

  @Override
  void finish() {
    for (int e = 0; e < experts; e++) {
      double skill = 0.0;
      for (int j = 0; j < k; j++) {
        skill = skill + out.prior[j] * out.confusion[(e * k + j) * k + j];
      }
      out.skill[e] = skill;
    }
  }
}
