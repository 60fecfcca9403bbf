package dev.coterie.consensus;

import dev.coterie.internal.BackendRegistry;
import dev.coterie.internal.table.Chunks;
import dev.coterie.internal.table.DecimalNames;
import dev.coterie.internal.table.NameTable;
import dev.coterie.internal.table.Names;
import dev.coterie.internal.table.TableColumns;
import dev.coterie.spi.Backend;
import dev.coterie.spi.Columns;
import dev.coterie.spi.Storage;
import dev.coterie.spi.TableAccess;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.LongPredicate;

/**
 * Answers of experts to tasks: who said what about what, and with what weight.
 *
 * <p>Tasks, experts and labels have names and indices. An index is the place in the order of first
 * appearance, unless the order of the labels is declared; it decides ties, which always go to the
 * lowest index. Answers keep the order in which they were added.
 *
 * <p>A table is immutable and safe for use by many threads. Its four columns ({@code int} task,
 * expert and label, {@code float} weight) are kept where the backend reads them without a copy:
 * off-heap for the native backends, in arrays for the Java ones. A backend that reads the other
 * form gets it at its first use, once. A table has at least one answer; with the Java backends it
 * has at most 2,147,483,639, with the native ones as many as memory holds.
 *
 * <p>Close a table when it is no longer needed: that frees its off-heap columns after the last fit
 * in flight. Names and sizes can still be asked for, and results that were made from it stay valid.
 */
public final class AnswerTable implements AutoCloseable {
  static {
    TableAccess.set(new Access());
  }

  private final Names tasks;
  private final Names experts;
  private final Names labels;
  private final TableColumns columns;

