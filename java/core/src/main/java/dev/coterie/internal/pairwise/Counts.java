package dev.coterie.internal.pairwise;

import dev.coterie.spi.Elementary;
import dev.coterie.spi.PairwiseOutcome;
import dev.coterie.spi.PairwiseProblem;
import java.util.Arrays;

/** The methods that walk the table once: Elo ratings, win rates, Borda and Copeland scores. */
final class Counts {
  /** Comparisons between two looks at the control. */
  private static final int BATCH = 1 << 16;

  private Counts() {}

  /** A. E. Elo, <em>The Rating of Chessplayers, Past and Present</em>, 1978. */
  static void elo(PairwiseProblem problem, Rows rows, PairwiseOutcome out, Watch watch) {
    double k = problem.parameters()[0];
    double slope = Elementary.log(problem.parameters()[1]);
    double scale = problem.parameters()[2];
    double[] score = out.score;
    Arrays.fill(score, problem.parameters()[3]);
    for (int row = 0; row < rows.size(); row++) {
      if (row % BATCH == 0) {
        watch.check();
      }
      int left = rows.left(row);
      int right = rows.right(row);
      double expected =
          1.0 / (1.0 + Elementary.exp(((score[right] - score[left]) / scale) * slope));
      int outcome = rows.outcome(row);
      double points = outcome == 0 ? 1.0 : outcome == 1 ? 0.0 : 0.5;
      double change = (k * rows.weight(row)) * (points - expected);
      score[left] = score[left] + change;
      score[right] = score[right] - change;
    }
  }

  /** The share of points won: averaged over the opponents, or of all comparisons. */
  static void winRate(PairwiseProblem problem, Cells cells, PairwiseOutcome out) {
    boolean pooled = problem.parameters()[0] == 1;
    double[] played = new double[out.score.length];
    cells.halveTies();
    for (int c = 0; c < cells.size(); c++) {
      int a = cells.a[c];
      int b = cells.b[c];
      double n = cells.winsA[c] + cells.winsB[c];
      out.score[a] += pooled ? cells.winsA[c] : cells.winsA[c] / n;
      out.score[b] += pooled ? cells.winsB[c] : cells.winsB[c] / n;
      played[a] += pooled ? n : 1.0;
      played[b] += pooled ? n : 1.0;
    }
    for (int i = 0; i < played.length; i++) {
      out.score[i] = played[i] > 0 ? out.score[i] / played[i] : 0.5;
    }
  }

  /** The points won: 1 for a win and one half for a tie, times the weight. */
  static void borda(Cells cells, PairwiseOutcome out) {
    cells.halveTies();
    for (int c = 0; c < cells.size(); c++) {
      out.score[cells.a[c]] += cells.winsA[c];
      out.score[cells.b[c]] += cells.winsB[c];
    }
  }

  /** A. H. Copeland, <em>A reasonable social welfare function</em>, 1951. */
  static void copeland(Cells cells, PairwiseOutcome out) {
    for (int c = 0; c < cells.size(); c++) {
      double wa = cells.winsA[c];
      double wb = cells.winsB[c];
      out.score[cells.a[c]] += wa > wb ? 1.0 : wa == wb ? 0.5 : 0.0;
      out.score[cells.b[c]] += wb > wa ? 1.0 : wa == wb ? 0.5 : 0.0;
    }
  }
}
