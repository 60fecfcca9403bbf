package dev.coterie.cli.method;

import java.util.Locale;

/** What a method takes: the form of its answers. */
public enum Kind {
  /** Labels of tasks. */
  CATEGORICAL("task, expert, label", "a label for each task"),

  /** Labels of tasks, of which several may hold for one. */
  MULTI_LABEL(
      "task, expert, label: a line for each label of a set, an empty label for an empty one",
      "a set of labels for each task"),

  /** Numbers for tasks. */
  NUMERIC("task, expert, value (or label), which is a number", "a number for each task"),

  /** Comparisons of two items. */
  PAIRWISE(
      "left, right, label (the winner's name, or tie); expert if wanted", "a ranking of items");

  private final String columns;
  private final String gives;

  Kind(String columns, String gives) {
    this.columns = columns;
    this.gives = gives;
  }

  /**
   * Returns the kind as a word.
   *
   * @return such as {@code numeric}
   */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Returns the columns of a file of answers.
   *
   * @return their names, for people
   */
  public String columns() {
    return columns;
  }

  /**
   * Returns what comes out.
   *
   * @return a few words
   */
  public String gives() {
    return gives;
  }
}
