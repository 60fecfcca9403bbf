package dev.coterie.testing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.coterie.consensus.FitControl;
import dev.coterie.internal.BackendRegistry;
import dev.coterie.spi.RoverOutcome;
import dev.coterie.spi.RoverProblem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One run of ROVER of tests/data/golden and the result that every backend has to give. */
public final class GoldenRover {
  private final String name;
  private final Map<String, String[]> lines = new HashMap<>();

  private GoldenRover(Path file) {
    name = file.getFileName().toString().replace(".txt", "");
    GoldenData.lines(file)
        .map(line -> line.split(" "))
        .forEach(words -> lines.put(words[0], Arrays.copyOfRange(words, 1, words.length)));
  }

  /** Returns all runs in the order of their names. */
  public static List<GoldenRover> all() {
    Path folder = GoldenData.folder().resolve("golden").resolve("sequences");
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("rover-"))
          .sorted()
          .map(GoldenRover::new)
          .collect(Collectors.toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs on one backend and compares everything. */
  public void check(String backend) {
    RoverProblem problem =
        new RoverProblem(
            number("reliability") == 1,
            number("tasks"),
            number("experts"),
            number("words"),
            ints("task"),
            ints("expert"),
            differences(ints("offset")),
            ints("token"),
            lines.containsKey("confidence") ? doubles("confidence") : null);
    RoverOutcome outcome = new RoverOutcome(problem);
    BackendRegistry.global().open(backend).sequences().rover(problem, outcome, new FitControl());
    assertEquals(number("expect_rounds"), outcome.rounds);
    assertArrayEquals(differences(ints("expect_offset")), outcome.length);
    int written = Arrays.stream(outcome.length).sum();
    assertArrayEquals(ints("expect_token"), Arrays.copyOf(outcome.word, written));
    assertArrayEquals(ints("expect_backbone"), outcome.backbone);
    assertBits("expect_share", Arrays.copyOf(outcome.share, written));
    assertBits("expect_weight", outcome.weight);
    assertBits("expect_skill", outcome.skill);
  }

  private void assertBits(String key, double[] actual) {
    long[] expected = Stream.of(lines.get(key)).mapToLong(GoldenRover::bits).toArray();
    // Of NaN all bit patterns are one.
    assertArrayEquals(
        expected, Arrays.stream(actual).mapToLong(Double::doubleToLongBits).toArray(), key);
  }

  private static long bits(String word) {
    return Double.doubleToLongBits(GoldenData.parseDouble(word));
  }

  private static int[] differences(int[] offset) {
    int[] length = new int[offset.length - 1];
    Arrays.setAll(length, i -> offset[i + 1] - offset[i]);
    return length;
  }

  private int number(String key) {
    return Integer.parseInt(lines.get(key)[0]);
  }

  private int[] ints(String key) {
    return Stream.of(lines.get(key)).mapToInt(Integer::parseInt).toArray();
  }

  private double[] doubles(String key) {
    return Stream.of(lines.get(key)).mapToDouble(GoldenData::parseDouble).toArray();
  }

  @Override
  public String toString() {
    return name;
  }
}
