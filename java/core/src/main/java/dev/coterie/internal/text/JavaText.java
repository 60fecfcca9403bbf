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
import java.util.ArrayList;
import java.util.List;

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
    List<TaskTexts> tasks = tasks(problem, team);
    Weights.weigh(tasks, outcome, team);
    Choice[] choices = new Choice[tasks.size()];
    for (int t = 0; t < choices.length; t++) {
      team.checkCancelled();
      choices[t] = Choice.of(tasks.get(t), problem, team);
      write(tasks.get(t), choices[t], problem, outcome);
      ControlAccess.get().progress(control, t + 1L);
    }
    if (problem.confidence() == TextProblem.POOLED) {
      int experts = problem.columns().experts();
      double[] pooled = Confidence.pooled(tasks, choices, experts, kernels, team);
      for (int t = 0; t < pooled.length; t++) {
        outcome.confidence[tasks.get(t).task] = pooled[t];
      }
    }
  }

  /** Returns the tasks that have texts. */
  private List<TaskTexts> tasks(TextProblem problem, Team team) {
    TextColumns columns = problem.columns();
    int[] offset = columns.taskOffset();
    int[] firstText = new int[columns.experts()];
    List<TaskTexts> tasks = new ArrayList<>();
    for (int task = 0; task < columns.tasks(); task++) {
      int first = offset[task];
      int rows = offset[task + 1] - first;
      TextChecks.checkLinked(problem, task, rows);
      if (rows > 0) {
        team.checkCancelled();
        tasks.add(new TaskTexts(problem, task, first, rows, firstText, kernels, team));
      }
    }
    return tasks;
  }

  private static void write(
      TaskTexts texts, Choice choice, TextProblem problem, TextOutcome outcome) {
    int first = texts.first;
    System.arraycopy(texts.weight, 0, outcome.weight, first, texts.rows);
    System.arraycopy(choice.centrality, 0, outcome.centrality, first, texts.rows);
    for (int number = 0; number < choice.clusters.length; number++) {
      Choice.Cluster cluster = choice.clusters[number];
      for (int i : cluster.members()) {
        outcome.cluster[first + i] = number;
        outcome.medoid[first + i] = first + cluster.medoid();
      }
    }
    int task = texts.task;
    outcome.chosen[task] = first + choice.chosen();
    outcome.clusters[task] = choice.clusters.length;
    outcome.support[task] = choice.clusters[0].support() / texts.total;
    outcome.confidence[task] = Confidence.alone(texts, choice);
    Themes.find(problem.columns(), task, first, texts.rows, problem.themes(), outcome);
  }

  /** Returns the similarities of the problem's only task. */
  private Likeness only(TextProblem problem, Team team) {
    TextChecks.check(problem);
    TextColumns columns = problem.columns();
    if (columns.tasks() != 1) {
      throw new IllegalArgumentException(
          "similarities are those of one task, and the table has " + columns.tasks());
    }
    int[] firstText = new int[columns.experts()];
    return new TaskTexts(problem, 0, 0, columns.rows(), firstText, kernels, team).near;
  }

  @Override
  public void similarities(TextProblem problem, double[] out, FitControl control) {
    Team team = new Team(problem.threads(), 1, control);
    Likeness likeness = only(problem, team);
    int rows = likeness.rows();
    if (out.length != HeapLimits.check(HeapLimits.times(rows, rows), "a matrix of similarities")) {
      throw new IllegalArgumentException(
          "out has " + out.length + " elements, not the rows squared");
    }
    RowScan.scan(
        likeness,
        team,
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
    Team team = new Team(problem.threads(), 1, control);
    Likeness likeness = only(problem, team);
    PairList pairs = new PairList();
    RowScan.scan(
        likeness,
        team,
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
