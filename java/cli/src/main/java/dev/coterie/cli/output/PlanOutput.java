package dev.coterie.cli.output;

import dev.coterie.consensus.AnswerTable;
import dev.coterie.consensus.Consensus;
import dev.coterie.consensus.online.Acquisition;
import java.io.IOException;
import java.io.Writer;
import java.util.Locale;

/**
 * Writes whom to ask next, and how every task stands.
 *
 * @param plan the plan
 * @param consensus the result that it was made from
 */
public record PlanOutput(Acquisition.Plan plan, Consensus consensus) {
  /**
   * Returns a state as a word.
   *
   * @param state the state of a task
   * @return such as {@code not-worth}
   */
  public static String word(Acquisition.TaskState state) {
    return state.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Writes a line for each question, the best one first.
   *
   * @param writer where it goes
   * @param delimiter what separates fields
   * @throws IOException when it cannot be written
   */
  public void asks(Writer writer, char delimiter) throws IOException {
    CsvText csv = new CsvText(writer, delimiter);
    csv.field("task").field("expert").field("cost").field("gain");
    csv.field("expected_answers").field("gain_per_cost").end();
    for (Acquisition.Ask ask : plan.asks()) {
      csv.field(ask.task()).field(ask.expert()).field(ask.cost()).field(ask.gain());
      csv.known(known(ask.expectedAnswers())).field(ask.gainPerCost()).end();
    }
  }

  /** So many answers that nobody can say how many are not known. */
  private static double known(double expected) {
    return Double.isInfinite(expected) ? Double.NaN : expected;
  }

  /**
   * Writes a line for each task: its state, its answer and the answer's posterior.
   *
   * @param writer where it goes
   * @param delimiter what separates fields
   * @throws IOException when it cannot be written
   */
  public void tasks(Writer writer, char delimiter) throws IOException {
    AnswerTable table = consensus.table();
    CsvText csv = new CsvText(writer, delimiter);
    csv.field("task").field("state").field("answer").field("posterior").end();
    for (int task = 0; task < table.tasks(); task++) {
      csv.field(table.taskName(task)).field(word(plan.state(task)));
      int answer = consensus.answer(task);
      if (answer < 0) {
        csv.empty().empty().end();
      } else {
        csv.field(table.labelName(answer)).field(consensus.posterior(task, answer)).end();
      }
    }
  }

  /**
   * Writes one JSON document: what the plan costs, its questions, and the tasks.
   *
   * @param writer where it goes
   * @param method the id of the method behind it
   * @param confidence the wanted one
   * @throws IOException when it cannot be written
   */
  public void json(Writer writer, String method, double confidence) throws IOException {
    AnswerTable table = consensus.table();
    JsonText json = new JsonText(writer);
    json.openLines('{').name("method").value(method).name("confidence").value(confidence);
    json.name("cost").value(plan.cost());
    json.name("states").openInline('{');
    for (Acquisition.TaskState state : Acquisition.TaskState.values()) {
      json.name(word(state)).value(plan.count(state));
    }
    json.close('}').name("asks").openLines('[');
    for (Acquisition.Ask ask : plan.asks()) {
      json.openInline('{').name("task").value(ask.task()).name("expert").value(ask.expert());
      json.name("cost").value(ask.cost()).name("gain").value(ask.gain());
      json.name("expected_answers").value(ask.expectedAnswers());
      json.name("gain_per_cost").value(ask.gainPerCost()).close('}');
    }
    json.close(']').name("tasks").openLines('[');
    for (int task = 0; task < table.tasks(); task++) {
      int answer = consensus.answer(task);
      json.openInline('{').name("task").value(table.taskName(task));
      json.name("state").value(word(plan.state(task)));
      json.name("answer").value(answer < 0 ? null : table.labelName(answer));
      json.name("posterior").value(answer < 0 ? Double.NaN : consensus.posterior(task, answer));
      json.close('}');
    }
    json.close(']').close('}');
  }
}
