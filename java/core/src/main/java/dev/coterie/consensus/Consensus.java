package dev.coterie.consensus;

import dev.coterie.BackendInfo;
import dev.coterie.internal.table.Names;
import dev.coterie.spi.Columns;
import dev.coterie.spi.FitOutcome;
import dev.coterie.spi.MethodKind;
import dev.coterie.spi.ResultAccess;
import java.util.Objects;

/**
 * The result of a fit: for each task the answer, its posterior and the runner-up; for each expert a
 * skill and, where the method has it, a confusion matrix; for the run the iterations, the
 * log-likelihood and whether it converged.
 *
 * <p>A question about one number takes a constant time, a few nanoseconds, and does not allocate;
 * one that names tasks, experts or labels costs a hash look-up for each name more. Arrays that are
 * returned are new ones.
 *
 * <p>Immutable and safe for use by many threads. It reads the numbers where the engine wrote them,
 * which may be off-heap memory: close it when it is no longer needed. After {@link #close()} all
 * methods that read numbers throw {@link IllegalStateException}. It does not need its table to stay
 * open.
 */
public final class Consensus implements AutoCloseable {
  static {
    ResultAccess.set(new Access());
  }

  private final AnswerTable table;
  private final MethodKind method;
  private final BackendInfo backend;
  private final Result result;
  private final int labels;

  Consensus(AnswerTable table, MethodKind method, BackendInfo backend, Result result) {
    this.table = table;
    this.method = method;
    this.backend = backend;
    this.result = result;
    this.labels = table.labels();
  }

  /**
   * Returns the answer to a task.
   *
   * @param task the task's name
   * @return the label's name, or null when the task has neither answers nor gold
   * @throws IllegalArgumentException when there is no such task
   * @throws IllegalStateException when the result is closed
   */
  public String answer(String task) {
    return nameOrNull(answer(indexOfTask(task)));
  }

  /**
   * Returns the answer to a task.
   *
   * @param task the task's index
   * @return the label's index, or -1 when the task has neither answers nor gold
   * @throws IndexOutOfBoundsException when there is no such task
   * @throws IllegalStateException when the result is closed
   */
  public int answer(int task) {
    result.checkOpen();
    return result.answer(checkTask(task));
  }

  /**
   * Returns the second most probable answer to a task.
   *
   * @param task the task's name
   * @return the label's name, or null when the task has neither answers nor gold or there is only
   *     one label
   * @throws IllegalArgumentException when there is no such task
   * @throws IllegalStateException when the result is closed
   */
  public String runnerUp(String task) {
    return nameOrNull(runnerUp(indexOfTask(task)));
  }

  /**
   * Returns the second most probable answer to a task.
   *
   * @param task the task's index
   * @return the label's index, or -1 when the task has neither answers nor gold or there is only
   *     one label
   * @throws IndexOutOfBoundsException when there is no such task
   * @throws IllegalStateException when the result is closed
   */
  public int runnerUp(int task) {
    result.checkOpen();
    return result.runnerUp(checkTask(task));
  }

  /**
   * Returns the probability that a label is the truth of a task.
   *
   * @param task the task's name
   * @param label the label's name
   * @return the posterior probability, from 0 to 1
   * @throws IllegalArgumentException when there is no such task or label
   * @throws IllegalStateException when the result is closed
   */
  public double posterior(String task, String label) {
    return posterior(indexOfTask(task), indexOfLabel(label));
  }

  /**
   * Returns the probability that a label is the truth of a task.
   *
   * @param task the task's index
   * @param label the label's index
   * @return the posterior probability, from 0 to 1
   * @throws IndexOutOfBoundsException when there is no such task or label
   * @throws IllegalStateException when the result is closed
   */
  public double posterior(int task, int label) {
    result.checkOpen();
    return result.posterior((long) checkTask(task) * labels + checkLabel(label));
  }

