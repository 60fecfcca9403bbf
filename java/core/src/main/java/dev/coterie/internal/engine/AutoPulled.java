package dev.coterie.internal.engine;

import dev.coterie.internal.table.HeapLimits;
import dev.coterie.spi.Elementary;

/**
 * The main model: confusion matrices that are pulled towards what a model of knowledge and spam
 * says of each expert, as strongly as the evidence wants. Used for one fit.
 */
final class AutoPulled {
  /** About how many cells one part covers. */
  private static final int PART_DOUBLES = 4096;

  private final AutoField field;

  AutoPulled(AutoField field) {
    this.field = field;
  }

  /** Makes iterations that choose the strength by themselves. */
  void run(AutoMode mode, int steps) {
    for (int i = 0; i < steps; i++) {
      maceSteps(mode);
      int every = AutoConstants.CHOOSE_EVERY;
      if (mode.step < AutoConstants.CHOOSE_BELOW || mode.step % every == every - 1) {
        mode.strength = best(mode);
      }
      step(mode, mode.strength);
    }
  }

  /** Makes iterations that keep a strength. */
  void run(AutoMode mode, int steps, double strength) {
    for (int i = 0; i < steps; i++) {
      maceSteps(mode);
      step(mode, strength);
    }
  }

  private void maceSteps(AutoMode mode) {
    int times = mode.step == 0 ? AutoConstants.FIRST_STEPS : AutoConstants.STEPS;
    field.sweep((models, e) -> models.maceSteps(mode, e, times));
  }

  private void step(AutoMode mode, double strength) {
    field.sweep((models, e) -> models.pulled(mode, e, strength));
    field.advance(mode, false);
    mode.step++;
  }

  private double best(AutoMode mode) {
    double[] strengths = AutoConstants.strengths();
    double[] found = fits(mode, strengths);
    int best = 0;
    for (int i = 1; i < found.length; i++) {
      if (found[i] > found[best] + AutoConstants.BETTER_STRENGTH * Math.abs(found[best])) {
        best = i;
      }
    }
    return strengths[best];
  }

  /** Notes the evidence for a mode, and how far it has left the votes. */
  void weigh(AutoMode mode) {
    int k = field.k;
    double[][] parts = new double[field.spans.count()][1];
    field.team.run(
        parts.length,
        (span, workspace) -> {
          int end = field.spans.last(span);
          for (int first = field.spans.first(span), last; first < end; first = last) {
            last = first + Math.min(end - first, workspace.tasks);
            parts[span][0] = addEntropies(parts[span][0], mode.rows, first, last, workspace);
          }
        });
    double inside = parts[0][0];
    for (int s = 1; s < parts.length; s++) {
      inside = inside + parts[s][0];
    }
    double fit = fits(mode, new double[] {mode.strength})[0];
    mode.evidence = (fit - inside) - (double) field.tasks * Elementary.log(k);
    mode.drift = field.drift(mode.sums);
  }

  private double addEntropies(double sum, double[] rows, int first, int last, Workspace workspace) {
    int k = field.k;
    int n = (last - first) * k;
    double[] logs = workspace.block;
    for (int i = 0; i < n; i++) {
      logs[i] = Math.max(rows[first * k + i], AutoConstants.LEAST_P);
    }
    field.kernels.log(logs, n, workspace.scratch);
    for (int r = 0; r < n; r += k) {
      double row = 0.0;
      for (int j = r; j < r + k; j++) {
        row = row + rows[first * k + j] * logs[j];
      }
      sum = sum + row;
    }
    return sum;
  }

  /**
   * Returns how well the experts' models explain their counts as priors of some strengths: the
   * logarithms of Dirichlet-multinomials.
   */
  private double[] fits(AutoMode mode, double[] strengths) {
    int size = Math.max(PART_DOUBLES / (field.k * field.k), 1);
    int width = strengths.length;
    double[] own =
        new double
            [HeapLimits.check(HeapLimits.times(field.experts, width), "strengths (experts x 11)")];
    field.team.run(
        (int) (((long) field.experts + size - 1) / size),
        (part, workspace) -> {
          int first = part * size;
          int last = Math.min(field.experts - first, size) + first;
          AutoModels models = new AutoModels(field.k, field.weight, field.table);
          AutoBatch batch = new AutoBatch(field.kernels, strengths, own);
          for (int e = first; e < last; e++) {
            add(mode, e, models, batch, workspace);
          }
          batch.flush(workspace);
        });
    double[] totals = new double[width];
    for (int at = 0; at < own.length; at += width) {
      for (int i = 0; i < width; i++) {
        totals[i] = totals[i] + own[at + i];
      }
    }
    return totals;
  }

  private void add(AutoMode mode, int e, AutoModels models, AutoBatch batch, Workspace workspace) {
    models.prepare(mode, e);
    for (int l = 0, at = e * field.k * field.k; l < field.k; l++) {
      for (int j = 0; j < field.k; j++, at++) {
        if (mode.counts[at] > AutoConstants.EMPTY) {
          batch.add(e, mode.counts[at], models.cell(l, j), 1.0, workspace);
        }
      }
    }
    models.columnSums(mode.counts, e);
    for (double sum : models.sums) {
      if (sum > AutoConstants.EMPTY) {
        batch.add(e, sum, 1.0, -1.0, workspace);
      }
    }
  }
}
