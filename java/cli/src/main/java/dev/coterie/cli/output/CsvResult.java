package dev.coterie.cli.output;

import dev.coterie.cli.input.AnswerTally;
import dev.coterie.consensus.AnswerTable;
import dev.coterie.consensus.Consensus;
import java.io.IOException;
import java.io.Writer;

/** Writes a result as CSV: one file of tasks, one of experts. */
public final class CsvResult {
  private CsvResult() {}

  /**
   * Writes a line for each task: its answer, the runner-up and their posteriors, and its difficulty
   * where the method tells it.
   *
   * @param writer where it goes
   * @param delimiter what separates fields
   * @param consensus the result
   * @param posteriors whether a column for each label follows
   * @throws IOException when it cannot be written
   */
  public static void tasks(Writer writer, char delimiter, Consensus consensus, boolean posteriors)
      throws IOException {
    AnswerTable table = consensus.table();
    CsvText csv = new CsvText(writer, delimiter);
    csv.field("task").field("answer").field("posterior");
    csv.field("runner_up").field("runner_up_posterior");
    if (consensus.hasDifficulty()) {
      csv.field("difficulty");
    }
    for (int label = 0; posteriors && label < table.labels(); label++) {
      csv.field("posterior_" + table.labelName(label));
    }
    csv.end();
    for (int task = 0; task < table.tasks(); task++) {
      csv.field(table.taskName(task));
      label(csv, consensus, task, consensus.answer(task));
      label(csv, consensus, task, consensus.runnerUp(task));
      if (consensus.hasDifficulty()) {
        csv.field(consensus.difficulty(task));
      }
      for (int label = 0; posteriors && label < table.labels(); label++) {
        csv.field(consensus.posterior(task, label));
      }
      csv.end();
    }
  }

  private static void label(CsvText csv, Consensus consensus, int task, int label) {
    if (label < 0) {
      csv.empty().empty();
    } else {
      csv.field(consensus.table().labelName(label)).field(consensus.posterior(task, label));
    }
  }

  /**
   * Writes a line for each expert: the number of answers, the skill, and the weight where the
   * method has one.
   *
   * @param writer where it goes
   * @param delimiter what separates fields
   * @param consensus the result
   * @param tally the numbers of answers
   * @throws IOException when it cannot be written
   */
  public static void experts(Writer writer, char delimiter, Consensus consensus, AnswerTally tally)
      throws IOException {
    AnswerTable table = consensus.table();
    CsvText csv = new CsvText(writer, delimiter);
    csv.field("expert").field("answers").field("skill");
    if (consensus.hasWeight()) {
      csv.field("weight");
    }
    csv.end();
    for (int expert = 0; expert < table.experts(); expert++) {
      csv.field(table.expertName(expert));
      csv.field(tally.answers(expert)).field(consensus.skill(expert));
      if (consensus.hasWeight()) {
        csv.field(consensus.weight(expert));
      }
      csv.end();
    }
  }
}