  /**
   * Returns the probability of each label to be the truth of a task.
   *
   * @param task the task's name
   * @return a new array [label], which adds up to 1 when the task has answers or gold
   * @throws IllegalArgumentException when there is no such task
   * @throws IllegalStateException when the result is closed
   */
  public double[] posterior(String task) {
    return posterior(indexOfTask(task));
  }

  /**
   * Returns the probability of each label to be the truth of a task.
   *
   * @param task the task's index
   * @return a new array [label], which adds up to 1 when the task has answers or gold
   * @throws IndexOutOfBoundsException when there is no such task
   * @throws IllegalStateException when the result is closed
   */
  public double[] posterior(int task) {
    double[] row = new double[labels];
    posteriors(task, 1, row, 0);
    return row;
  }

  /**
   * Copies the posterior probabilities of successive tasks out: the way to read many of them.
   *
   * @param task the index of the first task
   * @param tasks the number of tasks, at least 0
   * @param target where they go, a row of all labels for each task
   * @param from the first place in {@code target}
   * @throws IndexOutOfBoundsException when there are no such tasks or the array is too short
   * @throws NullPointerException when the array is null
   * @throws IllegalStateException when the result is closed
   */
  public void posteriors(int task, int tasks, double[] target, int from) {
    result.checkOpen();
    Objects.checkFromIndexSize(task, tasks, table.tasks());
    long count = (long) tasks * labels;
    Objects.checkFromIndexSize((long) from, count, target.length);
    result.posteriors((long) task * labels, target, from, (int) count);
  }

  /**
   * Returns the posterior probability of the answer to a task.
   *
   * @param task the task's name
   * @return from 0 to 1, or NaN when the task has no answer
   * @throws IllegalArgumentException when there is no such task
   * @throws IllegalStateException when the result is closed
   */
  public double confidence(String task) {
    return confidence(indexOfTask(task));
  }

  /**
   * Returns the posterior probability of the answer to a task.
   *
   * @param task the task's index
   * @return from 0 to 1, or NaN when the task has no answer
   * @throws IndexOutOfBoundsException when there is no such task
   * @throws IllegalStateException when the result is closed
   */
  public double confidence(int task) {
    int answer = answer(task);
    return answer < 0 ? Double.NaN : posterior(task, answer);
  }

  /**
   * Returns how far an expert can be trusted: for votes the part of its answers that agree with the
   * result, otherwise the probability that it is right.
   *
   * @param expert the expert's name
   * @return from 0 to 1
   * @throws IllegalArgumentException when there is no such expert
   * @throws IllegalStateException when the result is closed
   */
  public double skill(String expert) {
    return skill(indexOfExpert(expert));
  }

  /**
   * Returns how far an expert can be trusted: for votes the part of its answers that agree with the
   * result, otherwise the probability that it is right.
   *
   * @param expert the expert's index
   * @return from 0 to 1
   * @throws IndexOutOfBoundsException when there is no such expert
   * @throws IllegalStateException when the result is closed
   */
  public double skill(int expert) {
    result.checkOpen();
    return result.skill(checkExpert(expert));
  }

  /**
   * Returns the probability of a label before any answer is seen: the given one, or the estimated
   * share of the tasks.
   *
   * @param label the label's name
   * @return the prior probability
   * @throws IllegalArgumentException when there is no such label
   * @throws IllegalStateException when the result is closed
   */
  public double classPrior(String label) {
    return classPrior(indexOfLabel(label));
  }

  /**
   * Returns the probability of a label before any answer is seen: the given one, or the estimated
   * share of the tasks.
   *
   * @param label the label's index
   * @return the prior probability
   * @throws IndexOutOfBoundsException when there is no such label
   * @throws IllegalStateException when the result is closed
   */
  public double classPrior(int label) {
    result.checkOpen();
    return result.prior(checkLabel(label));
  }

  /**
   * Returns whether there are confusion matrices.
   *
   * @return true for {@link DawidSkene} and other models of how experts err, false for votes
   */
  public boolean hasConfusion() {
    return result.hasConfusion();
  }

