package dev.coterie.spi;

import dev.coterie.memory.MemoryBlock;

/**
 * Where an engine writes the result of a fit. The arrays or blocks have exactly the sizes that the
 * table asks for: posterior [task][label], answer and runnerUp [task], prior [label], confusion
 * [expert][label][true label] or null where the method has none, skill [expert], weight [expert],
 * difficulty [task] and report, each null where the method has none.
 */
public abstract sealed class FitOutcome {

  /** Iterations of EM that were made. */
  public int iterations;

  /** Whether EM converged; true for methods that do not iterate. */
  public boolean converged;

  /** The log-likelihood of the last E-step; NaN for methods that have none. */
  public double objective;

  /** A result in Java arrays. */
  public static final class Heap extends FitOutcome {
    /** The posteriors, [task][label]. */
    public final double[] posterior;

    /** The answer to each task, or -1. */
    public final int[] answer;

    /** The second most probable answer to each task, or -1. */
    public final int[] runnerUp;

    /** The class prior of each label. */
    public final double[] prior;

    /** The confusion matrices, [expert][label][true label], or null when the method has none. */
    public final double[] confusion;

    /** The skill of each expert. */
    public final double[] skill;

    /** The raw weight of each expert, or null when the method has none. */
    public final double[] weight;

    /** The difficulty of each task, or null when the method has none. */
    public final double[] difficulty;

    /** What else the method has to say, or null when it has nothing. */
    public final double[] report;

    /** Makes an outcome over the given arrays. */
    public Heap(
        double[] posterior,
        int[] answer,
        int[] runnerUp,
        double[] prior,
        double[] confusion,
        double[] skill,
        double[] weight,
        double[] difficulty,
        double[] report) {
      this.posterior = posterior;
      this.answer = answer;
      this.runnerUp = runnerUp;
      this.prior = prior;
      this.confusion = confusion;
      this.skill = skill;
      this.weight = weight;
      this.difficulty = difficulty;
      this.report = report;
    }
  }

  /** A result in blocks of native memory. */
  public static final class OffHeap extends FitOutcome {
    /** The posteriors, [task][label]. */
    public final MemoryBlock posterior;

    /** The answer to each task, or -1. */
    public final MemoryBlock answer;

    /** The second most probable answer to each task, or -1. */
    public final MemoryBlock runnerUp;

    /** The class prior of each label. */
    public final MemoryBlock prior;

    /** The confusion matrices, [expert][label][true label], or null when the method has none. */
    public final MemoryBlock confusion;

    /** The skill of each expert. */
    public final MemoryBlock skill;

    /** The raw weight of each expert, or null when the method has none. */
    public final MemoryBlock weight;

    /** The difficulty of each task, or null when the method has none. */
    public final MemoryBlock difficulty;

    /** What else the method has to say, or null when it has nothing. */
    public final MemoryBlock report;

    /** Makes an outcome over the given blocks. */
    public OffHeap(
        MemoryBlock posterior,
        MemoryBlock answer,
        MemoryBlock runnerUp,
        MemoryBlock prior,
        MemoryBlock confusion,
        MemoryBlock skill,
        MemoryBlock weight,
        MemoryBlock difficulty,
        MemoryBlock report) {
      this.posterior = posterior;
      this.answer = answer;
      this.runnerUp = runnerUp;
      this.prior = prior;
      this.confusion = confusion;
      this.skill = skill;
      this.weight = weight;
      this.difficulty = difficulty;
      this.report = report;
    }
  }
}
