package dev.coterie.spi;

/**
 * One table and the options of one fit. Arrays are borrowed and not changed.
 *
 * @param method the method's code in the C ABI
 * @param table the columns, in the backend's storage
 * @param maxIterations the most iterations of EM, at least 0
 * @param tolerance the relative change of the log-likelihood that ends EM, at least 0
 * @param smoothing what is added to every confusion count, at least 0
 * @param classPriors the given class priors, one a label, or null
 * @param gold the known label of each task or -1, or null
 * @param priorCounts prior confusion counts, indexed [expert][label][true label], or null
 * @param priorCountsMode 0 none, 1 in the first M-step only, 2 in every M-step
 * @param lastWins whether only the last answer of an expert to a task counts
 * @param positional whether answers are weighted by their position in the task
 * @param threads the number of threads, 0 for all cores
 */
@SuppressWarnings("ArrayRecordComponent") // Borrowed, and never compared.
public record FitProblem(
    int method,
    Columns table,
    int maxIterations,
    double tolerance,
    double smoothing,
    double[] classPriors,
    int[] gold,
    double[] priorCounts,
    int priorCountsMode,
    boolean lastWins,
    boolean positional,
    int threads) {

  /** {@code COTERIE_METHOD_MAJORITY_VOTE}. */
  public static final int MAJORITY_VOTE = 0;

  /** {@code COTERIE_METHOD_WEIGHTED_VOTE}. */
  public static final int WEIGHTED_VOTE = 1;

  /** {@code COTERIE_METHOD_DAWID_SKENE}. */
  public static final int DAWID_SKENE = 2;

  /** {@code COTERIE_METHOD_ONE_COIN_DAWID_SKENE}. */
  public static final int ONE_COIN_DAWID_SKENE = 3;

  /** Prior counts are added in the first M-step only. */
  public static final int FIRST_ITERATION = 1;

  /** Prior counts are added in every M-step. */
  public static final int EVERY_ITERATION = 2;
}
