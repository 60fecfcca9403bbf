package dev.coterie.internal.abi;

import dev.coterie.consensus.FitControl;
import dev.coterie.spi.Columns;
import dev.coterie.spi.ConsensusEngine;
import dev.coterie.spi.ControlAccess;
import dev.coterie.spi.FitOutcome;
import dev.coterie.spi.FitProblem;
import dev.coterie.spi.MemorySource;
import dev.coterie.spi.NativeFunctions;

/** The consensus engine of the native library. */
public final class NativeConsensus implements ConsensusEngine {
  private final NativeFunctions functions;
  private final FramePool frames;
  private final MemorySource memory;

  /** Makes an engine. */
  public NativeConsensus(NativeFunctions functions, FramePool frames, MemorySource memory) {
    this.functions = functions;
    this.frames = frames;
    this.memory = memory;
  }

  @Override
  public void fit(FitProblem problem, FitOutcome outcome, FitControl control) {
    if (!(problem.table() instanceof Columns.OffHeap columns)
        || !(outcome instanceof FitOutcome.OffHeap blocks)) {
      throw new IllegalArgumentException("a native backend reads and writes off-heap memory");
    }
    try (Borrowed borrowed = new Borrowed(memory)) {
      Frame frame = frames.acquire();
      try {
        writeProblem(frame, problem, columns, borrowed);
        writeOutcome(frame, columns, blocks, borrowed);
        call(frame, control);
        outcome.iterations = frame.outcomeInt(Layouts.FitOutcome.ITERATIONS);
        outcome.converged = frame.outcomeInt(Layouts.FitOutcome.CONVERGED) != 0;
        outcome.objective = frame.outcomeDouble(Layouts.FitOutcome.OBJECTIVE);
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
          functions.consensusFit(frame.problem(), frame.outcome(), frame.control(), frame.error());
    } finally {
      ControlAccess.get().detach(control, link);
    }
    frame.check(status);
  }

  private static void writeProblem(
      Frame frame, FitProblem problem, Columns.OffHeap columns, Borrowed borrowed) {
    long answers = columns.answers();
    long labels = columns.labels();
    long parameters = problem.parameters().length;
    frame
        .problem(Layouts.FitProblem.STRUCT_SIZE, Layouts.FitProblem.SIZE)
        .problem(Layouts.FitProblem.METHOD, problem.method().number())
        .problem(Layouts.FitProblem.TASK, borrowed.block(columns.task(), answers, 4))
        .problem(Layouts.FitProblem.EXPERT, borrowed.block(columns.expert(), answers, 4))
        .problem(Layouts.FitProblem.LABEL, borrowed.block(columns.label(), answers, 4))
        .problem(Layouts.FitProblem.WEIGHT, borrowed.block(columns.weight(), answers, 4))
        .problem(Layouts.FitProblem.ANSWERS, answers)
        .problem(Layouts.FitProblem.TASKS, columns.tasks())
        .problem(Layouts.FitProblem.EXPERTS, columns.experts())
        .problem(Layouts.FitProblem.LABELS, columns.labels())
        .problem(Layouts.FitProblem.REPEATS, problem.lastWins() ? 1 : 0)
        .problem(Layouts.FitProblem.CLASS_PRIORS, borrowed.copy(problem.classPriors(), labels))
        .problem(Layouts.FitProblem.GOLD, borrowed.copy(problem.gold(), columns.tasks()))
        .problem(
            Layouts.FitProblem.PRIOR_COUNTS,
            borrowed.copy(problem.priorCounts(), labels * labels * columns.experts()))
        .problem(Layouts.FitProblem.PRIOR_COUNTS_MODE, problem.priorCountsMode())
        .problem(Layouts.FitProblem.POSITIONAL, problem.positional() ? 1 : 0)
        .problem(Layouts.FitProblem.MAX_ITERATIONS, problem.maxIterations())
        .problem(Layouts.FitProblem.THREADS, threads(problem))
        .problem(Layouts.FitProblem.TOLERANCE, problem.tolerance())
        .problem(Layouts.FitProblem.SMOOTHING, problem.smoothing())
        .problem(
            Layouts.FitProblem.PARAMETERS,
            parameters == 0 ? 0 : borrowed.copy(problem.parameters(), parameters))
        .problem(Layouts.FitProblem.PARAMETERS_LENGTH, parameters)
        .problem(Layouts.FitProblem.SEED, problem.seed());
  }

  private static void writeOutcome(
      Frame frame, Columns.OffHeap columns, FitOutcome.OffHeap blocks, Borrowed borrowed) {
    long labels = columns.labels();
    long posteriors = columns.tasks() * labels;
    long confusions = blocks.confusion == null ? 0 : blocks.confusion.byteSize() / 8;
    long reports = blocks.report == null ? 0 : blocks.report.byteSize() / 8;
    frame
        .outcome(Layouts.FitOutcome.STRUCT_SIZE, Layouts.FitOutcome.SIZE)
        .outcome(Layouts.FitOutcome.ITERATIONS, 0)
        .outcome(Layouts.FitOutcome.CONVERGED, 0)
        .outcome(Layouts.FitOutcome.RESERVED, 0)
        .outcome(Layouts.FitOutcome.OBJECTIVE, 0L)
        .outcome(Layouts.FitOutcome.POSTERIOR, borrowed.block(blocks.posterior, posteriors, 8))
        .outcome(Layouts.FitOutcome.ANSWER, borrowed.block(blocks.answer, columns.tasks(), 4))
        .outcome(Layouts.FitOutcome.RUNNER_UP, borrowed.block(blocks.runnerUp, columns.tasks(), 4))
        .outcome(Layouts.FitOutcome.PRIOR, borrowed.block(blocks.prior, labels, 8))
        .outcome(Layouts.FitOutcome.CONFUSION, borrowed.block(blocks.confusion, confusions, 8))
        .outcome(Layouts.FitOutcome.SKILL, borrowed.block(blocks.skill, columns.experts(), 8))
        .outcome(Layouts.FitOutcome.POSTERIOR_LENGTH, posteriors)
        .outcome(Layouts.FitOutcome.CONFUSION_LENGTH, confusions)
        .outcome(Layouts.FitOutcome.WEIGHT, borrowed.block(blocks.weight, columns.experts(), 8))
        .outcome(
            Layouts.FitOutcome.DIFFICULTY, borrowed.block(blocks.difficulty, columns.tasks(), 8))
        .outcome(Layouts.FitOutcome.REPORT, borrowed.block(blocks.report, reports, 8))
        .outcome(Layouts.FitOutcome.REPORT_LENGTH, reports);
  }

  /** Returns the number of threads: what the JVM was allowed to use may be less than all cores. */
  private static int threads(FitProblem problem) {
    return problem.threads() > 0 ? problem.threads() : Runtime.getRuntime().availableProcessors();
  }
}
