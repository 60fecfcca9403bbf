package dev.coterie.internal.engine;

/**
 * Skills that follow the agreement with the vote that they weigh: docs/methods/zero-based-skill.md.
 */
final class ZeroBasedSkill {
  static final Poll.Rules RULES = new Poll.Rules(true, false, false);

  /** How far above chance every expert begins. */
  private static final double OFFSET = 1e-5;

  private final Poll poll;
  private final int steps;
  private final double factor;
  private double rate;

  private ZeroBasedSkill(Poll poll) {
    this.poll = poll;
    double[] parameters = poll.problem.parameters();
    rate = parameters[0];
    steps = (int) parameters[1];
    factor = parameters[2];
  }

  static void fit(Poll poll) {
    double[] weights =
        poll.reweigh(
            1.0 / poll.k + OFFSET,
            poll.problem.maxIterations(),
            poll.problem.tolerance(),
            new ZeroBasedSkill(poll)::follow);
    System.arraycopy(weights, 0, poll.out.skill, 0, poll.experts);
    poll.close();
  }

  private void follow(int step, double[] skills, double[] next) {
    if (step % steps == 0) {
      rate = rate * factor;
    }
    poll.agreement(0.0, next);
    for (int e = 0; e < next.length; e++) {
      next[e] = skills[e] + rate * (next[e] - skills[e]);
    }
  }
}
