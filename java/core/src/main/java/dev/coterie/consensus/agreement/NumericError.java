package dev.coterie.consensus.agreement;

import dev.coterie.spi.MeasureProblem;

/** How far estimates are from the truth. Immutable. */
public final class NumericError {
  private final double[] out;

  private NumericError(double[] out) {
    this.out = out;
  }

  /**
   * Compares estimates with the truth on the default backend.
   *
   * @param estimate the estimates, at least one, each from -1e100 to 1e100
   * @param truth the true numbers, as many
   * @return the errors
   * @throws IllegalArgumentException when the series are empty or differ in length, or naming the
   *     number that is wrong
   * @throws NullPointerException when a series is null
   */
  public static NumericError of(double[] estimate, double[] truth) {
    return of(estimate, truth, null);
  }

  /**
   * Compares estimates with the truth.
   *
   * @param estimate the estimates, at least one, each from -1e100 to 1e100
   * @param truth the true numbers, as many
   * @param backend the backend's id; null or {@code auto} for the default backend
   * @return the errors
   * @throws IllegalArgumentException when the series are empty or differ in length, naming the
   *     number that is wrong, or when there is no backend of this id
   * @throws NullPointerException when a series is null
   */
  public static NumericError of(double[] estimate, double[] truth, String backend) {
    return new NumericError(Correlation.run(MeasureProblem.Kind.ERROR, estimate, truth, backend));
  }

  /**
   * Returns the number of estimates.
   *
   * @return at least 1
   */
  public int count() {
    return (int) out[0];
  }

  /**
   * Returns the mean absolute error.
   *
   * @return at least 0
   */
  public double meanAbsolute() {
    return out[1];
  }

  /**
   * Returns the root of the mean squared error.
   *
   * @return at least 0
   */
  public double rootMeanSquare() {
    return out[2];
  }

  /**
   * Returns the mean of estimate minus truth.
   *
   * @return above 0 when the estimates are too large
   */
  public double bias() {
    return out[3];
  }

  /**
   * Returns the greatest absolute error.
   *
   * @return at least 0
   */
  public double largest() {
    return out[4];
  }
}
