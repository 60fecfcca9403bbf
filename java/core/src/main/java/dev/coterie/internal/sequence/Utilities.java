package dev.coterie.internal.sequence;

/** The similarity of any two rows of a task: word alignment of docs/text.md. */
final class Utilities {
  /** The most rows of a task: two of them are a pair that is kept. */
  private static final int MOST_ROWS = 16_384;

  private final Grouping grouping;

  /** Of each task, the value of each row with those before it. */
  private final double[][] value;

  private int[] cost = new int[0];

  Utilities(Grouping grouping, Watch watch) {
    this.grouping = grouping;
    int tasks = grouping.start.length - 1;
    value = new double[tasks][];
    for (int task = 0; task < tasks; task++) {
      int size = grouping.start[task + 1] - grouping.start[task];
      if (size > MOST_ROWS) {
        throw new IllegalArgumentException(
            "task "
                + task
                + " has "
                + size
                + " rows; with reliability a task may have "
                + MOST_ROWS
                + ": do without it");
      }
    }
    for (int task = 0; task < tasks; task++) {
      value[task] = of(grouping.start[task], grouping.start[task + 1], watch);
    }
  }

  /** Returns the value of the rows i and j of a task, counted within it. */
  double at(int task, int i, int j) {
    if (i == j) {
      return 1.0;
    }
    int low = Math.min(i, j);
    int high = Math.max(i, j);
    return value[task][high * (high - 1) / 2 + low];
  }

  private double[] of(int first, int end, Watch watch) {
    int size = end - first;
    double[] values = new double[size * (size - 1) / 2];
    int at = 0;
    for (int i = first; i < end; i++) {
      for (int j = first; j < i; j++) {
        watch.check();
        int length = length(i) + length(j);
        values[at++] = length == 0 ? 1.0 : Math.sqrt(1.0 - edits(i, j, watch) / (double) length);
      }
    }
    return values;
  }

  private int length(int place) {
    return grouping.from[place + 1] - grouping.from[place];
  }

  /** Returns the least number of words to insert, delete or replace. */
  private int edits(int i, int j, Watch watch) {
    int[] word = grouping.word;
    int a = grouping.from[i];
    int aEnd = grouping.from[i + 1];
    int b = grouping.from[j];
    int bEnd = grouping.from[j + 1];
    while (a < aEnd && b < bEnd && word[a] == word[b]) {
      a++;
      b++;
    }
    while (a < aEnd && b < bEnd && word[aEnd - 1] == word[bEnd - 1]) {
      aEnd--;
      bEnd--;
    }
    int columns = bEnd - b;
    if (cost.length <= columns) {
      cost =
          new int[(int) Math.min(Math.max(columns + 1L, 2L * cost.length), Integer.MAX_VALUE - 8)];
    }
    for (int column = 0; column <= columns; column++) {
      cost[column] = column;
    }
    for (int row = a; row < aEnd; row++) {
      if ((row & 255) == 255) {
        watch.check();
      }
      int diagonal = cost[0];
      cost[0] = row - a + 1;
      for (int column = 0; column < columns; column++) {
        int replaced = diagonal + (word[row] == word[b + column] ? 0 : 1);
        diagonal = cost[column + 1];
        cost[column + 1] = Math.min(Math.min(replaced, diagonal + 1), cost[column] + 1);
      }
    }
    return cost[columns];
  }
}
