package dev.coterie.cli.output;

import dev.coterie.consensus.pairwise.ComparisonTable;
import dev.coterie.consensus.pairwise.PairwiseConsensus;
import java.io.IOException;
import java.io.Writer;
import java.util.Map;

/** Writes the result of a pairwise method. */
public final class PairwiseOutput {
  private PairwiseOutput() {}

  /** Returns the items by their ranks. */
  private static int[] ranking(PairwiseConsensus consensus) {
    int[] items = new int[consensus.table().items()];
    for (int item = 0; item < items.length; item++) {
      items[consensus.rank(item) - 1] = item;
    }
    return items;
  }

  /**
   * Writes a line for each item, the best first: its rank, score and standard error, which is empty
   * when it is not known.
   *
   * @param writer where it goes
   * @param delimiter what separates fields
   * @param consensus the result
   * @throws IOException when it cannot be written
   */
  public static void items(Writer writer, char delimiter, PairwiseConsensus consensus)
      throws IOException {
    CsvText csv = new CsvText(writer, delimiter);
    csv.field("item").field("rank").field("score").field("standard_error").end();
    for (int item : ranking(consensus)) {
      csv.field(consensus.table().itemName(item)).field((long) consensus.rank(item));
      csv.known(consensus.score(item)).known(consensus.standardError(item)).end();
    }
  }

  /**
   * Writes a line for each expert: the skill and the bias.
   *
   * @param writer where it goes
   * @param delimiter what separates fields
   * @param consensus a result that has skills
   * @throws IOException when it cannot be written
   */
  public static void experts(Writer writer, char delimiter, PairwiseConsensus consensus)
      throws IOException {
    ComparisonTable table = consensus.table();
    CsvText csv = new CsvText(writer, delimiter);
    csv.field("expert").field("skill").field("bias").end();
    for (int expert = 0; expert < table.experts(); expert++) {
      csv.field(table.expertName(expert));
      csv.field(consensus.skill(expert)).field(consensus.bias(expert)).end();
    }
  }

  /**
   * Writes one JSON document: the method, the run, the items, the best first, and the experts where
   * the method knows them. Scores of items of one group alone can be compared, unless all can.
   *
   * @param writer where it goes
   * @param method the method's id
   * @param options the options that decide the result
   * @param consensus the result
   * @throws IOException when it cannot be written
   */
  public static void json(
      Writer writer, String method, Map<String, Object> options, PairwiseConsensus consensus)
      throws IOException {
    ComparisonTable table = consensus.table();
    JsonText json = new JsonText(writer);
    json.openLines('{').name("method").value(method).name("options");
    JsonResult.object(json, options);
    json.name("comparisons").value(table.comparisons());
    json.name("iterations").value(consensus.iterations());
    json.name("converged").value(consensus.converged());
    json.name("objective").value(consensus.objective());
    json.name("tie_parameter").value(consensus.tieParameter());
    json.name("order_effect").value(consensus.orderEffect());
    json.name("comparable").value(consensus.isComparable());
    json.name("components").value(consensus.components());
    json.name("strong_components").value(consensus.strongComponents());
    json.name("items").openLines('[');
    for (int item : ranking(consensus)) {
      json.openInline('{').name("item").value(table.itemName(item));
      json.name("rank").value(consensus.rank(item));
      json.name("score").value(consensus.score(item));
      json.name("standard_error").value(consensus.standardError(item));
      json.name("component").value(consensus.component(item));
      json.name("strong_component").value(consensus.strongComponent(item)).close('}');
    }
    json.close(']');
    if (consensus.hasSkills()) {
      json.name("experts").openLines('[');
      for (int expert = 0; expert < table.experts(); expert++) {
        json.openInline('{').name("expert").value(table.expertName(expert));
        json.name("skill").value(consensus.skill(expert));
        json.name("bias").value(consensus.bias(expert)).close('}');
      }
      json.close(']');
    }
    json.close('}');
  }
}
