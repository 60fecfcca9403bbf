package dev.coterie.cli;

import dev.coterie.consensus.FitControl;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ends the work in good order when the process is told to end: the fit is cancelled, and files that
 * are half written are removed before the process is gone.
 */
final class Interruption implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 5;

  private final CountDownLatch done = new CountDownLatch(1);
  private final FitControl control;
  private final Thread hook = new Thread(this::interrupt, "interruption");
  private volatile boolean busy;

  /** Watches from now on. */
  Interruption(FitControl control) {
    this.control = control;
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Says that the work does not wait for input any more, so that its end can be awaited. */
  void busy() {
    busy = true;
  }

  private void interrupt() {
    control.cancel();
    try {
      if (busy && !done.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        // Ending anyway is what the user asked for.
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    done.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending already.
    }
  }
}
