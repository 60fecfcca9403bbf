package dev.coterie.internal.sequence;

import dev.coterie.spi.RoverProblem;

/** Every check that a table of sequences must pass. */
final class RoverChecks {
  private RoverChecks() {}

  static void check(RoverProblem problem) {
    checkSize("tasks", problem.tasks());
    checkSize("experts", problem.experts());
    checkSize("words", problem.words());
    int rows = problem.rows();
    if (rows == 0) {
      throw new IllegalArgumentException("the table has no rows");
    }
    double[] confidence = problem.confidence();
    if (problem.expert().length != rows
        || problem.length().length != rows
        || (confidence != null && confidence.length != rows)) {
      throw new IllegalArgumentException("the columns of the table differ in length");
    }
    checkColumn("task", problem.task(), problem.tasks());
    checkColumn("expert", problem.expert(), problem.experts());
    checkWords(problem);
    for (int row = 0; confidence != null && row < rows; row++) {
      // The comparison is false for NaN.
      if (!(confidence[row] >= 0.0 && confidence[row] <= 1.0)) {
        throw new IllegalArgumentException(
            "row " + row + ": confidence " + confidence[row] + " is not in 0 to 1");
      }
    }
  }

  private static void checkSize(String name, int size) {
    if (size < 1) {
      throw new IllegalArgumentException(name + " is " + size + ", not in 1..=2147483647");
    }
  }

  private static void checkColumn(String name, int[] column, int size) {
    for (int row = 0; row < column.length; row++) {
      if (column[row] < 0 || column[row] >= size) {
        throw new IllegalArgumentException(
            "row " + row + ": " + name + " " + column[row] + " is outside 0.." + size);
      }
    }
  }

  private static void checkWords(RoverProblem problem) {
    int[] word = problem.word();
    int from = 0;
    for (int row = 0; row < problem.rows(); row++) {
      int length = problem.length()[row];
      if (length < 0 || length > word.length - from) {
        throw new IllegalArgumentException(
            "row "
                + row
                + ": its length is "
                + length
                + ", but "
                + (word.length - from)
                + " words are left");
      }
      for (int i = 0; i < length; i++) {
        int value = word[from + i];
        if (value < 0 || value >= problem.words()) {
          throw new IllegalArgumentException(
              "row " + row + ": word " + i + " is " + value + ", outside 0.." + problem.words());
        }
      }
      from += length;
    }
    if (from != word.length) {
      throw new IllegalArgumentException(
          "the rows have " + from + " words, but " + word.length + " are given");
    }
  }
}
