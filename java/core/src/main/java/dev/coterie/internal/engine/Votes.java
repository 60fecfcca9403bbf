package dev.coterie.internal.engine;

import dev.coterie.spi.Columns;
import dev.coterie.spi.FitOutcome;
import dev.coterie.spi.FitProblem;
import dev.coterie.spi.MethodKind;
import java.util.Arrays;

/** Majority and weighted vote: docs/numerics.md, section 5. */
final class Votes {
  private static final int TASKS_A_PART = 8192;

  private Votes() {}

  /** Counts the votes of a table. */
  static void fit(FitProblem problem, Columns.Heap table, FitOutcome.Heap out, Team team) {
    Index index =
        Index.of(
            table,
            problem.method() == MethodKind.WEIGHTED_VOTE,
            problem.lastWins(),
            problem.positional());
    int k = table.labels();
    int tasks = table.tasks();
    int[] gold = problem.gold();
    team.run(
        (int) (((long) tasks + TASKS_A_PART - 1) / TASKS_A_PART),
        (part, workspace) -> {
          int first = part * TASKS_A_PART;
          int last = first + Math.min(tasks - first, TASKS_A_PART);
          Shares.compute(index, gold, first, last, k, out.posterior, first * k, workspace.lanes);
          Shares.decide(index, gold, first, last, k, out.posterior, out.answer, out.runnerUp);
        });
    classPrior(tasks, out);
    skills(index, out.answer, out.skill);
    out.iterations = 0;
    out.converged = true;
    out.objective = Double.NaN;
  }

  private static void classPrior(int tasks, FitOutcome.Heap out) {
    int k = out.prior.length;
    double[] sums = new double[k];
    for (int t = 0, row = 0; t < tasks; t++, row += k) {
      for (int j = 0; j < k; j++) {
        sums[j] = sums[j] + out.posterior[row + j];
      }
    }
    Shares.classPrior(sums, tasks, out.prior);
  }

  /** An expert's skill is the part of its distinct (task, label) pairs that equal the answer. */
  private static void skills(Index index, int[] answer, double[] skill) {
    int[] agreed = new int[skill.length];
    int[] distinct = new int[skill.length];
    long[] pairs = new long[16];
    for (int t = 0; t < index.tasks; t++) {
      int begin = index.offsets[t];
      int size = index.offsets[t + 1] - begin;
      if (size > pairs.length) {
        pairs = new long[Math.max(size, 2 * pairs.length)];
      }
      for (int i = 0; i < size; i++) {
        pairs[i] = (long) index.expert[begin + i] << 32 | index.label[begin + i];
      }
      Arrays.sort(pairs, 0, size);
      for (int i = 0; i < size; i++) {
        if (i == 0 || pairs[i] != pairs[i - 1]) {
          int e = (int) (pairs[i] >>> 32);
          distinct[e]++;
          if ((int) pairs[i] == answer[t]) {
            agreed[e]++;
          }
        }
      }
    }
    for (int e = 0; e < skill.length; e++) {
      skill[e] = distinct[e] == 0 ? 0.0 : (double) agreed[e] / distinct[e];
    }
  }
}
