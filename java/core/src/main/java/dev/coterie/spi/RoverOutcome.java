package dev.coterie.spi;

/** Where an engine writes the result of ROVER, in Java arrays on every backend. */
public final class RoverOutcome {
  /** How many words each task's sequence has. */
  public final int[] length;

  /**
   * The words of all tasks' sequences one after another; of it the sum of the lengths is written.
   */
  public final int[] word;

  /** The share of the weight that each of these words has in its place. */
  public final double[] share;

  /** The row that each task's alignment begins with, -1 for a task without rows. */
  public final int[] backbone;

  /** The weight of each row. */
  public final double[] weight;

  /** The skill of each expert, NaN without reliability. */
  public final double[] skill;

  /** The rounds in which experts were weighed. */
  public int rounds;

  /** Makes room for a result. */
  public RoverOutcome(RoverProblem problem) {
    length = new int[problem.tasks()];
    word = new int[problem.word().length];
    share = new double[problem.word().length];
    backbone = new int[problem.tasks()];
    weight = new double[problem.rows()];
    skill = new double[problem.experts()];
  }
}
