package dev.coterie.spi;

/**
 * One table of comparisons and the options of one fit.
 *
 * @param method the method's code in the C ABI
 * @param table the columns, in the backend's storage
 * @param parameters the method's own options, in the order of its constant
 * @param maxIterations the most iterations, at least 0
 * @param tolerance what ends the iterations, between 0 and 1e100
 */
@SuppressWarnings("ArrayRecordComponent") // Borrowed, and never compared.
public record PairwiseProblem(
    int method, Comparisons table, double[] parameters, int maxIterations, double tolerance) {

  /**
   * {@code COTERIE_PAIRWISE_BRADLEY_TERRY}: ties (0 half a win, 1 Davidson, 2 Rao and Kupper),
   * solver (0 Newton, 1 minorisation), order effect, prior, adjustment, limit of standard errors.
   */
  public static final int BRADLEY_TERRY = 0;

  /** {@code COTERIE_PAIRWISE_NOISY_BRADLEY_TERRY}: pull of the scores, precision of the experts. */
  public static final int NOISY_BRADLEY_TERRY = 1;

  /** {@code COTERIE_PAIRWISE_ELO}: step, base, scale, initial rating. */
  public static final int ELO = 2;

  /** {@code COTERIE_PAIRWISE_WIN_RATE}: 0 mean over opponents, 1 pooled. */
  public static final int WIN_RATE = 3;

  /** {@code COTERIE_PAIRWISE_NEWMAN}: the tie parameter to start from. */
  public static final int NEWMAN = 4;

  /** {@code COTERIE_PAIRWISE_EIGENVECTOR}: no parameters. */
  public static final int EIGENVECTOR = 5;

  /** {@code COTERIE_PAIRWISE_PAGE_RANK}: damping. */
  public static final int PAGE_RANK = 6;

  /** {@code COTERIE_PAIRWISE_BORDA}: no parameters. */
  public static final int BORDA = 7;

  /** {@code COTERIE_PAIRWISE_COPELAND}: no parameters. */
  public static final int COPELAND = 8;

  /** {@code COTERIE_PAIRWISE_KEMENY}: the most items of an exact search. */
  public static final int KEMENY = 9;
}
