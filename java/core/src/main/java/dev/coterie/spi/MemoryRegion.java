package dev.coterie.spi;

import java.nio.ByteBuffer;

/** Memory from a {@link MemorySource}. Offsets are checked by the caller. */
public interface MemoryRegion {

  /** Returns the address of the first byte, or 0 when the region has no single address. */
  long address();

  /** Returns the largest offset multiple that one view may not cross, or {@code Long.MAX_VALUE}. */
  long windowSize();

  /**
   * Returns a new direct buffer in native byte order, which does not keep the region alive.
   *
   * @param offset the first byte
   * @param bytes the size; does not cross a multiple of the window size
   */
  ByteBuffer view(long offset, int bytes);

  /** Gives the memory back; called exactly once. */
  void release();
}
