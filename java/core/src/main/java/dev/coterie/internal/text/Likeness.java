package dev.coterie.internal.text;

/**
 * The similarities of the texts of one task, row by row. Safe for use by many threads, each with
 * its own scratch.
 */
interface Likeness {
  /** Returns the number of texts. */
  int rows();

  /** Returns what a thread needs to compute rows; null when it needs nothing. */
  default Object scratch() {
    return null;
  }

  /**
   * Computes the similarity of one text with those from a given one on.
   *
   * @param row the text
   * @param from the first text to compare with
   * @param out receives the similarity of {@code row} and j at index j, for {@code from <= j <
   *     rows}; what it receives at {@code row} means nothing
   * @param scratch of {@link #scratch()}
   */
  void compare(int row, int from, double[] out, Object scratch);

  /**
   * Returns how central texts are among themselves.
   *
   * @param members texts, ascending
   * @param weight of each text of the task
   * @return in the order of the members, or null when this measure has no vectors: the weighed sums
   *     of similarities are to be taken
   */
  default double[] centralities(int[] members, double[] weight) {
    return null;
  }
}
