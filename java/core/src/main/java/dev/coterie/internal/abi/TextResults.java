package dev.coterie.internal.abi;

import dev.coterie.spi.TextOutcome;

/** The arrays of a text consensus in native memory. */
final class TextResults {
  private final Slab slab;
  private final TextOutcome outcome;
  private final int themes;
  private final long chosen;
  private final long confidence;
  private final long support;
  private final long clusters;
  private final long cluster;
  private final long medoid;
  private final long centrality;
  private final long weight;
  private final long skill;
  private final long theme;
  private final long themeCount;

  TextResults(Slab slab, TextOutcome outcome, int themes) {
    this.slab = slab;
    this.outcome = outcome;
    this.themes = themes;
    int tasks = outcome.chosen.length;
    int rows = outcome.cluster.length;
    chosen = slab.room(tasks, 4);
    confidence = slab.room(tasks, 8);
    support = slab.room(tasks, 8);
    clusters = slab.room(tasks, 4);
    cluster = slab.room(rows, 4);
    medoid = slab.room(rows, 4);
    centrality = slab.room(rows, 8);
    weight = slab.room(rows, 8);
    skill = slab.room(outcome.skill.length, 8);
    theme = slab.room(outcome.score.length, Layouts.TextTheme.SIZE);
    themeCount = slab.room(tasks, 4);
  }

  /** Returns the bytes that the arrays take. */
  static long bytes(TextOutcome outcome) {
    long tasks = outcome.chosen.length;
    long rows = outcome.cluster.length;
    return 3 * Slab.bytes(tasks, 4)
        + 2 * Slab.bytes(tasks, 8)
        + 2 * Slab.bytes(rows, 4)
        + 2 * Slab.bytes(rows, 8)
        + Slab.bytes(outcome.skill.length, 8)
        + Slab.bytes(outcome.score.length, Layouts.TextTheme.SIZE);
  }

  /** Writes the addresses. */
  void write(Frame frame) {
    frame
        .outcome(Layouts.TextOutcome.STRUCT_SIZE, Layouts.TextOutcome.SIZE)
        .outcome(Layouts.TextOutcome.RESERVED, 0)
        .outcome(Layouts.TextOutcome.CHOSEN, slab.address(chosen))
        .outcome(Layouts.TextOutcome.CONFIDENCE, slab.address(confidence))
        .outcome(Layouts.TextOutcome.SUPPORT, slab.address(support))
        .outcome(Layouts.TextOutcome.CLUSTERS, slab.address(clusters))
        .outcome(Layouts.TextOutcome.CLUSTER, slab.address(cluster))
        .outcome(Layouts.TextOutcome.MEDOID, slab.address(medoid))
        .outcome(Layouts.TextOutcome.CENTRALITY, slab.address(centrality))
        .outcome(Layouts.TextOutcome.WEIGHT, slab.address(weight))
        .outcome(Layouts.TextOutcome.SKILL, slab.address(skill))
        .outcome(Layouts.TextOutcome.THEME, themes == 0 ? 0L : slab.address(theme))
        .outcome(Layouts.TextOutcome.THEME_COUNT, slab.address(themeCount));
  }

  /** Copies the results into the outcome. */
  void read() {
    slab.get(chosen, outcome.chosen);
    slab.get(confidence, outcome.confidence);
    slab.get(support, outcome.support);
    slab.get(clusters, outcome.clusters);
    slab.get(cluster, outcome.cluster);
    slab.get(medoid, outcome.medoid);
    slab.get(centrality, outcome.centrality);
    slab.get(weight, outcome.weight);
    slab.get(skill, outcome.skill);
    slab.get(themeCount, outcome.themeCount);
    for (int task = 0; task < outcome.chosen.length; task++) {
      for (int k = 0; k < outcome.themeCount[task]; k++) {
        readTheme(task * themes + k);
      }
    }
  }

  private void readTheme(int number) {
    long at = theme + (long) number * Layouts.TextTheme.SIZE;
    int to = number * TextOutcome.THEME;
    outcome.theme[to] = slab.getInt(at + Layouts.TextTheme.ROW);
    outcome.theme[to + 1] = slab.getInt(at + Layouts.TextTheme.PLACE);
    outcome.theme[to + 2] = slab.getInt(at + Layouts.TextTheme.LENGTH);
    outcome.theme[to + 3] = slab.getInt(at + Layouts.TextTheme.INSIDE);
    outcome.theme[to + 4] = slab.getInt(at + Layouts.TextTheme.OUTSIDE);
    outcome.score[number] = slab.getDouble(at + Layouts.TextTheme.SCORE);
  }
}
