package dev.coterie.text;

import dev.coterie.internal.table.NameTable;
import dev.coterie.internal.table.Names;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Texts that experts gave for tasks, in the order in which they were given. Tasks and experts have
 * names and indices; an index is the place in the order of first appearance. An expert may answer a
 * task several times. Immutable and safe for use by many threads.
 */
public final class TextAnswers {
  private final Names tasks;
  private final Names experts;
  private final int[] task;
  private final int[] expert;
  private final String[] text;
  private final double[] confidence;

  private TextAnswers(Builder builder) {
    int size = builder.text.size();
    tasks = builder.tasks;
    experts = builder.experts;
    task = Arrays.copyOf(builder.task, size);
    expert = Arrays.copyOf(builder.expert, size);
    text = builder.text.toArray(new String[0]);
    confidence = builder.sure ? null : Arrays.copyOf(builder.confidence, size);
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
   * @return the number, at least 1
   */
  public int size() {
    return text.length;
  }

  /**
   * Returns the names of the tasks.
   *
   * @return an unmodifiable list, in the order of the indices; it looks names up by their hash
   */
  public List<String> tasks() {
    return tasks.asList();
  }

  /**
   * Returns the names of the experts.
   *
   * @return an unmodifiable list, in the order of the indices; it looks names up by their hash
   */
  public List<String> experts() {
    return experts.asList();
  }

  /**
   * Returns the task of an answer.
   *
   * @param row the answer's place in the table, from 0
   * @return the index of the task
   * @throws IndexOutOfBoundsException when there is no such row
   */
  public int task(int row) {
    return task[Objects.checkIndex(row, text.length)];
  }

  /**
   * Returns the expert of an answer.
   *
   * @param row the answer's place in the table, from 0
   * @return the index of the expert
   * @throws IndexOutOfBoundsException when there is no such row
   */
  public int expert(int row) {
    return expert[Objects.checkIndex(row, text.length)];
  }

  /**
   * Returns the text of an answer.
   *
   * @param row the answer's place in the table, from 0
   * @return the text as it was given
   * @throws IndexOutOfBoundsException when there is no such row
   */
  public String text(int row) {
    return text[Objects.checkIndex(row, text.length)];
  }

  /**
   * Returns the confidence of an answer.
   *
   * @param row the answer's place in the table, from 0
   * @return the confidence, from 0 to 1
   * @throws IndexOutOfBoundsException when there is no such row
   */
  public double confidence(int row) {
    Objects.checkIndex(row, text.length);
    return confidence == null ? 1.0 : confidence[row];
  }

  int[] taskColumn() {
    return task;
  }

  int[] expertColumn() {
    return expert;
  }

  /** Returns the confidences, or null when all are 1. */
  double[] confidenceColumn() {
    return confidence;
  }

  /** Collects answers. Not safe for use by several threads. */
  public static final class Builder {
    private final NameTable tasks = new NameTable("tasks");
    private final NameTable experts = new NameTable("experts");
    private final List<String> text = new ArrayList<>();
    private int[] task = new int[16];
    private int[] expert = new int[16];
    private double[] confidence = new double[16];
    private boolean sure = true;
    private boolean built;

    private Builder() {}

    /**
     * Adds an answer of confidence 1.
     *
     * @param task the name of the task
     * @param expert the name of the expert
     * @param text what the expert wrote; may be empty
     * @return this
     * @throws NullPointerException when an argument is null
     * @throws IllegalStateException when the table is already built
     */
    public Builder add(String task, String expert, String text) {
      return add(task, expert, text, 1.0);
    }

    /**
     * Adds an answer.
     *
     * @param task the name of the task
     * @param expert the name of the expert
     * @param text what the expert wrote; may be empty
     * @param confidence how sure the expert is, from 0 to 1
     * @return this
     * @throws NullPointerException when a name or the text is null
     * @throws IllegalArgumentException when the confidence is not in 0 to 1
     * @throws IllegalStateException when the table is already built
     */
    public Builder add(String task, String expert, String text, double confidence) {
      if (built) {
        throw new IllegalStateException("the table is built: start another builder");
      }
      Objects.requireNonNull(task, "task");
      Objects.requireNonNull(expert, "expert");
      Objects.requireNonNull(text, "text");
      int row = this.text.size();
      // The comparison is false for NaN.
      if (!(confidence >= 0.0 && confidence <= 1.0)) {
        throw new IllegalArgumentException(
            "row " + row + ": confidence " + confidence + " is not in 0 to 1; task " + task);
      }
      if (row == this.task.length) {
        int larger = (int) Math.min(2L * row, Integer.MAX_VALUE - 8);
        this.task = Arrays.copyOf(this.task, larger);
        this.expert = Arrays.copyOf(this.expert, larger);
        this.confidence = Arrays.copyOf(this.confidence, larger);
      }
      this.text.add(text);
      this.task[row] = tasks.intern(task);
      this.expert[row] = experts.intern(expert);
      this.confidence[row] = confidence;
      sure &= confidence == 1.0;
      return this;
    }

    /**
     * Makes the table; afterwards the builder takes no more answers.
     *
     * @return an immutable table
     * @throws IllegalStateException when there are no answers, or the table is already built
     */
    public TextAnswers build() {
      if (built || text.isEmpty()) {
        throw new IllegalStateException(
            built ? "the table is built: start another builder" : "the table has no answers");
      }
      built = true;
      return new TextAnswers(this);
    }
  }
}
