package dev.coterie.internal.agreement;

import dev.coterie.spi.Columns;
import dev.coterie.spi.MeasureProblem;

/** Fleiss' kappa, and the observed agreement. */
final class Fleiss {
  private Fleiss() {}

  static void kappa(MeasureProblem problem, Columns.Heap table, double[] out) {
    Groups groups = Groups.byTask(table, table.label(), problem.lastWins());
    Tally tally = new Tally(table.labels());
    double[] counts = new double[table.labels()];
    double total = 0.0;
    double tasks = 0.0;
    double answers = 0.0;
    int size = 0;
    boolean same = true;
    for (int group = 0; group < groups.count(); group++) {
      if (groups.size(group) < 2) {
        continue;
      }
      double m = groups.size(group);
      tally.count(groups.item, groups.offsets[group], groups.offsets[group + 1]);
      for (int i = 0; i < tally.size(); i++) {
        counts[tally.seen(i)] += tally.of(tally.seen(i));
      }
      total += (tally.squares() - m) / (m * (m - 1.0));
      tasks += 1.0;
      answers += m;
      same &= size == 0 || size == groups.size(group);
      size = groups.size(group);
    }
    if (tasks == 0.0) {
      double nan = Double.NaN;
      set(out, JavaAgreement.NO_PAIRS, nan, nan, nan, 0.0, 0.0, nan, 0.0);
      return;
    }
    double observed = total / tasks;
    double expected = 0.0;
    int used = 0;
    for (double count : counts) {
      expected += (count / answers) * (count / answers);
      used += count > 0.0 ? 1 : 0;
    }
    double chance = 1.0 / table.labels();
    set(
        out,
        used > 1 ? JavaAgreement.DEFINED : JavaAgreement.NO_VARIATION,
        used > 1 ? (observed - expected) / (1.0 - expected) : Double.NaN,
        observed,
        expected,
        tasks,
        answers,
        table.labels() > 1 ? (observed - chance) / (1.0 - chance) : Double.NaN,
        same ? 1.0 : 0.0);
  }

  static void observed(MeasureProblem problem, Columns.Heap table, double[] out) {
    Groups groups = Groups.byTask(table, table.label(), problem.lastWins());
    Tally tally = new Tally(table.labels());
    double total = 0.0;
    double tasks = 0.0;
    double agreeing = 0.0;
    double pairs = 0.0;
    for (int group = 0; group < groups.count(); group++) {
      out[5 + group] = Double.NaN;
      if (groups.size(group) >= 2) {
        double m = groups.size(group);
        tally.count(groups.item, groups.offsets[group], groups.offsets[group + 1]);
        double q = tally.squares();
        out[5 + group] = (q - m) / (m * (m - 1.0));
        total += out[5 + group];
        tasks += 1.0;
        agreeing += q - m;
        pairs += m * (m - 1.0);
      }
    }
    if (tasks == 0.0) {
      set(out, JavaAgreement.NO_PAIRS, Double.NaN, Double.NaN, 0.0, 0.0);
    } else {
      set(out, JavaAgreement.DEFINED, total / tasks, agreeing / pairs, tasks, pairs * 0.5);
    }
  }

  private static void set(double[] out, double... head) {
    System.arraycopy(head, 0, out, 0, head.length);
  }
}
