package dev.coterie.cli.input;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** A file that gives items their true scores. */
public final class ScoreFile {
  private ScoreFile() {}

  /**
   * Reads a file with the columns item and score.
   *
   * @param source the text; closed before this returns
   * @param delimiter the byte between fields, or 0 to find out
   * @return the scores by item, perhaps none, in the order of the file; unmodifiable
   * @throws InputException naming the line that is wrong
   */
  public static Map<String, Double> read(TextSource source, byte delimiter) {
    try (source;
        RecordReader reader = new RecordReader(source, delimiter)) {
      Header header = new Header(reader, "item,score");
      int item = header.required("--item-column", null, "item");
      int score = header.required("--score-column", null, "score");
      Map<String, Double> scores = new LinkedHashMap<>();
      while (reader.next()) {
        header.checkFields();
        header.checkPresent(item, "item");
        header.checkPresent(score, "score");
        double value = Numbers.parse(reader.text(score));
        if (Double.isNaN(value)) {
          throw reader.wrong(
              "the score " + Quoted.text(reader.text(score)) + " is not a number; correct it");
        }
        Double earlier = scores.putIfAbsent(reader.text(item), value);
        if (earlier != null && earlier != value) {
          throw reader.wrong(
              "item "
                  + Quoted.text(reader.text(item))
                  + " has another score on an earlier line; keep one of them");
        }
      }
      return Collections.unmodifiableMap(scores);
    }
  }
}
