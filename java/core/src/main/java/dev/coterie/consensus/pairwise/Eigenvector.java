package dev.coterie.consensus.pairwise;

import dev.coterie.consensus.FitControl;
import dev.coterie.spi.PairwiseProblem;

/**
 * A win counts as much as the item that was beaten: the leading eigenvector of the points, of
 * length 1. M. G. Kendall, <em>Further contributions to the theory of paired comparisons</em>,
 * Biometrics 11, 1955. It rewards items for being compared often; compare all equally often.
 *
 * <p>Needs cycles among the winners: where no item beats, in the end, itself, there is no such
 * vector, and the fit does not converge. An iteration takes time in proportion to the pairs that
 * met.
 */
public final class Eigenvector implements PairwiseMethod {
  private final PairwiseFit options;

  /** Makes the method with its defaults. */
  public Eigenvector() {
    this(new Builder());
  }

  private Eigenvector(Builder builder) {
    options =
        new PairwiseFit(
            PairwiseProblem.EIGENVECTOR,
            new double[] {},
            builder.maxIterations,
            builder.tolerance,
            builder.backend,
            Chances.NONE);
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
    return "eigenvector";
  }

  @Override
  public PairwiseConsensus fit(ComparisonTable table, FitControl control) {
    return options.fit(this, table, control);
  }

  /** Collects the options of {@link Eigenvector}. Not safe for use by several threads. */
  public static final class Builder extends IterativePairwiseBuilder<Builder> {

    private Builder() {
      super(10_000, 1e-10);
    }

    @Override
    Builder self() {
      return this;
    }

    @Override
    public Eigenvector build() {
      return new Eigenvector(this);
    }
  }
}
