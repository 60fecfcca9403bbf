package dev.coterie.consensus;

import dev.coterie.spi.MethodKind;

/**
 * Skills that follow the agreement with the vote that they weigh: all experts begin a little above
 * chance, and in each iteration a skill moves towards the part of the expert's answers that equal
 * the vote, by a learning rate that is reduced from time to time. The method is known from
 * crowd-kit and has no paper.
 *
 * <p>The posterior of a label is its share of the skills. The defaults are 100 iterations and a
 * tolerance of 0, so the fit ends earlier only when no skill changes any more, which loses nothing.
 * An iteration takes time in proportion to the answers plus tasks times labels. There is no
 * log-likelihood.
 */
public final class ZeroBasedSkill implements ConsensusMethod {
  private final FitOptions options;

  /** Makes the method with its defaults. */
  public ZeroBasedSkill() {
    this(new Builder());
  }

  private ZeroBasedSkill(Builder builder) {
    options =
        FitOptions.of(
            MethodKind.ZERO_BASED_SKILL,
            builder,
            builder.learningRate,
            builder.stepsToReduce,
            builder.reduceFactor);
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
    return "zero-based-skill";
  }

  @Override
  public Consensus fit(AnswerTable table, FitControl control) {
    return options.fit(table, control);
  }

  /** Collects the options of {@link ZeroBasedSkill}. Not safe for use by several threads. */
  public static final class Builder extends IterativeBuilder<Builder> {
    private double learningRate = 1;
    private int stepsToReduce = 20;
    private double reduceFactor = 0.5;

    private Builder() {
      super(100, 0);
    }

    /**
     * Sets which part of the way to the agreement a skill moves in an iteration; the default is 1.
     *
     * @param rate between 0 and 1
     * @return this
     * @throws IllegalArgumentException when the rate is something else
     */
    public Builder learningRate(double rate) {
      learningRate = checkBetween("learningRate", rate, 0, 1);
      return this;
    }

    /**
     * Sets after how many iterations the learning rate is reduced, again and again; the default is
     * 20.
     *
     * @param steps at least 1
     * @return this
     * @throws IllegalArgumentException when the number is less than 1
     */
    public Builder stepsToReduce(int steps) {
      if (steps < 1) {
        throw new IllegalArgumentException("stepsToReduce " + steps + " is not at least 1");
      }
      stepsToReduce = steps;
      return this;
    }

    /**
     * Sets what the learning rate is multiplied by when it is reduced; the default is 0.5.
     *
     * @param factor between 0 and 1
     * @return this
     * @throws IllegalArgumentException when the factor is something else
     */
    public Builder reduceFactor(double factor) {
      reduceFactor = checkBetween("reduceFactor", factor, 0, 1);
      return this;
    }

    @Override
    Builder self() {
      return this;
    }

    @Override
    public ZeroBasedSkill build() {
      return new ZeroBasedSkill(this);
    }
  }
}
