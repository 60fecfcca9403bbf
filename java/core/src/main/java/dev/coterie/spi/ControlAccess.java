package dev.coterie.spi;

import dev.coterie.consensus.FitControl;

/** What engines may do with a {@link FitControl} that users may not. */
public abstract class ControlAccess {
  private static volatile ControlAccess instance;

  /** Only {@link FitControl} makes one. */
  protected ControlAccess() {}

  /** A fit that runs elsewhere and keeps its own control block. */
  public interface Link {
    /** Asks the fit to stop. */
    void cancel();

    /** Returns the iterations made so far. */
    long iterations();
  }

  /** Called once by {@link FitControl}. */
  public static void set(ControlAccess access) {
    instance = access;
  }

  /** Returns the access. */
  public static ControlAccess get() {
    if (instance == null) {
      try {
        Class.forName(FitControl.class.getName(), true, FitControl.class.getClassLoader());
      } catch (ClassNotFoundException e) {
        throw new AssertionError(e);
      }
    }
    return instance;
  }

  /** Reports the iterations made so far. */
  public abstract void progress(FitControl control, long iterations);

  /** Connects a fit, which is told at once when the control is already cancelled. */
  public abstract void attach(FitControl control, Link link);

  /** Disconnects a fit, keeping its progress; afterwards the link is not called. */
  public abstract void detach(FitControl control, Link link);
}
