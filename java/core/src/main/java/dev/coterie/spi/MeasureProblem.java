package dev.coterie.spi;

/**
 * One measure and what it takes, as {@code coterie_measure_problem_t} describes it. Arrays are
 * borrowed and not changed.
 *
 * @param kind the measure
 * @param table the columns, or null for a measure without a table; the label column is null for
 *     answers that are numbers
 * @param tasks the number of tasks, 0 where the measure has none
 * @param labels the number of labels, 0 where the measure has none
 * @param lastWins whether only the last answer of an expert to a task counts
 * @param first numbers, as the measure says, or null
 * @param second numbers, as the measure says, or null
 * @param known the known label of each task or -1, or null
 * @param options the options of the measure, in its order
 * @param seed the seed of the bootstrap
 */
@SuppressWarnings("ArrayRecordComponent") // Borrowed, and never compared.
public record MeasureProblem(
    Kind kind,
    Columns table,
    int tasks,
    int labels,
    boolean lastWins,
    double[] first,
    double[] second,
    int[] known,
    double[] options,
    long seed) {

  /** The measures. */
  public enum Kind {
    KRIPPENDORFF_ALPHA(0),
    COHEN_KAPPA(1),
    FLEISS_KAPPA(2),
    OBSERVED_AGREEMENT(3),
    UNCERTAINTY(4),
    CONSISTENCY(5),
    ACCURACY(6),
    CALIBRATION(7),
    CORRELATION(8),
    ERROR(9);

    /** The number in the C interface. */
    public final int number;

    Kind(int number) {
      this.number = number;
    }
  }

  /** Returns a problem about a table. */
  public static MeasureProblem of(
      Kind kind,
      Columns table,
      boolean lastWins,
      double[] first,
      int[] known,
      double[] options,
      long seed) {
    return new MeasureProblem(
        kind, table, table.tasks(), table.labels(), lastWins, first, null, known, options, seed);
  }

  /** Returns a problem about two series of numbers. */
  public static MeasureProblem of(Kind kind, double[] first, double[] second) {
    return new MeasureProblem(kind, null, 0, 0, false, first, second, null, new double[0], 0);
  }

  /** Returns the number of experts, 0 where the measure has none. */
  public int experts() {
    return table == null ? 0 : table.experts();
  }

  /** Returns whether the answers are numbers instead of labels. */
  public boolean numbers() {
    return table instanceof Columns.Heap heap && heap.label() == null;
  }

  /** Returns the number of elements in the result. */
  public long length() {
    return switch (kind) {
      case KRIPPENDORFF_ALPHA -> 9L + experts() + (options[0] == 0.0 && !numbers() ? labels : 0);
      case COHEN_KAPPA -> options[1] >= 0.0 ? 5 : 2 + 3 * ((long) experts() * (experts() - 1L) / 2);
      case FLEISS_KAPPA -> 8;
      case OBSERVED_AGREEMENT -> 5L + tasks;
      case UNCERTAINTY -> 2L + (options[0] == 0.0 ? tasks : experts());
      case CONSISTENCY -> 2L + tasks;
      case ACCURACY -> 3L + experts() + tasks;
      case CALIBRATION -> 8 + 6 * (long) options[0];
      case CORRELATION -> 4;
      case ERROR -> 5;
    };
  }
}
