package dev.coterie.internal.engine;

import dev.coterie.spi.Columns;
import dev.coterie.spi.FitProblem;

/** A vote weighted by the answers to known tasks: docs/methods/gold-majority-vote.md. */
final class GoldMajorityVote {
  static final Poll.Rules RULES = new Poll.Rules(true, false, true);

  private GoldMajorityVote() {}

  /** Refuses a problem without any answer to a known task. */
  static void check(FitProblem problem, Columns.Heap table) {
    int[] gold = problem.gold();
    boolean known = false;
    for (int t = 0; gold != null && t < gold.length; t++) {
      known |= gold[t] >= 0;
    }
    if (!known) {
      throw new IllegalArgumentException(
          "gold-majority-vote needs gold: give the known labels of some tasks, or choose a method"
              + " without gold");
    }
    for (int i = 0; i < table.size(); i++) {
      if (gold[table.task()[i]] >= 0) {
        return;
      }
    }
    throw new IllegalArgumentException(
        "gold-majority-vote: no answer is to a task of the gold; give the labels of tasks that have"
            + " answers");
  }

  static void fit(Poll poll) {
    double smoothing = poll.problem.smoothing();
    double[] weights =
        poll.reweigh(
            1.0, 1, Double.POSITIVE_INFINITY, (step, old, next) -> poll.agreement(smoothing, next));
    System.arraycopy(weights, 0, poll.out.skill, 0, poll.experts);
    poll.close();
  }
}
