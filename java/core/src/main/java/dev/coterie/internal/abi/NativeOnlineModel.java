package dev.coterie.internal.abi;

import dev.coterie.consensus.FitControl;
import dev.coterie.internal.table.HeapLimits;
import dev.coterie.spi.ControlAccess;
import dev.coterie.spi.MemorySource;
import dev.coterie.spi.NativeFunctions;
import dev.coterie.spi.OnlineModel;
import java.lang.ref.Cleaner;

/**
 * A live model of the native library. One that nobody closed is released when it is unreachable.
 */
final class NativeOnlineModel implements OnlineModel {
  private static final Cleaner CLEANER = Cleaner.create();

  private final NativeFunctions functions;
  private final FramePool frames;
  private final MemorySource memory;
  private final long handle;
  private final Cleaner.Cleanable release;

  NativeOnlineModel(NativeFunctions functions, FramePool frames, MemorySource memory, long handle) {
    this.functions = functions;
    this.frames = frames;
    this.memory = memory;
    this.handle = handle;
    this.release = CLEANER.register(this, new Release(functions, handle));
  }

  private record Release(NativeFunctions functions, long handle) implements Runnable {
    @Override
    public void run() {
      // A status other than OK could only say that it is released already.
      int unused = functions.onlineRelease(handle, 0);
    }
  }

  /** Runs a call with a frame; the model stays reachable until it is over. */
  private <T> T call(Call<T> body) {
    Frame frame = frames.acquire();
    try (NativeOnline.Crossing crossing = new NativeOnline.Crossing(memory)) {
      return body.run(frame, crossing);
    } finally {
      frames.release(frame);
      java.lang.ref.Reference.reachabilityFence(this);
    }
  }

  private interface Call<T> {
    T run(Frame frame, NativeOnline.Crossing crossing);
  }

  @Override
  public void add(
      int tasks, int experts, int labels, int[] task, int[] expert, int[] label, float[] weight) {
    NativeOnline.checkLength("expert", expert.length, task.length);
    NativeOnline.checkLength("label", label.length, task.length);
    if (weight != null) {
      NativeOnline.checkLength("weight", weight.length, task.length);
    }
    call(
        (frame, crossing) -> {
          frame
              .problem(Layouts.OnlineAnswers.STRUCT_SIZE, Layouts.OnlineAnswers.SIZE)
              .problem(Layouts.OnlineAnswers.TASKS, tasks)
              .problem(Layouts.OnlineAnswers.EXPERTS, experts)
              .problem(Layouts.OnlineAnswers.LABELS, labels)
              .problem(Layouts.OnlineAnswers.TASK, crossing.in(task))
              .problem(Layouts.OnlineAnswers.EXPERT, crossing.in(expert))
              .problem(Layouts.OnlineAnswers.LABEL, crossing.in(label))
              .problem(Layouts.OnlineAnswers.WEIGHT, crossing.in(weight))
              .problem(Layouts.OnlineAnswers.ANSWERS, (long) task.length);
          frame.check(functions.onlineAdd(handle, frame.problem(), frame.error()));
          return null;
        });
  }

  @Override
  public void remove(int[] task, int[] expert) {
    NativeOnline.checkLength("expert", expert.length, task.length);
    call(
        (frame, crossing) -> {
          long tasks = crossing.in(task);
          long experts = crossing.in(expert);
          frame.check(functions.onlineRemove(handle, tasks, experts, task.length, frame.error()));
          return null;
        });
  }

  @Override
  public Summary refit(int threads, FitControl control) {
    int count = threads > 0 ? threads : Runtime.getRuntime().availableProcessors();
    return call(
        (frame, crossing) -> {
          frame.clearControl();
          ControlAccess.Link link = new FrameLink(frame);
          ControlAccess.get().attach(control, link);
          int status;
          try {
            status =
                functions.onlineRefit(
                    handle, count, frame.outcome(), frame.control(), frame.error());
          } finally {
            ControlAccess.get().detach(control, link);
          }
          frame.check(status);
          return new Summary(
              frame.outcomeInt(Layouts.OnlineSummary.ITERATIONS),
              frame.outcomeInt(Layouts.OnlineSummary.CONVERGED) != 0,
              frame.outcomeDouble(Layouts.OnlineSummary.OBJECTIVE));
        });
  }

