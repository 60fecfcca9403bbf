package dev.coterie.internal.text;

import dev.coterie.internal.engine.Team;
import dev.coterie.spi.TextProblem;
import java.util.Arrays;
import java.util.Comparator;

/** What is found about the texts of one task: its clusters by rank, and the text of each. */
final class Choice {
  /** The first rows of the winning cluster whose pairs are looked at. */
  private static final int MOST_PAIRED = 512;

  /** The clusters, the winning one first. */
  final Cluster[] clusters;

  /** How central each text is. */
  final double[] centrality;

  /**
   * The pairs of members of the winning cluster by two experts, neither of whom wrote the chosen
   * text.
   */
  final long pairs;

  /** Those of the pairs that are similar. */
  final long closed;

  private Choice(TaskTexts texts, Cluster[] clusters, double[] centrality, double threshold) {
    this.clusters = clusters;
    this.centrality = centrality;
    long all = 0;
    long similar = 0;
    int[] others = others(texts);
    double[] similarity = new double[texts.rows];
    Object scratch = texts.near.scratch();
    for (int p = 0; p < others.length; p++) {
      texts.near.compare(others[p], others[p] + 1, similarity, scratch);
      for (int q = p + 1; q < others.length; q++) {
        if (texts.author[others[p]] != texts.author[others[q]]) {
          all++;
          similar += similarity[others[q]] >= threshold ? 1 : 0;
        }
      }
    }
    pairs = all;
    closed = similar;
  }

  private int[] others(TaskTexts texts) {
    int author = texts.author[chosen()];
    return Arrays.stream(clusters[0].members)
        .limit(MOST_PAIRED)
        .filter(i -> texts.author[i] != author)
        .toArray();
  }

  /** Returns the chosen text. */
  int chosen() {
    return clusters[0].medoid;
  }

  /**
   * A cluster.
   *
   * @param members its texts, ascending
   * @param medoid the text that stands for it
   * @param rank what it is ordered by
   * @param support the sum of its texts' votes
   */
  @SuppressWarnings("ArrayRecordComponent") // Never changed and never compared.
  record Cluster(int[] members, int medoid, double rank, double support) {
    static final Comparator<Cluster> BY_RANK =
        Comparator.comparingDouble((Cluster c) -> -c.rank)
            .thenComparingInt(c -> -c.members.length)
            .thenComparingInt(c -> c.members[0]);

    static Cluster of(TaskTexts texts, int[] members, int medoid, double[] rank) {
      return new Cluster(members, medoid, sum(rank, members), sum(texts.vote, members));
    }

    private static double sum(double[] values, int[] members) {
      double sum = 0.0;
      for (int i : members) {
        sum += values[i];
      }
      return sum;
    }
  }

  static Choice of(TaskTexts texts, TextProblem problem, Team team) {
    return problem.clustering() == TextProblem.LEADER
        ? ofLeaders(texts, problem.threshold(), team)
        : ofGroups(texts, problem, team);
  }

  private static Choice ofLeaders(TaskTexts texts, double threshold, Team team) {
    int[] all = new int[texts.rows];
    Arrays.setAll(all, i -> i);
    double[] centrality = texts.use.centralities(all, texts.weight);
    if (centrality == null) {
      centrality = texts.sums(null, team);
    }
    int[] leader = Clusters.leaders(texts.near, threshold, centrality, team);
    int best = 0;
    for (int i = 1; i < texts.rows; i++) {
      best = centrality[i] > centrality[best] ? i : best;
    }
    int[][] members = members(leader);
    Cluster[] clusters =
        Arrays.stream(members)
            .map(group -> Cluster.of(texts, group, leader[group[0]], texts.vote))
            .toArray(Cluster[]::new);
    int won = leader[best];
    Arrays.sort(
        clusters,
        Comparator.comparing((Cluster c) -> c.medoid != won).thenComparing(Cluster.BY_RANK));
    return new Choice(texts, clusters, centrality, threshold);
  }

  private static Choice ofGroups(TaskTexts texts, TextProblem problem, Team team) {
    int[] root = Clusters.of(texts.near, problem, team);
    int[][] members = members(root);
    double[] centrality = new double[texts.rows];
    boolean vectors = true;
    for (int g = 0; g < members.length && vectors; g++) {
      double[] found = texts.use.centralities(members[g], texts.weight);
      vectors = found != null;
      for (int m = 0; vectors && m < found.length; m++) {
        centrality[members[g][m]] = found[m];
      }
    }
    double[] central = vectors ? centrality : texts.sums(root, team);
    Cluster[] clusters =
        Arrays.stream(members)
            .map(group -> Cluster.of(texts, group, mostCentral(group, central), texts.weight))
            .sorted(Cluster.BY_RANK)
            .toArray(Cluster[]::new);
    return new Choice(texts, clusters, central, problem.threshold());
  }

  private static int mostCentral(int[] members, double[] centrality) {
    int found = members[0];
    for (int i : members) {
      found = centrality[i] > centrality[found] ? i : found;
    }
    return found;
  }

  /** Returns the members of each group, ascending, in the order of their first members. */
  private static int[][] members(int[] group) {
    int[] size = new int[group.length];
    for (int g : group) {
      size[g]++;
    }
    int[][] members = new int[group.length][];
    int[] filled = new int[group.length];
    int[][] found = new int[group.length][];
    int count = 0;
    for (int i = 0; i < group.length; i++) {
      int g = group[i];
      if (members[g] == null) {
        members[g] = new int[size[g]];
        found[count++] = members[g];
      }
      members[g][filled[g]++] = i;
    }
    return Arrays.copyOf(found, count);
  }
}
