package dev.coterie.internal.abi;

import dev.coterie.memory.MemoryBlock;
import dev.coterie.spi.MemoryAccess;
import dev.coterie.spi.MemorySource;

/**
 * One block of native memory for all arrays of one call, laid out one behind the other at multiples
 * of eight bytes. Places are offsets in the block. Used by one thread.
 */
final class Slab implements AutoCloseable {
  private final MemoryBlock block;
  private final long address;
  private long used;

  /** Makes a slab of at least so many bytes. */
  Slab(MemorySource source, long bytes) {
    block = MemoryAccess.get().allocate(source, Math.max(bytes, 8));
    address = MemoryAccess.get().acquire(block);
    if (address == 0) {
      MemoryAccess.get().release(block);
      block.close();
      throw new IllegalArgumentException(block + " is not memory of a native backend");
    }
  }

  /** Returns the bytes that so many elements take, at most seven more than needed. */
  static long bytes(long elements, int elementSize) {
    return (Math.multiplyExact(elements, elementSize) + 7) & ~7L;
  }

  /** Returns the place of room for so many elements. */
  long room(long elements, int elementSize) {
    long at = used;
    used += bytes(elements, elementSize);
    return at;
  }

  /** Returns the address of a place. */
  long address(long at) {
    return address + at;
  }

  /** Copies an array and returns its address, 0 for none. */
  long put(int[] values) {
    if (values == null) {
      return 0;
    }
    long at = room(values.length, 4);
    block.put(at / 4, values, 0, values.length);
    return address(at);
  }

  /** Copies an array as longs and returns its address, 0 for none. */
  long putWide(int[] values) {
    if (values == null) {
      return 0;
    }
    long at = room(values.length, 8);
    for (int i = 0; i < values.length; i++) {
      block.putLong(at / 8 + i, values[i]);
    }
    return address(at);
  }

  /** Copies an array and returns its address, 0 for none. */
  long put(double[] values) {
    if (values == null) {
      return 0;
    }
    long at = room(values.length, 8);
    block.put(at / 8, values, 0, values.length);
    return address(at);
  }

  /** Copies an array and returns its address, 0 for none. */
  long put(float[] values) {
    if (values == null) {
      return 0;
    }
    long at = room(values.length, 4);
    block.put(at / 4, values, 0, values.length);
    return address(at);
  }

  /** Copies what is at a place into an array. */
  void get(long at, int[] values) {
    block.get(at / 4, values, 0, values.length);
  }

  /** Copies what is at a place into an array. */
  void get(long at, double[] values) {
    block.get(at / 8, values, 0, values.length);
  }

  /** Returns a number at a place. */
  int getInt(long at) {
    return block.getInt(at / 4);
  }

  /** Returns a number at a place. */
  double getDouble(long at) {
    return block.getDouble(at / 8);
  }

  @Override
  public void close() {
    MemoryAccess.get().release(block);
    block.close();
  }
}
