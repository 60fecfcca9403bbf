package dev.coterie.internal.engine;

import dev.coterie.consensus.FitControl;
import dev.coterie.spi.Columns;
import dev.coterie.spi.FitOutcome;
import dev.coterie.spi.FitProblem;
import dev.coterie.spi.Kernels;
import java.util.Arrays;

/** Bayesian classifier combination by variational Bayes. See docs/methods/ibcc.md. */
final class Ibcc extends Em {
  private final int[] rows;
  private final double[][] counts;
  private final double[] logs;
  private final double[] classes;
  private final Dirichlets dirichlets;
  private double classDivergence;

  Ibcc(
      FitProblem problem,
      Columns.Heap table,
      FitOutcome.Heap out,
      Kernels kernels,
      Team team,
      FitControl control) {
    super(problem, table, out, kernels, team, control, (long) table.labels() * table.labels());
    rows = index.rows(k);
    counts = new double[spans.count()][out.confusion.length];
    logs = new double[out.confusion.length];
    classes = new double[k];
    double[] options = problem.parameters();
    Arrays.fill(classes, options[2]);
    double smoothing = problem.smoothing();
    dirichlets = new Dirichlets(experts, k, 1, options[0] + smoothing, options[1] + smoothing);
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
  void classPrior(double[] sums) {
    System.arraycopy(sums, 0, logPrior, 0, k);
    classDivergence = Dirichlets.update(logPrior, 0, k, classes, out.prior);
  }

  @Override
  void prepareClasses() {
    if (problem.classPriors() != null) {
      super.prepareClasses();
    }
  }

  @Override
  double divergence() {
    return dirichlets.divergence() + classDivergence;
  }

  @Override
  void maximise(int step, int first, int last, Workspace workspace) {
    for (int s = 1; s < counts.length; s++) {
      kernels.add(counts[0], counts[s], first * k * k, last * k * k);
    }
    dirichlets.update(counts[0], logs, first, last, kernels, workspace);
  }

  @Override
  void prepare(int first, int last, Workspace workspace) {
    // The M-step makes logarithms.
  }

  @Override
  void logits(int first, int last, double[] block, double[] base) {
    kernels.accumulate(block, first, last, k, index.offsets, rows, index.weight, logPrior, logs);
  }

  @Override
  boolean hasBase() {
    return false;
  }

  @Override
  boolean multiplies() {
    return false;
  }

  @Override
  void products(int first, int last, double[] block, long[] exponents) {
    throw new AssertionError("expected logarithms are added");
  }

  @Override
  double logLikelihood(int place, int label) {
    throw new AssertionError("expected logarithms are added");
  }

  @Override
  void finish() {
    for (int e = 0, at = 0; e < experts; e++) {
      double skill = 0.0;
      for (int l = 0; l < k; l++) {
        skill = skill + out.prior[l] * dirichlets.mean(e, l, l);
        for (int j = 0; j < k; j++, at++) {
          out.confusion[at] = dirichlets.mean(e, l, j);
        }
      }
      out.skill[e] = skill;
    }
  }
}
