package dev.coterie.internal.engine;

import dev.coterie.consensus.FitControl;
import dev.coterie.internal.table.HeapLimits;
import dev.coterie.spi.Columns;
import dev.coterie.spi.Elementary;
import dev.coterie.spi.FitOutcome;
import dev.coterie.spi.FitProblem;
import dev.coterie.spi.Kernels;
import java.util.Arrays;

/**
 * The tasks of a class fall into groups, in each of which the experts err in their own way. See
 * docs/methods/ebcc.md. A column is a class and one of its groups.
 */
final class Ebcc extends Race<Ebcc.State> {
  /** About how many doubles one part of an M-step covers. */
  private static final int PART_DOUBLES = 8192;

  /** The iterations of a round. */
  private static final int ROUND = 10;

  private final int groups;
  private final int width;
  private final int[] rows;
  private final double[][] counts;
  private final double[][] sums;
  private final double[] likelihoods;
  private final Dirichlets dirichlets;

  /** The prior counts of the classes: how the votes share the tasks out. */
  private final double[] classes;

  /** The prior counts of the groups of a class. */
  private final double[] mixing;

  /** The means of the groups of each class. */
  private final double[] mixture;

  /** The parameters of one start. */
  static final class State {
    /** What the logits of a task begin with. */
    final double[] start;

    final double[] logs;
    double divergence;

    State(int width, int cells) {
      start = new double[width];
      logs = new double[cells];
    }
  }

  static Ebcc of(
      FitProblem problem,
      Columns.Heap table,
      FitOutcome.Heap out,
      Kernels kernels,
      FitControl control) {
    long groups = (long) problem.parameters()[0];
    long width = HeapLimits.times(table.labels(), groups);
    long cells = HeapLimits.times(HeapLimits.times(width, table.labels()), table.experts());
    HeapLimits.check(cells, "confusion counts (experts x labels x labels x groups)");
    // A block of tasks is an array, too.
    HeapLimits.check(HeapLimits.times(width, Elementary.LANES), "a block of labels x groups");
    Team team = new Team(problem.threads(), (int) width, control);
    return new Ebcc(problem, table, out, kernels, team, control, (int) groups);
  }

