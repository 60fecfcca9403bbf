package dev.coterie.internal.agreement;

import dev.coterie.consensus.FitControl;
import dev.coterie.spi.AgreementEngine;
import dev.coterie.spi.Columns;
import dev.coterie.spi.ControlAccess;
import dev.coterie.spi.MeasureProblem;
import java.util.concurrent.CancellationException;

/** The agreement measures in Java, as docs/methods/agreement.md specifies them. */
public final class JavaAgreement implements AgreementEngine {
  /** The only one that is needed. */
  public static final AgreementEngine ENGINE = new JavaAgreement();

  /** The first number of a coefficient's result: it is defined. */
  static final double DEFINED = 0.0;

  /** No task has two answers that can be compared. */
  static final double NO_PAIRS = 1.0;

  /** All answers that can be compared are the same, so that chance agreement is complete. */
  static final double NO_VARIATION = 2.0;

  private JavaAgreement() {}

  @Override
  public void measure(MeasureProblem problem, double[] out, FitControl control) {
    checkCancelled(control);
    Checks.check(problem);
    if (out.length != problem.length()) {
      throw new IllegalArgumentException(
          "out has " + out.length + " elements, not " + problem.length());
    }
    Columns.Heap table = (Columns.Heap) problem.table();
    switch (problem.kind()) {
      case KRIPPENDORFF_ALPHA -> new Alpha(problem, table, control).measure(out);
      case COHEN_KAPPA -> new Cohen(problem, table, control).measure(out);
      case FLEISS_KAPPA -> Fleiss.kappa(problem, table, out);
      case OBSERVED_AGREEMENT -> Fleiss.observed(problem, table, out);
      case UNCERTAINTY -> new Uncertainty(problem, table).measure(out);
      case CONSISTENCY -> new Consistency(problem, table).measure(out);
      case ACCURACY -> Accuracy.measure(problem, table, out);
      case CALIBRATION -> new Calibration(problem).measure(out);
      case CORRELATION -> Correlation.measure(problem, out, control);
      case ERROR -> Correlation.error(problem, out);
    }
  }

  static void checkCancelled(FitControl control) {
    if (control.isCancelled()) {
      throw new CancellationException("the measure was cancelled");
    }
  }

  static void progress(FitControl control, long steps) {
    ControlAccess.get().progress(control, steps);
  }
}
