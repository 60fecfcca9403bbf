package dev.coterie.internal.table;

import dev.coterie.memory.MemoryBlock;
import dev.coterie.spi.Backend;
import dev.coterie.spi.Columns;
import dev.coterie.spi.MemoryAccess;
import dev.coterie.spi.MemorySource;
import dev.coterie.spi.Storage;

/**
 * The columns of one table: made in one storage, and in the other when a backend asks for it. Safe
 * for use by many threads.
 */
public final class TableColumns implements AutoCloseable {
  private final long answers;
  private final int tasks;
  private final int experts;
  private final int labels;
  private final boolean weighted;
  private volatile Columns.Heap heap;
  private volatile Columns.OffHeap offHeap;
  private volatile boolean closed;

  private TableColumns(long answers, int tasks, int experts, int labels, boolean weighted) {
    this.answers = answers;
    this.tasks = tasks;
    this.experts = experts;
    this.labels = labels;
    this.weighted = weighted;
  }

  /** Makes columns in the storage of a backend from chunks, which are empty afterwards. */
  public static TableColumns of(
      Chunks chunks, int tasks, int experts, int labels, Backend backend) {
    TableColumns result =
        new TableColumns(chunks.size(), tasks, experts, labels, chunks.weighted());
    if (backend.storage() == Storage.HEAP) {
      Columns.Heap heap = result.newHeap();
      chunks.drain(
          (at, t, e, l, w, count) -> {
            System.arraycopy(t, 0, heap.task(), (int) at, count);
            System.arraycopy(e, 0, heap.expert(), (int) at, count);
            System.arraycopy(l, 0, heap.label(), (int) at, count);
            if (heap.weight() != null) {
              System.arraycopy(w, 0, heap.weight(), (int) at, count);
            }
          });
      result.heap = heap;
    } else {
      Columns.OffHeap blocks = result.newOffHeap(backend.memory());
      chunks.drain((at, t, e, l, w, count) -> copy(blocks, at, t, e, l, w, count));
      result.offHeap = blocks;
    }
    return result;
  }

  /** Makes columns from arrays, which the columns own from now on; {@code weight} may be null. */
  public static TableColumns of(Columns.Heap heap) {
    TableColumns result =
        new TableColumns(
            heap.size(), heap.tasks(), heap.experts(), heap.labels(), heap.weight() != null);
    result.heap = heap;
    return result;
  }

  /** Makes off-heap columns from arrays, which are copied; {@code weight} may be null. */
  public static TableColumns copyOf(Columns.Heap heap, MemorySource source) {
    TableColumns result =
        new TableColumns(
            heap.size(), heap.tasks(), heap.experts(), heap.labels(), heap.weight() != null);
    result.offHeap = result.newOffHeap(source);
    copy(result.offHeap, 0, heap.task(), heap.expert(), heap.label(), heap.weight(), heap.size());
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
  public Columns in(Backend backend) {
    checkOpen();
    return backend.storage() == Storage.HEAP ? heap() : offHeap(backend.memory());
  }

  /** Returns the task of an answer. */
  public int task(long i) {
    checkOpen();
    Columns.Heap arrays = heap;
    return arrays != null ? arrays.task()[(int) i] : offHeap.task().getInt(i);
  }

  /** Returns the expert of an answer. */
  public int expert(long i) {
    checkOpen();
    Columns.Heap arrays = heap;
    return arrays != null ? arrays.expert()[(int) i] : offHeap.expert().getInt(i);
  }

  /** Returns the label of an answer. */
  public int label(long i) {
    checkOpen();
    Columns.Heap arrays = heap;
    return arrays != null ? arrays.label()[(int) i] : offHeap.label().getInt(i);
  }

  /** Returns the weight of an answer. */
  public float weight(long i) {
    checkOpen();
    if (!weighted) {
      return 1.0f;
    }
    Columns.Heap arrays = heap;
    return arrays != null ? arrays.weight()[(int) i] : offHeap.weight().getFloat(i);
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (offHeap != null) {
      close(offHeap);
    }
    // The heap form is left to fits in flight and to the garbage collector with this object.
  }

  private static void close(Columns.OffHeap blocks) {
    closeAll(blocks.task(), blocks.expert(), blocks.label(), blocks.weight());
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

  private Columns.Heap newHeap() {
    int size = HeapLimits.check(answers, "answers");
    return new Columns.Heap(
        size,
        tasks,
        experts,
        labels,
        new int[size],
        new int[size],
        new int[size],
        weighted ? new float[size] : null);
  }

  private Columns.OffHeap newOffHeap(MemorySource source) {
    MemoryBlock[] blocks = new MemoryBlock[4];
    boolean complete = false;
    try {
      for (int i = 0; i < (weighted ? 4 : 3); i++) {
        blocks[i] = MemoryAccess.get().allocate(source, Math.multiplyExact(answers, 4L));
      }
      complete = true;
    } finally {
      if (!complete) {
        closeAll(blocks);
      }
    }
    return new Columns.OffHeap(
        answers, tasks, experts, labels, blocks[0], blocks[1], blocks[2], blocks[3]);
  }

  private synchronized Columns.Heap heap() {
    checkOpen();
    if (heap == null) {
      Columns.Heap arrays = newHeap();
      int size = arrays.size();
      offHeap.task().get(0, arrays.task(), 0, size);
      offHeap.expert().get(0, arrays.expert(), 0, size);
      offHeap.label().get(0, arrays.label(), 0, size);
      if (weighted) {
        offHeap.weight().get(0, arrays.weight(), 0, size);
      }
      heap = arrays;
    }
    return heap;
  }

  private synchronized Columns.OffHeap offHeap(MemorySource source) {
    checkOpen();
    if (offHeap == null) {
      Columns.OffHeap blocks = newOffHeap(source);
      copy(blocks, 0, heap.task(), heap.expert(), heap.label(), heap.weight(), heap.size());
      offHeap = blocks;
    }
    return offHeap;
  }

  private static void copy(
      Columns.OffHeap to, long at, int[] t, int[] e, int[] l, float[] w, int count) {
    to.task().put(at, t, 0, count);
    to.expert().put(at, e, 0, count);
    to.label().put(at, l, 0, count);
    if (to.weight() != null) {
      to.weight().put(at, w, 0, count);
    }
  }
}
