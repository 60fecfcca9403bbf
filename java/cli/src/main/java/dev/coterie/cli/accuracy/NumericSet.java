package dev.coterie.cli.accuracy;

import dev.coterie.cli.input.AnswerFile;
import dev.coterie.cli.input.AnswerTally;
import dev.coterie.cli.input.LabelFile;
import dev.coterie.cli.measure.NumericTruth;
import dev.coterie.cli.method.Kind;
import dev.coterie.cli.method.Method;
import dev.coterie.cli.method.Settings;
import dev.coterie.cli.output.Counted;
import dev.coterie.consensus.FitControl;
import dev.coterie.consensus.numeric.NumericConsensus;
import dev.coterie.consensus.numeric.NumericMethod;
import dev.coterie.consensus.numeric.NumericTable;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** A data set of numbers. */
final class NumericSet implements Measured {
  private static final double NANOS = 1e9;

  private final NumericTable table;
  private final NumericTruth truth;
  private final Map<String, Double> gold = new LinkedHashMap<>();

  NumericSet(
      AnswerFile answers,
      LabelFile truthFile,
      AnswerFile.Filter filter,
      String name,
      int known,
      long seed) {
    table = answers.toNumericTable(NumericTable.builder(), new AnswerTally(null), filter);
    boolean complete = false;
    try {
      NumericTruth whole = new NumericTruth(truthFile, table, name);
      BitSet told = Known.draw(whole.usable(), known, whole.known(), seed, name);
      told.stream().forEach(task -> gold.put(table.taskName(task), whole.value(task)));
      truth = whole.without(told);
      complete = true;
    } finally {
      if (!complete) {
        table.close();
      }
    }
  }

  @Override
  public Kind kind() {
    return Kind.NUMERIC;
  }

  @Override
  public String described() {
    return Counted.of(table.answers(), "number")
        + " of "
        + Counted.of(table.experts(), "expert")
        + " for "
        + Counted.of(table.tasks(), "task")
        + "; "
        + truth.remark()
        + Known.remark(gold.size());
  }

  @Override
  public Map<Measure, Double> score(Method<?> method, Settings settings, FitControl control) {
    NumericMethod built = (NumericMethod) method.build(settings.withGold(gold));
    long begin = System.nanoTime();
    try (NumericConsensus consensus = built.fit(table, control)) {
      double seconds = (System.nanoTime() - begin) / NANOS;
      NumericTruth.Errors errors = truth.errors(consensus);
      Map<Measure, Double> values = new EnumMap<>(Measure.class);
      values.put(Measure.SECONDS, seconds);
      values.put(Measure.MAE, errors.meanAbsolute());
      values.put(Measure.RMSE, errors.rootMeanSquare());
      values.put(Measure.PEARSON, errors.pearson());
      return values;
    }
  }

  @Override
  public void close() {
    table.close();
  }
}
