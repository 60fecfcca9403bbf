package dev.coterie.internal.abi;

import dev.coterie.consensus.FitControl;
import dev.coterie.memory.MemoryBlock;
import dev.coterie.spi.ControlAccess;
import dev.coterie.spi.MemoryAccess;
import dev.coterie.spi.MemorySource;
import dev.coterie.spi.NativeFunctions;
import dev.coterie.spi.RoverOutcome;
import dev.coterie.spi.RoverProblem;
import dev.coterie.spi.SequenceEngine;

/** The methods for sequences of the native library; arrays are copied, which is a small part. */
public final class NativeSequences implements SequenceEngine {
  private final NativeFunctions functions;
  private final FramePool frames;
  private final MemorySource memory;

  /** Makes an engine. */
  public NativeSequences(NativeFunctions functions, FramePool frames, MemorySource memory) {
    this.functions = functions;
    this.frames = frames;
    this.memory = memory;
  }

  @Override
  public void rover(RoverProblem problem, RoverOutcome outcome, FitControl control) {
    long words = outcome.word.length;
    long doubleCount = words + outcome.weight.length + outcome.skill.length;
    long integerCount = words + 2L * problem.tasks();
    try (MemoryBlock doubles = MemoryAccess.get().allocate(memory, 8 * doubleCount);
        MemoryBlock integers = MemoryAccess.get().allocate(memory, 4 * integerCount);
        Borrowed borrowed = new Borrowed(memory)) {
      Frame frame = frames.acquire();
      try {
        writeProblem(frame, problem, borrowed);
        writeOutcome(
            frame,
            outcome,
            borrowed.block(doubles, doubleCount, 8),
            borrowed.block(integers, integerCount, 4));
        call(frame, control);
        outcome.rounds = frame.outcomeInt(Layouts.TextRoverOutcome.ROUNDS);
      } finally {
        frames.release(frame);
      }
      read(doubles, integers, outcome);
    }
  }

  private void call(Frame frame, FitControl control) {
    frame.clearControl();
    ControlAccess.Link link = new FrameLink(frame);
    ControlAccess.get().attach(control, link);
    int status;
    try {
      status =
          functions.textRover(frame.problem(), frame.outcome(), frame.control(), frame.error());
    } finally {
      ControlAccess.get().detach(control, link);
    }
    frame.check(status);
  }

  private static void writeProblem(Frame frame, RoverProblem problem, Borrowed borrowed) {
    long rows = problem.rows();
    long words = problem.word().length;
    frame
        .problem(Layouts.TextRoverProblem.STRUCT_SIZE, Layouts.TextRoverProblem.SIZE)
        .problem(Layouts.TextRoverProblem.RELIABILITY, problem.reliability() ? 1 : 0)
        .problem(Layouts.TextRoverProblem.TASK, borrowed.copy(problem.task(), rows))
        .problem(Layouts.TextRoverProblem.EXPERT, borrowed.copy(problem.expert(), rows))
        .problem(Layouts.TextRoverProblem.LENGTH, borrowed.copy(problem.length(), rows))
        .problem(
            Layouts.TextRoverProblem.WORD, words == 0 ? 0 : borrowed.copy(problem.word(), words))
        .problem(Layouts.TextRoverProblem.CONFIDENCE, borrowed.copy(problem.confidence(), rows))
        .problem(Layouts.TextRoverProblem.ROWS, rows)
        .problem(Layouts.TextRoverProblem.WORD_COUNT, words)
        .problem(Layouts.TextRoverProblem.TASKS, problem.tasks())
        .problem(Layouts.TextRoverProblem.EXPERTS, problem.experts())
        .problem(Layouts.TextRoverProblem.WORDS, problem.words())
        .problem(Layouts.TextRoverProblem.RESERVED, 0);
  }

  /** Shares, weights and skills lie in one block; words, lengths and backbones in another. */
  private static void writeOutcome(Frame frame, RoverOutcome outcome, long doubles, long integers) {
    long words = outcome.word.length;
    long weight = doubles + 8 * words;
    long length = integers + 4 * words;
    frame
        .outcome(Layouts.TextRoverOutcome.STRUCT_SIZE, Layouts.TextRoverOutcome.SIZE)
        .outcome(Layouts.TextRoverOutcome.ROUNDS, 0)
        .outcome(Layouts.TextRoverOutcome.LENGTH, length)
        .outcome(Layouts.TextRoverOutcome.WORD, integers)
        .outcome(Layouts.TextRoverOutcome.SHARE, doubles)
        .outcome(Layouts.TextRoverOutcome.BACKBONE, length + 4L * outcome.length.length)
        .outcome(Layouts.TextRoverOutcome.WEIGHT, weight)
        .outcome(Layouts.TextRoverOutcome.SKILL, weight + 8L * outcome.weight.length);
  }

  private static void read(MemoryBlock doubles, MemoryBlock integers, RoverOutcome outcome) {
    int words = outcome.word.length;
    int tasks = outcome.length.length;
    int rows = outcome.weight.length;
    integers.get(words, outcome.length, 0, tasks);
    integers.get((long) words + tasks, outcome.backbone, 0, tasks);
    // Beyond the sequences' words the block is not written.
    int written = 0;
    for (int length : outcome.length) {
      written += length;
    }
    integers.get(0, outcome.word, 0, written);
    doubles.get(0, outcome.share, 0, written);
    doubles.get(words, outcome.weight, 0, rows);
    doubles.get((long) words + rows, outcome.skill, 0, outcome.skill.length);
  }
}
