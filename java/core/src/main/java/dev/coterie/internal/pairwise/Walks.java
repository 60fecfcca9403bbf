package dev.coterie.internal.pairwise;

import dev.coterie.spi.PairwiseOutcome;
import dev.coterie.spi.PairwiseProblem;
import java.util.Arrays;

/** The methods that spread scores along the comparisons: the eigenvector and PageRank. */
final class Walks {
  private Walks() {}

  /**
   * M. G. Kendall, <em>Further contributions to the theory of paired comparisons</em>, Biometrics
   * 11, 1955: the leading eigenvector of the points, by power iteration with a shift.
   */
  static void eigenvector(PairwiseProblem problem, Cells cells, PairwiseOutcome out, Watch watch) {
    cells.halveTies();
    double[] score = out.score;
    int items = score.length;
    // Adds the same to all eigenvalues: without it the iteration swings where items meet in two
    // camps.
    double shift = cells.won() / items;
    double[] after = new double[items];
    Arrays.fill(score, 1.0 / items);
    out.converged = false;
    while (out.iterations < problem.maxIterations() && !out.converged) {
      watch.check();
      for (int i = 0; i < items; i++) {
        after[i] = shift * score[i];
      }
      for (int c = 0; c < cells.size(); c++) {
        int a = cells.a[c];
        int b = cells.b[c];
        after[a] = after[a] + cells.winsA[c] * score[b];
        after[b] = after[b] + cells.winsB[c] * score[a];
      }
      double norm = Math.sqrt(Vectors.dot(after, after));
      double change = 0;
      for (int i = 0; i < items; i++) {
        double next = norm > 0 ? after[i] / norm : score[i];
        change = Math.max(change, Math.abs(next - score[i]));
        score[i] = next;
      }
      out.converged = change <= problem.tolerance();
      out.objective = norm - shift;
      out.iterations++;
      watch.report(out.iterations);
    }
  }

  /**
   * L. Page, S. Brin, R. Motwani and T. Winograd, <em>The PageRank citation ranking</em>, 1999:
   * where a walk dwells that goes from an item to one that has beaten it, and now and then to any.
   */
  static void pageRank(PairwiseProblem problem, Cells cells, PairwiseOutcome out, Watch watch) {
    cells.halveTies();
    double damping = problem.parameters()[0];
    double[] score = out.score;
    int items = score.length;
    double[] lost = new double[items];
    for (int c = 0; c < cells.size(); c++) {
      lost[cells.a[c]] += cells.winsB[c];
      lost[cells.b[c]] += cells.winsA[c];
    }
    double[] given = new double[items];
    double[] flow = new double[items];
    Arrays.fill(score, 1.0 / items);
    out.converged = false;
    while (out.iterations < problem.maxIterations() && !out.converged) {
      watch.check();
      double idle = 0;
      for (int i = 0; i < items; i++) {
        given[i] = lost[i] > 0 ? score[i] / lost[i] : 0;
        idle = lost[i] > 0 ? idle : idle + score[i];
      }
      Arrays.fill(flow, 0);
      for (int c = 0; c < cells.size(); c++) {
        int a = cells.a[c];
        int b = cells.b[c];
        flow[a] = flow[a] + cells.winsA[c] * given[b];
        flow[b] = flow[b] + cells.winsB[c] * given[a];
      }
      double floor = (damping * idle + (1.0 - damping)) / items;
      double norm = 0;
      for (int i = 0; i < items; i++) {
        flow[i] = damping * flow[i] + floor;
        norm = norm + flow[i];
      }
      double change = 0;
      for (int i = 0; i < items; i++) {
        double next = flow[i] / norm;
        change = change + Math.abs(next - score[i]);
        score[i] = next;
      }
      out.converged = change <= problem.tolerance();
      out.iterations++;
      watch.report(out.iterations);
    }
  }
}
