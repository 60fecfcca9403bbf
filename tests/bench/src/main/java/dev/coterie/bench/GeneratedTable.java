package dev.coterie.bench;

import dev.coterie.consensus.AnswerTable;
import java.util.SplittableRandom;

/** Tables of random answers by experts of random skill: ten answers a task, four labels. */
final class GeneratedTable {
  static final int ANSWERS_PER_TASK = 10;
  static final int LABELS = 4;

  private GeneratedTable() {}

  /** Returns a table of {@code answers} answers by {@code experts} experts. */
  static AnswerTable of(int answers, int experts) {
    SplittableRandom random = new SplittableRandom(7);
    double[] skill = random.doubles(experts, 0.35, 0.95).toArray();
    int tasks = answers / ANSWERS_PER_TASK;
    int[] task = new int[answers];
    int[] expert = new int[answers];
    int[] label = new int[answers];
    int truth = 0;
    for (int i = 0; i < answers; i++) {
      if (i % ANSWERS_PER_TASK == 0) {
        truth = random.nextInt(LABELS);
      }
      task[i] = i / ANSWERS_PER_TASK;
      expert[i] = random.nextInt(experts);
      boolean right = random.nextDouble() < skill[expert[i]];
      label[i] = right ? truth : random.nextInt(LABELS);
    }
    return AnswerTable.ofIndices(task, expert, label, null, tasks, experts, LABELS);
  }
}
