package dev.coterie.internal.online;

import dev.coterie.consensus.FitControl;
import dev.coterie.internal.engine.Recount;
import dev.coterie.spi.Columns;
import dev.coterie.spi.ConsensusEngine;
import dev.coterie.spi.FitOutcome;
import dev.coterie.spi.FitProblem;
import dev.coterie.spi.MethodKind;
import dev.coterie.spi.OnlineModel;
import java.util.Arrays;

/** A live model in Java. */
final class JavaOnlineModel implements OnlineModel {
  /** The sums are counted anew after this many times as many moves as there are answers ... */
  private static final long RECOUNT_FACTOR = 4;

  /** ... and at least this many, so that small models do not count after every answer. */
  private static final long RECOUNT_LEAST = 65536;

  private final ConsensusEngine engine;
  private final Options options;
  private final AnswerStore store;
  private final Incremental incremental;
  private volatile boolean closed;

  JavaOnlineModel(ConsensusEngine engine, Options options, AnswerStore store) {
    this.engine = engine;
    this.options = options;
    this.store = store;
    this.incremental = new Incremental(store, options);
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException("the model is closed");
    }
  }

  @Override
  public void add(
      int tasks, int experts, int labels, int[] task, int[] expert, int[] label, float[] weight) {
    checkOpen();
    int wantedTasks = Math.max(tasks, store.tasks);
    int wantedExperts = Math.max(experts, store.experts);
    int wantedLabels = Math.max(labels, store.k);
    store.checkSizes(wantedTasks, wantedExperts, wantedLabels);
    for (int i = 0; i < task.length; i++) {
      checkIndex(i, "task", task[i], wantedTasks);
      checkIndex(i, "expert", expert[i], wantedExperts);
      checkIndex(i, "label", label[i], wantedLabels);
      if (weight != null && !(weight[i] >= 0 && weight[i] <= Float.MAX_VALUE)) {
        throw new IllegalArgumentException(
            "answer " + i + ": weight " + weight[i] + " is not finite and at least 0");
      }
    }
    // New labels have no share of any posterior: what this update touches begins anew.
    boolean anew = wantedLabels > store.k;
    store.grow(wantedTasks, wantedExperts, wantedLabels);
    incremental.reserve();
    Touched touched = touch(task);
    try {
      int[] fresh = reserve(touched, expert, anew);
      for (int i = 0; i < task.length; i++) {
        store.insert(task[i], expert[i], label[i], weight == null ? 1.0f : weight[i]);
      }
      for (int t : fresh) {
        incremental.start(t);
      }
      settle(touched);
    } finally {
      forget(touched);
    }
  }

  private static void checkIndex(int i, String name, int index, int size) {
    if (index < 0 || index >= size) {
      throw new IllegalArgumentException(
          "answer " + i + ": " + name + " " + index + " is outside 0.." + size);
    }
  }

  @Override
  public void remove(int[] task, int[] expert) {
    checkOpen();
    long[] pairs = new long[task.length];
    for (int i = 0; i < task.length; i++) {
      boolean known =
          task[i] >= 0 && task[i] < store.tasks && expert[i] >= 0 && expert[i] < store.experts;
      if (!known || !store.has(task[i], expert[i])) {
        throw new IllegalArgumentException(
            "pair " + i + ": expert " + expert[i] + " has no answer to task " + task[i]);
      }
      pairs[i] = (long) task[i] << 32 | expert[i];
    }
    Arrays.sort(pairs);
    for (int i = 1; i < pairs.length; i++) {
      if (pairs[i] == pairs[i - 1]) {
        throw new IllegalArgumentException(
            "task " + (pairs[i] >>> 32) + " and expert " + (int) pairs[i] + " are there twice");
      }
    }
    incremental.reserve();
    Touched touched = touch(task);
    try {
      for (int i = 0; i < task.length; i++) {
        store.drop(task[i], expert[i]);
      }
      settle(touched);
    } finally {
      forget(touched);
    }
  }

  /** The tasks of an update in the order in which they were touched, with their new answers. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Touched(int[] tasks, int[] arrivals, int count) {}

  private Touched touch(int[] task) {
    int[] tasks = new int[task.length];
    int[] arrivals = new int[task.length];
    int[] mark = incremental.marks();
    int count = 0;
    for (int t : task) {
      if (mark[t] == 0) {
        tasks[count++] = t;
        mark[t] = count;
      }
      arrivals[mark[t] - 1]++;
    }
    return new Touched(tasks, arrivals, count);
  }

  private void forget(Touched touched) {
    int[] mark = incremental.marks();
    for (int i = 0; i < touched.count(); i++) {
      mark[touched.tasks()[i]] = 0;
    }
  }

  /** Makes room for all new answers; returns the tasks that begin anew. */
  private int[] reserve(Touched touched, int[] expert, boolean anew) {
    int[] fresh = new int[touched.count()];
    int count = 0;
    for (int i = 0; i < touched.count(); i++) {
      int task = touched.tasks()[i];
      store.reserveGiven(task, touched.arrivals()[i]);
      if (anew || store.givenCount[task] == 0) {
        fresh[count++] = task;
      }
    }
    int[] sorted = expert.clone();
    Arrays.sort(sorted);
    for (int i = 0, end; i < sorted.length; i = end) {
      end = i + 1;
      while (end < sorted.length && sorted[end] == sorted[i]) {
        end++;
      }
      store.reserveTasksOf(sorted[i], end - i);
    }
    return Arrays.copyOf(fresh, count);
  }

  private void settle(Touched touched) {
    incremental.settle(touched.tasks(), touched.count());
    if (options.neighbours() > 0) {
      incremental.visitNeighbours();
    }
    if (store.moves >= Math.max(RECOUNT_FACTOR * store.answers, RECOUNT_LEAST)) {
      recount();
    }
  }

  /** Counts the running sums anew. */
  private void recount() {
    double[] counts = new double[store.experts * store.k * store.k];
    double[] sums = new double[store.k];
    if (store.answers > 0) {
      Recount.count(table(), store.posterior, counts, sums);
    } else {
      for (int i = 0; i < store.tasks * store.k; i++) {
        sums[i % store.k] = sums[i % store.k] + store.posterior[i];
      }
    }
    store.counts = counts;
    store.sums = sums;
    store.moves = 0;
    store.recounts++;
  }

  private Columns.Heap table() {
    int n = store.answers;
    int[] task = new int[n];
    int[] expert = new int[n];
    int[] label = new int[n];
    float[] weight = new float[n];
    for (int t = 0, to = 0; t < store.tasks; t++) {
      int[] given = store.given[t];
      int end = AnswerStore.STRIDE * store.givenCount[t];
      for (int i = 0; i < end; i += AnswerStore.STRIDE, to++) {
        task[to] = t;
        expert[to] = given[i];
        label[to] = given[i + 1];
        weight[to] = Float.intBitsToFloat(given[i + 2]);
      }
    }
    return new Columns.Heap(n, store.tasks, store.experts, store.k, task, expert, label, weight);
  }

  @Override
  public Summary refit(int threads, FitControl control) {
    checkOpen();
    if (store.answers == 0) {
      throw new IllegalArgumentException("there are no answers to fit: add some first");
    }
    int cells = store.experts * store.k * store.k;
    FitOutcome.Heap out =
        new FitOutcome.Heap(
            new double[store.tasks * store.k],
            new int[store.tasks],
            new int[store.tasks],
            new double[store.k],
            new double[cells],
            new double[store.experts],
            null,
            null,
            null);
    engine.fit(problem(threads, cells), out, control);
    store.posterior = out.posterior;
    recount();
    Arrays.fill(store.moved, 0.0);
    return new Summary(out.iterations, out.converged, out.objective);
  }

  private FitProblem problem(int threads, int cells) {
    double[] trust = null;
    if (options.trust() > 0.0) {
      trust = new double[cells];
      for (int at = 0; at < cells; at += store.k * store.k) {
        for (int j = 0; j < store.k; j++) {
          trust[at + j * store.k + j] = options.trust();
        }
      }
    }
    return new FitProblem(
        MethodKind.DAWID_SKENE,
        table(),
        options.maxIterations(),
        options.tolerance(),
        options.smoothing(),
        null,
        null,
        trust,
        trust == null ? 0 : FitProblem.EVERY_ITERATION,
        false,
        false,
        threads,
        new double[0],
        0);
  }

  @Override
  public Statistics statistics() {
    checkOpen();
    return new Statistics(
        store.tasks, store.experts, store.k, store.answers, store.recounts, options);
  }

  @Override
  public void read(View view) {
    checkOpen();
    Reading.read(store, incremental, view);
  }

  @Override
  public byte[] save(byte[] names) {
    checkOpen();
    return StateFile.write(store, options, names);
  }

  @Override
  public void close() {
    closed = true;
  }
}
