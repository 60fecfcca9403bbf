package dev.coterie.consensus.pairwise;

import dev.coterie.internal.BackendRegistry;

/**
 * The options that all pairwise methods have, for code that sets them whatever the method. Get one
 * from a method's {@code builder()}. Not safe for use by several threads.
 *
 * @param <B> the builder itself, which its methods return
 */
public abstract sealed class PairwiseBuilder<B extends PairwiseBuilder<B>>
    permits IterativePairwiseBuilder,
        Elo.Builder,
        WinRate.Builder,
        Borda.Builder,
        Copeland.Builder {
  /** What an amount may be at most, so that no sum overflows. */
  static final double LARGEST = 1e100;

  String backend;

  PairwiseBuilder() {}

  abstract B self();

  /**
   * Makes the method; the builder can be used further.
   *
   * @return an immutable method
   */
  public abstract PairwiseMethod build();

  /**
   * Chooses the backend; without it, the default one.
   *
   * @param id the id of a backend, as in {@link dev.coterie.Backends#ids}; null or {@code auto} for
   *     the default backend
   * @return this
   * @throws IllegalArgumentException when there is no backend of this id
   */
  public B backend(String id) {
    backend = BackendRegistry.checkChoice(id);
    return self();
  }

  static double checkBetween(String name, double value, double least, double most) {
    // The comparison is false for NaN.
    if (!(value >= least && value <= most)) {
      throw new IllegalArgumentException(
          name + " " + value + " is not between " + least + " and " + most);
    }
    return value;
  }
}
