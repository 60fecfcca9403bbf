package dev.coterie.internal.engine;

import dev.coterie.spi.Elementary;
import dev.coterie.spi.ScalarRows;
import java.util.Arrays;

/**
 * Skills as a robust rank-one factor of the experts' agreement: docs/methods/mmsr.md. Used for one
 * fit.
 */
final class Mmsr {
  static final Poll.Rules RULES = new Poll.Rules(false, false, false);

  /** The experts of one factorisation are at most so many parts of work. */
  private static final int PARTS = 64;

  /** What a factor counts as at least when something is divided by it. */
  private static final double LEAST_FACTOR = 1e-10;

  private static final int MOST_SIGN_SWEEPS = 100;

  private final Poll poll;
  private final int experts;
  private final double[] weights;
  private final double answered;
  private Pairs pairs;
  private int trim;

  private Mmsr(Poll poll) {
    this.poll = poll;
    experts = poll.experts;
    weights = new double[experts];
    int tasks = 0;
    for (int place = 0; place < poll.index.tasks; place++) {
      if (poll.index.offsets[place] < poll.index.offsets[place + 1]) {
        tasks++;
      }
    }
    answered = tasks;
  }

  static void fit(Poll poll) {
    new Mmsr(poll).fit();
  }

  private void fit() {
    if (poll.k == 1) {
      Arrays.fill(poll.out.skill, 1.0);
      poll.ended(0, true);
    } else {
      pairs = new Pairs(poll);
      double[] factors = factor();
      sign(factors);
      weigh(factors);
    }
    poll.hold(this::vote);
    System.arraycopy(weights, 0, poll.out.weight, 0, experts);
    poll.close();
  }

  private double[] factor() {
    int least = Integer.MAX_VALUE;
    double[] u = new double[experts];
    for (int e = 0; e < experts; e++) {
      if (pairs.degree(e) > 0) {
        least = Math.min(least, pairs.degree(e));
        u[e] = 1.0;
      }
    }
    boolean converged = least == Integer.MAX_VALUE;
    trim = converged ? 0 : Math.max(least / 2 - 1, 0);
    double[] v = u.clone();
    double[] nextU = new double[experts];
    double[] nextV = new double[experts];
    int iterations = 0;
    while (iterations < poll.problem.maxIterations() && !converged) {
      iterations++;
      sweep(u, v, nextV);
      sweep(nextV, u, nextU);
      converged = hasConverged(u, v, nextU, nextV);
      double[] oldU = u;
      double[] oldV = v;
      u = nextU;
      v = nextV;
      nextU = oldU;
      nextV = oldV;
      poll.progress(iterations);
    }
    poll.ended(iterations, converged);
    double uSquare = square(u);
    double vSquare = square(v);
    double scale =
        uSquare > 0.0 && vSquare > 0.0 ? Math.sqrt(Math.sqrt(uSquare) / Math.sqrt(vSquare)) : 1.0;
    for (int e = 0; e < experts; e++) {
      u[e] = u[e] / scale;
    }
    return u;
  }

  /** Writes new factors for one side, made from those of the other. */
  private void sweep(double[] others, double[] own, double[] next) {
    int size = (int) (((long) experts + PARTS - 1) / PARTS);
    poll.team.run(
        (int) (((long) experts + size - 1) / size),
        (part, workspace) -> {
          int first = part * size;
          int end = Math.min(experts - first, size) + first;
          int longest = 0;
          for (int e = first; e < end; e++) {
            longest = Math.max(longest, pairs.degree(e));
          }
          double[] ratios = new double[longest];
          for (int e = first; e < end; e++) {
            if (pairs.degree(e) > 0) {
              next[e] = trimmedMean(e, others, own[e], ratios);
            }
          }
        });
  }

  /**
   * Returns the mean of an expert's ratios without the smallest and the largest ones: those on the
   * far side of its present factor, and at most {@code trim} of them at each end.
   */
  private double trimmedMean(int expert, double[] others, double own, double[] ratios) {
    int n = pairs.degree(expert);
    int from = pairs.offsets[expert];
    for (int i = 0; i < n; i++) {
      double divisor = Math.max(others[pairs.other[from + i]], LEAST_FACTOR);
      ratios[i] = Math.abs(pairs.covariance[from + i]) / divisor;
    }
    Arrays.sort(ratios, 0, n);
    int begin = 0;
    while (begin < trim && ratios[begin] < own) {
      begin++;
    }
    int end = n;
    while (n - end < trim && ratios[end - 1] > own) {
      end--;
    }
    if (end - begin == 1 && ratios[begin] == 0.0) {
      return 1.0 / Math.sqrt(answered);
    }
    double sum = 0.0;
    for (int i = begin; i < end; i++) {
      sum = sum + ratios[i];
    }
    return sum / (end - begin);
  }

