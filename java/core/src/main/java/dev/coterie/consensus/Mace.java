package dev.coterie.consensus;

import dev.coterie.spi.MethodKind;

/**
 * Takes each answer for either knowledge or spam, which an expert gives by a strategy of its own,
 * and learns how often an expert knows: D. Hovy, T. Berg-Kirkpatrick, A. Vaswani and E. Hovy,
 * <em>Learning whom to trust with MACE</em>, NAACL-HLT 2013.
 *
 * <p>The fit is variational Bayes, or expectation maximisation if so wished, from several random
 * starts; the better half of them goes on after every five iterations. An iteration takes time in
 * proportion to the answers plus tasks times labels. At most 50 iterations are made by default, to
 * a tolerance of 1e-6. An expert's skill is the probability that it knows an answer; the confusion
 * matrix has the spam in it.
 */
public final class Mace implements ConsensusMethod {
  private final FitOptions options;

  /** Makes the method with its defaults. */
  public Mace() {
    this(new Builder());
  }

  private Mace(Builder builder) {
    options =
        FitOptions.of(
            MethodKind.MACE,
            builder,
            builder.variational ? 1 : 0,
            builder.restarts,
            builder.alpha,
            builder.beta,
            builder.strategy);
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
    return "mace";
  }

  @Override
  public Consensus fit(AnswerTable table, FitControl control) {
    return options.fit(table, control);
  }

  /** Collects the options of {@link Mace}. Not safe for use by several threads. */
  public static final class Builder extends EmBuilder<Builder> {
    private boolean variational = true;
    private int restarts = 8;
    private double alpha = 0.5;
    private double beta = 0.5;
    private double strategy = 10;

    private Builder() {
      super(50, 1e-6);
    }

    @Override
    Builder self() {
      return this;
    }

    /**
     * Chooses variational Bayes, the default, or expectation maximisation, which has no priors but
     * the smoothing.
     *
     * @param choice true for variational Bayes
     * @return this
     */
    public Builder variational(boolean choice) {
      variational = choice;
      return this;
    }

    /**
     * Sets the number of random starts; the default is 8.
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
     * Sets the prior count of spam; the default is 0.5. For variational Bayes.
     *
     * @param count between 0.01 and 1e6
     * @return this
     * @throws IllegalArgumentException when it is something else
     */
    public Builder alpha(double count) {
      this.alpha = checkPrior("alpha", count);
      return this;
    }

    /**
     * Sets the prior count of knowledge; the default is 0.5. For variational Bayes.
     *
     * @param count between 0.01 and 1e6
     * @return this
     * @throws IllegalArgumentException when it is something else
     */
    public Builder beta(double count) {
      this.beta = checkPrior("beta", count);
      return this;
    }

    /**
     * Sets the prior count of each label of a strategy; the default is 10. For variational Bayes.
     *
     * @param count between 0.01 and 1e6
     * @return this
     * @throws IllegalArgumentException when it is something else
     */
    public Builder strategy(double count) {
      this.strategy = checkPrior("strategy", count);
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
    public Mace build() {
      return new Mace(this);
    }
  }
}
