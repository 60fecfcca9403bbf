package dev.coterie.internal.engine;

import dev.coterie.spi.Columns;
import java.util.Arrays;

/**
 * The answers of a table grouped by task, in the table's order inside a task, repeats resolved. The
 * groups stand at places: first in the order of the tasks, and {@linkplain #byLength by length} for
 * methods that walk them many times. Immutable.
 */
final class Index {
  private static final double[] POSITIONAL = {1.0, 0.95, 0.9, 0.85, 0.8, 0.75, 0.7, 0.65};

  /** The number of tasks. */
  final int tasks;

  /** The number of answers kept. */
  final int answers;

  /** The task at each place, or null when place and task are the same. */
  final int[] order;

  /** Where the answers of each place begin; one more element than tasks. */
  final int[] offsets;

  /** As offsets in the order of tasks, repeats included. */
  final int[] given;

  /** The expert of each answer kept; may be longer. */
  final int[] expert;

  /** The label of each answer kept; may be longer. */
  final int[] label;

  /** The weight of each answer kept, or null when all are 1; may be longer. */
  final double[] weight;

  private Index(
      int[] order, int[] given, int[] offsets, int[] expert, int[] label, double[] weight) {
    this.tasks = offsets.length - 1;
    this.answers = offsets[tasks];
    this.order = order;
    this.given = given;
    this.offsets = offsets;
    this.expert = expert;
    this.label = label;
    this.weight = weight;
  }

  /**
   * Groups a table.
   *
   * @param weighted whether the table's weights count
   * @param lastWins whether only the last answer of an expert to a task counts
   * @param positional whether the answers of a task are weighted by their position
   */
  static Index of(Columns.Heap table, boolean weighted, boolean lastWins, boolean positional) {
    int n = table.size();
    int[] offsets = offsets(table);
    int[] expert = new int[n];
    int[] label = new int[n];
    float[] single = weighted ? table.weight() : null;
    double[] weight = single == null ? null : new double[n];
    int[] next = Arrays.copyOf(offsets, table.tasks());
    for (int i = 0; i < n; i++) {
      int at = next[table.task()[i]]++;
      expert[at] = table.expert()[i];
      label[at] = table.label()[i];
      if (weight != null) {
        weight[at] = single[i];
      }
    }
    int[] given = offsets;
    if (lastWins) {
      offsets = given.clone();
      keepLast(table.experts(), offsets, expert, label, weight);
    }
    if (positional) {
      weight = positional(offsets, weight);
    }
    return new Index(null, given, offsets, expert, label, allOnes(weight, offsets) ? null : weight);
  }

  private static int[] offsets(Columns.Heap table) {
    int[] offsets = new int[table.tasks() + 1];
    int[] task = table.task();
    for (int i = 0; i < table.size(); i++) {
      offsets[task[i] + 1]++;
    }
    for (int t = 0; t < table.tasks(); t++) {
      offsets[t + 1] += offsets[t];
    }
    return offsets;
  }

  private static void keepLast(
      int experts, int[] offsets, int[] expert, int[] label, double[] weight) {
    int[] seen = new int[experts];
    int kept = 0;
    int begin = 0;
    for (int t = 0; t + 1 < offsets.length; t++) {
      int end = offsets[t + 1];
      for (int i = end - 1; i >= begin; i--) {
        int e = expert[i];
        if (seen[e] == t + 1) {
          expert[i] = ~e;
        } else {
          seen[e] = t + 1;
        }
      }
      for (int i = begin; i < end; i++) {
        if (expert[i] >= 0) {
          expert[kept] = expert[i];
          label[kept] = label[i];
          if (weight != null) {
            weight[kept] = weight[i];
          }
          kept++;
        }
      }
      offsets[t + 1] = kept;
      begin = end;
    }
  }

  private static double[] positional(int[] offsets, double[] given) {
    int tasks = offsets.length - 1;
    double[] weight = given == null ? new double[offsets[tasks]] : given;
    for (int t = 0; t < tasks; t++) {
      for (int i = offsets[t]; i < offsets[t + 1]; i++) {
        double factor = POSITIONAL[Math.min(i - offsets[t], POSITIONAL.length - 1)];
        weight[i] = given == null ? factor : given[i] * factor;
      }
    }
    return weight;
  }

  private static boolean allOnes(double[] weight, int[] offsets) {
    if (weight != null) {
      for (int i = 0; i < offsets[offsets.length - 1]; i++) {
        if (weight[i] != 1.0) {
          return false;
        }
      }
    }
    return true;
  }

  /**
   * Returns these groups with those of each span by their number of answers, repeats included,
   * fewest first, and in the order of tasks where it is equal: loops over answers are then mostly
   * as long as the one before, which the processor predicts.
   */
  Index byLength(Spans spans) {
    int[] order = new int[tasks];
    for (int s = 0; s < spans.count(); s++) {
      sortByLength(spans.first(s), spans.last(s), order);
    }
    int[] starts = new int[tasks + 1];
    int[] experts = new int[answers];
    int[] labels = new int[answers];
    double[] weights = weight == null ? null : new double[answers];
    for (int place = 0, at = 0; place < tasks; place++) {
      int from = offsets[order[place]];
      int size = offsets[order[place] + 1] - from;
      System.arraycopy(expert, from, experts, at, size);
      System.arraycopy(label, from, labels, at, size);
      if (weights != null) {
        System.arraycopy(weight, from, weights, at, size);
      }
      at += size;
      starts[place + 1] = at;
    }
    return new Index(order, given, starts, experts, labels, weights);
  }

  /** Sorts the tasks {@code [first, last)} by counting; the groups stand in task order still. */
  private void sortByLength(int first, int last, int[] order) {
    int most = 0;
    for (int t = first; t < last; t++) {
      most = Math.max(most, given[t + 1] - given[t]);
    }
    int[] next = new int[most + 2];
    for (int t = first; t < last; t++) {
      next[given[t + 1] - given[t] + 1]++;
    }
    next[0] = first;
    for (int size = 1; size <= most; size++) {
      next[size] += next[size - 1];
    }
    for (int t = first; t < last; t++) {
      order[next[given[t + 1] - given[t]]++] = t;
    }
  }

  /** Returns the task at a place. */
  int task(int place) {
    return order == null ? place : order[place];
  }

  /** Returns one value a task as one value a place; null for null. */
  int[] byPlace(int[] values) {
    if (values == null || order == null) {
      return values;
    }
    int[] result = new int[tasks];
    for (int place = 0; place < tasks; place++) {
      result[place] = values[order[place]];
    }
    return result;
  }

  /** Returns where each answer's row begins in a table of [expert][label] rows of k elements. */
  int[] rows(int k) {
    int[] rows = new int[answers];
    for (int i = 0; i < answers; i++) {
      rows[i] = (expert[i] * k + label[i]) * k;
    }
    return rows;
  }
}
