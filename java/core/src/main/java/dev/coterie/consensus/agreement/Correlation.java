package dev.coterie.consensus.agreement;

import dev.coterie.consensus.FitControl;
import dev.coterie.spi.MeasureProblem;
import java.util.OptionalDouble;

/**
 * How far two series of numbers rise and fall together: Pearson's, Spearman's and Kendall's
 * correlation. Each is from -1 to 1, and empty when a series is constant. Immutable.
 */
public final class Correlation {
  private final double[] out;

  private Correlation(double[] out) {
    this.out = out;
  }

  /**
   * Correlates two series on the default backend. Takes time in proportion to {@code n log n}.
   *
   * @param x one series, of at least one number, each from -1e100 to 1e100
   * @param y the other, as long
   * @return the correlations
   * @throws IllegalArgumentException when the series are empty or differ in length, or naming the
   *     number that is wrong
   * @throws NullPointerException when a series is null
   */
  public static Correlation of(double[] x, double[] y) {
    return of(x, y, null);
  }

  /**
   * Correlates two series.
   *
   * @param x one series, of at least one number, each from -1e100 to 1e100
   * @param y the other, as long
   * @param backend the backend's id; null or {@code auto} for the default backend
   * @return the correlations
   * @throws IllegalArgumentException when the series are empty or differ in length, naming the
   *     number that is wrong, or when there is no backend of this id
   * @throws NullPointerException when a series is null
   */
  public static Correlation of(double[] x, double[] y, String backend) {
    return new Correlation(run(MeasureProblem.Kind.CORRELATION, x, y, backend));
  }

  static double[] run(MeasureProblem.Kind kind, double[] x, double[] y, String backend) {
    if (x.length == 0) {
      throw new IllegalArgumentException("the series have no elements");
    }
    if (x.length != y.length) {
      throw new IllegalArgumentException(
          "the series differ in length: " + x.length + " and " + y.length);
    }
    MeasureProblem problem = MeasureProblem.of(kind, x.clone(), y.clone());
    return Measures.run(Measures.backend(backend), problem, new FitControl());
  }

  /**
   * Returns the length of the series.
   *
   * @return at least 1
   */
  public int count() {
    return (int) out[0];
  }

  /**
   * Returns Pearson's correlation: how near to a line the pairs lie.
   *
   * @return from -1 to 1; empty when a series is constant
   */
  public OptionalDouble pearson() {
    return Measures.optional(out[1]);
  }

  /**
   * Returns Spearman's correlation: Pearson's of the ranks, where equal numbers share their mean
   * rank.
   *
   * @return from -1 to 1; empty when a series is constant
   */
  public OptionalDouble spearman() {
    return Measures.optional(out[2]);
  }

  /**
   * Returns Kendall's tau-b: the pairs in the same order minus those in the opposite one, corrected
   * for ties.
   *
   * @return from -1 to 1; empty when a series is constant
   */
  public OptionalDouble kendall() {
    return Measures.optional(out[3]);
  }
}
