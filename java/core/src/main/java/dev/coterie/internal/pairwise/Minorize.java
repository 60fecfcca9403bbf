package dev.coterie.internal.pairwise;

import dev.coterie.spi.Elementary;
import dev.coterie.spi.PairwiseOutcome;
import dev.coterie.spi.PairwiseProblem;
import java.util.Arrays;

/**
 * Bradley-Terry by the MM algorithm: D. R. Hunter, <em>MM algorithms for generalized Bradley-Terry
 * models</em>, Annals of Statistics 32, 2004.
 */
final class Minorize {
  private Minorize() {}

  static void fit(
      PairwiseProblem problem,
      Cells cells,
      Graph graph,
      PairwiseOutcome out,
      int limit,
      Watch watch) {
    cells.halveTies();
    double[] p = strengths(problem, cells, out, watch);
    out.objective = logLikelihood(cells, p);
    double sum = 0;
    int finite = 0;
    for (int i = 0; i < p.length; i++) {
      out.score[i] = Elementary.log(p[i]);
      if (out.score[i] > Double.NEGATIVE_INFINITY) {
        sum = sum + out.score[i];
        finite++;
      }
    }
    double mean = sum / finite;
    for (int i = 0; i < p.length; i++) {
      out.score[i] = out.score[i] - mean;
    }
    if (graph.strongComponents > 1) {
      out.report[PairwiseOutcome.SCALE] = PairwiseOutcome.WITHIN_STRONG_COMPONENTS;
    } else if (finite == p.length) {
      Model model = new Model(p.length, cells, Model.HALF, false, false, 0, null);
      Model.Point point = new Model.Point(model);
      System.arraycopy(out.score, 0, point.x, 0, p.length);
      model.evaluate(point);
      double[] errors =
          Deviation.errors(model, point, new Newton.Groups(graph.strong, 1), limit, watch);
      System.arraycopy(errors, 0, out.error, 0, p.length);
    }
  }

  private static double[] strengths(
      PairwiseProblem problem, Cells cells, PairwiseOutcome out, Watch watch) {
    int items = out.score.length;
    double[] won = new double[items];
    for (int c = 0; c < cells.size(); c++) {
      won[cells.a[c]] += cells.winsA[c];
      won[cells.b[c]] += cells.winsB[c];
    }
    double[] p = new double[items];
    Arrays.fill(p, 1.0 / items);
    double[] next = new double[items];
    out.converged = false;
    while (out.iterations < problem.maxIterations() && !out.converged) {
      watch.check();
      Arrays.fill(next, 0);
      for (int c = 0; c < cells.size(); c++) {
        double share = (cells.winsA[c] + cells.winsB[c]) / (p[cells.a[c]] + p[cells.b[c]]);
        next[cells.a[c]] += share;
        next[cells.b[c]] += share;
      }
      // The strengths to come take the place of the loads.
      double norm = 0;
      for (int i = 0; i < items; i++) {
        next[i] = next[i] > 0 ? won[i] / next[i] : p[i];
        norm = norm + next[i];
      }
      boolean rest = true;
      for (int i = 0; i < items; i++) {
        next[i] = next[i] / norm;
        rest &= Math.abs(next[i] - p[i]) <= problem.tolerance() * next[i];
      }
      double[] before = p;
      p = next;
      next = before;
      out.converged = rest;
      out.iterations++;
      watch.report(out.iterations);
    }
    return p;
  }

  private static double logLikelihood(Cells cells, double[] p) {
    double sum = 0;
    for (int c = 0; c < cells.size(); c++) {
      double a = p[cells.a[c]];
      double b = p[cells.b[c]];
      double both = Elementary.log(a + b);
      if (cells.winsA[c] > 0) {
        sum = sum + cells.winsA[c] * (Elementary.log(a) - both);
      }
      if (cells.winsB[c] > 0) {
        sum = sum + cells.winsB[c] * (Elementary.log(b) - both);
      }
    }
    return sum;
  }
}
