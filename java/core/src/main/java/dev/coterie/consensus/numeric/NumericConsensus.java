package dev.coterie.consensus.numeric;

import dev.coterie.BackendInfo;
import java.util.Objects;

/**
 * The result of a numeric fit: for each task the estimate, its standard error and the spread of its
 * answers; for each expert a weight, a bias and a deviation; for the run the iterations, the
 * objective and whether it converged. Values are in the unit of the table. What cannot be told is
 * NaN.
 *
 * <p>A question about one number takes a constant time, a few nanoseconds, and does not allocate;
 * one that names a task or an expert costs a hash look-up more.
 *
 * <p>Immutable and safe for use by many threads. It reads the numbers where the engine wrote them,
 * which may be off-heap memory: close it when it is no longer needed. After {@link #close()} all
 * methods that read numbers throw {@link IllegalStateException}. It does not need its table to stay
 * open.
 */
public final class NumericConsensus implements AutoCloseable {
  private final NumericTable table;
  private final String method;
  private final BackendInfo backend;
  private final NumericResult result;

  NumericConsensus(NumericTable table, String method, BackendInfo backend, NumericResult result) {
    this.table = table;
    this.method = method;
    this.backend = backend;
    this.result = result;
  }

  /**
   * Returns the estimate of a task.
   *
   * @param task the task's name
   * @return the value, the known one of a known task, or NaN when the task has no answer of a
   *     weight above 0
   * @throws IllegalArgumentException when there is no such task
   * @throws IllegalStateException when the result is closed
   */
  public double estimate(String task) {
    return estimate(indexOfTask(task));
  }

  /**
   * Returns the estimate of a task.
   *
   * @param task the task's index
   * @return the value, the known one of a known task, or NaN when the task has no answer of a
   *     weight above 0
   * @throws IndexOutOfBoundsException when there is no such task
   * @throws IllegalStateException when the result is closed
   */
  public double estimate(int task) {
    return result.get(NumericResult.ESTIMATE, checkTask(task));
  }

  /**
   * Copies the estimates of successive tasks out: the way to read many of them.
   *
   * @param task the index of the first task
   * @param tasks the number of tasks, at least 0
   * @param target where they go
   * @param from the first place in {@code target}
   * @throws IndexOutOfBoundsException when there are no such tasks or the array is too short
   * @throws NullPointerException when the array is null
   * @throws IllegalStateException when the result is closed
   */
  public void estimates(int task, int tasks, double[] target, int from) {
    Objects.checkFromIndexSize(task, tasks, table.tasks());
    Objects.checkFromIndexSize(from, tasks, target.length);
    result.get(NumericResult.ESTIMATE, task, target, from, tasks);
  }

  /**
   * Returns the standard error of an estimate, as the method's page in docs/methods defines it.
   *
   * @param task the task's name
   * @return at least 0; 0 of a known task; NaN of a single answer where the method knows nothing of
   *     its expert, and where the estimate is NaN
   * @throws IllegalArgumentException when there is no such task
   * @throws IllegalStateException when the result is closed
   */
  public double standardError(String task) {
    return standardError(indexOfTask(task));
  }

  /**
   * Returns the standard error of an estimate, as the method's page in docs/methods defines it.
   *
   * @param task the task's index
   * @return at least 0; 0 of a known task; NaN of a single answer where the method knows nothing of
   *     its expert, and where the estimate is NaN
   * @throws IndexOutOfBoundsException when there is no such task
   * @throws IllegalStateException when the result is closed
   */
  public double standardError(int task) {
    return result.get(NumericResult.ERROR, checkTask(task));
  }

  /**
   * Returns how far a task's answers lie from its estimate: the root of their mean squared
   * difference, by their weights.
   *
   * @param task the task's name
   * @return at least 0, or NaN when the task has no answer of a weight above 0
   * @throws IllegalArgumentException when there is no such task
   * @throws IllegalStateException when the result is closed
   */
  public double spread(String task) {
    return spread(indexOfTask(task));
  }

  /**
   * Returns how far a task's answers lie from its estimate: the root of their mean squared
   * difference, by their weights.
   *
   * @param task the task's index
   * @return at least 0, or NaN when the task has no answer of a weight above 0
   * @throws IndexOutOfBoundsException when there is no such task
   * @throws IllegalStateException when the result is closed
   */
  public double spread(int task) {
    return result.get(NumericResult.SPREAD, checkTask(task));
  }

  /**
   * Returns what an answer of an expert counts, as a share: the weights of all experts make 1.
   *
   * @param expert the expert's name
   * @return from 0 to 1; 0 without an answer of a weight above 0
   * @throws IllegalArgumentException when there is no such expert
   * @throws IllegalStateException when the result is closed
   */
  public double weight(String expert) {
    return weight(indexOfExpert(expert));
  }

