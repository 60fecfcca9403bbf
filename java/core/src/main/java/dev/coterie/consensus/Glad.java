package dev.coterie.consensus;

import dev.coterie.spi.MethodKind;
import java.util.Map;

/**
 * Learns the ability of each expert and the difficulty of each task: J. Whitehill, P. Ruvolo, T.
 * Wu, J. Bergsma and J. Movellan, <em>Whose vote should count more: optimal integration of labels
 * from labelers of unknown expertise</em>, NIPS 2009.
 *
 * <p>An expert is right with probability {@code 1 / (1 + exp(-ability / difficulty))}; an ability
 * below 0 is that of an expert who is wrong more often than not. The result has the abilities as
 * {@linkplain Consensus#weight(int) weights} and the difficulties; an expert's skill is the share
 * of its answers that is expected to be right. At most 500 iterations are made by default, to a
 * tolerance of 1e-5. An iteration takes time in proportion to the answers plus tasks times labels.
 */
public final class Glad implements ConsensusMethod {
  private final FitOptions options;

  /** Makes the method with its defaults. */
  public Glad() {
    this(new Builder());
  }

  private Glad(Builder builder) {
    options = FitOptions.of(MethodKind.GLAD, builder, builder.ability, builder.easiness);
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
    return "glad";
  }

  @Override
  public Consensus fit(AnswerTable table, FitControl control) {
    return options.fit(table, control);
  }

  /** Collects the options of {@link Glad}. Not safe for use by several threads. */
  public static final class Builder extends IterativeBuilder<Builder> {
    private double ability = 1;
    private double easiness = 1;

    private Builder() {
      super(500, 1e-5);
    }

    @Override
    Builder self() {
      return this;
    }

    /**
     * Sets the mean of the prior of the abilities, where they begin; the default is 1.
     *
     * @param mean between -10 and 10
     * @return this
     * @throws IllegalArgumentException when it is something else
     */
    public Builder ability(double mean) {
      this.ability = checkBetween("ability", mean, -10, 10);
      return this;
    }

    /**
     * Sets the mean of the prior of the negative logarithm of difficulty, where the tasks begin;
     * the default is 1.
     *
     * @param mean between -10 and 10
     * @return this
     * @throws IllegalArgumentException when it is something else
     */
    public Builder easiness(double mean) {
      this.easiness = checkBetween("easiness", mean, -10, 10);
      return this;
    }

    /**
     * Gives the probabilities of the labels; without them every label is equally likely.
     *
     * @param priors the probability of each label of the table, positive; together they make 1 to
     *     within 1e-9. Used as given, not normalised. A fit fails when its table has other labels
     * @return this
     * @throws IllegalArgumentException when a probability is not positive and finite, or their sum
     *     is not 1
     * @throws NullPointerException when the map, a key or a value is null
     */
    public Builder classPriors(Map<String, Double> priors) {
      classPriors = EmBuilder.checkPriors(priors);
      return this;
    }

    @Override
    public Glad build() {
      return new Glad(this);
    }
  }
}
