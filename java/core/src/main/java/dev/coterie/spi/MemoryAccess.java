package dev.coterie.spi;

import dev.coterie.memory.MemoryBlock;

/** What backends may do with a {@link MemoryBlock} that users may not. */
public abstract class MemoryAccess {
  private static volatile MemoryAccess instance;

  /** Only {@link MemoryBlock} makes one. */
  protected MemoryAccess() {}

  /** Called once by {@link MemoryBlock}. */
  public static void set(MemoryAccess access) {
    instance = access;
  }

  /** Returns the access. */
  public static MemoryAccess get() {
    if (instance == null) {
      try {
        Class.forName(MemoryBlock.class.getName(), true, MemoryBlock.class.getClassLoader());
      } catch (ClassNotFoundException e) {
        throw new AssertionError(e);
      }
    }
    return instance;
  }

  /** Allocates a block from a given source. */
  public abstract MemoryBlock allocate(MemorySource source, long bytes);

  /**
   * Counts one more user of the block, so that its memory stays until {@link #release}.
   *
   * @return the block's address, or 0 when it has no single address
   * @throws IllegalStateException when the block is closed
   */
  public abstract long acquire(MemoryBlock block);

  /** Counts one user less; frees the memory when it was the last one and the block is closed. */
  public abstract void release(MemoryBlock block);
}
