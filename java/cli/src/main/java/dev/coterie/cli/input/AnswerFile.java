package dev.coterie.cli.input;

import dev.coterie.consensus.AnswerTable;
import dev.coterie.consensus.numeric.NumericTable;
import dev.coterie.consensus.online.Answer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/** The answers of a file, read whole, from which one table is made. */
public final class AnswerFile {
  private static final String EXAMPLE = "task,expert,label";
  private static final int ROWS_BETWEEN_REPORTS = 1 << 13;

  private final ByteNames tasks = new ByteNames();
  private final ByteNames experts = new ByteNames();
  private final ByteNames labels = new ByteNames();
  private final List<Long> labelLines = new ArrayList<>();
  private final String name;
  private final AnswerColumns columns;
  private final boolean values;

  private AnswerFile(String name, AnswerColumns columns, boolean values) {
    this.name = name;
    this.columns = columns;
    this.values = values;
  }

  /** Decides which answers are left out. */
  public interface Filter {
    /**
     * Says whether an answer is kept.
     *
     * @param answer its place in the file, from 0
     * @param expert the expert's place among the experts of the file, from 0
     * @return whether
     */
    boolean keeps(long answer, int expert);
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
    return read(source, delimiter, names, watch, false);
  }

  /**
   * Reads all answers, which are numbers.
   *
   * @param source the text; closed before this returns
   * @param delimiter the byte between fields, or 0 to find out
   * @param names the columns
   * @param watch is told the progress
   * @return the answers, at least one, whose labels are all numbers
   * @throws InputException naming the line that is wrong
   */
  public static AnswerFile readNumbers(
      TextSource source, byte delimiter, ColumnNames names, ReadWatch watch) {
    return read(source, delimiter, names, watch, true);
  }

