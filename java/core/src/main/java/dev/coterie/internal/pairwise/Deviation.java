package dev.coterie.internal.pairwise;

import dev.coterie.internal.table.HeapLimits;
import java.util.Arrays;

/** Standard errors from the observed information. */
final class Deviation {
  private final Model model;
  private final Newton.Groups groups;
  private final Watch watch;

  /** The lower triangle of the matrix, row by row; then of its Cholesky factor. */
  private final double[] cells;

  private final double[] excess;

  private Deviation(Model model, Newton.Groups groups, Watch watch) {
    this.model = model;
    this.groups = groups;
    this.watch = watch;
    long size = model.size;
    cells =
        new double[HeapLimits.check(size * (size + 1) / 2, "the information (half of items^2)")];
    excess = new double[groups.sizes.length];
  }

  /**
   * Returns the standard errors of all parameters at a point: of scores with mean 0 in each group,
   * or with a prior. NaN for more than {@code limit} parameters, for items that are alone in their
   * group, and when the information is singular.
   */
  static double[] errors(
      Model model, Model.Point point, Newton.Groups groups, int limit, Watch watch) {
    double[] errors = new double[model.size];
    Arrays.fill(errors, Double.NaN);
    if (model.size <= limit) {
      new Deviation(model, groups, watch).fill(errors, point);
    }
    return errors;
  }

  private void fill(double[] errors, Model.Point point) {
    gather(point);
    boolean free = !(model.prior > 0);
    if (free) {
      fixOrigins(point);
    }
    if (!factorise()) {
      return;
    }
    double[] column = new double[model.size];
    for (int j = 0; j < model.size; j++) {
      watch.check();
      double square = inverseAt(j, column);
      if (j >= model.items || !free) {
        errors[j] = Math.sqrt(square);
      } else if (groups.sizes[groups.of[j]] > 1) {
        double rest = square - excess[groups.of[j]];
        errors[j] = rest > 0 ? Math.sqrt(rest) : 0;
      }
    }
  }

  private static int row(int i) {
    return (int) ((long) i * (i + 1) / 2);
  }

  private void add(int i, int j, double x) {
    int at = i >= j ? row(i) + j : row(j) + i;
    cells[at] = cells[at] + x;
  }

  private void gather(Model.Point point) {
    for (int i = 0; i < model.size; i++) {
      cells[row(i) + i] = point.diagonal[i];
    }
    Cells pairs = model.cells;
    for (int c = 0; c < pairs.size(); c++) {
      int a = pairs.a[c];
      int b = pairs.b[c];
      double byScores = point.byScores[c];
      add(a, b, -byScores);
      if (model.orderAt >= 0) {
        add(model.orderAt, a, byScores);
        add(model.orderAt, b, -byScores);
      }
      if (model.tieAt >= 0) {
        double byBoth = point.byBoth[c];
        add(model.tieAt, a, byBoth);
        add(model.tieAt, b, -byBoth);
        if (model.orderAt >= 0) {
          add(model.tieAt, model.orderAt, byBoth);
        }
      }
    }
  }

  /**
   * Adds to the block of each group a multiple of the matrix of ones: the scores have mean 0 then,
   * and the inverse has a constant too much, the excess.
   */
  private void fixOrigins(Model.Point point) {
    double[] spread = new double[groups.sizes.length];
    for (int i = 0; i < model.items; i++) {
      spread[groups.of[i]] += point.diagonal[i];
    }
    for (int g = 0; g < spread.length; g++) {
      double size = groups.sizes[g];
      spread[g] = (spread[g] / size) / size;
      excess[g] = spread[g] > 0 ? 1.0 / (spread[g] * size) / size : 0;
    }
    for (int i = 0; i < model.items; i++) {
      int group = groups.of[i];
      for (int j = 0; j <= i; j++) {
        if (groups.of[j] == group) {
          add(i, j, spread[group]);
        }
      }
      if (!(spread[group] > 0)) {
        cells[row(i) + i] = 1;
      }
    }
  }

  /** Replaces the matrix by its Cholesky factor; false when it is not positive definite. */
  private boolean factorise() {
    for (int i = 0; i < model.size; i++) {
      watch.check();
      int row = row(i);
      for (int j = 0; j < i; j++) {
        int other = row(j);
        double s = cells[row + j];
        for (int k = 0; k < j; k++) {
          s = s - cells[row + k] * cells[other + k];
        }
        cells[row + j] = s / cells[other + j];
      }
      double s = cells[row + i];
      for (int k = 0; k < i; k++) {
        s = s - cells[row + k] * cells[row + k];
      }
      if (!(s > 0)) {
        return false;
      }
      cells[row + i] = Math.sqrt(s);
    }
    return true;
  }

  /** Returns an element of the diagonal of the inverse. */
  private double inverseAt(int j, double[] column) {
    column[j] = 1.0 / cells[row(j) + j];
    double square = column[j] * column[j];
    for (int i = j + 1; i < model.size; i++) {
      int row = row(i);
      double s = 0;
      for (int k = j; k < i; k++) {
        s = s + cells[row + k] * column[k];
      }
      column[i] = -(s / cells[row + i]);
      square = square + column[i] * column[i];
    }
    return square;
  }
}
