package dev.coterie.spi;

/** The numeric methods, with their numbers in the C ABI and what they are called. */
public enum NumericKind {
  /** The mean. */
  MEAN(0, "mean"),

  /** The median. */
  MEDIAN(1, "median"),

  /** The trimmed mean. */
  TRIMMED_MEAN(2, "trimmed-mean"),

  /** The mean by the weights of answers and experts. */
  WEIGHTED_MEAN(3, "weighted-mean"),

  /** A variance for each expert. */
  LFC_N(4, "lfc-n"),

  /** Confidence-aware truth discovery. */
  CATD(5, "catd"),

  /** Conflict resolution. */
  PM(6, "pm");

  private final int number;
  private final String id;

  NumericKind(int number, String id) {
    this.number = number;
    this.id = id;
  }

  /** Returns the method's {@code COTERIE_NUMERIC_} number. */
  public int number() {
    return number;
  }

  /** Returns the method's name in lower case with hyphens. */
  public String id() {
    return id;
  }
}
