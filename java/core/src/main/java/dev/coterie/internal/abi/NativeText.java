package dev.coterie.internal.abi;

import dev.coterie.consensus.FitControl;
import dev.coterie.internal.table.HeapLimits;
import dev.coterie.spi.ControlAccess;
import dev.coterie.spi.MemorySource;
import dev.coterie.spi.NativeFunctions;
import dev.coterie.spi.TextColumns;
import dev.coterie.spi.TextEngine;
import dev.coterie.spi.TextOutcome;
import dev.coterie.spi.TextPairs;
import dev.coterie.spi.TextProblem;

/** The text consensus of the native library. Columns are copied: they are small beside the work. */
public final class NativeText implements TextEngine {
  /** How many pairs the first attempt has room for, for each row. */
  private static final int PAIRS_PER_ROW = 16;

  private final NativeFunctions functions;
  private final FramePool frames;
  private final MemorySource memory;

  /** Makes an engine. */
  public NativeText(NativeFunctions functions, FramePool frames, MemorySource memory) {
    this.functions = functions;
    this.frames = frames;
    this.memory = memory;
  }

  /** A native call over a frame. */
  private interface Call {
    int make(Frame frame);
  }

  private void call(Frame frame, FitControl control, Call call) {
    frame.clearControl();
    ControlAccess.Link link = new FrameLink(frame);
    ControlAccess.get().attach(control, link);
    int status;
    try {
      status = call.make(frame);
    } finally {
      ControlAccess.get().detach(control, link);
    }
    frame.check(status);
  }

  @Override
  public void consensus(TextProblem problem, TextOutcome outcome, FitControl control) {
    Frame frame = frames.acquire();
    try (Slab slab = new Slab(memory, bytes(problem.columns()) + TextResults.bytes(outcome))) {
      write(frame, problem, slab);
      TextResults results = new TextResults(slab, outcome, problem.themes());
      results.write(frame);
      call(
          frame,
          control,
          f -> functions.textConsensus(f.problem(), f.outcome(), f.control(), f.error()));
      results.read();
    } finally {
      frames.release(frame);
    }
  }

  @Override
  public void similarities(TextProblem problem, double[] out, FitControl control) {
    Frame frame = frames.acquire();
    try (Slab slab = new Slab(memory, bytes(problem.columns()) + Slab.bytes(out.length, 8))) {
      write(frame, problem, slab);
      long at = slab.room(out.length, 8);
      long address = slab.address(at);
      call(
          frame,
          control,
          f ->
              functions.textSimilarities(
                  f.problem(), 0, address, out.length, f.control(), f.error()));
      slab.get(at, out);
    } finally {
      frames.release(frame);
    }
  }

  @Override
  public TextPairs pairs(TextProblem problem, FitControl control) {
    long capacity = (long) PAIRS_PER_ROW * problem.columns().rows();
    while (true) {
      Frame frame = frames.acquire();
      long room = bytes(problem.columns()) + 2 * Slab.bytes(capacity, 4) + Slab.bytes(capacity, 8);
      try (Slab slab = new Slab(memory, room)) {
        write(frame, problem, slab);
        long first = slab.room(capacity, 4);
        long second = slab.room(capacity, 4);
        long similarity = slab.room(capacity, 8);
        frame
            .outcome(Layouts.TextPairs.STRUCT_SIZE, Layouts.TextPairs.SIZE)
            .outcome(Layouts.TextPairs.RESERVED, 0)
            .outcome(Layouts.TextPairs.FIRST, slab.address(first))
            .outcome(Layouts.TextPairs.SECOND, slab.address(second))
            .outcome(Layouts.TextPairs.SIMILARITY, slab.address(similarity))
            .outcome(Layouts.TextPairs.CAPACITY, capacity)
            .outcome(Layouts.TextPairs.COUNT, 0L);
        call(
            frame,
            control,
            f -> functions.textPairs(f.problem(), 0, f.outcome(), f.control(), f.error()));
        long count = frame.outcomeLong(Layouts.TextPairs.COUNT);
        if (count <= capacity) {
          int length = HeapLimits.check(count, "the pairs above the threshold");
          TextPairs pairs = new TextPairs(new int[length], new int[length], new double[length]);
          slab.get(first, pairs.first());
          slab.get(second, pairs.second());
          slab.get(similarity, pairs.similarity());
          return pairs;
        }
        capacity = count;
      } finally {
        frames.release(frame);
      }
    }
  }

  private static long bytes(TextColumns columns) {
    long rows = columns.rows();
    long symbols = columns.symbol() == null ? 0 : columns.symbol().length;
    long components = columns.embedding() == null ? 0 : columns.embedding().length;
    return 2 * Slab.bytes(rows, 4)
        + 3 * Slab.bytes(rows + 1, 8)
        + Slab.bytes(columns.token().length, 4)
        + Slab.bytes(symbols, 4)
        + Slab.bytes(components, 4)
        + Slab.bytes(columns.tasks(), 4);
  }

  private static void write(Frame frame, TextProblem problem, Slab slab) {
    TextColumns columns = problem.columns();
    frame
        .problem(Layouts.TextProblem.STRUCT_SIZE, Layouts.TextProblem.SIZE)
        .problem(Layouts.TextProblem.SIMILARITY, problem.similarity())
        .problem(Layouts.TextProblem.TASK, slab.put(columns.task()))
        .problem(Layouts.TextProblem.EXPERT, slab.put(columns.expert()))
        .problem(Layouts.TextProblem.CONFIDENCE, slab.put(columns.confidence()))
        .problem(Layouts.TextProblem.ROWS, (long) columns.rows())
        .problem(Layouts.TextProblem.TOKEN_OFFSET, slab.putWide(columns.tokenOffset()))
        .problem(Layouts.TextProblem.TOKEN, slab.put(columns.token()))
        .problem(Layouts.TextProblem.TOKENS, (long) columns.token().length)
        .problem(Layouts.TextProblem.VOCABULARY, slab.put(columns.vocabulary()))
        .problem(Layouts.TextProblem.SYMBOL_OFFSET, slab.putWide(columns.symbolOffset()))
        .problem(Layouts.TextProblem.SYMBOL, slab.put(columns.symbol()))
        .problem(
            Layouts.TextProblem.SYMBOLS,
            columns.symbol() == null ? 0L : (long) columns.symbol().length)
        .problem(Layouts.TextProblem.EMBEDDING, slab.put(columns.embedding()))
        .problem(Layouts.TextProblem.DIMENSION, columns.dimension())
        .problem(Layouts.TextProblem.TASKS, columns.tasks())
        .problem(Layouts.TextProblem.EXPERTS, columns.experts())
        .problem(Layouts.TextProblem.CHOICE, problem.choice())
        .problem(Layouts.TextProblem.CLUSTERING, problem.clustering())
        .problem(Layouts.TextProblem.MIN_POINTS, problem.minPoints())
        .problem(Layouts.TextProblem.CONFIDENCE_RULE, problem.confidence())
        .problem(Layouts.TextProblem.THEMES, problem.themes())
        .problem(Layouts.TextProblem.THREADS, threads(problem))
        .problem(Layouts.TextProblem.RESERVED, 0)
        .problem(Layouts.TextProblem.THRESHOLD, problem.threshold());
  }

  /** Returns the number of threads: what the JVM was allowed to use may be less than all cores. */
  private static int threads(TextProblem problem) {
    return problem.threads() > 0 ? problem.threads() : Runtime.getRuntime().availableProcessors();
  }
}
