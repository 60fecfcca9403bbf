package dev.coterie.consensus.pairwise;

import dev.coterie.consensus.FitControl;
import dev.coterie.spi.PairwiseProblem;

/**
 * Counts the points: 1 for a win and one half for a tie, times the weight. Fair where all items are
 * compared equally often. Takes one pass over the table.
 */
public final class Borda implements PairwiseMethod {
  private final PairwiseFit options;

  /** Makes the method with its defaults. */
  public Borda() {
    this(new Builder());
  }

  private Borda(Builder builder) {
    options =
        new PairwiseFit(
            PairwiseProblem.BORDA, new double[] {}, 0, 0, builder.backend, Chances.NONE);
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
    return "borda";
  }

  @Override
  public PairwiseConsensus fit(ComparisonTable table, FitControl control) {
    return options.fit(this, table, control);
  }

  /** Collects the options of {@link Borda}. Not safe for use by several threads. */
  public static final class Builder extends PairwiseBuilder<Builder> {

    private Builder() {}

    @Override
    Builder self() {
      return this;
    }

    @Override
    public Borda build() {
      return new Borda(this);
    }
  }
}
