package dev.coterie.consensus.agreement;

import dev.coterie.consensus.AnswerTable;
import dev.coterie.consensus.FitControl;
import dev.coterie.spi.Columns;
import dev.coterie.spi.MeasureProblem;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * Krippendorff's alpha: one minus the observed disagreement divided by the one that chance would
 * give. 1 is full agreement, 0 is chance, and less is systematic disagreement. It allows any number
 * of experts, missing answers and four {@linkplain Scale scales}.
 *
 * <p>K. Krippendorff, <i>Content Analysis: An Introduction to Its Methodology</i>, 4th edition,
 * 2018, chapter 12. Get one from {@link Agreement#alpha()}. Immutable.
 */
public final class KrippendorffAlpha extends Coefficient {
  private static final int HEAD = 9;

  private final AnswerTable table;
  private final int experts;
  private final double[] out;

  KrippendorffAlpha(AnswerTable table, int experts, double[] out) {
    super("Krippendorff's alpha", outcome(out[0]), out[1]);
    this.table = table;
    this.experts = experts;
    this.out = out;
  }

  /**
   * Measures answers that are numbers, which need not be a few labels, on the default backend.
   * Takes time in proportion to the answers and the logarithm of their number; on the ratio scale
   * to the square of the number of different values.
   *
   * @param task the task of each answer, from 0 to {@code tasks - 1}
   * @param expert the expert of each answer, from 0 to {@code experts - 1}
   * @param value the answers, from -1e100 to 1e100; at least 0 on the ratio scale
   * @param tasks the number of tasks, at least 1
   * @param experts the number of experts, at least 1
   * @param options what to measure, without label values
   * @return the coefficient
   * @throws IllegalArgumentException naming the answer that is wrong, or when the arrays differ in
   *     length or are empty
   * @throws NullPointerException when an argument is null
   * @throws dev.coterie.BackendUnavailableException when {@code coterie.backend} demands a backend
   *     that cannot be used
   */
  public static KrippendorffAlpha ofNumbers(
      int[] task, int[] expert, double[] value, int tasks, int experts, AlphaOptions options) {
    return ofNumbers(task, expert, value, tasks, experts, options, null);
  }

  /**
   * Measures answers that are numbers on a given backend.
   *
   * @param task the task of each answer, from 0 to {@code tasks - 1}
   * @param expert the expert of each answer, from 0 to {@code experts - 1}
   * @param value the answers, from -1e100 to 1e100; at least 0 on the ratio scale
   * @param tasks the number of tasks, at least 1
   * @param experts the number of experts, at least 1
   * @param options what to measure, without label values
   * @param backend the backend's id; null or {@code auto} for the default backend
   * @return the coefficient
   * @throws IllegalArgumentException naming the answer that is wrong, when the arrays differ in
   *     length or are empty, or when there is no backend of this id
   * @throws NullPointerException when an argument other than the backend is null
   * @throws dev.coterie.BackendUnavailableException when the backend cannot be used
   */
  public static KrippendorffAlpha ofNumbers(
      int[] task,
      int[] expert,
      double[] value,
      int tasks,
      int experts,
      AlphaOptions options,
      String backend) {
    Objects.requireNonNull(expert, "expert");
    Objects.requireNonNull(value, "value");
    if (options.labelValues != null) {
      throw new IllegalArgumentException("answers that are numbers take no label values");
    }
    if (tasks < 1 || experts < 1) {
      throw new IllegalArgumentException(
          tasks + " tasks and " + experts + " experts: both must be at least 1");
    }
    if (expert.length != task.length || value.length != task.length) {
      throw new IllegalArgumentException("the columns of the table differ in length");
    }
    if (task.length == 0) {
      throw new IllegalArgumentException("the table has no answers");
    }
    Columns.Heap columns =
        new Columns.Heap(task.length, tasks, experts, 0, task.clone(), expert.clone(), null, null);
    MeasureProblem problem =
        MeasureProblem.of(
            MeasureProblem.Kind.KRIPPENDORFF_ALPHA,
            columns,
            false,
            value.clone(),
            null,
            options.encoded(),
            options.seed);
    double[] out = Measures.run(Measures.backend(backend), problem, new FitControl());
    return new KrippendorffAlpha(null, experts, out);
  }

  /**
   * Returns the observed disagreement.
   *
   * @return the mean distance of two answers to the same task; empty when there are none. Interval
   *     values that are all below 2^-300 are multiplied by 2^600 before they are squared
   */
  public OptionalDouble observedDisagreement() {
    return Measures.optional(out[2]);
  }

  /**
   * Returns the disagreement that chance would give.
   *
   * @return the mean distance of any two answers; empty when no task has two
   */
  public OptionalDouble expectedDisagreement() {
    return Measures.optional(out[3]);
  }

  /**
   * Returns the number of tasks that count.
   *
   * @return those with at least two answers
   */
  public int tasks() {
    return (int) out[4];
  }

  /**
   * Returns the number of answers that count.
   *
   * @return the answers to tasks with at least two
   */
  public long answers() {
    return (long) out[5];
  }

  /**
   * Returns the lower end of the confidence interval.
   *
   * @return empty when none was asked for, or alpha is undefined in all replicates
   */
  public OptionalDouble lower() {
    return Measures.optional(out[6]);
  }

  /**
   * Returns the upper end of the confidence interval.
   *
   * @return empty when none was asked for, or alpha is undefined in all replicates
   */
  public OptionalDouble upper() {
    return Measures.optional(out[7]);
  }

  /**
   * Returns the number of replicates that the interval comes from: those in which alpha is defined.
   *
   * @return at most as many as were asked for
   */
  public int replicates() {
    return (int) out[8];
  }

  /**
   * Returns how far an expert agrees with the others: one minus the mean distance of its answers
   * from those of the others to the same tasks, divided by the expected disagreement.
   *
   * @param expert the expert's index
   * @return empty when the expert shares no task or alpha has no variation
   * @throws IndexOutOfBoundsException when there is no such expert
   */
  public OptionalDouble ofExpert(int expert) {
    return Measures.optional(out[HEAD + Objects.checkIndex(expert, experts)]);
  }

  /**
   * Returns how far an expert agrees with the others.
   *
   * @param expert the expert's name
   * @return empty when the expert shares no task or alpha has no variation
   * @throws IllegalArgumentException when there is no such expert
   * @throws IllegalStateException when the answers were given without names
   */
  public OptionalDouble ofExpert(String expert) {
    if (table == null) {
      throw new IllegalStateException("the experts have no names: ask by index");
    }
    return ofExpert(Measures.index(table.indexOfExpert(expert), "expert", expert));
  }

  /**
   * Returns the alpha of one label against all others, on the nominal scale.
   *
   * @param label the label's index
   * @return empty when the label is never used in tasks that count, or is the only one
   * @throws IndexOutOfBoundsException when there is no such label
   * @throws IllegalStateException when the scale is not nominal or the answers are numbers
   */
  public OptionalDouble ofLabel(int label) {
    int labels = out.length - HEAD - experts;
    if (labels == 0) {
      throw new IllegalStateException(
          "only the nominal scale of labels has an alpha of each label");
    }
    return Measures.optional(out[HEAD + experts + Objects.checkIndex(label, labels)]);
  }

  /**
   * Returns the alpha of one label against all others, on the nominal scale.
   *
   * @param label the label's name
   * @return empty when the label is never used in tasks that count, or is the only one
   * @throws IllegalArgumentException when there is no such label
   * @throws IllegalStateException when the scale is not nominal or the answers are numbers
   */
  public OptionalDouble ofLabel(String label) {
    int index = table == null ? 0 : table.indexOfLabel(label);
    return ofLabel(Measures.index(index, "label", label));
  }
}
