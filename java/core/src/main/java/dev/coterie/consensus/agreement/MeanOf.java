package dev.coterie.consensus.agreement;

import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * One number for each task or expert, and their mean: an uncertainty or a consistency. Get one from
 * {@link Agreement}. Immutable.
 */
public final class MeanOf {
  private static final int HEAD = 2;

  private final List<String> names;
  private final double[] out;

  MeanOf(List<String> names, double[] out) {
    this.names = names;
    this.out = out;
  }

  /**
   * Returns the mean over those that have a number.
   *
   * @return the mean
   */
  public double mean() {
    return out[0];
  }

  /**
   * Returns how many have a number.
   *
   * @return at least 1
   */
  public int count() {
    return (int) out[1];
  }

  /**
   * Returns the number of one task or expert.
   *
   * @param index its index in the table
   * @return empty when it has no answers, or for a consistency no aggregated label
   * @throws IndexOutOfBoundsException when there is no such task or expert
   */
  public OptionalDouble of(int index) {
    return Measures.optional(out[HEAD + Objects.checkIndex(index, names.size())]);
  }

  /**
   * Returns the number of one task or expert. Takes a search through the names.
   *
   * @param name its name in the table
   * @return empty when it has no answers, or for a consistency no aggregated label
   * @throws IllegalArgumentException when there is no such task or expert
   */
  public OptionalDouble of(String name) {
    return of(Measures.index(names.indexOf(name), "task or expert", name));
  }

  /** Returns the mean and how many it is of. */
  @Override
  public String toString() {
    return mean() + " of " + count();
  }
}
