package dev.coterie.consensus.agreement;

import java.util.Objects;

/**
 * What {@link KrippendorffAlpha} is to measure. Immutable: each method returns options that are
 * like these but for one.
 */
public final class AlphaOptions {
  private static final int MOST_REPLICATES = 1_000_000;

  final Scale scale;
  final double[] labelValues;
  final int replicates;
  final long seed;
  final double confidence;

  private AlphaOptions(
      Scale scale, double[] labelValues, int replicates, long seed, double confidence) {
    this.scale = scale;
    this.labelValues = labelValues;
    this.replicates = replicates;
    this.seed = seed;
    this.confidence = confidence;
  }

  /**
   * Returns options for a scale, without a confidence interval. The value of a label is its index.
   *
   * @param scale the scale
   * @return the options
   * @throws NullPointerException when the scale is null
   */
  public static AlphaOptions of(Scale scale) {
    return new AlphaOptions(Objects.requireNonNull(scale, "scale"), null, 0, 0, 0.95);
  }

  /**
   * Gives each label a value. The nominal scale ignores values.
   *
   * @param values the value of each label by its index, from -1e100 to 1e100; at least 0 on the
   *     ratio scale
   * @return the options
   * @throws NullPointerException when the array is null
   */
  public AlphaOptions labelValues(double... values) {
    return new AlphaOptions(scale, values.clone(), replicates, seed, confidence);
  }

  /**
   * Asks for a confidence interval by the bootstrap: the tasks are drawn with replacement again and
   * again. Costs as much as so many coefficients.
   *
   * @param replicates the number of draws of all tasks, from 0 (no interval) to 1,000,000; 1000 is
   *     usual
   * @param seed the seed; the same seed gives the same interval
   * @return the options
   * @throws IllegalArgumentException when there are too many replicates, or fewer than 0
   */
  public AlphaOptions bootstrap(int replicates, long seed) {
    if (replicates < 0 || replicates > MOST_REPLICATES) {
      throw new IllegalArgumentException(
          replicates + " replicates are not between 0 and " + MOST_REPLICATES);
    }
    return new AlphaOptions(scale, labelValues, replicates, seed, confidence);
  }

  /**
   * Sets the confidence of the interval; the default is 0.95.
   *
   * @param confidence a number between 0 and 1, both excluded
   * @return the options
   * @throws IllegalArgumentException when it is not
   */
  public AlphaOptions confidence(double confidence) {
    if (!(confidence > 0.0 && confidence < 1.0)) {
      throw new IllegalArgumentException("confidence " + confidence + " is not between 0 and 1");
    }
    return new AlphaOptions(scale, labelValues, replicates, seed, confidence);
  }

  double[] encoded() {
    return new double[] {scale.code, replicates, confidence};
  }
}
