package dev.coterie.consensus;

import dev.coterie.spi.MethodKind;

/**
 * Learns for each expert how reliable it is, with every label equally likely beforehand: G.
 * Demartini, D. E. Difallah and P. Cudré-Mauroux, <em>ZenCrowd: leveraging probabilistic reasoning
 * and crowdsourcing techniques for large-scale entity linking</em>, WWW 2012.
 *
 * <p>It is {@link OneCoinDawidSkene} without an estimated class prior, which keeps a label from
 * taking all tasks, and begins with the same reliability for all experts instead of the votes. At
 * most 20 iterations are made by default. An iteration takes time in proportion to the answers plus
 * tasks times labels. An expert's skill is the probability that it is right.
 */
public final class ZenCrowd implements ConsensusMethod {
  private final FitOptions options;

  /** Makes the method with its defaults. */
  public ZenCrowd() {
    this(new Builder());
  }

  private ZenCrowd(Builder builder) {
    options = FitOptions.of(MethodKind.ZEN_CROWD, builder, builder.start);
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
    return "zen-crowd";
  }

  @Override
  public Consensus fit(AnswerTable table, FitControl control) {
    return options.fit(table, control);
  }

  /** Collects the options of {@link ZenCrowd}. Not safe for use by several threads. */
  public static final class Builder extends EmBuilder<Builder> {
    private double start = 0.8;

    private Builder() {
      super(20, 1e-9);
    }

    @Override
    Builder self() {
      return this;
    }

    /**
     * Sets the reliability that every expert begins with; the default is 0.8.
     *
     * @param reliability between 0 and 1
     * @return this
     * @throws IllegalArgumentException when it is something else
     */
    public Builder start(double reliability) {
      this.start = checkBetween("start", reliability, 0, 1);
      return this;
    }

    @Override
    public ZenCrowd build() {
      return new ZenCrowd(this);
    }
  }
}
