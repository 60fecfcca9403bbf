package dev.coterie.internal.memory;

import dev.coterie.spi.MemoryRegion;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The life of a region: one count for its owner, one for each call in flight and one for each view.
 * The region is released when the last of them is gone. Kept apart from the block, so that a
 * cleaner can end it.
 */
public final class Lifetime {
  private static final VarHandle STATE;

  static {
    try {
      STATE = MethodHandles.lookup().findVarHandle(Lifetime.class, "state", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** Set when the owner has closed. */
  private static final long CLOSED = Long.MIN_VALUE;

  private final MemoryRegion region;
  private final Windows windows;
  private final long bytes;
  private final Throwable allocation;

  /** The counts, and {@link #CLOSED}. */
  @SuppressWarnings("FieldMayBeFinal")
  private volatile long state = 1;

  /**
   * Begins the life of a region of {@code bytes} bytes and of the windows over it, with the place
   * of its allocation or null.
   */
  public Lifetime(MemoryRegion region, Windows windows, long bytes, Throwable allocation) {
    this.region = region;
    this.windows = windows;
    this.bytes = bytes;
    this.allocation = allocation;
  }

  /** Counts one user more. */
  public void acquire() {
    while (true) {
      long now = state;
      if (now < 0) {
        throw new IllegalStateException("the memory block is closed");
      }
      if (STATE.weakCompareAndSet(this, now, now + 1)) {
        return;
      }
    }
  }

  /** Counts one user less. */
  public void release() {
    long before = (long) STATE.getAndAdd(this, -1L);
    if (before == (CLOSED | 1)) {
      windows.close();
      region.release();
    }
  }

  /** Takes the owner's count away; returns false when that has already happened. */
  public boolean close() {
    while (true) {
      long now = state;
      if (now < 0) {
        return false;
      }
      if (STATE.compareAndSet(this, now, now | CLOSED)) {
        release();
        return true;
      }
    }
  }

  /** Returns whether the owner has closed. */
  public boolean isClosed() {
    return state < 0;
  }

  /** Ends the life of a block that became unreachable without being closed, and complains. */
  void leaked() {
    if (close()) {
      LeakAlarm.report(bytes, allocation);
    }
  }
}
