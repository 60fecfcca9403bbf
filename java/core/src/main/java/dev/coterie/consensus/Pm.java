package dev.coterie.consensus;

import dev.coterie.spi.MethodKind;

/**
 * Truth discovery by conflict resolution (PM, also CRH), with the zero-one loss: an expert weighs
 * as much as the logarithm of the largest number of errors over its own. Q. Li, Y. Li, J. Gao, B.
 * Zhao, W. Fan and J. Han, <em>Resolving conflicts in heterogeneous data by truth discovery and
 * source reliability estimation</em>, SIGMOD 2014.
 *
 * <p>The posterior of a label is its share of the weights, which are {@linkplain
 * Consensus#weight(int) reported}. An expert's skill is the part of its answers that equal the
 * result. The defaults are 100 iterations and a tolerance of 0: the fit ends when no weight
 * changes. An iteration takes time in proportion to the answers plus tasks times labels. There is
 * no log-likelihood.
 */
public final class Pm implements ConsensusMethod {
  private final FitOptions options;

  /** Makes the method with its defaults. */
  public Pm() {
    this(new Builder());
  }

  private Pm(Builder builder) {
    options = FitOptions.of(MethodKind.PM, builder);
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
  public Consensus fit(AnswerTable table, FitControl control) {
    return options.fit(table, control);
  }

  /** Collects the options of {@link Pm}. Not safe for use by several threads. */
  public static final class Builder extends IterativeBuilder<Builder> {
    private Builder() {
      super(100, 0);
    }

    @Override
    Builder self() {
      return this;
    }

    @Override
    public Pm build() {
      return new Pm(this);
    }
  }
}
