package dev.coterie.consensus;

import dev.coterie.spi.MethodKind;

/**
 * The model of Dawid and Skene with one number for each expert: the probability that it is right,
 * whatever is true; wrong answers are spread evenly. It has far fewer parameters than {@link
 * DawidSkene} and so is the better choice when experts answer few tasks or there are many labels.
 * The estimation is that of A. P. Dawid and A. M. Skene, <em>Maximum likelihood estimation of
 * observer error-rates using the EM algorithm</em>, Applied Statistics 28, 1979; the model with one
 * number is analysed by Y. Zhang, X. Chen, D. Zhou and M. I. Jordan, <em>Spectral methods meet EM:
 * a provably optimal algorithm for crowdsourcing</em>, Journal of Machine Learning Research 17,
 * 2016.
 *
 * <p>The start is the weighted vote. An iteration takes time in proportion to the answers plus
 * tasks times labels. An expert's skill is the probability that it is right.
 */
public final class OneCoinDawidSkene implements ConsensusMethod {
  private final FitOptions options;

  /** Makes the method with its defaults. */
  public OneCoinDawidSkene() {
    this(new Builder());
  }

  private OneCoinDawidSkene(Builder builder) {
    options = FitOptions.of(MethodKind.ONE_COIN_DAWID_SKENE, builder);
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
    return "one-coin-dawid-skene";
  }

  @Override
  public Consensus fit(AnswerTable table, FitControl control) {
    return options.fit(table, control);
  }

  /** Collects the options of {@link OneCoinDawidSkene}. Not safe for use by several threads. */
  public static final class Builder extends EmBuilder<Builder> {
    private Builder() {}

    @Override
    Builder self() {
      return this;
    }

    @Override
    public OneCoinDawidSkene build() {
      return new OneCoinDawidSkene(this);
    }
  }
}
