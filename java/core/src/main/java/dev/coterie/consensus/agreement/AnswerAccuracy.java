package dev.coterie.consensus.agreement;

import java.util.Objects;
import java.util.OptionalDouble;

/**
 * The share of the answers that equal known labels, in all, by expert and by task. Get one from
 * {@link Agreement#accuracy}. Immutable.
 */
public final class AnswerAccuracy {
  private static final int HEAD = 3;

  private final int experts;
  private final double[] out;

  AnswerAccuracy(int experts, double[] out) {
    this.experts = experts;
    this.out = out;
  }

  /**
   * Returns the share of right answers.
   *
   * @return from 0 to 1
   */
  public double value() {
    return out[0];
  }

  /**
   * Returns the number of answers to tasks with a known label.
   *
   * @return at least 1
   */
  public long answers() {
    return (long) out[1];
  }

  /**
   * Returns the share of an expert's right answers.
   *
   * @param expert the expert's index
   * @return from 0 to 1; empty without an answer to a task with a known label
   * @throws IndexOutOfBoundsException when there is no such expert
   */
  public OptionalDouble ofExpert(int expert) {
    return Measures.optional(out[HEAD + Objects.checkIndex(expert, experts)]);
  }

  /**
   * Returns the share of the right answers to a task.
   *
   * @param task the task's index
   * @return from 0 to 1; empty without an answer or a known label
   * @throws IndexOutOfBoundsException when there is no such task
   */
  public OptionalDouble ofTask(int task) {
    int tasks = out.length - HEAD - experts;
    return Measures.optional(out[HEAD + experts + Objects.checkIndex(task, tasks)]);
  }
}
