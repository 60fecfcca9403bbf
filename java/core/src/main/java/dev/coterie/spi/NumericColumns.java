package dev.coterie.spi;

import dev.coterie.memory.MemoryBlock;

/**
 * The columns of a table of numeric answers, in one of the two storages. Indices and values are
 * checked when a table is made.
 */
public sealed interface NumericColumns {

  /** Returns the number of answers. */
  long answers();

  /** Returns the number of tasks. */
  int tasks();

  /** Returns the number of experts. */
  int experts();

  /**
   * Columns in Java arrays, each at least {@code answers} long; {@code weight} is null when every
   * weight is 1.
   */
  @SuppressWarnings("ArrayRecordComponent") // Shared on purpose, and never compared.
  record Heap(
      int size, int tasks, int experts, int[] task, int[] expert, double[] value, float[] weight)
      implements NumericColumns {
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
      MemoryBlock task,
      MemoryBlock expert,
      MemoryBlock value,
      MemoryBlock weight)
      implements NumericColumns {}
}
