package dev.coterie.cli.method;

import dev.coterie.consensus.BinaryRelevance;
import dev.coterie.consensus.Repeats;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** The values of the options: what was given, and for one method its defaults. */
public final class Settings {
  private final Map<MethodOption, Object> given;
  private final Map<MethodOption, Object> defaults;
  private final Map<String, ?> gold;
  private final int threads;
  private final String backend;

  private Settings(
      Map<MethodOption, Object> given,
      Map<MethodOption, Object> defaults,
      Map<String, ?> gold,
      int threads,
      String backend) {
    this.given = given;
    this.defaults = defaults;
    this.gold = gold;
    this.threads = threads;
    this.backend = backend;
  }

  /**
   * Makes the settings of a run.
   *
   * @param given the options that were given; the value of class priors is a map, that of gold the
   *     file's name
   * @param threads the number of threads, 0 for one per core
   * @param backend the backend's id, or null
   */
  public Settings(Map<MethodOption, Object> given, int threads, String backend) {
    this(given, Map.of(), Map.of(), threads, backend);
  }

  /**
   * Adds known answers.
   *
   * @param answers the label of each task that is known; for numeric methods the value, for
   *     multi-label ones the collection of labels
   * @return settings with these
   */
  public Settings withGold(Map<String, ?> answers) {
    return new Settings(given, defaults, answers, threads, backend);
  }

  Settings of(Method<?> method) {
    return new Settings(given, method.options(), gold, threads, backend);
  }

  /** Returns the value of an option, which may be null when it has no default. */
  private Object value(MethodOption option) {
    return given.containsKey(option) ? given.get(option) : defaults.get(option);
  }

  int count(MethodOption option) {
    return (Integer) value(option);
  }

  double amount(MethodOption option) {
    return (Double) value(option);
  }

  long number(MethodOption option) {
    return (Long) value(option);
  }

  boolean flag(MethodOption option) {
    return (Boolean) value(option);
  }

  String word(MethodOption option) {
    return (String) value(option);
  }

  /**
   * Returns the class priors.
   *
   * @return the probabilities by label, or null when they are to be estimated
   */
  @SuppressWarnings("unchecked") // The constructor's contract.
  public Map<String, Double> classPriors() {
    return (Map<String, Double>) value(MethodOption.CLASS_PRIORS);
  }

  boolean hasGold() {
    return !gold.isEmpty();
  }

  /** Returns the settings of the question whether a label holds; gold has sets of labels here. */
  Settings asking(String label) {
    Map<String, String> answers = new LinkedHashMap<>();
    gold.forEach(
        (task, labels) -> {
          boolean holds = ((Collection<?>) labels).contains(label);
          answers.put(task, holds ? BinaryRelevance.PRESENT : BinaryRelevance.ABSENT);
        });
    return withGold(answers);
  }

  @SuppressWarnings("unchecked") // Categorical methods are given labels.
  Map<String, String> gold() {
    return (Map<String, String>) gold;
  }

  @SuppressWarnings("unchecked") // Numeric methods are given values.
  Map<String, Double> known() {
    return (Map<String, Double>) gold;
  }

  Repeats repeats() {
    return word(MethodOption.REPEATS).equals("last-wins") ? Repeats.LAST_WINS : Repeats.COUNT_ALL;
  }

  int threads() {
    return threads;
  }

  String backend() {
    return backend;
  }

  /**
   * Returns the options that decide the result of a method.
   *
   * @param method the method
   * @return names and values, for its document
   */
  public Map<String, Object> described(Method<?> method) {
    Settings settings = of(method);
    Map<String, Object> described = new LinkedHashMap<>();
    for (MethodOption option : MethodOption.values()) {
      if (method.takes(option)) {
        boolean known = option == MethodOption.GOLD;
        described.put(option.key(), known ? gold : settings.value(option));
      }
    }
    return described;
  }
}
