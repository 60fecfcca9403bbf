package dev.coterie.consensus.pairwise;

import dev.coterie.consensus.FitControl;

/**
 * A way to score and rank items from a table of comparisons. Methods are immutable and safe for use
 * by many threads; one object may fit any number of tables.
 *
 * <p>A fit runs in the calling thread until it is complete or its {@link FitControl} is cancelled.
 * It does not react to {@link Thread#interrupt()}.
 */
public sealed interface PairwiseMethod
    permits BradleyTerry,
        NoisyBradleyTerry,
        Elo,
        WinRate,
        Newman,
        Eigenvector,
        PageRank,
        Borda,
        Copeland,
        Kemeny {

  /**
   * Returns the method's name in lower case with hyphens.
   *
   * @return {@code bradley-terry}, {@code noisy-bradley-terry}, {@code elo}, {@code win-rate},
   *     {@code newman}, {@code eigenvector}, {@code page-rank}, {@code borda}, {@code copeland} or
   *     {@code kemeny}
   */
  String id();

  /**
   * Fits the method to a table. The result is the same, bit for bit, on every backend.
   *
   * @param table the comparisons; may be closed meanwhile
   * @return the result
   * @throws IllegalArgumentException when the method needs experts that the table does not name
   * @throws NullPointerException when the table is null
   * @throws IllegalStateException when the table is closed
   * @throws UnsupportedOperationException when the table is too large for a Java backend
   * @throws dev.coterie.memory.OutOfNativeMemoryException when native memory runs out
   * @throws dev.coterie.BackendUnavailableException when the backend that was chosen cannot be used
   */
  default PairwiseConsensus fit(ComparisonTable table) {
    return fit(table, new FitControl());
  }

  /**
   * Fits the method to a table, watched and stopped by a control.
   *
   * @param table the comparisons; may be closed meanwhile
   * @param control stops the fit and tells its progress
   * @return the result
   * @throws java.util.concurrent.CancellationException when the control is cancelled before the fit
   *     is complete
   * @throws IllegalArgumentException when the method needs experts that the table does not name
   * @throws NullPointerException when the table or the control is null
   * @throws IllegalStateException when the table is closed
   * @throws UnsupportedOperationException when the table is too large for a Java backend
   * @throws dev.coterie.memory.OutOfNativeMemoryException when native memory runs out
   * @throws dev.coterie.BackendUnavailableException when the backend that was chosen cannot be used
   */
  PairwiseConsensus fit(ComparisonTable table, FitControl control);
}
