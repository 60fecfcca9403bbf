package dev.coterie.internal.numeric;

import dev.coterie.consensus.FitControl;
import dev.coterie.internal.engine.Team;
import dev.coterie.spi.NumericKind;
import dev.coterie.spi.NumericOutcome;
import dev.coterie.spi.NumericProblem;

/** Means and medians: each task by itself. */
final class SimpleFit extends NumericFit {
  SimpleFit(NumericProblem problem, NumericOutcome.Heap out, Team team, FitControl control) {
    super(problem, out, team, control);
  }

  @Override
  void estimate() {
    if (problem.expertWeights() != null) {
      for (int e = 0; e < experts; e++) {
        trust[e] = trust[e] * problem.expertWeights()[e];
      }
    }
    each(
        (span, first, last) -> {
          for (int t = first; t < last; t++) {
            if (answers.isOpen(t)) {
              estimate(t);
            }
          }
        });
  }

  private void estimate(int t) {
    if (problem.method() == NumericKind.MEDIAN) {
      out.estimate[t] = Statistics.median(answers, t);
      out.error[t] = Statistics.medianError(answers, t, out.estimate[t]);
    } else if (problem.method() == NumericKind.TRIMMED_MEAN) {
      int n = answers.size(t);
      int cut = Math.min((int) (problem.parameters()[0] * n), (n - 1) / 2);
      out.estimate[t] = Statistics.trimmedMean(answers, t, cut);
      out.error[t] = Statistics.trimmedMeanError(answers, t, cut);
    } else {
      out.estimate[t] = Statistics.mean(answers, t, null);
      out.error[t] = Statistics.meanError(answers, t, null, out.estimate[t]);
    }
  }
}
