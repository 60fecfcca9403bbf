package dev.coterie.cli.input;

import dev.coterie.consensus.AnswerTable;
import java.util.ArrayList;
import java.util.List;

/** The answers of a file, read whole, from which one table is made. */
public final class AnswerFile {
  private static final String EXAMPLE = "task,expert,label";
  private static final int ROWS_BETWEEN_REPORTS = 1 << 13;

  private final ByteNames tasks = new ByteNames();
  private final ByteNames experts = new ByteNames();
  private final ByteNames labels = new ByteNames();
  private final AnswerColumns columns;

  private AnswerFile(AnswerColumns columns) {
    this.columns = columns;
  }

  /**
   * Reads all answers.
   *
   * @param source the text; closed before this returns
   * @param delimiter the byte between fields, or 0 to find out
   * @param names the columns
   * @param watch is told the progress
   * @return the answers, at least one
   * @throws InputException naming the line that is wrong
   */
  public static AnswerFile read(
      TextSource source, byte delimiter, ColumnNames names, ReadWatch watch) {
    try (source;
        RecordReader reader = new RecordReader(source, delimiter)) {
      Header header = new Header(reader, EXAMPLE);
      int task = header.required("--task-column", names.task(), "task");
      int expert = header.required("--expert-column", names.expert(), "expert", "worker");
      int label = header.required("--label-column", names.label(), "label");
      int weight = header.optional("--weight-column", names.weight(), "weight");
      AnswerFile file = new AnswerFile(new AnswerColumns(weight >= 0));
      long rows = 0;
      while (reader.next()) {
        header.checkFields();
        header.checkPresent(task, "task");
        header.checkPresent(expert, "expert");
        header.checkPresent(label, "label");
        float amount = 1.0f;
        if (weight >= 0) {
          header.checkPresent(weight, "weight");
          amount = Weights.parse(reader, weight);
        }
        file.columns.add(
            intern(file.tasks, reader, task),
            intern(file.experts, reader, expert),
            intern(file.labels, reader, label),
            amount);
        if ((++rows & (ROWS_BETWEEN_REPORTS - 1)) == 0) {
          watch.rows(rows);
        }
      }
      if (rows == 0) {
        throw reader.wrong("there are no answers below the header; add at least one line");
      }
      watch.rows(rows);
      return file;
    }
  }

  private static int intern(ByteNames names, RecordReader reader, int field) {
    return names.intern(reader.bytes(), reader.start(field), reader.end(field));
  }

  /**
   * Makes the table; tasks and experts have the indices of their first appearance. Can be called
   * once.
   *
   * @param builder an empty builder
   * @param sorted whether labels are sorted (by number when all are numbers, otherwise by code
   *     points) or keep the order of their first appearance
   * @param tally counts every answer
   * @return the table, to be closed by the caller
   */
  public AnswerTable toTable(AnswerTable.Builder builder, boolean sorted, AnswerTally tally) {
    String[] taskNames = strings(tasks);
    String[] expertNames = strings(experts);
    String[] labelNames = strings(labels);
    List<String> order = new ArrayList<>();
    for (int index : sorted ? LabelOrder.sorted(labels) : LabelOrder.firstSeen(labels)) {
      order.add(labelNames[index]);
    }
    builder.labels(order);
    tally.begin(taskNames, expertNames.length, labelNames);
    for (int i = 0; i < columns.pieces(); i++) {
      int size = columns.sizeOf(i);
      AnswerColumns.Piece piece = columns.take(i);
      for (int j = 0; j < size; j++) {
        int task = piece.task()[j];
        int expert = piece.expert()[j];
        int label = piece.label()[j];
        tally.count(task, expert, label);
        builder.add(
            taskNames[task],
            expertNames[expert],
            labelNames[label],
            piece.weight() == null ? 1.0f : piece.weight()[j]);
      }
    }
    return builder.build();
  }

  private static String[] strings(ByteNames names) {
    String[] strings = new String[names.size()];
    for (int i = 0; i < strings.length; i++) {
      strings[i] = names.name(i);
    }
    return strings;
  }
}
