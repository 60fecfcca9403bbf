package dev.coterie.consensus;

import dev.coterie.spi.MethodKind;

/**
 * {@link BayesianClassifierCombination} for experts who err together: the tasks of a label fall
 * into groups, and in each group every expert errs in its own way. Y. Li, B. Rubinstein and T.
 * Cohn, <em>Exploiting worker correlation for label aggregation in crowdsourcing</em>, ICML 2019.
 *
 * <p>The fit is variational Bayes from several random starts; the better half of them goes on after
 * every ten iterations. An iteration takes time in proportion to answers times labels times groups,
 * and each start keeps experts times labels times labels times groups numbers. At most 500
 * iterations are made by default, to a tolerance of 1e-6. The confusion matrix of an expert is the
 * mean over the groups. What is reported as log-likelihood is the evidence lower bound.
 */
public final class EnhancedBayesianClassifierCombination implements ConsensusMethod {
  private final FitOptions options;

  /** Makes the method with its defaults. */
  public EnhancedBayesianClassifierCombination() {
    this(new Builder());
  }

  private EnhancedBayesianClassifierCombination(Builder builder) {
    options =
        FitOptions.of(
            MethodKind.EBCC,
            builder,
            builder.groups,
            builder.restarts,
            builder.mixing,
            builder.right,
            builder.wrong);
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
    return "ebcc";
  }

  @Override
  public Consensus fit(AnswerTable table, FitControl control) {
    return options.fit(table, control);
  }

  /**
   * Collects the options of {@link EnhancedBayesianClassifierCombination}. Not safe for use by
   * several threads.
   */
  public static final class Builder extends EmBuilder<Builder> {
    private int groups = 10;
    private int restarts = 10;
    private double mixing = 0.1;
    private double right = 4;
    private double wrong = 1;

    private Builder() {
      super(500, 1e-6);
    }

    @Override
    Builder self() {
      return this;
    }

    /**
     * Sets the number of groups of each label; the default is 10. Not all of them get tasks.
     *
     * @param count between 1 and 1000
     * @return this
     * @throws IllegalArgumentException when it is something else
     */
    public Builder groups(int count) {
      this.groups = checkCount("groups", count);
      return this;
    }

    /**
     * Sets the number of random starts; the default is 10.
     *
     * @param count between 1 and 1000
     * @return this
     * @throws IllegalArgumentException when it is something else
     */
    public Builder restarts(int count) {
      this.restarts = checkCount("restarts", count);
      return this;
    }

    /**
     * Sets the prior count of the tasks of a label, shared by its groups; the default is 0.1. Less
     * makes for fewer groups.
     *
     * @param count between 0.01 and 1e6
     * @return this
     * @throws IllegalArgumentException when it is something else
     */
    public Builder mixing(double count) {
      this.mixing = checkPrior("mixing", count);
      return this;
    }

    /**
     * Sets the prior count of right answers, for each group; the default is 4.
     *
     * @param count between 0.01 and 1e6
     * @return this
     * @throws IllegalArgumentException when it is something else
     */
    public Builder right(double count) {
      this.right = checkPrior("right", count);
      return this;
    }

    /**
     * Sets the prior count of each wrong answer, for each group; the default is 1.
     *
     * @param count between 0.01 and 1e6
     * @return this
     * @throws IllegalArgumentException when it is something else
     */
    public Builder wrong(double count) {
      this.wrong = checkPrior("wrong", count);
      return this;
    }

    /**
     * Sets where the random numbers of the starts begin; the default is 0. The same seed gives the
     * same result everywhere.
     *
     * @param number any number
     * @return this
     */
    public Builder seed(long number) {
      seed = number;
      return this;
    }

    @Override
    public EnhancedBayesianClassifierCombination build() {
      return new EnhancedBayesianClassifierCombination(this);
    }
  }
}
