package dev.coterie.internal.text;

import dev.coterie.spi.TextColumns;
import dev.coterie.spi.TextProblem;

/** What is refused, with a message that names the cure. */
final class TextChecks {
  private TextChecks() {}

  static void check(TextProblem problem) {
    double threshold = problem.threshold();
    if (!(threshold >= -1.0 && threshold <= 1.0)) {
      throw new IllegalArgumentException(
          "threshold " + threshold + " is not between -1 and 1: similarities are");
    }
    if (problem.minPoints() < 1) {
      throw new IllegalArgumentException(
          "minPoints " + problem.minPoints() + " is below 1: a text counts itself");
    }
    if (problem.themes() < 0 || problem.themes() > TextProblem.MOST_THEMES) {
      throw new IllegalArgumentException(
          "themes " + problem.themes() + " is not between 0 and " + TextProblem.MOST_THEMES);
    }
    checkColumns(problem.columns());
    if (problem.needsEmbeddings() && problem.columns().embedding() == null) {
      throw new IllegalArgumentException(
          "embedding cosine needs an embedding of every text: give one with each, or an embedder");
    }
    if (problem.needsSymbols() && problem.columns().symbol() == null) {
      throw new IllegalArgumentException("this similarity needs the symbols of the texts");
    }
  }

  private static void checkColumns(TextColumns columns) {
    for (int i = 0; i < columns.rows(); i++) {
      double confidence = columns.confidence()[i];
      if (!(confidence >= 0.0 && confidence <= 1.0)) {
        throw new IllegalArgumentException(
            "row " + i + ": confidence " + confidence + " is not between 0 and 1");
      }
    }
    float[] embedding = columns.embedding();
    for (int i = 0; embedding != null && i < embedding.length; i++) {
      if (!Float.isFinite(embedding[i])) {
        throw new IllegalArgumentException(
            "row " + i / columns.dimension() + ": its embedding has a " + embedding[i]);
      }
    }
  }

  /** Refuses more rows in a task than complete link can hold. */
  static void checkLinked(TextProblem problem, int task, int rows) {
    if (problem.clustering() == TextProblem.COMPLETE_LINK && rows > TextProblem.MOST_LINKED) {
      throw new IllegalArgumentException(
          "task "
              + task
              + " has "
              + rows
              + " texts, and complete link keeps a number for every pair of at most "
              + TextProblem.MOST_LINKED
              + ": use components or density");
    }
  }
}
