package dev.coterie.internal.online;

import dev.coterie.spi.Elementary;
import dev.coterie.spi.OnlineModel;
import dev.coterie.spi.ScalarRows;
import java.util.Arrays;

/**
 * Incremental expectation maximisation (R. M. Neal and G. E. Hinton, 1998) over a store: what a
 * task's posterior should be, and its exchange in the running sums. See docs/methods/online.md.
 */
final class Incremental {
  /** What no prior and no confusion count falls below. */
  private static final double FLOOR = 1e-10;

  private final AnswerStore store;
  private final OnlineModel.Options options;
  private final double[] lanes = new double[Elementary.LANES];
  private double[] row = {};
  private double[] totals = {};

  /** The place of each task among the touched ones plus one, 0 elsewhere. */
  private int[] mark = {};

  Incremental(AnswerStore store, OnlineModel.Options options) {
    this.store = store;
    this.options = options;
  }

  /** Makes the shared storage as long as the store needs it. */
  void reserve() {
    if (mark.length < store.tasks) {
      mark = Arrays.copyOf(mark, store.given.length);
    }
    if (row.length < store.k) {
      row = new double[store.k];
      totals = new double[store.k];
    }
  }

  /** Returns the marks of the tasks, all 0 between two updates. */
  int[] marks() {
    return mark;
  }

  /** Returns a count with what is added to it, and at least the floor. */
  double amount(int matrix, int label, int truth) {
    double trust = label == truth ? options.trust() : 0.0;
    double value = (store.counts[matrix + label * store.k + truth] + trust) + options.smoothing();
    return value > FLOOR ? value : FLOOR;
  }

  /** Returns the class prior of a label. */
  double prior(int label) {
    if (store.tasks == 0) {
      return 1.0 / store.k;
    }
    double share = store.sums[label] / store.tasks;
    return share > FLOOR ? share : FLOOR;
  }

  /** Exchanges the posterior of a task by what the experts' present confusion gives. */
  private double visit(int task) {
    int k = store.k;
    for (int j = 0; j < k; j++) {
      row[j] = Elementary.log(prior(j));
    }
    int[] given = store.given[task];
    int end = AnswerStore.STRIDE * store.givenCount[task];
    for (int at = 0; at < end; at += AnswerStore.STRIDE) {
      int matrix = given[at] * k * k;
      Arrays.fill(totals, 0, k, 0.0);
      for (int label = 0; label < k; label++) {
        for (int truth = 0; truth < k; truth++) {
          totals[truth] = totals[truth] + amount(matrix, label, truth);
        }
      }
      int label = given[at + 1];
      double weight = Float.intBitsToFloat(given[at + 2]);
      for (int j = 0; j < k; j++) {
        row[j] = row[j] + weight * Elementary.log(amount(matrix, label, j) / totals[j]);
      }
    }
    double top = row[0];
    for (int j = 1; j < k; j++) {
      top = row[j] > top ? row[j] : top;
    }
    for (int j = 0; j < k; j++) {
      row[j] = Elementary.exp(row[j] - top);
    }
    double total = ScalarRows.sum(row, 0, k, lanes);
    for (int j = 0; j < k; j++) {
      row[j] = row[j] / total;
    }
    return move(task);
  }

  /** Begins a task with the share of each label among its answers, as a batch fit does. */
  void start(int task) {
    int k = store.k;
    Arrays.fill(row, 0, k, 0.0);
    int[] given = store.given[task];
    int end = AnswerStore.STRIDE * store.givenCount[task];
    for (int at = 0; at < end; at += AnswerStore.STRIDE) {
      int label = given[at + 1];
      row[label] = row[label] + Float.intBitsToFloat(given[at + 2]);
    }
    double total = ScalarRows.sum(row, 0, k, lanes);
    for (int j = 0; j < k; j++) {
      row[j] = total > 0.0 ? row[j] / total : 1.0 / k;
    }
    move(task);
  }

  /** Exchanges the posterior of a task by the row; returns its largest change. */
  private double move(int task) {
    int k = store.k;
    double[] posterior = store.posterior;
    double[] counts = store.counts;
    int old = task * k;
    double distance = 0.0;
    double largest = 0.0;
    for (int j = 0; j < k; j++) {
      store.sums[j] = (store.sums[j] - posterior[old + j]) + row[j];
      double change = Math.abs(row[j] - posterior[old + j]);
      distance = distance + change;
      largest = change > largest ? change : largest;
    }
    int[] given = store.given[task];
    int end = AnswerStore.STRIDE * store.givenCount[task];
    for (int i = 0; i < end; i += AnswerStore.STRIDE) {
      double weight = Float.intBitsToFloat(given[i + 2]);
      int at = (given[i] * k + given[i + 1]) * k;
      for (int j = 0; j < k; j++) {
        counts[at + j] = (counts[at + j] - weight * posterior[old + j]) + weight * row[j];
      }
      store.moved[given[i]] = store.moved[given[i]] + weight * distance;
    }
    store.moves += store.givenCount[task];
    System.arraycopy(row, 0, posterior, old, k);
    return largest;
  }

  /** Sweeps over the touched tasks, which are marked, and visits what lies near them. */
  void settle(int[] touched, int count) {
    for (int sweep = 0; sweep < options.sweeps(); sweep++) {
      double largest = 0.0;
      for (int i = 0; i < count; i++) {
        double change = visit(touched[i]);
        largest = change > largest ? change : largest;
      }
      if (largest <= options.settled()) {
        break;
      }
    }
  }

  /** Visits once each task of the experts that changed most an answer, but for the marked ones. */
  void visitNeighbours() {
    int[] chosen = mostChanged();
    int most = Math.min(options.neighbourTasks(), store.tasks);
    int[] visit = new int[most];
    int count = 0;
    for (int expert : chosen) {
      int[] tasks = store.tasksOf[expert];
      for (int i = 0; i < store.tasksOfCount[expert] && count < most; i++) {
        if (mark[tasks[i]] == 0) {
          mark[tasks[i]] = -1;
          visit[count++] = tasks[i];
        }
      }
    }
    for (int i = 0; i < count; i++) {
      mark[visit[i]] = 0;
      visit(visit[i]);
    }
    for (int expert : chosen) {
      store.moved[expert] = 0.0;
    }
  }

  /** Returns the experts that changed most an answer, most first, the lowest index among equals. */
  private int[] mostChanged() {
    int most = Math.min(options.neighbours(), store.experts);
    int[] best = new int[most];
    double[] changes = new double[most];
    int count = 0;
    for (int expert = 0; expert < store.experts && most > 0; expert++) {
      double change = store.moved[expert] / Math.max(store.tasksOfCount[expert], 1);
      if (!(change > 0.0) || (count == most && changes[most - 1] >= change)) {
        continue;
      }
      int place = count < most ? count++ : most - 1;
      while (place > 0 && changes[place - 1] < change) {
        changes[place] = changes[place - 1];
        best[place] = best[place - 1];
        place--;
      }
      changes[place] = change;
      best[place] = expert;
    }
    return Arrays.copyOf(best, count);
  }
}
