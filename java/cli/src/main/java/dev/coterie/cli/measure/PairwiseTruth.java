package dev.coterie.cli.measure;

import dev.coterie.consensus.agreement.Correlation;
import dev.coterie.consensus.pairwise.ComparisonTable;
import dev.coterie.consensus.pairwise.PairwiseConsensus;
import java.util.Map;

/** The true scores of items, against which scores are measured. */
public final class PairwiseTruth {
  /** What a score is cut to, which may be infinite. */
  private static final double LARGEST = 1e100;

  private final double[] scores;
  private final int known;

  /**
   * How far two orders agree.
   *
   * @param spearman Spearman's correlation, NaN when it is undefined
   * @param kendall Kendall's tau-b, NaN when it is undefined
   */
  public record Correlations(double spearman, double kendall) {}

  /**
   * Finds the true score of each item.
   *
   * @param truth the scores by item
   * @param table the comparisons
   */
  public PairwiseTruth(Map<String, Double> truth, ComparisonTable table) {
    scores = new double[table.items()];
    int found = 0;
    for (int item = 0; item < scores.length; item++) {
      scores[item] = truth.getOrDefault(table.itemName(item), Double.NaN);
      found += Double.isNaN(scores[item]) ? 0 : 1;
    }
    known = found;
  }

  /**
   * Returns how many items have a true score.
   *
   * @return at least 0
   */
  public int known() {
    return known;
  }

  /**
   * Returns the true score of an item.
   *
   * @param item the item's index
   * @return the score, or NaN when it is not known
   */
  public double score(int item) {
    return scores[item];
  }

  /**
   * Correlates scores with the true ones; where scores cannot be compared, ranks.
   *
   * @param consensus a result for the table
   * @return the correlations
   */
  public Correlations correlations(PairwiseConsensus consensus) {
    if (known == 0) {
      return new Correlations(Double.NaN, Double.NaN);
    }
    boolean comparable = consensus.isComparable();
    double[] x = new double[known];
    double[] y = new double[known];
    int size = 0;
    for (int item = 0; item < scores.length; item++) {
      if (!Double.isNaN(scores[item])) {
        double score = comparable ? consensus.score(item) : -consensus.rank(item);
        x[size] = Math.max(Math.min(score, LARGEST), -LARGEST);
        y[size++] = scores[item];
      }
    }
    Correlation correlation = Correlation.of(x, y);
    return new Correlations(
        correlation.spearman().orElse(Double.NaN), correlation.kendall().orElse(Double.NaN));
  }
}
