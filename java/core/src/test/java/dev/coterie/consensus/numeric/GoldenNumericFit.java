package dev.coterie.consensus.numeric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coterie.consensus.Repeats;
import dev.coterie.testing.GoldenData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One numeric fit of tests/data/golden and its result, to the last bit. */
public final class GoldenNumericFit {
  private final String name;
  private final Map<String, String[]> lines;

  private GoldenNumericFit(String name, Map<String, String[]> lines) {
    this.name = name;
    this.lines = lines;
  }

  /** Returns all of them in the order of their names. */
  public static List<GoldenNumericFit> all() {
    Path fits = GoldenData.folder().resolve("golden").resolve("numeric");
    try (Stream<Path> files = Files.list(fits)) {
      return files.sorted().map(GoldenNumericFit::read).collect(Collectors.toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static GoldenNumericFit read(Path file) {
    Map<String, String[]> lines = new HashMap<>();
    GoldenData.lines(file)
        .forEach(
            line -> {
              int space = line.indexOf(' ');
              lines.put(line.substring(0, space), line.substring(space + 1).split(" "));
            });
    return new GoldenNumericFit(file.getFileName().toString().replace(".txt", ""), lines);
  }

  /** Fits on one backend and compares everything that a caller can ask for. */
  public void check(String backend, int... threads) {
    try (NumericTable table = table()) {
      for (int count : threads) {
        try (NumericConsensus consensus = method(backend, count).fit(table)) {
          assertEquals(backend, consensus.backend().id());
          assertEquals(lines.get("method")[0], consensus.method());
          check(consensus);
        }
      }
    }
  }

  private void check(NumericConsensus consensus) {
    assertEquals(number("expect_iterations"), consensus.iterations(), name);
    assertEquals(number("expect_converged") != 0, consensus.converged(), name);
    check("expect_objective", 1, i -> consensus.objective());
    int tasks = consensus.table().tasks();
    check("expect_estimate", tasks, consensus::estimate);
    check("expect_error", tasks, consensus::standardError);
    check("expect_spread", tasks, consensus::spread);
    int experts = consensus.table().experts();
    check("expect_weight", experts, consensus::weight);
    check("expect_bias", experts, consensus::bias);
    check("expect_deviation", experts, consensus::deviation);
  }

  private void check(String key, int length, IntToDoubleFunction found) {
    double[] expected = doubles(key);
    assertEquals(expected.length, length, name + ": " + key);
    for (int i = 0; i < length; i++) {
      double value = found.applyAsDouble(i);
      String what = name + ": " + key + " " + i + " is " + value + " instead of " + expected[i];
      if (Double.isNaN(expected[i])) {
        assertTrue(Double.isNaN(value), what);
      } else {
        assertEquals(
            Double.doubleToRawLongBits(expected[i]), Double.doubleToRawLongBits(value), what);
      }
    }
  }

  private NumericTable table() {
    String[] words = lines.get("weight");
    float[] weight = words == null ? null : new float[words.length];
    for (int i = 0; words != null && i < words.length; i++) {
      weight[i] = Float.intBitsToFloat(Integer.parseUnsignedInt(words[i], 16));
    }
    return NumericTable.ofIndices(
        ints("task"),
        ints("expert"),
        doubles("value"),
        weight,
        number("tasks"),
        number("experts"),
        null);
  }

  private int number(String key) {
    return Integer.parseInt(lines.get(key)[0]);
  }

  private int[] ints(String key) {
    return Stream.of(lines.get(key)).mapToInt(Integer::parseInt).toArray();
  }

  private double[] doubles(String key) {
    String[] words = lines.get(key);
    return words == null ? null : Stream.of(words).mapToDouble(GoldenData::parseDouble).toArray();
  }

  private Map<String, Double> named(String key) {
    double[] values = doubles(key);
    Map<String, Double> result = new HashMap<>();
    for (int i = 0; values != null && i < values.length; i++) {
      if (!Double.isNaN(values[i])) {
        result.put(Integer.toString(i), values[i]);
      }
    }
    return result;
  }

  private NumericMethod method(String backend, int threads) {
    double[] parameters = doubles("parameters");
    return switch (lines.get("method")[0]) {
      case "mean" -> common(Mean.builder(), backend, threads).build();
      case "median" -> common(Median.builder(), backend, threads).build();
      case "trimmed-mean" ->
          common(TrimmedMean.builder().fraction(parameters[0]), backend, threads).build();
      case "weighted-mean" ->
          common(WeightedMean.builder(), backend, threads)
              .expertWeights(named("expert_weights"))
              .build();
      case "lfc-n" ->
          iterated(LfcN.builder(), backend, threads)
              .smoothing(parameters[0])
              .bias(parameters[1] == 1)
              .pointEstimates(parameters[2] == 1)
              .build();
      case "catd" -> iterated(Catd.builder(), backend, threads).significance(parameters[0]).build();
      case "pm" ->
          iterated(Pm.builder(), backend, threads)
              .loss(parameters[0] == 1 ? Pm.Loss.SQUARED : Pm.Loss.ABSOLUTE)
              .normaliser(parameters[1] == 1 ? Pm.Normaliser.LARGEST : Pm.Normaliser.SUM)
              .build();
      default -> throw new AssertionError(lines.get("method")[0]);
    };
  }

  private <B extends NumericBuilder<B>> B common(B builder, String backend, int threads) {
    if (lines.containsKey("repeats")) {
      builder.repeats(Repeats.LAST_WINS);
    }
    return builder.known(named("known")).backend(backend).threads(threads);
  }

  private <B extends IterativeNumericBuilder<B>> B iterated(
      B builder, String backend, int threads) {
    if (lines.containsKey("max_iterations")) {
      builder.maxIterations(number("max_iterations"));
    }
    if (lines.containsKey("tolerance")) {
      builder.tolerance(doubles("tolerance")[0]);
    }
    return common(builder, backend, threads);
  }

  @Override
  public String toString() {
    return name;
  }
}
