package dev.coterie.internal.pairwise;

import dev.coterie.spi.Elementary;
import dev.coterie.spi.PairwiseOutcome;
import dev.coterie.spi.PairwiseProblem;
import java.util.Arrays;

/**
 * M. E. J. Newman, <em>Efficient computation of rankings from pairwise comparisons</em>, Journal of
 * Machine Learning Research 24, 2023: Davidson's model of ties by an iteration that needs few
 * steps.
 */
final class Newman {
  private Newman() {}

  static void fit(
      PairwiseProblem problem, Cells cells, Graph graph, PairwiseOutcome out, Watch watch) {
    cells.keepWithin(graph.strong);
    if (graph.strongComponents > 1) {
      out.report[PairwiseOutcome.SCALE] = PairwiseOutcome.WITHIN_STRONG_COMPONENTS;
    }
    double v = problem.parameters()[0];
    if (!(cells.won() > 0)) {
      out.report[PairwiseOutcome.TIE] = cells.tied() > 0 ? Double.POSITIVE_INFINITY : v;
      out.objective = 0;
      return;
    }
    double[] s = new double[out.score.length];
    Arrays.fill(s, 1);
    double[] up = new double[s.length];
    double[] down = new double[s.length];
    out.converged = false;
    while (out.iterations < problem.maxIterations() && !out.converged) {
      watch.check();
      double next = weigh(cells, s, v, up, down);
      boolean rest = Math.abs(next - v) <= problem.tolerance() * next;
      for (int i = 0; i < s.length; i++) {
        double after = down[i] > 0 ? up[i] / down[i] : s[i];
        rest &= Math.abs(after - s[i]) <= problem.tolerance() * after;
        s[i] = after;
      }
      v = next;
      out.converged = rest;
      out.iterations++;
      watch.report(out.iterations);
    }
    out.report[PairwiseOutcome.TIE] = v;
    out.objective = logLikelihood(cells, s, v);
    for (int i = 0; i < s.length; i++) {
      out.score[i] = Elementary.log(s[i]);
    }
  }

  /** Writes numerators and denominators of the next strengths; returns the next tie parameter. */
  private static double weigh(Cells cells, double[] s, double v, double[] up, double[] down) {
    Arrays.fill(up, 0);
    Arrays.fill(down, 0);
    double ties = 0;
    double wins = 0;
    for (int c = 0; c < cells.size(); c++) {
      int a = cells.a[c];
      int b = cells.b[c];
      double halfA = cells.winsA[c] + 0.5 * cells.ties[c];
      double halfB = cells.winsB[c] + 0.5 * cells.ties[c];
      double root = Math.sqrt(s[a] * s[b]);
      double all = (s[a] + s[b]) + (2.0 * v) * root;
      up[a] = up[a] + halfA * ((s[b] + v * root) / all);
      up[b] = up[b] + halfB * ((s[a] + v * root) / all);
      down[a] = down[a] + halfB * ((1.0 + v * Math.sqrt(s[b] / s[a])) / all);
      down[b] = down[b] + halfA * ((1.0 + v * Math.sqrt(s[a] / s[b])) / all);
      ties = ties + cells.ties[c] * ((s[a] + s[b]) / all);
      wins = wins + (cells.winsA[c] + cells.winsB[c]) * (root / all);
    }
    return ties / (2.0 * wins);
  }

  private static double logLikelihood(Cells cells, double[] s, double v) {
    double sum = 0;
    for (int c = 0; c < cells.size(); c++) {
      double a = s[cells.a[c]];
      double b = s[cells.b[c]];
      double root = Math.sqrt(a * b);
      double norm = Elementary.log((a + b) + (2.0 * v) * root);
      double value =
          cells.winsA[c] * (Elementary.log(a) - norm) + cells.winsB[c] * (Elementary.log(b) - norm);
      if (cells.ties[c] > 0) {
        value = value + cells.ties[c] * (Elementary.log((2.0 * v) * root) - norm);
      }
      sum = sum + value;
    }
    return sum;
  }
}
