package dev.coterie.spi;

/** The elementary kernels of docs/numerics.md on heap arrays of at most 65,536 elements. */
public interface KernelProbe {

  /** The longest array that a probe takes. */
  int MAXIMUM_LENGTH = 65_536;

  /**
   * Writes the exponential of each element of {@code x} to {@code out}, which has at least the same
   * length.
   */
  void exp(double[] x, double[] out);

  /**
   * Writes the natural logarithm of each element of {@code x} to {@code out}, which has at least
   * the same length.
   */
  void log(double[] x, double[] out);

  /** Returns the striped sum of {@code x}; 0 for an empty array. */
  double sum(double[] x);
}
