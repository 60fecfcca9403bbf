package dev.coterie.consensus.agreement;

import dev.coterie.consensus.AnswerTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Drops the experts whose answers vary least: who always clicks the same button has an entropy of
 * 0. Of the experts with enough answers those are dropped whose uncertainty is at most a percentile
 * of all; so some are always dropped. As crowd-kit's {@code entropy_threshold}.
 *
 * <p>Immutable, and safe for use by many threads. Takes time in proportion to the answers.
 */
public final class EntropyThreshold {
  private final double percentile;
  private final int minimumAnswers;
  private final double[] skills;
  private final String backend;

  private EntropyThreshold(Builder builder) {
    percentile = builder.percentile;
    minimumAnswers = builder.minimumAnswers;
    skills = builder.skills;
    backend = builder.backend;
  }

  /**
   * Starts a filter.
   *
   * @return a builder with the defaults
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * An expert that was dropped.
   *
   * @param expert its index
   * @param name its name
   * @param answers the number of its answers
   * @param entropy the entropy of its answers in nats, which is at most the cutoff
   */
  public record Dropped(int expert, String name, long answers, double entropy) {}

  /**
   * What became of a table.
   *
   * @param table the answers of the other experts, to be closed by the caller; it has the names and
   *     indices of the table before, so that dropped experts are in it without answers
   * @param dropped the experts that were dropped, in the order of their indices
   * @param cutoff the greatest entropy at which an expert is dropped; empty when no expert had
   *     enough answers
   * @param droppedAnswers the number of answers that were dropped
   */
  public record Filtered(
      AnswerTable table, List<Dropped> dropped, OptionalDouble cutoff, long droppedAnswers) {

    /**
     * Returns whether at least half of the answers were dropped: the percentile may be too high or
     * the least number of answers too small.
     *
     * @return true when at most half of the answers stay
     */
    public boolean droppedMost() {
      return table.answers() <= (table.answers() + droppedAnswers) / 2;
    }
  }

  /**
   * Filters a table.
   *
   * @param table the answers
   * @return the answers that stay, and who was dropped and why
   * @throws IllegalArgumentException when no answer would stay, or the skills are not one for each
   *     expert
   * @throws NullPointerException when the table is null
   * @throws IllegalStateException when the table is closed
   * @throws UnsupportedOperationException when the table is too large for a Java backend
   * @throws dev.coterie.BackendUnavailableException when the backend cannot be used
   */
  public Filtered apply(AnswerTable table) {
    MeanOf entropies = Agreement.of(table).backend(backend).uncertaintyByExpert(skills);
    long[] answers = new long[table.experts()];
    for (long i = 0; i < table.answers(); i++) {
      answers[table.expert(i)]++;
    }
    double[] eligible = new double[answers.length];
    int size = 0;
    for (int expert = 0; expert < answers.length; expert++) {
      if (answers[expert] >= minimumAnswers) {
        eligible[size++] = entropies.of(expert).orElse(0.0);
      }
    }
    OptionalDouble cutoff =
        size == 0 ? OptionalDouble.empty() : OptionalDouble.of(cutoff(eligible, size));
    List<Dropped> dropped = new ArrayList<>();
    boolean[] drop = new boolean[answers.length];
    long droppedAnswers = 0;
    for (int expert = 0; expert < answers.length; expert++) {
      double entropy = entropies.of(expert).orElse(0.0);
      if (answers[expert] >= minimumAnswers && entropy <= cutoff.orElseThrow()) {
        drop[expert] = true;
        dropped.add(new Dropped(expert, table.expertName(expert), answers[expert], entropy));
        droppedAnswers += answers[expert];
      }
    }
    if (droppedAnswers == table.answers()) {
      throw new IllegalArgumentException(
          "every expert's entropy is at most "
              + cutoff.orElseThrow()
              + ", so that no answer would stay: lower the percentile, or demand more answers");
    }
    AnswerTable rest = table.filter(i -> !drop[table.expert(i)]);
    return new Filtered(rest, List.copyOf(dropped), cutoff, droppedAnswers);
  }

  /** Returns the percentile, by linear interpolation. */
  private double cutoff(double[] entropies, int size) {
    Arrays.sort(entropies, 0, size);
    double h = (size - 1) * (percentile / 100.0);
    int i = (int) h;
    if (i + 1 >= size) {
      return entropies[size - 1];
    }
    return entropies[i] + (h - i) * (entropies[i + 1] - entropies[i]);
  }

  /** Sets the options of a filter. Not safe for use by several threads. */
  public static final class Builder {
    private double percentile = 10.0;
    private int minimumAnswers = 2;
    private double[] skills = {};
    private String backend;

    private Builder() {}

    /**
     * Sets the percentile of the entropies up to which experts are dropped; the default is 10.
     *
     * @param percent from 0 to 100
     * @return this
     * @throws IllegalArgumentException when it is not
     */
    public Builder percentile(double percent) {
      if (!(percent >= 0.0 && percent <= 100.0)) {
        throw new IllegalArgumentException("percentile " + percent + " is not between 0 and 100");
      }
      percentile = percent;
      return this;
    }

    /**
     * Sets how many answers an expert must have to be dropped; the default is 2.
     *
     * @param answers at least 1
     * @return this
     * @throws IllegalArgumentException when it is less
     */
    public Builder minimumAnswers(int answers) {
      if (answers < 1) {
        throw new IllegalArgumentException("at least " + answers + " answers: must be 1 or more");
      }
      minimumAnswers = answers;
      return this;
    }

    /**
     * Gives the experts' skills, which blur their answers; the default is 1 for each.
     *
     * @param values the skill of each expert by its index, from 0 to 1
     * @return this
     * @throws NullPointerException when the array is null
     */
    public Builder skills(double... values) {
      skills = values.clone();
      return this;
    }

    /**
     * Chooses the backend that measures.
     *
     * @param id a backend's id; null or {@code auto} for the default backend
     * @return this
     */
    public Builder backend(String id) {
      backend = id;
      return this;
    }

    /**
     * Makes the filter; the builder can be used further.
     *
     * @return an immutable filter
     */
    public EntropyThreshold build() {
      return new EntropyThreshold(this);
    }
  }
}
