package dev.coterie.consensus.pairwise;

import dev.coterie.BackendInfo;
import dev.coterie.spi.Elementary;
import dev.coterie.spi.PairwiseOutcome;
import java.util.List;
import java.util.Objects;

/**
 * The result of a pairwise fit: score, standard error and rank of each item, the probability that
 * one wins against another, skill and bias of each expert where the method has them, and which
 * items the comparisons connect.
 *
 * <p>A question about one number takes a constant time and does not allocate; one that names items
 * or experts costs a hash look-up for each name more. Arrays and lists that are returned are new
 * ones. Immutable, safe for use by many threads, in ordinary memory; it does not need its table to
 * stay open.
 */
public final class PairwiseConsensus {
  private final PairwiseMethod method;
  private final ComparisonTable table;
  private final BackendInfo backend;
  private final PairwiseOutcome result;

  /** The model's probabilities, or null. */
  private final Chances chances;

  PairwiseConsensus(
      PairwiseMethod method,
      ComparisonTable table,
      BackendInfo backend,
      PairwiseOutcome result,
      Chances chances) {
    this.method = method;
    this.table = table;
    this.backend = backend;
    this.result = result;
    this.chances = chances;
  }

  /**
   * Returns the score of an item; more is better. What it means is up to the method.
   *
   * @param item the item's name
   * @return the score; {@link BradleyTerry.Solver#MINORIZE} may say minus infinity
   * @throws IllegalArgumentException when there is no such item
   */
  public double score(String item) {
    return result.score[indexOfItem(item)];
  }

  /**
   * Returns the score of an item; more is better. What it means is up to the method.
   *
   * @param item the item's index
   * @return the score; {@link BradleyTerry.Solver#MINORIZE} may say minus infinity
   * @throws IndexOutOfBoundsException when there is no such item
   */
  public double score(int item) {
    return result.score[checkItem(item)];
  }

  /**
   * Returns the scores of all items.
   *
   * @return a new array [item]
   */
  public double[] scores() {
    return result.score.clone();
  }

  /**
   * Returns the items' shares of strength, {@code exp(score)} divided by its sum: the form in which
   * crowd-kit gives Bradley-Terry scores. It is for methods whose scores are log-odds, and for
   * tables whose scores can all be compared.
   *
   * @return a new array [item] that adds up to 1
   * @throws UnsupportedOperationException when the method's scores are not log-odds
   */
  public double[] strengths() {
    if (!(method instanceof BradleyTerry
        || method instanceof NoisyBradleyTerry
        || method instanceof Newman)) {
      throw new UnsupportedOperationException(
          "the scores of " + method.id() + " are not log-odds: use BradleyTerry");
    }
    double[] shares = result.score.clone();
    double most = Double.NEGATIVE_INFINITY;
    for (double score : shares) {
      most = Math.max(most, score);
    }
    double sum = 0;
    for (int item = 0; item < shares.length; item++) {
      shares[item] = Elementary.exp(shares[item] - most);
      sum += shares[item];
    }
    for (int item = 0; item < shares.length; item++) {
      shares[item] /= sum;
    }
    return shares;
  }

  /**
   * Returns the standard error of an item's score.
   *
   * @param item the item's name
   * @return the standard error; NaN when the method has none, for more items than its limit, and
   *     for an item whose score can be compared with no other
   * @throws IllegalArgumentException when there is no such item
   */
  public double standardError(String item) {
    return result.error[indexOfItem(item)];
  }

  /**
   * Returns the standard error of an item's score.
   *
   * @param item the item's index
   * @return the standard error; NaN when the method has none, for more items than its limit, and
   *     for an item whose score can be compared with no other
   * @throws IndexOutOfBoundsException when there is no such item
   */
  public double standardError(int item) {
    return result.error[checkItem(item)];
  }

