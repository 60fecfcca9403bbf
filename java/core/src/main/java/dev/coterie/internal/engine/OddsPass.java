package dev.coterie.internal.engine;

import dev.coterie.spi.Elementary;

/**
 * The E-step of MACE over one span of answers that all weigh 1: likelihoods are multiplied, not
 * their logarithms added. See docs/methods/mace.md. Used by one thread for one pass.
 */
final class OddsPass {
  /** What odds may be at most, so that the product of RUN of them and a prior stays finite. */
  static final double MOST_ODDS = 1e18;

  /** After how many answers the products of a task are brought back to size. */
  private static final int RUN = 16;

  /** After how many tasks the products of mantissas become logarithms. */
  private static final int TASKS = 512;

  private final Index index;
  private final int[] rows;
  private final int[] gold;
  private final double[] prior;
  private final double[] odds;
  private final int k;
  private double sum;
  private double known;
  private double product = 1.0;
  private long exponent;
  private int left = TASKS;

  /**
   * Begins a span.
   *
   * @param rows the row of each answer
   * @param gold the known label at each place or -1, or null
   * @param odds of each row how many times likelier an answer is where it is right
   */
  OddsPass(Index index, int[] rows, int[] gold, double[] prior, double[] odds) {
    this.index = index;
    this.rows = rows;
    this.gold = gold;
    this.prior = prior;
    this.odds = odds;
    k = prior.length;
  }

  /** Writes the posteriors of the tasks at the next places, {@code [first, last)}. */
  void expect(int first, int last, double[] block) {
    for (int place = first, row = 0; place < last; place++, row += k) {
      System.arraycopy(prior, 0, block, row, k);
      long taken = multiplyOdds(place, block, row);
      double total = divide(block, row);
      if (gold != null && gold[place] >= 0) {
        known = known + logLikelihood(place, gold[place]);
        Shares.oneHot(block, row, k, gold[place]);
      } else {
        take(total, taken);
      }
      if (--left == 0) {
        flush();
      }
    }
  }

  private void take(double total, long taken) {
    long bits = Double.doubleToRawLongBits(total);
    product = product * Double.longBitsToDouble((bits & Elementary.MANTISSA) | Elementary.ONE);
    exponent += (bits >>> 52) - 1023 + taken;
  }

  private void flush() {
    sum = sum + Elementary.log(product);
    product = 1.0;
    left = TASKS;
  }

  /** Ends the span and returns its log-likelihood, less that of wrong answers. */
  double likelihood() {
    flush();
    sum = sum + Elementary.timesLn2((double) exponent);
    return sum + known;
  }

  /** Multiplies the odds of a task's answers into its row; returns the exponent taken out. */
  private long multiplyOdds(int place, double[] block, int row) {
    int end = index.offsets[place + 1];
    long taken = 0;
    for (int i = index.offsets[place], run = RUN; i < end; i++, run--) {
      if (run == 0) {
        taken += rescale(block, row);
        run = RUN;
      }
      int at = row + index.label[i];
      block[at] = block[at] * odds[rows[i]];
    }
    return taken;
  }

  /** Multiplies a row by the power of 2 that brings its largest element to between 1 and 2. */
  private long rescale(double[] block, int row) {
    double top = block[row];
    for (int j = 1; j < k; j++) {
      top = Math.max(top, block[row + j]);
    }
    long biased = Double.doubleToRawLongBits(top) >>> 52;
    double scale = Double.longBitsToDouble((2046 - biased) << 52);
    for (int j = 0; j < k; j++) {
      block[row + j] = block[row + j] * scale;
    }
    return biased - 1023;
  }

  /** Divides a row by its sum, which is returned. */
  private double divide(double[] block, int row) {
    double total = block[row];
    for (int j = 1; j < k; j++) {
      total = total + block[row + j];
    }
    for (int j = 0; j < k; j++) {
      block[row + j] = block[row + j] / total;
    }
    return total;
  }

  /** Returns the log-likelihood of the task at a place, whose label is known. */
  private double logLikelihood(int place, int label) {
    double logs = Elementary.log(prior[label]);
    for (int i = index.offsets[place]; i < index.offsets[place + 1]; i++) {
      if (index.label[i] == label) {
        logs = logs + Elementary.log(odds[rows[i]]);
      }
    }
    return logs;
  }
}
