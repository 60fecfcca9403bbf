package dev.coterie.spi;

import dev.coterie.consensus.FitControl;

/** Makes one sequence of several. Stateless; safe for use by many threads. */
public interface SequenceEngine {

  /**
   * Builds one sequence of words of each task's rows by ROVER.
   *
   * @param problem the rows
   * @param outcome made for this problem, written by the engine; its contents are unspecified when
   *     this throws
   * @param control cancels the work and receives its progress, the tasks that are done
   * @throws java.util.concurrent.CancellationException when cancelled
   * @throws IllegalArgumentException naming the row that is wrong
   */
  void rover(RoverProblem problem, RoverOutcome outcome, FitControl control);
}
