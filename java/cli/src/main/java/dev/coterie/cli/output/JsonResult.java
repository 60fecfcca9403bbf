package dev.coterie.cli.output;

import dev.coterie.cli.input.AnswerTally;
import dev.coterie.consensus.AnswerTable;
import dev.coterie.consensus.Auto;
import dev.coterie.consensus.Consensus;
import java.io.IOException;
import java.io.Writer;
import java.util.Collection;
import java.util.Map;

/** Writes a result as one JSON document. */
public final class JsonResult {
  private JsonResult() {}

  /**
   * Writes the method, the run, the labels, the tasks and the experts.
   *
   * @param writer where it goes
   * @param method the method's id
   * @param options the options that decide the result: strings, numbers, truth values or null
   * @param consensus the result
   * @param tally the numbers of answers
   * @param posteriors whether tasks have the posteriors of all labels
   * @throws IOException when it cannot be written
   */
  public static void write(
      Writer writer,
      String method,
      Map<String, Object> options,
      Consensus consensus,
      AnswerTally tally,
      boolean posteriors)
      throws IOException {
    AnswerTable table = consensus.table();
    JsonText json = new JsonText(writer);
    json.openLines('{');
    json.name("method").value(method);
    json.name("options");
    object(json, options);
    json.name("answers").value(table.answers());
    json.name("iterations").value(consensus.iterations());
    json.name("converged").value(consensus.converged());
    json.name("log_likelihood").value(consensus.logLikelihood());
    if (method.equals(AutoJson.METHOD)) {
      AutoJson.write(json, Auto.report(consensus));
    }
    json.name("labels").openInline('[');
    for (int label = 0; label < table.labels(); label++) {
      json.value(table.labelName(label));
    }
    json.close(']').name("class_prior").openInline('[');
    for (int label = 0; label < table.labels(); label++) {
      json.value(consensus.classPrior(label));
    }
    json.close(']').name("tasks").openLines('[');
    for (int task = 0; task < table.tasks(); task++) {
      task(json, consensus, task, posteriors);
    }
    json.close(']').name("experts").openLines('[');
    for (int expert = 0; expert < table.experts(); expert++) {
      expert(json, consensus, expert, tally);
    }
    json.close(']').close('}');
  }

  static void object(JsonText json, Map<?, ?> members) throws IOException {
    json.openInline('{');
    for (Map.Entry<?, ?> member : members.entrySet()) {
      json.name((String) member.getKey());
      Object value = member.getValue();
      if (value instanceof Map<?, ?> map) {
        object(json, map);
      } else if (value instanceof Collection<?> words) {
        json.openInline('[');
        for (Object word : words) {
          json.value((String) word);
        }
        json.close(']');
      } else if (value instanceof Double number) {
        json.value(number.doubleValue());
      } else if (value instanceof Number number) {
        json.value(number.longValue());
      } else if (value instanceof Boolean truth) {
        json.value(truth.booleanValue());
      } else {
        json.value((String) value);
      }
    }
    json.close('}');
  }

  private static void task(JsonText json, Consensus consensus, int task, boolean posteriors)
      throws IOException {
    AnswerTable table = consensus.table();
    int answer = consensus.answer(task);
    int runnerUp = consensus.runnerUp(task);
    json.openInline('{').name("task").value(table.taskName(task));
    json.name("answer").value(answer < 0 ? null : table.labelName(answer));
    json.name("posterior").value(answer < 0 ? Double.NaN : consensus.posterior(task, answer));
    json.name("runner_up").value(runnerUp < 0 ? null : table.labelName(runnerUp));
    json.name("runner_up_posterior");
    json.value(runnerUp < 0 ? Double.NaN : consensus.posterior(task, runnerUp));
    if (consensus.hasDifficulty()) {
      json.name("difficulty").value(consensus.difficulty(task));
    }
    if (posteriors) {
      json.name("posteriors").openInline('[');
      for (int label = 0; label < table.labels(); label++) {
        json.value(consensus.posterior(task, label));
      }
      json.close(']');
    }
    json.close('}');
  }

  private static void expert(JsonText json, Consensus consensus, int expert, AnswerTally tally)
      throws IOException {
    int labels = consensus.table().labels();
    json.openInline('{').name("expert").value(consensus.table().expertName(expert));
    json.name("answers").value(tally.answers(expert));
    json.name("skill").value(consensus.skill(expert));
    if (consensus.hasWeight()) {
      json.name("weight").value(consensus.weight(expert));
    }
    if (consensus.hasConfusion()) {
      json.name("confusion").openInline('[');
      for (int truth = 0; truth < labels; truth++) {
        json.openInline('[');
        for (int label = 0; label < labels; label++) {
          json.value(consensus.confusion(expert, label, truth));
        }
        json.close(']');
      }
      json.close(']');
    }
    json.close('}');
  }
}
