package dev.coterie.consensus;

import dev.coterie.internal.table.HeapLimits;
import dev.coterie.memory.MemoryBlock;
import dev.coterie.spi.Backend;
import dev.coterie.spi.FitOutcome;
import dev.coterie.spi.MemoryAccess;
import dev.coterie.spi.Storage;

/**
 * The numbers of one result, in the storage that its engine wrote. Indices are checked by the
 * caller.
 */
abstract class Result implements AutoCloseable {
  private static final String CONFUSION = "confusion matrices (experts x labels x labels)";

  private volatile boolean closed;

  static Result allocate(Backend engine, int tasks, int experts, int labels, boolean confusion) {
    long posteriors = HeapLimits.times(tasks, labels);
    long confusions = confusion ? confusions(experts, labels) : -1;
    return engine.storage() == Storage.HEAP
        ? new OnHeap(posteriors, tasks, labels, confusions, experts)
        : new OffHeap(engine, posteriors, tasks, labels, confusions, experts);
  }

  private static long confusions(int experts, int labels) {
    return HeapLimits.times(HeapLimits.times(labels, labels), experts);
  }

  /** Returns the number of elements of the confusion matrices, which are to be in one array. */
  static int confusionInArray(int experts, int labels) {
    return HeapLimits.check(confusions(experts, labels), CONFUSION);
  }

  abstract FitOutcome outcome();

  abstract double posterior(long i);

  abstract void posteriors(long first, double[] target, int from, int count);

  abstract int answer(int task);

  abstract int runnerUp(int task);

  abstract double prior(int label);

  abstract boolean hasConfusion();

  abstract double confusion(long i);

  abstract double skill(int expert);

  void checkOpen() {
    if (closed) {
      throw new IllegalStateException("the result is closed");
    }
  }

  @Override
  public void close() {
    closed = true;
  }

  private static final class OnHeap extends Result {
    private final FitOutcome.Heap arrays;

    OnHeap(long posteriors, int tasks, int labels, long confusions, int experts) {
      arrays =
          new FitOutcome.Heap(
              new double[HeapLimits.check(posteriors, "posteriors (tasks x labels)")],
              new int[tasks],
              new int[tasks],
              new double[labels],
              confusions < 0 ? null : new double[HeapLimits.check(confusions, CONFUSION)],
              new double[experts]);
    }

    @Override
    FitOutcome outcome() {
      return arrays;
    }

    @Override
    double posterior(long i) {
      return arrays.posterior[(int) i];
    }

    @Override
    void posteriors(long first, double[] target, int from, int count) {
      System.arraycopy(arrays.posterior, (int) first, target, from, count);
    }

    @Override
    int answer(int task) {
      return arrays.answer[task];
    }

    @Override
    int runnerUp(int task) {
      return arrays.runnerUp[task];
    }

    @Override
    double prior(int label) {
      return arrays.prior[label];
    }

    @Override
    boolean hasConfusion() {
      return arrays.confusion != null;
    }

    @Override
    double confusion(long i) {
      return arrays.confusion[(int) i];
    }

    @Override
    double skill(int expert) {
      return arrays.skill[expert];
    }
  }

  private static final class OffHeap extends Result {
    private final MemoryBlock[] all = new MemoryBlock[6];
    private final FitOutcome.OffHeap blocks;

    OffHeap(Backend engine, long posteriors, int tasks, int labels, long confusions, int experts) {
      long[] bytes = {
        HeapLimits.times(posteriors, 8),
        4L * tasks,
        4L * tasks,
        8L * labels,
        confusions < 0 ? -1 : HeapLimits.times(confusions, 8),
        8L * experts
      };
      boolean complete = false;
      try {
        for (int i = 0; i < all.length; i++) {
          if (bytes[i] >= 0) {
            all[i] = MemoryAccess.get().allocate(engine.memory(), bytes[i]);
          }
        }
        complete = true;
      } finally {
        if (!complete) {
          close();
        }
      }
      blocks = new FitOutcome.OffHeap(all[0], all[1], all[2], all[3], all[4], all[5]);
    }

    @Override
    FitOutcome outcome() {
      return blocks;
    }

    @Override
    double posterior(long i) {
      return blocks.posterior.getDouble(i);
    }

    @Override
    void posteriors(long first, double[] target, int from, int count) {
      blocks.posterior.get(first, target, from, count);
    }

    @Override
    int answer(int task) {
      return blocks.answer.getInt(task);
    }

    @Override
    int runnerUp(int task) {
      return blocks.runnerUp.getInt(task);
    }

    @Override
    double prior(int label) {
      return blocks.prior.getDouble(label);
    }

    @Override
    boolean hasConfusion() {
      return blocks.confusion != null;
    }

    @Override
    double confusion(long i) {
      return blocks.confusion.getDouble(i);
    }

    @Override
    double skill(int expert) {
      return blocks.skill.getDouble(expert);
    }

    @Override
    public void close() {
      super.close();
      for (MemoryBlock block : all) {
        if (block != null) {
          block.close();
        }
      }
    }
  }
}
