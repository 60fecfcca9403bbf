package dev.coterie.testing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.coterie.consensus.FitControl;
import dev.coterie.internal.text.TextOrder;
import dev.coterie.spi.TextColumns;
import dev.coterie.spi.TextEngine;
import dev.coterie.spi.TextOutcome;
import dev.coterie.spi.TextPairs;
import dev.coterie.spi.TextProblem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** One case of tests/data/golden/text and the result that every engine has to give. */
public final class GoldenText {
  private static final List<String> SIMILARITIES =
      List.of(
          "set-cosine",
          "tfidf-cosine",
          "jaccard",
          "min-hash",
          "word-levenshtein",
          "levenshtein",
          "embedding-cosine",
          "trigram-dice",
          "word-alignment");
  private static final List<String> CLUSTERINGS =
      List.of("components", "complete-link", "density", "leader");
  private static final List<String> CONFIDENCES = List.of("alone", "pooled");

  private final String name;

  /** The lines of each key, without the key. */
  private final Map<String, List<String[]>> lines = new HashMap<>();

  private GoldenText(Path file) {
    name = file.getFileName().toString().replace(".txt", "");
    GoldenData.lines(file)
        .forEach(
            line -> {
              String[] words = line.split(" ");
              lines
                  .computeIfAbsent(words[0], key -> new ArrayList<>())
                  .add(Arrays.copyOfRange(words, 1, words.length));
            });
  }

