package dev.coterie.consensus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The golden vectors through the public interface on the scalar backend, to the last bit. That all
 * options and results go through is the point here; all backends are compared in the parity suite.
 */
class GoldenFitTest {
  private static final Path FITS =
      Path.of(System.getProperty("basedir", "."), "..", "..", "tests", "data", "golden", "fits");

  @TestFactory
  List<DynamicTest> everyFitHasItsBits() throws IOException {
    try (Stream<Path> files = Files.list(FITS)) {
      List<DynamicTest> tests =
          files
              .filter(file -> file.toString().endsWith(".txt"))
              .sorted()
              .map(
                  file ->
                      DynamicTest.dynamicTest(
                          file.getFileName().toString(), () -> check(Case.read(file))))
              .toList();
      assertFalse(tests.isEmpty());
      return tests;
    }
  }

  private static void check(Case golden) {
    try (AnswerTable table =
            AnswerTable.ofIndices(
                golden.ints("task"),
                golden.ints("expert"),
                golden.ints("label"),
                golden.floats("weight"),
                golden.number("tasks"),
                golden.number("experts"),
                golden.number("labels"));
        Consensus consensus = golden.method().fit(table)) {
      int tasks = table.tasks();
      int experts = table.experts();
      int labels = table.labels();
      assertEquals(golden.number("expect_iterations"), consensus.iterations());
      assertEquals(golden.number("expect_converged") != 0, consensus.converged());
      assertBits(golden.doubles("expect_objective")[0], consensus.logLikelihood());
      int[] answer = golden.ints("expect_answer");
      int[] runnerUp = golden.ints("expect_runner_up");
      double[] posterior = golden.doubles("expect_posterior");
      for (int t = 0; t < tasks; t++) {
        assertEquals(answer[t], consensus.answer(t));
        assertEquals(runnerUp[t], consensus.runnerUp(t));
        for (int k = 0; k < labels; k++) {
          assertBits(posterior[t * labels + k], consensus.posterior(t, k));
        }
      }
      double[] prior = golden.doubles("expect_prior");
      for (int k = 0; k < labels; k++) {
        assertBits(prior[k], consensus.classPrior(k));
      }
      double[] skill = golden.doubles("expect_skill");
      double[] confusion = golden.doubles("expect_confusion");
      assertEquals(confusion != null, consensus.hasConfusion());
      for (int e = 0; e < experts; e++) {
        assertBits(skill[e], consensus.skill(e));
        for (int cell = 0; confusion != null && cell < labels * labels; cell++) {
          assertBits(
              confusion[e * labels * labels + cell],
              consensus.confusion(e, cell / labels, cell % labels));
        }
      }
    }
  }

  private static void assertBits(double expected, double found) {
    assertEquals(Double.doubleToRawLongBits(expected), Double.doubleToRawLongBits(found));
  }

  /** One file: a key and its values on each line. */
  private record Case(Map<String, String[]> lines) {
    static Case read(Path file) throws IOException {
      Map<String, String[]> lines = new HashMap<>();
      for (String line : Files.readAllLines(file, StandardCharsets.US_ASCII)) {
        int space = line.indexOf(' ');
        lines.put(line.substring(0, space), line.substring(space + 1).split(" "));
      }
      return new Case(lines);
    }

    int number(String key) {
      return Integer.parseInt(lines.get(key)[0]);
    }

    int[] ints(String key) {
      String[] words = lines.get(key);
      return words == null ? null : Stream.of(words).mapToInt(Integer::parseInt).toArray();
    }

    double[] doubles(String key) {
      String[] words = lines.get(key);
      return words == null
          ? null
          : Stream.of(words)
              .mapToDouble(word -> Double.longBitsToDouble(Long.parseUnsignedLong(word, 16)))
              .toArray();
    }

    float[] floats(String key) {
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

    ConsensusMethod method() {
      return switch (lines.get("method")[0]) {
        case "majority-vote" -> common(MajorityVote.builder()).build();
        case "weighted-vote" ->
            common(WeightedVote.builder()).positional(lines.containsKey("positional")).build();
        case "dawid-skene" -> {
          DawidSkene.Builder builder = em(DawidSkene.builder());
          if (lines.containsKey("prior_counts")) {
            builder.priorCounts(
                priorCounts(),
                lines.get("prior_counts_mode")[0].equals("first-iteration")
                    ? PriorCounts.FIRST_ITERATION
                    : PriorCounts.EVERY_ITERATION);
          }
          yield builder.build();
        }
        case "one-coin-dawid-skene" -> em(OneCoinDawidSkene.builder()).build();
        default -> throw new AssertionError(lines.get("method")[0]);
      };
    }

    private <B extends MethodBuilder<B>> B common(B builder) {
      if (lines.containsKey("repeats")) {
        builder.repeats(Repeats.LAST_WINS);
      }
      int[] gold = ints("gold");
      if (gold != null) {
        Map<String, String> labels = new HashMap<>();
        for (int task = 0; task < gold.length; task++) {
          if (gold[task] >= 0) {
            labels.put(Integer.toString(task), Integer.toString(gold[task]));
          }
        }
        builder.gold(labels);
      }
      return builder.backend("scalar");
    }

    private <B extends EmBuilder<B>> B em(B builder) {
      if (lines.containsKey("max_iterations")) {
        builder.maxIterations(number("max_iterations"));
      }
      if (lines.containsKey("smoothing")) {
        builder.smoothing(doubles("smoothing")[0]);
      }
      double[] priors = doubles("class_priors");
      if (priors != null) {
        Map<String, Double> named = new HashMap<>();
        for (int k = 0; k < priors.length; k++) {
          named.put(Integer.toString(k), priors[k]);
        }
        builder.classPriors(named);
      }
      return common(builder);
    }

    private Map<String, double[][]> priorCounts() {
      double[] counts = doubles("prior_counts");
      int labels = number("labels");
      Map<String, double[][]> result = new HashMap<>();
      for (int e = 0; e < number("experts"); e++) {
        double[][] rows = new double[labels][labels];
        for (int l = 0; l < labels; l++) {
          System.arraycopy(counts, (e * labels + l) * labels, rows[l], 0, labels);
        }
        result.put(Integer.toString(e), rows);
      }
      return result;
    }
  }
}
