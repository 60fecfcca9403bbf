package dev.coterie.consensus.online;

import dev.coterie.BackendInfo;
import dev.coterie.consensus.Consensus;
import dev.coterie.consensus.FitControl;
import dev.coterie.internal.BackendRegistry;
import dev.coterie.internal.online.AtomicFile;
import dev.coterie.internal.table.HeapLimits;
import dev.coterie.internal.table.Names;
import dev.coterie.spi.Columns;
import dev.coterie.spi.FitOutcome;
import dev.coterie.spi.MethodKind;
import dev.coterie.spi.OnlineModel;
import dev.coterie.spi.ResultAccess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * A Dawid-Skene consensus that is alive: it takes answers as they come and keeps every posterior
 * and every confusion matrix up to date by incremental expectation maximisation (R. M. Neal and G.
 * E. Hinton, <em>A view of the EM algorithm that justifies incremental, sparse, and other
 * variants</em>, 1998), without a full refit. {@link #refit} fits all answers to convergence and
 * gives the bits of {@link dev.coterie.consensus.DawidSkene} for the same answers.
 *
 * <p>An expert has at most one answer to a task; another one replaces it. Tasks, experts and labels
 * may appear at any time. An update costs time for the answers of the tasks that it touches, times
 * labels squared, and a reading of one number some hundred nanoseconds; memory is about 16 bytes an
 * answer. The result is the same on every backend, bit for bit, and so is a saved file.
 *
 * <p>Safe for use by many threads: any number of them read at once, and one at a time changes the
 * model, while the others wait. What one call returns is of one moment; two calls may see two. A
 * {@link #snapshot} is of one moment as a whole. An update that throws leaves the model as it was.
 *
 * <p>It may own off-heap memory: close it when it is no longer needed. After {@link #close} every
 * method throws {@link IllegalStateException}.
 */
public final class OnlineConsensus implements AutoCloseable {
  private final ReentrantReadWriteLock locks = new ReentrantReadWriteLock();
  private final BackendInfo backend;
  private final OnlineModel model;
  private final ModelNames names;
  private final int threads;

  /** How the last refit ended, where nothing has changed since; otherwise null. */
  private OnlineModel.Summary refitted;

  private boolean closed;

  OnlineConsensus(BackendInfo backend, OnlineModel model, ModelNames names, int threads) {
    this.backend = backend;
    this.model = model;
    this.names = names;
    this.threads = threads;
  }

  /**
   * Starts a model.
   *
   * @return its options, with their defaults
   */
  public static OnlineBuilder builder() {
    return new OnlineBuilder();
  }

  /**
   * Restores a model from a file of {@link #save}, on the default backend.
   *
   * @param file the file
   * @return the model, to be closed by the caller; it goes on as the saved one would
   * @throws IOException when the file cannot be read
   * @throws IllegalArgumentException with the position and the reason when the file was cut short,
   *     changed, or written by a newer version
   * @throws dev.coterie.BackendUnavailableException when {@code coterie.backend} demands a backend
   *     that cannot be used
   */
  public static OnlineConsensus load(Path file) throws IOException {
    return load(file, null);
  }

  /**
   * Restores a model from a file of {@link #save}.
   *
   * @param file the file
   * @param backend the backend's id; null or {@code auto} for the default backend
   * @return the model, to be closed by the caller
   * @throws IOException when the file cannot be read
   * @throws IllegalArgumentException with the position and the reason when the file is not usable,
   *     or when there is no backend of this id
   * @throws dev.coterie.BackendUnavailableException when the backend cannot be used
   */
  public static OnlineConsensus load(Path file, String backend) throws IOException {
    return fromBytes(Files.readAllBytes(file), backend);
  }

  /**
   * Restores a model from the bytes of {@link #toBytes}.
   *
   * @param state the bytes, which are not kept
   * @param backend the backend's id; null or {@code auto} for the default backend
   * @return the model, to be closed by the caller
   * @throws IllegalArgumentException with the position and the reason when the bytes are not
   *     usable, or when there is no backend of this id
   * @throws dev.coterie.BackendUnavailableException when the backend cannot be used
   */
  public static OnlineConsensus fromBytes(byte[] state, String backend) {
    byte[] own = state.clone();
    String id = BackendRegistry.checkChoice(backend);
    var engine = BackendRegistry.global().openOrCurrent(id);
    OnlineModel model = engine.online().load(own);
    boolean complete = false;
    try {
      OnlineModel.Statistics sizes = model.statistics();
      ModelNames names = ModelNames.of(own, sizes.tasks(), sizes.experts(), sizes.labels());
      complete = true;
      return new OnlineConsensus(engine.info(), model, names, 0);
    } finally {
      if (!complete) {
        model.close();
      }
    }
  }

  // Updates

  /**
   * Takes an answer of weight 1.
   *
   * @param task the task's name, which may be new
   * @param expert the expert's name, which may be new
   * @param label the label's name, which may be new unless the labels were declared
   * @throws IllegalArgumentException when the label is not a declared one
   * @throws NullPointerException when a name is null
   * @throws IllegalStateException when the model is closed or has indices only
   */
  public void add(String task, String expert, String label) {
    addAll(List.of(new Answer(task, expert, label)));
  }

  /**
   * Takes answers, all or none. Many at once cost less than one by one.
   *
   * @param answers the answers, in the order in which they count
   * @throws IllegalArgumentException naming the answer whose label is not a declared one
   * @throws NullPointerException when an answer is null
   * @throws IllegalStateException when the model is closed or has indices only
   */
  public void addAll(Collection<Answer> answers) {
    List<Answer> list = List.copyOf(answers);
    change(
        () -> {
          ModelNames.Growth growth = names.new Growth();
          int n = list.size();
          int[] task = new int[n];
          int[] expert = new int[n];
          int[] label = new int[n];
          float[] weight = new float[n];
          for (int i = 0; i < n; i++) {
            Answer answer = list.get(i);
            label[i] = growth.label(answer.label(), i);
            task[i] = growth.task(answer.task());
            expert[i] = growth.expert(answer.expert());
            weight[i] = answer.weight();
          }
          add(growth, task, expert, label, weight);
        });
  }

  private void add(
      ModelNames.Growth growth, int[] task, int[] expert, int[] label, float[] weight) {
    model.add(growth.tasks(), growth.experts(), growth.labels(), task, expert, label, weight);
    growth.keep();
  }

  /**
   * Takes answers by indices, all or none. A model of indices only grows to the largest ones, and
   * has all lower ones then too; in a model with names the indices must be there.
   *
   * @param task the task of each answer
   * @param expert the expert of each answer
   * @param label the label of each answer
   * @param weight the weight of each answer, finite and at least 0; null when every weight is 1
   * @throws IllegalArgumentException naming the answer that is wrong, or when the arrays differ in
   *     length
   * @throws NullPointerException when an array other than {@code weight} is null
   * @throws IllegalStateException when the model is closed
   */
  public void add(int[] task, int[] expert, int[] label, float[] weight) {
    int[] tasks = task.clone();
    int[] experts = expert.clone();
    int[] labels = label.clone();
    float[] weights = weight == null ? null : weight.clone();
    checkLength("expert", experts.length, tasks.length);
    checkLength("label", labels.length, tasks.length);
    if (weights != null) {
      checkLength("weight", weights.length, tasks.length);
    }
    boolean grows = names.areIndices();
    change(
        () ->
            model.add(
                grows ? size("task", tasks) : 0,
                grows ? size("expert", experts) : 0,
                grows ? size("label", labels) : 0,
                tasks,
                experts,
                labels,
                weights));
  }

  private static void checkLength(String column, int length, int wanted) {
    if (length != wanted) {
      throw new IllegalArgumentException(
          column + " has " + length + " elements, but task has " + wanted);
    }
  }

  /** Returns one more than the largest index. */
  private static int size(String column, int[] indices) {
    int size = 0;
    for (int i = 0; i < indices.length; i++) {
      if (indices[i] < 0 || indices[i] == Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
            "answer " + i + ": " + column + " " + indices[i] + " is no index");
      }
      size = Math.max(size, indices[i] + 1);
    }
    return size;
  }

  /**
   * Makes tasks and experts known that have no answers yet, so that {@link Acquisition} can plan
   * with them.
   *
   * @param tasks names of tasks; known ones are left as they are
   * @param experts names of experts; known ones are left as they are
   * @throws NullPointerException when a name is null
   * @throws IllegalStateException when the model is closed or has indices only
   */
  public void declare(Collection<String> tasks, Collection<String> experts) {
    List<String> taskList = List.copyOf(tasks);
    List<String> expertList = List.copyOf(experts);
    change(
        () -> {
          ModelNames.Growth growth = names.new Growth();
          taskList.forEach(growth::task);
          expertList.forEach(growth::expert);
          add(growth, new int[0], new int[0], new int[0], null);
        });
  }

  /**
   * Makes room for tasks, experts and labels of a model of indices only.
   *
   * @param tasks the least number of tasks
   * @param experts the least number of experts
   * @param labels the least number of labels
   * @throws IllegalArgumentException when a number is negative or more than a model can hold
   * @throws IllegalStateException when the model is closed or has names
   */
  public void grow(int tasks, int experts, int labels) {
    if (!names.areIndices()) {
      throw new IllegalStateException("this model has names: use declare");
    }
    int[] none = {};
    change(() -> model.add(tasks, experts, labels, none, none, none, null));
  }

  /**
   * Takes an answer back.
   *
   * @param task the task's name
   * @param expert the expert's name
   * @throws IllegalArgumentException when there is no such task, expert or answer
   * @throws IllegalStateException when the model is closed or has indices only
   */
  public void remove(String task, String expert) {
    change(() -> model.remove(new int[] {names.task(task)}, new int[] {names.expert(expert)}));
  }

  /**
   * Takes answers back, all or none.
   *
   * @param task the task of each answer
   * @param expert the expert of each answer
   * @throws IllegalArgumentException naming the pair that has no answer or is there twice
   * @throws IllegalStateException when the model is closed
   */
  public void remove(int[] task, int[] expert) {
    int[] tasks = task.clone();
    int[] experts = expert.clone();
    checkLength("expert", experts.length, tasks.length);
    change(() -> model.remove(tasks, experts));
  }

  /**
   * Fits all answers to convergence.
   *
   * @return how it ended
   * @throws IllegalArgumentException when there are no answers
   * @throws IllegalStateException when the model is closed
   */
  public Refit refit() {
    return refit(new FitControl());
  }

  /**
   * Fits all answers to convergence, watched and stopped by a control. Readers wait meanwhile.
   *
   * @param control stops the refit and tells its progress
   * @return how it ended
   * @throws java.util.concurrent.CancellationException when the control is cancelled before the
   *     refit is complete; the model is as it was then
   * @throws IllegalArgumentException when there are no answers
   * @throws IllegalStateException when the model is closed
   */
  public Refit refit(FitControl control) {
    Objects.requireNonNull(control, "control");
    OnlineModel.Summary[] done = new OnlineModel.Summary[1];
    change(
        () -> {
          done[0] = model.refit(threads, control);
          refitted = done[0];
        });
    return new Refit(done[0].iterations(), done[0].converged(), done[0].objective());
  }

  /**
   * How a refit ended.
   *
   * @param iterations the iterations that were made
   * @param converged whether the tolerance ended it
   * @param logLikelihood the log-likelihood of the answers; NaN without an iteration
   */
  public record Refit(int iterations, boolean converged, double logLikelihood) {}

  private void change(Runnable update) {
    Lock lock = locks.writeLock();
    lock.lock();
    try {
      checkOpen();
      OnlineModel.Summary before = refitted;
      refitted = null;
      boolean complete = false;
      try {
        update.run();
        complete = true;
      } finally {
        if (!complete) {
          refitted = before;
        }
      }
    } finally {
      lock.unlock();
    }
  }

  // Readings

  private <T> T read(Function<OnlineModel.Statistics, T> reading) {
    Lock lock = locks.readLock();
    lock.lock();
    try {
      checkOpen();
      return reading.apply(model.statistics());
    } finally {
      lock.unlock();
    }
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException("the model is closed");
    }
  }

  /**
   * Returns the number of tasks.
   *
   * @return at least 0
   */
  public int tasks() {
    return read(OnlineModel.Statistics::tasks);
  }

  /**
   * Returns the number of experts.
   *
   * @return at least 0
   */
  public int experts() {
    return read(OnlineModel.Statistics::experts);
  }

  /**
   * Returns the number of labels.
   *
   * @return at least 1, also before the first label has a name
   */
  public int labels() {
    return read(OnlineModel.Statistics::labels);
  }

  /**
   * Returns the number of answers.
   *
   * @return at least 0
   */
  public long answers() {
    return read(OnlineModel.Statistics::answers);
  }

  /**
   * Returns how often the running sums were counted anew: by each refit, and by updates to keep the
   * drift of the sums small.
   *
   * @return at least 0
   */
  public long recounts() {
    return read(OnlineModel.Statistics::recounts);
  }

  /**
   * Returns the names of tasks in the order of their indices.
   *
   * @return a new list
   */
  public List<String> taskNames() {
    return read(sizes -> list(sizes.tasks(), names::taskName));
  }

  /**
   * Returns the names of experts in the order of their indices.
   *
   * @return a new list
   */
  public List<String> expertNames() {
    return read(sizes -> list(sizes.experts(), names::expertName));
  }

  /**
   * Returns the names of labels in the order of their indices.
   *
   * @return a new list
   */
  public List<String> labelNames() {
    return read(sizes -> list(names.labelCount(sizes.labels()), names::labelName));
  }

  private static List<String> list(int count, IntFunction<String> name) {
    List<String> result = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      result.add(name.apply(i));
    }
    return result;
  }

  /** Reads one task. */
  private OnlineModel.View task(OnlineModel.Statistics sizes, int task) {
    OnlineModel.View view = new OnlineModel.View();
    view.firstTask = Objects.checkIndex(task, sizes.tasks());
    view.tasks = 1;
    view.posterior = new double[sizes.labels()];
    view.answer = new int[1];
    view.runnerUp = new int[1];
    view.taskAnswers = new int[1];
    model.read(view);
    return view;
  }

  /**
   * Returns the answer to a task.
   *
   * @param task the task's name
   * @return the label's name, or null when the task has no answers
   * @throws IllegalArgumentException when there is no such task
   */
  public String answer(String task) {
    return read(sizes -> nameOrNull(task(sizes, names.task(task)).answer[0]));
  }

  /**
   * Returns the answer to a task.
   *
   * @param task the task's index
   * @return the label's index, or -1 when the task has no answers
   * @throws IndexOutOfBoundsException when there is no such task
   */
  public int answer(int task) {
    return read(sizes -> task(sizes, task).answer[0]);
  }

  /**
   * Returns the second most probable answer to a task.
   *
   * @param task the task's name
   * @return the label's name, or null when the task has no answers or there is only one label
   * @throws IllegalArgumentException when there is no such task
   */
  public String runnerUp(String task) {
    return read(sizes -> nameOrNull(task(sizes, names.task(task)).runnerUp[0]));
  }

  /**
   * Returns the second most probable answer to a task.
   *
   * @param task the task's index
   * @return the label's index, or -1 when the task has no answers or there is only one label
   * @throws IndexOutOfBoundsException when there is no such task
   */
  public int runnerUp(int task) {
    return read(sizes -> task(sizes, task).runnerUp[0]);
  }

  private String nameOrNull(int label) {
    return label < 0 ? null : names.labelName(label);
  }

  /**
   * Returns the probability of each label to be the truth of a task.
   *
   * @param task the task's name
   * @return a new array [label]; equal shares for a task that never had an answer
   * @throws IllegalArgumentException when there is no such task
   */
  public double[] posterior(String task) {
    return read(sizes -> task(sizes, names.task(task)).posterior);
  }

  /**
   * Returns the probability of each label to be the truth of a task.
   *
   * @param task the task's index
   * @return a new array [label]; equal shares for a task that never had an answer
   * @throws IndexOutOfBoundsException when there is no such task
   */
  public double[] posterior(int task) {
    return read(sizes -> task(sizes, task).posterior);
  }

  /**
   * Returns the posterior probability of the answer to a task.
   *
   * @param task the task's name
   * @return from 0 to 1, or NaN when the task has no answers
   * @throws IllegalArgumentException when there is no such task
   */
  public double confidence(String task) {
    return read(sizes -> confidence(task(sizes, names.task(task))));
  }

  /**
   * Returns the posterior probability of the answer to a task.
   *
   * @param task the task's index
   * @return from 0 to 1, or NaN when the task has no answers
   * @throws IndexOutOfBoundsException when there is no such task
   */
  public double confidence(int task) {
    return read(sizes -> confidence(task(sizes, task)));
  }

  private static double confidence(OnlineModel.View view) {
    return view.answer[0] < 0 ? Double.NaN : view.posterior[view.answer[0]];
  }

  /**
   * Returns the number of answers to a task.
   *
   * @param task the task's index
   * @return at least 0
   * @throws IndexOutOfBoundsException when there is no such task
   */
  public int answersTo(int task) {
    return read(sizes -> task(sizes, task).taskAnswers[0]);
  }

  /** Reads one expert. */
  private OnlineModel.View expert(OnlineModel.Statistics sizes, int expert, boolean matrix) {
    OnlineModel.View view = new OnlineModel.View();
    view.firstExpert = Objects.checkIndex(expert, sizes.experts());
    view.experts = 1;
    view.skill = new double[1];
    view.expertAnswers = new int[1];
    if (matrix) {
      long cells = (long) sizes.labels() * sizes.labels();
      view.confusion = new double[HeapLimits.check(cells, "a confusion matrix")];
    }
    model.read(view);
    return view;
  }

  /**
   * Returns the probability that an expert is right.
   *
   * @param expert the expert's name
   * @return from 0 to 1
   * @throws IllegalArgumentException when there is no such expert
   */
  public double skill(String expert) {
    return read(sizes -> expert(sizes, names.expert(expert), false).skill[0]);
  }

  /**
   * Returns the probability that an expert is right.
   *
   * @param expert the expert's index
   * @return from 0 to 1
   * @throws IndexOutOfBoundsException when there is no such expert
   */
  public double skill(int expert) {
    return read(sizes -> expert(sizes, expert, false).skill[0]);
  }

  /**
   * Returns the number of answers by an expert.
   *
   * @param expert the expert's index
   * @return at least 0
   * @throws IndexOutOfBoundsException when there is no such expert
   */
  public int answersBy(int expert) {
    return read(sizes -> expert(sizes, expert, false).expertAnswers[0]);
  }

  /**
   * Returns an expert's confusion matrix.
   *
   * @param expert the expert's name
   * @return a new matrix [true label][answered label], whose rows add up to 1
   * @throws IllegalArgumentException when there is no such expert
   */
  public double[][] confusionMatrix(String expert) {
    return read(sizes -> matrix(sizes, names.expert(expert)));
  }

  /**
   * Returns an expert's confusion matrix.
   *
   * @param expert the expert's index
   * @return a new matrix [true label][answered label], whose rows add up to 1
   * @throws IndexOutOfBoundsException when there is no such expert
   */
  public double[][] confusionMatrix(int expert) {
    return read(sizes -> matrix(sizes, expert));
  }

  private double[][] matrix(OnlineModel.Statistics sizes, int expert) {
    int k = sizes.labels();
    double[] flat = expert(sizes, expert, true).confusion;
    double[][] matrix = new double[k][k];
    for (int truth = 0; truth < k; truth++) {
      for (int label = 0; label < k; label++) {
        matrix[truth][label] = flat[label * k + truth];
      }
    }
    return matrix;
  }

  /**
   * Returns the probability of each label before any answer is seen: its share of the tasks.
   *
   * @return a new array [label]
   */
  public double[] classPriors() {
    return read(
        sizes -> {
          OnlineModel.View view = new OnlineModel.View();
          view.prior = new double[sizes.labels()];
          model.read(view);
          return view.prior;
        });
  }

  /**
   * Returns the whole result of this moment, which later updates do not change. Takes time and
   * memory for all answers, posteriors and matrices. Directly after a {@link #refit} it is the
   * result of the batch fit; otherwise it has no iterations and no log-likelihood.
   *
   * @return a result over a table of the answers, to be closed by the caller
   * @throws IllegalStateException when there are no answers or the model is closed
   * @throws UnsupportedOperationException when the numbers do not fit into Java arrays
   */
  public Consensus snapshot() {
    return read(this::snapshot);
  }

  private Consensus snapshot(OnlineModel.Statistics sizes) {
    if (sizes.answers() == 0) {
      throw new IllegalStateException("there are no answers yet: a result needs one at least");
    }
    Everything all = everything(sizes, true);
    OnlineModel.View view = all.view();
    FitOutcome.Heap outcome =
        new FitOutcome.Heap(
            view.posterior,
            view.answer,
            view.runnerUp,
            view.prior,
            view.confusion,
            view.skill,
            null,
            null,
            null);
    OnlineModel.Summary last = refitted;
    outcome.objective = last == null ? Double.NaN : last.objective();
    outcome.iterations = last == null ? 0 : last.iterations();
    outcome.converged = last != null && last.converged();
    Names[] frozen = names.frozen(sizes.tasks(), sizes.experts(), sizes.labels());
    return ResultAccess.get()
        .consensus(
            frozen[0],
            frozen[1],
            frozen[2],
            all.columns(),
            MethodKind.DAWID_SKENE,
            backend,
            outcome);
  }

  /** All numbers of one moment, and the answers task by task. */
  record Everything(OnlineModel.Statistics sizes, OnlineModel.View view, Columns.Heap columns) {}

  /** Reads all, for a plan. */
  Everything everything() {
    return read(sizes -> everything(sizes, false));
  }

  private Everything everything(OnlineModel.Statistics sizes, boolean skills) {
    int n = HeapLimits.check(sizes.answers(), "answers");
    long k = sizes.labels();
    OnlineModel.View view = new OnlineModel.View();
    view.tasks = sizes.tasks();
    view.experts = sizes.experts();
    view.posterior = new double[HeapLimits.check(sizes.tasks() * k, "posteriors (tasks x labels)")];
    view.answer = new int[sizes.tasks()];
    view.runnerUp = new int[sizes.tasks()];
    view.taskAnswers = new int[sizes.tasks()];
    view.givenExpert = new int[n];
    view.givenLabel = new int[n];
    view.givenWeight = new float[n];
    long cells = HeapLimits.times(sizes.experts() * k, k);
    view.confusion = new double[HeapLimits.check(cells, "confusion matrices")];
    view.prior = new double[sizes.labels()];
    if (skills) {
      view.skill = new double[sizes.experts()];
    }
    model.read(view);
    int[] task = new int[n];
    for (int t = 0, i = 0; t < view.tasks; t++) {
      for (int end = i + view.taskAnswers[t]; i < end; i++) {
        task[i] = t;
      }
    }
    Columns.Heap columns =
        new Columns.Heap(
            n,
            sizes.tasks(),
            sizes.experts(),
            sizes.labels(),
            task,
            view.givenExpert,
            view.givenLabel,
            view.givenWeight);
    return new Everything(sizes, view, columns);
  }

  ModelNames names() {
    return names;
  }

  // Saving

  /**
   * Returns the whole model as one file; docs/methods/online.md has its layout. The bytes are the
   * same on every backend.
   *
   * @return new bytes
   * @throws IllegalStateException when the model is closed, or a name has half a surrogate pair
   * @throws UnsupportedOperationException when the file would be longer than an array
   */
  public byte[] toBytes() {
    return read(sizes -> model.save(names.section()));
  }

  /**
   * Writes the model to a file, whole or not at all: a file that was there before stays until the
   * new one is complete and on the disk.
   *
   * @param file the file
   * @throws IOException when the file cannot be written
   * @throws IllegalStateException when the model is closed, or a name has half a surrogate pair
   * @throws UnsupportedOperationException when the file would be longer than an array
   */
  public void save(Path file) throws IOException {
    AtomicFile.write(file, toBytes());
  }

  /**
   * Returns the backend that does the work.
   *
   * @return the backend
   */
  public BackendInfo backend() {
    return backend;
  }

  /** Gives the memory back, after the calls in flight. Does nothing when called again. */
  @Override
  public void close() {
    Lock lock = locks.writeLock();
    lock.lock();
    try {
      closed = true;
      model.close();
    } finally {
      lock.unlock();
    }
  }

  /** Returns the sizes. */
  @Override
  public String toString() {
    Lock lock = locks.readLock();
    lock.lock();
    try {
      if (closed) {
        return "OnlineConsensus[closed]";
      }
      OnlineModel.Statistics sizes = model.statistics();
      return "OnlineConsensus["
          + sizes.answers()
          + " answers, "
          + sizes.tasks()
          + " tasks, "
          + sizes.experts()
          + " experts, "
          + sizes.labels()
          + " labels, "
          + backend.id()
          + "]";
    } finally {
      lock.unlock();
    }
  }
}
