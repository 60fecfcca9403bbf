package dev.coterie.msgpack;

/** The kinds of messages. */
public enum WireKind {
  /** Texts that experts gave. */
  RESPONSES(0, "responses"),
  /** A table of labels that experts gave. */
  ANSWERS(1, "answers"),
  /** A consensus of texts. */
  TEXT_RESULT(2, "text-result"),
  /** A consensus of labels. */
  CATEGORICAL_RESULT(3, "categorical-result");

  private final int number;
  private final String id;

  WireKind(int number, String id) {
    this.number = number;
    this.id = id;
  }

  /**
   * Returns the number of the kind in the C interface.
   *
   * @return from 0
   */
  public int number() {
    return number;
  }

  /**
   * Returns the kind as a message names it.
   *
   * @return the id
   */
  public String id() {
    return id;
  }
}
