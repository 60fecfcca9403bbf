package dev.coterie.consensus;

import dev.coterie.internal.table.HeapLimits;
import dev.coterie.memory.MemoryBlock;
import dev.coterie.spi.Backend;
import dev.coterie.spi.FitOutcome;
import dev.coterie.spi.MemoryAccess;
import dev.coterie.spi.MethodKind;
import dev.coterie.spi.Storage;

/**
 * The numbers of one result, in the storage that its engine wrote. Indices are checked by the
 * caller.
 */
abstract class Result implements AutoCloseable {
  private static final String CONFUSION = "confusion matrices (experts x labels x labels)";

  private volatile boolean closed;

  /** The numbers of elements of a result's arrays, -1 for those that its method has not. */
  private record Sizes(
      long posteriors,
      int tasks,
      int labels,
      long confusions,
      int experts,
      int weights,
      int difficulties,
      int reports) {

    static Sizes of(MethodKind method, AnswerTable table) {
      int tasks = table.tasks();
      int experts = table.experts();
      int labels = table.labels();
      return new Sizes(
          HeapLimits.times(tasks, labels),
          tasks,
          labels,
          method.hasConfusion() ? Result.confusions(experts, labels) : -1,
          experts,
          method.hasWeight() ? experts : -1,
          method.hasDifficulty() ? tasks : -1,
          method.reportLength() > 0 ? method.reportLength() : -1);
    }
  }

  static Result allocate(Backend engine, MethodKind method, AnswerTable table) {
    Sizes sizes = Sizes.of(method, table);
    return engine.storage() == Storage.HEAP ? new OnHeap(sizes) : new OffHeap(engine, sizes);
  }

  /** Makes a result of arrays that nobody changes any more. */
  static Result of(FitOutcome.Heap arrays) {
    return new OnHeap(arrays);
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

  abstract boolean hasWeight();

  abstract double weight(int expert);

  abstract boolean hasDifficulty();

  abstract double difficulty(int task);

  /** Returns one number of the method's report. */
  abstract double report(int place);

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

    OnHeap(FitOutcome.Heap arrays) {
      this.arrays = arrays;
    }

    OnHeap(Sizes sizes) {
      arrays =
          new FitOutcome.Heap(
              new double[HeapLimits.check(sizes.posteriors(), "posteriors (tasks x labels)")],
              new int[sizes.tasks()],
              new int[sizes.tasks()],
              new double[sizes.labels()],
              optional(sizes.confusions()),
              new double[sizes.experts()],
              optional(sizes.weights()),
              optional(sizes.difficulties()),
              optional(sizes.reports()));
    }

    private static double[] optional(long elements) {
      return elements < 0 ? null : new double[HeapLimits.check(elements, CONFUSION)];
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

    @Override
    boolean hasWeight() {
      return arrays.weight != null;
    }

    @Override
    double weight(int expert) {
      return arrays.weight[expert];
    }

    @Override
    boolean hasDifficulty() {
      return arrays.difficulty != null;
    }

    @Override
    double difficulty(int task) {
      return arrays.difficulty[task];
    }

    @Override
    double report(int place) {
      return arrays.report[place];
    }
  }

  private static final class OffHeap extends Result {
    private final MemoryBlock[] all = new MemoryBlock[9];
    private final FitOutcome.OffHeap blocks;

    OffHeap(Backend engine, Sizes sizes) {
      long[] bytes = {
        doubles(sizes.posteriors()),
        4L * sizes.tasks(),
        4L * sizes.tasks(),
        doubles(sizes.labels()),
        doubles(sizes.confusions()),
        doubles(sizes.experts()),
        doubles(sizes.weights()),
        doubles(sizes.difficulties()),
        doubles(sizes.reports())
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
      blocks =
          new FitOutcome.OffHeap(
              all[0], all[1], all[2], all[3], all[4], all[5], all[6], all[7], all[8]);
    }

    private static long doubles(long elements) {
      return elements < 0 ? -1 : HeapLimits.times(elements, 8);
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
    boolean hasWeight() {
      return blocks.weight != null;
    }

    @Override
    double weight(int expert) {
      return blocks.weight.getDouble(expert);
    }

    @Override
    boolean hasDifficulty() {
      return blocks.difficulty != null;
    }

    @Override
    double difficulty(int task) {
      return blocks.difficulty.getDouble(task);
    }

    @Override
    double report(int place) {
      return blocks.report.getDouble(place);
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
