package dev.coterie.consensus.pairwise;

/**
 * The options of pairwise methods that iterate, for code that sets them whatever the method. Get
 * one from a method's {@code builder()}. Not safe for use by several threads.
 *
 * @param <B> the builder itself, which its methods return
 */
public abstract sealed class IterativePairwiseBuilder<B extends IterativePairwiseBuilder<B>>
    extends PairwiseBuilder<B>
    permits BradleyTerry.Builder,
        NoisyBradleyTerry.Builder,
        Newman.Builder,
        Eigenvector.Builder,
        PageRank.Builder,
        Kemeny.Builder {
  int maxIterations;
  double tolerance;

  IterativePairwiseBuilder(int maxIterations, double tolerance) {
    this.maxIterations = maxIterations;
    this.tolerance = tolerance;
  }

  /**
   * Sets the most iterations; each method has its own default, which is enough for nearly all
   * tables.
   *
   * @param iterations at least 0
   * @return this
   * @throws IllegalArgumentException when the number is negative
   */
  public B maxIterations(int iterations) {
    if (iterations < 0) {
      throw new IllegalArgumentException("maxIterations " + iterations + " is negative");
    }
    maxIterations = iterations;
    return self();
  }

  /**
   * Sets how small a change or a slope ends the iterations, each method in its own way, with its
   * own default. {@link Kemeny} pays no heed to it.
   *
   * @param change between 0 and 1e100
   * @return this
   * @throws IllegalArgumentException when the change is something else
   */
  public B tolerance(double change) {
    tolerance = checkBetween("tolerance", change, 0, LARGEST);
    return self();
  }
}
