package dev.coterie.internal.engine;

import dev.coterie.consensus.FitControl;
import dev.coterie.internal.table.HeapLimits;
import dev.coterie.spi.Columns;
import dev.coterie.spi.FitOutcome;
import dev.coterie.spi.FitProblem;
import dev.coterie.spi.MethodKind;

/** Ordered labels by cumulative binary problems. See docs/methods/ordinal.md. */
final class Ordinal {
  private final FitProblem problem;
  private final Columns.Heap table;
  private final FitOutcome.Heap out;
  private final int k;
  private final int[] above;
  private final FitOutcome.Heap binary;

  private Ordinal(FitProblem problem, Columns.Heap table, FitOutcome.Heap out) {
    this.problem = problem;
    this.table = table;
    this.out = out;
    k = table.labels();
    above = new int[table.size()];
    int experts = table.experts();
    binary =
        new FitOutcome.Heap(
            new double[HeapLimits.check(2L * table.tasks(), "posteriors (tasks x 2)")],
            out.answer,
            out.runnerUp,
            new double[2],
            new double[HeapLimits.check(4L * experts, "confusion matrices (experts x 2 x 2)")],
            new double[experts],
            null,
            null,
            null);
  }

  static void fit(
      JavaEngine engine,
      FitProblem problem,
      Columns.Heap table,
      FitOutcome.Heap out,
      FitControl control) {
    new Ordinal(problem, table, out).fit(engine, control);
  }

  private void fit(JavaEngine engine, FitControl control) {
    out.iterations = 0;
    out.converged = true;
    out.objective = Double.NaN;
    for (int e = 0; e < out.skill.length; e++) {
      out.skill[e] = k == 1 ? 1.0 : 0.0;
    }
    for (int rank = 0; rank < k - 1; rank++) {
      binary.iterations = 0;
      engine.fit(level(rank), binary, control);
      out.iterations = Math.max(out.iterations, binary.iterations);
      out.converged &= binary.converged;
      out.objective = rank == 0 ? binary.objective : out.objective + binary.objective;
      for (int t = 0; t < table.tasks(); t++) {
        out.posterior[t * k + rank] = binary.posterior[2 * t + 1];
      }
      for (int e = 0; e < out.skill.length; e++) {
        out.skill[e] = out.skill[e] + binary.skill[e];
      }
    }
    for (int e = 0; e < out.skill.length; e++) {
      out.skill[e] = out.skill[e] / (double) Math.max(k - 1, 1);
    }
    double[] totals = new double[k];
    int[] sizes = new int[k];
    for (int t = 0; t < table.tasks(); t++) {
      makeFalling(out.posterior, t * k, k - 1, totals, sizes);
      differences(out.posterior, t * k, k);
    }
    decide();
  }

  /** Returns the binary problem whether a truth has a rank above a given one. */
  private FitProblem level(int rank) {
    for (int i = 0; i < table.size(); i++) {
      above[i] = table.label()[i] > rank ? 1 : 0;
    }
    Columns.Heap columns =
        new Columns.Heap(
            table.size(),
            table.tasks(),
            table.experts(),
            2,
            table.task(),
            table.expert(),
            above,
            table.weight());
    boolean coin = problem.parameters()[0] == 1.0;
    return new FitProblem(
        coin ? MethodKind.ONE_COIN_DAWID_SKENE : MethodKind.DAWID_SKENE,
        columns,
        problem.maxIterations(),
        problem.tolerance(),
        problem.smoothing(),
        shares(rank),
        gold(rank),
        null,
        0,
        problem.lastWins(),
        problem.positional(),
        problem.threads(),
        new double[0],
        problem.seed());
  }

  private double[] shares(int rank) {
    double[] priors = problem.classPriors();
    if (priors == null) {
      return null;
    }
    double[] shares = new double[2];
    for (int j = 0; j < k; j++) {
      int side = j > rank ? 1 : 0;
      shares[side] = shares[side] + priors[j];
    }
    return shares;
  }

  private int[] gold(int rank) {
    if (problem.gold() == null) {
      return null;
    }
    int[] gold = new int[table.tasks()];
    for (int t = 0; t < gold.length; t++) {
      int known = problem.gold()[t];
      gold[t] = known < 0 ? -1 : known > rank ? 1 : 0;
    }
    return gold;
  }

  /** Makes a row one that never rises, the nearest one: pool adjacent violators. */
  private static void makeFalling(double[] x, int from, int n, double[] totals, int[] sizes) {
    int count = 0;
    for (int i = from; i < from + n; i++) {
      double total = x[i];
      int size = 1;
      while (count > 0 && totals[count - 1] / sizes[count - 1] < total / size) {
        count--;
        total = totals[count] + total;
        size += sizes[count];
      }
      totals[count] = total;
      sizes[count++] = size;
    }
    int at = from;
    for (int block = 0; block < count; block++) {
      double mean = totals[block] / sizes[block];
      for (int i = 0; i < sizes[block]; i++) {
        x[at++] = mean;
      }
    }
  }

  /** Turns the probabilities of the ranks above each but the last into those of the ranks. */
  private static void differences(double[] x, int from, int n) {
    double below = 1.0;
    for (int i = from; i < from + n - 1; i++) {
      double here = x[i];
      x[i] = below - here;
      below = here;
    }
    x[from + n - 1] = below;
  }

  private void decide() {
    Index index = Index.of(table, false, problem.lastWins(), false);
    Shares.decide(
        index, problem.gold(), 0, table.tasks(), k, out.posterior, out.answer, out.runnerUp);
    if (problem.classPriors() != null) {
      System.arraycopy(problem.classPriors(), 0, out.prior, 0, k);
      return;
    }
    double[] sums = new double[k];
    for (int t = 0; t < table.tasks(); t++) {
      for (int j = 0; j < k; j++) {
        sums[j] = sums[j] + out.posterior[t * k + j];
      }
    }
    Shares.classPrior(sums, table.tasks(), out.prior);
  }
}
