package dev.coterie.cli.accuracy;

import dev.coterie.cli.input.AnswerFile;
import dev.coterie.cli.input.AnswerTally;
import dev.coterie.cli.input.LabelFile;
import dev.coterie.cli.input.LabelOrder;
import dev.coterie.cli.measure.Truth;
import dev.coterie.cli.method.Kind;
import dev.coterie.cli.method.Method;
import dev.coterie.cli.method.Settings;
import dev.coterie.cli.output.Counted;
import dev.coterie.consensus.AnswerTable;
import dev.coterie.consensus.Consensus;
import dev.coterie.consensus.ConsensusMethod;
import dev.coterie.consensus.FitControl;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** A data set of labels. */
final class CategoricalSet implements Measured {
  private static final double NANOS = 1e9;

  private final AnswerTable table;
  private final Truth truth;
  private final Map<String, String> gold = new LinkedHashMap<>();

  CategoricalSet(
      AnswerFile answers,
      LabelFile truthFile,
      AnswerFile.Filter filter,
      String name,
      int known,
      long seed) {
    table =
        answers.toTable(AnswerTable.builder(), LabelOrder.SORTED, new AnswerTally(null), filter);
    boolean complete = false;
    try {
      Truth whole = new Truth(truthFile, table, name);
      BitSet told = Known.draw(whole.usable(), known, whole.known(), seed, name);
      told.stream().mapToObj(table::taskName).forEach(task -> tell(task, truthFile));
      truth = whole.without(told);
      complete = true;
    } finally {
      if (!complete) {
        table.close();
      }
    }
  }

  private void tell(String task, LabelFile truthFile) {
    gold.put(task, truthFile.labelOf(task));
  }

  @Override
  public Kind kind() {
    return Kind.CATEGORICAL;
  }

  @Override
  public String described() {
    return Counted.of(table.answers(), "answer")
        + " of "
        + Counted.of(table.experts(), "expert")
        + " to "
        + Counted.of(table.tasks(), "task")
        + ", "
        + Counted.of(table.labels(), "label")
        + "; "
        + truth.remark()
        + Known.remark(gold.size());
  }

  @Override
  public Map<Measure, Double> score(Method<?> method, Settings settings, FitControl control) {
    ConsensusMethod built = (ConsensusMethod) method.build(settings.withGold(gold));
    long begin = System.nanoTime();
    try (Consensus consensus = built.fit(table, control)) {
      double seconds = (System.nanoTime() - begin) / NANOS;
      Map<Measure, Double> values = new EnumMap<>(Measure.class);
      values.put(Measure.SECONDS, seconds);
      values.put(Measure.ACCURACY, truth.accuracy(consensus));
      values.put(Measure.CALIBRATION_ERROR, truth.calibrationError(consensus));
      values.put(Measure.BRIER_SCORE, truth.brierScore(consensus));
      return values;
    }
  }

  @Override
  public void close() {
    table.close();
  }
}
