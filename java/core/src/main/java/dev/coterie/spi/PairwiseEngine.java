package dev.coterie.spi;

import dev.coterie.consensus.FitControl;

/** Scores and ranks the items of whole tables. Stateless; safe for use by many threads. */
public interface PairwiseEngine {

  /**
   * Fits one method to one table and writes the result.
   *
   * @param problem the table, in this backend's storage, and the options
   * @param outcome arrays of the right sizes, written by the engine; their contents are unspecified
   *     when this throws
   * @param control cancels the work and receives its progress
   * @throws java.util.concurrent.CancellationException when cancelled
   * @throws IllegalArgumentException naming the comparison or option that is wrong
   */
  void fit(PairwiseProblem problem, PairwiseOutcome outcome, FitControl control);
}
