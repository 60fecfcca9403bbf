package dev.coterie.cli;

import dev.coterie.cli.input.InputException;
import dev.coterie.cli.input.LabelFile;
import dev.coterie.cli.input.Quoted;
import dev.coterie.consensus.AnswerTable;
import dev.coterie.consensus.Consensus;
import java.util.Map;

/** The true labels as far as they are known, against which results are measured. */
final class Truth {
  /** Stands for a true label that no expert ever gave. */
  private static final int NEVER_GIVEN = -2;

  private static final int UNKNOWN = -1;

  private final int[] labels;
  private final int known;
  private final int neverGiven;
  private final int withoutAnswers;

  /**
   * Finds the true label of each task.
   *
   * @param source the name of the file of answers
   * @throws InputException when the two files have no task in common
   */
  Truth(LabelFile file, AnswerTable table, String source) {
    labels = new int[table.tasks()];
    int found = 0;
    int strange = 0;
    for (int task = 0; task < labels.length; task++) {
      String label = file.labelOf(table.taskName(task));
      labels[task] = UNKNOWN;
      if (label != null) {
        int index = table.indexOfLabel(label);
        labels[task] = index < 0 ? NEVER_GIVEN : index;
        strange += index < 0 ? 1 : 0;
        found++;
      }
    }
    known = found;
    neverGiven = strange;
    withoutAnswers = file.entries().size() - found;
    if (found == 0 && labels.length > 0) {
      Map.Entry<String, LabelFile.Entry> first = file.entries().entrySet().iterator().next();
      throw file.wrong(
          first.getValue(),
          "no task of the truth has answers: this file has tasks such as "
              + Quoted.text(first.getKey())
              + ", "
              + source
              + " such as "
              + Quoted.text(table.taskName(0))
              + "; make their names agree");
    }
  }

  /** Returns the part of the tasks with a known truth that a result has right; NaN without any. */
  double accuracy(Consensus consensus) {
    long right = 0;
    for (int task = 0; task < labels.length; task++) {
      right += labels[task] >= 0 && labels[task] == consensus.answer(task) ? 1 : 0;
    }
    return known == 0 ? Double.NaN : (double) right / known;
  }

  /** Returns whether a result has a task right, or null when that is not known. */
  Boolean isRight(Consensus consensus, int task) {
    return labels[task] == UNKNOWN ? null : labels[task] == consensus.answer(task);
  }

  /** Says how many tasks are measured, and what does not fit together. */
  String remark() {
    StringBuilder remark = new StringBuilder();
    remark.append("the truth of ").append(Counted.of(known, "task")).append(" is known");
    if (withoutAnswers > 0) {
      remark.append("; ").append(Counted.of(withoutAnswers, "task"));
      remark.append(" of the truth ").append(withoutAnswers == 1 ? "has" : "have");
      remark.append(" no answers");
    }
    if (neverGiven > 0) {
      remark.append("; ").append(Counted.of(neverGiven, "task"));
      remark.append(neverGiven == 1 ? " counts" : " count").append(" as wrong, because no expert");
      remark.append(" ever gave ").append(neverGiven == 1 ? "its" : "their").append(" true label");
    }
    return remark.toString();
  }
}
