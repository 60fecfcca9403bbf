package dev.coterie.internal.text;

import dev.coterie.internal.engine.Team;
import dev.coterie.internal.table.HeapLimits;
import java.util.Arrays;

/**
 * Clusters of which every two texts are similar. Of every cluster the most similar one behind it is
 * kept; uniting two clusters only lowers similarities, so few of those have to be sought anew.
 * About the square of the number of texts in time, and half of it in doubles.
 */
final class CompleteLink {
  private static final int NONE = -1;

  private final int rows;
  private final double threshold;

  /** The similarities of each text with those behind it, row after row. */
  private final double[] similarity;

  /** The most similar cluster behind each, or {@link #NONE} when none reaches the threshold. */
  private final int[] nearest;

  private final double[] best;
  private final boolean[] united;
  private final int[] cluster;

  private CompleteLink(int rows, double threshold) {
    this.rows = rows;
    this.threshold = threshold;
    long pairs = (long) rows * (rows - 1) / 2;
    similarity = new double[HeapLimits.check(pairs, "the similarities of a task")];
    nearest = new int[rows];
    best = new double[rows];
    united = new boolean[rows];
    cluster = new int[rows];
    Arrays.setAll(cluster, i -> i);
  }

  static int[] of(Likeness likeness, double threshold, Team team) {
    CompleteLink link = new CompleteLink(likeness.rows(), threshold);
    RowScan.scan(
        likeness,
        team,
        (row, from) ->
            System.arraycopy(
                from, row + 1, link.similarity, link.at(row, row + 1), link.rows - row - 1));
    link.unite(team);
    return link.cluster;
  }

  /** Returns the place of the pair of i and a later j. */
  private int at(int i, int j) {
    return (int) ((long) i * (2L * rows - i - 1) / 2) + j - i - 1;
  }

  private double of(int i, int j) {
    return similarity[i < j ? at(i, j) : at(j, i)];
  }

  private void unite(Team team) {
    for (int i = 0; i < rows; i++) {
      seek(i);
    }
    while (true) {
      int a = mostSimilar();
      if (a == NONE) {
        return;
      }
      team.checkCancelled();
      unite(a, nearest[a]);
    }
  }

  /** Returns the first of the two most similar clusters, the lowest among equals. */
  private int mostSimilar() {
    int found = NONE;
    for (int i = 0; i < rows; i++) {
      if (nearest[i] != NONE && (found == NONE || best[i] > best[found])) {
        found = i;
      }
    }
    return found;
  }

  private void seek(int i) {
    nearest[i] = NONE;
    for (int j = i + 1, at = at(i, i + 1); j < rows; j++, at++) {
      if (!united[j]
          && similarity[at] >= threshold
          && (nearest[i] == NONE || similarity[at] > best[i])) {
        nearest[i] = j;
        best[i] = similarity[at];
      }
    }
  }

  private void unite(int a, int b) {
    united[b] = true;
    nearest[b] = NONE;
    for (int i = 0; i < rows; i++) {
      if (cluster[i] == b) {
        cluster[i] = a;
      }
      if (!united[i] && i != a) {
        double least = Math.min(of(a, i), of(b, i));
        similarity[a < i ? at(a, i) : at(i, a)] = least;
      }
    }
    for (int i = 0; i < b; i++) {
      if (i == a || nearest[i] == b || nearest[i] == a) {
        seek(i);
      }
    }
  }
}
