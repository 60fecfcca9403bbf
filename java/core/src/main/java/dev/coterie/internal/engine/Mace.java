package dev.coterie.internal.engine;

import dev.coterie.consensus.FitControl;
import dev.coterie.spi.Columns;
import dev.coterie.spi.Elementary;
import dev.coterie.spi.FitOutcome;
import dev.coterie.spi.FitProblem;
import dev.coterie.spi.Kernels;
import java.util.Arrays;

/** Experts know the answer or spam by a strategy of their own. See docs/methods/mace.md. */
final class Mace extends Race<Mace.State> {
  /** How far apart the weights of a start are: from 1 to 1 and this. */
  private static final double NOISE = 1.5;

  /** What stands before the values of an expert's labels: spam, knowledge, both, their sum. */
  private static final int HEAD = 4;

  /** The iterations of a round. */
  private static final int ROUND = 5;

  /** About how many rows one part of an M-step covers. */
  private static final int PART_ROWS = 1024;

  private final boolean variational;
  private final double spamPrior;
  private final double knowPrior;
  private final double strategyPrior;
  private final int[] rows;
  private final double[] totals;
  private final double[][] right;
  private final double[] likelihoods;
  private final double[] prior;
  private final double[] logPrior;

  /** HEAD + k values of each expert: what an M-step normalises. */
  private final double[] values;

  private final double[] logs;

  /** The logarithms of the odds, where those cannot be multiplied. */
  private final double[] edge;

  /** The parameters of one start, for each expert and label. */
  static final class State {
    /** The logarithm of the probability of an answer by spam. */
    final double[] miss;

    /** How many times likelier an answer is where it is right. */
    final double[] odds;

    /** The probability that a right answer is known. */
    final double[] known;

    State(int rows) {
      miss = new double[rows];
      odds = new double[rows];
      known = new double[rows];
    }
  }