  private Ebcc(
      FitProblem problem,
      Columns.Heap table,
      FitOutcome.Heap out,
      Kernels kernels,
      Team team,
      FitControl control,
      int groups) {
    super(
        problem,
        table,
        out,
        kernels,
        team,
        control,
        ROUND,
        (int) problem.parameters()[1],
        (long) table.labels() * table.labels() * groups);
    this.groups = groups;
    width = k * groups;
    int cells = experts * k * width;
    rows = new int[index.answers];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = (index.expert[i] * k + index.label[i]) * width;
    }
    counts = new double[spans.count()][cells];
    sums = new double[spans.count()][width];
    likelihoods = new double[spans.count()];
    double[] options = problem.parameters();
    double smoothing = problem.smoothing();
    dirichlets = new Dirichlets(experts, k, groups, options[3] + smoothing, options[4] + smoothing);
    mixing = new double[groups];
    Arrays.fill(mixing, options[2] / groups);
    mixture = new double[width];
    classes = new double[k];
    countVotes();
  }

  /** Makes the votes the posterior and the prior counts of the classes. */
  private void countVotes() {
    double[][] parts = new double[spans.count()][k];
    team.run(
        spans.count(),
        (span, workspace) -> {
          shares(span, workspace);
          for (int place = spans.first(span); place < spans.last(span); place++) {
            for (int j = 0; j < k; j++) {
              parts[span][j] = parts[span][j] + out.posterior[place * k + j];
            }
          }
        });
    System.arraycopy(parts[0], 0, classes, 0, k);
    for (int s = 1; s < parts.length; s++) {
      kernels.add(classes, parts[s], 0, k);
    }
    for (int j = 0; j < k; j++) {
      classes[j] = Math.max(classes[j], Em.FLOOR);
    }
  }

  /** Shares the votes of each task out among the groups at random; the posterior holds them. */
  @Override
  State begin(long seed) {
    State state = new State(width, counts[0].length);
    team.run(
        spans.count(),
        (span, workspace) -> {
          clear(span);
          int end = spans.last(span);
          for (int first = spans.first(span), last; first < end; first = last) {
            last = first + Math.min(end - first, workspace.tasks);
            draw(seed, first, last, workspace);
            store(span, first, last, workspace.block);
          }
        });
    maximise(state);
    return state;
  }

  private void draw(long seed, int first, int last, Workspace workspace) {
    double[] block = workspace.block;
    int n = (last - first) * width;
    for (int place = first, at = 0; place < last; place++) {
      SplitMix64 random = new SplitMix64(seed).skip((long) index.task(place) * width);
      for (int j = 0; j < width; j++, at++) {
        block[at] = 1.0 - random.unit();
      }
    }
    kernels.log(block, n, workspace.scratch);
    for (int at = 0, vote = first * k; at < n; at += groups, vote++) {
      double total = 0.0;
      for (int j = at; j < at + groups; j++) {
        block[j] = Math.max(-block[j], Em.FLOOR);
        total = total + block[j];
      }
      for (int j = at; j < at + groups; j++) {
        block[j] = (block[j] / total) * out.posterior[vote];
      }
    }
  }

  private void clear(int span) {
    Arrays.fill(counts[span], 0.0);
    Arrays.fill(sums[span], 0.0);
  }

  private void store(int span, int first, int last, double[] block) {
    kernels.addRows(sums[span], block, last - first, width);
    kernels.scatter(counts[span], first, last, width, index.offsets, rows, index.weight, block);
  }

  @Override
  double expect(State state) {
    team.run(spans.count(), (span, workspace) -> expect(state, span, workspace));
    double objective = likelihoods[0];
    for (int s = 1; s < likelihoods.length; s++) {
      objective = objective + likelihoods[s];
    }
    return objective - state.divergence;
  }

  private void expect(State state, int span, Workspace workspace) {
    double[] lanes = workspace.lanes;
    double[] block = workspace.block;
    Arrays.fill(lanes, 0.0);
    clear(span);
    int end = spans.last(span);
    for (int first = spans.first(span), last; first < end; first = last) {
      team.checkCancelled();
      last = first + Math.min(end - first, workspace.tasks);
      int n = last - first;
      kernels.accumulate(
          block, first, last, width, index.offsets, rows, index.weight, state.start, state.logs);
      ruleOut(first, last, block);
      kernels.softmax(block, n, width, workspace.norms, workspace.sums, workspace.scratch);
      kernels.addToLanes(lanes, workspace.norms, n);
      for (int at = 0, cell = first * k; at < n * width; cell++) {
        double p = 0.0;
        for (int m = 0; m < groups; m++, at++) {
          p = p + block[at];
        }
        // By rounding, the sum of all can be above 1.
        out.posterior[cell] = Math.min(p, 1.0);
      }
      store(span, first, last, block);
    }
    likelihoods[span] = Elementary.fold(lanes);
  }

  /** Leaves a task whose label is known to the groups of that label. */
  private void ruleOut(int first, int last, double[] block) {
    if (gold == null) {
      return;
    }
    for (int place = first, row = 0; place < last; place++, row += width) {
      if (gold[place] >= 0) {
        int known = row + gold[place] * groups;
        Arrays.fill(block, row, known, Double.NEGATIVE_INFINITY);
        Arrays.fill(block, known + groups, row + width, Double.NEGATIVE_INFINITY);
      }
    }
  }

  @Override
  void maximise(State state) {
    int size = Math.max(PART_DOUBLES / Math.multiplyExact(k, width), 1);
    int parts = (int) (((long) experts + size - 1) / size);
    team.run(
        parts,
        (part, workspace) -> {
          int first = part * size;
          int last = first + Math.min(experts - first, size);
          for (int s = 1; s < counts.length; s++) {
            kernels.add(counts[0], counts[s], first * k * width, last * k * width);
          }
          dirichlets.update(counts[0], state.logs, first, last, kernels, workspace);
        });
    System.arraycopy(sums[0], 0, state.start, 0, width);
    for (int s = 1; s < sums.length; s++) {
      kernels.add(state.start, sums[s], 0, width);
    }
    double divergence = dirichlets.divergence();
    double[] logs = new double[k];
    for (int j = 0; j < k; j++) {
      for (int m = 0; m < groups; m++) {
        logs[j] = logs[j] + state.start[j * groups + m];
      }
      int to = (j + 1) * groups;
      divergence = divergence + Dirichlets.update(state.start, j * groups, to, mixing, mixture);
    }
    if (problem.classPriors() == null) {
      divergence = divergence + Dirichlets.update(logs, 0, k, classes, out.prior);
    } else {
      for (int j = 0; j < k; j++) {
        out.prior[j] = problem.classPriors()[j];
        logs[j] = Elementary.log(out.prior[j]);
      }
    }
    for (int j = 0; j < width; j++) {
      state.start[j] = state.start[j] + logs[j / groups];
    }
    state.divergence = divergence;
  }

  /** The posterior holds the votes; the parameters are to be those of the first start. */
  @Override
  void vote(State state) {
    begin(new SplitMix64(problem.seed()).next());
  }

  @Override
  void describe(State state) {
    for (int e = 0, at = 0; e < experts; e++) {
      double skill = 0.0;
      for (int l = 0; l < k; l++) {
        for (int j = 0; j < k; j++, at++) {
          double share = 0.0;
          for (int column = j * groups; column < (j + 1) * groups; column++) {
            share = share + mixture[column] * dirichlets.mean(e, l, column);
          }
          out.confusion[at] = share;
          if (l == j) {
            skill = skill + out.prior[j] * share;
          }
        }
      }
      out.skill[e] = skill;
    }
  }
}
