package dev.coterie.cli.measure;

import dev.coterie.cli.input.LabelFile;
import dev.coterie.cli.output.Counted;
import dev.coterie.consensus.AnswerTable;
import dev.coterie.consensus.Consensus;
import java.util.Arrays;
import java.util.BitSet;

/** The true labels as far as they are known, against which results are measured. */
public final class Truth {
  /** Stands for a true label that no expert ever gave. */
  private static final int NEVER_GIVEN = -2;

  private static final int UNKNOWN = -1;
  private static final int BINS = 10;

  private final int[] labels;
  private final int known;
  private final int neverGiven;
  private final int withoutAnswers;

  /**
   * Finds the true label of each task.
   *
   * @param file the true labels
   * @param table the answers
   * @param source the name of the file of answers
   * @throws dev.coterie.cli.input.InputException when the two files have no task in common
   */
  public Truth(LabelFile file, AnswerTable table, String source) {
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
      throw file.noneInCommon(source, table.taskName(0));
    }
  }

  private Truth(int[] labels, int withoutAnswers) {
    this.labels = labels;
    this.withoutAnswers = withoutAnswers;
    known = (int) Arrays.stream(labels).filter(label -> label != UNKNOWN).count();
    neverGiven = (int) Arrays.stream(labels).filter(label -> label == NEVER_GIVEN).count();
  }

  /**
   * Returns how many tasks have answers and a known truth.
   *
   * @return at least 0
   */
  public int known() {
    return known;
  }

  /**
   * Returns the tasks whose true label some expert gave.
   *
   * @return the tasks' indices
   */
  public BitSet usable() {
    BitSet tasks = new BitSet();
    for (int task = 0; task < labels.length; task++) {
      tasks.set(task, labels[task] >= 0);
    }
    return tasks;
  }

  /**
   * Returns the truth without that of some tasks.
   *
   * @param tasks the tasks' indices
   * @return a truth that does not know them
   */
  public Truth without(BitSet tasks) {
    int[] rest = labels.clone();
    tasks.stream().forEach(task -> rest[task] = UNKNOWN);
    return new Truth(rest, withoutAnswers);
  }

  /**
   * Returns the part of the tasks with a known truth that a result has right.
   *
   * @param consensus a result for the table
   * @return from 0 to 1, or NaN when no truth is known
   */
  public double accuracy(Consensus consensus) {
    long right = 0;
    for (int task = 0; task < labels.length; task++) {
      right += labels[task] >= 0 && labels[task] == consensus.answer(task) ? 1 : 0;
    }
    return known == 0 ? Double.NaN : (double) right / known;
  }

  /**
   * Measures the mean of the squares of the differences between the posterior of each label and 1
   * for the true one, 0 for the others, added up over the labels (Brier 1950).
   *
   * @param consensus a result for the table
   * @return from 0 to 2, or NaN when no truth is known
   */
  public double brierScore(Consensus consensus) {
    double[] posterior = new double[consensus.table().labels()];
    double sum = 0;
    for (int task = 0; task < labels.length; task++) {
      if (labels[task] == UNKNOWN) {
        continue;
      }
      consensus.posteriors(task, 1, posterior, 0);
      sum += labels[task] == NEVER_GIVEN ? 1 : 0;
      for (int label = 0; label < posterior.length; label++) {
        double difference = posterior[label] - (label == labels[task] ? 1 : 0);
        sum += difference * difference;
      }
    }
    return known == 0 ? Double.NaN : sum / known;
  }

  /**
   * Measures how far the posteriors of the winning labels are from the part of them that is right:
   * the mean distance over ten bins of equal width, weighed by the tasks in them. A bin holds its
   * upper end (C. Guo, G. Pleiss, Y. Sun and K. Q. Weinberger 2017).
   *
   * @param consensus a result for the table
   * @return from 0 to 1, or NaN when no truth is known
   */
  public double calibrationError(Consensus consensus) {
    double[] excess = new double[BINS];
    for (int task = 0; task < labels.length; task++) {
      if (labels[task] != UNKNOWN) {
        double confidence = consensus.answer(task) < 0 ? 0 : consensus.confidence(task);
        int bin = Math.max((int) Math.ceil(confidence * BINS) - 1, 0);
        excess[bin] += confidence - (labels[task] == consensus.answer(task) ? 1 : 0);
      }
    }
    double sum = 0;
    for (double each : excess) {
      sum += Math.abs(each);
    }
    return known == 0 ? Double.NaN : sum / known;
  }

  /**
   * Says whether a result has a task right.
   *
   * @param consensus a result for the table
   * @param task the task's index
   * @return whether, or null when that is not known
   */
  public Boolean isRight(Consensus consensus, int task) {
    return labels[task] == UNKNOWN ? null : labels[task] == consensus.answer(task);
  }

  /**
   * Says how many tasks are measured, and what does not fit together.
   *
   * @return a sentence without its end
   */
  public String remark() {
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
