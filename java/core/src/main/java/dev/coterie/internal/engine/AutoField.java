package dev.coterie.internal.engine;

import dev.coterie.consensus.FitControl;
import dev.coterie.spi.Columns;
import dev.coterie.spi.ControlAccess;
import dev.coterie.spi.Elementary;
import dev.coterie.spi.FitProblem;
import dev.coterie.spi.Kernels;
import java.util.Arrays;

/**
 * The answers, walked by passes: posteriors from a table of confusions, and the counts of those
 * posteriors. Used for one fit.
 */
final class AutoField {
  /** What a confusion value must be at least, so that products of some of them stay normal. */
  private static final double LEAST_FACTOR = 1e-18;

  /** About how many doubles one part of an M-step covers. */
  private static final int PART_DOUBLES = 4096;

  final Kernels kernels;
  final Index index;
  final Spans spans;
  final Team team;
  final int k;
  final int tasks;
  final int experts;
  final long seed;

  /** The weight of each expert's answers. */
  final double[] weight;

  /** Sums of the vote shares. */
  final double[] shares;

  /** The confusion matrices of the next E-step. */
  final double[] table;

  /** The passes so far. */
  int passes;

  private final FitControl control;
  private final int[] given;
  private final double[][] counts;
  private final double[][] sums;
  private final double[] prior;
  private int[] rows;

  /** What is done in one expert's room. */
  interface Work {
    /** Does it for an expert. */
    void expert(AutoModels models, int expert);
  }

  /** What a span gives. */
  interface Value {
    /** Adds to the sums of a span. */
    void add(int first, int last, double[] sums);
  }

  AutoField(
      FitProblem problem, Columns.Heap table, Kernels kernels, Team team, FitControl control) {
    this.kernels = kernels;
    this.team = team;
    this.control = control;
    k = table.labels();
    tasks = table.tasks();
    experts = table.experts();
    seed = problem.seed();
    Index grouped = Index.of(table, true, problem.lastWins(), problem.positional());
    spans = Spans.of(grouped, (long) experts * k * k);
    index = grouped.byLength(spans);
    given = index.rows(k);
    rows = given;
    this.table = new double[experts * k * k];
    counts = new double[spans.count()][this.table.length];
    sums = new double[spans.count()][k];
    prior = new double[k];
    shares = new double[k];
    weight = weights();
    ControlAccess.get().progress(control, 0);
  }

  private double[] weights() {
    double[] total = new double[experts];
    double[] part = new double[experts];
    for (int s = 0; s < spans.count(); s++) {
      double[] own = s == 0 ? total : part;
      Arrays.fill(own, 0.0);
      int end = index.offsets[spans.last(s)];
      for (int i = index.offsets[spans.first(s)]; i < end; i++) {
        int e = index.expert[i];
        own[e] = own[e] + weight(i);
      }
      if (s > 0) {
        kernels.add(total, part, 0, experts);
      }
    }
    return total;
  }

  /** Returns the weight of an answer. */
  double weight(int answer) {
    return index.weight == null ? 1.0 : index.weight[answer];
  }

  /** Returns the sum of the weights of the answers at a place. */
  double weightAt(int place) {
    double sum = 0.0;
    for (int i = index.offsets[place]; i < index.offsets[place + 1]; i++) {
      sum = sum + weight(i);
    }
    return sum;
  }

  /** Returns the label that passes read for an answer. */
  int label(int answer) {
    return rows[answer] / k - index.expert[answer] * k;
  }

