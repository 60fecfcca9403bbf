package dev.coterie.bench;

import dev.coterie.consensus.AnswerTable;
import java.util.SplittableRandom;

/** Tables of random answers by experts of random skill: 1 to 19 answers a task, four labels. */
final class GeneratedTable {
  private static final int MOST_ANSWERS = 19;
  private static final int LABELS = 4;

  private GeneratedTable() {}

  /** Returns a table of {@code answers} answers by {@code experts} experts. */
  static AnswerTable of(int answers, int experts) {
    SplittableRandom random = new SplittableRandom(7);
    double[] skill = random.doubles(experts, 0.35, 0.95).toArray();
    int[] task = new int[answers];
    int[] expert = new int[answers];
    int[] label = new int[answers];
    int tasks = 0;
    for (int i = 0; i < answers; tasks++) {
      int truth = random.nextInt(LABELS);
      int end = Math.min(answers, i + 1 + random.nextInt(MOST_ANSWERS));
      for (; i < end; i++) {
        task[i] = tasks;
        expert[i] = random.nextInt(experts);
        boolean right = random.nextDouble() < skill[expert[i]];
        label[i] = right ? truth : random.nextInt(LABELS);
      }
    }
    return AnswerTable.ofIndices(task, expert, label, null, tasks, experts, LABELS);
  }
}
