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

  /** How fast skills move. */
  LEARNING_RATE("X", Double.class, "Which part of the way to the agreement a skill moves."),

  /** When skills move more slowly. */
  STEPS_TO_REDUCE(
      "N", Integer.class, "After how many iterations the learning rate is reduced, each time."),

  /** How much more slowly. */
  REDUCE_FACTOR("X", Double.class, "What the learning rate is multiplied by then."),

  /** The significance of intervals. */
  SIGNIFICANCE(
      "X", Double.class, "The significance of the confidence intervals of experts, in 0 to 1."),

  /** How messages count. */
  BALANCED(
      "WORD",
      String.class,
      "Whether an expert's message is the mean over its other tasks: yes or no, for their sum.",
      "yes no"),

  /** How much is cut off. */
  TRIM("X", Double.class, "The part of a task's answers that is cut off at each end."),

  /** Whether experts are biased. */
  BIAS(null, Boolean.class, "Experts have biases, which are estimated."),

  /** Whether estimates count as certain. */
  POINT_ESTIMATES(null, Boolean.class, "Estimates count as certain when experts are judged."),

  /** How distances count. */
  LOSS("WORD", String.class, "How distances count: absolute or squared.", "absolute squared"),

  /** What distances are divided by. */
  NORMALISER(
      "WORD",
      String.class,
      "What experts' distances are divided by: sum or largest.",
      "sum largest"),

  /** The reliability at the start. */
  START("X", Double.class, "The reliability of every expert at the start, in 0 to 1."),

  /** The kind of fit. */
  VARIATIONAL(
      "WORD",
      String.class,
      "Whether the fit is variational Bayes: yes, or no for expectation maximisation.",
      "yes no"),

  /** How often a fit starts. */
  RESTARTS("N", Integer.class, "How many random starts there are; the best one counts."),

  /** The seed of random starts. */
  SEED("N", Long.class, "The seed of the random starts; the same seed gives the same result."),

  /** A prior. */
  ALPHA("X", Double.class, "The prior count of answers from knowledge."),

  /** A prior. */
  BETA("X", Double.class, "The prior count of answers that are spam."),

  /** A prior. */
  STRATEGY("X", Double.class, "The prior count of each label in an expert's spam."),

  /** A prior. */
  ABILITY("X", Double.class, "The mean of the experts' abilities beforehand."),

  /** A prior. */
  EASINESS("X", Double.class, "The mean of the tasks' easiness beforehand."),

  /** A prior. */
  RIGHT("X", Double.class, "The prior count of each expert's right answers, for each label."),

  /** A prior. */
  WRONG("X", Double.class, "The prior count of each expert's wrong answers, for each label."),

  /** A prior. */
  CLASSES("X", Double.class, "The prior count of each label among the tasks."),

  /** Groups of tasks. */
  GROUPS("N", Integer.class, "How many groups the tasks of a label fall into."),

  /** A prior. */
  MIXING("X", Double.class, "The prior count of each group."),

  /** One skill instead of a matrix. */
  ONE_COIN(null, Boolean.class, "Experts have one skill for each rank instead of a matrix."),

  /** What a tie means. */
  TIES(
      "WORD",
      String.class,
      "What a tie is: half-wins for both, or an outcome with a parameter: davidson or rao-kupper.",
      "half-wins davidson rao-kupper"),

  /** An algorithm. */
  SOLVER("WORD", String.class, "The algorithm: newton or minorize.", "newton minorize"),

  /** Whether being on the left counts. */
  ORDER_EFFECT(null, Boolean.class, "Learns by how much it is better to be on the left."),

  /** A prior. */
  PRIOR("X", Double.class, "The precision of a normal prior of each score; 0 for none."),

  /** Keeps scores finite. */
  ADJUSTMENT("X", Double.class, "The points that move each item's wins to half of them."),

  /** A limit. */
  STANDARD_ERROR_LIMIT("N", Integer.class, "The most items for which errors are computed."),

  /** A prior. */
  REGULARIZATION("X", Double.class, "The weight of what pulls scores to 0."),

  /** A prior. */
  EXPERT_PRECISION("X", Double.class, "The precision of the prior of experts' skills and biases."),

  /** Of ratings. */
  STEP("X", Double.class, "By how much one comparison moves a rating at most."),

  /** Of ratings. */
  BASE("X", Double.class, "The odds of winning for a difference of one scale."),

  /** Of ratings. */
  SCALE("X", Double.class, "The difference of ratings that multiplies the odds by the base."),

  /** Of ratings. */
  INITIAL("X", Double.class, "The rating of an item before its first comparison."),

  /** Of ties. */
  INITIAL_TIES("X", Double.class, "The tie parameter at the start."),

  /** Of walks. */
  DAMPING("X", Double.class, "The probability that a walk goes on, in 0 to 1."),

  /** A limit. */
  EXACT_LIMIT("N", Integer.class, "The most items in a cycle that are ordered exactly."),

  /** How shares are counted. */
  POOLED(null, Boolean.class, "All comparisons of an item count together, whatever the opponent."),

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
      "Tasks whose label (or value) is known (columns task and label); they count as certain.");

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
   * Returns whether its numbers may be below 0.
   *
   * @return whether
   */
  public boolean isSigned() {
    return this == SEED || this == ABILITY || this == EASINESS || this == INITIAL;
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
