package dev.coterie.consensus;

import dev.coterie.spi.MethodKind;

/**
 * Messages between tasks and experts: a task tells each of its experts what the others say, and an
 * expert tells each of its tasks how well it does elsewhere, until the direction of the messages
 * stays. For two labels. D. R. Karger, S. Oh and D. Shah, <em>Budget-optimal task allocation for
 * reliable crowdsourcing systems</em>, Operations Research 62, 2014.
 *
 * <p>A table with more than two labels is refused with an {@link IllegalArgumentException}. The
 * posterior of a label is its share of the reliabilities; an expert who seems worse than chance
 * speaks for the other label, and where all reliabilities of a task are 0 its posterior is that of
 * the plain vote. An expert's {@linkplain Consensus#weight(int) weight} is the mean of its
 * reliabilities, and its skill the part of its answers that equal the result. The defaults are 1000
 * iterations and a tolerance of 1e-9. An iteration takes time in proportion to the answers. There
 * is no log-likelihood.
 */
public final class Kos implements ConsensusMethod {
  private final FitOptions options;

  /** Makes the method with its defaults. */
  public Kos() {
    this(new Builder());
  }

  private Kos(Builder builder) {
    options = FitOptions.of(MethodKind.KOS, builder, builder.balanced ? 1 : 0);
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
    return "kos";
  }

  @Override
  public Consensus fit(AnswerTable table, FitControl control) {
    return options.fit(table, control);
  }

  /** Collects the options of {@link Kos}. Not safe for use by several threads. */
  public static final class Builder extends IterativeBuilder<Builder> {
    private boolean balanced = true;

    private Builder() {
      super(1000, 1e-9);
    }

    /**
     * Says whether an expert's message is the mean over its other tasks; the default is true.
     *
     * @param mean true for the mean, which keeps experts with very many answers from deciding
     *     alone; false for the sum, as in the paper
     * @return this
     */
    public Builder balanced(boolean mean) {
      balanced = mean;
      return this;
    }

    @Override
    Builder self() {
      return this;
    }

    @Override
    public Kos build() {
      return new Kos(this);
    }
  }
}
