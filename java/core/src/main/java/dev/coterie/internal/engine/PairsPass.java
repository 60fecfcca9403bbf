package dev.coterie.internal.engine;

/**
 * The pass of methods in which an answer speaks for its own label only: one-coin Dawid-Skene and
 * ZenCrowd with one row of parameters an expert, MACE with one an expert and label.
 */
final class PairsPass {
  private PairsPass() {}

  /**
   * Computes the logits of the tasks at the places {@code [first, last)}, less what all labels of a
   * task share, which goes to {@code base}.
   *
   * @param rows the row of each answer
   * @param miss of each row what an answer means for every label
   * @param edge of each row what it means for its own label beyond that
   */
  static void logits(
      Index index,
      int[] rows,
      int first,
      int last,
      double[] logPrior,
      double[] miss,
      double[] edge,
      double[] block,
      double[] base) {
    int k = logPrior.length;
    int[] label = index.label;
    double[] weight = index.weight;
    int i = index.offsets[first];
    for (int t = first, row = 0; t < last; t++, row += k) {
      System.arraycopy(logPrior, 0, block, row, k);
      int end = index.offsets[t + 1];
      double sum = 0.0;
      if (weight == null) {
        for (; i < end; i++) {
          int e = rows[i];
          int at = row + label[i];
          sum = sum + miss[e];
          block[at] = block[at] + edge[e];
        }
      } else {
        for (; i < end; i++) {
          int e = rows[i];
          int at = row + label[i];
          double w = weight[i];
          sum = sum + w * miss[e];
          block[at] = block[at] + w * edge[e];
        }
      }
      base[t - first] = sum;
    }
  }

  /**
   * Adds the posterior of the answered labels to the sums of the answers' rows.
   *
   * @param rows the row of each answer
   */
  static void count(
      Index index, int[] rows, int first, int last, int k, double[] block, double[] sums) {
    int[] label = index.label;
    double[] weight = index.weight;
    int i = index.offsets[first];
    for (int t = first, row = 0; t < last; t++, row += k) {
      int end = index.offsets[t + 1];
      if (weight == null) {
        for (; i < end; i++) {
          int e = rows[i];
          sums[e] = sums[e] + block[row + label[i]];
        }
      } else {
        for (; i < end; i++) {
          int e = rows[i];
          sums[e] = sums[e] + weight[i] * block[row + label[i]];
        }
      }
    }
  }
}
