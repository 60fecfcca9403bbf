package dev.coterie.consensus.pairwise;

import dev.coterie.consensus.FitControl;
import dev.coterie.spi.PairwiseProblem;

/**
 * Ratings that move with each comparison, in the order of the table: A. E. Elo, <em>The Rating of
 * Chessplayers, Past and Present</em>, 1978. The result depends on that order; it is for
 * comparisons that come in one by one, not for the best estimate from all of them.
 *
 * <p>The weight of a comparison multiplies the step. Takes one pass over the table.
 */
public final class Elo implements PairwiseMethod {
  private final PairwiseFit options;

  /** Makes the method with its defaults. */
  public Elo() {
    this(new Builder());
  }

  private Elo(Builder builder) {
    options =
        new PairwiseFit(
            PairwiseProblem.ELO,
            new double[] {builder.step, builder.base, builder.scale, builder.initial},
            0,
            0,
            builder.backend,
            Chances.ofElo(builder.base, builder.scale));
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
    return "elo";
  }

  @Override
  public PairwiseConsensus fit(ComparisonTable table, FitControl control) {
    return options.fit(this, table, control);
  }

  /** Collects the options of {@link Elo}. Not safe for use by several threads. */
  public static final class Builder extends PairwiseBuilder<Builder> {
    private double step = 30;
    private double base = 10;
    private double scale = 400;
    private double initial = 1000;

    private Builder() {}

    @Override
    Builder self() {
      return this;
    }

    /**
     * Sets the most points that a rating moves in one comparison; the default is 30.
     *
     * @param points between 0 and 1e100
     * @return this
     * @throws IllegalArgumentException when it is something else
     */
    public Builder k(double points) {
      step = checkBetween("k", points, 0, LARGEST);
      return this;
    }

    /**
     * Sets the odds of an item that is one scale ahead; the default is 10.
     *
     * @param odds above 1, at most 1e100
     * @return this
     * @throws IllegalArgumentException when it is something else
     */
    public Builder base(double odds) {
      base = checkBetween("base", odds, Math.nextUp(1.0), LARGEST);
      return this;
    }

    /**
     * Sets by how many points an item is ahead whose odds are those of the base; the default is
     * 400.
     *
     * @param points between 1e-100 and 1e100
     * @return this
     * @throws IllegalArgumentException when it is something else
     */
    public Builder scale(double points) {
      scale = checkBetween("scale", points, 1 / LARGEST, LARGEST);
      return this;
    }

    /**
     * Sets the rating that items begin with; the default is 1000.
     *
     * @param rating between -1e100 and 1e100
     * @return this
     * @throws IllegalArgumentException when it is something else
     */
    public Builder initial(double rating) {
      initial = checkBetween("initial", rating, -LARGEST, LARGEST);
      return this;
    }

    @Override
    public Elo build() {
      return new Elo(this);
    }
  }
}
