package dev.coterie.consensus.numeric;

import dev.coterie.consensus.FitControl;
import dev.coterie.spi.NumericKind;
import java.util.Map;

/**
 * The mean of a task's answers by their weights and, where they are given, by the weights of their
 * experts. Answers of weight 0 do not count.
 *
 * <p>The standard error holds for weights that are chosen without a look at the answers. Takes time
 * in proportion to the answers.
 */
public final class WeightedMean implements NumericMethod {
  private final NumericOptions options;

  /** Makes the method with its defaults. */
  public WeightedMean() {
    this(new Builder());
  }

  private WeightedMean(Builder builder) {
    options = NumericOptions.of(NumericKind.WEIGHTED_MEAN, builder);
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
    return "weighted-mean";
  }

  @Override
  public NumericConsensus fit(NumericTable table, FitControl control) {
    return options.fit(table, control);
  }

  /** Collects the options of {@link WeightedMean}. Not safe for use by several threads. */
  public static final class Builder extends NumericBuilder<Builder> {
    private Builder() {}

    @Override
    Builder self() {
      return this;
    }

    @Override
    public WeightedMean build() {
      return new WeightedMean(this);
    }

    /**
     * Gives experts weights, which multiply those of their answers; experts that are not named have
     * the weight 1.
     *
     * @param weights the weight of each expert, 0 or between 1e-100 and 1e100; names that a table
     *     does not have make the fit fail
     * @return this
     * @throws IllegalArgumentException when a weight is something else
     * @throws NullPointerException when the map, a key or a value is null
     */
    public Builder expertWeights(Map<String, Double> weights) {
      Map<String, Double> copy = Map.copyOf(weights);
      copy.forEach(
          (expert, weight) -> {
            if (weight != 0 && !(weight >= 1e-100 && weight <= 1e100)) {
              throw new IllegalArgumentException(
                  "the weight "
                      + weight
                      + " of expert \""
                      + expert
                      + "\" is neither 0 nor between 1e-100 and 1e100");
            }
          });
      expertWeights = copy;
      return this;
    }
  }
}
