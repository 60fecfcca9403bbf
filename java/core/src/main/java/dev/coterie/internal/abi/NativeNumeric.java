package dev.coterie.internal.abi;

import dev.coterie.consensus.FitControl;
import dev.coterie.spi.ControlAccess;
import dev.coterie.spi.MemorySource;
import dev.coterie.spi.NativeFunctions;
import dev.coterie.spi.NumericColumns;
import dev.coterie.spi.NumericEngine;
import dev.coterie.spi.NumericOutcome;
import dev.coterie.spi.NumericProblem;

/** The numeric engine of the native library. */
public final class NativeNumeric implements NumericEngine {
  private final NativeFunctions functions;
  private final FramePool frames;
  private final MemorySource memory;

  /** Makes an engine. */
  public NativeNumeric(NativeFunctions functions, FramePool frames, MemorySource memory) {
    this.functions = functions;
    this.frames = frames;
    this.memory = memory;
  }

  @Override
  public void fit(NumericProblem problem, NumericOutcome outcome, FitControl control) {
    if (!(problem.table() instanceof NumericColumns.OffHeap columns)
        || !(outcome instanceof NumericOutcome.OffHeap blocks)) {
      throw new IllegalArgumentException("a native backend reads and writes off-heap memory");
    }
    try (Borrowed borrowed = new Borrowed(memory)) {
      Frame frame = frames.acquire();
      try {
        writeProblem(frame, problem, columns, borrowed);
        writeOutcome(frame, columns, blocks, borrowed);
        call(frame, control);
        outcome.iterations = frame.outcomeInt(Layouts.NumericOutcome.ITERATIONS);
        outcome.converged = frame.outcomeInt(Layouts.NumericOutcome.CONVERGED) != 0;
        outcome.objective = frame.outcomeDouble(Layouts.NumericOutcome.OBJECTIVE);
      } finally {
        frames.release(frame);
      }
    }
  }

  private void call(Frame frame, FitControl control) {
    frame.clearControl();
    ControlAccess.Link link = new FrameLink(frame);
    ControlAccess.get().attach(control, link);
    int status;
    try {
      status =
          functions.numericFit(frame.problem(), frame.outcome(), frame.control(), frame.error());
    } finally {
      ControlAccess.get().detach(control, link);
    }
    frame.check(status);
  }

  private static void writeProblem(
      Frame frame, NumericProblem problem, NumericColumns.OffHeap columns, Borrowed borrowed) {
    long answers = columns.answers();
    long parameters = problem.parameters().length;
    frame
        .problem(Layouts.NumericProblem.STRUCT_SIZE, Layouts.NumericProblem.SIZE)
        .problem(Layouts.NumericProblem.METHOD, problem.method().number())
        .problem(Layouts.NumericProblem.TASK, borrowed.block(columns.task(), answers, 4))
        .problem(Layouts.NumericProblem.EXPERT, borrowed.block(columns.expert(), answers, 4))
        .problem(Layouts.NumericProblem.VALUE, borrowed.block(columns.value(), answers, 8))
        .problem(Layouts.NumericProblem.WEIGHT, borrowed.block(columns.weight(), answers, 4))
        .problem(Layouts.NumericProblem.ANSWERS, answers)
        .problem(Layouts.NumericProblem.TASKS, columns.tasks())
        .problem(Layouts.NumericProblem.EXPERTS, columns.experts())
        .problem(Layouts.NumericProblem.KNOWN, borrowed.copy(problem.known(), columns.tasks()))
        .problem(
            Layouts.NumericProblem.EXPERT_WEIGHTS,
            borrowed.copy(problem.expertWeights(), columns.experts()))
        .problem(
            Layouts.NumericProblem.PARAMETERS,
            parameters == 0 ? 0 : borrowed.copy(problem.parameters(), parameters))
        .problem(Layouts.NumericProblem.PARAMETERS_LENGTH, parameters)
        .problem(Layouts.NumericProblem.REPEATS, problem.lastWins() ? 1 : 0)
        .problem(Layouts.NumericProblem.MAX_ITERATIONS, problem.maxIterations())
        .problem(Layouts.NumericProblem.THREADS, threads(problem))
        .problem(Layouts.NumericProblem.RESERVED, 0)
        .problem(Layouts.NumericProblem.TOLERANCE, problem.tolerance());
  }

  private static void writeOutcome(
      Frame frame,
      NumericColumns.OffHeap columns,
      NumericOutcome.OffHeap blocks,
      Borrowed borrowed) {
    int tasks = columns.tasks();
    int experts = columns.experts();
    frame
        .outcome(Layouts.NumericOutcome.STRUCT_SIZE, Layouts.NumericOutcome.SIZE)
        .outcome(Layouts.NumericOutcome.ITERATIONS, 0)
        .outcome(Layouts.NumericOutcome.CONVERGED, 0)
        .outcome(Layouts.NumericOutcome.RESERVED, 0)
        .outcome(Layouts.NumericOutcome.OBJECTIVE, 0L)
        .outcome(Layouts.NumericOutcome.ESTIMATE, borrowed.block(blocks.estimate, tasks, 8))
        .outcome(Layouts.NumericOutcome.ERROR, borrowed.block(blocks.error, tasks, 8))
        .outcome(Layouts.NumericOutcome.SPREAD, borrowed.block(blocks.spread, tasks, 8))
        .outcome(Layouts.NumericOutcome.WEIGHT, borrowed.block(blocks.weight, experts, 8))
        .outcome(Layouts.NumericOutcome.BIAS, borrowed.block(blocks.bias, experts, 8))
        .outcome(Layouts.NumericOutcome.DEVIATION, borrowed.block(blocks.deviation, experts, 8));
  }

  /** Returns the number of threads: what the JVM was allowed to use may be less than all cores. */
  private static int threads(NumericProblem problem) {
    return problem.threads() > 0 ? problem.threads() : Runtime.getRuntime().availableProcessors();
  }
}
