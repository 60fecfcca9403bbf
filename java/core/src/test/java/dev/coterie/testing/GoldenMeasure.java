package dev.coterie.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import dev.coterie.consensus.AnswerTable;
import dev.coterie.consensus.FitControl;
import dev.coterie.internal.BackendRegistry;
import dev.coterie.spi.Backend;
import dev.coterie.spi.Columns;
import dev.coterie.spi.MeasureProblem;
import dev.coterie.spi.TableAccess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One measure of tests/data/golden/agreement and the result that every backend has to give. */
public final class GoldenMeasure {
  private final String name;
  private final Map<String, String[]> lines;

  private GoldenMeasure(String name, Map<String, String[]> lines) {
    this.name = name;
    this.lines = lines;
  }

  /** Returns all golden measures in the order of their names. */
  public static List<GoldenMeasure> all() {
    Path folder = GoldenData.folder().resolve("golden").resolve("agreement");
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().map(GoldenMeasure::read).collect(Collectors.toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static GoldenMeasure read(Path file) {
    Map<String, String[]> lines = new HashMap<>();
    GoldenData.lines(file)
        .forEach(
            line -> {
              String[] words = line.split(" ");
              lines.put(words[0], Arrays.copyOfRange(words, 1, words.length));
            });
    return new GoldenMeasure(file.getFileName().toString().replace(".txt", ""), lines);
  }

  /** Measures on one backend and compares every number. */
  public void check(String backend) {
    Backend engine = BackendRegistry.global().open(backend);
    double[] expected = doubles("expect");
    double[] actual;
    if (lines.containsKey("label") && lines.containsKey("task")) {
      try (AnswerTable table =
          AnswerTable.ofIndices(
              ints("task"),
              ints("expert"),
              ints("label"),
              floats("weight"),
              number("tasks"),
              number("experts"),
              number("labels"),
              backend)) {
        actual = measure(engine, TableAccess.get().columns(table, engine));
      }
    } else {
      actual = measure(engine, numbers());
    }
    assertEquals(expected.length, actual.length);
    for (int i = 0; i < expected.length; i++) {
      if (Double.doubleToRawLongBits(expected[i]) != Double.doubleToRawLongBits(actual[i])) {
        fail("element " + i + " is " + actual[i] + " instead of " + expected[i]);
      }
    }
  }

  /** Returns the columns of answers that are numbers, or null where there is no table. */
  private Columns numbers() {
    int[] task = ints("task");
    if (task == null) {
      return null;
    }
    return new Columns.Heap(
        task.length, number("tasks"), number("experts"), 0, task, ints("expert"), null, null);
  }

  private double[] measure(Backend engine, Columns table) {
    int[] known = ints("known");
    MeasureProblem.Kind kind =
        MeasureProblem.Kind.valueOf(
            lines.get("measure")[0].toUpperCase(Locale.ROOT).replace('-', '_'));
    int tasks = table != null ? table.tasks() : known != null ? known.length : 0;
    int labels = lines.containsKey("labels") ? number("labels") : 0;
    MeasureProblem problem =
        new MeasureProblem(
            kind,
            table,
            tasks,
            labels,
            lines.containsKey("repeats"),
            doubles("first"),
            doubles("second"),
            known,
            doubles("options"),
            lines.containsKey("seed") ? Long.parseUnsignedLong(lines.get("seed")[0], 16) : 0);
    double[] out = new double[(int) problem.length()];
    engine.agreement().measure(problem, out, new FitControl());
    return out;
  }

  private int number(String key) {
    return Integer.parseInt(lines.get(key)[0]);
  }

  private int[] ints(String key) {
    String[] words = lines.get(key);
    return words == null ? null : Stream.of(words).mapToInt(Integer::parseInt).toArray();
  }

  private double[] doubles(String key) {
    String[] words = lines.get(key);
    return words == null ? null : Stream.of(words).mapToDouble(GoldenData::parseDouble).toArray();
  }

  private float[] floats(String key) {
    String[] words = lines.get(key);
    if (words == null) {
      return null;
    }
    float[] result = new float[words.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = Float.intBitsToFloat(Integer.parseUnsignedInt(words[i], 16));
    }
    return result;
  }

  @Override
  public String toString() {
    return name;
  }
}
