package dev.coterie.consensus.agreement;

import dev.coterie.consensus.FitControl;
import dev.coterie.internal.BackendRegistry;
import dev.coterie.internal.table.HeapLimits;
import dev.coterie.spi.Backend;
import dev.coterie.spi.MeasureProblem;
import java.util.OptionalDouble;

/** Runs measures on a backend. */
final class Measures {
  private Measures() {}

  static Backend backend(String id) {
    return BackendRegistry.global().openOrCurrent(BackendRegistry.checkChoice(id));
  }

  static double[] run(Backend backend, MeasureProblem problem, FitControl control) {
    long length = problem.length();
    if (length > HeapLimits.LONGEST) {
      throw new UnsupportedOperationException(
          problem.experts()
              + " experts are more than the result has room for: compare chosen pairs of them");
    }
    double[] out = new double[(int) length];
    backend.agreement().measure(problem, out, control);
    return out;
  }

  /** Returns a number of a result, or nothing where it is undefined. */
  static OptionalDouble optional(double x) {
    return Double.isNaN(x) ? OptionalDouble.empty() : OptionalDouble.of(x);
  }

  static int index(int index, String kind, String name) {
    if (index < 0) {
      throw new IllegalArgumentException("the table has no " + kind + " \"" + name + "\"");
    }
    return index;
  }
}
