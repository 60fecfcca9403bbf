package dev.coterie.internal.abi;

import dev.coterie.consensus.FitControl;
import dev.coterie.memory.MemoryBlock;
import dev.coterie.spi.Comparisons;
import dev.coterie.spi.ControlAccess;
import dev.coterie.spi.MemoryAccess;
import dev.coterie.spi.MemorySource;
import dev.coterie.spi.NativeFunctions;
import dev.coterie.spi.PairwiseEngine;
import dev.coterie.spi.PairwiseOutcome;
import dev.coterie.spi.PairwiseProblem;
import java.util.ArrayList;
import java.util.List;

/**
 * The pairwise engine of the native library. The table is read where it lies; the result, a few
 * numbers an item, is copied out of a block of its own.
 */
public final class NativePairwise implements PairwiseEngine {
  private final NativeFunctions functions;
  private final FramePool frames;
  private final MemorySource memory;

  /** Makes an engine. */
  public NativePairwise(NativeFunctions functions, FramePool frames, MemorySource memory) {
    this.functions = functions;
    this.frames = frames;
    this.memory = memory;
  }

  @Override
  public void fit(PairwiseProblem problem, PairwiseOutcome outcome, FitControl control) {
    if (!(problem.table() instanceof Comparisons.OffHeap columns)) {
      throw new IllegalArgumentException("a native backend reads off-heap memory");
    }
    try (Call call = new Call(problem, columns, outcome)) {
      call.fit(control);
    }
  }

  /** One call with its memory: counted blocks, so that closing them meanwhile is safe. */
  private final class Call implements AutoCloseable {
    private final PairwiseProblem problem;
    private final Comparisons.OffHeap columns;
    private final PairwiseOutcome outcome;
    private final List<MemoryBlock> counted = new ArrayList<>(8);
    private final List<MemoryBlock> owned = new ArrayList<>(3);

    Call(PairwiseProblem problem, Comparisons.OffHeap columns, PairwiseOutcome outcome) {
      this.problem = problem;
      this.columns = columns;
      this.outcome = outcome;
    }

    void fit(FitControl control) {
      long items = columns.items();
      long experts = columns.experts();
      MemoryBlock doubles = allocate(8 * (2 * items + 2 * experts + PairwiseOutcome.REPORT));
      MemoryBlock integers = allocate(4 * (3 * items));
      MemoryBlock parameters = allocate(8L * Math.max(problem.parameters().length, 1));
      parameters.put(0, problem.parameters(), 0, problem.parameters().length);
      Frame frame = frames.acquire();
      try {
        writeProblem(frame, parameters);
        writeOutcome(frame, address(doubles), address(integers), items, experts);
        run(frame, control);
        outcome.iterations = frame.outcomeInt(Layouts.PairwiseOutcome.ITERATIONS);
        outcome.converged = frame.outcomeInt(Layouts.PairwiseOutcome.CONVERGED) != 0;
        outcome.objective = frame.outcomeDouble(Layouts.PairwiseOutcome.OBJECTIVE);
      } finally {
        frames.release(frame);
      }
      read(doubles, integers);
    }

    private void writeProblem(Frame frame, MemoryBlock parameters) {
      frame
          .problem(Layouts.PairwiseProblem.STRUCT_SIZE, Layouts.PairwiseProblem.SIZE)
          .problem(Layouts.PairwiseProblem.METHOD, problem.method())
          .problem(Layouts.PairwiseProblem.EXPERT, column(columns.expert()))
          .problem(Layouts.PairwiseProblem.LEFT, column(columns.left()))
          .problem(Layouts.PairwiseProblem.RIGHT, column(columns.right()))
          .problem(Layouts.PairwiseProblem.OUTCOME, column(columns.outcome()))
          .problem(Layouts.PairwiseProblem.WEIGHT, column(columns.weight()))
          .problem(Layouts.PairwiseProblem.COMPARISONS, columns.comparisons())
          .problem(Layouts.PairwiseProblem.ITEMS, columns.items())
          .problem(Layouts.PairwiseProblem.EXPERTS, columns.experts())
          .problem(Layouts.PairwiseProblem.PARAMETERS, address(parameters))
          .problem(Layouts.PairwiseProblem.PARAMETERS_LENGTH, (long) problem.parameters().length)
          .problem(Layouts.PairwiseProblem.TOLERANCE, problem.tolerance())
          .problem(Layouts.PairwiseProblem.MAX_ITERATIONS, problem.maxIterations())
          .problem(Layouts.PairwiseProblem.RESERVED, 0);
    }

