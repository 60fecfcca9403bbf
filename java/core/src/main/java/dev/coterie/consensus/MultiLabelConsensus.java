package dev.coterie.consensus;

import dev.coterie.internal.table.HeapLimits;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The result of {@link BinaryRelevance}: for each task the labels that hold, and how probable each
 * label is; for each expert a skill for each label. Immutable and safe for use by many threads.
 * Kept in Java arrays; there is nothing to close.
 */
public final class MultiLabelConsensus {
  private final MultiLabelTable table;
  private final int labels;
  private final boolean[] holds;
  private final double[] probability;
  private final double[] skill;
  private boolean converged = true;

  MultiLabelConsensus(MultiLabelTable table) {
    this.table = table;
    labels = table.labelNames().size();
    long cells = (long) table.taskNames().size() * labels;
    probability = new double[HeapLimits.check(cells, "probabilities (tasks x labels)")];
    holds = new boolean[probability.length];
    long skills = (long) table.expertNames().size() * labels;
    skill = new double[HeapLimits.check(skills, "skills (experts x labels)")];
  }

  /** Takes the result of one label in. */
  void take(int label, Consensus binary) {
    for (int task = 0; task < table.taskNames().size(); task++) {
      probability[task * labels + label] = binary.posterior(task, 1);
      holds[task * labels + label] = binary.answer(task) == 1;
    }
    for (int expert = 0; expert < table.expertNames().size(); expert++) {
      skill[expert * labels + label] = binary.skill(expert);
    }
    converged &= binary.converged();
  }

  /**
   * Returns the labels that hold for a task: those that are more probable than not.
   *
   * @param task the task's name
   * @return an unmodifiable set in the order of the table's labels; may be empty
   * @throws IllegalArgumentException when there is no such task
   */
  public Set<String> labels(String task) {
    int row = table.indexOfTask(task) * labels;
    Set<String> result = new LinkedHashSet<>();
    for (int label = 0; label < labels; label++) {
      if (holds[row + label]) {
        result.add(table.labelNames().get(label));
      }
    }
    return Collections.unmodifiableSet(result);
  }

  /**
   * Returns the probability that a label holds for a task.
   *
   * @param task the task's name
   * @param label the label's name
   * @return from 0 to 1
   * @throws IllegalArgumentException when there is no such task or label
   */
  public double probability(String task, String label) {
    return probability[table.indexOfTask(task) * labels + table.indexOfLabel(label)];
  }

  /**
   * Returns how far an expert can be trusted about a label, as the label's method tells it.
   *
   * @param expert the expert's name
   * @param label the label's name
   * @return from 0 to 1
   * @throws IllegalArgumentException when there is no such expert or label
   */
  public double skill(String expert, String label) {
    return skill[table.indexOfExpert(expert) * labels + table.indexOfLabel(label)];
  }

  /**
   * Returns whether the fits of all labels came to rest before their limit of iterations.
   *
   * @return true when they did
   */
  public boolean converged() {
    return converged;
  }

  /**
   * Returns the table.
   *
   * @return the table
   */
  public MultiLabelTable table() {
    return table;
  }
}