  /**
   * Returns the place of an item. Equal scores are ranked by index; where scores cannot be compared
   * ({@link #isComparable}), groups that win against others come first.
   *
   * @param item the item's name
   * @return 1 for the best; each place is given once
   * @throws IllegalArgumentException when there is no such item
   */
  public int rank(String item) {
    return result.rank[indexOfItem(item)];
  }

  /**
   * Returns the place of an item. Equal scores are ranked by index; where scores cannot be compared
   * ({@link #isComparable}), groups that win against others come first.
   *
   * @param item the item's index
   * @return 1 for the best; each place is given once
   * @throws IndexOutOfBoundsException when there is no such item
   */
  public int rank(int item) {
    return result.rank[checkItem(item)];
  }

  /**
   * Returns the items from the best to the last.
   *
   * @return a new, unmodifiable list of names
   */
  public List<String> ranking() {
    String[] names = new String[result.rank.length];
    for (int item = 0; item < names.length; item++) {
      names[result.rank[item] - 1] = table.itemName(item);
    }
    return List.of(names);
  }

  /**
   * Returns the probability that one item wins against another, whatever their order.
   *
   * @param item the one item's name
   * @param other the other item's name
   * @return the probability, from 0 to 1; NaN when the scores cannot be compared ({@link
   *     #isComparable}). With a tie parameter this and the other's probability and that of a tie
   *     add up to 1
   * @throws IllegalArgumentException when there is no such item
   * @throws UnsupportedOperationException when the method has no model of outcomes
   */
  public double winProbability(String item, String other) {
    return winProbability(indexOfItem(item), indexOfItem(other));
  }

  /**
   * Returns the probability that one item wins against another, whatever their order.
   *
   * @param item the one item's index
   * @param other the other item's index
   * @return the probability, from 0 to 1; NaN when the scores cannot be compared ({@link
   *     #isComparable}). With a tie parameter this and the other's probability and that of a tie
   *     add up to 1
   * @throws IndexOutOfBoundsException when there is no such item
   * @throws UnsupportedOperationException when the method has no model of outcomes
   */
  public double winProbability(int item, int other) {
    checkModel();
    return isComparable(item, other) ? chances.win(difference(item, other)) : Double.NaN;
  }

  /**
   * Returns the probability that two items tie, whatever their order.
   *
   * @param item the one item's index
   * @param other the other item's index
   * @return the probability, from 0 to 1; 0 for models without ties, NaN when the scores cannot be
   *     compared
   * @throws IndexOutOfBoundsException when there is no such item
   * @throws UnsupportedOperationException when the method has no model of outcomes
   */
  public double tieProbability(int item, int other) {
    checkModel();
    return isComparable(item, other) ? chances.tie(difference(item, other)) : Double.NaN;
  }

  /**
   * Returns the probability that the left item wins, with the order effect where the method learned
   * one.
   *
   * @param left the left item's index
   * @param right the right item's index
   * @return the probability, from 0 to 1; NaN when the scores cannot be compared
   * @throws IndexOutOfBoundsException when there is no such item
   * @throws UnsupportedOperationException when the method has no model of outcomes
   */
  public double leftWinProbability(int left, int right) {
    checkModel();
    double order = orderEffect();
    double difference = difference(left, right) + (Double.isNaN(order) ? 0 : order);
    return isComparable(left, right) ? chances.win(difference) : Double.NaN;
  }

  /**
   * Returns the probability that an expert says that the left item is better, with the expert's
   * skill and bias.
   *
   * @param expert the expert's index
   * @param left the left item's index
   * @param right the right item's index
   * @return the probability, from 0 to 1; NaN when the scores cannot be compared
   * @throws IndexOutOfBoundsException when there is no such expert or item
   * @throws UnsupportedOperationException when the method knows no skills
   */
  public double leftWinProbability(int expert, int left, int right) {
    double skill = skill(expert);
    double difference = difference(left, right);
    return isComparable(left, right)
        ? skill * Chances.logistic(difference) + (1 - skill) * result.bias[expert]
        : Double.NaN;
  }

