package dev.coterie.internal.pairwise;

import dev.coterie.spi.PairwiseProblem;
import java.util.Arrays;

/**
 * Newton's method for concave likelihoods: steps by conjugate gradients with the diagonal as
 * preconditioner, halved until they do not lose.
 */
final class Newton {
  private static final int MOST_ITERATIONS = 1000;
  private static final double REDUCTION = 1e-8;
  private static final int MOST_HALVINGS = 30;

  private final Model model;
  private final Groups groups;
  private final Watch watch;
  private final double[] step;
  private final double[] rest;
  private final double[] scaled;
  private final double[] way;
  private final double[] product;

  Model.Point point;
  int iterations;
  boolean converged;

  /** Groups of items whose scores have mean 0. */
  static final class Groups {
    final int[] of;
    final int[] sizes;
    private final double[] means;

    Groups(int[] of, int count) {
      this.of = of;
      sizes = new int[count];
      means = new double[count];
      for (int group : of) {
        sizes[group]++;
      }
    }

    private void centre(double[] x) {
      Arrays.fill(means, 0);
      for (int i = 0; i < of.length; i++) {
        means[of[i]] += x[i];
      }
      for (int g = 0; g < means.length; g++) {
        means[g] = means[g] / sizes[g];
      }
      for (int i = 0; i < of.length; i++) {
        x[i] = x[i] - means[of[i]];
      }
    }
  }

  Newton(Model model, Model.Point start, Groups groups, Watch watch) {
    this.model = model;
    this.point = start;
    this.groups = groups;
    this.watch = watch;
    step = new double[model.size];
    rest = new double[model.size];
    scaled = new double[model.size];
    way = new double[model.size];
    product = new double[model.size];
  }

  /** Climbs from the point to the top. */
  void climb(PairwiseProblem problem) {
    Model.Point trial = new Model.Point(model);
    model.evaluate(point);
    while (!model.atRest(point.gradient, problem.tolerance())) {
      if (iterations == problem.maxIterations()) {
        return;
      }
      solve();
      if (!advance(trial)) {
        return;
      }
      Model.Point before = point;
      point = trial;
      trial = before;
      iterations++;
      watch.report(iterations);
    }
    converged = true;
  }

  /** Goes the step, or a part of it that does not lose; false when there is none. */
  private boolean advance(Model.Point trial) {
    double gain = Vectors.dot(point.gradient, step);
    double length = 1;
    for (int halving = 0; halving < MOST_HALVINGS; halving++) {
      for (int i = 0; i < step.length; i++) {
        trial.x[i] = point.x[i] + length * step[i];
      }
      if (model.allows(trial.x)) {
        if (!(model.prior > 0)) {
          groups.centre(trial.x);
        }
        model.evaluate(trial);
        double least = (point.value + (1e-4 * length) * gain) - 1e-13 * Math.abs(point.value);
        if (trial.value >= least && trial.value < Double.POSITIVE_INFINITY) {
          return true;
        }
      }
      length = 0.5 * length;
    }
    return false;
  }

  private void solve() {
    Arrays.fill(step, 0);
    System.arraycopy(point.gradient, 0, rest, 0, rest.length);
    scale();
    System.arraycopy(scaled, 0, way, 0, way.length);
    double now = Vectors.dot(rest, scaled);
    double goal = REDUCTION * now;
    for (int i = 0; i < MOST_ITERATIONS && now > goal; i++) {
      watch.check();
      model.product(point, way, product);
      double bend = Vectors.dot(way, product);
      if (!(bend > 0)) {
        return;
      }
      double alpha = now / bend;
      for (int k = 0; k < step.length; k++) {
        step[k] = step[k] + alpha * way[k];
        rest[k] = rest[k] - alpha * product[k];
      }
      scale();
      double before = now;
      now = Vectors.dot(rest, scaled);
      double beta = now / before;
      for (int k = 0; k < way.length; k++) {
        way[k] = scaled[k] + beta * way[k];
      }
    }
  }

  private void scale() {
    double[] diagonal = point.diagonal;
    for (int i = 0; i < rest.length; i++) {
      scaled[i] = diagonal[i] > 0 ? rest[i] / diagonal[i] : 0;
    }
  }
}
