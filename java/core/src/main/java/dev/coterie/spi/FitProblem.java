package dev.coterie.spi;

/**
 * One table and the options of one fit. Arrays are borrowed and not changed.
 *
 * @param method the method
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
 * @param parameters the method's own options, all of them and valid, in the order of its page in
 *     docs/methods; empty for a method without any
 * @param seed where the random numbers of a method that draws some begin
 */
@SuppressWarnings("ArrayRecordComponent") // Borrowed, and never compared.
public record FitProblem(
    MethodKind method,
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
    int threads,
    double[] parameters,
    long seed) {

  /** Returns the same problem with other class priors. */
  public FitProblem withClassPriors(double[] priors) {
    return new FitProblem(
        method,
        table,
        maxIterations,
        tolerance,
        smoothing,
        priors,
        gold,
        priorCounts,
        priorCountsMode,
        lastWins,
        positional,
        threads,
        parameters,
        seed);
  }

  /** Prior counts are added in the first M-step only. */
  public static final int FIRST_ITERATION = 1;

  /** Prior counts are added in every M-step. */
  public static final int EVERY_ITERATION = 2;
}
