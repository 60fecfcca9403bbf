package dev.coterie.consensus;

import dev.coterie.spi.MethodKind;

/**
 * The most frequent label wins. All answers count alike, whatever their weights.
 *
 * <p>The posterior of a label is its share of the task's answers. An expert's skill is the part of
 * its answers that agree with the result. Takes time in proportion to the answers.
 */
public final class MajorityVote implements ConsensusMethod {
  private final FitOptions options;

  /** Makes the method with its defaults. */
  public MajorityVote() {
    this(new Builder());
  }

  private MajorityVote(Builder builder) {
    options = FitOptions.of(MethodKind.MAJORITY_VOTE, builder);
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
    return "majority-vote";
  }

  @Override
  public Consensus fit(AnswerTable table, FitControl control) {
    return options.fit(table, control);
  }

  /** Collects the options of {@link MajorityVote}. Not safe for use by several threads. */
  public static final class Builder extends MethodBuilder<Builder> {
    private Builder() {}

    @Override
    Builder self() {
      return this;
    }

    @Override
    public MajorityVote build() {
      return new MajorityVote(this);
    }
  }
}
