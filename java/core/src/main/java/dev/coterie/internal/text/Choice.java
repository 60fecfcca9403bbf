package dev.coterie.internal.text;

import dev.coterie.internal.engine.Team;
import dev.coterie.spi.TextOutcome;
import java.util.Arrays;
import java.util.Comparator;

/** Which cluster of a task wins, and which of its texts stands for each cluster. */
final class Choice {
  private final Likeness likeness;
  private final int first;
  private final double[] weight;
  private final TextOutcome outcome;

  private Choice(Likeness likeness, int first, double[] weight, TextOutcome outcome) {
    this.likeness = likeness;
    this.first = first;
    this.weight = weight;
    this.outcome = outcome;
  }

  /**
   * Chooses among the texts of one task and writes the outcome, but for the themes.
   *
   * @param first the task's first row
   * @param weight of each text; their sum is above 0
   * @param root the cluster of each text, by the cluster's first member
   */
  static void choose(
      Likeness likeness,
      int task,
      int first,
      double[] weight,
      int[] root,
      TextOutcome outcome,
      Team team) {
    new Choice(likeness, first, weight, outcome).choose(task, root, team);
  }

  private void choose(int task, int[] root, Team team) {
    Cluster[] clusters = clusters(root);
    for (int number = 0; number < clusters.length; number++) {
      for (int i : clusters[number].members) {
        outcome.cluster[first + i] = number;
      }
    }
    if (!byVectors(clusters)) {
      bySums(team);
    }
    for (Cluster cluster : clusters) {
      writeMedoid(cluster.members);
    }
    double all = 0.0;
    for (double w : weight) {
      all += w;
    }
    outcome.chosen[task] = outcome.medoid[first + clusters[0].members[0]];
    outcome.clusters[task] = clusters.length;
    outcome.support[task] = clusters[0].support / all;
    outcome.confidence[task] = outcome.support[task];
  }

  /** A cluster; its members are ascending. */
  private record Cluster(int[] members, double support) {
    static final Comparator<Cluster> BY_RANK =
        Comparator.comparingDouble((Cluster c) -> -c.support)
            .thenComparingInt(c -> -c.members.length)
            .thenComparingInt(c -> c.members[0]);
  }

  /** Returns the clusters by rank. */
  private Cluster[] clusters(int[] root) {
    int[] size = new int[root.length];
    int count = 0;
    for (int i = 0; i < root.length; i++) {
      count += root[i] == i ? 1 : 0;
      size[root[i]]++;
    }
    int[][] members = new int[root.length][];
    int[] filled = new int[root.length];
    Cluster[] clusters = new Cluster[count];
    double[] support = new double[root.length];
    for (int i = 0; i < root.length; i++) {
      int r = root[i];
      if (r == i) {
        members[r] = new int[size[r]];
      }
      members[r][filled[r]++] = i;
      support[r] += weight[i];
    }
    for (int i = 0, at = 0; i < root.length; i++) {
      if (members[i] != null) {
        clusters[at++] = new Cluster(members[i], support[i]);
      }
    }
    Arrays.sort(clusters, Cluster.BY_RANK);
    return clusters;
  }

  /** Writes the centralities where the measure has vectors, and returns whether it has. */
  private boolean byVectors(Cluster[] clusters) {
    for (Cluster cluster : clusters) {
      double[] centrality = likeness.centralities(cluster.members, weight);
      if (centrality == null) {
        return false;
      }
      for (int m = 0; m < centrality.length; m++) {
        outcome.centrality[first + cluster.members[m]] = centrality[m];
      }
    }
    return true;
  }

  /**
   * Writes the weighed sums of similarities within each cluster. Row after row brings the terms of
   * every sum in the order of the rows: those of earlier rows, the row's own, those of later ones.
   */
  private void bySums(Team team) {
    double[] sum = new double[weight.length];
    RowScan.scan(
        likeness,
        team,
        (row, similarity) -> {
          double total = sum[row] + weight[row];
          int cluster = outcome.cluster[first + row];
          for (int j = row + 1; j < sum.length; j++) {
            if (outcome.cluster[first + j] == cluster) {
              total += weight[j] * similarity[j];
              sum[j] += weight[row] * similarity[j];
            }
          }
          sum[row] = total;
        });
    System.arraycopy(sum, 0, outcome.centrality, first, sum.length);
  }

  private void writeMedoid(int[] members) {
    int medoid = members[0];
    for (int i : members) {
      if (outcome.centrality[first + i] > outcome.centrality[first + medoid]) {
        medoid = i;
      }
    }
    for (int i : members) {
      outcome.medoid[first + i] = first + medoid;
    }
  }
}
