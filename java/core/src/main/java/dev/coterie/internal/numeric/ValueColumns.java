package dev.coterie.internal.numeric;

import dev.coterie.internal.table.HeapLimits;
import dev.coterie.memory.MemoryBlock;
import dev.coterie.spi.Backend;
import dev.coterie.spi.MemoryAccess;
import dev.coterie.spi.MemorySource;
import dev.coterie.spi.NumericColumns;
import dev.coterie.spi.Storage;

/**
 * The columns of one numeric table: made in one storage, and in the other when a backend asks for
 * it. Safe for use by many threads.
 */
public final class ValueColumns implements AutoCloseable {
  private final long answers;
  private final int tasks;
  private final int experts;
  private final boolean weighted;
  private volatile NumericColumns.Heap heap;
  private volatile NumericColumns.OffHeap offHeap;
  private volatile boolean closed;

  private ValueColumns(long answers, int tasks, int experts, boolean weighted) {
    this.answers = answers;
    this.tasks = tasks;
    this.experts = experts;
    this.weighted = weighted;
  }

  private static ValueColumns like(NumericColumns.Heap heap) {
    return new ValueColumns(heap.size(), heap.tasks(), heap.experts(), heap.weight() != null);
  }

  /** Makes columns in the storage of a backend from chunks, which are empty afterwards. */
  public static ValueColumns of(ValueChunks chunks, int tasks, int experts, Backend backend) {
    ValueColumns result = new ValueColumns(chunks.size(), tasks, experts, chunks.weighted());
    if (backend.storage() == Storage.HEAP) {
      NumericColumns.Heap heap = result.newHeap();
      chunks.drain((at, t, e, v, w, count) -> copy(heap, at, t, e, v, w, count));
      result.heap = heap;
    } else {
      NumericColumns.OffHeap blocks = result.newOffHeap(backend.memory());
      chunks.drain((at, t, e, v, w, count) -> copy(blocks, at, t, e, v, w, count));
      result.offHeap = blocks;
    }
    return result;
  }

  /** Makes columns from arrays, which the columns own from now on; {@code weight} may be null. */
  public static ValueColumns of(NumericColumns.Heap heap) {
    ValueColumns result = like(heap);
    result.heap = heap;
    return result;
  }

  /** Makes off-heap columns from arrays, which are copied; {@code weight} may be null. */
  public static ValueColumns copyOf(NumericColumns.Heap heap, MemorySource source) {
    ValueColumns result = like(heap);
    result.offHeap = result.newOffHeap(source);
    copy(result.offHeap, 0, heap.task(), heap.expert(), heap.value(), heap.weight(), heap.size());
    return result;
  }

  /** Returns the number of answers. */
  public long answers() {
    return answers;
  }

  /** Returns whether any weight differs from 1. */
  public boolean weighted() {
    return weighted;
  }

  /** Returns the columns as a backend reads them. */
  public NumericColumns in(Backend backend) {
    checkOpen();
    return backend.storage() == Storage.HEAP ? heap() : offHeap(backend.memory());
  }

  /** Returns the task of an answer. */
  public int task(long i) {
    checkOpen();
    NumericColumns.Heap arrays = heap;
    return arrays != null ? arrays.task()[(int) i] : offHeap.task().getInt(i);
  }

  /** Returns the expert of an answer. */
  public int expert(long i) {
    checkOpen();
    NumericColumns.Heap arrays = heap;
    return arrays != null ? arrays.expert()[(int) i] : offHeap.expert().getInt(i);
  }

  /** Returns the value of an answer. */
  public double value(long i) {
    checkOpen();
    NumericColumns.Heap arrays = heap;
    return arrays != null ? arrays.value()[(int) i] : offHeap.value().getDouble(i);
  }

  /** Returns the weight of an answer. */
  public float weight(long i) {
    checkOpen();
    if (!weighted) {
      return 1.0f;
    }
    NumericColumns.Heap arrays = heap;
    return arrays != null ? arrays.weight()[(int) i] : offHeap.weight().getFloat(i);
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (offHeap != null) {
      closeAll(offHeap.task(), offHeap.expert(), offHeap.value(), offHeap.weight());
    }
    // The heap form is left to fits in flight and to the garbage collector with this object.
  }

  private static void closeAll(MemoryBlock... blocks) {
    for (MemoryBlock block : blocks) {
      if (block != null) {
        block.close();
      }
    }
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException("the table is closed");
    }
  }

  private NumericColumns.Heap newHeap() {
    int size = HeapLimits.check(answers, "answers");
    return new NumericColumns.Heap(
        size,
        tasks,
        experts,
        new int[size],
        new int[size],
        new double[size],
        weighted ? new float[size] : null);
  }

  private NumericColumns.OffHeap newOffHeap(MemorySource source) {
    MemoryBlock[] blocks = new MemoryBlock[4];
    long[] sizes = {4, 4, 8, weighted ? 4 : 0};
    boolean complete = false;
    try {
      for (int i = 0; i < blocks.length; i++) {
        if (sizes[i] > 0) {
          blocks[i] = MemoryAccess.get().allocate(source, Math.multiplyExact(answers, sizes[i]));
        }
      }
      complete = true;
    } finally {
      if (!complete) {
        closeAll(blocks);
      }
    }
    return new NumericColumns.OffHeap(
        answers, tasks, experts, blocks[0], blocks[1], blocks[2], blocks[3]);
  }

  private synchronized NumericColumns.Heap heap() {
    checkOpen();
    if (heap == null) {
      NumericColumns.Heap arrays = newHeap();
      int size = arrays.size();
      offHeap.task().get(0, arrays.task(), 0, size);
      offHeap.expert().get(0, arrays.expert(), 0, size);
      offHeap.value().get(0, arrays.value(), 0, size);
      if (weighted) {
        offHeap.weight().get(0, arrays.weight(), 0, size);
      }
      heap = arrays;
    }
    return heap;
  }

  private synchronized NumericColumns.OffHeap offHeap(MemorySource source) {
    checkOpen();
    if (offHeap == null) {
      NumericColumns.OffHeap blocks = newOffHeap(source);
      copy(blocks, 0, heap.task(), heap.expert(), heap.value(), heap.weight(), heap.size());
      offHeap = blocks;
    }
    return offHeap;
  }

  private static void copy(
      NumericColumns.Heap to, long at, int[] t, int[] e, double[] v, float[] w, int count) {
    System.arraycopy(t, 0, to.task(), (int) at, count);
    System.arraycopy(e, 0, to.expert(), (int) at, count);
    System.arraycopy(v, 0, to.value(), (int) at, count);
    if (to.weight() != null) {
      System.arraycopy(w, 0, to.weight(), (int) at, count);
    }
  }

  private static void copy(
      NumericColumns.OffHeap to, long at, int[] t, int[] e, double[] v, float[] w, int count) {
    to.task().put(at, t, 0, count);
    to.expert().put(at, e, 0, count);
    to.value().put(at, v, 0, count);
    if (to.weight() != null) {
      to.weight().put(at, w, 0, count);
    }
  }
}
