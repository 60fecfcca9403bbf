package dev.coterie.internal.numeric;

import dev.coterie.internal.engine.Spans;
import dev.coterie.spi.NumericColumns;
import dev.coterie.spi.NumericKind;
import dev.coterie.spi.NumericProblem;
import java.util.Arrays;

/**
 * The answers of a table grouped by task, in the table's order or in the order of their values:
 * repeats resolved, answers without weight left out, values scaled below 1. Immutable once built.
 */
final class Answers {
  /** The number of tasks. */
  final int tasks;

  /** The number of experts. */
  final int experts;

  /** Where the answers of each task begin; one more element than tasks. */
  final int[] offsets;

  /** The spans of tasks. */
  final Spans spans;

  /** The expert of each answer that counts; may be longer. */
  final int[] expert;

  /** The scaled value of each answer that counts; may be longer. */
  final double[] value;

  /** The weight of each answer that counts, or null when all are 1; may be longer. */
  final double[] weight;

  /** The number of answers of each expert that count. */
  final int[] answered;

  /** The values have been divided by two to this power. */
  final int exponent;

  private final double[] known;

  private Answers(NumericProblem problem, NumericColumns.Heap table) {
    tasks = table.tasks();
    experts = table.experts();
    exponent = Scale.exponent(largest(problem, table));
    int n = table.size();
    offsets = offsets(table);
    spans = Spans.of(offsets.clone(), experts);
    expert = new int[n];
    value = new double[n];
    double[] weights = weighted(problem, table) ? new double[n] : null;
    fill(problem, table, weights);
    if (problem.lastWins()) {
      keepLast(weights);
    }
    if (weights != null) {
      leaveOutWeightless(weights);
    }
    weight = weights == null || allOnes(weights) ? null : weights;
    if (isSorted(problem.method())) {
      ValueOrder.sort(offsets, expert, value, weight);
    }
    answered = new int[experts];
    for (int i = 0; i < offsets[tasks]; i++) {
      answered[expert[i]]++;
    }
    known = problem.known() == null ? null : scaled(problem.known());
  }

  /** Groups a table. */
  static Answers of(NumericProblem problem) {
    return new Answers(problem, (NumericColumns.Heap) problem.table());
  }

  private static boolean weighted(NumericProblem problem, NumericColumns.Heap table) {
    return switch (problem.method()) {
      case MEAN, MEDIAN, TRIMMED_MEAN -> false;
      default -> table.weight() != null || problem.expertWeights() != null;
    };
  }

  private static boolean isSorted(NumericKind method) {
    return switch (method) {
      case MEDIAN, TRIMMED_MEAN, CATD, PM -> true;
      default -> false;
    };
  }

  private static double largest(NumericProblem problem, NumericColumns.Heap table) {
    double largest = 0.0;
    for (int i = 0; i < table.size(); i++) {
      largest = Math.max(largest, Math.abs(table.value()[i]));
    }
    if (problem.known() != null) {
      for (double v : problem.known()) {
        largest = Double.isNaN(v) ? largest : Math.max(largest, Math.abs(v));
      }
    }
    return largest;
  }

  private static int[] offsets(NumericColumns.Heap table) {
    int[] offsets = new int[table.tasks() + 1];
    for (int i = 0; i < table.size(); i++) {
      offsets[table.task()[i] + 1]++;
    }
    for (int t = 0; t < table.tasks(); t++) {
      offsets[t + 1] += offsets[t];
    }
    return offsets;
  }

  private void fill(NumericProblem problem, NumericColumns.Heap table, double[] weights) {
    double[] trust = problem.expertWeights();
    int[] next = Arrays.copyOf(offsets, tasks);
    for (int i = 0; i < table.size(); i++) {
      int at = next[table.task()[i]]++;
      int e = table.expert()[i];
      expert[at] = e;
      // A negative zero becomes a zero, so that equal values have equal bits.
      value[at] = Scale.scale(table.value()[i], -exponent) + 0.0;
      if (weights != null) {
        double w = table.weight() == null ? 1.0 : table.weight()[i];
        weights[at] = trust == null ? w : w * trust[e];
      }
    }
  }

  private void keepLast(double[] weights) {
    boolean[] kept = new boolean[value.length];
    int[] seen = new int[experts];
    for (int t = 0; t < tasks; t++) {
      for (int i = offsets[t + 1] - 1; i >= offsets[t]; i--) {
        kept[i] = seen[expert[i]] != t + 1;
        seen[expert[i]] = t + 1;
      }
    }
    keep(kept, weights);
  }

  private void leaveOutWeightless(double[] weights) {
    boolean[] kept = new boolean[value.length];
    for (int i = 0; i < offsets[tasks]; i++) {
      kept[i] = weights[i] > 0.0;
    }
    keep(kept, weights);
  }

  private void keep(boolean[] kept, double[] weights) {
    int to = 0;
    int begin = 0;
    for (int t = 0; t < tasks; t++) {
      int end = offsets[t + 1];
      for (int i = begin; i < end; i++) {
        if (kept[i]) {
          expert[to] = expert[i];
          value[to] = value[i];
          if (weights != null) {
            weights[to] = weights[i];
          }
          to++;
        }
      }
      offsets[t + 1] = to;
      begin = end;
    }
  }

  private boolean allOnes(double[] weights) {
    for (int i = 0; i < offsets[tasks]; i++) {
      if (weights[i] != 1.0) {
        return false;
      }
    }
    return true;
  }

  private double[] scaled(double[] values) {
    double[] result = new double[values.length];
    for (int t = 0; t < values.length; t++) {
      result[t] = Scale.scale(values[t], -exponent) + 0.0;
    }
    return result;
  }

  /** Returns the number of answers that count. */
  int size() {
    return offsets[tasks];
  }

  /** Returns the number of answers to a task that count. */
  int size(int task) {
    return offsets[task + 1] - offsets[task];
  }

  /** Returns whether the value of a task is known. */
  boolean isKnown(int task) {
    return known != null && !Double.isNaN(known[task]);
  }

  /** Returns the known value of a task, scaled, or NaN. */
  double known(int task) {
    return known == null ? Double.NaN : known[task];
  }

  /** Returns whether a task is to be estimated: it is not known and has answers. */
  boolean isOpen(int task) {
    return offsets[task] < offsets[task + 1] && !isKnown(task);
  }

  /** Returns the weight of an answer. */
  double weight(int i) {
    return weight == null ? 1.0 : weight[i];
  }

  /** Returns the weight of an answer, times that of its expert where there is one. */
  double weight(int i, double[] trust) {
    double w = weight == null ? 1.0 : weight[i];
    return trust == null ? w : w * trust[expert[i]];
  }
}
