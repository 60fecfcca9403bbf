package dev.coterie.consensus.numeric;

import dev.coterie.consensus.FitControl;
import dev.coterie.spi.NumericKind;
import java.util.Objects;

/**
 * Conflict resolution, known as PM and CRH: an expert's weight is the negative logarithm of its
 * share of all distances from the estimates. The method is that of Q. Li, Y. Li, J. Gao, B. Zhao,
 * W. Fan and J. Han, <em>Resolving conflicts in heterogeneous data by truth discovery and source
 * reliability estimation</em>, SIGMOD 2014.
 *
 * <p>Distances are measured in the standard deviation of each task's answers. The start is the
 * median. An iteration takes time in proportion to the answers. The standard error is that of a
 * weighted median or mean. The objective is the weighted sum of distances.
 */
public final class Pm implements NumericMethod {
  private final NumericOptions options;

  /** Makes the method with its defaults. */
  public Pm() {
    this(new Builder());
  }

  private Pm(Builder builder) {
    options =
        NumericOptions.of(
            NumericKind.PM,
            builder,
            builder.loss == Loss.SQUARED ? 1.0 : 0.0,
            builder.normaliser == Normaliser.LARGEST ? 1.0 : 0.0);
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
    return "pm";
  }

  @Override
  public NumericConsensus fit(NumericTable table, FitControl control) {
    return options.fit(table, control);
  }

  /** How the distance of an answer counts. */
  public enum Loss {
    /** As it is; estimates are weighted medians, which wild answers do not move. */
    ABSOLUTE,

    /** Squared; estimates are weighted means. */
    SQUARED
  }

  /** What the experts' distances are divided by. */
  public enum Normaliser {
    /** Their sum, as the paper derives it. */
    SUM,

    /** The largest of them, as the common code has it; the weight of that expert is nearly 0. */
    LARGEST
  }

  /** Collects the options of {@link Pm}. Not safe for use by several threads. */
  public static final class Builder extends IterativeNumericBuilder<Builder> {
    private Loss loss = Loss.ABSOLUTE;
    private Normaliser normaliser = Normaliser.SUM;

    private Builder() {}

    @Override
    Builder self() {
      return this;
    }

    @Override
    public Pm build() {
      return new Pm(this);
    }

    /**
     * Says how the distance of an answer counts; the default is {@link Loss#ABSOLUTE}.
     *
     * @param choice how it counts
     * @return this
     * @throws NullPointerException when the choice is null
     */
    public Builder loss(Loss choice) {
      loss = Objects.requireNonNull(choice, "loss");
      return this;
    }

    /**
     * Says what the experts' distances are divided by; the default is {@link Normaliser#SUM}.
     *
     * @param choice what they are divided by
     * @return this
     * @throws NullPointerException when the choice is null
     */
    public Builder normaliser(Normaliser choice) {
      normaliser = Objects.requireNonNull(choice, "normaliser");
      return this;
    }
  }
}
