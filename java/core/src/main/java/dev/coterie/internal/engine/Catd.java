package dev.coterie.internal.engine;

/** Experts weighed by a confidence interval of their precision: docs/methods/catd.md. */
final class Catd {
  static final Poll.Rules RULES = new Poll.Rules(false, true, false);

  /** Keeps the weight of an expert without an error finite. */
  private static final double OFFSET = 1e-9;

  private Catd() {}

  static void fit(Poll poll) {
    double[] quantiles = ChiSquare.quantiles(0.5 * poll.problem.parameters()[0], poll.total);
    double[] weights =
        poll.reweigh(
            1.0,
            poll.problem.maxIterations(),
            poll.problem.tolerance(),
            (step, old, next) -> weigh(poll, quantiles, next));
    System.arraycopy(weights, 0, poll.out.weight, 0, poll.experts);
    poll.agreement(0.0, poll.out.skill);
    poll.close();
  }

  private static void weigh(Poll poll, double[] quantiles, double[] next) {
    double total = 0.0;
    for (int e = 0; e < next.length; e++) {
      next[e] = quantiles[e] / (poll.errors(e) + OFFSET);
      total = total + next[e];
    }
    for (int e = 0; e < next.length; e++) {
      next[e] = total > 0.0 ? next[e] / total : 0.0;
    }
  }
}
