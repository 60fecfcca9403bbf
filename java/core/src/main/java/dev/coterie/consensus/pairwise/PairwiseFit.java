package dev.coterie.consensus.pairwise;

import dev.coterie.consensus.FitControl;
import dev.coterie.internal.BackendRegistry;
import dev.coterie.spi.Backend;
import dev.coterie.spi.PairwiseOutcome;
import dev.coterie.spi.PairwiseProblem;
import java.util.Objects;
import java.util.concurrent.CancellationException;

/** A method with all of its options. */
@SuppressWarnings("ArrayRecordComponent") // Never compared, and never changed.
record PairwiseFit(
    int method,
    double[] parameters,
    int maxIterations,
    double tolerance,
    String backend,
    Chances.Source chances) {

  PairwiseConsensus fit(PairwiseMethod asked, ComparisonTable table, FitControl control) {
    Objects.requireNonNull(table, "table");
    Objects.requireNonNull(control, "control");
    if (control.isCancelled()) {
      throw new CancellationException("the fit was cancelled before it began");
    }
    if (method == PairwiseProblem.NOISY_BRADLEY_TERRY && table.experts() == 0) {
      throw new IllegalArgumentException(
          asked.id() + " needs the expert of each comparison: name them in the table");
    }
    Backend engine = BackendRegistry.global().openOrCurrent(backend);
    PairwiseOutcome outcome = new PairwiseOutcome(table.items(), table.experts());
    engine
        .pairwise()
        .fit(
            new PairwiseProblem(
                method, table.columns(engine), parameters, maxIterations, tolerance),
            outcome,
            control);
    return new PairwiseConsensus(asked, table, engine.info(), outcome, chances.of(outcome));
  }
}
