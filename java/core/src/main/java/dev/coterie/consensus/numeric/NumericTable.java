package dev.coterie.consensus.numeric;

import dev.coterie.internal.BackendRegistry;
import dev.coterie.internal.numeric.ValueChunks;
import dev.coterie.internal.numeric.ValueColumns;
import dev.coterie.internal.table.DecimalNames;
import dev.coterie.internal.table.NameTable;
import dev.coterie.internal.table.Names;
import dev.coterie.spi.Backend;
import dev.coterie.spi.NumericColumns;
import dev.coterie.spi.Storage;
import java.util.List;
import java.util.Objects;

/**
 * Numeric answers of experts to tasks: who said which number about what, and with what weight.
 *
 * <p>Tasks and experts have names and indices. An index is the place in the order of first
 * appearance. Answers keep the order in which they were added. Values are finite; their unit is the
 * caller's.
 *
 * <p>A table is immutable and safe for use by many threads. Its four columns ({@code int} task and
 * expert, {@code double} value, {@code float} weight) are kept where the backend reads them without
 * a copy: off-heap for the native backends, in arrays for the Java ones. A backend that reads the
 * other form gets it at its first use, once. A table has at least one answer; with the Java
 * backends it has at most 2,147,483,639, with the native ones as many as memory holds.
 *
 * <p>Close a table when it is no longer needed: that frees its off-heap columns after the last fit
 * in flight. Names and sizes can still be asked for, and results that were made from it stay valid.
 */
public final class NumericTable implements AutoCloseable {
  private final Names tasks;
  private final Names experts;
  private final ValueColumns columns;

  private NumericTable(Names tasks, Names experts, ValueColumns columns) {
    this.tasks = tasks;
    this.experts = experts;
    this.columns = columns;
  }

  /**
   * Starts a table.
   *
   * @return an empty builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Makes a table of answers of weight 1 from indices, in the storage of the default backend; the
   * names are the decimal indices. The arrays are copied. Takes one pass over them.
   *
   * @param task the task of each answer, from 0 to {@code tasks - 1}
   * @param expert the expert of each answer, from 0 to {@code experts - 1}
   * @param value the value of each answer, finite
   * @param tasks the number of tasks, at least 1; a task may have no answer
   * @param experts the number of experts, at least 1
   * @return the table, to be closed by the caller
   * @throws IllegalArgumentException naming the answer that is wrong, or when the arrays differ in
   *     length or are empty
   * @throws NullPointerException when an array is null
   * @throws dev.coterie.memory.OutOfNativeMemoryException when the columns do not fit into off-heap
   *     memory
   * @throws dev.coterie.BackendUnavailableException when {@code coterie.backend} demands a backend
   *     that cannot be used
   */
  public static NumericTable ofIndices(
      int[] task, int[] expert, double[] value, int tasks, int experts) {
    return ofIndices(task, expert, value, null, tasks, experts, null);
  }

  /**
   * Makes a table from indices, in the storage of a given backend; the names are the decimal
   * indices. The arrays are copied. Takes one pass over them. No other backend is opened.
   *
   * @param task the task of each answer, from 0 to {@code tasks - 1}
   * @param expert the expert of each answer, from 0 to {@code experts - 1}
   * @param value the value of each answer, finite
   * @param weight the weight of each answer, finite and at least 0; null when every weight is 1
   * @param tasks the number of tasks, at least 1; a task may have no answer
   * @param experts the number of experts, at least 1
   * @param backend the backend's id; null or {@code auto} for the default backend
   * @return the table, to be closed by the caller
   * @throws IllegalArgumentException naming the answer that is wrong, when the arrays differ in
   *     length or are empty, or when there is no backend of this id
   * @throws NullPointerException when an array other than {@code weight} is null
   * @throws dev.coterie.memory.OutOfNativeMemoryException when the columns do not fit into off-heap
   *     memory
   * @throws dev.coterie.BackendUnavailableException when the backend cannot be used
   */
  public static NumericTable ofIndices(
      int[] task,
      int[] expert,
      double[] value,
      float[] weight,
      int tasks,
      int experts,
      String backend) {
    String id = BackendRegistry.checkChoice(backend);
    int size = task.length;
    checkLength("expert", expert.length, size);
    checkLength("value", value.length, size);
    if (weight != null) {
      checkLength("weight", weight.length, size);
    }
    checkNotEmpty(size);
    Backend reader = BackendRegistry.global().openOrCurrent(id);
    // The native engine checks its columns again, so only arrays need a copy that nobody else can
    // change.
    boolean inArrays = reader.storage() == Storage.HEAP;
    NumericColumns.Heap heap =
        new NumericColumns.Heap(
            size,
            tasks,
            experts,
            inArrays ? task.clone() : task,
            inArrays ? expert.clone() : expert,
            inArrays ? value.clone() : value,
            inArrays && weight != null ? weight.clone() : weight);
    heap = check(heap);
    return new NumericTable(
        new DecimalNames(tasks),
        new DecimalNames(experts),
        inArrays ? ValueColumns.of(heap) : ValueColumns.copyOf(heap, reader.memory()));
  }

