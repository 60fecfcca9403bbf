package dev.coterie.internal.agreement;

import dev.coterie.spi.Columns;
import dev.coterie.spi.Elementary;
import dev.coterie.spi.MeasureProblem;
import java.util.Arrays;

/** The entropy of the answers of each task or expert. */
final class Uncertainty {
  private final MeasureProblem problem;
  private final Columns.Heap table;
  private final Groups groups;

  /** What each label has more than a label that nobody gave. */
  private final double[] more;

  private int[] seen = new int[16];

  Uncertainty(MeasureProblem problem, Columns.Heap table) {
    this.problem = problem;
    this.table = table;
    Groups byTask = Groups.byTask(table, table.label(), problem.lastWins());
    groups = problem.options()[0] == 1.0 ? byTask.byExpert(table.experts()) : byTask;
    more = new double[table.labels()];
  }

  void measure(double[] out) {
    double total = 0.0;
    double number = 0.0;
    for (int group = 0; group < groups.count(); group++) {
      out[2 + group] = Double.NaN;
      if (groups.size(group) > 0) {
        out[2 + group] = entropy(group);
        total += out[2 + group];
        number += 1.0;
      }
    }
    out[0] = total / number;
    out[1] = number;
  }

  private double entropy(int group) {
    if (more.length == 1) {
      return 0.0;
    }
    double base = count(group);
    int labels = more.length;
    if (base == 0.0) {
      // Labels that nobody gave have no share: they are left out.
      Arrays.sort(seen, 0, groups.size(group));
      labels = distinct(groups.size(group));
    }
    double total = 0.0;
    for (int i = 0; i < labels; i++) {
      total += vote(base, i);
    }
    double entropy = 0.0;
    if (total > 0.0) {
      for (int i = 0; i < labels; i++) {
        double p = vote(base, i) / total;
        if (p > 0.0) {
          entropy -= p * Elementary.log(p);
        }
      }
    } else {
      entropy = Elementary.log(more.length);
    }
    for (int i = groups.offsets[group]; i < groups.offsets[group + 1]; i++) {
      more[groups.item[i]] = 0.0;
    }
    return entropy;
  }

  /** Returns the votes of a label; without a base, of a label that was seen. */
  private double vote(double base, int place) {
    return Math.max(base + more[base == 0.0 ? seen[place] : place], 0.0);
  }

  private int distinct(int size) {
    int kept = 0;
    for (int i = 0; i < size; i++) {
      if (i == 0 || seen[i] != seen[i - 1]) {
        seen[kept++] = seen[i];
      }
    }
    return kept;
  }

  private double count(int group) {
    int from = groups.offsets[group];
    int size = groups.size(group);
    if (seen.length < size) {
      seen = new int[Math.max(size, 2 * seen.length)];
    }
    double base = 0.0;
    for (int i = 0; i < size; i++) {
      int label = groups.item[from + i];
      double skill = problem.first() == null ? 1.0 : problem.first()[groups.expert[from + i]];
      double weight = table.weight() == null ? 1.0 : table.weight()[groups.row[from + i]];
      double error = (1.0 - skill) / (more.length - 1);
      base += weight * error;
      more[label] += weight * (skill - error);
      seen[i] = label;
    }
    return base;
  }
}
