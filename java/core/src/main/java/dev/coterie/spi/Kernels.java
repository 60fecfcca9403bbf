package dev.coterie.spi;

/**
 * The inner loops of the pure-Java engines. Each is specified operation by operation in
 * docs/numerics.md; every implementation gives the same bits. Arrays are borrowed for the call;
 * ranges are checked by the caller. All implementations are stateless and safe for use by many
 * threads.
 */
public interface Kernels {

  /** Replaces {@code x[from..to)} by its exponentials. */
  void exp(double[] x, int from, int to);

  /** Replaces {@code x[from..to)} by its natural logarithms. */
  void log(double[] x, int from, int to);

  /** Adds {@code x[from..to)} to the 32 lanes: element i to lane (i - from) mod 32. */
  void addToLanes(double[] lanes, double[] x, int from, int to);

  /** Adds {@code source[0..n)} to {@code target[0..n)}, element by element. */
  void add(double[] target, double[] source, int n);

  /**
   * Adds the weighted log-confusion rows of each task's answers to its logits. For each task t of
   * {@code [first, last)} and each of its answers i in {@code [offsets[t], offsets[t+1])}, in
   * order: {@code logits[t*k + j] += w * table[rows[i]*k + j]}, for all j below k.
   *
   * @param weights the answers' weights, or null when all are 1
   * @param prior the k starting values of every task's logits
   */
  void accumulate(
      double[] logits,
      int first,
      int last,
      int k,
      int[] offsets,
      int[] rows,
      float[] weights,
      double[] prior,
      double[] table);

  /**
   * Adds each task's posterior to the count rows of its answers: {@code counts[rows[i]*k + j] += w
   * * posterior[t*k + j]}, tasks and answers in order.
   *
   * @param weights the answers' weights, or null when all are 1
   */
  void scatter(
      double[] counts,
      int first,
      int last,
      int k,
      int[] offsets,
      int[] rows,
      float[] weights,
      double[] posterior);

  /**
   * Turns the rows {@code [first, last)} of k logits each into probabilities, in place, and writes
   * each row's norm to {@code norms[row - first]}.
   */
  void softmax(double[] x, int first, int last, int k, double[] norms);
}
