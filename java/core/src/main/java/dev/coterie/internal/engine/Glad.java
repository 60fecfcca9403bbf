package dev.coterie.internal.engine;

import dev.coterie.consensus.FitControl;
import dev.coterie.spi.Columns;
import dev.coterie.spi.ControlAccess;
import dev.coterie.spi.Elementary;
import dev.coterie.spi.FitOutcome;
import dev.coterie.spi.FitProblem;
import dev.coterie.spi.Kernels;
import java.util.Arrays;

/** The ability of each expert and the difficulty of each task. See docs/methods/glad.md. */
final class Glad {
  /** The least easiness that an expert's step reckons with. */
  private static final double FLATTEST = 1e-6;

  private final FitProblem problem;
  private final FitOutcome.Heap out;
  private final Kernels kernels;
  private final Team team;
  private final FitControl control;
  private final Index index;
  private final Spans spans;
  private final int k;
  private final int experts;
  private final int[] gold;
  private final double ability;
  private final double[] alpha;
  private final double[] logPrior;
  private final GladSpan[] parts;

  Glad(
      FitProblem problem,
      Columns.Heap table,
      FitOutcome.Heap out,
      Kernels kernels,
      Team team,
      FitControl control) {
    this.problem = problem;
    this.out = out;
    this.kernels = kernels;
    this.team = team;
    this.control = control;
    k = table.labels();
    experts = table.experts();
    Index grouped = Index.of(table, true, problem.lastWins(), problem.positional());
    spans = Spans.of(grouped, 3L * experts);
    index = grouped.byLength(spans);
    gold = index.byPlace(problem.gold());
    ability = problem.parameters()[0];
    alpha = new double[experts];
    Arrays.fill(alpha, ability);
    double[] prior = Shares.fixedPrior(problem, k);
    System.arraycopy(prior, 0, out.prior, 0, k);
    logPrior = new double[k];
    for (int j = 0; j < k; j++) {
      logPrior[j] = Elementary.log(prior[j]);
    }
    parts = new GladSpan[spans.count()];
    for (int s = 0; s < parts.length; s++) {
      parts[s] =
          new GladSpan(
              index,
              kernels,
              gold,
              spans.first(s),
              spans.last(s),
              k,
              experts,
              problem.parameters()[1]);
    }
  }

  /** Fits the table. */
  void fit() {
    ControlAccess progress = ControlAccess.get();
    progress.progress(control, 0);
    int iterations = 0;
    boolean converged = false;
    double objective = Double.NaN;
    team.run(spans.count(), this::shares);
    while (iterations < problem.maxIterations() && !converged) {
      team.checkCancelled();
      double previous = objective;
      team.run(
          spans.count(),
          (span, workspace) -> parts[span].pass(alpha, logPrior, out.posterior, team, workspace));
      objective = parts[0].likelihood;
      for (int s = 1; s < parts.length; s++) {
        objective = objective + parts[s].likelihood;
      }
      objective = objective - penalty();
      step();
      iterations++;
      progress.progress(control, iterations);
      converged =
          iterations > 1
              && Math.abs(objective - previous) <= problem.tolerance() * Math.abs(objective);
    }
    skills();
    System.arraycopy(alpha, 0, out.weight, 0, experts);
    for (GladSpan part : parts) {
      part.writeDifficulties(out.difficulty);
    }
    team.run(spans.count(), (span, workspace) -> deliver(span));
    out.iterations = iterations;
    out.converged = converged;
    out.objective = objective;
  }

  private void shares(int span, Workspace workspace) {
    int first = spans.first(span);
    Shares.compute(
        index, gold, first, spans.last(span), k, out.posterior, first * k, workspace.lanes);
  }

  /** Returns what the prior of the abilities costs. */
  private double penalty() {
    double sum = 0.0;
    for (double a : alpha) {
      sum = sum + 0.5 * ((a - ability) * (a - ability));
    }
    return sum;
  }

  /** One step of every ability, as far as the curvature is sure not to turn the slope. */
  private void step() {
    for (int e = 0; e < experts; e++) {
      double slope = parts[0].slope[e];
      double bend = parts[0].bend[e];
      double widest = parts[0].widest[e];
      for (int s = 1; s < parts.length; s++) {
        slope = slope + parts[s].slope[e];
        bend = bend + parts[s].bend[e];
        widest = Math.max(widest, parts[s].widest[e]);
      }
      slope = slope - (alpha[e] - ability);
      widest = Math.max(widest, FLATTEST);
      double length = Elementary.log(1.0 + (widest * Math.abs(slope)) / (1.0 + bend)) / widest;
      alpha[e] = alpha[e] + (slope >= 0.0 ? length : -length);
    }
  }

  /** Writes the share of each expert's answers that is expected to be right. */
  private void skills() {
    double[] total = new double[experts];
    double[] right = new double[experts];
    double[] all = new double[experts];
    for (int s = 0; s < spans.count(); s++) {
      double[] rightSums = s == 0 ? out.skill : right;
      double[] sums = s == 0 ? total : all;
      Arrays.fill(rightSums, 0.0);
      Arrays.fill(sums, 0.0);
      for (int place = spans.first(s); place < spans.last(s); place++) {
        for (int i = index.offsets[place]; i < index.offsets[place + 1]; i++) {
          int e = index.expert[i];
          double w = index.weight == null ? 1.0 : index.weight[i];
          rightSums[e] = rightSums[e] + w * out.posterior[place * k + index.label[i]];
          sums[e] = sums[e] + w;
        }
      }
      if (s > 0) {
        kernels.add(out.skill, right, 0, experts);
        kernels.add(total, all, 0, experts);
      }
    }
    for (int e = 0; e < experts; e++) {
      out.skill[e] = total[e] > 0.0 ? out.skill[e] / total[e] : 0.0;
    }
  }

  private void deliver(int span) {
    int first = spans.first(span);
    int last = spans.last(span);
    double[] byPlace = Arrays.copyOfRange(out.posterior, first * k, last * k);
    for (int place = first; place < last; place++) {
      System.arraycopy(byPlace, (place - first) * k, out.posterior, index.task(place) * k, k);
    }
    Shares.decide(index, gold, first, last, k, out.posterior, out.answer, out.runnerUp);
  }
}
