package dev.coterie.consensus;

import dev.coterie.spi.MethodKind;

/**
 * Confidence-aware truth discovery: an expert weighs as much as the lower end of a confidence
 * interval of its precision, so that experts with few answers are trusted less than those who are
 * as often right with many. Q. Li, Y. Li, J. Gao, L. Su, B. Zhao, M. Demirbas, W. Fan and J. Han,
 * <em>A confidence-aware approach for truth discovery on long-tail data</em>, Proceedings of the
 * VLDB Endowment 8, 2014.
 *
 * <p>The posterior of a label is its share of the weights, which add up to 1 and are {@linkplain
 * Consensus#weight(int) reported}. An expert's skill is the part of its answers that equal the
 * result. The defaults are 100 iterations and a tolerance of 0: the fit ends when no weight
 * changes. An iteration takes time in proportion to the answers plus tasks times labels. There is
 * no log-likelihood.
 */
public final class Catd implements ConsensusMethod {
  private final FitOptions options;

  /** Makes the method with its defaults. */
  public Catd() {
    this(new Builder());
  }

  private Catd(Builder builder) {
    options = FitOptions.of(MethodKind.CATD, builder, builder.significance);
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
    return "catd";
  }

  @Override
  public Consensus fit(AnswerTable table, FitControl control) {
    return options.fit(table, control);
  }

  /** Collects the options of {@link Catd}. Not safe for use by several threads. */
  public static final class Builder extends IterativeBuilder<Builder> {
    private double significance = 0.05;

    private Builder() {
      super(100, 0);
    }

    /**
     * Sets the significance of the confidence interval; the default is 0.05, so half of that is
     * left out at each end.
     *
     * @param level between 1e-9 and 1; the smaller it is, the less experts with few answers count
     * @return this
     * @throws IllegalArgumentException when the level is something else
     */
    public Builder significance(double level) {
      significance = checkBetween("significance", level, 1e-9, 1);
      return this;
    }

    @Override
    Builder self() {
      return this;
    }

    @Override
    public Catd build() {
      return new Catd(this);
    }
  }
}
