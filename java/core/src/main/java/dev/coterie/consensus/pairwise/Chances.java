package dev.coterie.consensus.pairwise;

import dev.coterie.spi.Elementary;
import dev.coterie.spi.PairwiseOutcome;

/** The probabilities of a win and of a tie that a model has for a difference of scores. */
interface Chances {
  /** No probabilities: the method has no model of outcomes. */
  Source NONE = outcome -> null;

  /** Returns the probability that the item with the higher difference wins. */
  double win(double difference);

  /** Returns the probability of a tie. */
  default double tie(double difference) {
    return 0;
  }

  /** Makes the probabilities of one result; null when its method has none. */
  interface Source {
    Chances of(PairwiseOutcome outcome);
  }

  static double logistic(double d) {
    double e = Elementary.exp(-Math.abs(d));
    return (d >= 0 ? 1.0 : e) / (1.0 + e);
  }

  static Source ofTies(BradleyTerry.Ties ties) {
    return switch (ties) {
      case HALF_WINS -> outcome -> Chances::logistic;
      case DAVIDSON -> outcome -> new Davidson(outcome.report[PairwiseOutcome.TIE]);
      case RAO_KUPPER ->
          outcome -> new RaoKupper(Elementary.log(outcome.report[PairwiseOutcome.TIE]));
    };
  }

  static Chances ofNewman(PairwiseOutcome outcome) {
    return new Davidson(2 * outcome.report[PairwiseOutcome.TIE]);
  }

  static Source ofElo(double base, double scale) {
    double slope = Elementary.log(base);
    return outcome -> difference -> logistic((difference / scale) * slope);
  }

  /** The probabilities of an expert of mean skill and without bias. */
  static Chances ofNoisy(PairwiseOutcome outcome) {
    double skill = outcome.report[PairwiseOutcome.MEAN_SKILL];
    return difference -> skill * logistic(difference) + (1 - skill) * 0.5;
  }

  /** The odds of a tie are nu times the geometric mean of the strengths. */
  record Davidson(double nu) implements Chances {
    @Override
    public double win(double d) {
      return nu == Double.POSITIVE_INFINITY ? 0 : share(d > 0 ? 1 : Elementary.exp(d), d);
    }

    @Override
    public double tie(double d) {
      return nu == Double.POSITIVE_INFINITY ? 1 : share(nu * Elementary.exp(-0.5 * Math.abs(d)), d);
    }

    private double share(double part, double d) {
      double e = Elementary.exp(-Math.abs(d));
      return part / ((1 + e) + nu * Elementary.exp(-0.5 * Math.abs(d)));
    }
  }

  /** A win takes a difference above a threshold. */
  record RaoKupper(double threshold) implements Chances {
    @Override
    public double win(double d) {
      return threshold == Double.POSITIVE_INFINITY ? 0 : logistic(d - threshold);
    }

    @Override
    public double tie(double d) {
      return Math.max(1 - (win(d) + win(-d)), 0);
    }
  }
}