  private double difference(int item, int other) {
    return result.score[checkItem(item)] - result.score[checkItem(other)];
  }

  /**
   * Returns whether the method knows skills and biases of experts.
   *
   * @return true for {@link NoisyBradleyTerry}
   */
  public boolean hasSkills() {
    return method instanceof NoisyBradleyTerry;
  }

  /**
   * Returns the skill of an expert: the probability that it compares the items.
   *
   * @param expert the expert's index
   * @return the skill, from 0 to 1
   * @throws IndexOutOfBoundsException when there is no such expert
   * @throws UnsupportedOperationException when the method knows no skills
   */
  public double skill(int expert) {
    checkSkills();
    return result.skill[Objects.checkIndex(expert, result.skill.length)];
  }

  /**
   * Returns the skill of an expert: the probability that it compares the items.
   *
   * @param expert the expert's name
   * @return the skill, from 0 to 1
   * @throws IllegalArgumentException when there is no such expert
   * @throws UnsupportedOperationException when the method knows no skills
   */
  public double skill(String expert) {
    return skill(indexOfExpert(expert));
  }

  /**
   * Returns the bias of an expert: the probability that it says left when it does not compare.
   *
   * @param expert the expert's index
   * @return the bias, from 0 to 1; one half is none
   * @throws IndexOutOfBoundsException when there is no such expert
   * @throws UnsupportedOperationException when the method knows no skills
   */
  public double bias(int expert) {
    checkSkills();
    return result.bias[Objects.checkIndex(expert, result.bias.length)];
  }

  /**
   * Returns the bias of an expert: the probability that it says left when it does not compare.
   *
   * @param expert the expert's name
   * @return the bias, from 0 to 1; one half is none
   * @throws IllegalArgumentException when there is no such expert
   * @throws UnsupportedOperationException when the method knows no skills
   */
  public double bias(String expert) {
    return bias(indexOfExpert(expert));
  }

  /**
   * Returns the experts' mean skill, weighted by their comparisons.
   *
   * @return the skill, from 0 to 1; NaN when the method knows no skills
   */
  public double meanSkill() {
    return result.report[PairwiseOutcome.MEAN_SKILL];
  }

  /**
   * Returns the tie parameter: Davidson's nu, Rao and Kupper's theta, or Newman's, which is half of
   * nu.
   *
   * @return the parameter; infinite when all comparisons are ties; NaN when the method has none
   */
  public double tieParameter() {
    return result.report[PairwiseOutcome.TIE];
  }

  /**
   * Returns the standard error of the tie parameter.
   *
   * @return the standard error; NaN where there is none
   */
  public double tieParameterError() {
    return result.report[PairwiseOutcome.TIE_ERROR];
  }

  /**
   * Returns by how much the log-odds of the left item are better for its being on the left.
   *
   * @return the effect; NaN when the method did not learn it
   */
  public double orderEffect() {
    return result.report[PairwiseOutcome.ORDER];
  }

  /**
   * Returns the standard error of the order effect.
   *
   * @return the standard error; NaN where there is none
   */
  public double orderEffectError() {
    return result.report[PairwiseOutcome.ORDER_ERROR];
  }

  /**
   * Returns the number of connected components: items of different ones were never compared, not
   * even through others.
   *
   * @return at least 1
   */
  public int components() {
    return (int) result.report[PairwiseOutcome.COMPONENTS];
  }

  /**
   * Returns the connected component of an item.
   *
   * @param item the item's index
   * @return from 0 on, in the order of their lowest items
   * @throws IndexOutOfBoundsException when there is no such item
   */
  public int component(int item) {
    return result.component[checkItem(item)];
  }

  /**
   * Returns the number of strongly connected components: of two items in different ones, one has
   * never won against the other, not even through others. Ties count as wins of both.
   *
   * @return at least 1; with 1, all scores of maximum likelihood are finite
   */
  public int strongComponents() {
    return (int) result.report[PairwiseOutcome.STRONG_COMPONENTS];
  }

