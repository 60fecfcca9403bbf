package dev.coterie.internal.agreement;

import dev.coterie.spi.Columns;
import dev.coterie.spi.MeasureProblem;

/** The share of the answers that are right. */
final class Accuracy {
  private Accuracy() {}

  static void measure(MeasureProblem problem, Columns.Heap table, double[] out) {
    Groups groups = Groups.byTask(table, table.label(), problem.lastWins());
    int experts = table.experts();
    double[] hits = new double[experts];
    double[] answers = new double[experts];
    double right = 0.0;
    double number = 0.0;
    for (int task = 0; task < groups.count(); task++) {
      int known = problem.known()[task];
      int at = 3 + experts + task;
      out[at] = Double.NaN;
      if (known < 0 || groups.size(task) == 0) {
        continue;
      }
      double agreed = 0.0;
      for (int i = groups.offsets[task]; i < groups.offsets[task + 1]; i++) {
        double hit = groups.item[i] == known ? 1.0 : 0.0;
        agreed += hit;
        hits[groups.expert[i]] += hit;
        answers[groups.expert[i]] += 1.0;
      }
      out[at] = agreed / groups.size(task);
      right += agreed;
      number += groups.size(task);
    }
    for (int e = 0; e < experts; e++) {
      out[3 + e] = answers[e] > 0.0 ? hits[e] / answers[e] : Double.NaN;
    }
    out[0] = number > 0.0 ? right / number : Double.NaN;
    out[1] = number;
    out[2] = right;
  }
}
