package dev.coterie.parity;

import dev.coterie.consensus.AnswerTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The real data sets of tests/data, read plainly: their fields hold neither quotes nor commas. */
final class Data {
  private Data() {}

  /** Returns a file or folder below tests/data. */
  static Path path(String name) {
    String root = System.getProperty("coterie.test.data");
    if (root == null) {
      throw new IllegalStateException("-Dcoterie.test.data must name the folder tests/data");
    }
    return Path.of(root, name);
  }

  /** Returns the lines of a CSV file after its header, split at commas. */
  static List<String[]> rows(String name) {
    try {
      return Files.readAllLines(path(name)).stream().skip(1).map(line -> line.split(",")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns a data set's answers, with its labels in sorted order as crowd-kit has them. */
  static AnswerTable table(String set) {
    List<String[]> rows = rows(set + "/answers.csv");
    AnswerTable.Builder builder =
        AnswerTable.builder().labels(rows.stream().map(row -> row[2]).distinct().sorted().toList());
    rows.forEach(row -> builder.add(row[0], row[1], row[2]));
    return builder.build();
  }

  /** Returns a data set's truth by task. */
  static Map<String, String> truth(String set) {
    Map<String, String> truth = new LinkedHashMap<>();
    rows(set + "/truth.csv").forEach(row -> truth.put(row[0], row[1]));
    return truth;
  }
}
