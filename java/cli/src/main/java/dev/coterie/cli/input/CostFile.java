package dev.coterie.cli.input;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** A file that says what an answer of each expert costs. */
public final class CostFile {
  /** What the library takes. */
  private static final double LEAST = 1e-100;

  private static final double MOST = 1e100;

  private final String name;
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  /**
   * The cost of an expert's answer.
   *
   * @param cost above 0
   * @param line where it stands
   */
  public record Entry(double cost, long line) {}

  private CostFile(String name) {
    this.name = name;
  }

  /**
   * Reads a file with the columns expert (or worker) and cost.
   *
   * @param source the text; closed before this returns
   * @param delimiter the byte between fields, or 0 to find out
   * @param names the columns of the file of answers
   * @return the costs, at least one
   * @throws InputException naming the line that is wrong
   */
  public static CostFile read(TextSource source, byte delimiter, ColumnNames names) {
    try (source;
        RecordReader reader = new RecordReader(source, delimiter)) {
      Header header = new Header(reader, "expert,cost");
      String own = names.expert() != null && header.has(names.expert()) ? names.expert() : null;
      int expert = header.required("--expert-column", own, "expert", "worker");
      if (!header.has("cost")) {
        throw reader.wrong("there is no column cost; name the column of the costs so");
      }
      int cost = header.required("--costs", "cost");
      CostFile file = new CostFile(reader.name());
      while (reader.next()) {
        header.checkFields();
        header.checkPresent(expert, "expert");
        header.checkPresent(cost, "cost");
        double value = Numbers.parse(reader.text(cost));
        if (!(value >= LEAST && value <= MOST)) {
          throw reader.wrong(
              "the cost "
                  + Quoted.text(reader.text(cost))
                  + " is not a number from 1e-100 to 1e100; correct it");
        }
        Entry entry = new Entry(value, reader.line());
        Entry earlier = file.entries.putIfAbsent(reader.text(expert), entry);
        if (earlier != null && earlier.cost() != value) {
          throw reader.wrong(
              "expert "
                  + Quoted.text(reader.text(expert))
                  + " has another cost on line "
                  + earlier.line()
                  + "; keep one of them");
        }
      }
      if (file.entries.isEmpty()) {
        throw reader.wrong("there are no costs below the header; add at least one line");
      }
      return file;
    }
  }

  /**
   * Returns the costs by expert, in the order of the file.
   *
   * @return an unmodifiable map
   */
  public Map<String, Entry> entries() {
    return Collections.unmodifiableMap(entries);
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
