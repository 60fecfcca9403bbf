package dev.coterie.cli.input;

import dev.coterie.consensus.Repeats;
import dev.coterie.text.TextTable;
import java.util.Locale;

/** Reads files of texts that experts wrote as answers. */
public final class TextFile {
  private static final int ROWS_BETWEEN_REPORTS = 1 << 8;

  /**
   * The names of the columns to read; null means the usual ones.
   *
   * @param task usually {@code task}
   * @param expert usually {@code expert} or {@code worker}
   * @param text usually {@code text} or {@code label}
   * @param confidence usually {@code confidence}, and not required
   */
  public record Columns(String task, String expert, String text, String confidence) {
    /**
     * Returns whether any column is named.
     *
     * @return false when all are the usual ones
     */
    public boolean isGiven() {
      return task != null || expert != null || text != null || confidence != null;
    }
  }

  private TextFile() {}

  /**
   * Returns whether a file's name says that it has JSON Lines.
   *
   * @param path the file's name; .gz at its end does not count
   * @return true for .jsonl and .ndjson
   */
  public static boolean isJsonLines(String path) {
    String lower = path.toLowerCase(Locale.ROOT);
    if (lower.endsWith(".gz")) {
      lower = lower.substring(0, lower.length() - ".gz".length());
    }
    return lower.endsWith(".jsonl") || lower.endsWith(".ndjson");
  }

  /**
   * Reads JSON Lines: objects with the members expert and text, and if wanted task, confidence and
   * embedding.
   *
   * @param source the text; closed before this returns
   * @param repeats what happens to several texts of one expert to one task
   * @param watch is told the progress
   * @return the texts
   * @throws InputException naming the line, and mostly the column, that is wrong
   */
  public static TextTable readJsonLines(TextSource source, Repeats repeats, ReadWatch watch) {
    return TextLines.read(source, repeats, watch);
  }

  /**
   * Reads delimited text with a header. A text may be empty; an empty confidence is 1.
   *
   * @param source the text; closed before this returns
   * @param delimiter the byte between fields, or 0 to find out
   * @param names the columns
   * @param repeats what happens to several texts of one expert to one task
   * @param watch is told the progress
   * @return the texts
   * @throws InputException naming the line that is wrong
   */
  public static TextTable read(
      TextSource source, byte delimiter, Columns names, Repeats repeats, ReadWatch watch) {
    try (source;
        RecordReader reader = new RecordReader(source, delimiter)) {
      Header header = new Header(reader, "task,expert,text");
      int task = header.required("--task-column", names.task(), "task");
      int expert = header.required("--expert-column", names.expert(), "expert", "worker");
      int text = header.required("--text-column", names.text(), "text", "label");
      int confidence = header.optional("--confidence-column", names.confidence(), "confidence");
      TextTable.Builder table = TextTable.builder().repeats(repeats);
      long rows = 0;
      while (reader.next()) {
        header.checkFields();
        header.checkPresent(task, "task");
        header.checkPresent(expert, "expert");
        table.add(
            reader.text(task),
            reader.text(expert),
            reader.text(text),
            confidence < 0 || reader.isBlank(confidence) ? 1.0 : confidence(reader, confidence));
        if (++rows % ROWS_BETWEEN_REPORTS == 0) {
          watch.rows(rows);
        }
      }
      if (rows == 0) {
        throw reader.wrong("there are no texts below the header; add at least one line");
      }
      watch.rows(rows);
      return table.build();
    }
  }

  private static double confidence(RecordReader reader, int field) {
    double value = Numbers.parse(reader.text(field));
    // The comparison is false for NaN, which is what no number is read as.
    if (!(value >= 0 && value <= 1)) {
      throw reader.wrong(
          "confidence "
              + Quoted.text(reader.text(field))
              + " is not a number between 0 and 1; correct it, or leave it empty for 1");
    }
    return value;
  }
}
