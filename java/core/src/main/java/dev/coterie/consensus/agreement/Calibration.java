package dev.coterie.consensus.agreement;

import dev.coterie.consensus.AnswerTable;
import dev.coterie.consensus.Consensus;
import dev.coterie.consensus.FitControl;
import dev.coterie.spi.MeasureProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How far the posteriors of a consensus can be believed, where the truth is known: of all answers
 * with a posterior of 0.8, 8 in 10 should be right.
 *
 * <p>C. Guo et al., <i>On calibration of modern neural networks</i>, ICML 2017, for the calibration
 * error; G. W. Brier, <i>Verification of forecasts expressed in terms of probability</i>, Monthly
 * Weather Review 78, 1950. Immutable.
 */
public final class Calibration {
  /** The number of bins when none is given. */
  public static final int DEFAULT_BINS = 10;

  private static final int MOST_BINS = 1_000_000;
  private static final int HEAD = 8;

  private final int bins;
  private final double[] out;

  private Calibration(int bins, double[] out) {
    this.bins = bins;
    this.out = out;
  }

  /**
   * Some tasks whose answers have about the same posterior.
   *
   * @param index the bin's place, from 0 on
   * @param tasks the number of its tasks, at least 1
   * @param confidence the mean posterior of their answers
   * @param accuracy the share of their answers that are right
   */
  public record Bin(int index, int tasks, double confidence, double accuracy) {}

  /**
   * Measures a consensus in ten bins, on the default backend.
   *
   * @param consensus the consensus
   * @param truth the true label of some tasks; tasks that the table does not have, or that have no
   *     answer, are left out
   * @return the measures
   * @throws IllegalArgumentException when a label is unknown or no answered task has a true label
   * @throws NullPointerException when an argument is null
   * @throws IllegalStateException when the consensus is closed
   */
  public static Calibration of(Consensus consensus, Map<String, String> truth) {
    return of(consensus, truth, DEFAULT_BINS, null);
  }

  /**
   * Measures a consensus.
   *
   * @param consensus the consensus
   * @param truth the true label of some tasks; tasks that the table does not have, or that have no
   *     answer, are left out
   * @param bins the number of bins, from 1 to 1,000,000
   * @param backend the backend's id; null or {@code auto} for the default backend
   * @return the measures
   * @throws IllegalArgumentException when a label is unknown, no answered task has a true label,
   *     the number of bins is wrong or there is no backend of this id
   * @throws NullPointerException when the consensus or the truth is null
   * @throws IllegalStateException when the consensus is closed
   */
  public static Calibration of(
      Consensus consensus, Map<String, String> truth, int bins, String backend) {
    AnswerTable table = consensus.table();
    int[] known = Truths.indices(table, truth);
    int size = 0;
    int[] tasks = new int[known.length];
    for (int task = 0; task < known.length; task++) {
      if (known[task] >= 0 && consensus.answer(task) >= 0) {
        tasks[size++] = task;
      }
    }
    if (size == 0) {
      throw new IllegalArgumentException("no task has both answers and a true label");
    }
    int labels = table.labels();
    double[] posterior = new double[Math.multiplyExact(size, labels)];
    int[] truths = new int[size];
    for (int i = 0; i < size; i++) {
      consensus.posteriors(tasks[i], 1, posterior, i * labels);
      truths[i] = known[tasks[i]];
    }
    return of(posterior, truths, labels, bins, backend);
  }

  /**
   * Measures posteriors from anywhere.
   *
   * @param posterior the posterior of each label, {@code [task][label]}, from 0 to 1
   * @param truth the true label of each task by its index, or -1 for a task to be left out
   * @param labels the number of labels, at least 1
   * @param bins the number of bins, from 1 to 1,000,000
   * @param backend the backend's id; null or {@code auto} for the default backend
   * @return the measures
   * @throws IllegalArgumentException naming the posterior or the task that is wrong, or when no
   *     task has a true label, the number of bins is wrong or there is no backend of this id
   * @throws NullPointerException when an array is null
   */
  public static Calibration of(
      double[] posterior, int[] truth, int labels, int bins, String backend) {
    if (bins < 1 || bins > MOST_BINS) {
      throw new IllegalArgumentException(bins + " bins are not between 1 and " + MOST_BINS);
    }
    if (labels < 1 || truth.length < 1) {
      throw new IllegalArgumentException(
          truth.length + " tasks with " + labels + " labels: both must be at least 1");
    }
    MeasureProblem problem =
        new MeasureProblem(
            MeasureProblem.Kind.CALIBRATION,
            null,
            truth.length,
            labels,
            false,
            posterior.clone(),
            null,
            truth.clone(),
            new double[] {bins},
            0);
    double[] out = Measures.run(Measures.backend(backend), problem, new FitControl());
    if (out[0] == 0.0) {
      throw new IllegalArgumentException("no task has a true label");
    }
    return new Calibration(bins, out);
  }

  /**
   * Returns the number of tasks that count.
   *
   * @return at least 1
   */
  public int tasks() {
    return (int) out[0];
  }

  /**
   * Returns the share of tasks whose answer is right.
   *
   * @return from 0 to 1
   */
  public double accuracy() {
    return out[1];
  }

  /**
   * Returns the mean posterior of the answers.
   *
   * @return from 0 to 1
   */
  public double meanConfidence() {
    return out[2];
  }

  /**
   * Returns the expected calibration error in bins of equal width: the mean distance of the
   * posterior from the accuracy.
   *
   * @return from 0 to 1
   */
  public double expectedError() {
    return out[3];
  }

  /**
   * Returns the distance of the posterior from the accuracy in the worst bin of equal width.
   *
   * @return from 0 to 1
   */
  public double maximumError() {
    return out[4];
  }

  /**
   * Returns the expected calibration error in bins of equal size, which few crowded bins cannot
   * dominate.
   *
   * @return from 0 to 1
   */
  public double adaptiveError() {
    return out[5];
  }

  /**
   * Returns the Brier score: the mean over tasks of the sum over labels of the squared distance of
   * the posterior from 1 for the truth and 0 for others.
   *
   * @return from 0, the best, to 2
   */
  public double brierScore() {
    return out[6];
  }

  /**
   * Returns the log loss: the mean of minus the natural logarithm of the truth's posterior, which
   * counts as at least 1e-15.
   *
   * @return from 0, the best, to 34.54
   */
  public double logLoss() {
    return out[7];
  }

  /**
   * Returns the reliability table in bins of equal width: bin {@code i} of {@code n} has the
   * answers with a posterior above {@code i / n} and up to {@code (i + 1) / n}.
   *
   * @return the bins that have tasks
   */
  public List<Bin> reliability() {
    return table(HEAD);
  }

  /**
   * Returns the reliability table in bins of equal size, by ascending posterior.
   *
   * @return the bins that have tasks
   */
  public List<Bin> adaptiveReliability() {
    return table(HEAD + 3 * bins);
  }

  private List<Bin> table(int at) {
    List<Bin> result = new ArrayList<>();
    for (int bin = 0; bin < bins; bin++) {
      int row = at + 3 * bin;
      if (out[row] > 0.0) {
        result.add(new Bin(bin, (int) out[row], out[row + 1], out[row + 2]));
      }
    }
    return List.copyOf(result);
  }

  /** Returns the main figures. */
  @Override
  public String toString() {
    return "Calibration["
        + tasks()
        + " tasks, accuracy "
        + accuracy()
        + ", calibration error "
        + expectedError()
        + ", Brier score "
        + brierScore()
        + ", log loss "
        + logLoss()
        + "]";
  }
}
