package dev.coterie.spi;

import java.util.Arrays;

/** Where an engine writes the result of a pairwise fit, in Java arrays on every backend. */
public final class PairwiseOutcome {
  /** The number of figures of a report. */
  public static final int REPORT = 9;

  /** The place of the tie parameter in a report. */
  public static final int TIE = 0;

  /** The place of the tie parameter's standard error in a report. */
  public static final int TIE_ERROR = 1;

  /** The place of the order effect in a report. */
  public static final int ORDER = 2;

  /** The place of the order effect's standard error in a report. */
  public static final int ORDER_ERROR = 3;

  /** The place of the number of components in a report. */
  public static final int COMPONENTS = 4;

  /** The place of the number of strongly connected components in a report. */
  public static final int STRONG_COMPONENTS = 5;

  /** The place of where scores can be compared: one of {@code WITHIN}. */
  public static final int SCALE = 6;

  /** The place of whether a ranking is proven optimal. */
  public static final int PROVEN = 7;

  /** The place of the experts' mean skill. */
  public static final int MEAN_SKILL = 8;

  /** All scores can be compared. */
  public static final int WITHIN_ALL = 0;

  /** Scores can be compared within a component. */
  public static final int WITHIN_COMPONENTS = 1;

  /** Scores can be compared within a strongly connected component. */
  public static final int WITHIN_STRONG_COMPONENTS = 2;

  /** The score of each item. */
  public final double[] score;

  /** The standard error of each score, or NaN. */
  public final double[] error;

  /** The place of each item, 1 for the best. */
  public final int[] rank;

  /** The connected component of each item. */
  public final int[] component;

  /** The strongly connected component of each item. */
  public final int[] strong;

  /** The skill of each expert, or NaN. */
  public final double[] skill;

  /** The bias of each expert, or NaN. */
  public final double[] bias;

  /** Figures in the places that the constants name, NaN where the method has none. */
  public final double[] report = new double[REPORT];

  /** Iterations that were made. */
  public int iterations;

  /** Whether the tolerance ended the fit; true for methods that do not iterate. */
  public boolean converged = true;

  /** What the method maximises or minimises, or NaN. */
  public double objective = Double.NaN;

  /** Makes room for a result. */
  public PairwiseOutcome(int items, int experts) {
    score = new double[items];
    error = new double[items];
    rank = new int[items];
    component = new int[items];
    strong = new int[items];
    skill = new double[experts];
    bias = new double[experts];
    Arrays.fill(error, Double.NaN);
    Arrays.fill(skill, Double.NaN);
    Arrays.fill(bias, Double.NaN);
    Arrays.fill(report, Double.NaN);
    report[SCALE] = WITHIN_ALL;
  }
}
