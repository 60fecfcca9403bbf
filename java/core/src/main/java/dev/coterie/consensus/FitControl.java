package dev.coterie.consensus;

import dev.coterie.spi.ControlAccess;
import java.util.ArrayList;
import java.util.List;

/**
 * Watches and stops a fit from another thread. Make one for each fit; it may be given to several
 * fits at once, which it then stops together. Safe for use by many threads.
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
   * Asks the fit to stop. It does so within an iteration and throws {@link
   * java.util.concurrent.CancellationException}; a fit that is started later with this control
   * throws at once. A fit that is just completing may still return.
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
   * @return the iterations of the fit that started last
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
