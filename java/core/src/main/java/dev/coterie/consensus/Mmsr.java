package dev.coterie.consensus;

import dev.coterie.spi.MethodKind;

/**
 * M-MSR: the agreement of every two experts, corrected for chance, is the product of their skills,
 * so the skills are a rank-one factor of the matrix of agreements. It is found by an iteration that
 * leaves the most extreme values out, and so withstands experts who collude. Q. Ma and A.
 * Olshevsky, <em>Adversarial crowdsourcing through robust rank-one matrix completion</em>, NeurIPS
 * 2020.
 *
 * <p>An expert's skill is the probability that it is right, and its {@linkplain
 * Consensus#weight(int) weight} the log-odds of that, which is negative for experts who are worse
 * than chance. The posterior is the one that these weights give when wrong labels are equally
 * likely. Of several answers of one expert to one task only the last one counts for its agreement
 * with others. The defaults are 10,000 iterations and a tolerance of 1e-10. There is no
 * log-likelihood.
 *
 * <p>Finding the pairs of experts takes time in proportion to the sum of the squares of the tasks'
 * numbers of answers, an iteration in proportion to the pairs. Each pair of experts with a task in
 * common takes 40 bytes; more than 67,108,864 pairs are refused with an {@link
 * UnsupportedOperationException}.
 */
public final class Mmsr implements ConsensusMethod {
  private final FitOptions options;

  /** Makes the method with its defaults. */
  public Mmsr() {
    this(new Builder());
  }

  private Mmsr(Builder builder) {
    options = FitOptions.of(MethodKind.MMSR, builder);
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
    return "mmsr";
  }

  @Override
  public Consensus fit(AnswerTable table, FitControl control) {
    return options.fit(table, control);
  }

  /** Collects the options of {@link Mmsr}. Not safe for use by several threads. */
  public static final class Builder extends IterativeBuilder<Builder> {
    private Builder() {
      super(10_000, 1e-10);
    }

    @Override
    Builder self() {
      return this;
    }

    @Override
    public Mmsr build() {
      return new Mmsr(this);
    }
  }
}
