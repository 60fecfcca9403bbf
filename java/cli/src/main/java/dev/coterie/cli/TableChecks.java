package dev.coterie.cli;

import dev.coterie.cli.input.InputException;
import dev.coterie.cli.input.LabelFile;
import dev.coterie.cli.input.Quoted;
import dev.coterie.consensus.AnswerTable;
import java.util.LinkedHashMap;
import java.util.Map;

/** Checks what the options say about tasks and labels against the table. */
final class TableChecks {
  private TableChecks() {}

  /** Returns the known labels by task; {@code file} may be null. */
  static Map<String, String> gold(LabelFile file, AnswerTable table) {
    Map<String, String> gold = new LinkedHashMap<>();
    if (file != null) {
      file.entries().forEach((task, entry) -> gold.put(task, known(file, task, entry, table)));
    }
    return gold;
  }

  private static String known(
      LabelFile file, String task, LabelFile.Entry entry, AnswerTable table) {
    if (table.indexOfTask(task) < 0) {
      throw file.wrong(
          entry, "task " + Quoted.text(task) + " has no answers; correct it or delete the line");
    }
    if (table.indexOfLabel(entry.label()) < 0) {
      throw file.wrong(
          entry,
          "no expert ever gave label "
              + Quoted.text(entry.label())
              + "; correct it or delete the line");
    }
    return entry.label();
  }

  /** Checks that the class priors, if any, are those of the table's labels. */
  static void priors(Map<String, Double> priors, AnswerTable table) {
    if (priors == null) {
      return;
    }
    for (String label : priors.keySet()) {
      if (table.indexOfLabel(label) < 0) {
        throw new InputException(
            "--class-priors name label "
                + Quoted.text(label)
                + ", which no expert ever gave; correct it or leave it out");
      }
    }
    for (int i = 0; i < table.labels(); i++) {
      if (!priors.containsKey(table.labelName(i))) {
        throw new InputException(
            "--class-priors lack label " + Quoted.text(table.labelName(i)) + "; add it");
      }
    }
  }
}
