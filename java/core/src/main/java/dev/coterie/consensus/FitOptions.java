package dev.coterie.consensus;

import dev.coterie.internal.BackendRegistry;
import dev.coterie.spi.Backend;
import dev.coterie.spi.FitProblem;
import dev.coterie.spi.MethodKind;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;

/**
 * A method with all of its options, by name; a fit translates the names into the indices of its
 * table. Prior counts are [true label][answered label].
 */
@SuppressWarnings("ArrayRecordComponent") // Never changed and never compared.
record FitOptions(
    MethodKind method,
    int maxIterations,
    double tolerance,
    double smoothing,
    Map<String, Double> classPriors,
    Map<String, String> gold,
    Map<String, double[][]> priorCounts,
    PriorCounts priorCountsMode,
    Repeats repeats,
    boolean positional,
    int threads,
    String backend,
    double[] parameters,
    long seed) {

  static FitOptions of(MethodKind method, MethodBuilder<?> builder, double... parameters) {
    return new FitOptions(
        method,
        builder.maxIterations,
        builder.tolerance,
        builder.smoothing,
        builder.classPriors,
        builder.gold,
        builder.priorCounts,
        builder.priorCountsMode,
        builder.repeats,
        builder.positional,
        builder.threads,
        builder.backend,
        parameters,
        builder.seed);
  }

  Consensus fit(AnswerTable table, FitControl control) {
    Objects.requireNonNull(table, "table");
    Objects.requireNonNull(control, "control");
    if (control.isCancelled()) {
      throw new CancellationException("the fit was cancelled before it began");
    }
    Backend engine = BackendRegistry.global().openOrCurrent(backend);
    FitProblem problem =
        new FitProblem(
            method,
            table.columns(engine),
            maxIterations,
            tolerance,
            smoothing,
            classPriorsOf(table),
            goldOf(table),
            priorCountsOf(table),
            priorCountsCode(),
            repeats == Repeats.LAST_WINS,
            positional,
            threads,
            parameters,
            seed);
    Result result = Result.allocate(engine, method, table);
    boolean complete = false;
    try {
      engine.consensus().fit(problem, result.outcome(), control);
      complete = true;
    } finally {
      if (!complete) {
        result.close();
      }
    }
    return new Consensus(table, method, engine.info(), result);
  }

  private int priorCountsCode() {
    if (priorCounts.isEmpty()) {
      return 0;
    }
    return priorCountsMode == PriorCounts.FIRST_ITERATION
        ? FitProblem.FIRST_ITERATION
        : FitProblem.EVERY_ITERATION;
  }

  private double[] classPriorsOf(AnswerTable table) {
    if (classPriors == null) {
      return null;
    }
    double[] result = new double[table.labels()];
    classPriors.forEach((label, prior) -> result[labelOf(table, label, "classPriors")] = prior);
    for (int label = 0; label < result.length; label++) {
      if (result[label] == 0) {
        throw new IllegalArgumentException(
            "classPriors lack label \""
                + table.labelName(label)
                + "\": give every label of the table one");
      }
    }
    return result;
  }

  private int[] goldOf(AnswerTable table) {
    if (gold.isEmpty()) {
      return null;
    }
    int[] result = new int[table.tasks()];
    Arrays.fill(result, -1);
    gold.forEach(
        (name, label) -> {
          int task = table.indexOfTask(name);
          if (task < 0) {
            throw new IllegalArgumentException(
                "gold names task \"" + name + "\", which the table does not have");
          }
          result[task] = labelOf(table, label, "gold of task \"" + name + "\"");
        });
    return result;
  }

  private static int labelOf(AnswerTable table, String name, String where) {
    int label = table.indexOfLabel(name);
    if (label < 0) {
      throw new IllegalArgumentException(
          where + " names label \"" + name + "\", which the table does not have");
    }
    return label;
  }

  private double[] priorCountsOf(AnswerTable table) {
    if (priorCounts.isEmpty()) {
      return null;
    }
    int labels = table.labels();
    double[] result = new double[Result.confusionInArray(table.experts(), labels)];
    priorCounts.forEach(
        (name, rows) -> {
          int expert = table.indexOfExpert(name);
          if (expert < 0) {
            throw new IllegalArgumentException(
                "priorCounts name expert \"" + name + "\", which the table does not have");
          }
          if (rows.length != labels) {
            throw new IllegalArgumentException(
                "the prior counts of expert \""
                    + name
                    + "\" are for "
                    + rows.length
                    + " labels, but the table has "
                    + labels);
          }
          // Engines read [label][true label].
          for (int trueLabel = 0; trueLabel < labels; trueLabel++) {
            for (int label = 0; label < labels; label++) {
              result[(expert * labels + label) * labels + trueLabel] = rows[trueLabel][label];
            }
          }
        });
    return result;
  }
}
