package dev.coterie.cli.output;

import dev.coterie.text.Response;
import dev.coterie.text.TextAnswer;
import dev.coterie.text.TextCluster;
import dev.coterie.text.TextResult;
import dev.coterie.text.Theme;
import java.io.IOException;
import java.io.Writer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes a consensus of texts.
 *
 * @param result the result
 */
public record TextOutput(TextResult result) {
  /**
   * Returns the names of the experts who wrote the texts of a cluster.
   *
   * @param cluster the cluster
   * @return in order, each once
   */
  public static List<String> experts(TextCluster cluster) {
    return cluster.members().stream().map(Response::expert).distinct().sorted().toList();
  }

  /**
   * Returns how many experts answered a task.
   *
   * @param answer the task's answer
   * @return at least 1
   */
  public static int experts(TextAnswer answer) {
    Set<String> experts = new HashSet<>();
    answer.supporters().members().forEach(response -> experts.add(response.expert()));
    answer
        .dissent()
        .forEach(cluster -> cluster.members().forEach(response -> experts.add(response.expert())));
    return experts.size();
  }

  /**
   * Writes a line for each task: the answer, who wrote it, its confidence, the supporters' share of
   * the votes, the number of supporting experts, and the number of clusters.
   *
   * @param writer where it goes
   * @param delimiter what separates fields
   * @throws IOException when it cannot be written
   */
  public void tasks(Writer writer, char delimiter) throws IOException {
    CsvText csv = new CsvText(writer, delimiter);
    csv.field("task").field("text").field("expert").field("confidence").field("support");
    csv.field("supporters").field("clusters").end();
    for (TextAnswer answer : result.answers()) {
      csv.field(answer.task()).field(answer.text()).field(answer.chosen().expert());
      csv.field(answer.confidence()).field(answer.support());
      csv.field(experts(answer.supporters()).size()).field(1 + answer.dissent().size()).end();
    }
  }

  /**
   * Writes a line for each expert: the number of texts and the skill, which is empty where it is
   * not known.
   *
   * @param writer where it goes
   * @param delimiter what separates fields
   * @throws IOException when it cannot be written
   */
  public void experts(Writer writer, char delimiter) throws IOException {
    CsvText csv = new CsvText(writer, delimiter);
    csv.field("expert").field("texts").field("skill").end();
    Map<String, Long> texts = textsByExpert();
    for (String expert : result.table().experts()) {
      csv.field(expert).field(texts.get(expert)).known(result.skill(expert)).end();
    }
  }

  /**
   * Returns how many texts each expert wrote.
   *
   * @return the numbers by the expert's name
   */
  public Map<String, Long> textsByExpert() {
    Map<String, Long> texts = new HashMap<>();
    result.table().responses().forEach(each -> texts.merge(each.expert(), 1L, Long::sum));
    return texts;
  }

  /**
   * Writes one JSON document: the options, the tasks with all their clusters, texts and themes, and
   * the experts.
   *
   * @param writer where it goes
   * @param options the options that decide the result
   * @throws IOException when it cannot be written
   */
  public void json(Writer writer, Map<String, Object> options) throws IOException {
    JsonText json = new JsonText(writer);
    json.openLines('{').name("kind").value("text").name("options");
    JsonResult.object(json, options);
    json.name("texts").value(result.table().responses().size());
    json.name("tasks").openLines('[');
    for (TextAnswer answer : result.answers()) {
      task(json, answer);
    }
    json.close(']').name("experts").openLines('[');
    Map<String, Long> texts = textsByExpert();
    for (String expert : result.table().experts()) {
      json.openInline('{').name("expert").value(expert);
      json.name("texts").value(texts.get(expert).longValue());
      json.name("skill").value(result.skill(expert)).close('}');
    }
    json.close(']').close('}');
  }

  private void task(JsonText json, TextAnswer answer) throws IOException {
    json.openLines('{').name("task").value(answer.task());
    json.name("text").value(answer.text());
    json.name("expert").value(answer.chosen().expert());
    json.name("confidence").value(answer.confidence());
    json.name("support").value(answer.support());
    json.name("experts").value(experts(answer));
    json.name("supporters");
    cluster(json, answer.supporters());
    json.name("dissent").openLines('[');
    for (TextCluster cluster : answer.dissent()) {
      cluster(json, cluster);
    }
    json.close(']').name("themes").openLines('[');
    for (Theme theme : answer.themes()) {
      json.openInline('{').name("text").value(theme.text()).name("score").value(theme.score());
      json.name("inside").value(theme.inside()).name("outside").value(theme.outside()).close('}');
    }
    json.close(']').close('}');
  }

  private void cluster(JsonText json, TextCluster cluster) throws IOException {
    json.openLines('{').name("text").value(cluster.medoid().text());
    json.name("expert").value(cluster.medoid().expert());
    json.name("support").value(cluster.support());
    json.name("members").openLines('[');
    for (Response response : cluster.members()) {
      json.openInline('{').name("expert").value(response.expert());
      json.name("text").value(response.text());
      json.name("confidence").value(response.confidence());
      json.name("weight").value(result.weight(response));
      json.name("centrality").value(result.centrality(response)).close('}');
    }
    json.close(']').close('}');
  }
}