  /**
   * Returns the probability that an expert says one label when another is true.
   *
   * @param expert the expert's name
   * @param label the name of the label that it says
   * @param trueLabel the name of the true label
   * @return the probability; over all labels that it may say they add up to 1
   * @throws IllegalArgumentException when there is no such expert or label
   * @throws UnsupportedOperationException when the method has no confusion matrices
   * @throws IllegalStateException when the result is closed
   */
  public double confusion(String expert, String label, String trueLabel) {
    return confusion(indexOfExpert(expert), indexOfLabel(label), indexOfLabel(trueLabel));
  }

  /**
   * Returns the probability that an expert says one label when another is true.
   *
   * @param expert the expert's index
   * @param label the index of the label that it says
   * @param trueLabel the index of the true label
   * @return the probability; over all labels that it may say they add up to 1
   * @throws IndexOutOfBoundsException when there is no such expert or label
   * @throws UnsupportedOperationException when the method has no confusion matrices
   * @throws IllegalStateException when the result is closed
   */
  public double confusion(int expert, int label, int trueLabel) {
    result.checkOpen();
    checkConfusion();
    long row = (long) checkExpert(expert) * labels + checkLabel(label);
    return result.confusion(row * labels + checkLabel(trueLabel));
  }

  /**
   * Returns an expert's confusion matrix.
   *
   * @param expert the expert's name
   * @return a new matrix [true label][answered label], whose rows add up to 1
   * @throws IllegalArgumentException when there is no such expert
   * @throws UnsupportedOperationException when the method has no confusion matrices
   * @throws IllegalStateException when the result is closed
   */
  public double[][] confusionMatrix(String expert) {
    return confusionMatrix(indexOfExpert(expert));
  }

  /**
   * Returns an expert's confusion matrix.
   *
   * @param expert the expert's index
   * @return a new matrix [true label][answered label], whose rows add up to 1
   * @throws IndexOutOfBoundsException when there is no such expert
   * @throws UnsupportedOperationException when the method has no confusion matrices
   * @throws IllegalStateException when the result is closed
   */
  public double[][] confusionMatrix(int expert) {
    result.checkOpen();
    checkConfusion();
    checkExpert(expert);
    double[][] matrix = new double[labels][labels];
    for (int trueLabel = 0; trueLabel < labels; trueLabel++) {
      for (int label = 0; label < labels; label++) {
        matrix[trueLabel][label] = confusion(expert, label, trueLabel);
      }
    }
    return matrix;
  }

  /**
   * Returns whether the method gives each expert a raw weight.
   *
   * @return true when {@link #weight(int)} can be asked for
   */
  public boolean hasWeight() {
    return result.hasWeight();
  }

  /**
   * Returns the weight that the method gave to the answers of an expert, on the method's own scale;
   * its page in docs/methods says what it means.
   *
   * @param expert the expert's name
   * @return the weight, which may be negative
   * @throws IllegalArgumentException when there is no such expert
   * @throws UnsupportedOperationException when the method has no weights
   * @throws IllegalStateException when the result is closed
   */
  public double weight(String expert) {
    return weight(indexOfExpert(expert));
  }

  /**
   * Returns the weight that the method gave to the answers of an expert, on the method's own scale;
   * its page in docs/methods says what it means.
   *
   * @param expert the expert's index
   * @return the weight, which may be negative
   * @throws IndexOutOfBoundsException when there is no such expert
   * @throws UnsupportedOperationException when the method has no weights
   * @throws IllegalStateException when the result is closed
   */
  public double weight(int expert) {
    result.checkOpen();
    if (!result.hasWeight()) {
      throw new UnsupportedOperationException(method.id() + " has no weights: ask for skills");
    }
    return result.weight(checkExpert(expert));
  }