  /**
   * Returns what an answer of an expert counts, as a share: the weights of all experts make 1.
   *
   * @param expert the expert's index
   * @return from 0 to 1; 0 without an answer of a weight above 0
   * @throws IndexOutOfBoundsException when there is no such expert
   * @throws IllegalStateException when the result is closed
   */
  public double weight(int expert) {
    return result.get(NumericResult.WEIGHT, checkExpert(expert));
  }

  /**
   * Returns how much an expert's answers lie above the estimates, on average; for {@link LfcN} with
   * biases the estimated bias.
   *
   * @param expert the expert's name
   * @return the bias, negative when they lie below; NaN without an answer of a weight above 0
   * @throws IllegalArgumentException when there is no such expert
   * @throws IllegalStateException when the result is closed
   */
  public double bias(String expert) {
    return bias(indexOfExpert(expert));
  }

  /**
   * Returns how much an expert's answers lie above the estimates, on average; for {@link LfcN} with
   * biases the estimated bias.
   *
   * @param expert the expert's index
   * @return the bias, negative when they lie below; NaN without an answer of a weight above 0
   * @throws IndexOutOfBoundsException when there is no such expert
   * @throws IllegalStateException when the result is closed
   */
  public double bias(int expert) {
    return result.get(NumericResult.BIAS, checkExpert(expert));
  }

  /**
   * Returns how far an expert's answers lie from the estimates: the root of their mean squared
   * difference, for {@link LfcN} the estimated standard deviation of its noise.
   *
   * @param expert the expert's name
   * @return at least 0; NaN without an answer of a weight above 0
   * @throws IllegalArgumentException when there is no such expert
   * @throws IllegalStateException when the result is closed
   */
  public double deviation(String expert) {
    return deviation(indexOfExpert(expert));
  }

  /**
   * Returns how far an expert's answers lie from the estimates: the root of their mean squared
   * difference, for {@link LfcN} the estimated standard deviation of its noise.
   *
   * @param expert the expert's index
   * @return at least 0; NaN without an answer of a weight above 0
   * @throws IndexOutOfBoundsException when there is no such expert
   * @throws IllegalStateException when the result is closed
   */
  public double deviation(int expert) {
    return result.get(NumericResult.DEVIATION, checkExpert(expert));
  }

  /**
   * Returns the number of iterations that were made.
   *
   * @return at least 0; 0 for methods that do not iterate
   */
  public int iterations() {
    return result.outcome().iterations;
  }

  /**
   * Returns whether the method came to rest before its limit of iterations.
   *
   * @return true when it did; always true for methods that do not iterate
   */
  public boolean converged() {
    return result.outcome().converged;
  }

  /**
   * Returns what the method improves, after the last iteration: the log-likelihood for {@link
   * LfcN}, the weighted loss for {@link Catd} and {@link Pm}.
   *
   * @return the number; NaN for methods that do not iterate and when no iteration was made
   */
  public double objective() {
    return result.outcome().objective;
  }

  /**
   * Returns the name of the method.
   *
   * @return as {@link NumericMethod#id} gives it
   */
  public String method() {
    return method;
  }

  /**
   * Returns the backend that did the work.
   *
   * @return the backend
   */
  public BackendInfo backend() {
    return backend;
  }

  /**
   * Returns the table, which may be closed; its names and sizes can be asked for nevertheless.
   *
   * @return the table
   */
  public NumericTable table() {
    return table;
  }

  /** Frees the memory after the last call in flight. Does nothing when called again. */
  @Override
  public void close() {
    result.close();
  }

  /** Returns the method, the iterations and the backend. */
  @Override
  public String toString() {
    return "NumericConsensus["
        + table
        + ", "
        + method
        + ", "
        + iterations()
        + " iterations, "
        + (converged() ? "converged" : "not converged")
        + ", "
        + backend.id()
        + "]";
  }

  private int checkTask(int task) {
    return Objects.checkIndex(task, table.tasks());
  }

  private int checkExpert(int expert) {
    return Objects.checkIndex(expert, table.experts());
  }

  private int indexOfTask(String name) {
    return found(table.indexOfTask(name), "task", name);
  }

  private int indexOfExpert(String name) {
    return found(table.indexOfExpert(name), "expert", name);
  }

  private static int found(int index, String kind, String name) {
    if (index < 0) {
      throw new IllegalArgumentException("the table has no " + kind + " \"" + name + "\"");
    }
    return index;
  }
}
