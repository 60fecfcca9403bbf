package dev.coterie.internal.abi;

import dev.coterie.consensus.FitControl;
import dev.coterie.memory.MemoryBlock;
import dev.coterie.spi.AgreementEngine;
import dev.coterie.spi.Columns;
import dev.coterie.spi.ControlAccess;
import dev.coterie.spi.MeasureProblem;
import dev.coterie.spi.MemoryAccess;
import dev.coterie.spi.MemorySource;
import dev.coterie.spi.NativeFunctions;

/** The agreement measures of the native library. */
public final class NativeAgreement implements AgreementEngine {
  private final NativeFunctions functions;
  private final FramePool frames;
  private final MemorySource memory;

  /** Makes an engine. */
  public NativeAgreement(NativeFunctions functions, FramePool frames, MemorySource memory) {
    this.functions = functions;
    this.frames = frames;
    this.memory = memory;
  }

  @Override
  public void measure(MeasureProblem problem, double[] out, FitControl control) {
    try (MemoryBlock result = MemoryAccess.get().allocate(memory, 8L * out.length);
        Borrowed borrowed = new Borrowed(memory)) {
      Frame frame = frames.acquire();
      try {
        write(frame, problem, borrowed);
        call(frame, borrowed.block(result, out.length, 8), out.length, control);
      } finally {
        frames.release(frame);
      }
      result.get(0, out, 0, out.length);
    }
  }

  private void call(Frame frame, long out, long length, FitControl control) {
    frame.clearControl();
    ControlAccess.Link link = new FrameLink(frame);
    ControlAccess.get().attach(control, link);
    int status;
    try {
      status =
          functions.agreementMeasure(frame.problem(), out, length, frame.control(), frame.error());
    } finally {
      ControlAccess.get().detach(control, link);
    }
    frame.check(status);
  }

  private static void write(Frame frame, MeasureProblem problem, Borrowed borrowed) {
    frame
        .problem(Layouts.MeasureProblem.STRUCT_SIZE, Layouts.MeasureProblem.SIZE)
        .problem(Layouts.MeasureProblem.MEASURE, problem.kind().number)
        .problem(Layouts.MeasureProblem.TASKS, problem.tasks())
        .problem(Layouts.MeasureProblem.EXPERTS, problem.experts())
        .problem(Layouts.MeasureProblem.LABELS, problem.labels())
        .problem(Layouts.MeasureProblem.REPEATS, problem.lastWins() ? 1 : 0)
        .problem(Layouts.MeasureProblem.FIRST, copy(borrowed, problem.first()))
        .problem(Layouts.MeasureProblem.FIRST_LENGTH, length(problem.first()))
        .problem(Layouts.MeasureProblem.SECOND, copy(borrowed, problem.second()))
        .problem(Layouts.MeasureProblem.SECOND_LENGTH, length(problem.second()))
        .problem(Layouts.MeasureProblem.KNOWN, borrowed.copy(problem.known(), problem.tasks()))
        .problem(Layouts.MeasureProblem.OPTIONS, copy(borrowed, problem.options()))
        .problem(Layouts.MeasureProblem.OPTIONS_LENGTH, length(problem.options()))
        .problem(Layouts.MeasureProblem.SEED, problem.seed());
    writeTable(frame, problem.table(), borrowed);
  }

  private static void writeTable(Frame frame, Columns table, Borrowed borrowed) {
    long task = 0;
    long expert = 0;
    long label = 0;
    long weight = 0;
    long answers = table == null ? 0 : table.answers();
    if (table instanceof Columns.OffHeap blocks) {
      task = borrowed.block(blocks.task(), answers, 4);
      expert = borrowed.block(blocks.expert(), answers, 4);
      label = borrowed.block(blocks.label(), answers, 4);
      weight = borrowed.block(blocks.weight(), answers, 4);
    } else if (table instanceof Columns.Heap arrays) {
      // Answers that are numbers come in the caller's arrays, which have no weights.
      task = borrowed.copy(arrays.task(), answers);
      expert = borrowed.copy(arrays.expert(), answers);
      label = borrowed.copy(arrays.label(), answers);
    }
    frame
        .problem(Layouts.MeasureProblem.TASK, task)
        .problem(Layouts.MeasureProblem.EXPERT, expert)
        .problem(Layouts.MeasureProblem.LABEL, label)
        .problem(Layouts.MeasureProblem.WEIGHT, weight)
        .problem(Layouts.MeasureProblem.ANSWERS, answers);
  }

  private static long length(double[] array) {
    return array == null ? 0 : array.length;
  }

  private static long copy(Borrowed borrowed, double[] array) {
    return length(array) == 0 ? 0 : borrowed.copy(array, array.length);
  }
}
