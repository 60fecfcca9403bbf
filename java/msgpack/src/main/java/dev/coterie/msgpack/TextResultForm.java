package dev.coterie.msgpack;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The result of a consensus of texts. Rows are those of the responses it was made from.
 *
 * @param responses the number of responses, which every row is below
 * @param tasks what came out, task by task
 */
public record TextResultForm(int responses, List<Task> tasks) implements WireForm {
  /** Copies the list. */
  public TextResultForm {
    tasks = List.copyOf(tasks);
  }

  /**
   * The result of one task.
   *
   * @param task its name; null only where it is the one task
   * @param chosen the row of the chosen text; null where none could be chosen
   * @param confidence how sure the choice is, from 0 to 1
   * @param support the rows that support the choice
   * @param dissent the clusters of texts that say something else
   * @param themes what the texts are about
   */
  public record Task(
      String task,
      Integer chosen,
      double confidence,
      int[] support,
      List<Cluster> dissent,
      List<Theme> themes) {
    /** Copies the lists. */
    public Task {
      dissent = List.copyOf(dissent);
      themes = List.copyOf(themes);
    }
  }

  /**
   * Texts that say the same. Its size is the number of its members.
   *
   * @param medoid the row of the text in its middle
   * @param members the rows of its texts
   */
  public record Cluster(int medoid, int[] members) {}

  /**
   * A theme with its score.
   *
   * @param theme the theme in words
   * @param score how much it matters: a finite number
   */
  public record Theme(String theme, double score) {}

  @Override
  public WireKind kind() {
    return WireKind.TEXT_RESULT;
  }

  /**
   * Reads the result of a consensus of texts. Time and memory are linear in the message's length.
   *
   * @param message the whole message, which is not kept
   * @return what it says
   * @throws WireException when the message is refused
   */
  public static TextResultForm read(byte[] message) {
    return read(Envelope.open(message, WireKind.TEXT_RESULT));
  }

  static TextResultForm read(Fields body) {
    int responses = body.required("responses").index(1L << 31);
    Value list = body.required("tasks");
    boolean several = list.arrayLength() > 1;
    Set<String> known = new HashSet<>();
    List<Task> tasks = new ArrayList<>();
    list.forEach(
        place -> {
          Fields map = new Fields(place);
          Value task = map.optional("tasks.task");
          if (task == null && several) {
            throw map.missing("tasks.task");
          }
          String name = task == null ? null : task.text();
          if (task != null && !known.add(name)) {
            throw task.refused(WireReason.DUPLICATE_NAME);
          }
          tasks.add(task(name, map, responses));
        });
    return new TextResultForm(responses, tasks);
  }

  private static Task task(String name, Fields map, int limit) {
    Value chosen = map.optional("tasks.chosen");
    Integer row = chosen == null ? null : (Integer) chosen.index(limit);
    double confidence = map.required("tasks.confidence").share();
    int[] support = map.required("tasks.support").rows(limit);
    List<Cluster> dissent = new ArrayList<>();
    Value clusters = map.optional("tasks.dissent");
    if (clusters != null) {
      clusters.forEach(place -> dissent.add(cluster(new Fields(place), limit)));
    }
    List<Theme> themes = new ArrayList<>();
    Value list = map.optional("tasks.themes");
    if (list != null) {
      list.forEach(place -> themes.add(theme(new Fields(place))));
    }
    return new Task(name, row, confidence, support, dissent, themes);
  }

  private static Cluster cluster(Fields map, int limit) {
    int medoid = map.required("tasks.dissent.medoid").index(limit);
    return new Cluster(medoid, map.required("tasks.dissent.members").rows(limit));
  }

  private static Theme theme(Fields map) {
    String theme = map.required("tasks.themes.theme").text();
    return new Theme(theme, map.required("tasks.themes.score").number());
  }

  @Override
  public byte[] toBytes() {
    return Envelope.write(
        kind(),
        writer -> {
          writer.map(2);
          writer.text("responses");
          writer.integer(responses);
          writer.text("tasks");
          writer.array(tasks.size());
          tasks.forEach(task -> write(task, writer));
        });
  }

  private static void write(Task task, Writer writer) {
    int pairs = 2;
    pairs += task.task != null ? 1 : 0;
    pairs += task.chosen != null ? 1 : 0;
    pairs += task.dissent.isEmpty() ? 0 : 1;
    pairs += task.themes.isEmpty() ? 0 : 1;
    writer.map(pairs);
    if (task.task != null) {
      writer.text("task");
      writer.text(task.task);
    }
    if (task.chosen != null) {
      writer.text("chosen");
      writer.integer(task.chosen);
    }
    writer.text("confidence");
    writer.number(task.confidence);
    writer.text("support");
    writer.rows(task.support);
    if (!task.dissent.isEmpty()) {
      writer.text("dissent");
      writer.array(task.dissent.size());
    }
    for (Cluster cluster : task.dissent) {
      writer.map(2);
      writer.text("medoid");
      writer.integer(cluster.medoid);
      writer.text("members");
      writer.rows(cluster.members);
    }
    if (!task.themes.isEmpty()) {
      writer.text("themes");
      writer.array(task.themes.size());
    }
    for (Theme theme : task.themes) {
      writer.map(2);
      writer.text("theme");
      writer.text(theme.theme);
      writer.text("score");
      writer.number(theme.score);
    }
  }
}
