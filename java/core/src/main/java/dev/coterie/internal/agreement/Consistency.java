package dev.coterie.internal.agreement;

import dev.coterie.spi.Columns;
import dev.coterie.spi.Elementary;
import dev.coterie.spi.MeasureProblem;
import java.util.Arrays;

/**
 * The posterior of given answers under given skills. A product of probabilities is kept as the
 * logarithm of its factors above zero and the number of those that are zero.
 */
final class Consistency {
  private final MeasureProblem problem;
  private final Groups groups;
  private final double[] right;
  private final double[] wrong;
  private final double[] logs;
  private final int[] zeros;

  Consistency(MeasureProblem problem, Columns.Heap table) {
    this.problem = problem;
    groups = Groups.byTask(table, table.label(), problem.lastWins());
    int labels = table.labels();
    right = problem.first();
    wrong = new double[right.length];
    Arrays.setAll(wrong, e -> (1.0 - right[e]) / Math.max(labels - 1, 1));
    logs = new double[labels];
    zeros = new int[labels];
  }

  void measure(double[] out) {
    double[] rightLog = logs(right);
    double[] wrongLog = logs(wrong);
    double total = 0.0;
    double number = 0.0;
    for (int task = 0; task < groups.count(); task++) {
      int answer = problem.known()[task];
      out[2 + task] = Double.NaN;
      if (groups.size(task) > 0 && answer >= 0) {
        out[2 + task] = logs.length == 1 ? 1.0 : share(task, answer, rightLog, wrongLog);
        total += out[2 + task];
        number += 1.0;
      }
    }
    out[0] = number > 0.0 ? total / number : Double.NaN;
    out[1] = number;
  }

  private static double[] logs(double[] factors) {
    double[] logs = new double[factors.length];
    Arrays.setAll(logs, e -> factors[e] > 0.0 ? Elementary.log(factors[e]) : 0.0);
    return logs;
  }

  private static int zero(double factor) {
    return factor > 0.0 ? 0 : 1;
  }

  private double share(int task, int answer, double[] rightLog, double[] wrongLog) {
    Arrays.fill(logs, 0.0);
    Arrays.fill(zeros, 0);
    double base = 0.0;
    int baseZeros = 0;
    for (int i = groups.offsets[task]; i < groups.offsets[task + 1]; i++) {
      int e = groups.expert[i];
      int label = groups.item[i];
      base += wrongLog[e];
      baseZeros += zero(wrong[e]);
      logs[label] += rightLog[e] - wrongLog[e];
      zeros[label] += zero(right[e]) - zero(wrong[e]);
    }
    int fewest = Integer.MAX_VALUE;
    for (int label = 0; label < logs.length; label++) {
      logs[label] = base + logs[label];
      zeros[label] += baseZeros;
      fewest = Math.min(fewest, zeros[label]);
    }
    if (zeros[answer] > fewest) {
      return 0.0;
    }
    double top = Double.NEGATIVE_INFINITY;
    for (int label = 0; label < logs.length; label++) {
      if (zeros[label] == fewest) {
        top = Math.max(top, logs[label]);
      }
    }
    double total = 0.0;
    for (int label = 0; label < logs.length; label++) {
      if (zeros[label] == fewest) {
        total += Elementary.exp(logs[label] - top);
      }
    }
    return Elementary.exp(logs[answer] - top) / total;
  }
}