  private static AnswerFile read(
      TextSource source, byte delimiter, ColumnNames names, ReadWatch watch, boolean numbers) {
    try (source;
        RecordReader reader = new RecordReader(source, delimiter)) {
      Header header = new Header(reader, EXAMPLE);
      if (names.task() == null
          && !header.has("task")
          && header.has("left")
          && header.has("right")) {
        throw reader.wrong(
            "these are comparisons, with columns left and right; add --kind pairwise, or name the"
                + " column of the task with --task-column");
      }
      int task = header.required("--task-column", names.task(), "task");
      int expert = header.required("--expert-column", names.expert(), "expert", "worker");
      int label = header.required("--label-column", names.label(), usualLabel(header));
      boolean values = names.label() == null && usualLabel(header).equals("value");
      int weight = header.optional("--weight-column", names.weight(), "weight");
      AnswerFile file = new AnswerFile(reader.name(), new AnswerColumns(weight >= 0), values);
      long rows = 0;
      while (reader.next()) {
        header.checkFields();
        header.checkPresent(task, "task");
        header.checkPresent(expert, "expert");
        header.checkPresent(label, "label");
        int labels = file.labels.size();
        int index = intern(file.labels, reader, label);
        if (index == labels) {
          file.labelLines.add(reader.line());
          if (numbers) {
            checkNumber(reader, label);
          }
        }
        float amount = 1.0f;
        if (weight >= 0) {
          header.checkPresent(weight, "weight");
          amount = Weights.parse(reader, weight);
        }
        file.columns.add(
            intern(file.tasks, reader, task), intern(file.experts, reader, expert), index, amount);
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

  /** Numbers may stand in a column called value, where there is none called label. */
  private static String usualLabel(Header header) {
    return header.has("value") && !header.has("label") ? "value" : "label";
  }

  private static int intern(ByteNames names, RecordReader reader, int field) {
    return names.intern(reader.bytes(), reader.start(field), reader.end(field));
  }

  /**
   * Returns the number of answers.
   *
   * @return at least 1
   */
  public long answers() {
    return columns.size();
  }

  /**
   * Returns the number of tasks.
   *
   * @return at least 1
   */
  public int tasks() {
    return tasks.size();
  }

  /**
   * Returns the number of experts.
   *
   * @return at least 1
   */
  public int experts() {
    return experts.size();
  }

  /**
   * Returns the different labels.
   *
   * @return the labels in the order of their first appearance
   */
  public List<String> labels() {
    return List.of(strings(labels));
  }

  /**
   * Returns whether the column of the labels is called a value.
   *
   * @return whether, so that they are numbers
   */
  public boolean isValues() {
    return values;
  }

  /**
   * Returns the part of the answers that are right. To be called before a table is made.
   *
   * @param truth the true labels
   * @return from 0 to 1, or NaN when the truth of no answer is known
   */
  public double right(LabelFile truth) {
    AnswerTally tally = new AnswerTally(truth);
    tally.begin(strings(tasks), 1, strings(labels));
    for (int i = 0; i < columns.pieces(); i++) {
      AnswerColumns.Piece piece = columns.piece(i);
      for (int j = 0; j < columns.sizeOf(i); j++) {
        tally.count(piece.task()[j], 0, piece.label()[j]);
      }
    }
    return tally.accuracy(0);
  }

  /**
   * Makes the table; tasks and experts have the indices of their first appearance. Can be called
   * once.
   *
   * @param builder an empty builder
   * @param order the order of the labels
   * @param tally counts every answer
   * @return the table, to be closed by the caller
   * @throws InputException when the order has other labels than the file
   */
  public AnswerTable toTable(AnswerTable.Builder builder, LabelOrder order, AnswerTally tally) {
    return toTable(builder, order, tally, (answer, expert) -> true);
  }

  /**
   * Makes a table of some answers, as {@link #toTable(AnswerTable.Builder, LabelOrder,
   * AnswerTally)} does of all. The tally's experts are those of the file.
   *
   * @param builder an empty builder
   * @param order the order of the labels
   * @param tally counts every answer that is kept
   * @param filter decides which are kept
   * @return the table, to be closed by the caller
   */
  public AnswerTable toTable(
      AnswerTable.Builder builder, LabelOrder order, AnswerTally tally, Filter filter) {
    String[] taskNames = strings(tasks);
    String[] expertNames = strings(experts);
    String[] labelNames = strings(labels);
    List<String> ordered = new ArrayList<>();
    for (int index : order.indices(labels, this::wrongLabel)) {
      ordered.add(labelNames[index]);
    }
    builder.labels(ordered);
    tally.begin(taskNames, expertNames.length, labelNames);
    for (int i = 0; i < columns.pieces(); i++) {
      int size = columns.sizeOf(i);
      AnswerColumns.Piece piece = columns.take(i);
      for (int j = 0; j < size; j++) {
        int task = piece.task()[j];
        int expert = piece.expert()[j];
        if (!filter.keeps((long) i * AnswerColumns.PIECE + j, expert)) {
          continue;
        }
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

  /**
   * Returns the answers by names.
   *
   * @return the answers in the order of the file
   */
  public List<Answer> toAnswers() {
    String[] taskNames = strings(tasks);
    String[] expertNames = strings(experts);
    String[] labelNames = strings(labels);
    List<Answer> answers = new ArrayList<>(Math.toIntExact(columns.size()));
    for (int i = 0; i < columns.pieces(); i++) {
      AnswerColumns.Piece piece = columns.piece(i);
      for (int j = 0; j < columns.sizeOf(i); j++) {
        float weight = piece.weight() == null ? 1.0f : piece.weight()[j];
        answers.add(
            new Answer(
                taskNames[piece.task()[j]],
                expertNames[piece.expert()[j]],
                labelNames[piece.label()[j]],
                weight));
      }
    }
    return answers;
  }

  /**
   * Checks that all labels are among given ones.
   *
   * @param known the labels that may be
   * @param among what they are, for the message
   * @throws InputException naming the line where another label first stands
   */
  public void requireLabels(Collection<String> known, String among) {
    for (int i = 0; i < labels.size(); i++) {
      if (!known.contains(labels.name(i))) {
        throw wrongLabel(
            i,
            "label "
                + Quoted.text(labels.name(i))
                + " is not among "
                + among
                + " ("
                + String.join(", ", known)
                + "); correct it or delete the line");
      }
    }
  }

  private InputException wrongLabel(int label, String message) {
    return new InputException(name, labelLines.get(label), message);
  }

  private static void checkNumber(RecordReader reader, int field) {
    if (Double.isNaN(Numbers.parse(reader.text(field)))) {
      throw reader.wrong(
          "the answer "
              + Quoted.text(reader.text(field))
              + " is not a number; correct it, or take a categorical method");
    }
  }

  /**
   * Makes a table of numbers from answers whose labels are all numbers. Can be called instead of
   * {@link #toTable}.
   *
   * @param builder an empty builder
   * @param tally counts every answer that is kept
   * @param filter decides which are kept
   * @return the table, to be closed by the caller
   */
  public NumericTable toNumericTable(
      NumericTable.Builder builder, AnswerTally tally, Filter filter) {
    String[] taskNames = strings(tasks);
    String[] expertNames = strings(experts);
    String[] labelNames = strings(labels);
    double[] numbers = Arrays.stream(labelNames).mapToDouble(Numbers::parse).toArray();
    tally.begin(taskNames, expertNames.length, labelNames);
    for (int i = 0; i < columns.pieces(); i++) {
      int size = columns.sizeOf(i);
      AnswerColumns.Piece piece = columns.take(i);
      for (int j = 0; j < size; j++) {
        int expert = piece.expert()[j];
        if (filter.keeps((long) i * AnswerColumns.PIECE + j, expert)) {
          tally.count(piece.task()[j], expert, piece.label()[j]);
          builder.add(
              taskNames[piece.task()[j]],
              expertNames[expert],
              numbers[piece.label()[j]],
              piece.weight() == null ? 1.0f : piece.weight()[j]);
        }
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
