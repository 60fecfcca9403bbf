package dev.coterie.consensus;

import dev.coterie.spi.MethodKind;
import java.util.Map;

/**
 * A vote in which each expert weighs as much as it is right about the tasks whose label is known.
 * The method is known from crowd-kit and has no paper.
 *
 * <p>The gold has to be given, and some of its tasks have to have answers: a fit without is refused
 * with an {@link IllegalArgumentException}. The posterior of a label is its share of the weights;
 * where no expert of a task has any, that of the plain vote. An expert's skill is the part of its
 * distinct (task, label) pairs of gold tasks that are right, 0 without any, which is also its
 * weight. The time is in proportion to the answers. Reported are one iteration and no
 * log-likelihood.
 */
public final class GoldMajorityVote implements ConsensusMethod {
  private final FitOptions options;

  /**
   * Makes the method with its defaults.
   *
   * @param gold the label of each known task
   * @throws NullPointerException when the map, a key or a value is null
   */
  public GoldMajorityVote(Map<String, String> gold) {
    this(new Builder().gold(gold));
  }

  private GoldMajorityVote(Builder builder) {
    options = FitOptions.of(MethodKind.GOLD_MAJORITY_VOTE, builder);
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
    return "gold-majority-vote";
  }

  @Override
  public Consensus fit(AnswerTable table, FitControl control) {
    return options.fit(table, control);
  }

  /** Collects the options of {@link GoldMajorityVote}. Not safe for use by several threads. */
  public static final class Builder extends MethodBuilder<Builder> {
    private Builder() {}

    /**
     * Sets what is added to the count of an expert's right answers, and once for each label to the
     * count of all its answers; the default is 0. With 1, an expert without answers to gold tasks
     * weighs as much as chance, and one with few is not taken for perfect.
     *
     * @param count between 0 and 1e100
     * @return this
     * @throws IllegalArgumentException when the count is something else
     */
    public Builder smoothing(double count) {
      smoothing = IterativeBuilder.checkAmount("smoothing", count);
      return this;
    }

    @Override
    Builder self() {
      return this;
    }

    @Override
    public GoldMajorityVote build() {
      return new GoldMajorityVote(this);
    }
  }
}
