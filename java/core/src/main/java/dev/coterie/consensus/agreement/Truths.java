package dev.coterie.consensus.agreement;

import dev.coterie.consensus.AnswerTable;
import java.util.Arrays;
import java.util.Map;

/** Known labels by the names and by the indices of a table. */
final class Truths {
  private Truths() {}

  /** Returns the label of each task, or -1; tasks that the table does not have are left out. */
  static int[] indices(AnswerTable table, Map<String, String> truth) {
    int[] known = new int[table.tasks()];
    Arrays.fill(known, -1);
    truth.forEach(
        (task, label) -> {
          int index = table.indexOfTask(task);
          if (index >= 0) {
            known[index] = labelOf(table, task, label);
          }
        });
    return known;
  }

  private static int labelOf(AnswerTable table, String task, String label) {
    int index = label == null ? -1 : table.indexOfLabel(label);
    if (index < 0) {
      throw new IllegalArgumentException(
          "truth of task \""
              + task
              + "\": the table has no label \""
              + label
              + "\": declare all labels when the table is built");
    }
    return index;
  }
}
