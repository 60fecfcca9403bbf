package dev.coterie.consensus;

/**
 * A way to infer the true answers from a table of answers. Methods are immutable and safe for use
 * by many threads; one object may fit any number of tables.
 *
 * <p>A fit runs until it is complete or its {@link FitControl} is cancelled. It does not react to
 * {@link Thread#interrupt()}: the interrupt status stays as it is, and the fit goes on.
 */
public sealed interface ConsensusMethod
    permits MajorityVote,
        WeightedVote,
        DawidSkene,
        OneCoinDawidSkene,
        Wawa,
        ZeroBasedSkill,
        GoldMajorityVote,
        Catd,
        Pm,
        Mmsr,
        Kos,
        OrdinalDawidSkene,
        ZenCrowd,
        Mace,
        Glad,
        BayesianClassifierCombination,
        EnhancedBayesianClassifierCombination,
        Auto {

  /**
   * Returns the method's name in lower case with hyphens, as the command line knows it.
   *
   * @return {@code dawid-skene} for {@link DawidSkene}, for example
   */
  String id();

  /**
   * Fits the method to a table. The result is the same, bit for bit, on every backend and with any
   * number of threads.
   *
   * @param table the answers; may be closed meanwhile
   * @return the result, to be closed by the caller
   * @throws IllegalArgumentException when the method's options name tasks, experts or labels that
   *     the table does not have
   * @throws NullPointerException when the table is null
   * @throws IllegalStateException when the table is closed
   * @throws UnsupportedOperationException when the table or the result is too large for a Java
   *     backend
   * @throws dev.coterie.memory.OutOfNativeMemoryException when the result does not fit into
   *     off-heap memory
   * @throws dev.coterie.BackendUnavailableException when the backend that was chosen cannot be used
   */
  default Consensus fit(AnswerTable table) {
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
   * @throws IllegalArgumentException when the method's options name tasks, experts or labels that
   *     the table does not have
   * @throws NullPointerException when the table or the control is null
   * @throws IllegalStateException when the table is closed
   * @throws UnsupportedOperationException when the table or the result is too large for a Java
   *     backend
   * @throws dev.coterie.memory.OutOfNativeMemoryException when the result does not fit into
   *     off-heap memory
   * @throws dev.coterie.BackendUnavailableException when the backend that was chosen cannot be used
   */
  Consensus fit(AnswerTable table, FitControl control);
}
