package dev.coterie.cli.method;

import java.util.List;
import java.util.Locale;

/**
 * The options that mean something to some methods only. Their order is that of the help and of
 * result documents. {@link Catalogue} says which method takes which, and with what default.
 */
public enum MethodOption {
  /** A limit. */
  MAX_ITERATIONS("N", Integer.class, "The most iterations."),

  /** When a method stops. */
  TOLERANCE("X", Double.class, "The change at which a method is at rest."),

  /** Added to counts. */
  SMOOTHING("X", Double.class, "What is added to every count of an expert's answers."),

  /** The probabilities of labels. */
  CLASS_PRIORS(
      "LABEL=P",
      List.class,
      "The probabilities of all labels: yes=0.7,no=0.3. Given more than once, each holds one label,"
          + " which may then contain commas. They add up to 1."),

  /** Later answers weigh less. */
  POSITIONAL(
      null,
      Boolean.class,
      "A task's later answers weigh less (1, .95, .9 down to .65), in the order of the file."),

  /** What becomes of repeated answers. */
  REPEATS(
      "RULE",
      String.class,
      "What happens to several answers of one expert to one task: count-all or last-wins.",
      "count-all last-wins"),

  /** Known answers. */
  GOLD(
      "FILE",
      String.class,
      "Tasks whose label is known (columns task and label); they count as certain.");

  private final String parameter;
  private final Class<?> type;
  private final String description;
  private final String choices;

  MethodOption(String parameter, Class<?> type, String description) {
    this(parameter, type, description, "");
  }

  MethodOption(String parameter, Class<?> type, String description, String choices) {
    this.parameter = parameter;
    this.type = type;
    this.description = description;
    this.choices = choices;
  }

  /**
   * Returns the option as it is written.
   *
   * @return such as {@code --max-iterations}
   */
  public String option() {
    return "--" + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Returns the name of the option in a document.
   *
   * @return such as {@code max_iterations}
   */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Returns what stands for its value in the help.
   *
   * @return a word, or null for an option without a value
   */
  public String parameter() {
    return parameter;
  }

  /**
   * Returns the type of its value.
   *
   * @return a type that the parser of the command line knows
   */
  public Class<?> type() {
    return type;
  }

  /**
   * Returns what it does.
   *
   * @return sentences for the help
   */
  public String description() {
    return description;
  }

  /**
   * Returns the words that it takes.
   *
   * @return the words, or none when it takes other values
   */
  public List<String> choices() {
    return choices.isEmpty() ? List.of() : List.of(choices.split(" "));
  }
}
