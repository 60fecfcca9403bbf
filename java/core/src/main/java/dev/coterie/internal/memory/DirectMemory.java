package dev.coterie.internal.memory;

import dev.coterie.memory.OutOfNativeMemoryException;
import dev.coterie.spi.MemoryRegion;
import dev.coterie.spi.MemorySource;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Off-heap memory from direct buffers, one a gibibyte; for backends without a native library. */
public final class DirectMemory {
  /** The source; stateless. */
  public static final MemorySource SOURCE = DirectMemory::allocate;

  private static final int ALIGNMENT = 64;

  private DirectMemory() {}

  private static MemoryRegion allocate(long bytes) {
    long window = Windows.SIZE;
    long windows = (bytes - 1) / window + 1;
    if (windows > Integer.MAX_VALUE / 2) {
      throw outOfMemory(bytes, null);
    }
    ByteBuffer[] buffers = new ByteBuffer[(int) windows];
    try {
      for (int i = 0; i < buffers.length; i++) {
        int size = (int) Math.min(window, bytes - i * window);
        ByteBuffer whole = ByteBuffer.allocateDirect(size + ALIGNMENT);
        int start = (ALIGNMENT - whole.alignmentOffset(0, ALIGNMENT)) % ALIGNMENT;
        buffers[i] = whole.slice(start, size);
      }
    } catch (OutOfMemoryError e) {
      throw outOfMemory(bytes, e);
    }
    return new Region(buffers);
  }

  private static OutOfNativeMemoryException outOfMemory(long bytes, Throwable cause) {
    return new OutOfNativeMemoryException(
        "no "
            + bytes
            + " bytes of direct memory: raise -XX:MaxDirectMemorySize, close unused blocks,"
            + " or add a native backend, which is not bound by that limit",
        cause);
  }

  /** Memory in several buffers. */
  private static final class Region implements MemoryRegion {
    private ByteBuffer[] buffers;

    Region(ByteBuffer[] buffers) {
      this.buffers = buffers;
    }

    @Override
    public long address() {
      return 0;
    }

    @Override
    public long windowSize() {
      return Windows.SIZE;
    }

    @Override
    public ByteBuffer view(long offset, int bytes) {
      ByteBuffer window = buffers[(int) (offset / Windows.SIZE)];
      return window.slice((int) (offset % Windows.SIZE), bytes).order(ByteOrder.nativeOrder());
    }

    /** The buffers' own cleaners free the memory once no view is reachable. */
    @Override
    public void release() {
      buffers = null;
    }
  }
}
