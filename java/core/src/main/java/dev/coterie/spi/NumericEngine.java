package dev.coterie.spi;

import dev.coterie.consensus.FitControl;

/** Infers numbers from whole tables. Stateless; safe for use by many threads. */
public interface NumericEngine {

  /**
   * Fits one method to one table and writes the result.
   *
   * @param problem the table, in this backend's storage, and the options
   * @param outcome storage of the right sizes, written by the engine; its contents are unspecified
   *     when this throws
   * @param control cancels the work and receives its progress
   * @throws java.util.concurrent.CancellationException when cancelled
   * @throws IllegalArgumentException naming the answer or option that is wrong
   */
  void fit(NumericProblem problem, NumericOutcome outcome, FitControl control);
}
