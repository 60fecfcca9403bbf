package dev.coterie.consensus.numeric;

import dev.coterie.consensus.FitControl;
import dev.coterie.spi.NumericKind;

/**
 * The mean of a task's answers without the least and the greatest ones, whatever their weights and
 * their experts.
 *
 * <p>The standard error is that of J. W. Tukey and D. H. McLaughlin, <em>Less vulnerable confidence
 * and significance procedures for location based on a single sample: trimming/winsorization 1</em>,
 * Sankhya A 25, 1963; that of a single answer is not known. Takes time in proportion to the answers
 * and the logarithm of how many a task has.
 */
public final class TrimmedMean implements NumericMethod {
  private final NumericOptions options;

  /** Makes the method with its defaults. */
  public TrimmedMean() {
    this(new Builder());
  }

  private TrimmedMean(Builder builder) {
    options = NumericOptions.of(NumericKind.TRIMMED_MEAN, builder, builder.fraction);
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
    return "trimmed-mean";
  }

  @Override
  public NumericConsensus fit(NumericTable table, FitControl control) {
    return options.fit(table, control);
  }

  /** Collects the options of {@link TrimmedMean}. Not safe for use by several threads. */
  public static final class Builder extends NumericBuilder<Builder> {
    private double fraction = 0.2;

    private Builder() {}

    @Override
    Builder self() {
      return this;
    }

    @Override
    public TrimmedMean build() {
      return new TrimmedMean(this);
    }

    /**
     * Sets the part of a task's answers that is left out at each end; the default is 0.2. Of n
     * answers {@code fraction * n} are left out, rounded down; at least one is kept.
     *
     * @param part at least 0 and below 0.5; with 0 the method is the mean, just below 0.5 it is the
     *     median
     * @return this
     * @throws IllegalArgumentException when the part is something else
     */
    public Builder fraction(double part) {
      if (!(part >= 0 && part < 0.5)) {
        throw new IllegalArgumentException("fraction " + part + " is not at least 0 and below 0.5");
      }
      fraction = part;
      return this;
    }
  }
}
