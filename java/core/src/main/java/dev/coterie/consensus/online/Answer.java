package dev.coterie.consensus.online;

import java.util.Objects;

/**
 * One answer by names.
 *
 * @param task the task's name
 * @param expert the expert's name
 * @param label the label's name
 * @param weight its weight, finite and at least 0
 */
public record Answer(String task, String expert, String label, float weight) {

  /**
   * Checks an answer.
   *
   * @throws NullPointerException when a name is null
   * @throws IllegalArgumentException when the weight is negative, infinite or NaN
   */
  public Answer {
    Objects.requireNonNull(task, "task");
    Objects.requireNonNull(expert, "expert");
    Objects.requireNonNull(label, "label");
    if (!(weight >= 0 && weight <= Float.MAX_VALUE)) {
      throw new IllegalArgumentException("weight " + weight + " is not finite and at least 0");
    }
  }

  /**
   * Makes an answer of weight 1.
   *
   * @param task the task's name
   * @param expert the expert's name
   * @param label the label's name
   */
  public Answer(String task, String expert, String label) {
    this(task, expert, label, 1.0f);
  }
}
