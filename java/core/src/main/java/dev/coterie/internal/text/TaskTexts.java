package dev.coterie.internal.text;

import dev.coterie.internal.engine.Team;
import dev.coterie.spi.Kernels;
import dev.coterie.spi.TextColumns;
import dev.coterie.spi.TextProblem;
import java.util.Arrays;

/** The texts of one task, their similarities and their weights. Texts are numbered from 0 in it. */
final class TaskTexts {
  /** The task. */
  final int task;

  /** The task's first row. */
  final int first;

  /** The number of texts. */
  final int rows;

  /** The expert of each text. */
  final int[] expert;

  /** The first text of each text's expert. */
  final int[] author;

  /** What the clusters look at. */
  final Likeness near;

  /** What the choice looks at. */
  final Likeness use;

  /** The confidence of each text, divided among its expert's texts. */
  final double[] vote;

  /** How much each text counts. */
  final double[] weight;

  /** The sum of the votes. */
  final double total;

  /**
   * Takes the texts of a task.
   *
   * @param firstText of each expert, in its scratch
   */
  TaskTexts(
      TextProblem problem,
      int task,
      int first,
      int rows,
      int[] firstText,
      Kernels kernels,
      Team team) {
    TextColumns columns = problem.columns();
    this.task = task;
    this.first = first;
    this.rows = rows;
    expert = Arrays.copyOfRange(columns.expert(), first, first + rows);
    author = authors(firstText);
    vote = votes(columns);
    weight = vote.clone();
    total = sum(vote);
    Likeness clusters = likeness(problem, problem.similarity(), kernels);
    boolean same = problem.choice() == problem.similarity();
    boolean often =
        problem.clustering() == TextProblem.DENSITY || (same && !vectors(problem.choice()));
    near = often ? Stored.of(clusters, team) : clusters;
    use = same ? near : choice(problem, kernels, team);
  }

  private Likeness choice(TextProblem problem, Kernels kernels, Team team) {
    Likeness likeness = likeness(problem, problem.choice(), kernels);
    return vectors(problem.choice()) ? likeness : Stored.of(likeness, team);
  }

  /** Returns whether centralities need no pairs. */
  private static boolean vectors(int similarity) {
    return similarity <= TextProblem.TFIDF_COSINE || similarity == TextProblem.EMBEDDING_COSINE;
  }

  /** A text that an earlier task has left in the scratch is not one of this expert's here. */
  private int[] authors(int[] firstText) {
    int[] authors = new int[rows];
    for (int i = 0; i < rows; i++) {
      int found = firstText[expert[i]];
      if (found >= i || expert[found] != expert[i]) {
        found = i;
        firstText[expert[i]] = i;
      }
      authors[i] = found;
    }
    return authors;
  }

  private double[] votes(TextColumns columns) {
    double[] stated = Arrays.copyOfRange(columns.confidence(), first, first + rows);
    if (!(sum(stated) > 0.0)) {
      Arrays.fill(stated, 1.0);
    }
    int[] texts = new int[rows];
    for (int i = 0; i < rows; i++) {
      texts[author[i]]++;
    }
    for (int i = 0; i < rows; i++) {
      stated[i] /= texts[author[i]];
    }
    return stated;
  }

  static double sum(double[] values) {
    double sum = 0.0;
    for (double value : values) {
      sum += value;
    }
    return sum;
  }

  private Likeness likeness(TextProblem problem, int similarity, Kernels kernels) {
    TextColumns columns = problem.columns();
    int[] offset = columns.tokenOffset();
    int[] token = columns.token();
    return switch (similarity) {
      case TextProblem.WORD_LEVENSHTEIN -> new Edits(offset, token, first, rows, false);
      case TextProblem.WORD_ALIGNMENT -> new Edits(offset, token, first, rows, true);
      case TextProblem.LEVENSHTEIN ->
          new Edits(columns.symbolOffset(), columns.symbol(), first, rows, false);
      case TextProblem.TRIGRAM_DICE ->
          new Trigrams(columns.symbolOffset(), columns.symbol(), first, rows);
      case TextProblem.EMBEDDING_COSINE -> new Embeddings(kernels, columns, first, rows);
      default -> {
        Profiles profiles = new Profiles(offset, token, first, rows, columns.vocabulary()[task]);
        yield switch (similarity) {
          case TextProblem.SET_COSINE -> new Overlap(profiles, false);
          case TextProblem.TFIDF_COSINE -> new TfIdf(profiles);
          case TextProblem.JACCARD -> new Overlap(profiles, true);
          default -> new Signatures(profiles);
        };
      }
    };
  }

  /**
   * Returns the weighed sums of the similarities of the choice, negative ones included, of each
   * text with those of its group. Row after row brings the terms of every sum in the order of the
   * rows: those of earlier rows, the row's own, those of later ones.
   *
   * @param group of each text, or null when all are in one
   */
  double[] sums(int[] group, Team team) {
    double[] sum = new double[rows];
    RowScan.scan(
        use,
        team,
        (row, similarity) -> {
          double all = sum[row] + weight[row];
          for (int j = row + 1; j < rows; j++) {
            if (group == null || group[j] == group[row]) {
              all += weight[j] * similarity[j];
              sum[j] += weight[row] * similarity[j];
            }
          }
          sum[row] = all;
        });
    return sum;
  }
}
