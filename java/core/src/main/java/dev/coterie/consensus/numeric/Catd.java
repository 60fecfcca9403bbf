package dev.coterie.consensus.numeric;

import dev.coterie.consensus.FitControl;
import dev.coterie.spi.NumericKind;

/**
 * Confidence-aware truth discovery: an expert's weight is the lower end of a confidence interval of
 * its precision, so that experts with few answers weigh little. The method is that of Q. Li, Y. Li,
 * J. Gao, L. Su, B. Zhao, M. Demirbas, W. Fan and J. Han, <em>A confidence-aware approach for truth
 * discovery on long-tail data</em>, Proceedings of the VLDB Endowment 8(4), 2014.
 *
 * <p>The start is the median. An iteration takes time in proportion to the answers. The standard
 * error is that of a weighted mean. The objective is the root of the weighted sum of squares.
 */
public final class Catd implements NumericMethod {
  private final NumericOptions options;

  /** Makes the method with its defaults. */
  public Catd() {
    this(new Builder());
  }

  private Catd(Builder builder) {
    options = NumericOptions.of(NumericKind.CATD, builder, builder.significance);
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
  public NumericConsensus fit(NumericTable table, FitControl control) {
    return options.fit(table, control);
  }

  /** Collects the options of {@link Catd}. Not safe for use by several threads. */
  public static final class Builder extends IterativeNumericBuilder<Builder> {
    private double significance = 0.05;

    private Builder() {}

    @Override
    Builder self() {
      return this;
    }

    @Override
    public Catd build() {
      return new Catd(this);
    }

    /**
     * Sets the significance level of the confidence intervals; the default is 0.05.
     *
     * @param level between 1e-9 and 1
     * @return this
     * @throws IllegalArgumentException when the level is something else
     */
    public Builder significance(double level) {
      if (!(level >= 1e-9 && level <= 1)) {
        throw new IllegalArgumentException("significance " + level + " is not between 1e-9 and 1");
      }
      significance = level;
      return this;
    }
  }
}
