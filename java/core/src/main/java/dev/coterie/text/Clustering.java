package dev.coterie.text;

import dev.coterie.spi.TextProblem;

/** How texts that are similar enough form clusters; independent of the order of the texts. */
public enum Clustering {
  /** A chain of texts, each similar to the next, is one cluster. */
  COMPONENTS(TextProblem.COMPONENTS),

  /** Every two texts of a cluster are similar; at most 16,384 texts a task. */
  COMPLETE_LINK(TextProblem.COMPLETE_LINK),

  /** DBSCAN: texts with enough neighbours, and these neighbours. */
  DENSITY(TextProblem.DENSITY),

  /** About the most central text, then about the most central one that is left. */
  LEADER(TextProblem.LEADER);

  final int number;

  Clustering(int number) {
    this.number = number;
  }
}
