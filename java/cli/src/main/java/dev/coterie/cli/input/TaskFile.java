package dev.coterie.cli.input;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A file that names tasks. */
public final class TaskFile {
  private TaskFile() {}

  /**
   * Reads a file with the column task; others are ignored.
   *
   * @param source the text; closed before this returns
   * @param delimiter the byte between fields, or 0 to find out
   * @param names the columns of the file of answers
   * @return the tasks, each once, at least one
   * @throws InputException naming the line that is wrong
   */
  public static List<String> read(TextSource source, byte delimiter, ColumnNames names) {
    try (source;
        RecordReader reader = new RecordReader(source, delimiter)) {
      Header header = new Header(reader, "task");
      String own = names.task() != null && header.has(names.task()) ? names.task() : null;
      int task = header.required("--task-column", own, "task");
      Set<String> tasks = new LinkedHashSet<>();
      while (reader.next()) {
        header.checkFields();
        header.checkPresent(task, "task");
        tasks.add(reader.text(task));
      }
      if (tasks.isEmpty()) {
        throw reader.wrong("there are no tasks below the header; add at least one line");
      }
      return new ArrayList<>(tasks);
    }
  }
}
