package dev.coterie.internal.numeric;

import dev.coterie.consensus.FitControl;
import dev.coterie.internal.engine.Team;
import dev.coterie.spi.Elementary;
import dev.coterie.spi.NumericOutcome;
import dev.coterie.spi.NumericProblem;
import java.util.Arrays;

/** The Gaussian model of Raykar et al. See docs/methods/lfc-n.md. */
final class LfcFit extends NumericFit {
  private static final double LOG_2PI = 0x1.d67f1c864beb5p+0;
  private static final double LN2 = 0x1.62e42fefa39efp-1;
  private static final long ONE_BITS = 0x3FF0000000000000L;

  /** The least variance of an expert, in terms of the pooled variance. */
  private static final double FLOOR = 1e-10;

  private final double smoothing;
  private final boolean withBias;
  private final boolean point;

  private final double[] precision;
  private final double[] variance;
  private final double[] bias;

  /** How many answers of each expert tell something about it. */
  private final int[] counts;

  /** The weight of these answers. */
  private final double[] weights;

  /** All of these answers. */
  private int told;

  /** The tasks of these answers that are not known. */
  private int open;

  private boolean modelled;

  LfcFit(NumericProblem problem, NumericOutcome.Heap out, Team team, FitControl control) {
    super(problem, out, team, control);
    smoothing = problem.parameters()[0];
    withBias = problem.parameters()[1] == 1.0;
    point = problem.parameters()[2] == 1.0;
    precision = new double[experts];
    variance = new double[experts];
    bias = new double[experts];
    counts = new int[experts];
    weights = new double[experts];
  }

  /** Returns whether a task tells something about the experts: a single open answer does not. */
  private boolean tells(int t) {
    return answers.size(t) >= (answers.isKnown(t) ? 1 : 2);
  }

  @Override
  void estimate() {
    each(this::start);
    count();
    int freedom = told - open;
    double pooled = freedom > 0 ? combineTotals() / (double) freedom : Double.NaN;
    System.arraycopy(combine(0), 0, weights, 0, experts);
    each(
        (span, first, last) -> {
          for (int t = first; t < last; t++) {
            if (answers.isOpen(t)) {
              out.error[t] = pooled / Statistics.total(answers, t, null);
            }
          }
        });
    Arrays.fill(variance, pooled);
    modelled = pooled > SMALLEST;
    if (modelled) {
      steps(problem.tolerance() * (double) told, () -> step(pooled));
      for (int e = 0; e < experts; e++) {
        trust[e] = answers.answered[e] > 0 ? 1.0 / variance[e] : 0.0;
      }
      if (withBias) {
        centre();
      }
      int densities = told - (point ? 0 : open);
      out.objective = out.objective - (double) densities * ((double) answers.exponent * LN2);
    }
    for (int t = 0; t < answers.tasks; t++) {
      out.error[t] = Math.sqrt(out.error[t]);
    }
    for (int e = 0; e < experts; e++) {
      variance[e] = Math.sqrt(variance[e]);
    }
  }

  @Override
  double[] bias() {
    return modelled && withBias ? bias : null;
  }

  @Override
  double[] deviation() {
    return variance;
  }

  /** Writes weighted means and sums up the squares about them. */
  private void start(int span, int first, int last) {
    double[] telling = cleared(0, span);
    double total = 0.0;
    for (int t = first; t < last; t++) {
      if (answers.isOpen(t)) {
        out.estimate[t] = Statistics.mean(answers, t, null);
      }
      double squares = 0.0;
      for (int i = answers.offsets[t]; i < answers.offsets[t + 1]; i++) {
        double w = answers.weight(i);
        double difference = answers.value[i] - out.estimate[t];
        squares = squares + w * (difference * difference);
        if (tells(t)) {
          telling[answers.expert[i]] = telling[answers.expert[i]] + w;
        }
      }
      total = total + squares;
    }
    totals[span] = total;
  }

  private void count() {
    for (int t = 0; t < answers.tasks; t++) {
      if (tells(t)) {
        told += answers.size(t);
        open += answers.isKnown(t) ? 0 : 1;
        for (int i = answers.offsets[t]; i < answers.offsets[t + 1]; i++) {
          counts[answers.expert[i]]++;
        }
      }
    }
  }

