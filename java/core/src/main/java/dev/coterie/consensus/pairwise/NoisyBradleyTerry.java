package dev.coterie.consensus.pairwise;

import dev.coterie.consensus.FitControl;
import dev.coterie.spi.PairwiseProblem;

/**
 * Bradley-Terry with a skill and a bias for each expert: X. Chen, P. N. Bennett, K.
 * Collins-Thompson and E. Horvitz, <em>Pairwise ranking aggregation in a crowdsourced setting</em>,
 * WSDM 2013, as crowd-kit has it. With the probability of its skill an expert compares the items;
 * otherwise it says left with the probability of its bias.
 *
 * <p>The table must name the experts. The scores are differences of log-odds for an expert that
 * always compares; a weak prior pulls them to 0. An iteration takes time in proportion to the
 * comparisons.
 */
public final class NoisyBradleyTerry implements PairwiseMethod {
  private final PairwiseFit options;

  /** Makes the method with its defaults. */
  public NoisyBradleyTerry() {
    this(new Builder());
  }

  private NoisyBradleyTerry(Builder builder) {
    options =
        new PairwiseFit(
            PairwiseProblem.NOISY_BRADLEY_TERRY,
            new double[] {builder.regularization, builder.expertPrecision},
            builder.maxIterations,
            builder.tolerance,
            builder.backend,
            Chances::ofNoisy);
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
    return "noisy-bradley-terry";
  }

  @Override
  public PairwiseConsensus fit(ComparisonTable table, FitControl control) {
    return options.fit(this, table, control);
  }

  /** Collects the options of {@link NoisyBradleyTerry}. Not safe for use by several threads. */
  public static final class Builder extends IterativePairwiseBuilder<Builder> {
    private double regularization = 1e-5;
    private double expertPrecision = 1;

    private Builder() {
      super(1000, 1e-6);
    }

    @Override
    Builder self() {
      return this;
    }

    /**
     * Sets how strongly scores are pulled to 0: as much as this many comparisons, half of them won,
     * with an item of score 0; the default is 1e-5.
     *
     * @param weight between 0 and 1e100
     * @return this
     * @throws IllegalArgumentException when it is something else
     */
    public Builder regularization(double weight) {
      regularization = checkBetween("regularization", weight, 0, LARGEST);
      return this;
    }

    /**
     * Sets the precision (one over the variance) of the normal priors of the experts: their biases
     * have log-odds of mean 0, their skills of mean 2 (a skill of 0.88); the default is 1.
     *
     * @param precision between 0 and 1e100; with 0 there is no prior, as in crowd-kit, and experts
     *     with few comparisons go to extremes
     * @return this
     * @throws IllegalArgumentException when it is something else
     */
    public Builder expertPrecision(double precision) {
      expertPrecision = checkBetween("expertPrecision", precision, 0, LARGEST);
      return this;
    }

    @Override
    public NoisyBradleyTerry build() {
      return new NoisyBradleyTerry(this);
    }
  }
}
