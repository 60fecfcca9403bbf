package dev.coterie.spi;

/**
 * The inner loops of the pure-Java engines. Each is specified operation by operation in
 * docs/numerics.md; every implementation gives the same bits. Arrays are borrowed for the call and
 * distinct; ranges are checked by the caller. The engines work on blocks of tasks that stay in the
 * first-level cache: a block is an array of rows of k doubles that begins at index 0. All
 * implementations are stateless and safe for use by many threads; none allocates.
 */
public interface Kernels {

  /**
   * Replaces the first n elements of {@code x} by their exponentials.
   *
   * @param scratch at least n elements, overwritten
   */
  void exp(double[] x, int n, double[] scratch);

  /**
   * Replaces the first n elements of {@code x} by their natural logarithms.
   *
   * @param scratch at least n elements, overwritten
   */
  void log(double[] x, int n, double[] scratch);

  /** Adds the first n elements of {@code x} to the 32 lanes: element i to lane i mod 32. */
  void addToLanes(double[] lanes, double[] x, int n);

  /** Adds {@code source[from..to)} to {@code target[from..to)}, element by element. */
  void add(double[] target, double[] source, int from, int to);

  /** Adds the rows of a block, in order, to the k sums. */
  void addRows(double[] sums, double[] block, int rows, int k);

  /**
   * Computes the logits of the tasks {@code [first, last)} into a block. A row begins as {@code
   * prior}; then each answer i in {@code [offsets[t], offsets[t+1])} of its task adds, in order,
   * {@code weights[i] * table[rows[i] + j]} to element j.
   *
   * @param rows where each answer's row of k begins in {@code table}
   * @param weights the answers' weights, or null when all are 1
   */
  void accumulate(
      double[] block,
      int first,
      int last,
      int k,
      int[] offsets,
      int[] rows,
      double[] weights,
      double[] prior,
      double[] table);

  /**
   * Multiplies the likelihoods of the tasks {@code [first, last)} into a block. A row begins as
   * {@code prior}; then each answer i in {@code [offsets[t], offsets[t+1])} of its task multiplies,
   * in order, element j by {@code table[rows[i] + j]}. After every 16th answer that is not the
   * task's last, the row is multiplied by the power of 2 that brings its largest element to between
   * 1 and 2.
   *
   * @param rows where each answer's row of k begins in {@code table}
   * @param exponents what was taken out of each row by powers of 2; at least {@code last - first}
   *     elements, overwritten
   */
  void multiply(
      double[] block,
      int first,
      int last,
      int k,
      int[] offsets,
      int[] rows,
      double[] prior,
      double[] table,
      long[] exponents);

  /**
   * Divides the rows of a block, whose elements are not negative, by their striped sums.
   *
   * @param sums the sums, at least {@code rows} elements, overwritten
   * @param scratch at least {@code rows*k} elements and at least 32, overwritten
   */
  void divideBySums(double[] block, int rows, int k, double[] sums, double[] scratch);

  /**
   * Adds the rows of a block of the tasks {@code [first, last)} to the count rows of their answers,
   * in order: {@code counts[rows[i] + j] += weights[i] * block[(t - first)*k + j]}.
   *
   * @param rows where each answer's row of k begins in {@code counts}
   * @param weights the answers' weights, or null when all are 1
   */
  void scatter(
      double[] counts,
      int first,
      int last,
      int k,
      int[] offsets,
      int[] rows,
      double[] weights,
      double[] block);

  /**
   * Turns the rows of k logits of a block into probabilities, in place, and writes each row's norm.
   *
   * @param k at least 1
   * @param norms at least {@code rows} elements
   * @param sums at least {@code rows} elements, overwritten
   * @param scratch at least {@code rows*k} elements and at least 32, overwritten
   */
  void softmax(double[] block, int rows, int k, double[] norms, double[] sums, double[] scratch);
}