  /**
   * Makes one iteration: estimates from the experts, then the experts from the estimates.
   *
   * @return the log-likelihood of the scaled values at the former
   */
  private double step(double pooled) {
    for (int e = 0; e < experts; e++) {
      precision[e] = 1.0 / variance[e];
    }
    each(this::pass);
    double[] residuals = combine(0);
    double[] squares = combine(1);
    double misfit = 0.0;
    for (int e = 0; e < experts; e++) {
      misfit =
          misfit + ((double) counts[e] * Elementary.log(variance[e]) + precision[e] * squares[e]);
    }
    double unknown = point ? 0.0 : open;
    double logs = point ? 0.0 : combineTotals();
    final double likelihood = 0.5 * ((unknown - (double) told) * LOG_2PI + unknown - misfit - logs);
    double floor = Math.max(FLOOR * pooled, SMALLEST);
    for (int e = 0; e < experts; e++) {
      if (counts[e] > 0) {
        double shift = withBias ? residuals[e] / weights[e] : 0.0;
        bias[e] = bias[e] + shift;
        double about = squares[e] - shift * residuals[e];
        double v = (about + smoothing * pooled) / ((double) counts[e] + smoothing);
        variance[e] = Math.max(v, floor);
      }
    }
    return likelihood;
  }

  /**
   * Writes estimates and their variances; then sums up the residuals and their squares for each
   * expert, and the logarithms of the precisions.
   */
  private void pass(int span, int first, int last) {
    double[] residuals = cleared(0, span);
    double[] squares = cleared(1, span);
    double product = 1.0;
    long exponents = 0;
    for (int t = first; t < last; t++) {
      if (answers.size(t) == 0) {
        continue;
      }
      double extra = 0.0;
      if (!answers.isKnown(t)) {
        double p = estimate(t);
        if (answers.size(t) < 2) {
          continue;
        }
        extra = point ? 0.0 : out.error[t];
        // The logarithm of a product of any length, by its mantissa and its exponent.
        long bits = Double.doubleToRawLongBits(product * p);
        exponents += (bits >>> 52) - 1023;
        product = Double.longBitsToDouble((bits & Elementary.MANTISSA) | ONE_BITS);
      }
      double estimate = out.estimate[t];
      for (int i = answers.offsets[t]; i < answers.offsets[t + 1]; i++) {
        int e = answers.expert[i];
        double residual = (answers.value[i] - bias[e]) - estimate;
        double w = answers.weight(i);
        residuals[e] = residuals[e] + w * residual;
        squares[e] = squares[e] + w * (residual * residual + extra);
      }
    }
    totals[span] = Elementary.log(product) + (double) exponents * LN2;
  }

  /** Writes the estimate of a task and its variance; returns its precision. */
  private double estimate(int t) {
    int from = answers.offsets[t];
    double first = answers.value[from] - bias[answers.expert[from]];
    double total = 0.0;
    double above = 0.0;
    for (int i = from; i < answers.offsets[t + 1]; i++) {
      int e = answers.expert[i];
      double p = answers.weight(i) * precision[e];
      total = total + p;
      above = above + p * ((answers.value[i] - bias[e]) - first);
    }
    out.estimate[t] = first + above / total;
    out.error[t] = 1.0 / total;
    return total;
  }

  /** Without known tasks the biases are known up to a constant: their weighted mean becomes 0. */
  private void centre() {
    double above = 0.0;
    double total = 0.0;
    for (int e = 0; e < experts; e++) {
      above = above + weights[e] * bias[e];
      total = total + weights[e];
    }
    for (int t = 0; t < answers.tasks; t++) {
      if (answers.isKnown(t) && answers.size(t) > 0) {
        return;
      }
    }
    double shift = above / total;
    for (int e = 0; e < experts; e++) {
      bias[e] = bias[e] - shift;
    }
    for (int t = 0; t < answers.tasks; t++) {
      if (answers.isOpen(t)) {
        out.estimate[t] = out.estimate[t] + shift;
      }
    }
  }
}
