package dev.coterie.spi;

import dev.coterie.consensus.FitControl;

/** Makes consensus of texts. Stateless; safe for use by many threads. */
public interface TextEngine {

  /**
   * Makes the consensus of every task.
   *
   * @param outcome receives the result; its contents are unspecified when this throws
   * @param control cancels the work and receives its progress: the number of tasks done
   * @throws java.util.concurrent.CancellationException when cancelled
   * @throws IllegalArgumentException naming what is wrong
   */
  void consensus(TextProblem problem, TextOutcome outcome, FitControl control);

  /**
   * Computes the similarities of the texts of one task.
   *
   * @param out receives the matrix, row by row, {@code rows*rows} elements
   */
  void similarities(TextProblem problem, double[] out, FitControl control);

  /**
   * Finds the pairs of texts of one task whose similarity is at least the problem's threshold.
   *
   * @return the pairs, ascending by their first and then their second row
   */
  TextPairs pairs(TextProblem problem, FitControl control);
}
