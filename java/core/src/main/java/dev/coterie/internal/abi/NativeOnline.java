package dev.coterie.internal.abi;

import dev.coterie.internal.table.HeapLimits;
import dev.coterie.memory.MemoryBlock;
import dev.coterie.spi.MemoryAccess;
import dev.coterie.spi.MemorySource;
import dev.coterie.spi.NativeFunctions;
import dev.coterie.spi.OnlineEngine;
import dev.coterie.spi.OnlineModel;

/** Live models and plans of the native library. */
public final class NativeOnline implements OnlineEngine {
  private final NativeFunctions functions;
  private final FramePool frames;
  private final MemorySource memory;

  /** Makes an engine. */
  public NativeOnline(NativeFunctions functions, FramePool frames, MemorySource memory) {
    this.functions = functions;
    this.frames = frames;
    this.memory = memory;
  }

  @Override
  public OnlineModel create(int labels, OnlineModel.Options options) {
    Frame frame = frames.acquire();
    try {
      frame
          .problem(Layouts.OnlineOptions.STRUCT_SIZE, Layouts.OnlineOptions.SIZE)
          .problem(Layouts.OnlineOptions.LABELS, labels)
          .problem(Layouts.OnlineOptions.SWEEPS, options.sweeps())
          .problem(Layouts.OnlineOptions.NEIGHBOURS, options.neighbours())
          .problem(Layouts.OnlineOptions.NEIGHBOUR_TASKS, options.neighbourTasks())
          .problem(Layouts.OnlineOptions.MAX_ITERATIONS, options.maxIterations())
          .problem(Layouts.OnlineOptions.SMOOTHING, options.smoothing())
          .problem(Layouts.OnlineOptions.TRUST, options.trust())
          .problem(Layouts.OnlineOptions.SETTLED, options.settled())
          .problem(Layouts.OnlineOptions.TOLERANCE, options.tolerance());
      frame.check(functions.onlineCreate(frame.problem(), frame.outcome(), frame.error()));
      return model(frame.outcomeLong(0));
    } finally {
      frames.release(frame);
    }
  }

  @Override
  public OnlineModel load(byte[] state) {
    Frame frame = frames.acquire();
    try (Crossing crossing = new Crossing(memory)) {
      long address = crossing.in(state);
      frame.check(functions.onlineLoad(address, state.length, frame.outcome(), frame.error()));
      return model(frame.outcomeLong(0));
    } finally {
      frames.release(frame);
    }
  }

  private OnlineModel model(long handle) {
    return new NativeOnlineModel(functions, frames, memory, handle);
  }

  @Override
  public Plan plan(Question question) {
    int candidates = question.task().length;
    int picks = Math.min(question.most(), question.tasks());
    double[][] ratings = new double[3][candidates];
    int[] picked = new int[Math.max(picks, 0)];
    int[] state = new int[Math.max(question.tasks(), 0)];
    checkLengths(question);
    Frame frame = frames.acquire();
    try (Crossing crossing = new Crossing(memory)) {
      frame
          .problem(Layouts.AcquisitionQuestion.STRUCT_SIZE, Layouts.AcquisitionQuestion.SIZE)
          .problem(Layouts.AcquisitionQuestion.TASKS, question.tasks())
          .problem(Layouts.AcquisitionQuestion.EXPERTS, question.experts())
          .problem(Layouts.AcquisitionQuestion.LABELS, question.labels())
          .problem(Layouts.AcquisitionQuestion.POSTERIOR, crossing.in(question.posterior()))
          .problem(Layouts.AcquisitionQuestion.CONFUSION, crossing.in(question.confusion()))
          .problem(Layouts.AcquisitionQuestion.COST, crossing.in(question.cost()))
          .problem(Layouts.AcquisitionQuestion.TASK, crossing.in(question.task()))
          .problem(Layouts.AcquisitionQuestion.EXPERT, crossing.in(question.expert()))
          .problem(Layouts.AcquisitionQuestion.CANDIDATES, (long) candidates)
          .problem(Layouts.AcquisitionQuestion.TARGET, question.target())
          .problem(Layouts.AcquisitionQuestion.LOSS, question.loss())
          .problem(Layouts.AcquisitionQuestion.BUDGET, question.budget())
          .problem(Layouts.AcquisitionQuestion.MOST, question.most())
          .problem(Layouts.AcquisitionQuestion.RESERVED, 0)
          .outcome(Layouts.AcquisitionPlan.STRUCT_SIZE, Layouts.AcquisitionPlan.SIZE)
          .outcome(Layouts.AcquisitionPlan.GAIN, crossing.out(ratings[0]))
          .outcome(Layouts.AcquisitionPlan.EXPECTED, crossing.out(ratings[1]))
          .outcome(Layouts.AcquisitionPlan.RATE, crossing.out(ratings[2]))
          .outcome(Layouts.AcquisitionPlan.PICKED, crossing.out(picked))
          .outcome(Layouts.AcquisitionPlan.STATE, crossing.out(state));
      frame.check(functions.acquisitionPlan(frame.problem(), frame.outcome(), frame.error()));
      crossing.fetch();
      int count = frame.outcomeInt(Layouts.AcquisitionPlan.PICKS);
      double spent = frame.outcomeDouble(Layouts.AcquisitionPlan.SPENT);
      return new Plan(
          ratings[0], ratings[1], ratings[2], java.util.Arrays.copyOf(picked, count), state, spent);
    } finally {
      frames.release(frame);
    }
  }

