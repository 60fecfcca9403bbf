package dev.coterie.consensus;

import dev.coterie.spi.ControlAccess;
import java.util.ArrayList;
import java.util.List;

/**
 * Watches and stops a fit from another thread. One control is for one fit, or for several that are
 * to be stopped together; it cannot be used again once it is cancelled. With several fits at once
 * only {@link #cancel} and {@link #isCancelled} speak of them all: {@link #iterations} tells the
 * progress of one of them. Safe for use by many threads.
 */
public final class FitControl {
  static {
    ControlAccess.set(new Access());
  }

  private final List<ControlAccess.Link> links = new ArrayList<>();
  private volatile boolean cancelled;
  private volatile long iterations;

  /** Makes a control that is not cancelled. */
  public FitControl() {}

  /**
   * Asks the fit, or all fits that have this control, to stop. Each does so within an iteration and
   * throws {@link java.util.concurrent.CancellationException}; a fit that is started later with
   * this control throws at once. A fit that is just completing may still return.
   */
  public synchronized void cancel() {
    cancelled = true;
    links.forEach(ControlAccess.Link::cancel);
  }

  /**
   * Returns whether {@link #cancel} has been called.
   *
   * @return true after the first call
   */
  public boolean isCancelled() {
    return cancelled;
  }

  /**
   * Returns the number of iterations that the fit has made so far; 0 for a method that does not
   * iterate.
   *
   * @return the iterations, at least 0; of one of the fits when several share the control
   */
  public synchronized long iterations() {
    return links.isEmpty() ? iterations : links.get(links.size() - 1).iterations();
  }

  private static final class Access extends ControlAccess {
    @Override
    public void progress(FitControl control, long iterations) {
      control.iterations = iterations;
    }

    @Override
    public void attach(FitControl control, Link link) {
      synchronized (control) {
        control.links.add(link);
        if (control.cancelled) {
          link.cancel();
        }
      }
    }

    @Override
    public void detach(FitControl control, Link link) {
      synchronized (control) {
        control.iterations = link.iterations();
        control.links.remove(link);
      }
    }
  }
}
