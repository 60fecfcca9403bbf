package dev.coterie.ffm;

import dev.coterie.memory.MemoryBlock;
import dev.coterie.spi.MemoryAccess;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/**
 * Memory segments over off-heap blocks of any size, without a copy. Needs JDK 23 or newer; the rest
 * of this artifact's code can be loaded by older ones.
 *
 * <p>A segment keeps the memory: that is freed only after the block is closed and the segment, its
 * slices and their buffers are all unreachable. So a segment can be used after its block was
 * closed, by any thread, and no use of it can crash. Its scope cannot be closed.
 *
 * <p>All methods are safe for use by many threads. Making a segment takes a constant time and
 * allocates a few small objects; make one for many accesses.
 */
public final class Segments {
  private Segments() {}

  /**
   * Returns a segment over a whole block.
   *
   * @param block the block
   * @return a segment of the block's size
   * @throws IllegalStateException when the block is closed
   * @throws IllegalArgumentException when the block comes from a backend without native memory and
   *     is larger than 1 GiB
   * @throws IllegalCallerException when the Java runtime denies native access to this module
   * @throws NullPointerException when the block is null
   */
  public static MemorySegment of(MemoryBlock block) {
    return of(block, 0, block.byteSize());
  }

  /**
   * Returns a segment over a part of a block.
   *
   * @param block the block
   * @param offset the first byte
   * @param length the size in bytes
   * @return a segment of that size
   * @throws IndexOutOfBoundsException when the part is not inside the block
   * @throws IllegalStateException when the block is closed
   * @throws IllegalArgumentException when the block comes from a backend without native memory and
   *     the part crosses a multiple of 1 GiB
   * @throws IllegalCallerException when the Java runtime denies native access to this module
   * @throws NullPointerException when the block is null
   */
  public static MemorySegment of(MemoryBlock block, long offset, long length) {
    Objects.checkFromIndexSize(offset, length, block.byteSize());
    MemoryAccess access = MemoryAccess.get();
    long address = access.acquire(block);
    boolean kept = false;
    try {
      if (address == 0) {
        return inWindow(block, offset, length);
      }
      // The count is given back when the arena finds that no part of the segment is reachable.
      MemorySegment segment =
          MemorySegment.ofAddress(address + offset)
              .reinterpret(length, Arena.ofAuto(), _ -> access.release(block));
      kept = true;
      return segment;
    } finally {
      if (!kept) {
        access.release(block);
      }
    }
  }

  /** Memory without one address lies in direct buffers, which keep themselves. */
  private static MemorySegment inWindow(MemoryBlock block, long offset, long length) {
    if (length > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "a segment of "
              + length
              + " bytes needs memory of a native backend; this block's lies in buffers of 1 GiB");
    }
    return MemorySegment.ofBuffer(block.asByteBuffer(offset, (int) length));
  }
}
