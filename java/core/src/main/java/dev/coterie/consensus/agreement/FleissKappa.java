package dev.coterie.consensus.agreement;

import java.util.OptionalDouble;

/**
 * Fleiss' kappa: the agreement of any experts on the same number of answers a task, beyond chance.
 * Where the number varies this is the generalisation that takes each task's own number and counts
 * all tasks with at least two answers alike; the labels' shares are those of all answers that
 * count.
 *
 * <p>J. L. Fleiss, <i>Measuring nominal scale agreement among many raters</i>, Psychological
 * Bulletin 76, 1971. Get one from {@link Agreement#fleissKappa}. Immutable.
 */
public final class FleissKappa extends Coefficient {
  private final double[] out;

  FleissKappa(double[] out) {
    super("Fleiss' kappa", outcome(out[0]), out[1]);
    this.out = out;
  }

  /**
   * Returns the mean share of agreeing pairs of answers.
   *
   * @return from 0 to 1; empty when no task has two answers
   */
  public OptionalDouble observedAgreement() {
    return Measures.optional(out[2]);
  }

  /**
   * Returns the agreement that chance would give.
   *
   * @return the sum of the labels' squared shares; empty when no task has two answers
   */
  public OptionalDouble expectedAgreement() {
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
   * Returns the kappa against a chance that uses all labels of the table alike (J. J. Randolph,
   * 2005).
   *
   * @return empty when no task has two answers or the table has one label
   */
  public OptionalDouble freeMarginal() {
    return Measures.optional(out[6]);
  }

  /**
   * Returns whether all tasks that count have the same number of answers, as Fleiss assumed.
   *
   * @return false when the generalisation was needed, or no task counts
   */
  public boolean sameNumberOfAnswers() {
    return out[7] != 0.0;
  }
}
