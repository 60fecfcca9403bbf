package dev.coterie.internal.agreement;

import dev.coterie.consensus.FitControl;
import dev.coterie.spi.MeasureProblem;
import java.util.Arrays;

/** Correlations of two series, and the error of one against the other. */
final class Correlation {
  private Correlation() {}

  static void measure(MeasureProblem problem, double[] out, FitControl control) {
    double[] x = problem.first();
    double[] y = problem.second();
    out[0] = x.length;
    out[1] = pearson(Scales.scaled(x), Scales.scaled(y));
    JavaAgreement.checkCancelled(control);
    double[] sortedX = sorted(x);
    double[] sortedY = sorted(y);
    out[2] = pearson(ranks(x, sortedX), ranks(y, sortedY));
    JavaAgreement.checkCancelled(control);
    out[3] = kendall(x, y, sortedX, sortedY);
  }

  private static double pearson(double[] x, double[] y) {
    double n = x.length;
    double sumX = 0.0;
    double sumY = 0.0;
    for (int i = 0; i < x.length; i++) {
      sumX += x[i] - x[0];
      sumY += y[i] - y[0];
    }
    double meanX = sumX / n;
    double meanY = sumY / n;
    double xx = 0.0;
    double yy = 0.0;
    double xy = 0.0;
    for (int i = 0; i < x.length; i++) {
      double p = (x[i] - x[0]) - meanX;
      double q = (y[i] - y[0]) - meanY;
      xx += p * p;
      yy += q * q;
      xy += p * q;
    }
    return xx > 0.0 && yy > 0.0 ? clip(xy / (Math.sqrt(xx) * Math.sqrt(yy))) : Double.NaN;
  }

  private static double clip(double r) {
    return Math.min(Math.max(r, -1.0), 1.0);
  }

  /** Returns the values in ascending order; zeros of both signs become the positive one. */
  private static double[] sorted(double[] values) {
    double[] sorted = new double[values.length];
    Arrays.setAll(sorted, i -> values[i] + 0.0);
    Arrays.sort(sorted);
    return sorted;
  }

  /** Returns how many of the ascending values are below one. */
  static int below(double[] ascending, double value) {
    int low = 0;
    int high = ascending.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (ascending[middle] < value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Returns the rank of each value from 1 on; equal values share their mean rank. */
  private static double[] ranks(double[] values, double[] ascending) {
    double[] rank = new double[ascending.length];
    int begin = 0;
    while (begin < ascending.length) {
      int end = begin;
      while (end < ascending.length && ascending[end] == ascending[begin]) {
        end++;
      }
      // All equal values find their first place.
      rank[begin] = ((double) begin + (double) (end - 1)) * 0.5 + 1.0;
      begin = end;
    }
    double[] ranks = new double[values.length];
    Arrays.setAll(ranks, i -> rank[below(ascending, values[i])]);
    return ranks;
  }

  /** Returns Kendall's tau-b by counting the inversions of a merge sort (Knight, 1966). */
  private static double kendall(double[] x, double[] y, double[] sortedX, double[] sortedY) {
    int n = x.length;
    long[] keys = new long[n];
    Arrays.setAll(keys, i -> (long) below(sortedX, x[i]) << 32 | below(sortedY, y[i]));
    Arrays.sort(keys);
    long tiedX = 0;
    long tiedBoth = 0;
    long tiedY = 0;
    int runX = 0;
    int runBoth = 0;
    int runY = 0;
    for (int i = 1; i < n; i++) {
      // Each value is tied with those before it in its run.
      runX = keys[i] >>> 32 == keys[i - 1] >>> 32 ? runX + 1 : 0;
      runBoth = keys[i] == keys[i - 1] ? runBoth + 1 : 0;
      runY = sortedY[i] == sortedY[i - 1] ? runY + 1 : 0;
      tiedX += runX;
      tiedBoth += runBoth;
      tiedY += runY;
    }
    int[] order = new int[n];
    Arrays.setAll(order, i -> (int) keys[i]);
    long all = (long) n * (n - 1L) / 2;
    if (all == tiedX || all == tiedY) {
      return Double.NaN;
    }
    double balance = all - tiedX - tiedY + tiedBoth - 2 * inversions(order);
    double untiedX = all - tiedX;
    double untiedY = all - tiedY;
    return clip(balance / (Math.sqrt(untiedX) * Math.sqrt(untiedY)));
  }

  /** Sorts the values and returns the number of pairs that stood in the wrong order. */
  private static long inversions(int[] values) {
    int n = values.length;
    int[] from = values;
    int[] to = new int[n];
    long count = 0;
    for (long width = 1; width < n; width *= 2) {
      for (long begin = 0; begin < n; begin += 2 * width) {
        int middle = (int) Math.min(begin + width, n);
        int end = (int) Math.min(begin + 2 * width, n);
        int i = (int) begin;
        int j = middle;
        for (int k = i; k < end; k++) {
          if (j == end || (i < middle && from[i] <= from[j])) {
            to[k] = from[i++];
          } else {
            to[k] = from[j++];
            count += middle - i;
          }
        }
      }
      int[] spare = from;
      from = to;
      to = spare;
    }
    return count;
  }

  /** Writes the number of pairs, MAE, RMSE, mean error and largest error. */
  static void error(MeasureProblem problem, double[] out) {
    double[] off = new double[problem.first().length];
    Arrays.setAll(off, i -> problem.first()[i] - problem.second()[i]);
    double n = off.length;
    double total = 0.0;
    double bias = 0.0;
    double worst = 0.0;
    for (double d : off) {
      total += Math.abs(d);
      bias += d;
      worst = Math.max(worst, Math.abs(d));
    }
    double factor = Scales.factor(off);
    double square = 0.0;
    for (double d : off) {
      square += (d * factor) * (d * factor);
    }
    double root = Math.sqrt(square / n);
    out[0] = n;
    out[1] = total / n;
    out[2] = factor == 1.0 ? root : root * Scales.SMALLER;
    out[3] = bias / n;
    out[4] = worst;
  }
}
