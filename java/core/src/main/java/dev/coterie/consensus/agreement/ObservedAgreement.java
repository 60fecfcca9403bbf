package dev.coterie.consensus.agreement;

import java.util.Objects;
import java.util.OptionalDouble;

/**
 * The share of pairs of answers to the same task that agree, not corrected for chance; the value is
 * the mean over tasks. Get one from {@link Agreement#observedAgreement}. Immutable.
 */
public final class ObservedAgreement extends Coefficient {
  private static final int HEAD = 5;

  private final double[] out;

  ObservedAgreement(double[] out) {
    super("observed agreement", outcome(out[0]), out[1]);
    this.out = out;
  }

  /**
   * Returns the share of all pairs that agree: tasks with many answers count for more.
   *
   * @return from 0 to 1; empty when no task has two answers
   */
  public OptionalDouble ofPairs() {
    return Measures.optional(out[2]);
  }

  /**
   * Returns the number of tasks that count.
   *
   * @return those with at least two answers
   */
  public int tasks() {
    return (int) out[3];
  }

  /**
   * Returns the number of pairs of answers.
   *
   * @return at least 0; rounded when it is beyond 2^53
   */
  public double pairs() {
    return out[4];
  }

  /**
   * Returns the share of a task's pairs that agree.
   *
   * @param task the task's index
   * @return from 0 to 1; empty when the task has fewer than two answers
   * @throws IndexOutOfBoundsException when there is no such task
   */
  public OptionalDouble ofTask(int task) {
    return Measures.optional(out[HEAD + Objects.checkIndex(task, out.length - HEAD)]);
  }
}
