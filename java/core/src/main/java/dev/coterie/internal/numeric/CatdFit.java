package dev.coterie.internal.numeric;

import dev.coterie.consensus.FitControl;
import dev.coterie.internal.engine.ChiSquare;
import dev.coterie.internal.engine.Team;
import dev.coterie.spi.NumericOutcome;
import dev.coterie.spi.NumericProblem;
import java.util.Arrays;

/** Confidence-aware truth discovery. See docs/methods/numeric-catd.md. */
final class CatdFit extends NumericFit {
  /** Added to each expert's sum of squares, in terms of the mean square. */
  private static final double FLOOR = 1e-9;

  private double[] quantiles;
  private double floor;

  CatdFit(NumericProblem problem, NumericOutcome.Heap out, Team team, FitControl control) {
    super(problem, out, team, control);
  }

  @Override
  void estimate() {
    each(
        (span, first, last) -> {
          for (int t = first; t < last; t++) {
            if (answers.isOpen(t)) {
              out.estimate[t] = Statistics.median(answers, t);
            }
          }
          distances(span, first, last);
        });
    double whole = 0.0;
    for (double sum : combine(0)) {
      whole = whole + sum;
    }
    if (whole > 0.0) {
      floor = Math.max(FLOOR * (whole / (double) answers.size()), SMALLEST);
      double[] degrees = Arrays.stream(answers.answered).asDoubleStream().toArray();
      quantiles = ChiSquare.quantiles(problem.parameters()[0] * 0.5, degrees);
      steps(Double.NaN, this::step);
      out.objective = Scale.scale(out.objective, answers.exponent);
    }
    each(
        (span, first, last) -> {
          for (int t = first; t < last; t++) {
            if (answers.isOpen(t)) {
              out.error[t] = Statistics.meanError(answers, t, trust, out.estimate[t]);
            }
          }
        });
  }

  private double step() {
    double[] squares = sums[0][0];
    double total = 0.0;
    for (int e = 0; e < experts; e++) {
      trust[e] = quantiles[e] / (squares[e] + floor);
      total = total + trust[e];
    }
    for (int e = 0; e < experts; e++) {
      trust[e] = trust[e] / total;
    }
    each(
        (span, first, last) -> {
          for (int t = first; t < last; t++) {
            if (answers.isOpen(t)) {
              out.estimate[t] = Statistics.mean(answers, t, trust);
            }
          }
          distances(span, first, last);
        });
    combine(0);
    double objective = 0.0;
    for (int e = 0; e < experts; e++) {
      objective = objective + trust[e] * squares[e];
    }
    return Math.sqrt(objective);
  }

  private void distances(int span, int first, int last) {
    double[] squares = cleared(0, span);
    for (int t = first; t < last; t++) {
      for (int i = answers.offsets[t]; i < answers.offsets[t + 1]; i++) {
        int e = answers.expert[i];
        double difference = answers.value[i] - out.estimate[t];
        squares[e] = squares[e] + answers.weight(i) * (difference * difference);
      }
    }
  }
}
