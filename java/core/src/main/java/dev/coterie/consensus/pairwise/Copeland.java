package dev.coterie.consensus.pairwise;

import dev.coterie.consensus.FitControl;
import dev.coterie.spi.PairwiseProblem;

/**
 * Counts the opponents that an item beats more often than they beat it, and half of those that are
 * even: A. H. Copeland, <em>A reasonable social welfare function</em>, 1951. Takes one pass over
 * the table.
 */
public final class Copeland implements PairwiseMethod {
  private final PairwiseFit options;

  /** Makes the method with its defaults. */
  public Copeland() {
    this(new Builder());
  }

  private Copeland(Builder builder) {
    options =
        new PairwiseFit(
            PairwiseProblem.COPELAND, new double[] {}, 0, 0, builder.backend, Chances.NONE);
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
    return "copeland";
  }

  @Override
  public PairwiseConsensus fit(ComparisonTable table, FitControl control) {
    return options.fit(this, table, control);
  }

  /** Collects the options of {@link Copeland}. Not safe for use by several threads. */
  public static final class Builder extends PairwiseBuilder<Builder> {

    private Builder() {}

    @Override
    Builder self() {
      return this;
    }

    @Override
    public Copeland build() {
      return new Copeland(this);
    }
  }
}
