package dev.coterie.spi;

/** Where off-heap memory comes from. Safe for use by many threads. */
public interface MemorySource {

  /**
   * Allocates memory, zeroed and aligned to 64 bytes.
   *
   * @param bytes the size, at least 1
   * @throws dev.coterie.memory.OutOfNativeMemoryException when there is not enough
   */
  MemoryRegion allocate(long bytes);
}
