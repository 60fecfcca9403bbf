package dev.coterie.consensus;

import dev.coterie.spi.MethodKind;
import java.util.Objects;

/**
 * Several models from several starts, combined: the choice when you do not know which method fits
 * your data. Its probabilities are tempered as far as the experts seem to err together, so they are
 * meant to be believed more than those of one model, which are mostly far too sure. {@link
 * #report(Consensus)} tells what was combined and what the answers cannot tell.
 *
 * <p>It promises no more than the answers hold: where experts agree on a wrong answer, no method
 * that sees answers alone can know. The page docs/methods/auto.md has the figures and the cases in
 * which it fails. Known labels ({@link Builder#gold}) of a random sample of the tasks calibrate it:
 * they play no part in the fit, and then tell how sure the result may be and, from 10 on, which of
 * some readings of the answers fits better. From 30 on that is worth much. What they showed is in
 * the report.
 *
 * <p>A fit takes about as long as 150 iterations of {@link DawidSkene}, and for each task and label
 * about 60 bytes more. An expert's skill is the expected share of its answers that are right,
 * {@code 1/K} for one without answers.
 */
public final class Auto implements ConsensusMethod {
  private final FitOptions options;

  /** Makes the method with its defaults. */
  public Auto() {
    this(new Builder());
  }

  private Auto(Builder builder) {
    options = FitOptions.of(MethodKind.AUTO, builder);
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
   * Tells how a result of this method came about. The report is complete: the result can be closed.
   *
   * @param consensus a result of this method
   * @return what was combined, and how far the experts seem to err together
   * @throws IllegalArgumentException when the result is of another method
   * @throws IllegalStateException when the result is closed
   * @throws NullPointerException when the result is null
   */
  public static AutoReport report(Consensus consensus) {
    Objects.requireNonNull(consensus, "consensus");
    if (consensus.method() != MethodKind.AUTO) {
      throw new IllegalArgumentException(
          "a result of " + consensus.method().id() + " has no report: fit the table with Auto");
    }
    double[] values = new double[MethodKind.AUTO.reportLength()];
    for (int i = 0; i < values.length; i++) {
      values[i] = consensus.report(i);
    }
    return new AutoReport(values);
  }

  @Override
  public String id() {
    return "auto";
  }

  @Override
  public Consensus fit(AnswerTable table, FitControl control) {
    return options.fit(table, control);
  }

  /** Collects the options of {@link Auto}. Not safe for use by several threads. */
  public static final class Builder extends MethodBuilder<Builder> {
    private Builder() {}

    @Override
    Builder self() {
      return this;
    }

    /**
     * Sets where the random numbers of the starts and of the simulations begin; the default is 0. A
     * result that changes with the seed is one that the answers do not decide.
     *
     * @param number any number
     * @return this
     */
    public Builder seed(long number) {
      seed = number;
      return this;
    }

    @Override
    public Auto build() {
      return new Auto(this);
    }
  }
}
