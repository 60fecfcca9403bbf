package dev.coterie.cli.measure;

import dev.coterie.cli.input.PairFile;
import dev.coterie.cli.output.Counted;
import dev.coterie.consensus.pairwise.ComparisonTable;
import dev.coterie.consensus.pairwise.Outcome;
import dev.coterie.consensus.pairwise.PairwiseConsensus;
import java.util.Arrays;

/** Comparisons that no method has seen, which results foretell. Ties are left out. */
public final class HeldOut {
  /** The least probability that counts, so that one certain error is not infinite. */
  private static final double LEAST = 1e-15;

  private final int[] winners;
  private final int[] losers;
  private final boolean[] leftWins;
  private final long unknown;
  private final long ties;

  /**
   * How well comparisons are foretold.
   *
   * @param accuracy the part that is right, where equal scores count half; NaN without comparisons
   * @param logLoss the mean negative natural logarithm of the probability of what happened; NaN
   *     when the method has no probabilities
   */
  public record Foretold(double accuracy, double logLoss) {}

  /**
   * Finds the items of the comparisons.
   *
   * @param file the comparisons
   * @param table the table that methods are fitted to
   */
  public HeldOut(PairFile file, ComparisonTable table) {
    String[] names = file.items();
    int[] index = new int[names.length];
    for (int i = 0; i < names.length; i++) {
      index[i] = table.indexOfItem(names[i]);
    }
    int most = Math.toIntExact(file.comparisons());
    int[] won = new int[most];
    int[] lost = new int[most];
    boolean[] left = new boolean[most];
    int[] size = new int[1];
    long[] strange = new long[1];
    file.each(
        (one, other, outcome) -> {
          if (index[one] < 0 || index[other] < 0) {
            strange[0]++;
          } else if (outcome != Outcome.TIE) {
            left[size[0]] = outcome == Outcome.LEFT;
            won[size[0]] = index[left[size[0]] ? one : other];
            lost[size[0]++] = index[outcome == Outcome.LEFT ? other : one];
          }
        });
    winners = Arrays.copyOf(won, size[0]);
    losers = Arrays.copyOf(lost, size[0]);
    leftWins = Arrays.copyOf(left, size[0]);
    unknown = strange[0];
    ties = file.ties();
  }

  /**
   * Measures a result.
   *
   * @param consensus a result for the table
   * @return how well it foretells
   */
  public Foretold foretold(PairwiseConsensus consensus) {
    double right = 0;
    double loss = 0;
    for (int i = 0; i < winners.length; i++) {
      double probability = probability(consensus, i);
      double margin = consensus.score(winners[i]) - consensus.score(losers[i]);
      if (!Double.isNaN(probability)) {
        margin = probability - 0.5;
      } else if (!consensus.isComparable(winners[i], losers[i])) {
        margin = consensus.rank(losers[i]) - consensus.rank(winners[i]);
      }
      right += margin > 0 ? 1 : margin < 0 ? 0 : 0.5;
      // What cannot be compared is as likely as not.
      boolean even = Double.isNaN(probability) && hasModel(consensus);
      loss -= Math.log(Math.max(even ? 0.5 : probability, LEAST));
    }
    int size = winners.length;
    return size == 0
        ? new Foretold(Double.NaN, Double.NaN)
        : new Foretold(right / size, loss / size);
  }

  private static boolean hasModel(PairwiseConsensus consensus) {
    try {
      consensus.winProbability(0, 0);
      return true;
    } catch (UnsupportedOperationException e) {
      return false;
    }
  }

  /** Returns the probability of what happened, given that it was no tie; NaN without a model. */
  private double probability(PairwiseConsensus consensus, int i) {
    if (!hasModel(consensus)) {
      return Double.NaN;
    }
    int winner = winners[i];
    int loser = losers[i];
    if (!Double.isNaN(consensus.tieParameter())) {
      double win = consensus.winProbability(winner, loser);
      return win / (win + consensus.winProbability(loser, winner));
    }
    return leftWins[i]
        ? consensus.leftWinProbability(winner, loser)
        : 1 - consensus.leftWinProbability(loser, winner);
  }

  /**
   * Says how many comparisons are foretold, and which are left out.
   *
   * @return a sentence without its end
   */
  public String remark() {
    StringBuilder remark = new StringBuilder();
    remark.append(Counted.of(winners.length, "comparison")).append(" held out");
    if (ties > 0) {
      remark.append("; ").append(Counted.of(ties, "tie")).append(" left out");
    }
    if (unknown > 0) {
      remark.append("; ").append(Counted.of(unknown, "comparison"));
      remark.append(" of unknown items left out");
    }
    return remark.toString();
  }
}