    private void writeOutcome(Frame frame, long doubles, long integers, long items, long experts) {
      frame
          .outcome(Layouts.PairwiseOutcome.STRUCT_SIZE, Layouts.PairwiseOutcome.SIZE)
          .outcome(Layouts.PairwiseOutcome.ITERATIONS, 0)
          .outcome(Layouts.PairwiseOutcome.CONVERGED, 0)
          .outcome(Layouts.PairwiseOutcome.RESERVED, 0)
          .outcome(Layouts.PairwiseOutcome.OBJECTIVE, 0L)
          .outcome(Layouts.PairwiseOutcome.SCORE, doubles)
          .outcome(Layouts.PairwiseOutcome.STANDARD_ERROR, doubles + 8 * items)
          .outcome(Layouts.PairwiseOutcome.RANK, integers)
          .outcome(Layouts.PairwiseOutcome.COMPONENT, integers + 4 * items)
          .outcome(Layouts.PairwiseOutcome.STRONG_COMPONENT, integers + 8 * items)
          .outcome(Layouts.PairwiseOutcome.SKILL, doubles + 16 * items)
          .outcome(Layouts.PairwiseOutcome.BIAS, doubles + 16 * items + 8 * experts)
          .outcome(Layouts.PairwiseOutcome.REPORT, doubles + 16 * items + 16 * experts)
          .outcome(Layouts.PairwiseOutcome.REPORT_LENGTH, (long) PairwiseOutcome.REPORT);
    }

    private void run(Frame frame, FitControl control) {
      frame.clearControl();
      ControlAccess.Link link = new FrameLink(frame);
      ControlAccess.get().attach(control, link);
      int status;
      try {
        status =
            functions.pairwiseFit(frame.problem(), frame.outcome(), frame.control(), frame.error());
      } finally {
        ControlAccess.get().detach(control, link);
      }
      frame.check(status);
    }

    private void read(MemoryBlock doubles, MemoryBlock integers) {
      int items = columns.items();
      int experts = columns.experts();
      doubles.get(0, outcome.score, 0, items);
      doubles.get(items, outcome.error, 0, items);
      doubles.get(2L * items, outcome.skill, 0, experts);
      doubles.get(2L * items + experts, outcome.bias, 0, experts);
      doubles.get(2L * items + 2L * experts, outcome.report, 0, PairwiseOutcome.REPORT);
      integers.get(0, outcome.rank, 0, items);
      integers.get(items, outcome.component, 0, items);
      integers.get(2L * items, outcome.strong, 0, items);
    }

    private MemoryBlock allocate(long bytes) {
      MemoryBlock block = MemoryAccess.get().allocate(memory, bytes);
      owned.add(block);
      return block;
    }

    /** Returns the address of a column, 0 for none. */
    private long column(MemoryBlock block) {
      if (block == null) {
        return 0;
      }
      if (block.byteSize() / 4 < columns.comparisons()) {
        throw new IllegalArgumentException(
            block + " is too small for " + columns.comparisons() + " comparisons");
      }
      return address(block);
    }

    /** Returns the address of a block that is kept until the call is over. */
    private long address(MemoryBlock block) {
      long address = MemoryAccess.get().acquire(block);
      counted.add(block);
      if (address == 0) {
        throw new IllegalArgumentException(block + " is not memory of a native backend");
      }
      return address;
    }

    @Override
    public void close() {
      counted.forEach(MemoryAccess.get()::release);
      owned.forEach(MemoryBlock::close);
    }
  }

  /** Connects a control with a frame's control block. */
  private record FrameLink(Frame frame) implements ControlAccess.Link {
    @Override
    public void cancel() {
      frame.cancel();
    }

    @Override
    public long iterations() {
      return frame.iterations();
    }
  }
}
