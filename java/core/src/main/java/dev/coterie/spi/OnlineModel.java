package dev.coterie.spi;

import dev.coterie.consensus.FitControl;

/**
 * A live model of an {@link OnlineEngine}. Its caller lets either one thread change it or any
 * number read it; only {@link #close} may come at any time.
 */
public interface OnlineModel extends AutoCloseable {

  /**
   * How a model is kept up to date; docs/methods/online.md says what each option does.
   *
   * @param sweeps the most sweeps over the tasks that an update touches, from 0 to 1000
   * @param neighbours of how many experts that changed most the tasks are visited, from 0 to 1000
   * @param neighbourTasks the most tasks that are visited for them
   * @param maxIterations the most iterations of a refit
   * @param smoothing what is added to every confusion count, between 0 and 1e100
   * @param trust what is added to the counts of right answers besides, between 0 and 1e100
   * @param settled the change of a posterior that ends the sweeps, between 0 and 1e100
   * @param tolerance the relative change of the log-likelihood that ends a refit
   */
  record Options(
      int sweeps,
      int neighbours,
      int neighbourTasks,
      int maxIterations,
      double smoothing,
      double trust,
      double settled,
      double tolerance) {}

  /** How a refit ended. */
  record Summary(int iterations, boolean converged, double objective) {}

  /** The sizes of a model and its options. */
  record Statistics(
      int tasks, int experts, int labels, long answers, long recounts, Options options) {}

  /**
   * What to read, and where it goes: each array has exactly the size that its part has, or is null
   * when it is not wanted.
   */
  final class View {
    /** The first task. */
    public int firstTask;

    /** The number of tasks. */
    public int tasks;

    /** The first expert. */
    public int firstExpert;

    /** The number of experts. */
    public int experts;

    /** [task][label]. */
    public double[] posterior;

    /** The answer of each task, -1 for none. */
    public int[] answer;

    /** The runner-up of each task, -1 for none. */
    public int[] runnerUp;

    /** The number of answers to each task. */
    public int[] taskAnswers;

    /** The expert of each answer to these tasks, task by task, oldest first. */
    public int[] givenExpert;

    /** The label of each answer to these tasks. */
    public int[] givenLabel;

    /** The weight of each answer to these tasks. */
    public float[] givenWeight;

    /** [expert][label][true label]. */
    public double[] confusion;

    /** The skill of each expert. */
    public double[] skill;

    /** The number of answers by each expert. */
    public int[] expertAnswers;

    /** The class prior. */
    public double[] prior;

    /** Makes a view of nothing. */
    public View() {}
  }

  /**
   * Takes answers in, all or none; the model has at least the given sizes then.
   *
   * @param weight the weights, or null when all are 1
   * @throws IllegalArgumentException naming the answer that is wrong
   */
  void add(
      int tasks, int experts, int labels, int[] task, int[] expert, int[] label, float[] weight);

  /**
   * Takes answers out, all or none.
   *
   * @throws IllegalArgumentException naming the pair that has no answer
   */
  void remove(int[] task, int[] expert);

  /**
   * Fits all answers to convergence; the model is unchanged when this throws.
   *
   * @throws java.util.concurrent.CancellationException when cancelled
   */
  Summary refit(int threads, FitControl control);

  /** Returns the sizes and the options. */
  Statistics statistics();

  /** Copies parts of the model out. */
  void read(View view);

  /** Returns the whole model as a file, with a section of the caller in it. */
  byte[] save(byte[] names);

  /** Gives the memory back. Does nothing when called again. */
  @Override
  void close();
}
