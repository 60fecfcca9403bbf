package dev.coterie.consensus.pairwise;

import dev.coterie.consensus.FitControl;
import dev.coterie.spi.PairwiseProblem;

/**
 * Finds the order that contradicts the least weight of comparisons: J. G. Kemeny, <em>Mathematics
 * without numbers</em>, Daedalus 88, 1959. The score of an item is the number of items below it;
 * the objective is the weight that is contradicted.
 *
 * <p>Items are split where majorities have no cycle, which costs nothing. A group of items with
 * cycles is solved exactly when it has no more than {@link Builder#exactLimit} items, in time and
 * memory with 2 to their number; larger ones are improved by moving single items until none gains,
 * and {@link PairwiseConsensus#isProvenOptimal} is false then.
 */
public final class Kemeny implements PairwiseMethod {
  private final PairwiseFit options;

  /** Makes the method with its defaults. */
  public Kemeny() {
    this(new Builder());
  }

  private Kemeny(Builder builder) {
    options =
        new PairwiseFit(
            PairwiseProblem.KEMENY,
            new double[] {builder.exactLimit},
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
    return "kemeny";
  }

  @Override
  public PairwiseConsensus fit(ComparisonTable table, FitControl control) {
    return options.fit(this, table, control);
  }

  /** Collects the options of {@link Kemeny}. Not safe for use by several threads. */
  public static final class Builder extends IterativePairwiseBuilder<Builder> {
    private int exactLimit = 16;

    private Builder() {
      super(1000, 0);
    }

    @Override
    Builder self() {
      return this;
    }

    /**
     * Sets the most items of a group that is solved exactly; the default is 16.
     *
     * @param items from 0 to 20
     * @return this
     * @throws IllegalArgumentException when it is something else
     */
    public Builder exactLimit(int items) {
      exactLimit = (int) checkBetween("exactLimit", items, 0, 20);
      return this;
    }

    @Override
    public Kemeny build() {
      return new Kemeny(this);
    }
  }
}
