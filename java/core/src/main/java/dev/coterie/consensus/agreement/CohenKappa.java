package dev.coterie.consensus.agreement;

import java.util.OptionalDouble;

/**
 * Cohen's kappa of two experts: their agreement on common tasks beyond that of two experts who use
 * the labels as often but independently of the task.
 *
 * <p>J. Cohen, <i>A coefficient of agreement for nominal scales</i>, Educational and Psychological
 * Measurement 20, 1960; weighted: Psychological Bulletin 70, 1968. Of several answers of an expert
 * to a task the last one counts. Get one from {@link Agreement#cohenKappa(String, String)}.
 * Immutable.
 */
public final class CohenKappa extends Coefficient {
  private final int tasks;
  private final double agreement;

  CohenKappa(double tasks, double agreement, double kappa) {
    super("Cohen's kappa", outcomeOf(tasks, kappa), kappa);
    this.tasks = (int) tasks;
    this.agreement = agreement;
  }

  private static Outcome outcomeOf(double tasks, double kappa) {
    if (tasks == 0.0) {
      return Outcome.NO_PAIRS;
    }
    return Double.isNaN(kappa) ? Outcome.NO_VARIATION : Outcome.DEFINED;
  }

  /**
   * Returns the number of tasks that both experts answered.
   *
   * @return at least 0
   */
  public int tasks() {
    return tasks;
  }

  /**
   * Returns the share of common tasks to which both gave the same label.
   *
   * @return from 0 to 1; empty without a common task
   */
  public OptionalDouble observedAgreement() {
    return Measures.optional(agreement);
  }
}
