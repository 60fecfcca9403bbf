package dev.coterie.consensus.numeric;

/**
 * The options of numeric methods that iterate, for code that sets them whatever the method. Get one
 * from a method's {@code builder()}. Not safe for use by several threads.
 *
 * @param <B> the builder itself, which its methods return
 */
public abstract sealed class IterativeNumericBuilder<B extends IterativeNumericBuilder<B>>
    extends NumericBuilder<B> permits LfcN.Builder, Catd.Builder, Pm.Builder {
  /** What an amount may be at most, so that no sum overflows. */
  private static final double LARGEST_AMOUNT = 1e100;

  IterativeNumericBuilder() {
    maxIterations = 5000;
    tolerance = 1e-9;
  }

  /**
   * Sets the most iterations; the default is 5000.
   *
   * @param iterations at least 0; with 0 the result is that of the start
   * @return this
   * @throws IllegalArgumentException when the number is negative
   */
  public B maxIterations(int iterations) {
    if (iterations < 0) {
      throw new IllegalArgumentException("maxIterations " + iterations + " is negative");
    }
    maxIterations = iterations;
    return self();
  }

  /**
   * Sets the change of the objective at which the method has converged: relative to the objective,
   * for {@link LfcN} for each answer. The default is 1e-9.
   *
   * @param change between 0 and 1e100
   * @return this
   * @throws IllegalArgumentException when the change is something else
   */
  public B tolerance(double change) {
    tolerance = checkAmount("tolerance", change);
    return self();
  }

  static double checkAmount(String name, double value) {
    if (!(value >= 0 && value <= LARGEST_AMOUNT)) {
      throw new IllegalArgumentException(name + " " + value + " is not between 0 and 1e100");
    }
    return value;
  }
}
