package dev.coterie.spi;

import dev.coterie.memory.MemoryBlock;

/**
 * Where an engine writes the result of a numeric fit. The arrays or blocks have exactly the sizes
 * that the table asks for: estimate, error and spread [task], weight, bias and deviation [expert].
 */
public abstract sealed class NumericOutcome {

  /** Iterations that were made. */
  public int iterations;

  /** Whether the fit converged; true for methods that do not iterate. */
  public boolean converged;

  /** The log-likelihood or the loss; NaN for methods that have none. */
  public double objective;

  /** A result in Java arrays. */
  public static final class Heap extends NumericOutcome {
    /** The estimate of each task. */
    public final double[] estimate;

    /** The standard error of each estimate. */
    public final double[] error;

    /** The standard deviation of each task's answers about its estimate. */
    public final double[] spread;

    /** The weight of each expert; together 1. */
    public final double[] weight;

    /** How much each expert's answers lie above the estimates. */
    public final double[] bias;

    /** The standard deviation of each expert's answers from the estimates. */
    public final double[] deviation;

    /** Makes an outcome for so many tasks and experts. */
    public Heap(int tasks, int experts) {
      estimate = new double[tasks];
      error = new double[tasks];
      spread = new double[tasks];
      weight = new double[experts];
      bias = new double[experts];
      deviation = new double[experts];
    }
  }

  /** A result in blocks of native memory. */
  public static final class OffHeap extends NumericOutcome {
    /** The estimate of each task. */
    public final MemoryBlock estimate;

    /** The standard error of each estimate. */
    public final MemoryBlock error;

    /** The standard deviation of each task's answers about its estimate. */
    public final MemoryBlock spread;

    /** The weight of each expert; together 1. */
    public final MemoryBlock weight;

    /** How much each expert's answers lie above the estimates. */
    public final MemoryBlock bias;

    /** The standard deviation of each expert's answers from the estimates. */
    public final MemoryBlock deviation;

    /** Makes an outcome over the given blocks. */
    public OffHeap(
        MemoryBlock estimate,
        MemoryBlock error,
        MemoryBlock spread,
        MemoryBlock weight,
        MemoryBlock bias,
        MemoryBlock deviation) {
      this.estimate = estimate;
      this.error = error;
      this.spread = spread;
      this.weight = weight;
      this.bias = bias;
      this.deviation = deviation;
    }
  }
}
