package dev.coterie.consensus.agreement;

import java.util.Objects;
import java.util.OptionalDouble;

/** Cohen's kappa of all pairs of experts. Get one from {@link Agreement#cohenKappas}. Immutable. */
public final class CohenKappas {
  private final int experts;
  private final double[] out;

  CohenKappas(int experts, double[] out) {
    this.experts = experts;
    this.out = out;
  }

  /**
   * Returns the kappa of two experts.
   *
   * @param one the index of one expert
   * @param other the index of another
   * @return the kappa
   * @throws IndexOutOfBoundsException when there is no such expert
   * @throws IllegalArgumentException when the two are the same
   */
  public CohenKappa of(int one, int other) {
    Objects.checkIndex(one, experts);
    Objects.checkIndex(other, experts);
    if (one == other) {
      throw new IllegalArgumentException("expert " + one + " cannot be compared with itself");
    }
    long low = Math.min(one, other);
    long pair = low * (2L * experts - low - 1) / 2 + Math.max(one, other) - low - 1;
    int at = (int) (2 + 3 * pair);
    return new CohenKappa(out[at], out[at + 1], out[at + 2]);
  }

  /**
   * Returns the number of pairs whose kappa is defined.
   *
   * @return at least 0
   */
  public long definedPairs() {
    return (long) out[0];
  }

  /**
   * Returns the mean over the pairs whose kappa is defined (R. J. Light, 1971).
   *
   * @return empty when there are none
   */
  public OptionalDouble mean() {
    return Measures.optional(out[1]);
  }
}