  /** Returns the cases whose names begin with a prefix, in the order of their names. */
  public static List<GoldenText> all(String prefix) {
    Path folder = GoldenData.folder().resolve("golden").resolve("text");
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(prefix))
          .sorted()
          .map(GoldenText::new)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return name;
  }

  private String[] words(String key) {
    return lines.get(key).get(0);
  }

  private int number(String key) {
    return Integer.parseInt(words(key)[0]);
  }

  private static int[] ints(String[] words) {
    return Arrays.stream(words).mapToInt(Integer::parseInt).toArray();
  }

  private static long[] bits(String[] words) {
    return Arrays.stream(words).mapToLong(word -> Long.parseUnsignedLong(word, 16)).toArray();
  }

  private static long[] bits(double[] values) {
    return Arrays.stream(values).mapToLong(Double::doubleToRawLongBits).toArray();
  }

  /** The rows of the case that count. */
  private final class Rows implements TextOrder.Rows {
    private final List<String[]> rows = new ArrayList<>();
    private final List<float[]> embeddings = new ArrayList<>();

    Rows() {
      List<String[]> given = lines.get("row");
      Map<String, Integer> last = new HashMap<>();
      for (int i = 0; i < given.size(); i++) {
        last.put(given.get(i)[0] + " " + given.get(i)[1], i);
      }
      for (int i = 0; i < given.size(); i++) {
        String[] row = given.get(i);
        if (!lines.containsKey("repeats") || last.get(row[0] + " " + row[1]) == i) {
          rows.add(row);
        }
      }
      for (String[] words : lines.getOrDefault("embedding", List.of())) {
        float[] embedding = new float[words.length];
        for (int i = 0; i < words.length; i++) {
          embedding[i] = Float.intBitsToFloat(Integer.parseUnsignedInt(words[i], 16));
        }
        embeddings.add(embedding);
      }
    }

    @Override
    public int count() {
      return rows.size();
    }

    @Override
    public int tasks() {
      return number("tasks");
    }

    @Override
    public int experts() {
      return number("experts");
    }

    @Override
    public int task(int row) {
      return Integer.parseInt(rows.get(row)[0]);
    }

    @Override
    public int expert(int row) {
      return Integer.parseInt(rows.get(row)[1]);
    }

    @Override
    public byte[] text(int row) {
      String hex = rows.get(row)[3];
      return hex.equals("-") ? new byte[0] : HexFormat.of().parseHex(hex);
    }

    @Override
    public double confidence(int row) {
      return GoldenData.parseDouble(rows.get(row)[2]);
    }

    @Override
    public int dimension() {
      return embeddings.isEmpty() ? 0 : embeddings.get(0).length;
    }

    @Override
    public float[] embedding(int row) {
      return embeddings.get(row);
    }
  }

  private TextColumns columns() {
    Rows rows = new Rows();
    TextOrder order = new TextOrder(rows, true);
    TextColumns columns = order.columns();
    if (!lines.containsKey("repeats")) {
      assertArrayEquals(ints(words("expect_order")), order.order(), "order");
    }
    assertArrayEquals(ints(words("expect_vocabulary")), columns.vocabulary(), "vocabulary");
    for (int i = 0; i < columns.rows(); i++) {
      int[] tokens =
          Arrays.copyOfRange(
              columns.token(), columns.tokenOffset()[i], columns.tokenOffset()[i + 1]);
      assertArrayEquals(ints(lines.get("expect_tokens").get(i)), tokens, "tokens of row " + i);
    }
    return columns;
  }

  private TextProblem problem(TextColumns columns, double threshold, int threads) {
    return new TextProblem(
        columns,
        SIMILARITIES.indexOf(words(lines.containsKey("choice") ? "choice" : "similarity")[0]),
        SIMILARITIES.indexOf(words("similarity")[0]),
        lines.containsKey("clustering") ? CLUSTERINGS.indexOf(words("clustering")[0]) : 0,
        threshold,
        lines.containsKey("min_points") ? number("min_points") : 2,
        lines.containsKey("themes") ? number("themes") : 0,
        lines.containsKey("confidence") ? CONFIDENCES.indexOf(words("confidence")[0]) : 0,
        threads);
  }

  /** Compares matrix and pairs. */
  public void checkSimilarities(TextEngine engine) {
    TextColumns columns = columns();
    double[] matrix = new double[columns.rows() * columns.rows()];
    engine.similarities(problem(columns, 0.0, 1), matrix, new FitControl());
    for (int i = 0; i < columns.rows(); i++) {
      double[] row = Arrays.copyOfRange(matrix, i * columns.rows(), (i + 1) * columns.rows());
      assertArrayEquals(bits(lines.get("expect_similarities").get(i)), bits(row), "row " + i);
    }
    for (int t = 0; t < lines.get("threshold").size(); t++) {
      double threshold = GoldenData.parseDouble(lines.get("threshold").get(t)[0]);
      TextPairs pairs = engine.pairs(problem(columns, threshold, 1), new FitControl());
      String[] expected = lines.get("expect_pairs").get(t);
      String[] found = new String[pairs.first().length];
      for (int p = 0; p < found.length; p++) {
        int i = pairs.first()[p];
        int j = pairs.second()[p];
        found[p] = i + ":" + j;
        assertEquals(matrix[i * columns.rows() + j], pairs.similarity()[p], 0.0);
      }
      assertArrayEquals(expected, found, "pairs from " + threshold + " on");
    }
  }

  /** Compares a whole run, on several numbers of threads. */
  public void checkConsensus(TextEngine engine) {
    TextColumns columns = columns();
    double threshold = GoldenData.parseDouble(words("threshold")[0]);
    for (int threads : new int[] {1, 2, 0}) {
      TextProblem problem = problem(columns, threshold, threads);
      TextOutcome outcome = new TextOutcome(problem);
      engine.consensus(problem, outcome, new FitControl());
      assertArrayEquals(bits(words("expect_weight")), bits(outcome.weight), "weight");
      assertArrayEquals(bits(words("expect_skill")), bits(outcome.skill), "skill");
      assertArrayEquals(ints(words("expect_cluster")), outcome.cluster, "cluster");
      assertArrayEquals(bits(words("expect_centrality")), bits(outcome.centrality), "centrality");
      assertArrayEquals(ints(words("expect_medoid")), outcome.medoid, "medoid");
      assertArrayEquals(ints(words("expect_chosen")), outcome.chosen, "chosen");
      assertArrayEquals(ints(words("expect_clusters")), outcome.clusters, "clusters");
      assertArrayEquals(bits(words("expect_support")), bits(outcome.support), "support");
      assertArrayEquals(bits(words("expect_confidence")), bits(outcome.confidence), "confidence");
      assertEquals(expectedThemes(), themes(problem, outcome), "themes");
    }
  }

  private List<String> expectedThemes() {
    return lines.getOrDefault("expect_theme", List.of()).stream()
        .map(words -> String.join(" ", words))
        .toList();
  }

  private static List<String> themes(TextProblem problem, TextOutcome outcome) {
    List<String> found = new ArrayList<>();
    for (int task = 0; task < problem.columns().tasks(); task++) {
      for (int k = 0; k < outcome.themeCount[task]; k++) {
        int at = task * problem.themes() + k;
        int[] theme = Arrays.copyOfRange(outcome.theme, at * 5, at * 5 + 5);
        found.add(
            String.format(
                "%d %d %d %d %016x %d %d",
                task,
                theme[0],
                theme[1],
                theme[2],
                Double.doubleToRawLongBits(outcome.score[at]),
                theme[3],
                theme[4]));
      }
    }
    return found;
  }
}
