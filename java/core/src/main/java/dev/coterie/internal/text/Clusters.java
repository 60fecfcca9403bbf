package dev.coterie.internal.text;

import dev.coterie.internal.engine.Team;
import dev.coterie.spi.TextProblem;
import java.util.Arrays;

/** The clusters of one task's texts. */
final class Clusters {
  private Clusters() {}

  /**
   * Returns the cluster of each text by the cluster's first member.
   *
   * @param problem which clustering, and from which similarity on
   */
  static int[] of(Likeness likeness, TextProblem problem, Team team) {
    return switch (problem.clustering()) {
      case TextProblem.COMPONENTS -> components(likeness, problem.threshold(), team);
      case TextProblem.COMPLETE_LINK -> CompleteLink.of(likeness, problem.threshold(), team);
      default -> Density.of(likeness, problem.threshold(), problem.minPoints(), team);
    };
  }

  private static int[] components(Likeness likeness, double threshold, Team team) {
    Forest forest = new Forest(likeness.rows());
    RowScan.scan(
        likeness,
        team,
        (row, similarity) -> {
          for (int j = row + 1; j < likeness.rows(); j++) {
            if (similarity[j] >= threshold) {
              forest.join(row, j);
            }
          }
        });
    return forest.roots();
  }

  /** Sets of texts; the root of a set is its first member. */
  static final class Forest {
    private final int[] parent;

    Forest(int rows) {
      parent = new int[rows];
      Arrays.setAll(parent, i -> i);
    }

    private int root(int i) {
      int at = i;
      while (parent[at] != at) {
        parent[at] = parent[parent[at]];
        at = parent[at];
      }
      return at;
    }

    void join(int i, int j) {
      int a = root(i);
      int b = root(j);
      parent[Math.max(a, b)] = Math.min(a, b);
    }

    int[] roots() {
      int[] roots = new int[parent.length];
      Arrays.setAll(roots, this::root);
      return roots;
    }
  }
}