  /**
   * Returns whether the method tells how difficult each task is.
   *
   * @return true when {@link #difficulty(int)} can be asked for
   */
  public boolean hasDifficulty() {
    return result.hasDifficulty();
  }

  /**
   * Returns how difficult a task is, on the method's own scale; its page in docs/methods says what
   * it means.
   *
   * @param task the task's name
   * @return the difficulty
   * @throws IllegalArgumentException when there is no such task
   * @throws UnsupportedOperationException when the method has no difficulties
   * @throws IllegalStateException when the result is closed
   */
  public double difficulty(String task) {
    return difficulty(indexOfTask(task));
  }

  /**
   * Returns how difficult a task is, on the method's own scale; its page in docs/methods says what
   * it means.
   *
   * @param task the task's index
   * @return the difficulty
   * @throws IndexOutOfBoundsException when there is no such task
   * @throws UnsupportedOperationException when the method has no difficulties
   * @throws IllegalStateException when the result is closed
   */
  public double difficulty(int task) {
    result.checkOpen();
    if (!result.hasDifficulty()) {
      throw new UnsupportedOperationException(method.id() + " has no difficulties: use Glad");
    }
    return result.difficulty(checkTask(task));
  }

  /**
   * Returns the number of iterations that were made.
   *
   * @return at least 0; 0 for votes
   */
  public int iterations() {
    return result.outcome().iterations;
  }

  /**
   * Returns whether the method came to rest before its limit of iterations.
   *
   * @return true when it did; always true for votes
   */
  public boolean converged() {
    return result.outcome().converged;
  }

  /**
   * Returns the log-likelihood of the answers in the last iteration.
   *
   * @return the natural logarithm; NaN for votes and when no iteration was made
   */
  public double logLikelihood() {
    return result.outcome().objective;
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
  public AnswerTable table() {
    return table;
  }

  /** Frees the memory after the last call in flight. Does nothing when called again. */
  @Override
  public void close() {
    result.close();
  }

  /** Returns the iterations, the log-likelihood and the backend. */
  @Override
  public String toString() {
    return "Consensus["
        + table
        + ", "
        + iterations()
        + " iterations, "
        + (converged() ? "converged" : "not converged")
        + ", log-likelihood "
        + logLikelihood()
        + ", "
        + backend.id()
        + "]";
  }

  private String nameOrNull(int label) {
    return label < 0 ? null : table.labelName(label);
  }

  private int checkTask(int task) {
    return Objects.checkIndex(task, table.tasks());
  }

  private int checkExpert(int expert) {
    return Objects.checkIndex(expert, table.experts());
  }

  private int checkLabel(int label) {
    return Objects.checkIndex(label, labels);
  }

  MethodKind method() {
    return method;
  }

  /** Returns one number of the method's report. */
  double report(int place) {
    result.checkOpen();
    return result.report(place);
  }

  private void checkConfusion() {
    if (!result.hasConfusion()) {
      throw new UnsupportedOperationException(
          method.id() + " has no confusion matrices: use DawidSkene or another model of experts");
    }
  }

  private int indexOfTask(String name) {
    return found(table.indexOfTask(name), "task", name);
  }

  private int indexOfExpert(String name) {
    return found(table.indexOfExpert(name), "expert", name);
  }

  private int indexOfLabel(String name) {
    return found(table.indexOfLabel(name), "label", name);
  }

  private static final class Access extends ResultAccess {
    @Override
    public Consensus consensus(
        Names tasks,
        Names experts,
        Names labels,
        Columns.Heap columns,
        MethodKind method,
        BackendInfo backend,
        FitOutcome.Heap outcome) {
      AnswerTable table = AnswerTable.of(tasks, experts, labels, columns);
      return new Consensus(table, method, backend, Result.of(outcome));
    }
  }

  private static int found(int index, String kind, String name) {
    if (index < 0) {
      throw new IllegalArgumentException("the table has no " + kind + " \"" + name + "\"");
    }
    return index;
  }
}
