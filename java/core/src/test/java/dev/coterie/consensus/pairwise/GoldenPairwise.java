package dev.coterie.consensus.pairwise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import dev.coterie.testing.GoldenData;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** One pairwise fit of tests/data/golden and the result that every backend has to give. */
public final class GoldenPairwise {
  private static final List<BradleyTerry.Ties> TIES =
      List.of(
          BradleyTerry.Ties.HALF_WINS, BradleyTerry.Ties.DAVIDSON, BradleyTerry.Ties.RAO_KUPPER);
  private static final List<BradleyTerry.Solver> SOLVERS =
      List.of(BradleyTerry.Solver.NEWTON, BradleyTerry.Solver.MINORIZE);

  private final String name;
  private final Map<String, String[]> lines;

  private GoldenPairwise(String name, Map<String, String[]> lines) {
    this.name = name;
    this.lines = lines;
  }

  /** Reads one file: a key and its values on each line. */
  public static GoldenPairwise read(Path file) {
    Map<String, String[]> lines = new HashMap<>();
    GoldenData.lines(file)
        .forEach(
            line -> {
              String[] words = line.split(" ");
              lines.put(words[0], Stream.of(words).skip(1).toArray(String[]::new));
            });
    return new GoldenPairwise(file.getFileName().toString().replace(".txt", ""), lines);
  }

  /** Returns the table, in the storage of a backend. */
  public ComparisonTable table(String backend) {
    Outcome[] outcome = IntArrays.map(ints("outcome"), Outcome::of);
    return ComparisonTable.ofIndices(
        lines.containsKey("expert") ? ints("expert") : null,
        ints("left"),
        ints("right"),
        outcome,
        floats("weight"),
        number("items"),
        number("experts"),
        backend);
  }

  /** Returns the method with its options. */
  public PairwiseMethod method(String backend) {
    double[] p = doubles("parameters");
    PairwiseBuilder<?> builder =
        switch (lines.get("method")[0]) {
          case "bradley-terry" ->
              BradleyTerry.builder()
                  .ties(TIES.get((int) p[0]))
                  .solver(SOLVERS.get((int) p[1]))
                  .orderEffect(p[2] == 1)
                  .prior(p[3])
                  .adjustment(p[4])
                  .standardErrorLimit((int) p[5]);
          case "noisy-bradley-terry" ->
              NoisyBradleyTerry.builder().regularization(p[0]).expertPrecision(p[1]);
          case "elo" -> Elo.builder().k(p[0]).base(p[1]).scale(p[2]).initial(p[3]);
          case "win-rate" -> WinRate.builder().pooled(p[0] == 1);
          case "newman" -> Newman.builder().initialTies(p[0]);
          case "eigenvector" -> Eigenvector.builder();
          case "page-rank" -> PageRank.builder().damping(p[0]);
          case "borda" -> Borda.builder();
          case "copeland" -> Copeland.builder();
          case "kemeny" -> Kemeny.builder().exactLimit((int) p[0]);
          default -> throw new IllegalArgumentException(lines.get("method")[0]);
        };
    if (builder instanceof IterativePairwiseBuilder<?> iterative) {
      iterative.maxIterations(number("max_iterations")).tolerance(doubles("tolerance")[0]);
    }
    return builder.backend(backend).build();
  }

  /** Fits on one backend and compares everything. */
  public void check(String backend) {
    PairwiseConsensus consensus;
    try (ComparisonTable table = table(backend)) {
      consensus = method(backend).fit(table);
    }
    assertEquals(backend, consensus.backend().id());
    assertEquals(number("expect_iterations"), consensus.iterations());
    assertEquals(number("expect_converged") != 0, consensus.converged());
    assertBits("expect_objective", consensus.objective());
    assertBits("expect_score", consensus.scores());
    int items = number("items");
    assertBits("expect_error", IntArrays.fill(items, consensus::standardError));
    assertArrayEquals(ints("expect_rank"), IntArrays.fillInts(items, consensus::rank));
    assertArrayEquals(ints("expect_component"), IntArrays.fillInts(items, consensus::component));
    assertArrayEquals(ints("expect_strong"), IntArrays.fillInts(items, consensus::strongComponent));
    if (consensus.hasSkills()) {
      int experts = number("experts");
      assertBits("expect_skill", IntArrays.fill(experts, consensus::skill));
      assertBits("expect_bias", IntArrays.fill(experts, consensus::bias));
    }
    double[] report = doubles("expect_report");
    assertBits(report[0], consensus.tieParameter(), "tie parameter");
    assertBits(report[1], consensus.tieParameterError(), "error of the tie parameter");
    assertBits(report[2], consensus.orderEffect(), "order effect");
    assertBits(report[3], consensus.orderEffectError(), "error of the order effect");
    assertEquals(report[4], consensus.components());
    assertEquals(report[5], consensus.strongComponents());
    assertEquals(report[6] == 0, consensus.isComparable());
    assertEquals(report[7] == 1, consensus.isProvenOptimal());
    assertBits(report[8], consensus.meanSkill(), "mean skill");
  }

  private void assertBits(String key, double... values) {
    double[] expected = doubles(key);
    assertEquals(expected.length, values.length, key);
    for (int i = 0; i < values.length; i++) {
      assertBits(expected[i], values[i], key + " " + i);
    }
  }

  /** All NaN are one. */
  private static void assertBits(double expected, double actual, String what) {
    if (Double.doubleToLongBits(expected) != Double.doubleToLongBits(actual)) {
      fail(what + " is " + actual + " instead of " + expected);
    }
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

  private float[] floats(String key) {
    String[] words = lines.get(key);
    if (words == null) {
      return null;
    }
    float[] values = new float[words.length];
    for (int i = 0; i < words.length; i++) {
      values[i] = Float.intBitsToFloat(Integer.parseUnsignedInt(words[i], 16));
    }
    return values;
  }

  @Override
  public String toString() {
    return name;
  }

  /** Arrays made from functions of indices. */
  private static final class IntArrays {
    private IntArrays() {}

    static Outcome[] map(int[] codes, IntFunction<Outcome> function) {
      return Arrays.stream(codes).mapToObj(function).toArray(Outcome[]::new);
    }

    static double[] fill(int size, IntToDoubleFunction function) {
      return IntStream.range(0, size).mapToDouble(function).toArray();
    }

    static int[] fillInts(int size, IntUnaryOperator function) {
      return IntStream.range(0, size).map(function).toArray();
    }
  }
}
