package dev.coterie.consensus;

import dev.coterie.spi.MethodKind;

/**
 * The model of {@link DawidSkene} with priors that keep experts with few answers sensible: H. C.
 * Kim and Z. Ghahramani, <em>Bayesian classifier combination</em>, AISTATS 2012, by variational
 * Bayes.
 *
 * <p>The start is the weighted vote. An iteration takes time in proportion to answers times labels;
 * the result has a confusion matrix for each expert, the mean of what is believed, and an expert's
 * skill is the probability that it is right. What is reported as log-likelihood is its lower bound,
 * the evidence lower bound.
 */
public final class BayesianClassifierCombination implements ConsensusMethod {
  private final FitOptions options;

  /** Makes the method with its defaults. */
  public BayesianClassifierCombination() {
    this(new Builder());
  }

  private BayesianClassifierCombination(Builder builder) {
    options =
        FitOptions.of(MethodKind.IBCC, builder, builder.right, builder.wrong, builder.classes);
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
    return "ibcc";
  }

  @Override
  public Consensus fit(AnswerTable table, FitControl control) {
    return options.fit(table, control);
  }

  /**
   * Collects the options of {@link BayesianClassifierCombination}. Not safe for use by several
   * threads.
   */
  public static final class Builder extends EmBuilder<Builder> {
    private double right = 4;
    private double wrong = 1;
    private double classes = 1;

    private Builder() {
      super(5000, 1e-9);
    }

    @Override
    Builder self() {
      return this;
    }

    /**
     * Sets the prior count of right answers, for each true label; the default is 4.
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
     * Sets the prior count of each wrong answer, for each true label; the default is 1.
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
     * Sets the prior count of tasks of each label; the default is 1.
     *
     * @param count between 0.01 and 1e6
     * @return this
     * @throws IllegalArgumentException when it is something else
     */
    public Builder classes(double count) {
      this.classes = checkPrior("classes", count);
      return this;
    }

    @Override
    public BayesianClassifierCombination build() {
      return new BayesianClassifierCombination(this);
    }
  }
}
