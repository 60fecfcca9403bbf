package dev.coterie.consensus.pairwise;

import dev.coterie.consensus.FitControl;
import dev.coterie.spi.PairwiseProblem;

/**
 * Bradley-Terry with ties as Davidson has them, by an iteration that needs few steps: M. E. J.
 * Newman, <em>Efficient computation of rankings from pairwise comparisons</em>, Journal of Machine
 * Learning Research 24, 2023. The tie parameter is half of Davidson's nu.
 *
 * <p>{@link BradleyTerry} with {@link BradleyTerry.Ties#DAVIDSON} has the same maximum, needs fewer
 * iterations still, and gives standard errors; the origin of the scores here is where the iteration
 * leaves it. An iteration takes time in proportion to the pairs of items that met.
 */
public final class Newman implements PairwiseMethod {
  private final PairwiseFit options;

  /** Makes the method with its defaults. */
  public Newman() {
    this(new Builder());
  }

  private Newman(Builder builder) {
    options =
        new PairwiseFit(
            PairwiseProblem.NEWMAN,
            new double[] {builder.initialTies},
            builder.maxIterations,
            builder.tolerance,
            builder.backend,
            Chances::ofNewman);
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
    return "newman";
  }

  @Override
  public PairwiseConsensus fit(ComparisonTable table, FitControl control) {
    return options.fit(this, table, control);
  }

  /** Collects the options of {@link Newman}. Not safe for use by several threads. */
  public static final class Builder extends IterativePairwiseBuilder<Builder> {
    private double initialTies = 0.5;

    private Builder() {
      super(10_000, 1e-9);
    }

    @Override
    Builder self() {
      return this;
    }

    /**
     * Sets the tie parameter to start from; the default is 0.5.
     *
     * @param parameter between 0 and 1e100
     * @return this
     * @throws IllegalArgumentException when it is something else
     */
    public Builder initialTies(double parameter) {
      initialTies = checkBetween("initialTies", parameter, 0, LARGEST);
      return this;
    }

    @Override
    public Newman build() {
      return new Newman(this);
    }
  }
}
