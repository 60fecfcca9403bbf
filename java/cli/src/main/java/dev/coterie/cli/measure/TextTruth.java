package dev.coterie.cli.measure;

import dev.coterie.cli.input.LabelFile;
import dev.coterie.cli.output.Counted;
import dev.coterie.consensus.FitControl;
import dev.coterie.text.TextResult;
import dev.coterie.text.TextTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CancellationException;

/** The true texts as far as they are known, against which answers are measured word by word. */
public final class TextTruth {
  private final Map<String, List<String>> words = new HashMap<>();
  private final int withoutAnswers;
  private final int withoutWords;

  /**
   * How far answers are from the truth, both normalised.
   *
   * @param corpus the word error rate over all tasks: edits divided by the true words
   * @param mean the mean of the tasks' word error rates
   * @param exact the number of tasks whose answer has exactly the true words
   */
  public record Errors(double corpus, double mean, int exact) {}

  /**
   * Finds the true text of each task.
   *
   * @param file the true texts
   * @param table the answers
   * @param source the name of the file of answers
   * @throws dev.coterie.cli.input.InputException when the two files have no task in common, or no
   *     text of the truth has a word that counts
   */
  public TextTruth(LabelFile file, TextTable table, String source) {
    int wordless = 0;
    int found = 0;
    for (String task : table.tasks()) {
      String label = file.labelOf(task);
      if (label == null) {
        continue;
      }
      found++;
      List<String> known = normalised(label);
      if (known.isEmpty()) {
        wordless++;
      } else {
        words.put(task, known);
      }
    }
    withoutAnswers = file.entries().size() - found;
    withoutWords = wordless;
    if (found == 0) {
      throw file.noneInCommon(source, table.tasks().get(0));
    }
    if (words.isEmpty()) {
      throw file.wrong(
          file.entries().values().iterator().next(),
          "no text of the truth has a word of a-z and 0-9, and others are not measured; leave out"
              + " --truth");
    }
  }

  /**
   * Returns the words of a text that count: in lower case, with ’ as ', without the space before a
   * ', and with everything but a-z, 0-9 and ' as a space.
   *
   * @param text any text
   * @return its words, perhaps none
   */
  static List<String> normalised(String text) {
    String lower = text.toLowerCase(Locale.ROOT).replace('\u2019', '\'').replace(" '", "'");
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    for (int i = 0; i <= lower.length(); i++) {
      char c = i < lower.length() ? lower.charAt(i) : ' ';
      if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '\'') {
        word.append(c);
      } else if (word.length() > 0) {
        words.add(word.toString());
        word.setLength(0);
      }
    }
    return words;
  }

  /**
   * Returns how many tasks are measured.
   *
   * @return at least 1
   */
  public int known() {
    return words.size();
  }

  /**
   * Measures the answers to the tasks whose truth is known.
   *
   * @param result a result for the table
   * @param control stops it
   * @return the errors
   * @throws CancellationException when the control is cancelled
   */
  public Errors errors(TextResult result, FitControl control) {
    long edits = 0;
    long all = 0;
    double rates = 0;
    int exact = 0;
    for (String task : result.table().tasks()) {
      List<String> truth = words.get(task);
      if (truth != null) {
        int distance = distance(normalised(result.answer(task).text()), truth, control);
        edits += distance;
        all += truth.size();
        rates += (double) distance / truth.size();
        exact += distance == 0 ? 1 : 0;
      }
    }
    return new Errors((double) edits / all, rates / words.size(), exact);
  }

  /** Returns how many words must be inserted, deleted or replaced to make one of the other. */
  static int distance(List<String> from, List<String> to, FitControl control) {
    int[] row = new int[to.size() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.size(); i++) {
      if (control.isCancelled()) {
        throw new CancellationException();
      }
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = diagonal + (from.get(i - 1).equals(to.get(j - 1)) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[to.size()];
  }

  /**
   * Says how many tasks are measured, and what does not fit together.
   *
   * @return a sentence without its end
   */
  public String remark() {
    StringBuilder remark = new StringBuilder("the truth of ");
    remark.append(Counted.of(known(), "task")).append(" is known");
    append(remark, withoutAnswers, "no answers");
    append(remark, withoutWords, "no words of a-z and 0-9");
    return remark.toString();
  }

  private static void append(StringBuilder remark, int tasks, String what) {
    if (tasks > 0) {
      remark.append("; ").append(Counted.of(tasks, "task")).append(" of the truth ");
      remark.append(tasks == 1 ? "has " : "have ").append(what);
    }
  }
}
