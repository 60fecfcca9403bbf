package dev.coterie.cli.input;

import dev.coterie.consensus.AnswerTable;
import java.util.HashMap;
import java.util.Map;

/** Counts the answers of each expert and, where the truth is known, how many of them are right. */
public final class AnswerTally {
  private final LabelFile truth;
  private int[] trueLabel;
  private long[] answers = {};
  private long[] judged = {};
  private long[] right = {};

  /**
   * Makes an empty tally.
   *
   * @param truth the true labels, or null
   */
  public AnswerTally(LabelFile truth) {
    this.truth = truth;
  }

  /**
   * Counts the answers of a table.
   *
   * @param truth the true labels, or null
   * @param table the answers
   * @return the tally of all of them
   */
  public static AnswerTally of(LabelFile truth, AnswerTable table) {
    AnswerTally tally = new AnswerTally(truth);
    tally.begin(
        table.taskNames().toArray(new String[0]),
        table.experts(),
        table.labelNames().toArray(new String[0]));
    for (long i = 0; i < table.answers(); i++) {
      tally.count(table.task(i), table.expert(i), table.label(i));
    }
    return tally;
  }

  void begin(String[] tasks, int experts, String[] labels) {
    answers = new long[experts];
    judged = new long[experts];
    right = new long[experts];
    if (truth == null) {
      return;
    }
    Map<String, Integer> indices = new HashMap<>();
    for (int i = 0; i < labels.length; i++) {
      indices.put(labels[i], i);
    }
    trueLabel = new int[tasks.length];
    for (int i = 0; i < tasks.length; i++) {
      String label = truth.labelOf(tasks[i]);
      trueLabel[i] = label == null ? -1 : indices.getOrDefault(label, labels.length);
    }
  }

  void count(int task, int expert, int label) {
    answers[expert]++;
    if (trueLabel != null && trueLabel[task] >= 0) {
      judged[expert]++;
      if (trueLabel[task] == label) {
        right[expert]++;
      }
    }
  }

  /**
   * Returns how many answers an expert gave.
   *
   * @param expert the expert's index
   * @return at least 0
   */
  public long answers(int expert) {
    return answers[expert];
  }

  /**
   * Returns the part of an expert's answers that are right.
   *
   * @param expert the expert's index
   * @return from 0 to 1, or NaN when the truth of none of its tasks is known
   */
  public double accuracy(int expert) {
    return judged[expert] == 0 ? Double.NaN : (double) right[expert] / judged[expert];
  }
}
