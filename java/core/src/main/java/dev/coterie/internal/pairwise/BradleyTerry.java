package dev.coterie.internal.pairwise;

import dev.coterie.spi.Elementary;
import dev.coterie.spi.PairwiseOutcome;
import dev.coterie.spi.PairwiseProblem;

/**
 * R. A. Bradley and M. E. Terry, <em>Rank analysis of incomplete block designs I</em>, Biometrika
 * 39, 1952, by Newton's method, with tie parameters, an order effect, a prior and adjusted wins.
 */
final class BradleyTerry {
  private BradleyTerry() {}

  static void fit(
      PairwiseProblem problem,
      Rows rows,
      Cells unordered,
      Graph graph,
      PairwiseOutcome out,
      Watch watch) {
    double[] parameters = problem.parameters();
    int ties = (int) parameters[0];
    boolean ordered = parameters[2] == 1;
    double prior = parameters[3];
    double adjustment = parameters[4];
    int limit = (int) parameters[5];
    if (parameters[1] == 1) {
      Minorize.fit(problem, unordered, graph, out, limit, watch);
      return;
    }
    int items = problem.table().items();
    Newton.Groups groups = groups(prior, adjustment, graph, items, out);
    Cells cells = ordered ? Cells.of(rows, items, true) : unordered;
    cells.keepWithin(groups.of);
    double won = cells.won();
    double tied = cells.tied();
    out.report[PairwiseOutcome.ORDER] = ordered ? 0 : Double.NaN;
    if (ties == Model.HALF) {
      cells.halveTies();
    } else if (!(won > 0) && tied > 0) {
      out.report[PairwiseOutcome.TIE] = Double.POSITIVE_INFINITY;
      out.objective = 0;
      return;
    }
    boolean freeTie = ties != Model.HALF && tied > 0;
    double[] linear = adjustment > 0 ? adjusted(cells, groups, adjustment) : null;
    Model model = new Model(items, cells, ties, ordered, freeTie, prior, linear);
    Model.Point start = new Model.Point(model);
    if (freeTie) {
      start.x[model.tieAt] =
          ties == Model.DAVIDSON
              ? Elementary.log(2.0 * tied / won)
              : Math.min(Math.max(Elementary.log((won + 2.0 * tied) / won), 1e-12), 100.0);
    }
    Newton newton = new Newton(model, start, groups, watch);
    newton.climb(problem);
    double[] errors = Deviation.errors(model, newton.point, groups, limit, watch);
    write(model, newton, errors, out);
    if (!freeTie && ties != Model.HALF) {
      out.report[PairwiseOutcome.TIE] = ties == Model.DAVIDSON ? 0 : 1;
    }
  }

  /** Returns the groups within which scores have a common origin, and notes them. */
  private static Newton.Groups groups(
      double prior, double adjustment, Graph graph, int items, PairwiseOutcome out) {
    Newton.Groups groups;
    int scale;
    if (prior > 0) {
      groups = new Newton.Groups(new int[items], 1);
      scale = PairwiseOutcome.WITHIN_ALL;
    } else if (adjustment > 0) {
      groups = new Newton.Groups(graph.component, graph.components);
      scale = PairwiseOutcome.WITHIN_COMPONENTS;
    } else {
      groups = new Newton.Groups(graph.strong, graph.strongComponents);
      scale = PairwiseOutcome.WITHIN_STRONG_COMPONENTS;
    }
    out.report[PairwiseOutcome.SCALE] =
        groups.sizes.length > 1 ? scale : PairwiseOutcome.WITHIN_ALL;
    return groups;
  }

  private static void write(Model model, Newton newton, double[] errors, PairwiseOutcome out) {
    double[] x = newton.point.x;
    System.arraycopy(x, 0, out.score, 0, model.items);
    System.arraycopy(errors, 0, out.error, 0, model.items);
    if (model.orderAt >= 0) {
      out.report[PairwiseOutcome.ORDER] = x[model.orderAt];
      out.report[PairwiseOutcome.ORDER_ERROR] = errors[model.orderAt];
    }
    if (model.tieAt >= 0) {
      double tie = Elementary.exp(x[model.tieAt]);
      out.report[PairwiseOutcome.TIE] = tie;
      out.report[PairwiseOutcome.TIE_ERROR] = tie * errors[model.tieAt];
    }
    out.iterations = newton.iterations;
    out.converged = newton.converged;
    out.objective = newton.point.value;
  }

  /**
   * Returns the linear term that turns the wins into adjusted ones: each item's wins move towards
   * half of its comparisons, and the wins of each group keep their sum.
   */
  private static double[] adjusted(Cells cells, Newton.Groups groups, double adjustment) {
    int items = groups.of.length;
    double[] won = new double[items];
    double[] played = new double[items];
    for (int c = 0; c < cells.size(); c++) {
      double n = cells.winsA[c] + cells.winsB[c];
      won[cells.a[c]] += cells.winsA[c];
      won[cells.b[c]] += cells.winsB[c];
      played[cells.a[c]] += n;
      played[cells.b[c]] += n;
    }
    double[] wish = new double[items];
    double[] sums = new double[groups.sizes.length];
    double[] aims = new double[groups.sizes.length];
    for (int i = 0; i < items; i++) {
      if (played[i] > 0) {
        double e = Math.min(adjustment, 0.5 * played[i]);
        wish[i] = e + ((played[i] - 2.0 * e) / played[i]) * won[i];
      }
      sums[groups.of[i]] += won[i];
      aims[groups.of[i]] += wish[i];
    }
    double[] linear = new double[items];
    for (int i = 0; i < items; i++) {
      int group = groups.of[i];
      double share = aims[group] > 0 ? sums[group] / aims[group] : 0;
      linear[i] = wish[i] * share - won[i];
    }
    return linear;
  }
}
