package dev.coterie.internal.agreement;

import dev.coterie.spi.Columns;
import dev.coterie.spi.MeasureProblem;

/**
 * What a caller's arrays must fulfil. The native library checks the same in the same words; the
 * options come from enums and builders, and the columns of a table were checked when it was made.
 */
final class Checks {
  private static final double LARGEST = 1e100;

  private Checks() {}

  static void check(MeasureProblem problem) {
    double[] first = problem.first();
    switch (problem.kind()) {
      case KRIPPENDORFF_ALPHA, COHEN_KAPPA -> checkValues(problem);
      case UNCERTAINTY, CONSISTENCY ->
          checkNumbers("skill of expert", first, problem.experts(), 0.0, 1.0);
      case CALIBRATION ->
          checkNumbers("posterior", first, (long) problem.tasks() * problem.labels(), 0.0, 1.0);
      case CORRELATION, ERROR -> {
        if (first.length == 0) {
          throw new IllegalArgumentException("the series have no elements");
        }
        if (problem.second().length != first.length) {
          throw length("second", problem.second().length, first.length);
        }
        checkNumbers("first", first, first.length, -LARGEST, LARGEST);
        checkNumbers("second", problem.second(), first.length, -LARGEST, LARGEST);
      }
      case FLEISS_KAPPA, OBSERVED_AGREEMENT, ACCURACY -> {}
    }
    checkKnown(problem);
  }

  private static void checkValues(MeasureProblem problem) {
    Columns.Heap table = (Columns.Heap) problem.table();
    boolean ratio =
        problem.kind() == MeasureProblem.Kind.KRIPPENDORFF_ALPHA && problem.options()[0] == 3.0;
    double least = ratio ? 0.0 : -LARGEST;
    if (table.label() != null) {
      checkNumbers("value of label", problem.first(), table.labels(), least, LARGEST);
      return;
    }
    if (table.size() == 0) {
      throw new IllegalArgumentException("the table has no answers");
    }
    if (table.expert().length != table.size()) {
      throw new IllegalArgumentException("the columns of the table differ in length");
    }
    checkColumn("task", table.task(), table.tasks());
    checkColumn("expert", table.expert(), table.experts());
    checkNumbers("value of answer", problem.first(), table.size(), least, LARGEST);
  }

  private static void checkColumn(String name, int[] column, int size) {
    for (int i = 0; i < column.length; i++) {
      if (column[i] < 0 || column[i] >= size) {
        throw new IllegalArgumentException(
            "answer " + i + ": " + name + " " + column[i] + " is outside 0.." + size);
      }
    }
  }

  private static void checkNumbers(
      String name, double[] numbers, long expected, double least, double most) {
    if (numbers == null) {
      return;
    }
    if (numbers.length != expected) {
      throw length("first", numbers.length, expected);
    }
    for (int i = 0; i < numbers.length; i++) {
      // False for NaN.
      if (!(numbers[i] >= least && numbers[i] <= most)) {
        throw new IllegalArgumentException(
            name + " " + i + ": " + numbers[i] + " is not between " + least + " and " + most);
      }
    }
  }

  private static void checkKnown(MeasureProblem problem) {
    int[] known = problem.known();
    if (known == null) {
      return;
    }
    if (known.length != problem.tasks()) {
      throw length("known", known.length, problem.tasks());
    }
    for (int task = 0; task < known.length; task++) {
      if (known[task] < -1 || known[task] >= problem.labels()) {
        throw new IllegalArgumentException(
            "known of task "
                + task
                + ": label "
                + known[task]
                + " is outside 0.."
                + problem.labels()
                + " and not -1");
      }
    }
  }

  private static IllegalArgumentException length(String name, long length, long expected) {
    return new IllegalArgumentException(name + " has " + length + " elements, not " + expected);
  }
}