  @Override
  public Statistics statistics() {
    return call(
        (frame, crossing) -> {
          frame.check(functions.onlineStatistics(handle, frame.outcome(), frame.error()));
          Options options =
              new Options(
                  frame.outcomeInt(Layouts.OnlineStatistics.SWEEPS),
                  frame.outcomeInt(Layouts.OnlineStatistics.NEIGHBOURS),
                  frame.outcomeInt(Layouts.OnlineStatistics.NEIGHBOUR_TASKS),
                  frame.outcomeInt(Layouts.OnlineStatistics.MAX_ITERATIONS),
                  frame.outcomeDouble(Layouts.OnlineStatistics.SMOOTHING),
                  frame.outcomeDouble(Layouts.OnlineStatistics.TRUST),
                  frame.outcomeDouble(Layouts.OnlineStatistics.SETTLED),
                  frame.outcomeDouble(Layouts.OnlineStatistics.TOLERANCE));
          return new Statistics(
              frame.outcomeInt(Layouts.OnlineStatistics.TASKS),
              frame.outcomeInt(Layouts.OnlineStatistics.EXPERTS),
              frame.outcomeInt(Layouts.OnlineStatistics.LABELS),
              frame.outcomeLong(Layouts.OnlineStatistics.ANSWERS),
              frame.outcomeLong(Layouts.OnlineStatistics.RECOUNTS),
              options);
        });
  }

  @Override
  public void read(View view) {
    int labels = statistics().labels();
    checkView(view, labels);
    long given =
        view.givenExpert != null
            ? view.givenExpert.length
            : view.givenLabel != null
                ? view.givenLabel.length
                : view.givenWeight != null ? view.givenWeight.length : 0;
    call(
        (frame, crossing) -> {
          frame
              .problem(Layouts.OnlineView.STRUCT_SIZE, Layouts.OnlineView.SIZE)
              .problem(Layouts.OnlineView.LABELS, labels)
              .problem(Layouts.OnlineView.FIRST_TASK, view.firstTask)
              .problem(Layouts.OnlineView.TASKS, view.tasks)
              .problem(Layouts.OnlineView.FIRST_EXPERT, view.firstExpert)
              .problem(Layouts.OnlineView.EXPERTS, view.experts)
              .problem(Layouts.OnlineView.POSTERIOR, crossing.out(view.posterior))
              .problem(Layouts.OnlineView.ANSWER, crossing.out(view.answer))
              .problem(Layouts.OnlineView.RUNNER_UP, crossing.out(view.runnerUp))
              .problem(Layouts.OnlineView.TASK_ANSWERS, crossing.out(view.taskAnswers))
              .problem(Layouts.OnlineView.GIVEN_EXPERT, crossing.out(view.givenExpert))
              .problem(Layouts.OnlineView.GIVEN_LABEL, crossing.out(view.givenLabel))
              .problem(Layouts.OnlineView.GIVEN_WEIGHT, crossing.out(view.givenWeight))
              .problem(Layouts.OnlineView.GIVEN, given)
              .problem(Layouts.OnlineView.CONFUSION, crossing.out(view.confusion))
              .problem(Layouts.OnlineView.SKILL, crossing.out(view.skill))
              .problem(Layouts.OnlineView.EXPERT_ANSWERS, crossing.out(view.expertAnswers))
              .problem(Layouts.OnlineView.PRIOR, crossing.out(view.prior));
          frame.check(functions.onlineRead(handle, frame.problem(), frame.error()));
          crossing.fetch();
          return null;
        });
  }

  /** The library takes the lengths from the parts; here the arrays know better. */
  private static void checkView(View view, int labels) {
    long k = labels;
    check("posterior", view.posterior == null ? -1 : view.posterior.length, view.tasks * k);
    check("answer", view.answer == null ? -1 : view.answer.length, view.tasks);
    check("runnerUp", view.runnerUp == null ? -1 : view.runnerUp.length, view.tasks);
    check("taskAnswers", view.taskAnswers == null ? -1 : view.taskAnswers.length, view.tasks);
    long matrices = HeapLimits.times(view.experts * k, k);
    check("confusion", view.confusion == null ? -1 : view.confusion.length, matrices);
    check("skill", view.skill == null ? -1 : view.skill.length, view.experts);
    check(
        "expertAnswers", view.expertAnswers == null ? -1 : view.expertAnswers.length, view.experts);
    check("prior", view.prior == null ? -1 : view.prior.length, k);
    int[] given = {
      view.givenExpert == null ? -1 : view.givenExpert.length,
      view.givenLabel == null ? -1 : view.givenLabel.length,
      view.givenWeight == null ? -1 : view.givenWeight.length
    };
    int longest = Math.max(given[0], Math.max(given[1], given[2]));
    for (int length : given) {
      check("given", length, longest);
    }
  }

  private static void check(String name, int length, long wanted) {
    if (length >= 0) {
      NativeOnline.checkLength(name, length, wanted);
    }
  }

  @Override
  public byte[] save(byte[] names) {
    return call(
        (frame, crossing) -> {
          long given = crossing.in(names);
          frame.check(
              functions.onlineSave(
                  handle, given, names.length, 0, 0, frame.outcome(), frame.error()));
          byte[] state = new byte[HeapLimits.check(frame.outcomeLong(0), "a saved model")];
          long buffer = crossing.out(state);
          frame.check(
              functions.onlineSave(
                  handle,
                  given,
                  names.length,
                  buffer,
                  state.length,
                  frame.outcome(),
                  frame.error()));
          crossing.fetch();
          return state;
        });
  }

  @Override
  public void close() {
    release.clean();
  }
}
