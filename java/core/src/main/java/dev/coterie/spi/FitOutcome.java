package dev.coterie.spi;

import dev.coterie.memory.MemoryBlock;

/**
 * Where an engine writes the result of a fit. The arrays or blocks have exactly the sizes that the
 * table asks for: posterior [task][label], answer and runnerUp [task], prior [label], confusion
 * [expert][label][true label] or null where the method has none, skill [expert].
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
    public final double[] posterior;
    public final int[] answer;
    public final int[] runnerUp;
    public final double[] prior;
    public final double[] confusion;
    public final double[] skill;

    /** Makes an outcome over the given arrays. */
    public Heap(
        double[] posterior,
        int[] answer,
        int[] runnerUp,
        double[] prior,
        double[] confusion,
        double[] skill) {
      this.posterior = posterior;
      this.answer = answer;
      this.runnerUp = runnerUp;
      this.prior = prior;
      this.confusion = confusion;
      this.skill = skill;
    }
  }

  /** A result in blocks of native memory. */
  public static final class OffHeap extends FitOutcome {
    public final MemoryBlock posterior;
    public final MemoryBlock answer;
    public final MemoryBlock runnerUp;
    public final MemoryBlock prior;
    public final MemoryBlock confusion;
    public final MemoryBlock skill;

    /** Makes an outcome over the given blocks. */
    public OffHeap(
        MemoryBlock posterior,
        MemoryBlock answer,
        MemoryBlock runnerUp,
        MemoryBlock prior,
        MemoryBlock confusion,
        MemoryBlock skill) {
      this.posterior = posterior;
      this.answer = answer;
      this.runnerUp = runnerUp;
      this.prior = prior;
      this.confusion = confusion;
      this.skill = skill;
    }
  }
}
