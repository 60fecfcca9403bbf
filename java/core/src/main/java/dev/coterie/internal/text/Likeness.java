package dev.coterie.internal.text;

/**
 * The similarities of the texts of one task, row by row. Safe for use by many threads, each with
 * its own scratch.
 */
interface Likeness {
  /** Returns the number of texts. */
  int rows();

  /** Returns what a thread needs to compute rows; null when it needs nothing. */
  Object scratch();

  /**
   * Computes the similarity of one text with those behind it.
   *
   * @param row the text
   * @param out receives the similarity of {@code row} and j at index j, for {@code row < j < rows}
   * @param scratch of {@link #scratch()}
   */
  void behind(int row, double[] out, Object scratch);

  /**
   * Returns how much the members of a cluster say, by weight, what each member says.
   *
   * @param members the texts of the cluster, ascending
   * @param weight of each text of the task
   * @return in the order of the members, or null when this measure has no vectors: the sums of
   *     similarities are to be taken
   */
  default double[] centralities(int[] members, double[] weight) {
    return null;
  }
}
