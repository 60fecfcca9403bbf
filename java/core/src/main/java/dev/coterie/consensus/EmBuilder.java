package dev.coterie.consensus;

import java.util.Map;

/**
 * The options of methods that iterate.
 *
 * @param <B> the builder itself, which its methods return
 */
abstract class EmBuilder<B extends EmBuilder<B>> extends MethodBuilder<B> {
  int maxIterations = 5000;
  double tolerance = 1e-9;
  double smoothing;
  Map<String, Double> classPriors;

  /**
   * Sets the most iterations of expectation and maximisation; the default is 5000.
   *
   * @param iterations at least 0; with 0 the result is that of the vote that EM starts from
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
   * Sets the change of the log-likelihood, relative to its size, at which EM has converged; the
   * default is 1e-9.
   *
   * @param change finite, at least 0
   * @return this
   * @throws IllegalArgumentException when the change is negative, infinite or NaN
   */
  public B tolerance(double change) {
    tolerance = checkAmount("tolerance", change);
    return self();
  }

  /**
   * Sets what is added to every confusion count, which keeps experts with few answers from
   * extremes; the default is 0.
   *
   * @param count finite, at least 0
   * @return this
   * @throws IllegalArgumentException when the count is negative, infinite or NaN
   */
  public B smoothing(double count) {
    smoothing = checkAmount("smoothing", count);
    return self();
  }

  /**
   * Gives the probabilities of the labels instead of estimating them.
   *
   * @param priors the probability of each label of the table, positive and finite; used as given,
   *     not normalised
   * @return this
   * @throws IllegalArgumentException when a probability is not positive and finite
   * @throws NullPointerException when the map, a key or a value is null
   */
  public B classPriors(Map<String, Double> priors) {
    Map<String, Double> copy = Map.copyOf(priors);
    copy.forEach(
        (label, prior) -> {
          if (!(prior > 0 && prior <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException(
                "the prior " + prior + " of label \"" + label + "\" is not positive and finite");
          }
        });
    classPriors = copy;
    return self();
  }

  static double checkAmount(String name, double value) {
    if (!(value >= 0 && value <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException(
          name + " " + value + " is not a finite number of at least 0");
    }
    return value;
  }
}
