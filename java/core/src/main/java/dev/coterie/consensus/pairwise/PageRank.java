package dev.coterie.consensus.pairwise;

import dev.coterie.consensus.FitControl;
import dev.coterie.spi.PairwiseProblem;

/**
 * Where a walk dwells that goes from an item to one that has beaten it, and now and then to any: L.
 * Page, S. Brin, R. Motwani and T. Winograd, <em>The PageRank citation ranking</em>, 1999. Scores
 * add up to 1. It rewards items for being compared often; compare all equally often.
 *
 * <p>An iteration takes time in proportion to the pairs of items that met.
 */
public final class PageRank implements PairwiseMethod {
  private final PairwiseFit options;

  /** Makes the method with its defaults. */
  public PageRank() {
    this(new Builder());
  }

  private PageRank(Builder builder) {
    options =
        new PairwiseFit(
            PairwiseProblem.PAGE_RANK,
            new double[] {builder.damping},
            builder.maxIterations,
            builder.tolerance,
            builder.backend,
            Chances.NONE);
  }

  /**
   * Starts a method with options of its own.
   *
   * @return a builder with the defaults
   */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public String id() {
    return "page-rank";
  }

  @Override
  public PairwiseConsensus fit(ComparisonTable table, FitControl control) {
    return options.fit(this, table, control);
  }

  /** Collects the options of {@link PageRank}. Not safe for use by several threads. */
  public static final class Builder extends IterativePairwiseBuilder<Builder> {
    private double damping = 0.85;

    private Builder() {
      super(1000, 1e-10);
    }

    @Override
    Builder self() {
      return this;
    }

    /**
     * Sets the probability that the walk follows a comparison; the default is 0.85.
     *
     * @param probability between 0 and 1
     * @return this
     * @throws IllegalArgumentException when it is something else
     */
    public Builder damping(double probability) {
      damping = checkBetween("damping", probability, 0, 1);
      return this;
    }

    @Override
    public PageRank build() {
      return new PageRank(this);
    }
  }
}