  /** Whether the matrix of the factors' products has changed little, compared with its size. */
  private boolean hasConverged(double[] oldU, double[] oldV, double[] u, double[] v) {
    double du2 = 0.0;
    double v2 = 0.0;
    double u2 = 0.0;
    double dv2 = 0.0;
    double duU = 0.0;
    double vDv = 0.0;
    double newU2 = 0.0;
    for (int e = 0; e < experts; e++) {
      double du = u[e] - oldU[e];
      double dv = v[e] - oldV[e];
      du2 = du2 + du * du;
      v2 = v2 + v[e] * v[e];
      u2 = u2 + oldU[e] * oldU[e];
      dv2 = dv2 + dv * dv;
      duU = duU + du * oldU[e];
      vDv = vDv + v[e] * dv;
      newU2 = newU2 + u[e] * u[e];
    }
    // uv' - UV' = (u - U)v' + U(v - V)', which loses nothing where both are close.
    double square = (du2 * v2 + u2 * dv2) + 2.0 * (duU * vDv);
    return Math.sqrt(Math.max(square, 0.0)) <= poll.problem.tolerance() * Math.sqrt(newU2 * v2);
  }

  private static double square(double[] factors) {
    double sum = 0.0;
    for (double factor : factors) {
      sum = sum + factor * factor;
    }
    return sum;
  }

  /**
   * Gives the factors the signs that agree best with the covariances: one expert after the other,
   * until no sign changes. Most experts count as better than chance.
   */
  private void sign(double[] factors) {
    boolean changed = true;
    for (int sweep = 0; sweep < MOST_SIGN_SWEEPS && changed; sweep++) {
      poll.team.checkCancelled();
      changed = false;
      for (int e = 0; e < experts; e++) {
        double sum = 0.0;
        for (int pair = pairs.offsets[e]; pair < pairs.offsets[e + 1]; pair++) {
          double product = pairs.common[pair] * pairs.covariance[pair];
          sum = sum + product * factors[pairs.other[pair]];
        }
        double signed = Math.copySign(factors[e], sum < 0.0 ? -1.0 : 1.0);
        changed |= Double.doubleToRawLongBits(signed) != Double.doubleToRawLongBits(factors[e]);
        factors[e] = signed;
      }
    }
    double sum = 0.0;
    for (double factor : factors) {
      sum = sum + factor;
    }
    for (int e = 0; sum < 0.0 && e < experts; e++) {
      factors[e] = -factors[e];
    }
  }

  /** Writes the probabilities to be right, away from certainty, and their log-odds. */
  private void weigh(double[] factors) {
    double others = poll.k - 1.0;
    double edge = 1.0 / Math.sqrt(answered);
    for (int e = 0; e < experts; e++) {
      // An expert who is always alone only has to count.
      double x = pairs.degree(e) > 0 ? factors[e] : edge;
      x = Math.max(Math.min(x, 1.0 - edge), edge - 1.0 / others);
      double skill = (x * others) / poll.k + 1.0 / poll.k;
      poll.out.skill[e] = skill;
      weights[e] = Elementary.log((skill * others) / (1.0 - skill));
    }
  }

  /** The weights are log-odds, so the posterior is the softmax of their sums. */
  private void vote(int begin, int end, double[] rows, int at, double[] lanes) {
    int k = poll.k;
    Arrays.fill(rows, at, at + k, 0.0);
    double size = 0.0;
    for (int i = begin; i < end; i++) {
      double amount = poll.weight(i) * weights[poll.index.expert[i]];
      int j = at + poll.index.label[i];
      rows[j] = rows[j] + amount;
      size = size + Math.abs(amount);
    }
    if (!(size > 0.0)) {
      Shares.compute(poll.index, begin, end, k, rows, at, lanes);
      return;
    }
    double top = rows[at];
    for (int j = at + 1; j < at + k; j++) {
      top = Math.max(top, rows[j]);
    }
    for (int j = at; j < at + k; j++) {
      rows[j] = Elementary.exp(rows[j] - top);
    }
    double all = ScalarRows.sum(rows, at, k, lanes);
    for (int j = at; j < at + k; j++) {
      rows[j] = rows[j] / all;
    }
  }
}
