package dev.coterie.internal.engine;

import dev.coterie.consensus.FitControl;
import dev.coterie.spi.Columns;
import dev.coterie.spi.FitOutcome;
import dev.coterie.spi.FitProblem;
import dev.coterie.spi.Kernels;
import java.util.Arrays;

/**
 * Several models from several starts, combined and tempered by how far experts seem to err
 * together; docs/methods/auto.md specifies it. Used for one fit.
 */
final class AutoFit {
  /** The numbers about the fit in its report. */
  static final int HEAD = 11;

  /** Those about each mode. */
  static final int MODE = 6 + 2 * AutoConstants.MEMBERS;

  private static final int MODES = 2;

  /** Where that about known labels begins. */
  private static final int GOLD = HEAD + MODES * MODE;

  private final FitOutcome.Heap out;
  private final AutoField field;
  private final AutoPulled model;
  private final AutoStarts starts;
  private final AutoGold known;

  /** The known label at each place or -1, or null. */
  private final int[] gold;

  AutoFit(
      FitProblem problem,
      Columns.Heap table,
      FitOutcome.Heap out,
      Kernels kernels,
      Team team,
      FitControl control) {
    this.out = out;
    field = new AutoField(problem, table, kernels, team, control);
    model = new AutoPulled(field);
    known = new AutoGold(field, problem.gold());
    gold = field.index.byPlace(problem.gold());
    starts = new AutoStarts(field, model, known);
  }

  /** Fits the table. */
  void fit() {
    double[] report = new double[GOLD + AutoGold.LENGTH];
    int kind = situation();
    report[0] = kind;
    double objective = Double.NaN;
    if (kind == AutoPool.NOTHING) {
      Arrays.fill(out.posterior, 1.0 / field.k);
    } else if (kind == AutoPool.UNLEARNABLE) {
      field.team.run(field.spans.count(), this::smoothedShares);
    } else {
      objective = new AutoPool(field, model, starts, known).combine(out.posterior, report);
    }
    if (kind == AutoPool.NOTHING) {
      known.describe(report, GOLD);
    } else {
      known.calibrate(out.posterior, report, GOLD);
    }
    clamp();
    describe();
    report[1] = field.passes;
    if (out.report != null) {
      System.arraycopy(report, 0, out.report, 0, report.length);
    }
    field.team.run(field.spans.count(), (span, workspace) -> deliver(span));
    out.iterations = field.passes;
    out.converged = true;
    out.objective = objective;
  }

  /** Returns whether anything can be learned about the experts. */
  private int situation() {
    Index index = field.index;
    if (field.k == 1 || index.answers == 0) {
      return AutoPool.NOTHING;
    }
    boolean shared = false;
    for (int place = 0; place < field.tasks; place++) {
      int answers = index.offsets[place + 1] - index.offsets[place];
      shared |= answers > 1;
    }
    boolean alike = true;
    for (int i = 1; i < index.answers; i++) {
      alike &= index.label[i] == index.label[0];
    }
    boolean learnable = shared && starts.answering.length > 1 && !alike;
    return learnable ? AutoPool.COMBINED : AutoPool.UNLEARNABLE;
  }

  /** Writes the vote shares of a span with one more answer that is spread evenly. */
  private void smoothedShares(int span, Workspace workspace) {
    int k = field.k;
    int first = field.spans.first(span);
    int last = field.spans.last(span);
    double[] rows = out.posterior;
    Shares.compute(field.index, null, first, last, k, rows, first * k, workspace.lanes);
    for (int place = first; place < last; place++) {
      double n = field.weightAt(place);
      for (int j = place * k; j < (place + 1) * k; j++) {
        rows[j] = (n * rows[j] + 1.0 / k) / (n + 1.0);
      }
    }
  }

  /** Puts the known labels into the posteriors. */
  private void clamp() {
    for (int place = 0; gold != null && place < field.tasks; place++) {
      if (gold[place] >= 0) {
        Shares.oneHot(out.posterior, place * field.k, field.k, gold[place]);
      }
    }
  }

  /** Writes skills, confusions and the class prior under the posterior. */
  private void describe() {
    int k = field.k;
    AutoMode mode = field.mode();
    System.arraycopy(out.posterior, 0, mode.rows, 0, mode.rows.length);
    field.count(mode);
    Shares.classPrior(mode.sums, field.tasks, out.prior);
    field.sweep((models, e) -> models.confusion(mode, e));
    System.arraycopy(field.table, 0, out.confusion, 0, field.table.length);
    for (int e = 0; e < field.experts; e++) {
      double right = 0.0;
      for (int j = 0; j < k; j++) {
        right = right + mode.counts[(e * k + j) * k + j];
      }
      double weight = field.weight[e];
      out.skill[e] = Math.min(weight > 0.0 ? right / weight : 1.0 / k, 1.0);
    }
  }

  /** Writes the posteriors of a span, so far in the order of places, and its answers by task. */
  private void deliver(int span) {
    int k = field.k;
    int first = field.spans.first(span);
    int last = field.spans.last(span);
    double[] byPlace = Arrays.copyOfRange(out.posterior, first * k, last * k);
    for (int place = first; place < last; place++) {
      System.arraycopy(byPlace, (place - first) * k, out.posterior, field.index.task(place) * k, k);
    }
    Shares.decide(field.index, gold, first, last, k, out.posterior, out.answer, out.runnerUp);
  }
}
