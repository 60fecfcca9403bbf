package dev.coterie.cli.measure;

import dev.coterie.cli.input.LabelFile;
import dev.coterie.cli.output.Counted;
import dev.coterie.consensus.agreement.Correlation;
import dev.coterie.consensus.agreement.NumericError;
import dev.coterie.consensus.numeric.NumericConsensus;
import dev.coterie.consensus.numeric.NumericTable;
import java.util.Arrays;
import java.util.BitSet;

/** The true values as far as they are known, against which estimates are measured. */
public final class NumericTruth {
  private final double[] values;
  private final int known;
  private final int withoutAnswers;

  /**
   * How far estimates are from the truth.
   *
   * @param meanAbsolute the mean absolute error
   * @param rootMeanSquare the root of the mean squared error
   * @param pearson Pearson's correlation, NaN when it is undefined
   */
  public record Errors(double meanAbsolute, double rootMeanSquare, double pearson) {}

  /**
   * Finds the true value of each task.
   *
   * @param file the true values
   * @param table the answers
   * @param source the name of the file of answers
   * @throws dev.coterie.cli.input.InputException when a value is no number, or when the two files
   *     have no task in common
   */
  public NumericTruth(LabelFile file, NumericTable table, String source) {
    values = new double[table.tasks()];
    int found = 0;
    for (int task = 0; task < values.length; task++) {
      values[task] = file.valueOf(table.taskName(task));
      found += Double.isNaN(values[task]) ? 0 : 1;
    }
    known = found;
    withoutAnswers = file.entries().size() - found;
    if (found == 0) {
      throw file.noneInCommon(source, table.taskName(0));
    }
  }

  private NumericTruth(double[] values, int withoutAnswers) {
    this.values = values;
    this.withoutAnswers = withoutAnswers;
    known = (int) Arrays.stream(values).filter(value -> !Double.isNaN(value)).count();
  }

  /**
   * Returns how many tasks have answers and a known truth.
   *
   * @return at least 0
   */
  public int known() {
    return known;
  }

  /**
   * Returns the tasks whose truth is known.
   *
   * @return the tasks' indices
   */
  public BitSet usable() {
    BitSet tasks = new BitSet();
    for (int task = 0; task < values.length; task++) {
      tasks.set(task, !Double.isNaN(values[task]));
    }
    return tasks;
  }

  /**
   * Returns the truth without that of some tasks.
   *
   * @param tasks the tasks' indices
   * @return a truth that does not know them
   */
  public NumericTruth without(BitSet tasks) {
    double[] rest = values.clone();
    tasks.stream().forEach(task -> rest[task] = Double.NaN);
    return new NumericTruth(rest, withoutAnswers);
  }

  /**
   * Returns the true value of a task.
   *
   * @param task the task's index
   * @return the value, or NaN when it is not known
   */
  public double value(int task) {
    return values[task];
  }

  /**
   * Measures the estimates of the tasks whose truth is known.
   *
   * @param consensus a result for the table
   * @return the errors, all NaN when no such task has an estimate
   */
  public Errors errors(NumericConsensus consensus) {
    double[] estimate = new double[known];
    double[] truth = new double[known];
    int size = 0;
    for (int task = 0; task < values.length; task++) {
      double value = consensus.estimate(task);
      if (!Double.isNaN(values[task]) && !Double.isNaN(value)) {
        estimate[size] = value;
        truth[size++] = values[task];
      }
    }
    if (size == 0) {
      return new Errors(Double.NaN, Double.NaN, Double.NaN);
    }
    double[] x = Arrays.copyOf(estimate, size);
    double[] y = Arrays.copyOf(truth, size);
    NumericError error = NumericError.of(x, y);
    double pearson = Correlation.of(x, y).pearson().orElse(Double.NaN);
    return new Errors(error.meanAbsolute(), error.rootMeanSquare(), pearson);
  }

  /**
   * Says how many tasks are measured, and what does not fit together.
   *
   * @return a sentence without its end
   */
  public String remark() {
    String remark = "the truth of " + Counted.of(known, "task") + " is known";
    if (withoutAnswers == 0) {
      return remark;
    }
    String verb = withoutAnswers == 1 ? " has" : " have";
    return remark
        + "; "
        + Counted.of(withoutAnswers, "task")
        + " of the truth"
        + verb
        + " no answers";
  }
}
