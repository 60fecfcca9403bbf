package dev.coterie.consensus;

/**
 * The options of methods that iterate, for code that sets them whatever the method. Get one from a
 * method's {@code builder()}. Not safe for use by several threads.
 *
 * @param <B> the builder itself, which its methods return
 */
public abstract sealed class IterativeBuilder<B extends IterativeBuilder<B>>
    extends MethodBuilder<B>
    permits EmBuilder,
        ZeroBasedSkill.Builder,
        Catd.Builder,
        Pm.Builder,
        Mmsr.Builder,
        Kos.Builder,
        Glad.Builder {
  /** What an amount may be at most, so that no sum overflows. */
  private static final double LARGEST_AMOUNT = 1e100;

  IterativeBuilder(int maxIterations, double tolerance) {
    this.maxIterations = maxIterations;
    this.tolerance = tolerance;
  }

  /**
   * Sets the most iterations; the method's page in docs/methods says the default.
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
   * Sets the change, relative to the size of what the method maximises, at which it has converged;
   * the method's page in docs/methods says the default and what is compared.
   *
   * @param change between 0 and 1e100
   * @return this
   * @throws IllegalArgumentException when the change is something else
   */
  public B tolerance(double change) {
    tolerance = checkAmount("tolerance", change);
    return self();
  }

  static double checkBetween(String name, double value, double least, double greatest) {
    if (!(value >= least && value <= greatest)) {
      throw new IllegalArgumentException(
          name + " " + value + " is not between " + least + " and " + greatest);
    }
    return value;
  }

  static double checkAmount(String name, double value) {
    if (!(value >= 0 && value <= LARGEST_AMOUNT)) {
      throw new IllegalArgumentException(name + " " + value + " is not between 0 and 1e100");
    }
    return value;
  }
}
