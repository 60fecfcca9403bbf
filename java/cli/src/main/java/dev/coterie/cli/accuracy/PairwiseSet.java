package dev.coterie.cli.accuracy;

import dev.coterie.cli.input.AnswerFile;
import dev.coterie.cli.input.PairFile;
import dev.coterie.cli.measure.HeldOut;
import dev.coterie.cli.measure.PairwiseTruth;
import dev.coterie.cli.method.Kind;
import dev.coterie.cli.method.Method;
import dev.coterie.cli.method.Settings;
import dev.coterie.cli.output.Counted;
import dev.coterie.consensus.FitControl;
import dev.coterie.consensus.pairwise.ComparisonTable;
import dev.coterie.consensus.pairwise.PairwiseConsensus;
import dev.coterie.consensus.pairwise.PairwiseMethod;
import java.util.EnumMap;
import java.util.Map;

/** A data set of comparisons. */
final class PairwiseSet implements Measured {
  private static final double NANOS = 1e9;

  private final ComparisonTable table;
  private final PairwiseTruth truth;
  private final HeldOut heldOut;

  /** Makes the table; {@code heldOutFile} may be null. */
  PairwiseSet(
      PairFile pairs, Map<String, Double> scores, PairFile heldOutFile, AnswerFile.Filter filter) {
    table = pairs.toTable(ComparisonTable.builder(), filter);
    truth = new PairwiseTruth(scores, table);
    heldOut = heldOutFile == null ? null : new HeldOut(heldOutFile, table);
  }

  @Override
  public Kind kind() {
    return Kind.PAIRWISE;
  }

  @Override
  public String described() {
    String by = table.experts() == 0 ? "" : " by " + Counted.of(table.experts(), "expert");
    return Counted.of(table.comparisons(), "comparison")
        + by
        + " of "
        + Counted.of(table.items(), "item")
        + "; the score of "
        + Counted.of(truth.known(), "item")
        + " is known"
        + (heldOut == null ? "" : "; " + heldOut.remark());
  }

  @Override
  public Map<Measure, Double> score(Method<?> method, Settings settings, FitControl control) {
    PairwiseMethod built = (PairwiseMethod) method.build(settings);
    long begin = System.nanoTime();
    PairwiseConsensus consensus = built.fit(table, control);
    double seconds = (System.nanoTime() - begin) / NANOS;
    PairwiseTruth.Correlations correlations = truth.correlations(consensus);
    Map<Measure, Double> values = new EnumMap<>(Measure.class);
    values.put(Measure.SECONDS, seconds);
    values.put(Measure.SPEARMAN, correlations.spearman());
    values.put(Measure.KENDALL, correlations.kendall());
    if (heldOut != null) {
      HeldOut.Foretold foretold = heldOut.foretold(consensus);
      values.put(Measure.HELDOUT_ACCURACY, foretold.accuracy());
      values.put(Measure.HELDOUT_LOG_LOSS, foretold.logLoss());
    }
    return values;
  }

  @Override
  public void close() {
    table.close();
  }
}
