package dev.coterie.spi;

/** Where a backend's engines read and write. */
public enum Storage {
  /** Plain Java arrays. */
  HEAP,
  /** {@link dev.coterie.memory.MemoryBlock}s of native memory. */
  OFF_HEAP
}
