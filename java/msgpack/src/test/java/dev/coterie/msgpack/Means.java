package dev.coterie.msgpack;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What a form says, in the lines of a golden file. */
final class Means {
  private final List<String> lines = new ArrayList<>();

  private Means() {}

  static List<String> of(WireForm form) {
    Means means = new Means();
    means.lines.add("kind " + form.kind().id());
    if (form instanceof ResponsesForm responses) {
      means.add(responses);
    } else if (form instanceof AnswersForm answers) {
      means.add(answers);
    } else if (form instanceof TextResultForm result) {
      means.add(result);
    } else if (form instanceof CategoricalResultForm result) {
      means.add(result);
    }
    return means.lines;
  }

  private void line(String path, Stream<String> tokens) {
    StringBuilder line = new StringBuilder("means ").append(path);
    tokens.forEach(token -> line.append(' ').append(token));
    lines.add(line.toString());
  }

  private void one(String path, String token) {
    if (token != null) {
      line(path, Stream.of(token));
    }
  }

  private void count(String path, int count) {
    line(path, count > 0 ? Stream.of(Integer.toString(count)) : Stream.empty());
  }

  private static String hex(String text) {
    if (text == null) {
      return null;
    }
    return text.isEmpty() ? "-" : HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String bits(Double value) {
    return value == null ? null : HexFormat.of().toHexDigits(Double.doubleToRawLongBits(value));
  }

  private void texts(String path, List<String> texts) {
    line(path, texts.stream().map(Means::hex));
  }

  private void column(String path, int[] values) {
    line(path, Arrays.stream(values).mapToObj(Integer::toString));
  }

  private void column(String path, float[] values) {
    HexFormat hex = HexFormat.of();
    line(
        path,
        IntStream.range(0, values.length)
            .mapToObj(i -> hex.toHexDigits(Float.floatToRawIntBits(values[i]))));
  }

  private void column(String path, double[] values) {
    line(path, Arrays.stream(values).mapToObj(Means::bits));
  }

  private void add(ResponsesForm responses) {
    count("rows", responses.rows().size());
    for (int i = 0; i < responses.rows().size(); i++) {
      ResponsesForm.Response row = responses.rows().get(i);
      String path = "rows." + i + ".";
      one(path + "task", hex(row.task()));
      one(path + "expert", hex(row.expert()));
      one(path + "text", hex(row.text()));
      one(path + "confidence", bits(row.confidence()));
      if (row.embedding() != null) {
        column(path + "embedding", row.embedding());
      }
    }
  }

  private void add(AnswersForm answers) {
    texts("tasks", answers.tasks());
    texts("experts", answers.experts());
    texts("labels", answers.labels());
    column("task", answers.task());
    column("expert", answers.expert());
    column("label", answers.label());
    if (answers.weight() != null) {
      column("weight", answers.weight());
    }
  }

  private void add(TextResultForm result) {
    one("responses", Integer.toString(result.responses()));
    count("tasks", result.tasks().size());
    for (int i = 0; i < result.tasks().size(); i++) {
      TextResultForm.Task task = result.tasks().get(i);
      String path = "tasks." + i + ".";
      one(path + "task", hex(task.task()));
      one(path + "chosen", task.chosen() == null ? null : task.chosen().toString());
      one(path + "confidence", bits(task.confidence()));
      column(path + "support", task.support());
      count(path + "dissent", task.dissent().size());
      for (int j = 0; j < task.dissent().size(); j++) {
        one(path + "dissent." + j + ".medoid", "" + task.dissent().get(j).medoid());
        column(path + "dissent." + j + ".members", task.dissent().get(j).members());
      }
      count(path + "themes", task.themes().size());
      for (int j = 0; j < task.themes().size(); j++) {
        one(path + "themes." + j + ".theme", hex(task.themes().get(j).theme()));
        one(path + "themes." + j + ".score", bits(task.themes().get(j).score()));
      }
    }
  }

  private void add(CategoricalResultForm result) {
    one("method", hex(result.method()));
    texts("tasks", result.tasks());
    texts("experts", result.experts());
    texts("labels", result.labels());
    column("answer", result.answer());
    column("runner_up", result.runnerUp());
    column("posterior", result.posterior());
    column("skill", result.skill());
    one("iterations", Integer.toString(result.iterations()));
    one("objective", bits(result.objective()));
    one("converged", Boolean.toString(result.converged()));
  }
}
