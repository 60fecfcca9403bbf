package dev.coterie.consensus;

import dev.coterie.spi.MethodKind;

/**
 * Worker agreement with aggregate: a vote, then one in which each expert weighs as much as it
 * agrees with the first. The method is known from crowd-kit and has no paper.
 *
 * <p>The posterior of a label is its share of the weights. An expert's skill is the part of its
 * distinct (task, label) pairs that equal the first vote's answer, which is also its weight. The
 * time is in proportion to the answers. Reported are one iteration and no log-likelihood.
 */
public final class Wawa implements ConsensusMethod {
  private final FitOptions options;

  /** Makes the method with its defaults. */
  public Wawa() {
    this(new Builder());
  }

  private Wawa(Builder builder) {
    options = FitOptions.of(MethodKind.WAWA, builder);
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
    return "wawa";
  }

  @Override
  public Consensus fit(AnswerTable table, FitControl control) {
    return options.fit(table, control);
  }

  /** Collects the options of {@link Wawa}. Not safe for use by several threads. */
  public static final class Builder extends MethodBuilder<Builder> {
    private Builder() {}

    @Override
    Builder self() {
      return this;
    }

    @Override
    public Wawa build() {
      return new Wawa(this);
    }
  }
}
