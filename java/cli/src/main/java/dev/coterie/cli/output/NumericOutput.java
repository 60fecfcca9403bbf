package dev.coterie.cli.output;

import dev.coterie.cli.input.AnswerTally;
import dev.coterie.consensus.numeric.NumericConsensus;
import dev.coterie.consensus.numeric.NumericTable;
import java.io.IOException;
import java.io.Writer;
import java.util.Map;

/** Writes the result of a numeric method. */
public final class NumericOutput {
  private NumericOutput() {}

  /**
   * Writes a line for each task: its estimate, standard error and spread; what is not known is
   * empty.
   *
   * @param writer where it goes
   * @param delimiter what separates fields
   * @param consensus the result
   * @throws IOException when it cannot be written
   */
  public static void tasks(Writer writer, char delimiter, NumericConsensus consensus)
      throws IOException {
    NumericTable table = consensus.table();
    CsvText csv = new CsvText(writer, delimiter);
    csv.field("task").field("estimate").field("standard_error").field("spread").end();
    for (int task = 0; task < table.tasks(); task++) {
      csv.field(table.taskName(task)).known(consensus.estimate(task));
      csv.known(consensus.standardError(task)).known(consensus.spread(task)).end();
    }
  }

  /**
   * Writes a line for each expert: the number of answers, the weight as a share, the bias and the
   * deviation.
   *
   * @param writer where it goes
   * @param delimiter what separates fields
   * @param consensus the result
   * @param tally the numbers of answers
   * @throws IOException when it cannot be written
   */
  public static void experts(
      Writer writer, char delimiter, NumericConsensus consensus, AnswerTally tally)
      throws IOException {
    NumericTable table = consensus.table();
    CsvText csv = new CsvText(writer, delimiter);
    csv.field("expert").field("answers").field("weight").field("bias").field("deviation").end();
    for (int expert = 0; expert < table.experts(); expert++) {
      csv.field(table.expertName(expert)).field(tally.answers(expert));
      csv.known(consensus.weight(expert)).known(consensus.bias(expert));
      csv.known(consensus.deviation(expert)).end();
    }
  }

  /**
   * Writes one JSON document: the method, the run, the tasks and the experts.
   *
   * @param writer where it goes
   * @param method the method's id
   * @param options the options that decide the result
   * @param consensus the result
   * @param tally the numbers of answers
   * @throws IOException when it cannot be written
   */
  public static void json(
      Writer writer,
      String method,
      Map<String, Object> options,
      NumericConsensus consensus,
      AnswerTally tally)
      throws IOException {
    NumericTable table = consensus.table();
    JsonText json = new JsonText(writer);
    json.openLines('{').name("method").value(method).name("options");
    JsonResult.object(json, options);
    json.name("answers").value(table.answers());
    json.name("iterations").value(consensus.iterations());
    json.name("converged").value(consensus.converged());
    json.name("objective").value(consensus.objective());
    json.name("tasks").openLines('[');
    for (int task = 0; task < table.tasks(); task++) {
      json.openInline('{').name("task").value(table.taskName(task));
      json.name("estimate").value(consensus.estimate(task));
      json.name("standard_error").value(consensus.standardError(task));
      json.name("spread").value(consensus.spread(task)).close('}');
    }
    json.close(']').name("experts").openLines('[');
    for (int expert = 0; expert < table.experts(); expert++) {
      json.openInline('{').name("expert").value(table.expertName(expert));
      json.name("answers").value(tally.answers(expert));
      json.name("weight").value(consensus.weight(expert));
      json.name("bias").value(consensus.bias(expert));
      json.name("deviation").value(consensus.deviation(expert)).close('}');
    }
    json.close(']').close('}');
  }
}
