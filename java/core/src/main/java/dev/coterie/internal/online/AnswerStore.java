package dev.coterie.internal.online;

import dev.coterie.internal.table.HeapLimits;
import java.util.Arrays;

/**
 * What a model holds: the answers of each task, the tasks of each expert, and the running sums. The
 * arrays are longer than what is in use. About 16 bytes an answer, 8 labels and 60 bytes a task.
 */
final class AnswerStore {
  /** The ints of an answer: expert, label, bits of the weight. */
  static final int STRIDE = 3;

  private static final int[] NONE = {};

  int tasks;
  int experts;
  int k;
  int answers;

  /** [task][label]. */
  double[] posterior = {};

  /** The sum of the posteriors of all tasks. */
  double[] sums = {};

  /** [expert][label][true label]. */
  double[] counts = {};

  /** How far the posteriors behind an expert's counts have moved since its tasks were visited. */
  double[] moved = {};

  /** The answers of each task, oldest first. */
  int[][] given = {};

  int[] givenCount = {};

  /** The tasks of each expert in ascending order. */
  int[][] tasksOf = {};

  int[] tasksOfCount = {};

  /** Answers whose share of the counts was changed since the last recount. */
  long moves;

  long recounts;

  /** Refuses sizes that a model cannot have; the limits are those of every backend. */
  void checkSizes(long wantedTasks, long wantedExperts, long labels) {
    checkSize("tasks", wantedTasks);
    checkSize("experts", wantedExperts);
    checkSize("labels", labels);
    if (labels == 0) {
      throw new IllegalArgumentException("labels is 0: there must be one at least");
    }
    long rows = wantedExperts * labels;
    if (rows > 0xFFFFFFFFL
        || HeapLimits.times(HeapLimits.times(rows, labels), 8) == Long.MAX_VALUE
        || HeapLimits.times(wantedTasks * labels, 8) == Long.MAX_VALUE) {
      throw new IllegalArgumentException(
          wantedTasks
              + " tasks and "
              + wantedExperts
              + " experts with "
              + labels
              + " labels are more than a model can hold");
    }
  }

  private static void checkSize(String name, long size) {
    if (size < 0 || size > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(name + " is " + size + ", not in 0.." + Integer.MAX_VALUE);
    }
  }

  /**
   * Makes room for more tasks, experts and labels; changes nothing when memory is not to be had.
   */
  void grow(int newTasks, int newExperts, int labels) {
    if (labels > k) {
      widen(labels);
    }
    double share = 1.0 / k;
    if (newExperts > experts) {
      int cells = HeapLimits.check(HeapLimits.times((long) newExperts * k, k), "confusion counts");
      double[] moreCounts = longer(counts, cells);
      double[] moreMoved = longer(moved, newExperts);
      int[][] moreTasksOf = longer(tasksOf, newExperts);
      tasksOfCount = longer(tasksOfCount, newExperts);
      counts = moreCounts;
      moved = moreMoved;
      tasksOf = moreTasksOf;
      experts = newExperts;
    }
    if (newTasks > tasks) {
      int cells = HeapLimits.check((long) newTasks * k, "posteriors (tasks x labels)");
      double[] morePosterior = longer(posterior, cells);
      int[][] moreGiven = longer(given, newTasks);
      givenCount = longer(givenCount, newTasks);
      posterior = morePosterior;
      given = moreGiven;
      Arrays.fill(posterior, tasks * k, cells, share);
      for (; tasks < newTasks; tasks++) {
        for (int j = 0; j < k; j++) {
          sums[j] = sums[j] + share;
        }
      }
    }
  }

