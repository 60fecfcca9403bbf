package dev.coterie.internal.pairwise;

import dev.coterie.spi.Elementary;
import java.util.Arrays;

/**
 * The penalised log-likelihood of a Bradley-Terry model with its gradient and its information. The
 * parameters are the items' scores, then the order effect and the tie parameter where they are
 * free.
 */
final class Model {
  static final int HALF = 0;
  static final int DAVIDSON = 1;
  static final int RAO_KUPPER = 2;

  final int items;
  final Cells cells;
  final int size;

  /** The places of the order effect and the tie parameter, or -1. */
  final int orderAt;

  final int tieAt;
  final double prior;
  private final int ties;

  /** A linear term in the scores, or null. */
  private final double[] linear;

  /** The weight of the comparisons that each parameter is in. */
  private final double[] weight;

  private final Logistic up = new Logistic();
  private final Logistic down = new Logistic();

  // The slopes and curvatures of the cell at hand.
  private double value;
  private double byScore;
  private double byTie;
  private double byScores;
  private double byBoth;
  private double byTies;

  /** What a model says at one point. */
  static final class Point {
    double[] x;
    double value;
    final double[] gradient;
    final double[] diagonal;
    final double[] byScores;
    final double[] byBoth;
    final double[] byTies;

    Point(Model model) {
      int cells = model.cells.size();
      x = new double[model.size];
      gradient = new double[model.size];
      diagonal = new double[model.size];
      byScores = new double[cells];
      byBoth = new double[model.tieAt < 0 ? 0 : cells];
      byTies = new double[byBoth.length];
    }
  }

  Model(
      int items,
      Cells cells,
      int ties,
      boolean ordered,
      boolean tied,
      double prior,
      double[] linear) {
    this.items = items;
    this.cells = cells;
    this.ties = ties;
    this.prior = prior;
    this.linear = linear;
    orderAt = ordered ? items : -1;
    tieAt = tied ? items + (ordered ? 1 : 0) : -1;
    size = items + (ordered ? 1 : 0) + (tied ? 1 : 0);
    weight = new double[size];
    for (int c = 0; c < cells.size(); c++) {
      double n = (cells.winsA[c] + cells.winsB[c]) + cells.ties[c];
      weight[cells.a[c]] += n;
      weight[cells.b[c]] += n;
      for (int i = items; i < size; i++) {
        weight[i] += n;
      }
    }
  }

  /** Fills in everything of a point but its {@code x}. */
  void evaluate(Point point) {
    double[] x = point.x;
    double[] gradient = point.gradient;
    double[] diagonal = point.diagonal;
    double sum = 0;
    Arrays.fill(gradient, 0);
    Arrays.fill(diagonal, 0);
    for (int c = 0; c < cells.size(); c++) {
      int a = cells.a[c];
      int b = cells.b[c];
      double d = x[a] - x[b];
      if (orderAt >= 0) {
        d = d + x[orderAt];
      }
      cell(d, tieAt < 0 ? 0 : x[tieAt], cells.winsA[c], cells.winsB[c], cells.ties[c]);
      sum = sum + value;
      gradient[a] = gradient[a] + byScore;
      gradient[b] = gradient[b] - byScore;
      diagonal[a] = diagonal[a] + byScores;
      diagonal[b] = diagonal[b] + byScores;
      point.byScores[c] = byScores;
      if (orderAt >= 0) {
        gradient[orderAt] = gradient[orderAt] + byScore;
        diagonal[orderAt] = diagonal[orderAt] + byScores;
      }
      if (tieAt >= 0) {
        gradient[tieAt] = gradient[tieAt] + byTie;
        diagonal[tieAt] = diagonal[tieAt] + byTies;
        point.byBoth[c] = byBoth;
        point.byTies[c] = byTies;
      }
    }
    point.value = penalise(x, gradient, diagonal, sum);
  }

  private double penalise(double[] x, double[] gradient, double[] diagonal, double sum) {
    for (int i = 0; linear != null && i < items; i++) {
      sum = sum + linear[i] * x[i];
      gradient[i] = gradient[i] + linear[i];
    }
    if (!(prior > 0)) {
      return sum;
    }
    double square = 0;
    for (int i = 0; i < size; i++) {
      if (i != tieAt) {
        square = square + x[i] * x[i];
        gradient[i] = gradient[i] - prior * x[i];
        diagonal[i] = diagonal[i] + prior;
      }
    }
    return sum - (0.5 * prior) * square;
  }

