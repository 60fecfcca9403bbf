package dev.coterie.consensus;

import java.util.Map;

/**
 * The options of the Dawid-Skene family, for code that sets them whatever the method. Get one from
 * a method's {@code builder()}. Not safe for use by several threads.
 *
 * @param <B> the builder itself, which its methods return
 */
public abstract sealed class EmBuilder<B extends EmBuilder<B>> extends IterativeBuilder<B>
    permits DawidSkene.Builder,
        OrdinalDawidSkene.Builder,
        OneCoinDawidSkene.Builder,
        ZenCrowd.Builder,
        Mace.Builder,
        BayesianClassifierCombination.Builder,
        EnhancedBayesianClassifierCombination.Builder {
  /** How far the sum of class priors may be from 1. */
  private static final double SUM_TOLERANCE = 1e-9;

  EmBuilder() {
    this(5000, 1e-9);
  }

  EmBuilder(int maxIterations, double tolerance) {
    super(maxIterations, tolerance);
  }

  /**
   * Sets what is added to every confusion count, which keeps experts with few answers from
   * extremes; the default is 0.
   *
   * @param count between 0 and 1e100
   * @return this
   * @throws IllegalArgumentException when the count is something else
   */
  public B smoothing(double count) {
    smoothing = checkAmount("smoothing", count);
    return self();
  }

  /**
   * Gives the probabilities of the labels instead of estimating them.
   *
   * @param priors the probability of each label of the table, positive; together they make 1 to
   *     within 1e-9. Used as given, not normalised. A fit fails when its table has other labels
   * @return this
   * @throws IllegalArgumentException when a probability is not positive and finite, or their sum is
   *     not 1
   * @throws NullPointerException when the map, a key or a value is null
   */
  public B classPriors(Map<String, Double> priors) {
    classPriors = checkPriors(priors);
    return self();
  }

  static Map<String, Double> checkPriors(Map<String, Double> priors) {
    Map<String, Double> copy = Map.copyOf(priors);
    copy.forEach(
        (label, prior) -> {
          if (!(prior > 0 && prior <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException(
                "the prior " + prior + " of label \"" + label + "\" is not positive and finite");
          }
        });
    // In a fixed order, so that the outcome does not depend on the map's.
    double sum = copy.values().stream().sorted().reduce(0.0, Double::sum);
    if (!(Math.abs(sum - 1) <= SUM_TOLERANCE)) {
      throw new IllegalArgumentException(
          "the class priors add up to " + sum + " instead of 1: divide each by their sum");
    }
    return copy;
  }

  /** Returns a parameter of a prior: the method's page in docs/methods says what it counts. */
  static double checkPrior(String name, double value) {
    return checkBetween(name, value, 0.01, 1e6);
  }

  static int checkCount(String name, int value) {
    return (int) checkBetween(name, value, 1, 1000);
  }
}
