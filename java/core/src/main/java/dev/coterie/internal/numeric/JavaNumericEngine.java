package dev.coterie.internal.numeric;

import dev.coterie.consensus.FitControl;
import dev.coterie.internal.engine.Team;
import dev.coterie.spi.NumericEngine;
import dev.coterie.spi.NumericOutcome;
import dev.coterie.spi.NumericProblem;

/** The numeric engine in Java. */
public final class JavaNumericEngine implements NumericEngine {
  /** Makes an engine. */
  public JavaNumericEngine() {}

  @Override
  public void fit(NumericProblem problem, NumericOutcome outcome, FitControl control) {
    NumericOutcome.Heap out = (NumericOutcome.Heap) outcome;
    Team team = new Team(problem.threads(), 1, control);
    team.checkCancelled();
    NumericFit fit =
        switch (problem.method()) {
          case MEAN, MEDIAN, TRIMMED_MEAN, WEIGHTED_MEAN ->
              new SimpleFit(problem, out, team, control);
          case LFC_N -> new LfcFit(problem, out, team, control);
          case CATD -> new CatdFit(problem, out, team, control);
          case PM -> new PmFit(problem, out, team, control);
        };
    fit.fit();
  }
}
