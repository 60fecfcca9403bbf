package dev.coterie.spi;

import dev.coterie.memory.MemoryBlock;

/**
 * The columns of a table of answers, in one of the two storages. Indices are checked when a table
 * is made.
 */
public sealed interface Columns {

  /** Returns the number of answers. */
  long answers();

  /** Returns the number of tasks. */
  int tasks();

  /** Returns the number of experts. */
  int experts();

  /** Returns the number of labels. */
  int labels();

  /**
   * Columns in Java arrays, each at least {@code answers} long; {@code weight} is null when every
   * weight is 1.
   */
  @SuppressWarnings("ArrayRecordComponent") // Shared on purpose, and never compared.
  record Heap(
      int size,
      int tasks,
      int experts,
      int labels,
      int[] task,
      int[] expert,
      int[] label,
      float[] weight)
      implements Columns {
    @Override
    public long answers() {
      return size;
    }
  }

  /** Columns in blocks of native memory; {@code weight} is null when every weight is 1. */
  record OffHeap(
      long answers,
      int tasks,
      int experts,
      int labels,
      MemoryBlock task,
      MemoryBlock expert,
      MemoryBlock label,
      MemoryBlock weight)
      implements Columns {}
}
