package dev.coterie.consensus.numeric;

import dev.coterie.consensus.FitControl;
import dev.coterie.spi.NumericKind;

/**
 * The mean of a task's answers, whatever their weights and their experts.
 *
 * <p>The standard error is that of a mean, from the answers' own variance; that of a single answer
 * is not known. Takes time in proportion to the answers.
 */
public final class Mean implements NumericMethod {
  private final NumericOptions options;

  /** Makes the method with its defaults. */
  public Mean() {
    this(new Builder());
  }

  private Mean(Builder builder) {
    options = NumericOptions.of(NumericKind.MEAN, builder);
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
    return "mean";
  }

  @Override
  public NumericConsensus fit(NumericTable table, FitControl control) {
    return options.fit(table, control);
  }

  /** Collects the options of {@link Mean}. Not safe for use by several threads. */
  public static final class Builder extends NumericBuilder<Builder> {
    private Builder() {}

    @Override
    Builder self() {
      return this;
    }

    @Override
    public Mean build() {
      return new Mean(this);
    }
  }
}
