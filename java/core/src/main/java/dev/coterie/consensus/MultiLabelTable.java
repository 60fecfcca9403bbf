package dev.coterie.consensus;

import dev.coterie.internal.table.HeapLimits;
import dev.coterie.internal.table.NameTable;
import dev.coterie.internal.table.TableColumns;
import dev.coterie.spi.Columns;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Answers that are sets of labels: which labels an expert gave to a task. Immutable and safe for
 * use by many threads. Kept in Java arrays, so that it holds at most 2,147,483,639 answers and as
 * many labels in them; there is nothing to close.
 */
public final class MultiLabelTable {
  private final NameTable tasks;
  private final NameTable experts;
  private final NameTable labels;
  private final int[] task;
  private final int[] expert;
  private final float[] weight;

  /** Where the answers of each label begin in {@link #holders}. */
  private final int[] offsets;

  /** The answers that hold each label. */
  private final int[] holders;

  private MultiLabelTable(Builder builder) {
    tasks = builder.tasks;
    experts = builder.experts;
    labels = builder.labels;
    task = Arrays.copyOf(builder.task, builder.size);
    expert = Arrays.copyOf(builder.expert, builder.size);
    weight = builder.weighted ? Arrays.copyOf(builder.weight, builder.size) : null;
    offsets = new int[labels.size() + 1];
    for (int i = 0; i < builder.ends[builder.size]; i++) {
      offsets[builder.label[i] + 1]++;
    }
    for (int l = 0; l < labels.size(); l++) {
      offsets[l + 1] += offsets[l];
    }
    holders = new int[builder.ends[builder.size]];
    int[] next = offsets.clone();
    for (int answer = 0; answer < builder.size; answer++) {
      for (int i = builder.ends[answer]; i < builder.ends[answer + 1]; i++) {
        holders[next[builder.label[i]]++] = answer;
      }
    }
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
   * Returns the number of answers.
   *
   * @return at least 1
   */
  public int answers() {
    return task.length;
  }

  /**
   * Returns the names of all tasks in the order of their first appearance.
   *
   * @return an unmodifiable view with random access
   */
  public List<String> taskNames() {
    return tasks.asList();
  }

  /**
   * Returns the names of all experts in the order of their first appearance.
   *
   * @return an unmodifiable view with random access
   */
  public List<String> expertNames() {
    return experts.asList();
  }

  /**
   * Returns the names of all labels in the order of their first appearance.
   *
   * @return an unmodifiable view with random access
   */
  public List<String> labelNames() {
    return labels.asList();
  }

  int indexOfTask(String name) {
    return found(tasks.indexOf(name), "task", name);
  }

  int indexOfExpert(String name) {
    return found(experts.indexOf(name), "expert", name);
  }

  int indexOfLabel(String name) {
    return found(labels.indexOf(name), "label", name);
  }

  private static int found(int index, String kind, String name) {
    if (index < 0) {
      throw new IllegalArgumentException("the table has no " + kind + " \"" + name + "\"");
    }
    return index;
  }

  /** Returns the table of the question whether a label holds: label 0 is no, label 1 is yes. */
  AnswerTable binary(int label) {
    int[] holds = new int[task.length];
    for (int i = offsets[label]; i < offsets[label + 1]; i++) {
      holds[holders[i]] = 1;
    }
    NameTable names = new NameTable("labels");
    names.intern(BinaryRelevance.ABSENT);
    names.intern(BinaryRelevance.PRESENT);
    Columns.Heap heap =
        new Columns.Heap(task.length, tasks.size(), experts.size(), 2, task, expert, holds, weight);
    return new AnswerTable(tasks, experts, names, TableColumns.of(heap));
  }

  /** Returns the sizes. */
  @Override
  public String toString() {
    return "MultiLabelTable["
        + answers()
        + " answers, "
        + tasks.size()
        + " tasks, "
        + experts.size()
        + " experts, "
        + labels.size()
        + " labels]";
  }

  /**
   * Collects answers. An answer that is refused leaves the builder as it was. Not safe for use by
   * several threads.
   */
  public static final class Builder {
    private static final int FIRST = 64;

    private NameTable tasks = new NameTable("tasks");
    private final NameTable experts = new NameTable("experts");
    private final NameTable labels = new NameTable("labels");
    private int[] task = new int[FIRST];
    private int[] expert = new int[FIRST];
    private float[] weight = new float[FIRST];

    /** Where the labels of each answer begin, and where those of the last one end. */
    private int[] ends = new int[FIRST + 1];

    private int[] label = new int[FIRST];
    private int size;
    private boolean weighted;

    private Builder() {}

    /**
     * Adds an answer of weight 1.
     *
     * @param task the task's name
     * @param expert the expert's name
     * @param labels the labels that the expert gives, each counted once; none when it gives none
     * @return this
     * @throws IllegalArgumentException naming the answer when a name is null
     * @throws NullPointerException when the collection is null
     * @throws IllegalStateException when the table has been built
     */
    public Builder add(String task, String expert, Collection<String> labels) {
      return add(task, expert, labels, 1.0f);
    }

    /**
     * Adds an answer.
     *
     * @param task the task's name
     * @param expert the expert's name
     * @param labels the labels that the expert gives, each counted once; none when it gives none
     * @param weight the weight, finite and at least 0
     * @return this
     * @throws IllegalArgumentException naming the answer when a name is null or the weight is
     *     negative, infinite or NaN
     * @throws NullPointerException when the collection is null
     * @throws IllegalStateException when the table has been built
     */
    public Builder add(String task, String expert, Collection<String> labels, float weight) {
      checkUsable();
      Set<String> set = new LinkedHashSet<>(labels);
      if (task == null || expert == null || set.contains(null)) {
        String kind = task == null ? "task" : expert == null ? "expert" : "label";
        throw new IllegalArgumentException("answer " + size + ": the " + kind + " has no name");
      }
      AnswerTable.checkWeight(size, weight);
      if (size == this.task.length) {
        int length = longer(size, "answers");
        this.task = Arrays.copyOf(this.task, length);
        this.expert = Arrays.copyOf(this.expert, length);
        this.weight = Arrays.copyOf(this.weight, length);
        ends = Arrays.copyOf(ends, Math.min(length, HeapLimits.LONGEST - 1) + 1);
      }
      int end = ends[size];
      while (end > label.length - set.size()) {
        label = Arrays.copyOf(label, longer(label.length, "labels of all answers"));
      }
      this.task[size] = tasks.intern(task);
      this.expert[size] = experts.intern(expert);
      this.weight[size] = weight;
      weighted |= weight != 1.0f;
      for (String name : set) {
        label[end++] = this.labels.intern(name);
      }
      ends[++size] = end;
      return this;
    }

    private static int longer(int length, String what) {
      HeapLimits.check(length + 1L, what);
      return (int) Math.min(2L * length, HeapLimits.LONGEST);
    }

    /**
     * Makes the table. The builder cannot be used afterwards.
     *
     * @return the table
     * @throws IllegalArgumentException when there are no answers
     * @throws IllegalStateException when the table has been built
     */
    public MultiLabelTable build() {
      checkUsable();
      if (size == 0) {
        throw new IllegalArgumentException("the table has no answers: add at least one");
      }
      MultiLabelTable table = new MultiLabelTable(this);
      tasks = null;
      return table;
    }

    private void checkUsable() {
      if (tasks == null) {
        throw new IllegalStateException("the table has been built: start another builder");
      }
    }
  }
}
