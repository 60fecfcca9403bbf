package dev.coterie.internal.engine;

/** Every number of {@link AutoFit} that was chosen, not derived; docs/methods/auto.md says why. */
final class AutoConstants {
  /** The iterations of the one-coin start. */
  static final int COIN_START = 12;

  /** The iterations of the MACE start. */
  static final int MACE_START = 15;

  /** Starts from the answers of one expert. */
  static final int SINGLES = 4;

  /** Starts from those of a share of the experts. */
  static final int GROUPS = 2;

  /** That share is one by this. */
  static final int GROUP_SHARE = 8;

  /** With fewer experts there are no such starts. */
  static final int LEAST_EXPERTS = 4;

  /** The count that a partial start shares out among the labels. */
  static final double PARTIAL = 0.5;

  /** Iterations, and how many modes go on after them. */
  private static final int[][] ROUNDS = {{5, 3}, {7, 2}, {12, 2}};

  /** Modes within this distance are one. */
  static final double NEAR = 0.03;

  /** Evidences that differ by no more are equal. */
  static final double SAME_EVIDENCE = 1e-6;

  /** The least weight of a mode, where the best one has 1. */
  static final double LEAST_MODE = 0.01;

  /** How far a mode may leave the votes. */
  static final double MODE_DRIFT = 5.0;

  /** How far another member may. */
  static final double MEMBER_DRIFT = 1.5;

  /** How far MACE may, that stands for a one-coin member which was dropped. */
  static final double MACE_DRIFT = 2.5;

  /** Classes below this share do not matter for that. */
  static final double SMALL_CLASS = 0.01;

  /** The pseudo-counts that an expert's spam model may be worth: powers of 2 from a half on. */
  private static final double[] STRENGTHS = new double[11];

  /** A greater strength has to be better by this part. */
  static final double BETTER_STRENGTH = 1e-9;

  /** Counts that are nothing. */
  static final double EMPTY = 1e-9;

  /** The most strength in the capped member. */
  static final double CAP = 8.0;

  /** The strength is chosen in the first iterations. */
  static final int CHOOSE_BELOW = 5;

  /** Later it is chosen in the last of so many. */
  static final int CHOOSE_EVERY = 5;

  /** The probability of knowledge at the start. */
  static final double KNOWN = 0.7;

  /** The pseudo-counts of spam, over all labels. */
  static final double SPAM_COUNT = 10.0;

  /** The pseudo-count of knowledge. */
  static final double KNOWN_COUNT = 0.5;

  /** The least probability in a spam model. */
  static final double LEAST_CELL = 1e-6;

  /** The steps of the spam model in the first iteration. */
  static final int FIRST_STEPS = 10;

  /** Its steps in later ones. */
  static final int STEPS = 2;

  /** The pseudo-counts of the one-coin model. */
  static final double COIN_COUNT = 2.0;

  /** How near its skills may come to 0 and 1. */
  static final double COIN_EDGE = 1e-6;

  /** What Dawid-Skene adds to each count. */
  static final double SMOOTHING = 0.1;

  /** The iterations of a member. */
  static final int MEMBER_STEPS = 8;

  /** The members of a mode. */
  static final int MEMBERS = 6;

  /** What a probability is at least before its logarithm is taken. */
  static final double LEAST_P = 1e-300;

  /** Simulations of independent experts. */
  static final int SIMULATIONS = 2;

  /** Their iterations. */
  static final int SIMULATION_STEPS = 6;

  /** The certainty of their truth at the start. */
  static final double SURE = 0.9;

  /** What is left of it for all labels. */
  static final double UNSURE = 0.1;

  /** Below this spread nothing can be said about correlation. */
  static final double LEAST_SPREAD = 1e-9;

  /** The least standard error of the excess. */
  static final double LEAST_ERROR = 0.003;

  /** The greatest excess that is told apart. */
  static final double MOST_EXCESS = 0.3;

  /** The prior probability that experts are correlated. */
  static final double CORRELATED = 0.75;

  /** Their mean excess then. */
  static final double MEAN_EXCESS = 0.05;

  /** The step of the grid over it. */
  static final double GRID = 0.002;

  /** The points of that grid. */
  static final int GRID_POINTS = 150;

  /** What the exponent begins with. */
  static final double EXPONENT = 0.4;

  /** What many labels may add to it. */
  static final double EXPONENT_LABELS = 0.4;

  /** What excess may add to it. */
  static final double EXPONENT_EXCESS = 0.4;

  /** The excess that adds half of that. */
  static final double HALF_EXCESS = 0.05;

  /** The weight from which a second mode is a rival. */
  static final double RIVAL = 0.05;

  /** How many known labels set the power of the result. */
  static final int LEAST_KNOWN = 5;

  /** How many choose between readings. */
  static final int READINGS_KNOWN = 10;

  /** How far a reading may leave the votes. */
  static final double READING_DRIFT = 5.0;

  /** The weights of the readings before known labels are seen. */
  private static final double[] READING_WEIGHTS = {0.6, 0.2, 0.1, 0.1, 0.1};

  /** The iterations from the start by known labels. */
  static final int RIVAL_STEPS = 12;

  private static final double[] POWERS = {
    0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.12, 1.25, 1.4, 1.6, 1.9
  };

  /** The number of powers. */
  static final int BETAS = 12;

  /** The standard deviation of their logarithms. */
  static final double SPREAD = 0.2;

  /** The number of floors. */
  static final int FLOORS = 2;

  /** The standard errors by which a reading has to be better than the pool. */
  static final double LEAST_ERRORS = 0.5;

  /** The same by the number of known labels, where that is more. */
  static final double LUCK = 15.0;

  /** The least weight of a reading. */
  static final double LEAST_READING = 0.1;

  /** Where the random numbers of single experts begin, beside the seed. */
  static final long SEED_EXPERTS = 1000;

  /** Where those of groups of experts begin. */
  static final long SEED_GROUPS = 1000;

  /** Where those of the simulations begin. */
  static final long SEED_NULL = 2000;

  static {
    double strength = 0.5;
    for (int i = 0; i < STRENGTHS.length; i++, strength = 2.0 * strength) {
      STRENGTHS[i] = strength;
    }
  }

  private AutoConstants() {}

  /** Returns the number of rounds. */
  static int rounds() {
    return ROUNDS.length;
  }

  /** Returns the iterations of a round. */
  static int steps(int round) {
    return ROUNDS[round][0];
  }

  /** Returns how many modes go on after a round. */
  static int most(int round) {
    return ROUNDS[round][1];
  }

  /** Returns a new array of the strengths. */
  static double[] strengths() {
    return STRENGTHS.clone();
  }

  /** Returns the weight of a reading before known labels are seen. */
  static double readingWeight(int reading) {
    return READING_WEIGHTS[reading];
  }

  /** Returns a power that readings may be raised to. */
  static double beta(int power) {
    return POWERS[power];
  }

  /** Returns what all labels share. */
  static double floor(int floor) {
    return floor == 0 ? 0.01 : 0.05;
  }

  /** Returns the weight of that. */
  static double floorWeight(int floor) {
    return floor == 0 ? 0.75 : 0.25;
  }

  /** Returns the weight of a member in the pool. */
  static double weight(int member) {
    return member == AutoPool.COIN ? 2.0 : 1.0;
  }
}
