package dev.coterie.internal.agreement;

import dev.coterie.consensus.FitControl;
import dev.coterie.spi.Columns;
import dev.coterie.spi.MeasureProblem;
import java.util.Arrays;

/** Cohen's kappa of pairs of experts. */
final class Cohen {
  private final MeasureProblem problem;
  private final Columns.Heap table;
  private final FitControl control;
  private final int weighting;
  private final double[] value;
  private final Groups byTask;
  private final Groups byExpert;
  private final Tally rows;
  private final Tally columns;

  /** Where the common tasks of each other expert begin, and where those of the last one end. */
  private final int[] first;

  /** The labels of the expert and of the others in the common tasks. */
  private int[] one = new int[0];

  private int[] other = new int[0];

  Cohen(MeasureProblem problem, Columns.Heap table, FitControl control) {
    this.problem = problem;
    this.table = table;
    this.control = control;
    weighting = (int) problem.options()[0];
    value = Scales.scaled(Scales.labelValues(problem));
    byTask = Groups.byTask(table, table.label(), true);
    byExpert = byTask.byExpert(table.experts());
    rows = new Tally(table.labels());
    columns = new Tally(table.labels());
    first = new int[table.experts() + 1];
  }

  void measure(double[] out) {
    int experts = table.experts();
    int at = 2;
    if (problem.options()[1] >= 0.0) {
      int chosen = (int) problem.options()[2];
      gather((int) problem.options()[1], chosen, chosen + 1);
      write(chosen, out, at);
    } else {
      for (int e = 0; e < experts; e++) {
        JavaAgreement.checkCancelled(control);
        gather(e, e + 1, experts);
        for (int f = e + 1; f < experts; f++) {
          write(f, out, at);
          at += 3;
        }
        JavaAgreement.progress(control, e + 1L);
      }
    }
    double defined = 0.0;
    double total = 0.0;
    for (int i = 4; i < out.length; i += 3) {
      if (!Double.isNaN(out[i])) {
        defined += 1.0;
        total += out[i];
      }
    }
    out[0] = defined;
    out[1] = defined > 0.0 ? total / defined : Double.NaN;
  }

  /**
   * Gathers the common tasks of an expert and the others in {@code [from, to)}: in the time of its
   * tasks' answers, not of all pairs of experts.
   */
  private void gather(int expert, int from, int to) {
    Arrays.fill(first, 0);
    for (int i = byExpert.offsets[expert]; i < byExpert.offsets[expert + 1]; i++) {
      int task = table.task()[byExpert.row[i]];
      for (int j = byTask.offsets[task]; j < byTask.offsets[task + 1]; j++) {
        int e = byTask.expert[j];
        if (e >= from && e < to) {
          first[e + 1]++;
        }
      }
    }
    for (int e = 0; e < table.experts(); e++) {
      first[e + 1] += first[e];
    }
    int common = first[table.experts()];
    if (one.length < common) {
      one = new int[common];
      other = new int[common];
    }
    for (int i = byExpert.offsets[expert]; i < byExpert.offsets[expert + 1]; i++) {
      int task = table.task()[byExpert.row[i]];
      for (int j = byTask.offsets[task]; j < byTask.offsets[task + 1]; j++) {
        int e = byTask.expert[j];
        if (e >= from && e < to) {
          one[first[e]] = byExpert.item[i];
          other[first[e]++] = byTask.item[j];
        }
      }
    }
    // Each beginning has moved to its end, which is the next one's beginning.
    System.arraycopy(first, 0, first, 1, table.experts());
    first[0] = 0;
  }

  /** Writes the number of common tasks, the observed agreement and the kappa. */
  private void write(int expert, double[] out, int at) {
    int from = first[expert];
    int to = first[expert + 1];
    double n = to - from;
    out[at] = n;
    if (from == to) {
      out[at + 1] = Double.NaN;
      out[at + 2] = Double.NaN;
      return;
    }
    int agreed = 0;
    for (int i = from; i < to; i++) {
      agreed += one[i] == other[i] ? 1 : 0;
    }
    rows.count(one, from, to);
    columns.count(other, from, to);
    double observed = weighting == 0 ? n - agreed : observed(from, to);
    double expected = weighting == 0 ? n * n - chance() : expected();
    out[at + 1] = agreed / n;
    out[at + 2] = expected > 0.0 ? 1.0 - (n * observed) / expected : Double.NaN;
  }

  private double chance() {
    double chance = 0.0;
    for (int i = 0; i < rows.size(); i++) {
      chance += rows.of(rows.seen(i)) * columns.of(rows.seen(i));
    }
    return chance;
  }

  private double observed(int from, int to) {
    double observed = 0.0;
    for (int i = from; i < to; i++) {
      observed += apart(one[i], other[i]);
    }
    return observed;
  }

  private double expected() {
    rows.sort();
    columns.sort();
    double expected = 0.0;
    for (int i = 0; i < rows.size(); i++) {
      int a = rows.seen(i);
      double row = 0.0;
      for (int j = 0; j < columns.size(); j++) {
        int b = columns.seen(j);
        row += (rows.of(a) * columns.of(b)) * apart(a, b);
      }
      expected += row;
    }
    return expected;
  }

  private double apart(int a, int b) {
    double d = value[a] - value[b];
    return weighting == 1 ? Math.abs(d) : d * d;
  }
}
