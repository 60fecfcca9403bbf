package dev.coterie.internal.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import dev.coterie.consensus.FitControl;
import dev.coterie.spi.Columns;
import dev.coterie.spi.ConsensusEngine;
import dev.coterie.spi.FitOutcome;
import dev.coterie.spi.FitProblem;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** One fit and the result that every backend has to give, bit for bit. */
public final class GoldenFit {
  private static final List<String> METHODS =
      List.of("majority-vote", "weighted-vote", "dawid-skene", "one-coin-dawid-skene");

  private final String name;
  private final Map<String, String[]> values;

  private GoldenFit(String name, Map<String, String[]> values) {
    this.name = name;
    this.values = values;
  }

  static GoldenFit read(Path file) {
    Map<String, String[]> values =
        GoldenData.lines(file)
            .map(line -> line.split(" "))
            .collect(
                Collectors.toMap(
                    words -> words[0],
                    words -> Arrays.copyOfRange(words, 1, words.length),
                    (a, b) -> b,
                    HashMap::new));
    return new GoldenFit(file.getFileName().toString().replace(".txt", ""), values);
  }

  /** Returns the name of the fit's file, without its ending. */
  public String name() {
    return name;
  }

  /** Returns the columns in Java arrays. */
  public Columns.Heap table() {
    int[] task = integers("task");
    return new Columns.Heap(
        task.length,
        integer("tasks", 0),
        integer("experts", 0),
        integer("labels", 0),
        task,
        integers("expert"),
        integers("label"),
        weights());
  }

  /** Returns the problem over the given columns. */
  public FitProblem problem(Columns table, int threads) {
    return new FitProblem(
        METHODS.indexOf(values.get("method")[0]),
        table,
        integer("max_iterations", 5000),
        values.containsKey("tolerance") ? doubles("tolerance")[0] : 1e-9,
        values.containsKey("smoothing") ? doubles("smoothing")[0] : 0.0,
        doubles("class_priors"),
        integers("gold"),
        doubles("prior_counts"),
        priorCountsMode(),
        "last-wins".equals(word("repeats")),
        integer("positional", 0) == 1,
        threads);
  }

  /** Fits with an engine that works on Java arrays and compares all bits. */
  public void check(ConsensusEngine engine, int threads) {
    FitOutcome.Heap outcome = newOutcome();
    engine.fit(problem(table(), threads), outcome, new FitControl());
    assertOutcome(outcome);
  }

  private FitOutcome.Heap newOutcome() {
    int tasks = integer("tasks", 0);
    int experts = integer("experts", 0);
    int k = integer("labels", 0);
    return new FitOutcome.Heap(
        new double[tasks * k],
        new int[tasks],
        new int[tasks],
        new double[k],
        values.containsKey("expect_confusion") ? new double[experts * k * k] : null,
        new double[experts]);
  }

  private void assertOutcome(FitOutcome.Heap outcome) {
    assertEquals(integer("expect_iterations", -1), outcome.iterations, name + ": iterations");
    assertEquals(integer("expect_converged", -1) == 1, outcome.converged, name + ": converged");
    assertBits("objective", new double[] {outcome.objective});
    assertArrayEquals(integers("expect_answer"), outcome.answer, name + ": answers");
    assertArrayEquals(integers("expect_runner_up"), outcome.runnerUp, name + ": runners-up");
    assertBits("posterior", outcome.posterior);
    assertBits("prior", outcome.prior);
    assertBits("confusion", outcome.confusion);
    assertBits("skill", outcome.skill);
  }

  private void assertBits(String what, double[] actual) {
    double[] expected = doubles("expect_" + what);
    if (expected == null) {
      assertEquals(null, actual, name + ": " + what);
      return;
    }
    assertEquals(expected.length, actual.length, name + ": length of " + what);
    for (int i = 0; i < expected.length; i++) {
      if (Double.doubleToRawLongBits(expected[i]) != Double.doubleToRawLongBits(actual[i])) {
        fail(name + ": " + what + "[" + i + "] is " + actual[i] + " instead of " + expected[i]);
      }
    }
  }

  private int priorCountsMode() {
    String mode = word("prior_counts_mode");
    if (mode == null) {
      return 0;
    }
    return mode.equals("every-iteration") ? FitProblem.EVERY_ITERATION : FitProblem.FIRST_ITERATION;
  }

  private String word(String key) {
    return values.containsKey(key) ? values.get(key)[0] : null;
  }

  private int integer(String key, int otherwise) {
    return values.containsKey(key) ? Integer.parseInt(values.get(key)[0]) : otherwise;
  }

  private int[] integers(String key) {
    String[] words = values.get(key);
    return words == null ? null : Arrays.stream(words).mapToInt(Integer::parseInt).toArray();
  }

  private double[] doubles(String key) {
    String[] words = values.get(key);
    return words == null
        ? null
        : Arrays.stream(words).mapToDouble(GoldenData::parseDouble).toArray();
  }

  private float[] weights() {
    String[] words = values.get("weight");
    if (words == null) {
      return null;
    }
    float[] weights = new float[words.length];
    for (int i = 0; i < words.length; i++) {
      weights[i] = Float.intBitsToFloat(Integer.parseUnsignedInt(words[i], 16));
    }
    return weights;
  }

  @Override
  public String toString() {
    return name;
  }
}