  /** The library takes the lengths from the sizes; here the arrays know better. */
  private static void checkLengths(Question question) {
    long labels = question.labels();
    checkLength("posterior", question.posterior().length, question.tasks() * labels);
    checkLength(
        "confusion",
        question.confusion().length,
        HeapLimits.times(question.experts() * labels, labels));
    checkLength("cost", question.cost().length, question.experts());
    checkLength("expert", question.expert().length, question.task().length);
  }

  static void checkLength(String name, int length, long wanted) {
    if (length != wanted) {
      throw new IllegalArgumentException(
          name + " has " + length + " elements, which does not fit the sizes");
    }
  }

  /** Arrays on their way to the library and back. */
  static final class Crossing implements AutoCloseable {
    private final MemorySource source;
    private final java.util.List<MemoryBlock> blocks = new java.util.ArrayList<>(8);
    private final java.util.List<Runnable> results = new java.util.ArrayList<>(8);

    Crossing(MemorySource source) {
      this.source = source;
    }

    private MemoryBlock block(long bytes) {
      MemoryBlock block = MemoryAccess.get().allocate(source, bytes);
      blocks.add(block);
      return block;
    }

    private static long address(MemoryBlock block) {
      long address = MemoryAccess.get().acquire(block);
      MemoryAccess.get().release(block);
      return address;
    }

    long in(byte[] array) {
      if (array.length == 0) {
        return 0;
      }
      MemoryBlock block = block(array.length);
      block.put(0, array, 0, array.length);
      return address(block);
    }

    long in(int[] array) {
      if (array.length == 0) {
        return 0;
      }
      MemoryBlock block = block(4L * array.length);
      block.put(0, array, 0, array.length);
      return address(block);
    }

    long in(float[] array) {
      if (array == null || array.length == 0) {
        return 0;
      }
      MemoryBlock block = block(4L * array.length);
      block.put(0, array, 0, array.length);
      return address(block);
    }

    long in(double[] array) {
      if (array.length == 0) {
        return 0;
      }
      MemoryBlock block = block(8L * array.length);
      block.put(0, array, 0, array.length);
      return address(block);
    }

    long out(byte[] array) {
      MemoryBlock block = block(array.length);
      results.add(() -> block.get(0, array, 0, array.length));
      return address(block);
    }

    /** Returns 0 for null: not wanted. */
    long out(int[] array) {
      if (array == null || array.length == 0) {
        return 0;
      }
      MemoryBlock block = block(4L * array.length);
      results.add(() -> block.get(0, array, 0, array.length));
      return address(block);
    }

    long out(float[] array) {
      if (array == null || array.length == 0) {
        return 0;
      }
      MemoryBlock block = block(4L * array.length);
      results.add(() -> block.get(0, array, 0, array.length));
      return address(block);
    }

    long out(double[] array) {
      if (array == null || array.length == 0) {
        return 0;
      }
      MemoryBlock block = block(8L * array.length);
      results.add(() -> block.get(0, array, 0, array.length));
      return address(block);
    }

    /** Copies what the library wrote into the arrays. */
    void fetch() {
      results.forEach(Runnable::run);
    }

    @Override
    public void close() {
      blocks.forEach(MemoryBlock::close);
    }
  }
}