  /** Lets passes read other labels, or the table's own for null. */
  void redraw(int[] labels) {
    if (labels == null) {
      rows = given;
      return;
    }
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (index.expert[i] * k + labels[i]) * k;
    }
    rows = labels;
  }

  /** Returns a mode whose rows are to be filled. */
  AutoMode mode() {
    return new AutoMode(tasks, experts, k);
  }

  /** Counts the rows of a mode, and begins anew with its parameters. */
  void count(AutoMode mode) {
    team.run(
        spans.count(),
        (span, workspace) -> {
          begin(span);
          int end = spans.last(span);
          for (int first = spans.first(span), last; first < end; first = last) {
            last = first + Math.min(end - first, workspace.tasks);
            System.arraycopy(mode.rows, first * k, workspace.block, 0, (last - first) * k);
            tally(span, first, last, workspace.block);
          }
        });
    finish(mode);
    mode.restart();
  }

  /**
   * Makes an iteration from the table of confusions.
   *
   * @param estimated whether labels are as likely as in the posteriors so far, or all the same
   */
  void advance(AutoMode mode, boolean estimated) {
    for (int j = 0; j < k; j++) {
      prior[j] = estimated ? (mode.sums[j] + 1.0) / ((double) tasks + k) : 1.0 / k;
    }
    boolean multiplies = index.weight == null && allAreFactors();
    if (!multiplies) {
      takeLogarithms();
    }
    team.run(
        spans.count(),
        (span, workspace) -> {
          begin(span);
          int end = spans.last(span);
          for (int first = spans.first(span), last; first < end; first = last) {
            team.checkCancelled();
            last = first + Math.min(end - first, workspace.tasks);
            expect(first, last, workspace, multiplies);
            tally(span, first, last, workspace.block);
            System.arraycopy(workspace.block, 0, mode.rows, first * k, (last - first) * k);
          }
        });
    finish(mode);
  }

  private boolean allAreFactors() {
    for (double value : table) {
      if (value < LEAST_FACTOR) {
        return false;
      }
    }
    return true;
  }

  private void takeLogarithms() {
    for (int j = 0; j < k; j++) {
      prior[j] = Elementary.log(prior[j]);
    }
    int parts = (table.length + PART_DOUBLES - 1) / PART_DOUBLES;
    team.run(
        parts,
        (part, workspace) -> {
          int end =
              Math.min(table.length - part * PART_DOUBLES, PART_DOUBLES) + part * PART_DOUBLES;
          for (int from = part * PART_DOUBLES, n; from < end; from += n) {
            n = Math.min(workspace.block.length, end - from);
            System.arraycopy(table, from, workspace.block, 0, n);
            kernels.log(workspace.block, n, workspace.scratch);
            System.arraycopy(workspace.block, 0, table, from, n);
          }
        });
  }

  private void expect(int first, int last, Workspace workspace, boolean multiplies) {
    double[] block = workspace.block;
    int n = last - first;
    if (multiplies) {
      kernels.multiply(
          block, first, last, k, index.offsets, rows, prior, table, workspace.exponents);
      kernels.divideBySums(block, n, k, workspace.norms, workspace.scratch);
    } else {
      kernels.accumulate(block, first, last, k, index.offsets, rows, index.weight, prior, table);
      kernels.softmax(block, n, k, workspace.norms, workspace.sums, workspace.scratch);
    }
  }

  private void begin(int span) {
    Arrays.fill(counts[span], 0.0);
    Arrays.fill(sums[span], 0.0);
  }

  private void tally(int span, int first, int last, double[] block) {
    kernels.addRows(sums[span], block, last - first, k);
    kernels.scatter(counts[span], first, last, k, index.offsets, rows, index.weight, block);
  }

  /** Adds up what the spans counted. */
  private void finish(AutoMode mode) {
    passes++;
    ControlAccess.get().progress(control, passes);
    System.arraycopy(sums[0], 0, mode.sums, 0, k);
    for (int s = 1; s < sums.length; s++) {
      kernels.add(mode.sums, sums[s], 0, k);
    }
    int parts = (table.length + PART_DOUBLES - 1) / PART_DOUBLES;
    team.run(
        parts,
        (part, workspace) -> {
          int from = part * PART_DOUBLES;
          int to = Math.min(table.length - from, PART_DOUBLES) + from;
          System.arraycopy(counts[0], from, mode.counts, from, to - from);
          for (int s = 1; s < counts.length; s++) {
            kernels.add(mode.counts, counts[s], from, to);
          }
        });
  }

  /** Makes an M-step: some work for every expert. */
  void sweep(Work work) {
    int size = Math.max(PART_DOUBLES / Math.max(k * k, 1), 1);
    team.run(
        (int) (((long) experts + size - 1) / size),
        (part, workspace) -> {
          AutoModels models = new AutoModels(k, weight, table);
          int first = part * size;
          int last = Math.min(experts - first, size) + first;
          for (int e = first; e < last; e++) {
            work.expert(models, e);
          }
        });
  }

  /** Returns sums over all spans, in their order, of what each gives. */
  double[] overSpans(int length, Value value) {
    double[][] parts = new double[spans.count()][length];
    team.run(
        parts.length,
        (span, workspace) -> value.add(spans.first(span), spans.last(span), parts[span]));
    for (int s = 1; s < parts.length; s++) {
      kernels.add(parts[0], parts[s], 0, length);
    }
    return parts[0];
  }

  /** Returns how far posteriors with these sums have left the votes. */
  double drift(double[] sums) {
    double worst = 0.0;
    for (int j = 0; j < k; j++) {
      double a = sums[j] / tasks + AutoConstants.SMALL_CLASS;
      double b = shares[j] / tasks + AutoConstants.SMALL_CLASS;
      worst = Math.max(worst, a > b ? a / b : b / a);
    }
    return worst;
  }

  /** Returns half the mean absolute difference of two posteriors. */
  double distance(double[] p, double[] q) {
    double[] sum =
        overSpans(
            1,
            (first, last, total) -> {
              for (int place = first; place < last; place++) {
                double row = 0.0;
                for (int i = place * k; i < (place + 1) * k; i++) {
                  row = row + Math.abs(p[i] - q[i]);
                }
                total[0] = total[0] + 0.5 * row;
              }
            });
    return sum[0] / tasks;
  }

  /** Makes iterations of the one-coin model. */
  void coin(AutoMode mode, int steps, boolean estimated) {
    for (int i = 0; i < steps; i++) {
      sweep((models, e) -> models.coin(mode, e));
      advance(mode, estimated);
    }
  }

  /** Makes iterations of the model of knowledge and spam. */
  void mace(AutoMode mode, int steps) {
    for (int i = 0; i < steps; i++) {
      sweep(
          (models, e) -> {
            models.maceSteps(mode, e, 1);
            models.mace(mode, e);
          });
      advance(mode, false);
    }
  }

  /** Makes iterations of Dawid-Skene. */
  void confusion(AutoMode mode, int steps) {
    for (int i = 0; i < steps; i++) {
      sweep((models, e) -> models.confusion(mode, e));
      advance(mode, true);
    }
  }
}
