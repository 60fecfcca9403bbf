package dev.coterie.consensus.numeric;

import dev.coterie.consensus.FitControl;
import dev.coterie.spi.NumericKind;

/**
 * The median of a task's answers, whatever their weights and their experts; of an even number the
 * middle of the two in the middle. Wild answers do not move it while they are fewer than half.
 *
 * <p>The standard error comes from the median absolute deviation, as for normally distributed
 * answers; that of a single answer is not known. Takes time in proportion to the answers and the
 * logarithm of how many a task has.
 */
public final class Median implements NumericMethod {
  private final NumericOptions options;

  /** Makes the method with its defaults. */
  public Median() {
    this(new Builder());
  }

  private Median(Builder builder) {
    options = NumericOptions.of(NumericKind.MEDIAN, builder);
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
    return "median";
  }

  @Override
  public NumericConsensus fit(NumericTable table, FitControl control) {
    return options.fit(table, control);
  }

  /** Collects the options of {@link Median}. Not safe for use by several threads. */
  public static final class Builder extends NumericBuilder<Builder> {
    private Builder() {}

    @Override
    Builder self() {
      return this;
    }

    @Override
    public Median build() {
      return new Median(this);
    }
  }
}
