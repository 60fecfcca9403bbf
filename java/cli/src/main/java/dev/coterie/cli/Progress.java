package dev.coterie.cli;

import dev.coterie.cli.input.ReadWatch;
import dev.coterie.cli.output.Counted;
import dev.coterie.consensus.FitControl;
import java.io.PrintStream;
import java.util.concurrent.CancellationException;

/** Tells on one line of a terminal how far the work has come, and stops reading when cancelled. */
final class Progress implements ReadWatch, AutoCloseable {
  private static final long INTERVAL_NANOS = 100_000_000;
  private static final long INTERVAL_MILLIS = 100;

  private final PrintStream terminal;
  private final FitControl control;
  private long last = System.nanoTime();
  private int width;
  private Thread watcher;

  /** Makes a progress that is shown on a terminal, or not at all when that is null. */
  Progress(PrintStream terminal, FitControl control) {
    this.terminal = terminal;
    this.control = control;
  }

  @Override
  public void rows(long rows) {
    count("reading", rows, "answer");
  }

  /** Tells how many there are so far; stops the work when cancelled. */
  void count(String what, long number, String noun) {
    if (control.isCancelled()) {
      throw new CancellationException();
    }
    long now = System.nanoTime();
    if (terminal != null && now - last > INTERVAL_NANOS) {
      last = now;
      show(what + ": " + Counted.of(number, noun));
    }
  }

  /** Shows the iterations of a fit until {@link #close}. */
  void fitting(String method) {
    fitting(method, "iteration");
  }

  /** Shows the iterations of a fit, which are so called, until {@link #close}. */
  void fitting(String method, String noun) {
    if (terminal == null) {
      return;
    }
    watcher = new Thread(() -> watch(method, noun), "progress");
    watcher.setDaemon(true);
    watcher.start();
  }

  private void watch(String method, String noun) {
    try {
      while (true) {
        Thread.sleep(INTERVAL_MILLIS);
        show(method + ": " + Counted.of(control.iterations(), noun));
      }
    } catch (InterruptedException e) {
      // The fit has ended.
    }
  }

  private void show(String text) {
    terminal.print("\r" + text + " ".repeat(Math.max(0, width - text.length())));
    terminal.flush();
    width = text.length();
  }

  /** Clears the line. */
  @Override
  public void close() {
    if (watcher != null) {
      watcher.interrupt();
      try {
        watcher.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      watcher = null;
    }
    if (width > 0) {
      terminal.print("\r" + " ".repeat(width) + "\r");
      terminal.flush();
      width = 0;
    }
  }
}
