package dev.coterie.consensus.pairwise;

import dev.coterie.consensus.FitControl;
import dev.coterie.spi.PairwiseProblem;

/**
 * The share of points that an item won: 1 for a win, one half for a tie. Without a comparison it is
 * one half. Takes one pass over the table.
 */
public final class WinRate implements PairwiseMethod {
  private final PairwiseFit options;

  /** Makes the method with its defaults. */
  public WinRate() {
    this(new Builder());
  }

  private WinRate(Builder builder) {
    options =
        new PairwiseFit(
            PairwiseProblem.WIN_RATE,
            new double[] {builder.pooled ? 1 : 0},
            0,
            0,
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
    return "win-rate";
  }

  @Override
  public PairwiseConsensus fit(ComparisonTable table, FitControl control) {
    return options.fit(this, table, control);
  }

  /** Collects the options of {@link WinRate}. Not safe for use by several threads. */
  public static final class Builder extends PairwiseBuilder<Builder> {
    private boolean pooled;

    private Builder() {}

    @Override
    Builder self() {
      return this;
    }

    /**
     * Says whether all comparisons of an item are pooled, instead of averaging its share against
     * each opponent over its opponents; the default is false.
     *
     * @param all whether to pool them
     * @return this
     */
    public Builder pooled(boolean all) {
      pooled = all;
      return this;
    }

    @Override
    public WinRate build() {
      return new WinRate(this);
    }
  }
}
