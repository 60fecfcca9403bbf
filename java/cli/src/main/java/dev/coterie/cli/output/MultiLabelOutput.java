package dev.coterie.cli.output;

import dev.coterie.consensus.MultiLabelConsensus;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes a result of sets of labels.
 *
 * @param consensus the result
 * @param labels all labels, in the order in which they are to stand
 * @param answers the number of answers of each expert
 * @param posteriors whether labels that do not hold are written too
 */
public record MultiLabelOutput(
    MultiLabelConsensus consensus, List<String> labels, long[] answers, boolean posteriors) {

  /**
   * Writes a line for each label that holds for a task, with its posterior; one with an empty label
   * for a task for which none holds. With posteriors there is a line for each label, which says
   * whether it holds.
   *
   * @param writer where it goes
   * @param delimiter what separates fields
   * @throws IOException when it cannot be written
   */
  public void tasks(Writer writer, char delimiter) throws IOException {
    CsvText csv = new CsvText(writer, delimiter);
    csv.field("task").field("label").field("posterior");
    if (posteriors) {
      csv.field("holds");
    }
    csv.end();
    for (String task : consensus.table().taskNames()) {
      Set<String> holding = consensus.labels(task);
      for (String label : labels) {
        boolean holds = holding.contains(label);
        if (posteriors || holds) {
          csv.field(task).field(label).field(consensus.probability(task, label));
          if (posteriors) {
            csv.field(holds ? "yes" : "no");
          }
          csv.end();
        }
      }
      if (holding.isEmpty() && !posteriors) {
        csv.field(task).empty().empty().end();
      }
    }
  }

  /**
   * Writes a line for each expert: the number of answers, and the skill for each label.
   *
   * @param writer where it goes
   * @param delimiter what separates fields
   * @throws IOException when it cannot be written
   */
  public void experts(Writer writer, char delimiter) throws IOException {
    CsvText csv = new CsvText(writer, delimiter);
    csv.field("expert").field("answers");
    labels.forEach(label -> csv.field("skill_" + label));
    csv.end();
    List<String> experts = consensus.table().expertNames();
    for (int i = 0; i < experts.size(); i++) {
      String expert = experts.get(i);
      csv.field(expert).field(answers[i]);
      labels.forEach(label -> csv.field(consensus.skill(expert, label)));
      csv.end();
    }
  }

  /**
   * Writes one JSON document: the method, the labels, the tasks and the experts.
   *
   * @param writer where it goes
   * @param method the method's id
   * @param options the options that decide the result
   * @throws IOException when it cannot be written
   */
  public void json(Writer writer, String method, Map<String, Object> options) throws IOException {
    JsonText json = new JsonText(writer);
    json.openLines('{').name("method").value(method);
    json.name("kind").value("multi-label").name("options");
    JsonResult.object(json, options);
    json.name("answers").value(consensus.table().answers());
    json.name("converged").value(consensus.converged());
    json.name("labels").openInline('[');
    labels.forEach(json::value);
    json.close(']').name("tasks").openLines('[');
    for (String task : consensus.table().taskNames()) {
      task(json, task);
    }
    json.close(']').name("experts").openLines('[');
    List<String> experts = consensus.table().expertNames();
    for (int i = 0; i < experts.size(); i++) {
      String expert = experts.get(i);
      json.openInline('{').name("expert").value(expert).name("answers").value(answers[i]);
      json.name("skills").openInline('[');
      labels.forEach(label -> json.value(consensus.skill(expert, label)));
      json.close(']').close('}');
    }
    json.close(']').close('}');
  }

  private void task(JsonText json, String task) throws IOException {
    Set<String> holding = consensus.labels(task);
    json.openInline('{').name("task").value(task).name("labels").openInline('[');
    for (String label : labels) {
      if (holding.contains(label)) {
        json.openInline('{').name("label").value(label);
        json.name("posterior").value(consensus.probability(task, label)).close('}');
      }
    }
    json.close(']');
    if (posteriors) {
      json.name("posteriors").openInline('[');
      labels.forEach(label -> json.value(consensus.probability(task, label)));
      json.close(']');
    }
    json.close('}');
  }
}
