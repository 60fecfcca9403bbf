package dev.coterie.consensus;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.coterie.testing.GoldenData;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/** One fit of tests/data/golden and the result that every backend has to give, to the last bit. */
public final class GoldenFit {
  private final String name;
  private final Map<String, String[]> lines;

  private GoldenFit(String name, Map<String, String[]> lines) {
    this.name = name;
    this.lines = lines;
  }

  /** Reads one file: a key and its values on each line. */
  public static GoldenFit read(Path file) {
    Map<String, String[]> lines = new HashMap<>();
    GoldenData.lines(file)
        .forEach(
            line -> {
              int space = line.indexOf(' ');
              lines.put(line.substring(0, space), line.substring(space + 1).split(" "));
            });
    return new GoldenFit(file.getFileName().toString().replace(".txt", ""), lines);
  }

  /** Returns the table. */
  public AnswerTable table() {
    return AnswerTable.ofIndices(
        ints("task"),
        ints("expert"),
        ints("label"),
        floats("weight"),
        number("tasks"),
        number("experts"),
        number("labels"));
  }

  /** Fits on one backend and compares everything that a caller can ask for. */
  public void check(String backend, int threads) {
    try (AnswerTable table = table();
        Consensus consensus = method(backend, threads).fit(table)) {
      assertEquals(backend, consensus.backend().id());
      int tasks = table.tasks();
      int experts = table.experts();
      int labels = table.labels();
      assertEquals(number("expect_iterations"), consensus.iterations());
      assertEquals(number("expect_converged") != 0, consensus.converged());
      assertBits(doubles("expect_objective")[0], consensus.logLikelihood(), "log-likelihood");
      int[] answer = ints("expect_answer");
      int[] runnerUp = ints("expect_runner_up");
      double[] posterior = doubles("expect_posterior");
      for (int t = 0; t < tasks; t++) {
        assertEquals(answer[t], consensus.answer(t));
        assertEquals(runnerUp[t], consensus.runnerUp(t));
        for (int k = 0; k < labels; k++) {
          assertBits(
              posterior[t * labels + k], consensus.posterior(t, k), "posterior of task " + t);
        }
      }
      double[] prior = doubles("expect_prior");
      for (int k = 0; k < labels; k++) {
        assertBits(prior[k], consensus.classPrior(k), "prior");
      }
      double[] weight = doubles("expect_weight");
      assertEquals(weight != null, consensus.hasWeight());
      double[] difficulty = doubles("expect_difficulty");
      assertEquals(difficulty != null, consensus.hasDifficulty());
      for (int t = 0; difficulty != null && t < tasks; t++) {
        assertBits(difficulty[t], consensus.difficulty(t), "difficulty of task " + t);
      }
      double[] report = doubles("expect_report");
      for (int i = 0; report != null && i < report.length; i++) {
        assertBits(report[i], consensus.report(i), "report at " + i);
      }
      double[] skill = doubles("expect_skill");
      double[] confusion = doubles("expect_confusion");
      assertEquals(confusion != null, consensus.hasConfusion());
      for (int e = 0; e < experts; e++) {
        assertBits(skill[e], consensus.skill(e), "skill of expert " + e);
        if (weight != null) {
          assertBits(weight[e], consensus.weight(e), "weight of expert " + e);
        }
        for (int cell = 0; confusion != null && cell < labels * labels; cell++) {
          assertBits(
              confusion[e * labels * labels + cell],
              consensus.confusion(e, cell / labels, cell % labels),
              "confusion of expert " + e);
        }
      }
    }
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

  /** Returns the method with its options. */
  public ConsensusMethod method(String backend, int threads) {
    return switch (lines.get("method")[0]) {
      case "majority-vote" -> common(MajorityVote.builder(), backend, threads).build();
      case "weighted-vote" ->
          common(WeightedVote.builder(), backend, threads)
              .positional(lines.containsKey("positional"))
              .build();
      case "dawid-skene" -> {
        DawidSkene.Builder builder = em(DawidSkene.builder(), backend, threads);
        if (lines.containsKey("prior_counts")) {
          builder.priorCounts(
              priorCounts(),
              lines.get("prior_counts_mode")[0].equals("first-iteration")
                  ? PriorCounts.FIRST_ITERATION
                  : PriorCounts.EVERY_ITERATION);
        }
        yield builder.build();
      }
      case "one-coin-dawid-skene" -> em(OneCoinDawidSkene.builder(), backend, threads).build();
      case "wawa" -> common(Wawa.builder(), backend, threads).build();
      case "gold-majority-vote" -> {
        GoldMajorityVote.Builder builder = common(GoldMajorityVote.builder(), backend, threads);
        yield builder.smoothing(parameter("smoothing", 0, 0)).build();
      }
      case "zero-based-skill" ->
          iterative(ZeroBasedSkill.builder(), backend, threads)
              .learningRate(parameter("parameters", 0, 1))
              .stepsToReduce((int) parameter("parameters", 1, 20))
              .reduceFactor(parameter("parameters", 2, 0.5))
              .build();
      case "catd" ->
          iterative(Catd.builder(), backend, threads)
              .significance(parameter("parameters", 0, 0.05))
              .build();
      case "pm" -> iterative(Pm.builder(), backend, threads).build();
      case "mmsr" -> iterative(Mmsr.builder(), backend, threads).build();
      case "kos" ->
          iterative(Kos.builder(), backend, threads)
              .balanced(parameter("parameters", 0, 1) != 0)
              .build();
      case "zen-crowd" -> {
        ZenCrowd.Builder builder = em(ZenCrowd.builder(), backend, threads);
        double[] own = doubles("parameters");
        yield (own == null ? builder : builder.start(own[0])).build();
      }
      case "mace" -> mace(backend, threads);
      case "glad" -> {
        Glad.Builder builder = iterative(Glad.builder(), backend, threads);
        if (classPriors() != null) {
          builder.classPriors(classPriors());
        }
        double[] own = doubles("parameters");
        yield (own == null ? builder : builder.ability(own[0]).easiness(own[1])).build();
      }
      case "ibcc" -> {
        BayesianClassifierCombination.Builder builder =
            em(BayesianClassifierCombination.builder(), backend, threads);
        double[] own = doubles("parameters");
        yield (own == null ? builder : builder.right(own[0]).wrong(own[1]).classes(own[2])).build();
      }
      case "ebcc" -> ebcc(backend, threads);
      case "ordinal" ->
          em(OrdinalDawidSkene.builder().smoothing(0), backend, threads)
              .oneCoin(parameter("parameters", 0, 0) != 0)
              .build();
      case "auto" -> auto(backend, threads);
      default -> throw new AssertionError(lines.get("method")[0]);
    };
  }

  private Auto auto(String backend, int threads) {
    return common(Auto.builder(), backend, threads).seed(seed()).build();
  }

  private ConsensusMethod mace(String backend, int threads) {
    Mace.Builder builder = em(Mace.builder(), backend, threads).seed(seed());
    double[] own = doubles("parameters");
    if (own != null) {
      builder.variational(own[0] != 0).restarts((int) own[1]);
      builder.alpha(own[2]).beta(own[3]).strategy(own[4]);
    }
    return builder.build();
  }

  private ConsensusMethod ebcc(String backend, int threads) {
    EnhancedBayesianClassifierCombination.Builder builder =
        em(EnhancedBayesianClassifierCombination.builder(), backend, threads).seed(seed());
    double[] own = doubles("parameters");
    if (own != null) {
      builder.groups((int) own[0]).restarts((int) own[1]);
      builder.mixing(own[2]).right(own[3]).wrong(own[4]);
    }
    return builder.build();
  }

  private long seed() {
    return lines.containsKey("seed") ? Long.parseUnsignedLong(lines.get("seed")[0]) : 0;
  }

  private <B extends MethodBuilder<B>> B common(B builder, String backend, int threads) {
    if (lines.containsKey("repeats")) {
      builder.repeats(Repeats.LAST_WINS);
    }
    // Not every method lets its users choose this, but every engine has to know it.
    builder.positional = lines.containsKey("positional");
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
    return builder.backend(backend).threads(threads);
  }

  private double parameter(String key, int place, double otherwise) {
    double[] values = doubles(key);
    return values == null ? otherwise : values[place];
  }

  private <B extends EmBuilder<B>> B em(B builder, String backend, int threads) {
    if (lines.containsKey("smoothing")) {
      builder.smoothing(doubles("smoothing")[0]);
    }
    if (classPriors() != null) {
      builder.classPriors(classPriors());
    }
    return iterative(builder, backend, threads);
  }

  /** What the oracle's defaults are is the same for all methods. */
  private <B extends IterativeBuilder<B>> B iterative(B builder, String backend, int threads) {
    builder.maxIterations(lines.containsKey("max_iterations") ? number("max_iterations") : 5000);
    builder.tolerance(lines.containsKey("tolerance") ? doubles("tolerance")[0] : 1e-9);
    return common(builder, backend, threads);
  }

  private Map<String, Double> classPriors() {
    double[] priors = doubles("class_priors");
    if (priors == null) {
      return null;
    }
    Map<String, Double> named = new HashMap<>();
    for (int k = 0; k < priors.length; k++) {
      named.put(Integer.toString(k), priors[k]);
    }
    return named;
  }

  private Map<String, double[][]> priorCounts() {
    double[] counts = doubles("prior_counts");
    int labels = number("labels");
    Map<String, double[][]> result = new HashMap<>();
    for (int e = 0; e < number("experts"); e++) {
      double[][] rows = new double[labels][labels];
      for (int l = 0; l < labels; l++) {
        for (int trueLabel = 0; trueLabel < labels; trueLabel++) {
          rows[trueLabel][l] = counts[(e * labels + l) * labels + trueLabel];
        }
      }
      result.put(Integer.toString(e), rows);
    }
    return result;
  }

  private void assertBits(double expected, double found, String what) {
    assertEquals(
        Double.doubleToRawLongBits(expected),
        Double.doubleToRawLongBits(found),
        () -> name + ": " + what + " is " + found + " instead of " + expected);
  }

  @Override
  public String toString() {
    return name;
  }
}
