package dev.coterie.internal.sequence;

import dev.coterie.consensus.FitControl;
import dev.coterie.spi.RoverOutcome;
import dev.coterie.spi.RoverProblem;
import dev.coterie.spi.SequenceEngine;

/** The methods for sequences in Java. */
public final class JavaSequences implements SequenceEngine {
  /** The engine, which has no state. */
  public static final SequenceEngine ENGINE = new JavaSequences();

  private JavaSequences() {}

  @Override
  public void rover(RoverProblem problem, RoverOutcome outcome, FitControl control) {
    Watch watch = new Watch(control);
    watch.check();
    RoverChecks.check(problem);
    new RoverRun(problem, outcome, watch).run();
  }
}