  AnswerTable(Names tasks, Names experts, Names labels, TableColumns columns) {
    this.tasks = tasks;
    this.experts = experts;
    this.labels = labels;
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
   * @param label the label of each answer, from 0 to {@code labels - 1}
   * @param tasks the number of tasks, at least 1; a task may have no answer
   * @param experts the number of experts, at least 1
   * @param labels the number of labels, at least 1
   * @return the table, to be closed by the caller
   * @throws IllegalArgumentException naming the answer that is wrong, or when the arrays differ in
   *     length or are empty
   * @throws NullPointerException when an array is null
   * @throws dev.coterie.memory.OutOfNativeMemoryException when the columns do not fit into off-heap
   *     memory
   * @throws dev.coterie.BackendUnavailableException when {@code coterie.backend} demands a backend
   *     that cannot be used
   */
  public static AnswerTable ofIndices(
      int[] task, int[] expert, int[] label, int tasks, int experts, int labels) {
    return ofIndices(task, expert, label, null, tasks, experts, labels, null);
  }

  /**
   * Makes a table from indices, in the storage of the default backend; the names are the decimal
   * indices. The arrays are copied. Takes one pass over them.
   *
   * @param task the task of each answer, from 0 to {@code tasks - 1}
   * @param expert the expert of each answer, from 0 to {@code experts - 1}
   * @param label the label of each answer, from 0 to {@code labels - 1}
   * @param weight the weight of each answer, finite and at least 0; null when every weight is 1
   * @param tasks the number of tasks, at least 1; a task may have no answer
   * @param experts the number of experts, at least 1
   * @param labels the number of labels, at least 1
   * @return the table, to be closed by the caller
   * @throws IllegalArgumentException naming the answer that is wrong, or when the arrays differ in
   *     length or are empty
   * @throws NullPointerException when an array other than {@code weight} is null
   * @throws dev.coterie.memory.OutOfNativeMemoryException when the columns do not fit into off-heap
   *     memory
   * @throws dev.coterie.BackendUnavailableException when {@code coterie.backend} demands a backend
   *     that cannot be used
   */
  public static AnswerTable ofIndices(
      int[] task, int[] expert, int[] label, float[] weight, int tasks, int experts, int labels) {
    return ofIndices(task, expert, label, weight, tasks, experts, labels, null);
  }

  /**
   * Makes a table from indices, in the storage of a given backend; the names are the decimal
   * indices. The arrays are copied. Takes one pass over them. No other backend is opened.
   *
   * @param task the task of each answer, from 0 to {@code tasks - 1}
   * @param expert the expert of each answer, from 0 to {@code experts - 1}
   * @param label the label of each answer, from 0 to {@code labels - 1}
   * @param weight the weight of each answer, finite and at least 0; null when every weight is 1
   * @param tasks the number of tasks, at least 1; a task may have no answer
   * @param experts the number of experts, at least 1
   * @param labels the number of labels, at least 1
   * @param backend the backend's id; null or {@code auto} for the default backend
   * @return the table, to be closed by the caller
   * @throws IllegalArgumentException naming the answer that is wrong, when the arrays differ in
   *     length or are empty, or when there is no backend of this id
   * @throws NullPointerException when an array other than {@code weight} is null
   * @throws dev.coterie.memory.OutOfNativeMemoryException when the columns do not fit into off-heap
   *     memory
   * @throws dev.coterie.BackendUnavailableException when the backend cannot be used
   */
  public static AnswerTable ofIndices(
      int[] task,
      int[] expert,
      int[] label,
      float[] weight,
      int tasks,
      int experts,
      int labels,
      String backend) {
    String id = BackendRegistry.checkChoice(backend);
    int size = task.length;
    checkLength("expert", expert.length, size);
    checkLength("label", label.length, size);
    if (weight != null) {
      checkLength("weight", weight.length, size);
    }
    checkNotEmpty(size);
    Backend reader = BackendRegistry.global().openOrCurrent(id);
    // The native engine checks its columns again, so only arrays need a copy that nobody else can
    // change.
    boolean inArrays = reader.storage() == Storage.HEAP;
    int[] taskColumn = inArrays ? task.clone() : task;
    int[] expertColumn = inArrays ? expert.clone() : expert;
    int[] labelColumn = inArrays ? label.clone() : label;
    float[] weightColumn = inArrays && weight != null ? weight.clone() : weight;
    boolean weighted = false;
    for (int i = 0; i < size; i++) {
      checkIndex(i, "task", taskColumn[i], tasks);
      checkIndex(i, "expert", expertColumn[i], experts);
      checkIndex(i, "label", labelColumn[i], labels);
      if (weightColumn != null) {
        checkWeight(i, weightColumn[i]);
        weighted |= weightColumn[i] != 1.0f;
      }
    }
    Columns.Heap heap =
        new Columns.Heap(
            size,
            tasks,
            experts,
            labels,
            taskColumn,
            expertColumn,
            labelColumn,
            weighted ? weightColumn : null);
    return new AnswerTable(
        new DecimalNames(tasks),
        new DecimalNames(experts),
        new DecimalNames(labels),
        inArrays ? TableColumns.of(heap) : TableColumns.copyOf(heap, reader.memory()));
  }

  /** Makes a table of checked columns, which nobody changes any more. */
  static AnswerTable of(Names tasks, Names experts, Names labels, Columns.Heap columns) {
    return new AnswerTable(tasks, experts, labels, TableColumns.of(columns));
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

  static void checkWeight(long i, float weight) {
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
   * Returns the number of labels.
   *
   * @return at least 1
   */
  public int labels() {
    return labels.size();
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
   * Returns the names of all labels by their indices, without a copy.
   *
   * @return an unmodifiable view with random access, valid also after {@link #close()}
   */
  public List<String> labelNames() {
    return labels.asList();
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
   * Returns the name of a label.
   *
   * @param label its index
   * @return the name
   * @throws IndexOutOfBoundsException when there is no such label
   */
  public String labelName(int label) {
    return labels.name(Objects.checkIndex(label, labels.size()));
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
   * Returns the index of a label.
   *
   * @param label its name
   * @return the index, or -1 when the table has no such label
   */
  public int indexOfLabel(String label) {
    return labels.indexOf(label);
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
   * Returns the label of an answer.
   *
   * @param answer the answer, from 0 on in the order in which they were added
   * @return the label's index
   * @throws IndexOutOfBoundsException when there is no such answer
   * @throws IllegalStateException when the table is closed
   */
  public int label(long answer) {
    return columns.label(Objects.checkIndex(answer, answers()));
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

  /**
   * Returns a table of some of the answers, in the storage of the default backend. Tasks, experts
   * and labels keep their names and indices, also those that have no answer any more. Takes one
   * pass.
   *
   * @param wanted says of the index of an answer whether it stays
   * @return a new table, to be closed by the caller
   * @throws IllegalArgumentException when no answer stays
   * @throws NullPointerException when the predicate is null
   * @throws IllegalStateException when this table is closed
   * @throws UnsupportedOperationException when the answers are too many for a Java backend
   * @throws dev.coterie.memory.OutOfNativeMemoryException when the columns do not fit into off-heap
   *     memory
   * @throws dev.coterie.BackendUnavailableException when {@code coterie.backend} demands a backend
   *     that cannot be used
   */
  public AnswerTable filter(LongPredicate wanted) {
    Chunks kept = new Chunks();
    for (long i = 0; i < answers(); i++) {
      if (wanted.test(i)) {
        kept.add(columns.task(i), columns.expert(i), columns.label(i), columns.weight(i));
      }
    }
    if (kept.size() == 0) {
      throw new IllegalArgumentException("no answer stays: a table has at least one");
    }
    Backend reader = BackendRegistry.global().current();
    return new AnswerTable(
        tasks, experts, labels, TableColumns.of(kept, tasks(), experts(), labels(), reader));
  }

  private static final class Access extends TableAccess {
    @Override
    public Columns columns(AnswerTable table, Backend backend) {
      return table.columns(backend);
    }
  }

  /** Returns the columns as a backend reads them. */
  Columns columns(Backend backend) {
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
    return "AnswerTable["
        + answers()
        + " answers, "
        + tasks()
        + " tasks, "
        + experts()
        + " experts, "
        + labels()
        + " labels]";
  }

  /**
   * Collects answers. An answer that is refused leaves the builder as it was. Not safe for use by
   * several threads.
   *
   * <p>Each name is kept once. An answer costs two or three hash look-ups and 12 bytes of the heap,
   * 16 with weights, until the table is built. Answers that the heap cannot hold end in an {@link
   * OutOfMemoryError} of {@code add}; drop the builder then, and nothing of it stays behind.
   */
  public static final class Builder {
    private final NameTable tasks = new NameTable("tasks");
    private final NameTable experts = new NameTable("experts");
    private final NameTable labels = new NameTable("labels");
    private Chunks answers = new Chunks();
    private boolean declared;
    private String backend;

    private Builder() {}

    /**
     * Declares all labels and their order, before the first answer. Other labels are refused from
     * then on.
     *
     * @param labels the labels, each once
     * @return this
     * @throws IllegalArgumentException when a label appears twice, is null, or there are none
     * @throws IllegalStateException when there are answers already, or labels were declared before
     */
    public Builder labels(String... labels) {
      return labels(Arrays.asList(labels));
    }

    /**
     * Declares all labels and their order, before the first answer. Other labels are refused from
     * then on.
     *
     * @param labels the labels, each once
     * @return this
     * @throws IllegalArgumentException when a label appears twice, is null, or there are none
     * @throws IllegalStateException when there are answers already, or labels were declared before
     */
    public Builder labels(List<String> labels) {
      checkUsable();
      if (declared || answers.size() > 0) {
        throw new IllegalStateException("declare the labels once, and before the first answer");
      }
      NameTable seen = new NameTable("labels");
      for (String label : labels) {
        if (label == null) {
          throw new IllegalArgumentException("a declared label is null");
        }
        if (seen.indexOf(label) >= 0) {
          throw new IllegalArgumentException("label \"" + label + "\" is declared twice");
        }
        seen.intern(label);
      }
      if (seen.size() == 0) {
        throw new IllegalArgumentException("no labels are declared: name at least one");
      }
      labels.forEach(this.labels::intern);
      declared = true;
      return this;
    }

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
     * @param label the label's name
     * @return this
     * @throws IllegalArgumentException naming the answer when a name is null or the label is not a
     *     declared one
     * @throws IllegalStateException when the table has been built
     */
    public Builder add(String task, String expert, String label) {
      return add(task, expert, label, 1.0f);
    }

    /**
     * Adds an answer.
     *
     * @param task the task's name
     * @param expert the expert's name
     * @param label the label's name
     * @param weight the weight, finite and at least 0
     * @return this
     * @throws IllegalArgumentException naming the answer when a name is null, the label is not a
     *     declared one, or the weight is negative, infinite or NaN
     * @throws IllegalStateException when the table has been built
     */
    public Builder add(String task, String expert, String label, float weight) {
      checkUsable();
      checkName("task", task);
      checkName("expert", expert);
      checkName("label", label);
      checkWeight(answers.size(), weight);
      int labelIndex = declared ? labels.indexOf(label) : 0;
      if (labelIndex < 0) {
        throw new IllegalArgumentException(
            "answer "
                + answers.size()
                + ": label \""
                + label
                + "\" is not among the declared ones: declare it, or declare none");
      }
      answers.add(
          tasks.intern(task),
          experts.intern(expert),
          declared ? labelIndex : labels.intern(label),
          weight);
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
    public AnswerTable build() {
      checkUsable();
      checkNotEmpty(answers.size());
      Backend reader = BackendRegistry.global().openOrCurrent(backend);
      TableColumns columns =
          TableColumns.of(answers, tasks.size(), experts.size(), labels.size(), reader);
      answers = null;
      return new AnswerTable(tasks, experts, labels, columns);
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
