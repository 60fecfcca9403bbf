package dev.coterie.internal.engine;

import dev.coterie.consensus.FitControl;
import dev.coterie.spi.Columns;
import dev.coterie.spi.ConsensusEngine;
import dev.coterie.spi.FitOutcome;
import dev.coterie.spi.FitProblem;
import dev.coterie.spi.Kernels;

/** The consensus engine in Java, over any kernels. */
public final class JavaEngine implements ConsensusEngine {
  private final Kernels kernels;

  /** Makes an engine. */
  public JavaEngine(Kernels kernels) {
    this.kernels = kernels;
  }

  @Override
  public void fit(FitProblem problem, FitOutcome outcome, FitControl control) {
    Columns.Heap table = (Columns.Heap) problem.table();
    FitOutcome.Heap out = (FitOutcome.Heap) outcome;
    Team team = new Team(problem.threads(), table.labels(), control);
    team.checkCancelled();
    switch (problem.method()) {
      case MAJORITY_VOTE, WEIGHTED_VOTE -> Votes.fit(problem, table, out, team);
      case DAWID_SKENE -> new DawidSkene(problem, table, out, kernels, team, control).fit();
      case ONE_COIN_DAWID_SKENE -> new OneCoin(problem, table, out, kernels, team, control).fit();
      case AUTO -> new AutoFit(problem, table, out, kernels, team, control).fit();
    }
  }
}