  /** Checks every answer; returns the columns, without weights when all are 1. */
  private static NumericColumns.Heap check(NumericColumns.Heap heap) {
    boolean weighted = false;
    for (int i = 0; i < heap.size(); i++) {
      checkIndex(i, "task", heap.task()[i], heap.tasks());
      checkIndex(i, "expert", heap.expert()[i], heap.experts());
      checkValue(i, heap.value()[i]);
      if (heap.weight() != null) {
        checkWeight(i, heap.weight()[i]);
        weighted |= heap.weight()[i] != 1.0f;
      }
    }
    return weighted
        ? heap
        : new NumericColumns.Heap(
            heap.size(),
            heap.tasks(),
            heap.experts(),
            heap.task(),
            heap.expert(),
            heap.value(),
            null);
  }

  private static void checkLength(String column, int length, int size) {
    if (length != size) {
      throw new IllegalArgumentException(
          "column " + column + " has " + length + " answers but column task has " + size);
    }
  }

  private static void checkNotEmpty(long size) {
    if (size == 0) {
      throw new IllegalArgumentException("the table has no answers: add at least one");
    }
  }

  private static void checkIndex(int i, String column, int index, int bound) {
    if (index < 0 || index >= bound) {
      throw new IllegalArgumentException(
          "answer "
              + i
              + ": "
              + column
              + " "
              + index
              + " is not between 0 and "
              + (bound - 1L)
              + " (the table has "
              + bound
              + " "
              + column
              + "s)");
    }
  }

