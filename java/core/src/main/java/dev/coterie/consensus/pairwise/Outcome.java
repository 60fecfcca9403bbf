package dev.coterie.consensus.pairwise;

/** How a comparison ended. */
public enum Outcome {
  /** The left item, or the one presented first, is better. */
  LEFT(0),
  /** The right item, or the one presented second, is better. */
  RIGHT(1),
  /** Neither is better. */
  TIE(2);

  private static final Outcome[] BY_CODE = {LEFT, RIGHT, TIE};

  /** The number in the C interface. */
  final int code;

  Outcome(int code) {
    this.code = code;
  }

  static Outcome of(int code) {
    return BY_CODE[code];
  }
}
