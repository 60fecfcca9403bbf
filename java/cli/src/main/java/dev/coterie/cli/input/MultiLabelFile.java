package dev.coterie.cli.input;

import dev.coterie.consensus.MultiLabelTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Answers that are sets of labels, read whole: each line has one label of a set. */
public final class MultiLabelFile {
  private static final int ROWS_BETWEEN_REPORTS = 1 << 13;

  private final String name;
  private final Names tasks = new Names();
  private final Names experts = new Names();
  private final Names labels = new Names();
  private final List<Long> labelLines = new ArrayList<>();
  private final Map<Long, Given> answers = new LinkedHashMap<>();

  /** Names by index, so that each is made into a string once. */
  private static final class Names {
    private final ByteNames interned = new ByteNames();
    private final List<String> strings = new ArrayList<>();

    int of(RecordReader reader, int field) {
      int index = interned.intern(reader.bytes(), reader.start(field), reader.end(field));
      if (index == strings.size()) {
        strings.add(interned.name(index));
      }
      return index;
    }
  }

  /** The set that an expert gave to a task. */
  private record Given(int task, int expert, float weight, long line, List<String> labels) {}

  private MultiLabelFile(String name) {
    this.name = name;
  }

  /**
   * Reads all answers. An empty label adds none to the set.
   *
   * @param source the text; closed before this returns
   * @param delimiter the byte between fields, or 0 to find out
   * @param names the columns
   * @param watch is told the progress
   * @return the answers, at least one, with at least one label
   * @throws InputException naming the line that is wrong
   */
  public static MultiLabelFile read(
      TextSource source, byte delimiter, ColumnNames names, ReadWatch watch) {
    try (source;
        RecordReader reader = new RecordReader(source, delimiter)) {
      Header header = new Header(reader, "task,expert,label");
      int task = header.required("--task-column", names.task(), "task");
      int expert = header.required("--expert-column", names.expert(), "expert", "worker");
      int label = header.required("--label-column", names.label(), "label");
      int weight = header.optional("--weight-column", names.weight(), "weight");
      MultiLabelFile file = new MultiLabelFile(reader.name());
      long rows = 0;
      while (reader.next()) {
        header.checkFields();
        header.checkPresent(task, "task");
        header.checkPresent(expert, "expert");
        float amount = 1.0f;
        if (weight >= 0) {
          header.checkPresent(weight, "weight");
          amount = Weights.parse(reader, weight);
        }
        file.add(
            reader, file.tasks.of(reader, task), file.experts.of(reader, expert), label, amount);
        if ((++rows & (ROWS_BETWEEN_REPORTS - 1)) == 0) {
          watch.rows(rows);
        }
      }
      if (rows == 0) {
        throw reader.wrong("there are no answers below the header; add at least one line");
      }
      if (file.labels.strings.isEmpty()) {
        throw reader.wrong("every label is empty; fill in at least one");
      }
      watch.rows(rows);
      return file;
    }
  }

  private void add(RecordReader reader, int task, int expert, int label, float weight) {
    Given given =
        answers.computeIfAbsent(
            (long) task << Integer.SIZE | expert,
            key -> new Given(task, expert, weight, reader.line(), new ArrayList<>(2)));
    if (given.weight() != weight) {
      throw reader.wrong(
          "the answer of expert "
              + Quoted.text(experts.strings.get(expert))
              + " to task "
              + Quoted.text(tasks.strings.get(task))
              + " has weight "
              + weight
              + " here but "
              + given.weight()
              + " on line "
              + given.line()
              + "; a set has one weight");
    }
    if (reader.isBlank(label)) {
      return;
    }
    int index = labels.of(reader, label);
    if (index == labelLines.size()) {
      labelLines.add(reader.line());
    }
    given.labels().add(labels.strings.get(index));
  }

  /**
   * Makes the table.
   *
   * @return the table, with tasks, experts and labels in the order of their first appearance
   */
  public MultiLabelTable toTable() {
    MultiLabelTable.Builder builder = MultiLabelTable.builder();
    for (Given given : answers.values()) {
      builder.add(
          tasks.strings.get(given.task()),
          experts.strings.get(given.expert()),
          given.labels(),
          given.weight());
    }
    return builder.build();
  }

  /**
   * Returns how many sets each expert gave.
   *
   * @return the numbers by the expert's index
   */
  public long[] answersByExpert() {
    long[] counts = new long[experts.strings.size()];
    answers.values().forEach(given -> counts[given.expert()]++);
    return counts;
  }

  /**
   * Returns the labels in an order.
   *
   * @param order the order
   * @return all labels
   * @throws InputException when the order has other labels than the file
   */
  public List<String> labels(LabelOrder order) {
    return order
        .indices(
            labels.interned,
            (label, message) -> new InputException(name, labelLines.get(label), message))
        .stream()
        .map(labels.strings::get)
        .toList();
  }
}