  private void cell(double d, double y, double wa, double wb, double t) {
    if (tieAt < 0) {
      up.set(d);
      value = wa * up.logP + wb * up.logQ;
      byScore = wa * up.q - wb * up.p;
      byScores = (wa + wb) * (up.p * up.q);
    } else if (ties == DAVIDSON) {
      davidson(d, y, wa, wb, t);
    } else {
      raoKupper(d, y, wa, wb, t);
    }
  }

  /**
   * R. R. Davidson, <em>On extending the Bradley-Terry model to accommodate ties</em>, JASA 65,
   * 1970; {@code y} is the logarithm of nu.
   */
  private void davidson(double d, double y, double wa, double wb, double t) {
    double high = 0.5 * d;
    double low = -high;
    double m = Math.max(Math.max(high, low), y);
    double ea = Elementary.exp(high - m);
    double eb = Elementary.exp(low - m);
    double et = Elementary.exp(y - m);
    double s = (ea + eb) + et;
    double pa = ea / s;
    double pb = eb / s;
    double pt = et / s;
    double norm = m + Elementary.log(s);
    double n = (wa + wb) + t;
    double difference = pa - pb;
    value = (wa * (high - norm) + wb * (low - norm)) + t * (y - norm);
    byScore = 0.5 * ((wa - n * pa) - (wb - n * pb));
    byTie = t - n * pt;
    byScores = 0.25 * (n * ((pa + pb) - difference * difference));
    byBoth = -(0.5 * (n * (difference * pt)));
    byTies = n * (pt * (1.0 - pt));
  }

  /**
   * P. V. Rao and L. L. Kupper, <em>Ties in paired-comparison experiments</em>, JASA 62, 1967;
   * {@code y} is the logarithm of theta.
   */
  private void raoKupper(double d, double y, double wa, double wb, double t) {
    up.set(d - y);
    down.set(-d - y);
    double e = Elementary.exp(2.0 * y);
    double na = wa + t;
    double nb = wb + t;
    double e1 = e - 1.0;
    double ca = na * (up.p * up.q);
    double cb = nb * (down.p * down.q);
    value = (na * up.logP + nb * down.logP) + t * Elementary.log(e1);
    byScore = na * up.q - nb * down.q;
    byTie = t * (2.0 * e / e1) - (na * up.q + nb * down.q);
    byScores = ca + cb;
    byBoth = cb - ca;
    byTies = (ca + cb) + t * (4.0 * e / (e1 * e1));
  }

  /** Writes the information times a vector. */
  void product(Point point, double[] v, double[] out) {
    Arrays.fill(out, 0);
    for (int c = 0; c < cells.size(); c++) {
      int a = cells.a[c];
      int b = cells.b[c];
      double s = v[a] - v[b];
      if (orderAt >= 0) {
        s = s + v[orderAt];
      }
      double bent = point.byScores[c] * s;
      if (tieAt >= 0) {
        bent = bent + point.byBoth[c] * v[tieAt];
        out[tieAt] = out[tieAt] + (point.byBoth[c] * s + point.byTies[c] * v[tieAt]);
      }
      out[a] = out[a] + bent;
      out[b] = out[b] - bent;
      if (orderAt >= 0) {
        out[orderAt] = out[orderAt] + bent;
      }
    }
    for (int i = 0; prior > 0 && i < size; i++) {
      if (i != tieAt) {
        out[i] = out[i] + prior * v[i];
      }
    }
  }

  /** Returns whether the tie parameter is where its model has it. */
  boolean allows(double[] x) {
    return tieAt < 0 || ties != RAO_KUPPER || (x[tieAt] > 0 && x[tieAt] <= 100);
  }

  /** Returns whether no parameter gains more from a change than a small part of its comparisons. */
  boolean atRest(double[] gradient, double tolerance) {
    for (int i = 0; i < size; i++) {
      double extra = i == tieAt ? 0 : prior;
      if (!(Math.abs(gradient[i]) <= tolerance * (weight[i] + extra))) {
        return false;
      }
    }
    return true;
  }
}
