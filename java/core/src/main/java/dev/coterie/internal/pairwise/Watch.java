package dev.coterie.internal.pairwise;

import dev.coterie.consensus.FitControl;
import dev.coterie.spi.ControlAccess;
import java.util.concurrent.CancellationException;

/** How a fit is watched and stopped. */
record Watch(FitControl control) {
  /** Throws when the fit is cancelled. */
  void check() {
    if (control.isCancelled()) {
      throw new CancellationException("the fit was cancelled");
    }
  }

  void report(int iterations) {
    ControlAccess.get().progress(control, iterations);
  }
}
