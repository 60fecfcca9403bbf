package dev.coterie.consensus;

import dev.coterie.spi.MethodKind;

/**
 * The label with the largest sum of weights wins.
 *
 * <p>The posterior of a label is its share of the weight of the task's answers. An expert's skill
 * is the part of its answers that agree with the result. Takes time in proportion to the answers.
 */
public final class WeightedVote implements ConsensusMethod {
  private final FitOptions options;

  /** Makes the method with its defaults. */
  public WeightedVote() {
    this(new Builder());
  }

  private WeightedVote(Builder builder) {
    options = FitOptions.of(MethodKind.WEIGHTED_VOTE, builder);
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
    return "weighted-vote";
  }

  @Override
  public Consensus fit(AnswerTable table, FitControl control) {
    return options.fit(table, control);
  }

  /** Collects the options of {@link WeightedVote}. Not safe for use by several threads. */
  public static final class Builder extends MethodBuilder<Builder> {
    private Builder() {}

    @Override
    Builder self() {
      return this;
    }

    /**
     * Lets early answers of a task weigh more than late ones: the weights of a task's answers, in
     * their order, are multiplied by 1, .95, .9, .85, .8, .75, .7 and .65, the last also for all
     * later ones. The default is false.
     *
     * @param enabled whether to do so
     * @return this
     */
    public Builder positional(boolean enabled) {
      positional = enabled;
      return this;
    }

    @Override
    public WeightedVote build() {
      return new WeightedVote(this);
    }
  }
}
