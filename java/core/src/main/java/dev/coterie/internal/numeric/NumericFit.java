package dev.coterie.internal.numeric;

import dev.coterie.consensus.FitControl;
import dev.coterie.internal.engine.Spans;
import dev.coterie.internal.engine.Team;
import dev.coterie.spi.ControlAccess;
import dev.coterie.spi.NumericOutcome;
import dev.coterie.spi.NumericProblem;
import java.util.Arrays;

/** What all numeric fits share: passes over spans, the loop, and the description of the result. */
abstract class NumericFit {
  /** Smaller variances, in terms of the largest value, count as none. */
  static final double SMALLEST = 1e-200;

  final NumericProblem problem;
  final Answers answers;
  final Spans spans;
  final NumericOutcome.Heap out;
  final int experts;

  /** What the answers of each expert weigh, in any unit. */
  final double[] trust;

  /** Sums for each expert, [which][span][expert]; {@link #combine} adds them up in span 0. */
  final double[][][] sums;

  /** A sum of each span. */
  final double[] totals;

  private final Team team;
  private final FitControl control;

  NumericFit(NumericProblem problem, NumericOutcome.Heap out, Team team, FitControl control) {
    this.problem = problem;
    this.out = out;
    this.team = team;
    this.control = control;
    answers = Answers.of(problem);
    spans = answers.spans;
    experts = answers.experts;
    sums = new double[3][spans.count()][experts];
    totals = new double[spans.count()];
    trust = new double[experts];
    for (int e = 0; e < experts; e++) {
      trust[e] = answers.answered[e] > 0 ? 1.0 : 0.0;
    }
  }

  /** Some work on the tasks {@code [first, last)} of a span. */
  interface Pass {
    /** Does it. */
    void span(int span, int first, int last);
  }

  /** Estimates all tasks. */
  abstract void estimate();

  /** Returns the method's own account of each expert's bias, or null. */
  double[] bias() {
    return null;
  }

  /** Returns the method's own account of each expert's deviation, or null. */
  double[] deviation() {
    return null;
  }

  final void fit() {
    team.checkCancelled();
    out.converged = true;
    out.objective = Double.NaN;
    for (int t = 0; t < answers.tasks; t++) {
      out.estimate[t] = answers.known(t);
      out.error[t] = answers.isKnown(t) ? 0.0 : Double.NaN;
    }
    estimate();
    each(this::describe);
    describeExperts();
    for (double[] values :
        new double[][] {out.estimate, out.error, out.spread, out.bias, out.deviation}) {
      for (int i = 0; i < values.length; i++) {
        values[i] = Scale.scale(values[i], answers.exponent);
      }
    }
  }

  /** Does some work on every span. */
  final void each(Pass pass) {
    team.run(
        spans.count(), (span, workspace) -> pass.span(span, spans.first(span), spans.last(span)));
  }

  /** Adds up some sums of all experts, in the order of the spans. */
  final double[] combine(int which) {
    double[] total = sums[which][0];
    for (int span = 1; span < spans.count(); span++) {
      double[] part = sums[which][span];
      for (int e = 0; e < experts; e++) {
        total[e] = total[e] + part[e];
      }
    }
    return total;
  }

  /** Adds up the totals of the spans. */
  final double combineTotals() {
    double total = totals[0];
    for (int span = 1; span < totals.length; span++) {
      total = total + totals[span];
    }
    return total;
  }

  /** One iteration. */
  interface Step {
    /** Makes it and returns the objective. */
    double step();
  }

  /**
   * Repeats a step until the objective changes by no more than {@code absolute}, or by the
   * tolerance relative to it when that is NaN.
   */
  final void steps(double absolute, Step step) {
    out.converged = false;
    while (out.iterations < problem.maxIterations() && !out.converged) {
      team.checkCancelled();
      double previous = out.objective;
      out.objective = step.step();
      out.iterations++;
      double allowed =
          Double.isNaN(absolute) ? problem.tolerance() * Math.abs(out.objective) : absolute;
      // NaN, before the second iteration, compares false.
      out.converged = Math.abs(out.objective - previous) <= allowed;
      ControlAccess.get().progress(control, out.iterations);
    }
  }

  /** Writes the spread of each task and sums up the experts' weights and deviations. */
  private void describe(int span, int first, int last) {
    double[] weights = cleared(0, span);
    double[] differences = cleared(1, span);
    double[] squares = cleared(2, span);
    for (int t = first; t < last; t++) {
      double total = 0.0;
      double ofTask = 0.0;
      for (int i = answers.offsets[t]; i < answers.offsets[t + 1]; i++) {
        int e = answers.expert[i];
        double w = answers.weight(i);
        double difference = answers.value[i] - out.estimate[t];
        double square = w * (difference * difference);
        weights[e] = weights[e] + w;
        differences[e] = differences[e] + w * difference;
        squares[e] = squares[e] + square;
        total = total + w;
        ofTask = ofTask + square;
      }
      out.spread[t] = answers.size(t) == 0 ? Double.NaN : Math.sqrt(ofTask / total);
    }
  }

  /** Returns the sums of a span, emptied. */
  final double[] cleared(int which, int span) {
    double[] result = sums[which][span];
    Arrays.fill(result, 0.0);
    return result;
  }

  private void describeExperts() {
    double[] weights = combine(0);
    double[] differences = combine(1);
    double[] squares = combine(2);
    double[] bias = bias();
    double[] deviation = deviation();
    double whole = 0.0;
    for (double u : trust) {
      whole = whole + u;
    }
    for (int e = 0; e < experts; e++) {
      boolean answered = answers.answered[e] > 0;
      double b = bias == null ? differences[e] / weights[e] : bias[e];
      double d = deviation == null ? Math.sqrt(squares[e] / weights[e]) : deviation[e];
      out.bias[e] = answered ? b : Double.NaN;
      out.deviation[e] = answered ? d : Double.NaN;
      out.weight[e] = whole > 0.0 ? trust[e] / whole : 0.0;
    }
  }
}
