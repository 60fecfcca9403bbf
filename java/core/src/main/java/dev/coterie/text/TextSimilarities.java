package dev.coterie.text;

import dev.coterie.consensus.FitControl;
import dev.coterie.internal.BackendRegistry;
import dev.coterie.internal.text.TextOrder;
import dev.coterie.spi.Backend;
import dev.coterie.spi.TextEngine;
import dev.coterie.spi.TextPairs;
import dev.coterie.spi.TextProblem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * The similarities of the texts of a table with one task. Immutable and safe for use by many
 * threads.
 */
public final class TextSimilarities {
  private final TextTable table;
  private final Similarity similarity;
  private final String backend;

  private TextSimilarities(TextTable table, Similarity similarity, String backend) {
    this.table = table;
    this.similarity = similarity;
    this.backend = backend;
  }

  /**
   * Looks at a table with the default backend.
   *
   * @param table texts of one task
   * @param similarity how to compare them
   * @return the similarities, which are computed when they are asked for
   * @throws IllegalArgumentException when the table has several tasks
   */
  public static TextSimilarities of(TextTable table, Similarity similarity) {
    return of(table, similarity, null);
  }

  /**
   * Looks at a table.
   *
   * @param table texts of one task
   * @param similarity how to compare them
   * @param backend the id of the backend; null or {@code auto} for the default one
   * @return the similarities, which are computed when they are asked for
   * @throws IllegalArgumentException when the table has several tasks, or there is no such backend
   */
  public static TextSimilarities of(TextTable table, Similarity similarity, String backend) {
    if (table.tasks().size() != 1) {
      throw new IllegalArgumentException(
          "similarities are those of one task, and the table has " + table.tasks().size());
    }
    return new TextSimilarities(table, similarity, BackendRegistry.checkChoice(backend));
  }

  private TextOrder order() {
    return table.order(TextProblem.needsSymbols(similarity.number));
  }

  private TextProblem problem(double threshold) {
    int kind = similarity.number;
    int way = TextProblem.LEADER;
    return new TextProblem(order().columns(), kind, kind, way, threshold, 2, 0, 0, 0);
  }

  private TextEngine engine() {
    Backend opened = BackendRegistry.global().openOrCurrent(backend);
    return opened.text();
  }

  /**
   * Computes all of them.
   *
   * @return {@code [i][j]} for the table's responses i and j; symmetric, 1 on the diagonal
   */
  public double[][] matrix() {
    int rows = table.responses().size();
    double[] all = new double[Math.multiplyExact(rows, rows)];
    engine().similarities(problem(0.0), all, new FitControl());
    int[] order = order().order();
    double[][] matrix = new double[rows][rows];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < rows; j++) {
        matrix[order[i]][order[j]] = all[i * rows + j];
      }
    }
    return matrix;
  }

  /**
   * Finds the pairs of texts that are similar. Memory beyond the result grows with the number of
   * texts, not of pairs.
   *
   * @param threshold the least similarity, from -1 to 1
   * @return the pairs, by their first and then their second response; unmodifiable
   * @throws IllegalArgumentException when the threshold is not from -1 to 1
   */
  public List<SimilarPair> pairs(double threshold) {
    TextPairs found = engine().pairs(problem(threshold), new FitControl());
    int[] order = order().order();
    List<SimilarPair> pairs = new ArrayList<>(found.first().length);
    for (int p = 0; p < found.first().length; p++) {
      int i = order[found.first()[p]];
      int j = order[found.second()[p]];
      Response first = table.responses().get(Math.min(i, j));
      Response second = table.responses().get(Math.max(i, j));
      pairs.add(new SimilarPair(first, second, found.similarity()[p]));
    }
    pairs.sort(
        Comparator.comparingInt((SimilarPair pair) -> pair.first().row())
            .thenComparingInt(pair -> pair.second().row()));
    return Collections.unmodifiableList(pairs);
  }

  /**
   * Two texts and how similar they are.
   *
   * @param first the one that was added first
   * @param second the other
   * @param similarity their similarity
   */
  public record SimilarPair(Response first, Response second, double similarity) {}
}
