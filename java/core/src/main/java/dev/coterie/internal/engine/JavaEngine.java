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
      case WAWA -> Wawa.fit(new Poll(problem, table, out, team, control, Wawa.RULES));
      case ZERO_BASED_SKILL ->
          ZeroBasedSkill.fit(new Poll(problem, table, out, team, control, ZeroBasedSkill.RULES));
      case GOLD_MAJORITY_VOTE -> {
        GoldMajorityVote.check(problem, table);
        Poll poll = new Poll(problem, table, out, team, control, GoldMajorityVote.RULES);
        GoldMajorityVote.fit(poll);
      }
      case CATD -> Catd.fit(new Poll(problem, table, out, team, control, Catd.RULES));
      case PM -> Pm.fit(new Poll(problem, table, out, team, control, Pm.RULES));
      case MMSR -> Mmsr.fit(new Poll(problem, table, out, team, control, Mmsr.RULES));
      case ORDINAL -> Ordinal.fit(this, problem, table, out, control);
      case KOS -> {
        Kos.check(table);
        Kos.fit(new Poll(problem, table, out, team, control, Kos.RULES));
      }
      case ZEN_CROWD -> OneCoin.zenCrowd(problem, table, out, kernels, team, control).fit();
      case MACE -> new Mace(problem, table, out, kernels, team, control).fit();
      case GLAD -> new Glad(problem, table, out, kernels, team, control).fit();
      case IBCC -> new Ibcc(problem, table, out, kernels, team, control).fit();
      case EBCC -> Ebcc.of(problem, table, out, kernels, control).fit();
      case AUTO -> new AutoFit(problem, table, out, kernels, team, control).fit();
    }
  }
}
