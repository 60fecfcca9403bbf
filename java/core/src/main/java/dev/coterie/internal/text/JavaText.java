package dev.coterie.internal.text;

import dev.coterie.consensus.FitControl;
import dev.coterie.internal.engine.ScalarKernels;
import dev.coterie.internal.engine.Team;
import dev.coterie.internal.table.HeapLimits;
import dev.coterie.spi.ControlAccess;
import dev.coterie.spi.Kernels;
import dev.coterie.spi.TextColumns;
import dev.coterie.spi.TextEngine;
import dev.coterie.spi.TextOutcome;
import dev.coterie.spi.TextPairs;
import dev.coterie.spi.TextProblem;
import java.util.Arrays;

/** The text consensus in Java. */
public final class JavaText implements TextEngine {
  /** The engine over the scalar kernels. */
  public static final TextEngine SCALAR = new JavaText(new ScalarKernels());

  private final Kernels kernels;

  /** Makes an engine over some kernels. */
  public JavaText(Kernels kernels) {
    this.kernels = kernels;
  }

  @Override
  public void consensus(TextProblem problem, TextOutcome outcome, FitControl control) {
    TextChecks.check(problem);
    Team team = new Team(problem.threads(), 1, control);
    team.checkCancelled();
    TextColumns columns = problem.columns();
    int[] offset = columns.taskOffset();
    for (int task = 0; task < columns.tasks(); task++) {
      int first = offset[task];
      int rows = offset[task + 1] - first;
      if (rows > 0) {
        TextChecks.checkLinked(problem, task, rows);
        team.checkCancelled();
        consensus(problem, task, first, rows, outcome, team);
      }
      ControlAccess.get().progress(control, task + 1L);
    }
  }

  private void consensus(
      TextProblem problem, int task, int first, int rows, TextOutcome outcome, Team team) {
    TextColumns columns = problem.columns();
    Likeness likeness = likeness(problem, task, first, rows);
    boolean sums = problem.similarity() > 1 && problem.similarity() != TextProblem.EMBEDDING_COSINE;
    if (sums || problem.clustering() == TextProblem.DENSITY) {
      likeness = Stored.of(likeness, team);
    }
    int[] root = Clusters.of(likeness, problem, team);
    Choice.choose(likeness, task, first, weights(columns, first, rows), root, outcome, team);
    Themes.find(columns, task, first, rows, problem.themes(), outcome);
  }

  private static double[] weights(TextColumns columns, int first, int rows) {
    double[] weight = Arrays.copyOfRange(columns.confidence(), first, first + rows);
    double all = 0.0;
    for (double w : weight) {
      all += w;
    }
    if (!(all > 0.0)) {
      Arrays.fill(weight, 1.0);
    }
    return weight;
  }

  private Likeness likeness(TextProblem problem, int task, int first, int rows) {
    TextColumns columns = problem.columns();
    return switch (problem.similarity()) {
      case TextProblem.WORD_LEVENSHTEIN ->
          new Edits(columns.tokenOffset(), columns.token(), first, rows);
      case TextProblem.LEVENSHTEIN ->
          new Edits(columns.symbolOffset(), columns.symbol(), first, rows);
      case TextProblem.EMBEDDING_COSINE -> new Embeddings(kernels, columns, first, rows);
      default -> {
        Profiles profiles = new Profiles(columns, first, rows, columns.vocabulary()[task]);
        yield switch (problem.similarity()) {
          case TextProblem.SET_COSINE -> new Overlap(profiles, false);
          case TextProblem.TFIDF_COSINE -> new TfIdf(profiles);
          case TextProblem.JACCARD -> new Overlap(profiles, true);
          default -> new Signatures(profiles);
        };
      }
    };
  }

  /** Returns the similarities of the problem's only task. */
  private Likeness only(TextProblem problem) {
    TextChecks.check(problem);
    TextColumns columns = problem.columns();
    if (columns.tasks() != 1) {
      throw new IllegalArgumentException(
          "similarities are those of one task, and the table has " + columns.tasks());
    }
    return likeness(problem, 0, 0, columns.rows());
  }

  @Override
  public void similarities(TextProblem problem, double[] out, FitControl control) {
    Likeness likeness = only(problem);
    int rows = likeness.rows();
    if (out.length != HeapLimits.check(HeapLimits.times(rows, rows), "a matrix of similarities")) {
      throw new IllegalArgumentException(
          "out has " + out.length + " elements, not the rows squared");
    }
    RowScan.scan(
        likeness,
        new Team(problem.threads(), 1, control),
        (row, similarity) -> {
          out[row * rows + row] = 1.0;
          for (int j = row + 1; j < rows; j++) {
            out[row * rows + j] = similarity[j];
            out[j * rows + row] = similarity[j];
          }
        });
  }

  @Override
  public TextPairs pairs(TextProblem problem, FitControl control) {
    Likeness likeness = only(problem);
    PairList pairs = new PairList();
    RowScan.scan(
        likeness,
        new Team(problem.threads(), 1, control),
        (row, similarity) -> {
          for (int j = row + 1; j < likeness.rows(); j++) {
            if (similarity[j] >= problem.threshold()) {
              pairs.add(row, j, similarity[j]);
            }
          }
        });
    return pairs.toPairs();
  }
}
