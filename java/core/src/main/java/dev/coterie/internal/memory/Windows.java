package dev.coterie.internal.memory;

import dev.coterie.spi.MemoryRegion;
import java.nio.ByteBuffer;

/**
 * A region seen through buffers of one gibibyte each, because a buffer cannot be larger than 2 GiB.
 */
public final class Windows {
  /** Bytes of a window: a power of two, so that no element crosses from one into the next. */
  public static final long SIZE = 1L << 30;

  private static final int SHIFT = 30;

  private ByteBuffer[] windows;

  /** Opens windows over a region of {@code bytes} bytes. */
  public Windows(MemoryRegion region, long bytes) {
    windows = new ByteBuffer[(int) ((bytes + SIZE - 1) >>> SHIFT)];
    for (int i = 0; i < windows.length; i++) {
      long start = (long) i << SHIFT;
      windows[i] = region.view(start, (int) Math.min(SIZE, bytes - start));
    }
  }

  /** Returns the window that holds a byte. */
  public ByteBuffer at(long offset) {
    return windows[(int) (offset >>> SHIFT)];
  }

  /**
   * Lets go of the buffers, which may be what keeps the memory: nobody uses the region any more.
   */
  void close() {
    windows = null;
  }

  /** Returns the place of a byte in its window. */
  public static int place(long offset) {
    return (int) (offset & (SIZE - 1));
  }
}
