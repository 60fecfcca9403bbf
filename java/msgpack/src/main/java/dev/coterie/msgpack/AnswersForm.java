package dev.coterie.msgpack;

import dev.coterie.consensus.AnswerTable;
import java.util.List;

/**
 * Answers: a table of the labels that experts gave. The columns have one element for each answer.
 *
 * @param tasks the names of the tasks, each there once
 * @param experts the names of the experts, each there once
 * @param labels the names of the labels, each there once
 * @param task the index of each answer's task
 * @param expert the index of each answer's expert
 * @param label the index of each answer's label
 * @param weight the weight of each answer, finite and not negative, or null when all are 1
 */
public record AnswersForm(
    List<String> tasks,
    List<String> experts,
    List<String> labels,
    int[] task,
    int[] expert,
    int[] label,
    float[] weight)
    implements WireForm {
  /** Copies the lists. */
  public AnswersForm {
    tasks = List.copyOf(tasks);
    experts = List.copyOf(experts);
    labels = List.copyOf(labels);
  }

  /**
   * Takes the answers out of a table. Takes one pass over it.
   *
   * @param table the table
   * @return its answers, in its order
   * @throws IllegalStateException when the table is closed
   * @throws UnsupportedOperationException when the table has more answers than an array holds
   */
  public static AnswersForm of(AnswerTable table) {
    if (table.answers() > Integer.MAX_VALUE - 8) {
      throw new UnsupportedOperationException(
          "the table has " + table.answers() + " answers: send it in parts, by filter");
    }
    int answers = (int) table.answers();
    int[][] columns = new int[3][answers];
    float[] weight = table.weighted() ? new float[answers] : null;
    for (int i = 0; i < answers; i++) {
      columns[0][i] = table.task(i);
      columns[1][i] = table.expert(i);
      columns[2][i] = table.label(i);
      if (weight != null) {
        weight[i] = table.weight(i);
      }
    }
    return new AnswersForm(
        table.taskNames(),
        table.expertNames(),
        table.labelNames(),
        columns[0],
        columns[1],
        columns[2],
        weight);
  }

  /**
   * Makes a table of the answers, in the storage of the default backend. Labels keep their indices.
   * Tasks and experts get theirs in the order of first appearance; those without an answer are left
   * out.
   *
   * @return the table, to be closed by the caller
   * @throws IllegalArgumentException when there are no answers
   * @throws dev.coterie.memory.OutOfNativeMemoryException when the columns do not fit into off-heap
   *     memory
   * @throws dev.coterie.BackendUnavailableException when {@code coterie.backend} demands a backend
   *     that cannot be used
   */
  public AnswerTable toTable() {
    AnswerTable.Builder builder = AnswerTable.builder();
    if (!labels.isEmpty()) {
      builder.labels(labels);
    }
    for (int i = 0; i < task.length; i++) {
      float each = weight == null ? 1 : weight[i];
      builder.add(tasks.get(task[i]), experts.get(expert[i]), labels.get(label[i]), each);
    }
    return builder.build();
  }

  @Override
  public WireKind kind() {
    return WireKind.ANSWERS;
  }

  /**
   * Reads answers. Time and memory are linear in the message's length.
   *
   * @param message the whole message, which is not kept
   * @return what it says
   * @throws WireException when the message is refused
   */
  public static AnswersForm read(byte[] message) {
    return read(Envelope.open(message, WireKind.ANSWERS));
  }

  static AnswersForm read(Fields body) {
    List<String> tasks = body.required("tasks").names();
    List<String> experts = body.required("experts").names();
    List<String> labels = body.required("labels").names();
    int[] task = body.required("task").indices(-1, 0, tasks.size());
    int[] expert = body.required("expert").indices(task.length, 0, experts.size());
    int[] label = body.required("label").indices(task.length, 0, labels.size());
    Value weight = body.optional("weight");
    float[] weights = weight == null ? null : weight.floats(task.length, 0);
    return new AnswersForm(tasks, experts, labels, task, expert, label, weights);
  }

  @Override
  public byte[] toBytes() {
    return Envelope.write(kind(), this::write);
  }

  private void write(Writer writer) {
    writer.map(weight == null ? 6 : 7);
    writer.text("tasks");
    writer.texts(tasks);
    writer.text("experts");
    writer.texts(experts);
    writer.text("labels");
    writer.texts(labels);
    writer.text("task");
    writer.column(task);
    writer.text("expert");
    writer.column(expert);
    writer.text("label");
    writer.column(label);
    if (weight != null) {
      writer.text("weight");
      writer.column(weight);
    }
  }
}
