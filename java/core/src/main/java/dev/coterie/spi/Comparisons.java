package dev.coterie.spi;

import dev.coterie.memory.MemoryBlock;

/**
 * The columns of a table of comparisons, in one of the two storages. Indices are checked when a
 * table is made; an outcome is 0 when the left item wins, 1 when the right one does, 2 for a tie.
 */
public sealed interface Comparisons {

  /** Returns the number of comparisons. */
  long comparisons();

  /** Returns the number of items. */
  int items();

  /** Returns the number of experts, 0 when they are not known. */
  int experts();

  /**
   * Columns in Java arrays, each {@code size} long; {@code expert} is null when the experts are not
   * known, {@code weight} when every weight is 1.
   */
  @SuppressWarnings("ArrayRecordComponent") // Shared on purpose, and never compared.
  record Heap(
      int size,
      int items,
      int experts,
      int[] expert,
      int[] left,
      int[] right,
      int[] outcome,
      float[] weight)
      implements Comparisons {
    @Override
    public long comparisons() {
      return size;
    }
  }

  /**
   * Columns in blocks of native memory; {@code expert} is null when the experts are not known,
   * {@code weight} when every weight is 1.
   */
  record OffHeap(
      long comparisons,
      int items,
      int experts,
      MemoryBlock expert,
      MemoryBlock left,
      MemoryBlock right,
      MemoryBlock outcome,
      MemoryBlock weight)
      implements Comparisons {}
}
