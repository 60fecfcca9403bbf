package dev.coterie.consensus;

import dev.coterie.internal.BackendRegistry;
import java.util.Map;
import java.util.Objects;

/**
 * The options that all methods have, for code that sets them whatever the method. Get one from a
 * method's {@code builder()}. Not safe for use by several threads.
 *
 * @param <B> the builder itself, which its methods return
 */
public abstract sealed class MethodBuilder<B extends MethodBuilder<B>>
    permits IterativeBuilder,
        MajorityVote.Builder,
        WeightedVote.Builder,
        Wawa.Builder,
        GoldMajorityVote.Builder,
        Auto.Builder {
  Map<String, String> gold = Map.of();
  Repeats repeats = Repeats.COUNT_ALL;
  int threads;
  String backend;

  // Options that only some methods have; their builders let them be set.
  boolean positional;
  int maxIterations;
  double tolerance;
  double smoothing;
  Map<String, Double> classPriors;
  Map<String, double[][]> priorCounts = Map.of();
  PriorCounts priorCountsMode;
  long seed;

  MethodBuilder() {}

  abstract B self();

  /**
   * Makes the method; the builder can be used further.
   *
   * @return an immutable method
   */
  public abstract ConsensusMethod build();

  /**
   * Gives the true labels of some tasks, which then count as certain.
   *
   * @param labels the label of each known task; names that a table does not have make the fit fail
   * @return this
   * @throws NullPointerException when the map, a key or a value is null
   */
  public B gold(Map<String, String> labels) {
    gold = Map.copyOf(labels);
    return self();
  }

  /**
   * Says what happens to several answers of one expert to one task; the default is {@link
   * Repeats#COUNT_ALL}.
   *
   * @param choice what happens
   * @return this
   * @throws NullPointerException when the choice is null
   */
  public B repeats(Repeats choice) {
    repeats = Objects.requireNonNull(choice, "repeats");
    return self();
  }

  /**
   * Sets the number of threads, which changes the time but no bit of the result; the default is 0.
   *
   * @param count the number of threads, or 0 for one per core
   * @return this
   * @throws IllegalArgumentException when the number is negative
   */
  public B threads(int count) {
    if (count < 0) {
      throw new IllegalArgumentException("threads " + count + " is negative: 0 means all cores");
    }
    threads = count;
    return self();
  }

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
}
