package dev.coterie.cli.input;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** A file that gives tasks their sets of labels: the truth, or gold. */
public final class LabelSetFile {
  private final String name;
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  /**
   * The labels of a task.
   *
   * @param labels each label with the line where it stands
   * @param line the task's first line
   */
  public record Entry(Map<String, Long> labels, long line) {
    /**
     * Returns the labels alone.
     *
     * @return the labels in the order of the file
     */
    public Set<String> set() {
      return Collections.unmodifiableSet(new LinkedHashSet<>(labels.keySet()));
    }
  }

  private LabelSetFile(String name) {
    this.name = name;
  }

  /**
   * Reads a file with the columns task and label, a line for each label; an empty label adds none.
   *
   * @param source the text; closed before this returns
   * @param delimiter the byte between fields, or 0 to find out
   * @param names the columns of the file of answers
   * @return the sets, at least one
   * @throws InputException naming the line that is wrong
   */
  public static LabelSetFile read(TextSource source, byte delimiter, ColumnNames names) {
    try (source;
        RecordReader reader = new RecordReader(source, delimiter)) {
      Header header = new Header(reader, "task,label");
      int task = header.required("--task-column", present(header, names.task()), "task");
      int label =
          header.required("--label-column", present(header, names.label()), "label", "truth");
      LabelSetFile file = new LabelSetFile(reader.name());
      while (reader.next()) {
        header.checkFields();
        header.checkPresent(task, "task");
        long line = reader.line();
        Entry entry =
            file.entries.computeIfAbsent(
                reader.text(task), key -> new Entry(new LinkedHashMap<>(), line));
        if (!reader.isBlank(label)) {
          entry.labels().putIfAbsent(reader.text(label), line);
        }
      }
      if (file.entries.isEmpty()) {
        throw reader.wrong("there are no labels below the header; add at least one line");
      }
      return file;
    }
  }

  private static String present(Header header, String name) {
    return name != null && header.has(name) ? name : null;
  }

  /**
   * Returns the sets by task, in the order of the file.
   *
   * @return an unmodifiable map
   */
  public Map<String, Entry> entries() {
    return Collections.unmodifiableMap(entries);
  }

  /**
   * Makes an exception for a line.
   *
   * @param line a line of this file
   * @param message what is wrong, and the cure
   * @return the exception
   */
  public InputException wrong(long line, String message) {
    return new InputException(name, line, message);
  }
}
