package dev.coterie.internal.engine;

/** A vote, then one that is weighted by the agreement with it: docs/methods/wawa.md. */
final class Wawa {
  static final Poll.Rules RULES = new Poll.Rules(true, false, false);

  private Wawa() {}

  static void fit(Poll poll) {
    double[] weights =
        poll.reweigh(
            1.0, 1, Double.POSITIVE_INFINITY, (step, old, next) -> poll.agreement(0.0, next));
    System.arraycopy(weights, 0, poll.out.skill, 0, poll.experts);
    poll.close();
  }
}
