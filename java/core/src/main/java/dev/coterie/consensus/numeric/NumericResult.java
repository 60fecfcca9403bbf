package dev.coterie.consensus.numeric;

import dev.coterie.memory.MemoryBlock;
import dev.coterie.spi.Backend;
import dev.coterie.spi.MemoryAccess;
import dev.coterie.spi.NumericOutcome;
import dev.coterie.spi.Storage;

/**
 * The numbers of one result, in the storage that its engine wrote. Indices are checked by the
 * caller.
 */
final class NumericResult implements AutoCloseable {
  /** The places of the columns below. */
  static final int ESTIMATE = 0;

  static final int ERROR = 1;
  static final int SPREAD = 2;
  static final int WEIGHT = 3;
  static final int BIAS = 4;
  static final int DEVIATION = 5;

  private final NumericOutcome outcome;
  private final double[][] arrays;
  private final MemoryBlock[] blocks;
  private volatile boolean closed;

  private NumericResult(NumericOutcome outcome, double[][] arrays, MemoryBlock[] blocks) {
    this.outcome = outcome;
    this.arrays = arrays;
    this.blocks = blocks;
  }

  static NumericResult allocate(Backend engine, NumericTable table) {
    if (engine.storage() == Storage.HEAP) {
      NumericOutcome.Heap out = new NumericOutcome.Heap(table.tasks(), table.experts());
      double[][] arrays = {
        out.estimate, out.error, out.spread, out.weight, out.bias, out.deviation
      };
      return new NumericResult(out, arrays, new MemoryBlock[0]);
    }
    MemoryBlock[] b = new MemoryBlock[6];
    boolean complete = false;
    try {
      for (int i = 0; i < b.length; i++) {
        long elements = i < WEIGHT ? table.tasks() : table.experts();
        b[i] = MemoryAccess.get().allocate(engine.memory(), 8 * elements);
      }
      complete = true;
    } finally {
      if (!complete) {
        closeAll(b);
      }
    }
    return new NumericResult(
        new NumericOutcome.OffHeap(b[0], b[1], b[2], b[3], b[4], b[5]), null, b);
  }

  NumericOutcome outcome() {
    return outcome;
  }

  double get(int column, int i) {
    checkOpen();
    return arrays != null ? arrays[column][i] : blocks[column].getDouble(i);
  }

  void get(int column, int first, double[] target, int from, int count) {
    checkOpen();
    if (arrays != null) {
      System.arraycopy(arrays[column], first, target, from, count);
    } else {
      blocks[column].get(first, target, from, count);
    }
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException("the result is closed");
    }
  }

  @Override
  public void close() {
    closed = true;
    closeAll(blocks);
  }

  private static void closeAll(MemoryBlock[] blocks) {
    for (MemoryBlock block : blocks) {
      if (block != null) {
        block.close();
      }
    }
  }
}