  private static void checkValue(long i, double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(
          "answer " + i + ": value " + value + " is not a finite number: leave the answer out");
    }
  }

  private static void checkWeight(long i, float weight) {
    // The comparison is false for NaN.
    if (!(weight >= 0.0f && weight <= Float.MAX_VALUE)) {
      throw new IllegalArgumentException(
          "answer " + i + ": weight " + weight + " is not a finite number of at least 0");
    }
  }

  /**
   * Returns the number of answers.
   *
   * @return at least 1
   */
  public long answers() {
    return columns.answers();
  }

  /**
   * Returns the number of tasks.
   *
   * @return at least 1
   */
  public int tasks() {
    return tasks.size();
  }

  /**
   * Returns the number of experts.
   *
   * @return at least 1
   */
  public int experts() {
    return experts.size();
  }

  /**
   * Returns whether any answer has a weight other than 1.
   *
   * @return false when all weights are 1
   */
  public boolean weighted() {
    return columns.weighted();
  }

  /**
   * Returns the names of all tasks by their indices, without a copy.
   *
   * @return an unmodifiable view with random access, valid also after {@link #close()}
   */
  public List<String> taskNames() {
    return tasks.asList();
  }

  /**
   * Returns the names of all experts by their indices, without a copy.
   *
   * @return an unmodifiable view with random access, valid also after {@link #close()}
   */
  public List<String> expertNames() {
    return experts.asList();
  }

  /**
   * Returns the name of a task.
   *
   * @param task its index
   * @return the name
   * @throws IndexOutOfBoundsException when there is no such task
   */
  public String taskName(int task) {
    return tasks.name(Objects.checkIndex(task, tasks.size()));
  }

  /**
   * Returns the name of an expert.
   *
   * @param expert its index
   * @return the name
   * @throws IndexOutOfBoundsException when there is no such expert
   */
  public String expertName(int expert) {
    return experts.name(Objects.checkIndex(expert, experts.size()));
  }

  /**
   * Returns the index of a task.
   *
   * @param task its name
   * @return the index, or -1 when the table has no such task
   */
  public int indexOfTask(String task) {
    return tasks.indexOf(task);
  }

  /**
   * Returns the index of an expert.
   *
   * @param expert its name
   * @return the index, or -1 when the table has no such expert
   */
  public int indexOfExpert(String expert) {
    return experts.indexOf(expert);
  }

  /**
   * Returns the task of an answer.
   *
   * @param answer the answer, from 0 on in the order in which they were added
   * @return the task's index
   * @throws IndexOutOfBoundsException when there is no such answer
   * @throws IllegalStateException when the table is closed
   */
  public int task(long answer) {
    return columns.task(Objects.checkIndex(answer, answers()));
  }

  /**
   * Returns the expert of an answer.
   *
   * @param answer the answer, from 0 on in the order in which they were added
   * @return the expert's index
   * @throws IndexOutOfBoundsException when there is no such answer
   * @throws IllegalStateException when the table is closed
   */
  public int expert(long answer) {
    return columns.expert(Objects.checkIndex(answer, answers()));
  }

  /**
   * Returns the value of an answer.
   *
   * @param answer the answer, from 0 on in the order in which they were added
   * @return the value
   * @throws IndexOutOfBoundsException when there is no such answer
   * @throws IllegalStateException when the table is closed
   */
  public double value(long answer) {
    return columns.value(Objects.checkIndex(answer, answers()));
  }

  /**
   * Returns the weight of an answer.
   *
   * @param answer the answer, from 0 on in the order in which they were added
   * @return the weight, 1 when none was given
   * @throws IndexOutOfBoundsException when there is no such answer
   * @throws IllegalStateException when the table is closed
   */
  public float weight(long answer) {
    return columns.weight(Objects.checkIndex(answer, answers()));
  }

  /** Returns the columns as a backend reads them. */
  NumericColumns columns(Backend backend) {
    return columns.in(backend);
  }

  /** Frees the off-heap columns after the last fit in flight. Does nothing when called again. */
  @Override
  public void close() {
    columns.close();
  }

  /** Returns the sizes. */
  @Override
  public String toString() {
    return "NumericTable["
        + answers()
        + " answers, "
        + tasks()
        + " tasks, "
        + experts()
        + " experts]";
  }

  /**
   * Collects answers. An answer that is refused leaves the builder as it was. Not safe for use by
   * several threads.
   *
   * <p>Each name is kept once. An answer costs two hash look-ups and 16 bytes, 20 with weights.
   */
  public static final class Builder {
    private final NameTable tasks = new NameTable("tasks");
    private final NameTable experts = new NameTable("experts");
    private ValueChunks answers = new ValueChunks();
    private String backend;

    private Builder() {}

    /**
     * Chooses the backend in whose storage {@link #build} makes the columns; without it, the
     * default backend.
     *
     * @param id a backend's id; null or {@code auto} for the default backend
     * @return this
     * @throws IllegalArgumentException when there is no backend of this id
     */
    public Builder backend(String id) {
      backend = BackendRegistry.checkChoice(id);
      return this;
    }

    /**
     * Adds an answer of weight 1.
     *
     * @param task the task's name
     * @param expert the expert's name
     * @param value the value, finite
     * @return this
     * @throws IllegalArgumentException naming the answer when a name is null or the value is
     *     infinite or NaN
     * @throws IllegalStateException when the table has been built
     */
    public Builder add(String task, String expert, double value) {
      return add(task, expert, value, 1.0f);
    }

    /**
     * Adds an answer.
     *
     * @param task the task's name
     * @param expert the expert's name
     * @param value the value, finite
     * @param weight the weight, finite and at least 0
     * @return this
     * @throws IllegalArgumentException naming the answer when a name is null, the value is infinite
     *     or NaN, or the weight is negative, infinite or NaN
     * @throws IllegalStateException when the table has been built
     */
    public Builder add(String task, String expert, double value, float weight) {
      checkUsable();
      checkName("task", task);
      checkName("expert", expert);
      checkValue(answers.size(), value);
      checkWeight(answers.size(), weight);
      answers.add(tasks.intern(task), experts.intern(expert), value, weight);
      return this;
    }

    /**
     * Makes the table. The builder cannot be used afterwards.
     *
     * @return the table, to be closed by the caller
     * @throws IllegalArgumentException when there are no answers
     * @throws IllegalStateException when the table has been built
     * @throws UnsupportedOperationException when the answers are too many for a Java backend
     * @throws dev.coterie.memory.OutOfNativeMemoryException when the columns do not fit into
     *     off-heap memory
     * @throws dev.coterie.BackendUnavailableException when the backend that was chosen cannot be
     *     used
     */
    public NumericTable build() {
      checkUsable();
      checkNotEmpty(answers.size());
      Backend reader = BackendRegistry.global().openOrCurrent(backend);
      ValueColumns columns = ValueColumns.of(answers, tasks.size(), experts.size(), reader);
      answers = null;
      return new NumericTable(tasks, experts, columns);
    }

    private void checkUsable() {
      if (answers == null) {
        throw new IllegalStateException("the table has been built: start another builder");
      }
    }

    private void checkName(String kind, String name) {
      if (name == null) {
        throw new IllegalArgumentException(
            "answer " + answers.size() + ": the " + kind + " has no name");
      }
    }
  }
}
