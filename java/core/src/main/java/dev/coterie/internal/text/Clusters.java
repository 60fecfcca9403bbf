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
   * @param problem which clustering, and from which similarity on; not leader
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

  /**
   * Returns the cluster of each text by the cluster's leader: the most central text, then the most
   * central one of those that are not similar to a leader.
   */
  static int[] leaders(Likeness likeness, double threshold, double[] centrality, Team team) {
    int rows = likeness.rows();
    int[] leader = new int[rows];
    Arrays.fill(leader, -1);
    double[] similarity = new double[rows];
    Object scratch = likeness.scratch();
    Integer[] order = byCentrality(centrality);
    for (int next : order) {
      if (leader[next] < 0) {
        team.checkCancelled();
        int from = 0;
        while (leader[from] >= 0) {
          from++;
        }
        likeness.compare(next, from, similarity, scratch);
        for (int j = from; j < rows; j++) {
          if (leader[j] < 0 && (j == next || similarity[j] >= threshold)) {
            leader[j] = next;
          }
        }
      }
    }
    return leader;
  }

  private static Integer[] byCentrality(double[] centrality) {
    Integer[] order = new Integer[centrality.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(
        order,
        (i, j) ->
            centrality[i] == centrality[j]
                ? Integer.compare(i, j)
                : Double.compare(centrality[j], centrality[i]));
    return order;
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
