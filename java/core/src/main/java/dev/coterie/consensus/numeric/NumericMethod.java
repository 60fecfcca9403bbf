package dev.coterie.consensus.numeric;

import dev.coterie.consensus.FitControl;

/**
 * A way to infer numbers from a table of numeric answers. Methods are immutable and safe for use by
 * many threads; one object may fit any number of tables.
 *
 * <p>A fit runs until it is complete or its {@link FitControl} is cancelled. It does not react to
 * {@link Thread#interrupt()}: the interrupt status stays as it is, and the fit goes on.
 */
public sealed interface NumericMethod
    permits Mean, Median, TrimmedMean, WeightedMean, LfcN, Catd, Pm {

  /**
   * Returns the method's name in lower case with hyphens.
   *
   * @return {@code mean}, {@code median}, {@code trimmed-mean}, {@code weighted-mean}, {@code
   *     lfc-n}, {@code catd} or {@code pm}
   */
  String id();

  /**
   * Fits the method to a table. The result is the same, bit for bit, on every backend and with any
   * number of threads.
   *
   * @param table the answers; may be closed meanwhile
   * @return the result, to be closed by the caller
   * @throws IllegalArgumentException when the method's options name tasks or experts that the table
   *     does not have
   * @throws NullPointerException when the table is null
   * @throws IllegalStateException when the table is closed
   * @throws UnsupportedOperationException when the table or the result is too large for a Java
   *     backend
   * @throws dev.coterie.memory.OutOfNativeMemoryException when the result does not fit into
   *     off-heap memory
   * @throws dev.coterie.BackendUnavailableException when the backend that was chosen cannot be used
   */
  default NumericConsensus fit(NumericTable table) {
    return fit(table, new FitControl());
  }

  /**
   * Fits the method to a table, watched and stopped by a control.
   *
   * @param table the answers; may be closed meanwhile
   * @param control stops the fit and tells its progress
   * @return the result, to be closed by the caller
   * @throws java.util.concurrent.CancellationException when the control is cancelled before the fit
   *     is complete
   * @throws IllegalArgumentException when the method's options name tasks or experts that the table
   *     does not have
   * @throws NullPointerException when the table or the control is null
   * @throws IllegalStateException when the table is closed
   * @throws UnsupportedOperationException when the table or the result is too large for a Java
   *     backend
   * @throws dev.coterie.memory.OutOfNativeMemoryException when the result does not fit into
   *     off-heap memory
   * @throws dev.coterie.BackendUnavailableException when the backend that was chosen cannot be used
   */
  NumericConsensus fit(NumericTable table, FitControl control);
}
