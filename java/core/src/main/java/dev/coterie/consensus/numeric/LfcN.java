package dev.coterie.consensus.numeric;

import dev.coterie.consensus.FitControl;
import dev.coterie.spi.NumericKind;

/**
 * Learning from crowds, for numbers: each answer is the truth plus noise whose variance is the
 * expert's own, and, where it is asked for, a bias of the expert's own. Truths and experts are
 * estimated together by expectation maximisation. The model is that of V. C. Raykar, S. Yu, L. H.
 * Zhao, G. H. Valadez, C. Florin, L. Bogoni and L. Moy, <em>Learning from crowds</em>, Journal of
 * Machine Learning Research 11, 2010, without features of the tasks.
 *
 * <p>The standard error is that of the estimate when the experts' variances are true; a single
 * answer has that of its expert. An answer's weight divides its variance. Where no task tells
 * anything of the experts, because none has two answers or a known value, the estimates are means
 * and their errors NaN. An iteration takes time in proportion to the answers. The objective is the
 * log-likelihood.
 */
public final class LfcN implements NumericMethod {
  private final NumericOptions options;

  /** Makes the method with its defaults. */
  public LfcN() {
    this(new Builder());
  }

  private LfcN(Builder builder) {
    options =
        NumericOptions.of(
            NumericKind.LFC_N,
            builder,
            builder.smoothing,
            builder.bias ? 1.0 : 0.0,
            builder.point ? 1.0 : 0.0);
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
    return "lfc-n";
  }

  @Override
  public NumericConsensus fit(NumericTable table, FitControl control) {
    return options.fit(table, control);
  }

  /** Collects the options of {@link LfcN}. Not safe for use by several threads. */
  public static final class Builder extends IterativeNumericBuilder<Builder> {
    private double smoothing = 5.0;
    private boolean bias;
    private boolean point;

    private Builder() {}

    @Override
    Builder self() {
      return this;
    }

    @Override
    public LfcN build() {
      return new LfcN(this);
    }

    /**
     * Sets how many answers of the variance that all experts have together each expert is given
     * beforehand, which keeps experts with few answers from extremes; the default is 5.
     *
     * @param answers between 0 and 1e100; with 0 the estimate is that of maximum likelihood
     * @return this
     * @throws IllegalArgumentException when the number is something else
     */
    public Builder smoothing(double answers) {
      smoothing = checkAmount("smoothing", answers);
      return this;
    }

    /**
     * Says whether each expert has a bias: what it adds to every answer. The default is false.
     * Without known values biases are told up to a constant, and then their mean, by the weight of
     * the experts' answers, is 0.
     *
     * @param estimate whether to estimate biases
     * @return this
     */
    public Builder bias(boolean estimate) {
      bias = estimate;
      return this;
    }

    /**
     * Says whether the estimates count as certain when the variances are estimated, as in the
     * common code for this method. The default is false. It can end with one expert whose variance
     * is nearly 0 and whose answers become the estimates.
     *
     * @param certain whether they count as certain
     * @return this
     */
    public Builder pointEstimates(boolean certain) {
      point = certain;
      return this;
    }
  }
}
