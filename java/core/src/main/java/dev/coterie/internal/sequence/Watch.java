package dev.coterie.internal.sequence;

import dev.coterie.consensus.FitControl;
import dev.coterie.spi.ControlAccess;
import java.util.concurrent.CancellationException;

/** How a run is watched and stopped. */
record Watch(FitControl control) {
  /** Throws when the run is cancelled. */
  void check() {
    if (control.isCancelled()) {
      throw new CancellationException("the run was cancelled");
    }
  }

  void report(int tasks) {
    ControlAccess.get().progress(control, tasks);
  }
}
