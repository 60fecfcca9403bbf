package dev.coterie.cli.accuracy;

import dev.coterie.cli.method.Kind;
import java.util.Map;

/**
 * A method on a data set.
 *
 * @param set the data set's name
 * @param kind what its answers are
 * @param method the method's id
 * @param values what was measured; what is undefined or does not apply is missing
 */
public record Score(String set, Kind kind, String method, Map<Measure, Double> values) {
  /**
   * Returns a value.
   *
   * @param measure what
   * @return the value, or NaN when it is undefined
   */
  public double value(Measure measure) {
    return values.getOrDefault(measure, Double.NaN);
  }

  /**
   * Returns whether the method applies to the data set.
   *
   * @return whether it was fitted
   */
  public boolean applies() {
    return !values.isEmpty();
  }
}