  /**
   * Returns the strongly connected component of an item.
   *
   * @param item the item's index
   * @return from 0 on, in the order of their lowest items
   * @throws IndexOutOfBoundsException when there is no such item
   */
  public int strongComponent(int item) {
    return result.strong[checkItem(item)];
  }

  /**
   * Returns whether the scores of two items can be compared.
   *
   * @param item the one item's index
   * @param other the other item's index
   * @return false when the comparisons do not say by how much one is better than the other
   * @throws IndexOutOfBoundsException when there is no such item
   */
  public boolean isComparable(int item, int other) {
    checkItem(item);
    checkItem(other);
    return switch ((int) result.report[PairwiseOutcome.SCALE]) {
      case PairwiseOutcome.WITHIN_COMPONENTS -> result.component[item] == result.component[other];
      case PairwiseOutcome.WITHIN_STRONG_COMPONENTS -> result.strong[item] == result.strong[other];
      default -> true;
    };
  }

  /**
   * Returns whether the scores of all items can be compared.
   *
   * @return false when {@link #isComparable} is false for any two
   */
  public boolean isComparable() {
    return result.report[PairwiseOutcome.SCALE] == PairwiseOutcome.WITHIN_ALL;
  }

  /**
   * Returns whether no order contradicts fewer comparisons.
   *
   * @return true when {@link Kemeny} searched exactly; false otherwise, and for other methods
   */
  public boolean isProvenOptimal() {
    return result.report[PairwiseOutcome.PROVEN] == 1;
  }

  /**
   * Returns what the method maximises or minimises: the log-likelihood, with the priors where it
   * has them; the eigenvalue of {@link Eigenvector}; the weight that the order of {@link Kemeny}
   * contradicts.
   *
   * @return the objective; NaN for methods that have none
   */
  public double objective() {
    return result.objective;
  }

  /**
   * Returns the number of iterations that were made.
   *
   * @return at least 0
   */
  public int iterations() {
    return result.iterations;
  }

  /**
   * Returns whether the method came to rest before its limit of iterations.
   *
   * @return true when it did; always true for methods that do not iterate
   */
  public boolean converged() {
    return result.converged;
  }

  /**
   * Returns the method.
   *
   * @return the method
   */
  public PairwiseMethod method() {
    return method;
  }

  /**
   * Returns the backend that did the work.
   *
   * @return the backend
   */
  public BackendInfo backend() {
    return backend;
  }

  /**
   * Returns the table, which may be closed; its names and sizes can be asked for nevertheless.
   *
   * @return the table
   */
  public ComparisonTable table() {
    return table;
  }

  /** Returns the method, the iterations, the objective and the backend. */
  @Override
  public String toString() {
    return "PairwiseConsensus["
        + method.id()
        + ", "
        + table
        + ", "
        + result.iterations
        + " iterations, "
        + (result.converged ? "converged" : "not converged")
        + ", objective "
        + result.objective
        + ", "
        + backend.id()
        + "]";
  }

  private int checkItem(int item) {
    return Objects.checkIndex(item, result.score.length);
  }

  private void checkModel() {
    if (chances == null) {
      throw new UnsupportedOperationException(
          method.id() + " has no model of outcomes: use BradleyTerry");
    }
  }

  private void checkSkills() {
    if (!hasSkills()) {
      throw new UnsupportedOperationException(
          method.id() + " knows no skills of experts: use NoisyBradleyTerry");
    }
  }

  private int indexOfItem(String name) {
    int index = table.indexOfItem(name);
    if (index < 0) {
      throw new IllegalArgumentException("the table has no item \"" + name + "\"");
    }
    return index;
  }

  private int indexOfExpert(String name) {
    int index = table.indexOfExpert(name);
    if (index < 0) {
      throw new IllegalArgumentException("the table has no expert \"" + name + "\"");
    }
    return index;
  }
}
