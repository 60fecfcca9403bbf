package dev.coterie.consensus;

import dev.coterie.spi.MethodKind;

/**
 * Ordered labels: the labels' order in the table is their rank, so declare it when the table is
 * built. For each rank but the last the binary question whether the truth lies above it is fitted
 * by Dawid-Skene; the probabilities are made to fall from rank to rank, and their differences are
 * the posterior. The reduction is that of E. Frank and M. Hall, <em>A simple approach to ordinal
 * classification</em>, ECML 2001; see {@link DawidSkene} for the fit.
 *
 * <p>The answer is the most probable rank; {@link #medianRank} and {@link #expectedRank} give the
 * median and the mean of the posterior, which are often nearer to the truth. An expert's skill is
 * the mean of its skills at all ranks. The log-likelihood is the sum of those of all ranks. There
 * are no confusion matrices. Smoothing is 0.1 unless it is set. It takes the time of as many binary
 * fits as there are ranks but one, and the memory of one.
 */
public final class OrdinalDawidSkene implements ConsensusMethod {
  private final FitOptions options;

  /** Makes the method with its defaults. */
  public OrdinalDawidSkene() {
    this(new Builder());
  }

  private OrdinalDawidSkene(Builder builder) {
    options = FitOptions.of(MethodKind.ORDINAL, builder, builder.oneCoin ? 1.0 : 0.0);
  }

  /**
   * Starts a method with options of its own.
   *
   * @return a builder with the defaults
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Returns the median of a task's posterior: the first rank at which half of it is reached.
   *
   * @param consensus a result, of this method or any other
   * @param task the task's index
   * @return the label's index, or -1 when the task has neither answers nor gold
   * @throws IndexOutOfBoundsException when there is no such task
   * @throws IllegalStateException when the result is closed
   */
  public static int medianRank(Consensus consensus, int task) {
    if (consensus.answer(task) < 0) {
      return -1;
    }
    double[] row = consensus.posterior(task);
    double soFar = 0.0;
    for (int rank = 0; rank < row.length; rank++) {
      soFar = soFar + row[rank];
      if (soFar >= 0.5) {
        return rank;
      }
    }
    return row.length - 1;
  }

  /**
   * Returns the mean rank under a task's posterior.
   *
   * @param consensus a result, of this method or any other
   * @param task the task's index
   * @return from 0 to one less than the labels, or NaN when the task has neither answers nor gold
   * @throws IndexOutOfBoundsException when there is no such task
   * @throws IllegalStateException when the result is closed
   */
  public static double expectedRank(Consensus consensus, int task) {
    if (consensus.answer(task) < 0) {
      return Double.NaN;
    }
    double[] row = consensus.posterior(task);
    double mean = 0.0;
    for (int rank = 0; rank < row.length; rank++) {
      mean = mean + rank * row[rank];
    }
    return mean;
  }

  @Override
  public String id() {
    return "ordinal";
  }

  @Override
  public Consensus fit(AnswerTable table, FitControl control) {
    return options.fit(table, control);
  }

  /** Collects the options of {@link OrdinalDawidSkene}. Not safe for use by several threads. */
  public static final class Builder extends EmBuilder<Builder> {
    private boolean oneCoin;

    private Builder() {
      smoothing = 0.1;
    }

    /**
     * Says whether an expert has one skill for each rank instead of a matrix; the default is false.
     * It is the better choice when experts answer few tasks or there are many ranks.
     *
     * @param one whether there is one skill
     * @return this
     */
    public Builder oneCoin(boolean one) {
      oneCoin = one;
      return this;
    }

    @Override
    Builder self() {
      return this;
    }

    @Override
    public OrdinalDawidSkene build() {
      return new OrdinalDawidSkene(this);
    }
  }
}
