package dev.coterie.internal.pairwise;

import dev.coterie.spi.PairwiseProblem;

/**
 * Climbing a smooth function by L-BFGS: D. C. Liu and J. Nocedal, <em>On the limited memory BFGS
 * method for large scale optimization</em>, Mathematical Programming 45, 1989. Steps are halved
 * until they gain enough.
 */
final class Climb {
  /** How many steps the curvature is learned from. */
  private static final int MEMORY = 10;

  private static final int MOST_HALVINGS = 40;

  private final Hill hill;
  private final Watch watch;

  /** The latest steps, oldest first, the changes of the slopes along them, and 1 / product. */
  private final double[][] steps = new double[MEMORY][];

  private final double[][] changes = new double[MEMORY][];
  private final double[] rho = new double[MEMORY];
  private final double[] alpha = new double[MEMORY];
  private int used;

  private double[] gradient;
  private double[] slope;
  private double[] trial;
  private final double[] way;

  double[] x;
  double value;
  int iterations;
  boolean converged;

  /** What is to be climbed. */
  interface Hill {
    /** Returns the height at {@code x} and writes the slopes there. */
    double evaluate(double[] x, double[] gradient);

    /** Returns whether no slope is above its share of the tolerance. */
    boolean atRest(double[] gradient, double tolerance);
  }

  Climb(Hill hill, double[] x, Watch watch) {
    this.hill = hill;
    this.x = x;
    this.watch = watch;
    gradient = new double[x.length];
    slope = new double[x.length];
    trial = new double[x.length];
    way = new double[x.length];
    for (int i = 0; i < MEMORY; i++) {
      steps[i] = new double[x.length];
      changes[i] = new double[x.length];
    }
  }

  void climb(PairwiseProblem problem) {
    value = hill.evaluate(x, gradient);
    while (!hill.atRest(gradient, problem.tolerance())) {
      if (iterations == problem.maxIterations()) {
        return;
      }
      direct();
      if (advance()) {
        iterations++;
        watch.report(iterations);
      } else if (used > 0) {
        // Once more, straight up.
        used = 0;
      } else {
        return;
      }
    }
    converged = true;
  }

  /** Turns the slopes into a direction. */
  private void direct() {
    System.arraycopy(gradient, 0, way, 0, way.length);
    double factor = 1.0 / Math.sqrt(Vectors.dot(gradient, gradient));
    for (int k = used - 1; k >= 0; k--) {
      alpha[k] = rho[k] * Vectors.dot(steps[k], way);
      for (int i = 0; i < way.length; i++) {
        way[i] = way[i] - alpha[k] * changes[k][i];
      }
    }
    if (used > 0) {
      double[] last = changes[used - 1];
      factor = Vectors.dot(steps[used - 1], last) / Vectors.dot(last, last);
    }
    for (int i = 0; i < way.length; i++) {
      way[i] = factor * way[i];
    }
    for (int k = 0; k < used; k++) {
      double gap = alpha[k] - rho[k] * Vectors.dot(changes[k], way);
      for (int i = 0; i < way.length; i++) {
        way[i] = way[i] + gap * steps[k][i];
      }
    }
  }

  /** Goes the direction, or a part of it that gains; false when there is none. */
  private boolean advance() {
    double gain = Vectors.dot(gradient, way);
    double length = 1;
    for (int halving = 0; halving < MOST_HALVINGS; halving++) {
      watch.check();
      for (int i = 0; i < way.length; i++) {
        trial[i] = x[i] + length * way[i];
      }
      double then = hill.evaluate(trial, slope);
      if (then >= (value + (1e-4 * length) * gain) - 1e-13 * Math.abs(value)) {
        learn();
        double[] before = x;
        x = trial;
        trial = before;
        before = gradient;
        gradient = slope;
        slope = before;
        value = then;
        return true;
      }
      length = 0.5 * length;
    }
    return false;
  }

  /** Takes in the step, unless the function bends the wrong way along it. */
  private void learn() {
    double bend = 0;
    for (int i = 0; i < way.length; i++) {
      bend = bend + (trial[i] - x[i]) * (gradient[i] - slope[i]);
    }
    if (!(bend > 0)) {
      return;
    }
    if (used == MEMORY) {
      double[] step = steps[0];
      double[] change = changes[0];
      System.arraycopy(steps, 1, steps, 0, MEMORY - 1);
      System.arraycopy(changes, 1, changes, 0, MEMORY - 1);
      System.arraycopy(rho, 1, rho, 0, MEMORY - 1);
      steps[MEMORY - 1] = step;
      changes[MEMORY - 1] = change;
      used--;
    }
    for (int i = 0; i < way.length; i++) {
      steps[used][i] = trial[i] - x[i];
      changes[used][i] = gradient[i] - slope[i];
    }
    rho[used++] = 1.0 / bend;
  }
}
