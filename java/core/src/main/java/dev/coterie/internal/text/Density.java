package dev.coterie.internal.text;

import dev.coterie.internal.engine.Team;
import java.util.Arrays;

/**
 * DBSCAN (Ester et al., KDD 1996), independent of the order of the texts: a text on the border
 * joins its most similar core. Looks at all similarities twice, so that it keeps none.
 */
final class Density {
  private static final int NONE = -1;

  private Density() {}

  static int[] of(Likeness likeness, double threshold, int minPoints, Team team) {
    int rows = likeness.rows();
    boolean[] core = cores(likeness, threshold, minPoints, team);
    Clusters.Forest forest = new Clusters.Forest(rows);
    int[] nearest = new int[rows];
    double[] best = new double[rows];
    Arrays.fill(nearest, NONE);
    RowScan.scan(
        likeness,
        team,
        (i, similarity) -> {
          for (int j = i + 1; j < rows; j++) {
            if (similarity[j] >= threshold && (core[i] || core[j])) {
              if (core[i] && core[j]) {
                forest.join(i, j);
              } else {
                int border = core[i] ? j : i;
                if (nearest[border] == NONE || similarity[j] > best[border]) {
                  nearest[border] = core[i] ? i : j;
                  best[border] = similarity[j];
                }
              }
            }
          }
        });
    for (int i = 0; i < rows; i++) {
      if (nearest[i] != NONE) {
        forest.join(i, nearest[i]);
      }
    }
    return forest.roots();
  }

  private static boolean[] cores(Likeness likeness, double threshold, int minPoints, Team team) {
    int rows = likeness.rows();
    int[] near = new int[rows];
    RowScan.scan(
        likeness,
        team,
        (i, similarity) -> {
          for (int j = i + 1; j < rows; j++) {
            if (similarity[j] >= threshold) {
              near[i]++;
              near[j]++;
            }
          }
        });
    boolean[] core = new boolean[rows];
    for (int i = 0; i < rows; i++) {
      core[i] = 1L + near[i] >= minPoints;
    }
    return core;
  }
}
