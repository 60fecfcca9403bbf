package dev.coterie.cli;

import dev.coterie.cli.input.InputException;
import dev.coterie.cli.input.Quoted;
import dev.coterie.consensus.Repeats;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** The options that say what is computed. */
final class MethodOptions {
  /** How far from 1 the sum of the class priors may be, as in the library. */
  private static final double SUM_TOLERANCE = 1e-9;

  static final String ALL = "all";
  static final List<String> METHODS =
      List.of("majority-vote", "weighted-vote", "dawid-skene", "one-coin-dawid-skene");

  @Option(
      names = {"-m", "--method"},
      paramLabel = "METHOD",
      defaultValue = "dawid-skene",
      description =
          "majority-vote, weighted-vote, dawid-skene, one-coin-dawid-skene, or all to compare them."
              + " Default: ${DEFAULT-VALUE}.")
  private String method;

  @Option(
      names = "--max-iterations",
      paramLabel = "N",
      description = "The most iterations of Dawid-Skene. Default: 5000.")
  private Integer maxIterations;

  @Option(
      names = "--tolerance",
      paramLabel = "X",
      description = "The relative change of the log-likelihood at rest. Default: 1e-9.")
  private Double tolerance;

  @Option(
      names = "--smoothing",
      paramLabel = "X",
      description = "What is added to every confusion count of Dawid-Skene. Default: 0.")
  private Double smoothing;

  @Option(
      names = "--class-priors",
      paramLabel = "LABEL=P",
      description =
          "The probabilities of all labels, for Dawid-Skene: yes=0.7,no=0.3. Given more than once,"
              + " each holds one label, which may then contain commas. They add up to 1. Default:"
              + " estimated.")
  private List<String> classPriors;

  @Option(
      names = "--gold",
      paramLabel = "FILE",
      description = "Tasks whose label is known (columns task and label); they count as certain.")
  private String gold;

  @Option(
      names = "--repeats",
      paramLabel = "RULE",
      defaultValue = "count-all",
      description =
          "What happens to several answers of one expert to one task: count-all or last-wins."
              + " Default: ${DEFAULT-VALUE}.")
  private String repeats;

  @Option(
      names = "--positional",
      description =
          "For weighted-vote: a task's later answers weigh less (1, .95, .9 down to .65), in the"
              + " order of the file.")
  private boolean positional;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "0",
      description = "The number of threads, 0 for one per core. Changes no bit of the result.")
  private int threads;

  @Option(
      names = "--backend",
      paramLabel = "ID",
      defaultValue = "auto",
      description =
          "ffm, jna, vectorapi, scalar or auto. Changes no bit of the result. Default:"
              + " ${DEFAULT-VALUE}.")
  private String backend;

  /** Checks the options against each other, before anything is read. */
  void check() {
    Choice.of("--method", method, withAll());
    Choice.of("--repeats", repeats, "count-all", "last-wins");
    Choice.of("--backend", backend, "auto", "ffm", "jna", "vectorapi", "scalar");
    boolean iterates = comparesAll() || method.endsWith("dawid-skene");
    refuse(!iterates && maxIterations != null, "--max-iterations", "dawid-skene");
    refuse(!iterates && tolerance != null, "--tolerance", "dawid-skene");
    refuse(!iterates && smoothing != null, "--smoothing", "dawid-skene");
    refuse(!iterates && classPriors != null, "--class-priors", "dawid-skene");
    refuse(
        positional && !comparesAll() && !method.equals("weighted-vote"),
        "--positional",
        "weighted-vote");
    requireNotNegative("--max-iterations", maxIterations);
    requireNotNegative("--tolerance", tolerance);
    requireNotNegative("--smoothing", smoothing);
    requireNotNegative("--threads", threads);
    classPriors();
  }

  private static String[] withAll() {
    String[] valid = METHODS.toArray(new String[METHODS.size() + 1]);
    valid[METHODS.size()] = ALL;
    return valid;
  }

  private void refuse(boolean wrong, String option, String other) {
    if (wrong) {
      throw new InputException(
          option + " means nothing to " + method + "; leave it out, or use --method " + other);
    }
  }

  private static void requireNotNegative(String option, Number value) {
    if (value != null && !(value.doubleValue() >= 0 && value.doubleValue() <= Double.MAX_VALUE)) {
      throw new InputException(option + " " + value + " is not a number of 0 or more; correct it");
    }
  }

  /** Returns whether all methods are to be compared. */
  boolean comparesAll() {
    return method.equals(ALL);
  }

  String method() {
    return method;
  }

  /** Returns the backend's id, or null for the default one. */
  String backend() {
    return backend.equals("auto") ? null : backend;
  }

  String gold() {
    return gold;
  }

  int threads() {
    return threads;
  }

  boolean positional() {
    return positional;
  }

  int maxIterations() {
    return maxIterations == null ? 5000 : maxIterations;
  }

  double tolerance() {
    return tolerance == null ? 1e-9 : tolerance;
  }

  double smoothing() {
    return smoothing == null ? 0 : smoothing;
  }

  Repeats repeats() {
    return repeats.equals("last-wins") ? Repeats.LAST_WINS : Repeats.COUNT_ALL;
  }

  String repeatsWord() {
    return repeats;
  }

  /** Returns the probabilities by label, or null when they are to be estimated. */
  Map<String, Double> classPriors() {
    if (classPriors == null) {
      return null;
    }
    Map<String, Double> priors = new LinkedHashMap<>();
    double sum = 0;
    for (String pair : pairs(classPriors)) {
      int equals = pair.lastIndexOf('=');
      double prior = equals < 0 ? Double.NaN : parse(pair.substring(equals + 1));
      if (!(prior > 0 && prior <= 1)) {
        throw new InputException(
            "--class-priors "
                + Quoted.text(pair)
                + " is not a label and its probability; write them like yes=0.7,no=0.3, or repeat"
                + " the option for each label");
      }
      if (priors.put(pair.substring(0, equals), prior) != null) {
        throw new InputException(
            "--class-priors give label "
                + Quoted.text(pair.substring(0, equals))
                + " twice; keep one of them");
      }
      sum += prior;
    }
    if (!(Math.abs(sum - 1) <= SUM_TOLERANCE)) {
      throw new InputException(
          "--class-priors add up to " + sum + ", but must add up to 1; correct them");
    }
    return priors;
  }

  /** A comma separates pairs only in an option that is given once, so that labels can have one. */
  private static List<String> pairs(List<String> values) {
    return values.size() == 1 ? List.of(values.get(0).split(",", -1)) : values;
  }

  private static double parse(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }
}
