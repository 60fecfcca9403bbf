package dev.coterie.cli.accuracy;

import dev.coterie.cli.method.Kind;
import dev.coterie.cli.method.Method;
import dev.coterie.cli.method.Settings;
import dev.coterie.consensus.FitControl;
import java.util.Map;

/** A data set that has been read, on which methods of its kind are measured. */
public interface Measured extends AutoCloseable {
  /**
   * Returns what its answers are.
   *
   * @return the kind
   */
  Kind kind();

  /**
   * Returns how large it is.
   *
   * @return a sentence without its end
   */
  String described();

  /**
   * Fits a method and measures the result.
   *
   * @param method a method of this kind
   * @param settings its options
   * @param control stops the fit and tells its progress
   * @return what is defined of the measures, the seconds at least
   * @throws IllegalArgumentException when the method does not apply to this data set
   */
  Map<Measure, Double> score(Method<?> method, Settings settings, FitControl control);

  @Override
  void close();
}
