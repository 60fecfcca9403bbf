package dev.coterie.consensus.numeric;

import dev.coterie.consensus.FitControl;
import dev.coterie.consensus.Repeats;
import dev.coterie.internal.BackendRegistry;
import dev.coterie.spi.Backend;
import dev.coterie.spi.NumericKind;
import dev.coterie.spi.NumericProblem;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;

/**
 * A numeric method with all of its options, by name; a fit translates the names into the indices of
 * its table.
 */
@SuppressWarnings("ArrayRecordComponent") // Never changed and never compared.
record NumericOptions(
    NumericKind method,
    Map<String, Double> known,
    Map<String, Double> expertWeights,
    Repeats repeats,
    int threads,
    String backend,
    int maxIterations,
    double tolerance,
    double[] parameters) {

  static NumericOptions of(NumericKind method, NumericBuilder<?> builder, double... parameters) {
    return new NumericOptions(
        method,
        builder.known,
        builder.expertWeights,
        builder.repeats,
        builder.threads,
        builder.backend,
        builder.maxIterations,
        builder.tolerance,
        parameters);
  }

  NumericConsensus fit(NumericTable table, FitControl control) {
    Objects.requireNonNull(table, "table");
    Objects.requireNonNull(control, "control");
    if (control.isCancelled()) {
      throw new CancellationException("the fit was cancelled before it began");
    }
    Backend engine = BackendRegistry.global().openOrCurrent(backend);
    NumericProblem problem =
        new NumericProblem(
            method,
            table.columns(engine),
            parameters,
            maxIterations,
            tolerance,
            knownOf(table),
            expertWeightsOf(table),
            repeats == Repeats.LAST_WINS,
            threads);
    NumericResult result = NumericResult.allocate(engine, table);
    boolean complete = false;
    try {
      engine.numeric().fit(problem, result.outcome(), control);
      complete = true;
    } finally {
      if (!complete) {
        result.close();
      }
    }
    return new NumericConsensus(table, method.id(), engine.info(), result);
  }

  private double[] knownOf(NumericTable table) {
    if (known.isEmpty()) {
      return null;
    }
    double[] result = new double[table.tasks()];
    Arrays.fill(result, Double.NaN);
    known.forEach(
        (name, value) ->
            result[found(table.indexOfTask(name), "known names task \"" + name + "\"")] = value);
    return result;
  }

  private double[] expertWeightsOf(NumericTable table) {
    if (expertWeights.isEmpty()) {
      return null;
    }
    double[] result = new double[table.experts()];
    Arrays.fill(result, 1.0);
    expertWeights.forEach(
        (name, weight) -> {
          String where = "expertWeights name expert \"" + name + "\"";
          result[found(table.indexOfExpert(name), where)] = weight;
        });
    return result;
  }

  private static int found(int index, String where) {
    if (index < 0) {
      throw new IllegalArgumentException(where + ", which the table does not have");
    }
    return index;
  }
}
