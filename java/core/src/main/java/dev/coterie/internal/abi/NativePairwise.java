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

/**
 * The pairwise engine of the native library. The table is read where it lies; the result, a few
 * numbers an item, is copied out of blocks of the call.
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
    long items = columns.items();
    long experts = columns.experts();
    try (MemoryBlock doubles = allocate(8 * (2 * items + 2 * experts + PairwiseOutcome.REPORT));
        MemoryBlock integers = allocate(4 * (3 * items));
        Borrowed borrowed = new Borrowed(memory)) {
      Frame frame = frames.acquire();
      try {
        writeProblem(frame, problem, columns, borrowed);
        writeOutcome(
            frame,
            borrowed.block(doubles, 2 * items + 2 * experts + PairwiseOutcome.REPORT, 8),
            borrowed.block(integers, 3 * items, 4),
            columns);
        call(frame, control);
        outcome.iterations = frame.outcomeInt(Layouts.PairwiseOutcome.ITERATIONS);
        outcome.converged = frame.outcomeInt(Layouts.PairwiseOutcome.CONVERGED) != 0;
        outcome.objective = frame.outcomeDouble(Layouts.PairwiseOutcome.OBJECTIVE);
      } finally {
        frames.release(frame);
      }
      read(doubles, integers, outcome, columns);
    }
  }

  private MemoryBlock allocate(long bytes) {
    return MemoryAccess.get().allocate(memory, bytes);
  }

  private void call(Frame frame, FitControl control) {
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

  private static void writeProblem(
      Frame frame, PairwiseProblem problem, Comparisons.OffHeap columns, Borrowed borrowed) {
    long rows = columns.comparisons();
    double[] parameters = problem.parameters();
    frame
        .problem(Layouts.PairwiseProblem.STRUCT_SIZE, Layouts.PairwiseProblem.SIZE)
        .problem(Layouts.PairwiseProblem.METHOD, problem.method())
        .problem(Layouts.PairwiseProblem.EXPERT, borrowed.block(columns.expert(), rows, 4))
        .problem(Layouts.PairwiseProblem.LEFT, borrowed.block(columns.left(), rows, 4))
        .problem(Layouts.PairwiseProblem.RIGHT, borrowed.block(columns.right(), rows, 4))
        .problem(Layouts.PairwiseProblem.OUTCOME, borrowed.block(columns.outcome(), rows, 4))
        .problem(Layouts.PairwiseProblem.WEIGHT, borrowed.block(columns.weight(), rows, 4))
        .problem(Layouts.PairwiseProblem.COMPARISONS, rows)
        .problem(Layouts.PairwiseProblem.ITEMS, columns.items())
        .problem(Layouts.PairwiseProblem.EXPERTS, columns.experts())
        .problem(
            Layouts.PairwiseProblem.PARAMETERS,
            parameters.length == 0 ? 0 : borrowed.copy(parameters, parameters.length))
        .problem(Layouts.PairwiseProblem.PARAMETERS_LENGTH, (long) parameters.length)
        .problem(Layouts.PairwiseProblem.TOLERANCE, problem.tolerance())
        .problem(Layouts.PairwiseProblem.MAX_ITERATIONS, problem.maxIterations())
        .problem(Layouts.PairwiseProblem.RESERVED, 0);
  }

  private static void writeOutcome(
      Frame frame, long doubles, long integers, Comparisons.OffHeap columns) {
    long items = columns.items();
    long experts = columns.experts();
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

  private static void read(
      MemoryBlock doubles,
      MemoryBlock integers,
      PairwiseOutcome outcome,
      Comparisons.OffHeap columns) {
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
}
