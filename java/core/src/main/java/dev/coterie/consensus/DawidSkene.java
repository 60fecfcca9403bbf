package dev.coterie.consensus;

import dev.coterie.spi.MethodKind;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Learns for each expert how often it says what when what is true, and weighs its answers
 * accordingly: A. P. Dawid and A. M. Skene, <em>Maximum likelihood estimation of observer
 * error-rates using the EM algorithm</em>, Applied Statistics 28, 1979.
 *
 * <p>The start is the weighted vote. An iteration takes time in proportion to answers times labels;
 * the result has a confusion matrix for each expert, and an expert's skill is the probability that
 * it is right. Weights multiply the evidence of an answer.
 */
public final class DawidSkene implements ConsensusMethod {
  private final FitOptions options;

  /** Makes the method with its defaults. */
  public DawidSkene() {
    this(new Builder());
  }

  private DawidSkene(Builder builder) {
    options = FitOptions.of(MethodKind.DAWID_SKENE, builder);
  }

  /**
   * Starts a method with options of its own.
   *
   * @return a builder with the defaults
   */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public String id() {
    return "dawid-skene";
  }

  @Override
  public Consensus fit(AnswerTable table, FitControl control) {
    return options.fit(table, control);
  }

  /** Collects the options of {@link DawidSkene}. Not safe for use by several threads. */
  public static final class Builder extends EmBuilder<Builder> {
    private Builder() {}

    @Override
    Builder self() {
      return this;
    }

    /**
     * Adds what is known of experts from earlier tables to the confusion counts of this one.
     *
     * @param counts for each known expert a square table [true label][answered label] of how often
     *     it was seen, laid out as {@link Consensus#confusionMatrix(String)} is and in the order of
     *     the table's labels; between 0 and 1e100. It is copied. Names that a table does not have
     *     make the fit fail
     * @param mode when the counts are added
     * @return this
     * @throws IllegalArgumentException naming the expert whose counts are not square or not between
     *     0 and 1e100
     * @throws NullPointerException when an argument, a key or a value is null
     */
    public Builder priorCounts(Map<String, double[][]> counts, PriorCounts mode) {
      priorCountsMode = Objects.requireNonNull(mode, "mode");
      Map<String, double[][]> copy = new HashMap<>();
      counts.forEach((expert, rows) -> copy.put(expert, copyOf(expert, rows)));
      priorCounts = Map.copyOf(copy);
      return this;
    }

    private static double[][] copyOf(String expert, double[][] rows) {
      double[][] copy = new double[rows.length][];
      for (int trueLabel = 0; trueLabel < rows.length; trueLabel++) {
        if (rows[trueLabel].length != rows.length) {
          throw new IllegalArgumentException(
              "the prior counts of expert \"" + expert + "\" are not a square table");
        }
        for (double count : rows[trueLabel]) {
          checkAmount("prior count of expert \"" + expert + "\":", count);
        }
        copy[trueLabel] = rows[trueLabel].clone();
      }
      return copy;
    }

    @Override
    public DawidSkene build() {
      return new DawidSkene(this);
    }
  }
}
