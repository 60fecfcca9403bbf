package dev.coterie.cli.measure;

import dev.coterie.cli.input.LabelSetFile;
import dev.coterie.cli.input.Quoted;
import dev.coterie.cli.output.Counted;
import dev.coterie.consensus.MultiLabelConsensus;
import dev.coterie.consensus.MultiLabelTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The true sets of labels as far as they are known, against which results are measured. */
public final class MultiLabelTruth {
  private final Map<String, Set<String>> known = new LinkedHashMap<>();
  private final int withoutAnswers;

  /**
   * How near sets are to the true ones.
   *
   * @param exact the part of the tasks whose set is the true one
   * @param jaccard the mean over the tasks of the labels in both sets, over those in any of them; 1
   *     when both are empty
   * @param f1 the harmonic mean of precision and recall over all labels of all tasks; NaN when
   *     there are none
   */
  public record Nearness(double exact, double jaccard, double f1) {}

  /**
   * Finds the true set of each task.
   *
   * @param file the true sets
   * @param table the answers
   * @param source the name of the file of answers
   * @throws dev.coterie.cli.input.InputException when the two files have no task in common
   */
  public MultiLabelTruth(LabelSetFile file, MultiLabelTable table, String source) {
    List<String> tasks = table.taskNames();
    for (String task : tasks) {
      LabelSetFile.Entry entry = file.entries().get(task);
      if (entry != null) {
        known.put(task, entry.set());
      }
    }
    withoutAnswers = file.entries().size() - known.size();
    if (known.isEmpty()) {
      Map.Entry<String, LabelSetFile.Entry> first = file.entries().entrySet().iterator().next();
      throw file.wrong(
          first.getValue().line(),
          "no task of the truth has answers: this file has tasks such as "
              + Quoted.text(first.getKey())
              + ", "
              + source
              + " such as "
              + Quoted.text(tasks.get(0))
              + "; make their names agree");
    }
  }

  /**
   * Measures a result.
   *
   * @param consensus a result for the table
   * @return how near it is over the tasks whose truth is known
   */
  public Nearness of(MultiLabelConsensus consensus) {
    int exact = 0;
    double jaccard = 0;
    long both = 0;
    long either = 0;
    for (Map.Entry<String, Set<String>> entry : known.entrySet()) {
      Set<String> truth = entry.getValue();
      Set<String> found = consensus.labels(entry.getKey());
      int common = (int) found.stream().filter(truth::contains).count();
      int union = found.size() + truth.size() - common;
      exact += union == common ? 1 : 0;
      jaccard += union == 0 ? 1 : (double) common / union;
      both += common;
      either += found.size() + truth.size();
    }
    double f1 = either == 0 ? Double.NaN : 2.0 * both / either;
    return new Nearness((double) exact / known.size(), jaccard / known.size(), f1);
  }

  /**
   * Says how many tasks are measured.
   *
   * @return a sentence without its end
   */
  public String remark() {
    String remark = "the truth of " + Counted.of(known.size(), "task") + " is known";
    return withoutAnswers == 0
        ? remark
        : remark
            + "; "
            + Counted.of(withoutAnswers, "task")
            + " of the truth "
            + (withoutAnswers == 1 ? "has" : "have")
            + " no answers";
  }
}
