package dev.coterie.internal.abi;

import dev.coterie.memory.MemoryBlock;
import dev.coterie.spi.MemoryAccess;
import dev.coterie.spi.MemorySource;
import java.util.ArrayList;
import java.util.List;

/**
 * The memory of one call: counted blocks, so that closing them meanwhile is safe, and copies of
 * small arrays.
 */
final class Borrowed implements AutoCloseable {
  private final MemorySource source;
  private final List<MemoryBlock> counted = new ArrayList<>(16);
  private final List<MemoryBlock> owned = new ArrayList<>(4);

  Borrowed(MemorySource source) {
    this.source = source;
  }

  /** Returns the address of a block that is kept until the call is over, 0 for none. */
  long block(MemoryBlock block, long elements, int elementSize) {
    if (block == null) {
      return 0;
    }
    if (block.byteSize() / elementSize < elements) {
      throw new IllegalArgumentException(
          block + " is too small for " + elements + " elements of " + elementSize + " bytes");
    }
    long address = MemoryAccess.get().acquire(block);
    counted.add(block);
    if (address == 0) {
      throw new IllegalArgumentException(block + " is not memory of a native backend");
    }
    return address;
  }

  long copy(double[] array, long elements) {
    if (array == null) {
      return 0;
    }
    MemoryBlock block = newBlock(array.length, elements, 8);
    block.put(0, array, 0, array.length);
    return block(block, elements, 8);
  }

  long copy(int[] array, long elements) {
    if (array == null) {
      return 0;
    }
    MemoryBlock block = newBlock(array.length, elements, 4);
    block.put(0, array, 0, array.length);
    return block(block, elements, 4);
  }

  private MemoryBlock newBlock(int length, long elements, int elementSize) {
    if (length != elements) {
      throw new IllegalArgumentException(
          "an option has " + length + " elements, but the table asks for " + elements);
    }
    MemoryBlock block = MemoryAccess.get().allocate(source, (long) length * elementSize);
    owned.add(block);
    return block;
  }

  @Override
  public void close() {
    counted.forEach(MemoryAccess.get()::release);
    owned.forEach(MemoryBlock::close);
  }
}