  Mace(
      FitProblem problem,
      Columns.Heap table,
      FitOutcome.Heap out,
      Kernels kernels,
      Team team,
      FitControl control) {
    super(
        problem,
        table,
        out,
        kernels,
        team,
        control,
        ROUND,
        (int) problem.parameters()[1],
        table.labels());
    double[] options = problem.parameters();
    variational = options[0] != 0.0;
    spamPrior = variational ? options[2] : problem.smoothing();
    knowPrior = variational ? options[3] : problem.smoothing();
    strategyPrior = variational ? options[4] : problem.smoothing();
    rows = new int[index.answers];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = index.expert[i] * k + index.label[i];
    }
    totals = totals();
    right = new double[spans.count()][experts * k];
    likelihoods = new double[spans.count()];
    prior = Shares.fixedPrior(problem, k);
    logPrior = new double[k];
    for (int j = 0; j < k; j++) {
      logPrior[j] = Elementary.log(prior[j]);
    }
    values = new double[experts * (HEAD + k)];
    logs = new double[values.length];
    edge = new double[experts * k];
  }

  /** Returns the weight of the answers of each expert and label. */
  private double[] totals() {
    double[] total = new double[experts * k];
    double[] part = new double[experts * k];
    for (int s = 0; s < spans.count(); s++) {
      double[] sums = s == 0 ? total : part;
      Arrays.fill(sums, 0.0);
      int end = index.offsets[spans.last(s)];
      for (int i = index.offsets[spans.first(s)]; i < end; i++) {
        sums[rows[i]] = sums[rows[i]] + (index.weight == null ? 1.0 : index.weight[i]);
      }
      if (s > 0) {
        kernels.add(total, part, 0, total.length);
      }
    }
    return total;
  }

  @Override
  State begin(long seed) {
    SplitMix64 random = new SplitMix64(seed);
    State state = new State(experts * k);
    for (int e = 0; e < experts; e++) {
      int at = e * (HEAD + k);
      values[at] = 1.0 + NOISE * random.unit();
      values[at + 1] = 1.0 + NOISE * random.unit();
      for (int l = 0; l < k; l++) {
        values[at + HEAD + l] = 1.0 + NOISE * random.unit();
      }
      sumUp(at);
      prepare(e, state);
    }
    return state;
  }

  /** Writes the sums of an expert's values. */
  private void sumUp(int at) {
    values[at + 2] = values[at] + values[at + 1];
    double sum = 0.0;
    for (int l = 0; l < k; l++) {
      sum = sum + values[at + HEAD + l];
    }
    values[at + 3] = sum;
  }

  /** Makes the parameters of one expert from values in proportion to probabilities. */
  private void prepare(int e, State state) {
    int at = e * (HEAD + k);
    double spam = values[at] / values[at + 2];
    double know = values[at + 1] / values[at + 2];
    for (int l = 0; l < k; l++) {
      double miss = spam * (values[at + HEAD + l] / values[at + 3]);
      double hit = miss + know;
      state.miss[e * k + l] = Elementary.log(miss);
      state.odds[e * k + l] = hit / miss;
      state.known[e * k + l] = know / hit;
    }
  }

  @Override
  double expect(State state) {
    boolean multiplies = multiplies(state);
    if (multiplies) {
      team.run(spans.count(), (span, workspace) -> multiply(state, span, workspace));
    } else {
      for (int r = 0; r < edge.length; r++) {
        edge[r] = Elementary.log(state.odds[r]);
      }
      team.run(spans.count(), (span, workspace) -> add(state, span, workspace));
    }
    double objective = likelihoods[0];
    for (int s = 1; s < likelihoods.length; s++) {
      objective = objective + likelihoods[s];
    }
    return multiplies ? objective + wrong(state) : objective;
  }

  /** Returns whether likelihoods can be multiplied instead of adding their logarithms. */
  private boolean multiplies(State state) {
    double most = 0.0;
    for (double x : state.odds) {
      most = Math.max(most, x);
    }
    return index.weight == null && most <= OddsPass.MOST_ODDS;
  }

  /** Returns the log-likelihood of all answers if they were wrong. */
  private double wrong(State state) {
    double sum = 0.0;
    for (int r = 0; r < totals.length; r++) {
      sum = sum + totals[r] * state.miss[r];
    }
    return sum;
  }

  private void multiply(State state, int span, Workspace workspace) {
    Arrays.fill(right[span], 0.0);
    double[] block = workspace.block;
    OddsPass pass = new OddsPass(index, rows, gold, prior, state.odds);
    int end = spans.last(span);
    for (int first = spans.first(span), last; first < end; first = last) {
      team.checkCancelled();
      last = first + Math.min(end - first, workspace.tasks);
      pass.expect(first, last, block);
      PairsPass.count(index, rows, first, last, k, block, right[span]);
      System.arraycopy(block, 0, out.posterior, first * k, (last - first) * k);
    }
    likelihoods[span] = pass.likelihood();
  }

  private void add(State state, int span, Workspace workspace) {
    double[] lanes = workspace.lanes;
    Arrays.fill(lanes, 0.0);
    Arrays.fill(right[span], 0.0);
    int end = spans.last(span);
    for (int first = spans.first(span), last; first < end; first = last) {
      team.checkCancelled();
      last = first + Math.min(end - first, workspace.tasks);
      int n = last - first;
      double[] block = workspace.block;
      PairsPass.logits(index, rows, first, last, logPrior, state.miss, edge, block, workspace.base);
      Em.normalise(kernels, gold, first, last, k, workspace);
      Em.addBase(workspace, n);
      kernels.addToLanes(lanes, workspace.norms, n);
      PairsPass.count(index, rows, first, last, k, block, right[span]);
      System.arraycopy(block, 0, out.posterior, first * k, n * k);
    }
    likelihoods[span] = Elementary.fold(lanes);
  }

  @Override
  void maximise(State state) {
    forExperts(
        (first, last, workspace) -> {
          tally(state, first, last);
          if (variational) {
            expectLogarithms(state, first, last, workspace);
            return;
          }
          for (int e = first; e < last; e++) {
            prepare(e, state);
          }
        });
  }

  /** Some experts' part of an M-step. */
  private interface Part {
    void of(int first, int last, Workspace workspace);
  }

  private void forExperts(Part part) {
    int size = Math.max(PART_ROWS / k, 1);
    int parts = (int) (((long) experts + size - 1) / size);
    team.run(
        parts,
        (p, workspace) ->
            part.of(p * size, p * size + Math.min(experts - p * size, size), workspace));
  }

  /** Makes the values of the experts {@code [first, last)} out of what the spans counted. */
  private void tally(State state, int first, int last) {
    for (int s = 1; s < right.length; s++) {
      kernels.add(right[0], right[s], first * k, last * k);
    }
    for (int e = first; e < last; e++) {
      int at = e * (HEAD + k);
      double know = 0.0;
      double spam = 0.0;
      for (int l = 0, row = e * k; l < k; l++, row++) {
        double sure = right[0][row] * state.known[row];
        double unsure = Math.max(totals[row] - sure, 0.0);
        know = know + sure;
        spam = spam + unsure;
        values[at + HEAD + l] = raise(unsure + strategyPrior);
      }
      values[at] = raise(spam + spamPrior);
      values[at + 1] = raise(know + knowPrior);
      sumUp(at);
    }
  }

  /** Keeps a value without a prior away from 0. */
  private double raise(double value) {
    return variational || value > Em.FLOOR ? value : Em.FLOOR;
  }

  /** Makes the parameters of the experts {@code [first, last)} from expected logarithms. */
  private void expectLogarithms(State state, int first, int last, Workspace workspace) {
    int stride = HEAD + k;
    int from = first * stride;
    int to = last * stride;
    Gamma.digamma(values, logs, from, to, kernels, workspace);
    for (int at = from, row = first * k; at < to; at += stride) {
      double spam = logs[at] - logs[at + 2];
      double total = logs[at + 3];
      logs[at] = logs[at + 1] - logs[at + 2];
      for (int l = 0; l < k; l++, row++) {
        double miss = spam + (logs[at + HEAD + l] - total);
        logs[at + HEAD + l] = miss;
        state.miss[row] = miss;
      }
    }
    exp(from, to, workspace);
    for (int at = from, row = first * k; at < to; at += stride) {
      for (int l = 0; l < k; l++, row++) {
        double miss = logs[at + HEAD + l];
        double hit = miss + logs[at];
        state.odds[row] = hit / miss;
        state.known[row] = logs[at] / hit;
      }
    }
  }

  /** Replaces some of the logarithms by their exponentials. */
  private void exp(int from, int to, Workspace workspace) {
    double[] block = workspace.block;
    for (int at = from, n; at < to; at += n) {
      n = Math.min(block.length, to - at);
      System.arraycopy(logs, at, block, 0, n);
      kernels.exp(block, n, workspace.scratch);
      System.arraycopy(block, 0, logs, at, n);
    }
  }

  @Override
  void vote(State state) {
    team.run(
        spans.count(),
        (span, workspace) -> {
          shares(span, workspace);
          Arrays.fill(right[span], 0.0);
          int end = spans.last(span);
          for (int first = spans.first(span), last; first < end; first = last) {
            last = first + Math.min(end - first, workspace.tasks);
            int n = (last - first) * k;
            System.arraycopy(out.posterior, first * k, workspace.block, 0, n);
            PairsPass.count(index, rows, first, last, k, workspace.block, right[span]);
          }
        });
    forExperts((first, last, workspace) -> tally(state, first, last));
  }

  @Override
  void describe(State state) {
    System.arraycopy(prior, 0, out.prior, 0, k);
    for (int e = 0; e < experts; e++) {
      int at = e * (HEAD + k);
      double skill = values[at + 1] / values[at + 2];
      out.skill[e] = skill;
      for (int l = 0; l < k; l++) {
        double spam = (1.0 - skill) * (values[at + HEAD + l] / values[at + 3]);
        int row = (e * k + l) * k;
        Arrays.fill(out.confusion, row, row + k, spam);
        out.confusion[row + l] = spam + skill;
      }
    }
  }
}
