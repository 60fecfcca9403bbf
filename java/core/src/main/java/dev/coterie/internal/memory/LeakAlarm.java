package dev.coterie.internal.memory;

import dev.coterie.internal.Settings;
import java.lang.ref.Cleaner;

/**
 * Watches blocks and views: frees what became unreachable and warns about blocks that nobody
 * closed.
 */
public final class LeakAlarm {
  private static final System.Logger LOGGER = System.getLogger("dev.coterie.memory");
  private static final Cleaner CLEANER = Cleaner.create();
  private static final String SETTING = "coterie.memory.leaks";

  private LeakAlarm() {}

  /** Returns the place of the present allocation when the setting asks for it, otherwise null. */
  public static Throwable trace() {
    return "trace".equals(Settings.get(SETTING)) ? new Throwable("allocated here") : null;
  }

  /** Watches a block; the returned handle's {@code clean()} ends the watch. */
  public static Cleaner.Cleanable watch(Object block, Lifetime lifetime) {
    return CLEANER.register(block, lifetime::leaked);
  }

  /** Releases a count of the lifetime when the view is unreachable. */
  public static void releaseAfter(Object view, Lifetime lifetime) {
    CLEANER.register(view, lifetime::release);
  }

  static void report(long bytes, Throwable allocation) {
    String message =
        "A memory block of "
            + bytes
            + " bytes was never closed; it has been freed now. Close it, or the table or result"
            + " that owns it";
    if (allocation == null) {
      LOGGER.log(
          System.Logger.Level.WARNING,
          message + " (-D" + SETTING + "=trace shows where it was allocated).");
    } else {
      LOGGER.log(System.Logger.Level.WARNING, message + ".", allocation);
    }
  }
}
