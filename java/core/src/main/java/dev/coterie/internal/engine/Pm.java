package dev.coterie.internal.engine;

import dev.coterie.spi.Elementary;

/** Experts weighed by the logarithm of their errors: docs/methods/pm.md. */
final class Pm {
  static final Poll.Rules RULES = new Poll.Rules(false, true, false);

  /** What an expert without an error counts as its errors. */
  private static final double NO_ERROR = 1e-8;

  /** Keeps the logarithm finite, and the weight of the worst expert above 0. */
  private static final double OFFSET = 1e-7;

  private Pm() {}

  static void fit(Poll poll) {
    double[] weights =
        poll.reweigh(
            1.0,
            poll.problem.maxIterations(),
            poll.problem.tolerance(),
            (step, old, next) -> weigh(poll, next));
    System.arraycopy(weights, 0, poll.out.weight, 0, poll.experts);
    poll.agreement(0.0, poll.out.skill);
    poll.close();
  }

  private static void weigh(Poll poll, double[] next) {
    double most = 0.0;
    for (int e = 0; e < next.length; e++) {
      double errors = poll.errors(e);
      next[e] = errors > 0.0 ? errors : NO_ERROR;
      most = Math.max(most, next[e]);
    }
    for (int e = 0; e < next.length; e++) {
      next[e] = Math.max(OFFSET - Elementary.log(next[e] / most + OFFSET), 0.0);
    }
  }
}
