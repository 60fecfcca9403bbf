package dev.coterie.spi;

import dev.coterie.consensus.FitControl;

/** Computes measures of agreement and quality. Stateless; safe for use by many threads. */
public interface AgreementEngine {

  /**
   * Computes one measure.
   *
   * @param problem what to measure; a table is in this backend's storage, or in Java arrays
   * @param out receives the result, in the layout of docs/methods/agreement.md; its contents are
   *     unspecified when this throws
   * @param control cancels the work and receives its progress
   * @throws java.util.concurrent.CancellationException when cancelled
   * @throws IllegalArgumentException naming what is wrong
   */
  void measure(MeasureProblem problem, double[] out, FitControl control);
}
