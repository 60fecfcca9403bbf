package dev.coterie.internal.table;

import dev.coterie.memory.MemoryBlock;
import dev.coterie.spi.Backend;
import dev.coterie.spi.Comparisons;
import dev.coterie.spi.MemoryAccess;
import dev.coterie.spi.MemorySource;
import dev.coterie.spi.Storage;

/**
 * The columns of one table of comparisons: made in one storage, and in the other when a backend
 * asks for it. Safe for use by many threads.
 */
public final class ComparisonColumns implements AutoCloseable {
  private final long comparisons;
  private final int items;
  private final int experts;
  private final boolean weighted;
  private volatile Comparisons.Heap heap;
  private volatile Comparisons.OffHeap offHeap;
  private volatile boolean closed;

  private ComparisonColumns(long comparisons, int items, int experts, boolean weighted) {
    this.comparisons = comparisons;
    this.items = items;
    this.experts = experts;
    this.weighted = weighted;
  }

  /** Makes columns in the storage of a backend from chunks, which are empty afterwards. */
  public static ComparisonColumns of(
      ComparisonChunks chunks, int items, int experts, Backend backend) {
    ComparisonColumns result =
        new ComparisonColumns(chunks.size(), items, experts, chunks.weighted());
    if (backend.storage() == Storage.HEAP) {
      Comparisons.Heap to = result.newHeap();
      chunks.drain(
          (at, columns, weight, count) -> {
            copy(columns[0], to.expert(), at, count);
            copy(columns[1], to.left(), at, count);
            copy(columns[2], to.right(), at, count);
            copy(columns[3], to.outcome(), at, count);
            copy(weight, to.weight(), at, count);
          });
      result.heap = to;
    } else {
      Comparisons.OffHeap to = result.newOffHeap(backend.memory());
      chunks.drain((at, c, weight, count) -> put(to, at, c[0], c[1], c[2], c[3], weight, count));
      result.offHeap = to;
    }
    return result;
  }

  private static void copy(Object from, Object to, long at, int count) {
    if (to != null) {
      System.arraycopy(from, 0, to, (int) at, count);
    }
  }

  /** Makes columns from arrays, which the columns own from now on. */
  public static ComparisonColumns of(Comparisons.Heap heap) {
    ComparisonColumns result =
        new ComparisonColumns(heap.size(), heap.items(), heap.experts(), heap.weight() != null);
    result.heap = heap;
    return result;
  }

  /** Makes off-heap columns from arrays, which are copied. */
  public static ComparisonColumns copyOf(Comparisons.Heap heap, MemorySource source) {
    ComparisonColumns result =
        new ComparisonColumns(heap.size(), heap.items(), heap.experts(), heap.weight() != null);
    result.offHeap = result.newOffHeap(source);
    put(result.offHeap, heap);
    return result;
  }

  /** Returns the number of comparisons. */
  public long comparisons() {
    return comparisons;
  }

  /** Returns whether any weight differs from 1. */
  public boolean weighted() {
    return weighted;
  }

  /** Returns the columns as a backend reads them. */
  public Comparisons in(Backend backend) {
    checkOpen();
    return backend.storage() == Storage.HEAP ? heap() : offHeap(backend.memory());
  }

  /** Returns the expert of a comparison, -1 when the experts are not known. */
  public int expert(long i) {
    checkOpen();
    if (experts == 0) {
      return -1;
    }
    Comparisons.Heap arrays = heap;
    return arrays != null ? arrays.expert()[(int) i] : offHeap.expert().getInt(i);
  }

  /** Returns the left item of a comparison. */
  public int left(long i) {
    checkOpen();
    Comparisons.Heap arrays = heap;
    return arrays != null ? arrays.left()[(int) i] : offHeap.left().getInt(i);
  }

  /** Returns the right item of a comparison. */
  public int right(long i) {
    checkOpen();
    Comparisons.Heap arrays = heap;
    return arrays != null ? arrays.right()[(int) i] : offHeap.right().getInt(i);
  }

  /** Returns the outcome of a comparison. */
  public int outcome(long i) {
    checkOpen();
    Comparisons.Heap arrays = heap;
    return arrays != null ? arrays.outcome()[(int) i] : offHeap.outcome().getInt(i);
  }

  /** Returns the weight of a comparison. */
  public float weight(long i) {
    checkOpen();
    if (!weighted) {
      return 1.0f;
    }
    Comparisons.Heap arrays = heap;
    return arrays != null ? arrays.weight()[(int) i] : offHeap.weight().getFloat(i);
  }

  @Override
  public synchronized void close() {
    closed = true;
    Comparisons.OffHeap blocks = offHeap;
    if (blocks != null) {
      closeAll(blocks.left(), blocks.right(), blocks.outcome(), blocks.expert(), blocks.weight());
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

  private Comparisons.Heap newHeap() {
    int size = HeapLimits.check(comparisons, "comparisons");
    return new Comparisons.Heap(
        size,
        items,
        experts,
        experts > 0 ? new int[size] : null,
        new int[size],
        new int[size],
        new int[size],
        weighted ? new float[size] : null);
  }

  private Comparisons.OffHeap newOffHeap(MemorySource source) {
    MemoryBlock[] blocks = new MemoryBlock[5];
    boolean[] wanted = {true, true, true, experts > 0, weighted};
    boolean complete = false;
    try {
      for (int i = 0; i < blocks.length; i++) {
        if (wanted[i]) {
          blocks[i] = MemoryAccess.get().allocate(source, Math.multiplyExact(comparisons, 4L));
        }
      }
      complete = true;
    } finally {
      if (!complete) {
        closeAll(blocks);
      }
    }
    return new Comparisons.OffHeap(
        comparisons, items, experts, blocks[3], blocks[0], blocks[1], blocks[2], blocks[4]);
  }

  private synchronized Comparisons.Heap heap() {
    checkOpen();
    if (heap == null) {
      Comparisons.Heap to = newHeap();
      offHeap.left().get(0, to.left(), 0, to.size());
      offHeap.right().get(0, to.right(), 0, to.size());
      offHeap.outcome().get(0, to.outcome(), 0, to.size());
      if (experts > 0) {
        offHeap.expert().get(0, to.expert(), 0, to.size());
      }
      if (weighted) {
        offHeap.weight().get(0, to.weight(), 0, to.size());
      }
      heap = to;
    }
    return heap;
  }

  private synchronized Comparisons.OffHeap offHeap(MemorySource source) {
    checkOpen();
    if (offHeap == null) {
      Comparisons.OffHeap to = newOffHeap(source);
      put(to, heap);
      offHeap = to;
    }
    return offHeap;
  }

  private static void put(Comparisons.OffHeap to, Comparisons.Heap h) {
    put(to, 0, h.expert(), h.left(), h.right(), h.outcome(), h.weight(), h.size());
  }

  private static void put(
      Comparisons.OffHeap to,
      long at,
      int[] expert,
      int[] left,
      int[] right,
      int[] outcome,
      float[] weight,
      int count) {
    to.left().put(at, left, 0, count);
    to.right().put(at, right, 0, count);
    to.outcome().put(at, outcome, 0, count);
    if (to.expert() != null) {
      to.expert().put(at, expert, 0, count);
    }
    if (to.weight() != null) {
      to.weight().put(at, weight, 0, count);
    }
  }
}
