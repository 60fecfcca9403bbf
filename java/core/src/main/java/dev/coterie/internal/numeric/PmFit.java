package dev.coterie.internal.numeric;

import dev.coterie.consensus.FitControl;
import dev.coterie.internal.engine.Team;
import dev.coterie.spi.Elementary;
import dev.coterie.spi.NumericOutcome;
import dev.coterie.spi.NumericProblem;

/** Conflict resolution on heterogeneous data, for numbers. See docs/methods/numeric-pm.md. */
final class PmFit extends NumericFit {
  /** Keeps weights finite and above 0. */
  private static final double FLOOR = 1e-7;

  private final boolean squared;
  private final boolean byLargest;

  PmFit(NumericProblem problem, NumericOutcome.Heap out, Team team, FitControl control) {
    super(problem, out, team, control);
    squared = problem.parameters()[0] == 1.0;
    byLargest = problem.parameters()[1] == 1.0;
  }

  @Override
  void estimate() {
    each(
        (span, first, last) -> {
          for (int t = first; t < last; t++) {
            if (answers.isOpen(t)) {
              out.estimate[t] = Statistics.median(answers, t);
            }
            out.spread[t] = unit(t);
          }
          distances(span, first, last);
        });
    if (whole(combine(0)) > 0.0) {
      steps(Double.NaN, this::step);
    }
    each(
        (span, first, last) -> {
          for (int t = first; t < last; t++) {
            if (answers.isOpen(t)) {
              double m = out.estimate[t];
              out.error[t] =
                  squared
                      ? Statistics.meanError(answers, t, trust, m)
                      : Statistics.weightedMedianError(answers, t, trust, m);
            }
          }
        });
  }

  private double step() {
    double[] losses = sums[0][0];
    double whole = whole(losses);
    if (whole > 0.0) {
      for (int e = 0; e < experts; e++) {
        trust[e] =
            answers.answered[e] > 0 ? FLOOR - Elementary.log(losses[e] / whole + FLOOR) : 0.0;
      }
    }
    each(
        (span, first, last) -> {
          for (int t = first; t < last; t++) {
            if (answers.isOpen(t)) {
              out.estimate[t] =
                  squared
                      ? Statistics.mean(answers, t, trust)
                      : Statistics.weightedMedian(answers, t, trust);
            }
          }
          distances(span, first, last);
        });
    combine(0);
    double objective = 0.0;
    for (int e = 0; e < experts; e++) {
      objective = objective + trust[e] * losses[e];
    }
    return objective;
  }

  /**
   * Returns what the distances of a task are measured in: the standard deviation of its answers,
   * about the known value where there is one; 0 without answers.
   */
  private double unit(int t) {
    if (answers.size(t) == 0) {
      return 0.0;
    }
    double centre = answers.isKnown(t) ? answers.known(t) : Statistics.mean(answers, t, null);
    double squares = 0.0;
    for (int i = answers.offsets[t]; i < answers.offsets[t + 1]; i++) {
      double difference = answers.value[i] - centre;
      squares = squares + answers.weight(i) * (difference * difference);
    }
    return Math.sqrt(squares / Statistics.total(answers, t, null));
  }

  private void distances(int span, int first, int last) {
    double[] losses = cleared(0, span);
    for (int t = first; t < last; t++) {
      double unit = out.spread[t];
      for (int i = answers.offsets[t]; i < answers.offsets[t + 1]; i++) {
        int e = answers.expert[i];
        double d = unit > 0.0 ? Math.abs(answers.value[i] - out.estimate[t]) / unit : 0.0;
        losses[e] = losses[e] + answers.weight(i) * (squared ? d * d : d);
      }
    }
  }

  /** Returns what the experts' losses are divided by. */
  private double whole(double[] losses) {
    double whole = 0.0;
    for (double loss : losses) {
      whole = byLargest ? Math.max(whole, loss) : whole + loss;
    }
    return whole;
  }
}
