package dev.coterie.internal.agreement;

import dev.coterie.spi.Elementary;
import dev.coterie.spi.MeasureProblem;
import java.util.Arrays;

/** How well posteriors are calibrated. */
final class Calibration {
  /** What the posterior of the truth counts as at least, so that the loss stays finite. */
  private static final double LEAST_PROBABILITY = 1e-15;

  /** The numbers before the bins. */
  private static final int HEAD = 8;

  private final double[] posterior;
  private final int[] known;
  private final int labels;
  private final int bins;

  /** The winner's posterior of each task with a known label, and whether it is right. */
  private final double[] confidence;

  private final double[] hit;
  private int size;
  private double brier;
  private double loss;
  private double worst;

  Calibration(MeasureProblem problem) {
    posterior = problem.first();
    known = problem.known();
    labels = problem.labels();
    bins = (int) problem.options()[0];
    confidence = new double[known.length];
    hit = new double[known.length];
  }

  void measure(double[] out) {
    for (int task = 0; task < known.length; task++) {
      if (known[task] >= 0) {
        score(task * labels, known[task]);
      }
    }
    Arrays.fill(out, Double.NaN);
    double sum = 0.0;
    double right = 0.0;
    int[] bin = new int[size];
    for (int i = 0; i < size; i++) {
      sum += confidence[i];
      right += hit[i];
      bin[i] = Math.max((int) Math.ceil(confidence[i] * bins), 1) - 1;
    }
    int[] order = new int[size];
    Arrays.setAll(order, i -> i);
    double n = size;
    worst = 0.0;
    double adaptive = reliability(sorted(order), adaptiveBins(), out, HEAD + 3 * bins);
    worst = 0.0;
    double error = reliability(order, bin, out, HEAD);
    out[0] = n;
    if (size > 0) {
      out[1] = right / n;
      out[2] = sum / n;
      out[3] = error;
      out[4] = worst;
      out[5] = adaptive;
      out[6] = brier / n;
      out[7] = loss / n;
    }
  }

  private void score(int row, int truth) {
    int best = 0;
    double square = 0.0;
    for (int label = 0; label < labels; label++) {
      double p = posterior[row + label];
      if (p > posterior[row + best]) {
        best = label;
      }
      double d = p - (label == truth ? 1.0 : 0.0);
      square += d * d;
    }
    brier += square;
    loss -= Elementary.log(Math.max(posterior[row + truth], LEAST_PROBABILITY));
    confidence[size] = posterior[row + best];
    hit[size++] = best == truth ? 1.0 : 0.0;
  }

  /** Returns the places by ascending confidence, and in their own order where it is equal. */
  private int[] sorted(int[] places) {
    double[] ascending = Arrays.copyOf(confidence, size);
    Arrays.sort(ascending);
    long[] keys = new long[size];
    Arrays.setAll(keys, i -> (long) Correlation.below(ascending, confidence[i]) << 32 | i);
    Arrays.sort(keys);
    int[] order = places.clone();
    Arrays.setAll(order, i -> (int) keys[i]);
    return order;
  }

  /** Returns the bin of each place in ascending order, all bins as large as can be. */
  private int[] adaptiveBins() {
    int[] bin = new int[size];
    for (int b = 0; b < bins; b++) {
      int from = (int) ((long) b * size / bins);
      int to = (int) ((b + 1L) * size / bins);
      Arrays.fill(bin, from, to, b);
    }
    return bin;
  }

  /** Writes number, mean confidence and accuracy of each bin; returns the mean gap. */
  private double reliability(int[] order, int[] bin, double[] out, int at) {
    double[] number = new double[bins];
    double[] sum = new double[bins];
    double[] right = new double[bins];
    for (int i = 0; i < size; i++) {
      number[bin[i]] += 1.0;
      sum[bin[i]] += confidence[order[i]];
      right[bin[i]] += hit[order[i]];
    }
    double error = 0.0;
    for (int b = 0; b < bins; b++) {
      out[at + 3 * b] = number[b];
      if (number[b] > 0.0) {
        double mean = sum[b] / number[b];
        double accuracy = right[b] / number[b];
        out[at + 3 * b + 1] = mean;
        out[at + 3 * b + 2] = accuracy;
        double gap = Math.abs(accuracy - mean);
        error += (number[b] / size) * gap;
        worst = Math.max(worst, gap);
      }
    }
    return error;
  }
}