  /** Gives every posterior and every matrix room for more labels, with zeros. */
  private void widen(int labels) {
    double[] widePosterior =
        new double[HeapLimits.check((long) tasks * labels, "posteriors (tasks x labels)")];
    long cells = HeapLimits.times((long) experts * labels, labels);
    double[] wideCounts = new double[HeapLimits.check(cells, "confusion counts")];
    double[] wideSums = Arrays.copyOf(sums, labels);
    for (int t = 0; t < tasks; t++) {
      System.arraycopy(posterior, t * k, widePosterior, t * labels, k);
    }
    for (int row = 0; row < experts * k; row++) {
      int to = (row / k * labels + row % k) * labels;
      System.arraycopy(counts, row * k, wideCounts, to, k);
    }
    posterior = widePosterior;
    counts = wideCounts;
    sums = wideSums;
    k = labels;
  }

  private static int room(int length, int needed) {
    return length >= needed
        ? length
        : (int) Math.max(needed, Math.min(length * 3L / 2, HeapLimits.LONGEST));
  }

  private static double[] longer(double[] array, int needed) {
    return array.length >= needed ? array : Arrays.copyOf(array, room(array.length, needed));
  }

  private static int[] longer(int[] array, int needed) {
    return array.length >= needed ? array : Arrays.copyOf(array, room(array.length, needed));
  }

  private static int[][] longer(int[][] array, int needed) {
    if (array.length >= needed) {
      return array;
    }
    int[][] more = Arrays.copyOf(array, room(array.length, needed));
    Arrays.fill(more, array.length, more.length, NONE);
    return more;
  }

  /** Makes room for more answers to a task. */
  void reserveGiven(int task, int more) {
    long needed = (long) STRIDE * (givenCount[task] + (long) more);
    given[task] = longer(given[task], HeapLimits.check(needed, "the answers to a task"));
  }

  /** Makes room for more answers of an expert. */
  void reserveTasksOf(int expert, int more) {
    long needed = tasksOfCount[expert] + (long) more;
    tasksOf[expert] = longer(tasksOf[expert], HeapLimits.check(needed, "an expert's tasks"));
  }

  /** Returns whether an expert has an answer to a task. */
  boolean has(int task, int expert) {
    return Arrays.binarySearch(tasksOf[expert], 0, tasksOfCount[expert], task) >= 0;
  }

  /** Takes an answer in, for which there is room; it replaces the expert's one before. */
  void insert(int task, int expert, int label, float weight) {
    if (has(task, expert)) {
      drop(task, expert);
    }
    int at = (expert * k + label) * k;
    for (int j = 0; j < k; j++) {
      counts[at + j] = counts[at + j] + weight * posterior[task * k + j];
    }
    note(expert, weight);
    int[] list = tasksOf[expert];
    int size = tasksOfCount[expert]++;
    int place =
        size == 0 || list[size - 1] < task ? size : ~Arrays.binarySearch(list, 0, size, task);
    System.arraycopy(list, place, list, place + 1, size - place);
    list[place] = task;
    int end = STRIDE * givenCount[task]++;
    given[task][end] = expert;
    given[task][end + 1] = label;
    given[task][end + 2] = Float.floatToRawIntBits(weight);
    answers++;
  }

  /** Takes an answer out. */
  void drop(int task, int expert) {
    int[] row = given[task];
    int place = 0;
    while (row[STRIDE * place] != expert) {
      place++;
    }
    int label = row[STRIDE * place + 1];
    double weight = Float.intBitsToFloat(row[STRIDE * place + 2]);
    int last = --givenCount[task];
    System.arraycopy(row, STRIDE * (place + 1), row, STRIDE * place, STRIDE * (last - place));
    int at = (expert * k + label) * k;
    for (int j = 0; j < k; j++) {
      counts[at + j] = counts[at + j] - weight * posterior[task * k + j];
    }
    note(expert, weight);
    int[] list = tasksOf[expert];
    int found = Arrays.binarySearch(list, 0, tasksOfCount[expert], task);
    System.arraycopy(list, found + 1, list, found, --tasksOfCount[expert] - found);
    answers--;
  }

  private void note(int expert, double weight) {
    moved[expert] = moved[expert] + weight;
    moves++;
  }
}
