package dev.coterie.cli.input;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** A file that gives tasks their labels: the truth, or gold. */
public final class LabelFile {
  private final String name;
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  /**
   * The label of a task.
   *
   * @param label the label
   * @param line where it stands
   */
  public record Entry(String label, long line) {}

  private LabelFile(String name) {
    this.name = name;
  }

  /**
   * Reads a file with the columns task and label, or value, or with the names that the file of
   * answers uses.
   *
   * @param source the text; closed before this returns
   * @param delimiter the byte between fields, or 0 to find out
   * @param names the columns of the file of answers
   * @return the labels
   * @throws InputException naming the line that is wrong, or one that contradicts an earlier one
   */
  public static LabelFile read(TextSource source, byte delimiter, ColumnNames names) {
    try (source;
        RecordReader reader = new RecordReader(source, delimiter)) {
      Header header = new Header(reader, "task,label");
      int task = header.required("--task-column", present(header, names.task()), "task");
      boolean values = header.has("value") && !header.has("label") && !header.has("truth");
      String[] usual = values ? new String[] {"value"} : new String[] {"label", "truth"};
      int label = header.required("--label-column", present(header, names.label()), usual);
      return read(reader, header, task, label, "label");
    }
  }

  /**
   * Reads a file with the columns task and text, label or truth, or with the names that the file of
   * texts uses.
   *
   * @param source the text; closed before this returns
   * @param delimiter the byte between fields, or 0 to find out
   * @param names the columns of the file of texts
   * @return the texts
   * @throws InputException naming the line that is wrong, or one that contradicts an earlier one
   */
  public static LabelFile readTexts(TextSource source, byte delimiter, TextFile.Columns names) {
    try (source;
        RecordReader reader = new RecordReader(source, delimiter)) {
      Header header = new Header(reader, "task,text");
      int task = header.required("--task-column", present(header, names.task()), "task");
      String given = present(header, names.text());
      int text = header.required("--text-column", given, "text", "label", "truth");
      return read(reader, header, task, text, "text");
    }
  }

  private static LabelFile read(
      RecordReader reader, Header header, int task, int label, String kind) {
    LabelFile file = new LabelFile(reader.name());
    while (reader.next()) {
      header.checkFields();
      header.checkPresent(task, "task");
      header.checkPresent(label, kind);
      file.add(reader, kind, reader.text(task), reader.text(label));
    }
    if (file.entries.isEmpty()) {
      throw reader.wrong("there are no " + kind + "s below the header; add at least one line");
    }
    return file;
  }

  private static String present(Header header, String name) {
    return name != null && header.has(name) ? name : null;
  }

  private void add(RecordReader reader, String kind, String task, String label) {
    Entry earlier = entries.putIfAbsent(task, new Entry(label, reader.line()));
    if (earlier != null && !earlier.label().equals(label)) {
      throw reader.wrong(
          "task "
              + Quoted.text(task)
              + " has "
              + kind
              + " "
              + Quoted.text(label)
              + " here but "
              + Quoted.text(earlier.label())
              + " on line "
              + earlier.line()
              + "; keep one of them");
    }
  }

  /**
   * Returns the labels by task, in the order of the file.
   *
   * @return an unmodifiable map
   */
  public Map<String, Entry> entries() {
    return Collections.unmodifiableMap(entries);
  }

  /**
   * Returns the label of a task.
   *
   * @param task the task's name
   * @return the label, or null when the file does not have the task
   */
  public String labelOf(String task) {
    Entry entry = entries.get(task);
    return entry == null ? null : entry.label();
  }

  /**
   * Returns the value of a task, for labels that are numbers.
   *
   * @param task the task's name
   * @return the value, or NaN when the file does not have the task
   * @throws InputException when its label is no number
   */
  public double valueOf(String task) {
    Entry entry = entries.get(task);
    if (entry == null) {
      return Double.NaN;
    }
    double value = Numbers.parse(entry.label());
    if (Double.isNaN(value)) {
      throw wrong(
          entry,
          "label "
              + Quoted.text(entry.label())
              + " is not a number; correct it, or take a categorical method");
    }
    return value;
  }

  /**
   * Makes an exception for a truth of other tasks.
   *
   * @param source the name of the file of answers
   * @param task a task in it
   * @return the exception
   */
  public InputException noneInCommon(String source, String task) {
    Map.Entry<String, Entry> first = entries.entrySet().iterator().next();
    return wrong(
        first.getValue(),
        "no task of the truth has answers: this file has tasks such as "
            + Quoted.text(first.getKey())
            + ", "
            + source
            + " such as "
            + Quoted.text(task)
            + "; make their names agree");
  }

  /**
   * Makes an exception for an entry.
   *
   * @param entry an entry of this file
   * @param message what is wrong, and the cure
   * @return the exception
   */
  public InputException wrong(Entry entry, String message) {
    return new InputException(name, entry.line(), message);
  }
}
