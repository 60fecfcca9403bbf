package dev.coterie.cli;

import dev.coterie.cli.input.LabelFile;
import dev.coterie.consensus.AnswerTable;
import dev.coterie.consensus.Consensus;

/** The true labels as far as they are known, against which results are measured. */
final class Truth {
  /** Stands for a true label that no expert ever gave. */
  private static final int NEVER_GIVEN = -2;

  private static final int UNKNOWN = -1;

  private final int[] labels;
  private final int known;
  private final int neverGiven;
  private final int withoutAnswers;

  Truth(LabelFile file, AnswerTable table) {
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
    remark.append("the truth of ").append(known).append(" tasks is known");
    if (withoutAnswers > 0) {
      remark.append("; ").append(withoutAnswers).append(" tasks of the truth have no answers");
    }
    if (neverGiven > 0) {
      remark
          .append("; ")
          .append(neverGiven)
          .append(" tasks count as wrong, because no expert ever gave their true label");
    }
    return remark.toString();
  }
}
