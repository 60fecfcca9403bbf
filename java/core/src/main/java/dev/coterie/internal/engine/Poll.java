package dev.coterie.internal.engine;

import dev.coterie.consensus.FitControl;
import dev.coterie.spi.Columns;
import dev.coterie.spi.ControlAccess;
import dev.coterie.spi.FitOutcome;
import dev.coterie.spi.FitProblem;
import dev.coterie.spi.ScalarRows;
import java.util.Arrays;

/**
 * A poll of the experts: every task gets a distribution over the labels, and every expert is told
 * how much of its answers won. All weighted votes end with one, and most repeat it with ever new
 * weights; docs/methods/reweighting.md specifies it. Used for one fit.
 */
final class Poll {
  final FitProblem problem;
  final FitOutcome.Heap out;
  final Index index;
  final Spans spans;
  final Team team;
  final int k;
  final int experts;

  /** The known label at each place or -1, or null. */
  final int[] gold;

  /** What the answers of each expert count. */
  final double[] total;

  /** What those answers of each expert count that won. */
  final double[] right;

  private final FitControl control;
  private final Rules rules;
  private final double[] counted;
  private final double[][] sums;

  /**
   * How a poll counts.
   *
   * @param distinct whether equal answers of one expert to one task count once for the expert
   * @param shared whether labels that are equally good share a task; else the lowest one has it
   * @param goldOnly whether only tasks whose label is known tell how good an expert is
   */
  record Rules(boolean distinct, boolean shared, boolean goldOnly) {}

  /** Writes the distribution of one task whose label is not known. */
  interface Ballot {
    /** Writes the k elements at {@code rows[at]} that the answers {@code [begin, end)} give. */
    void row(int begin, int end, double[] rows, int at, double[] lanes);
  }

  /** Makes new weights out of a poll. */
  interface Weigher {
    /** Writes new weights; {@code iteration} counts from 1. */
    void weigh(int iteration, double[] weights, double[] next);
  }

  /** A number for each answer. */
  interface Term {
    /** Returns the number of an answer. */
    double of(int answer);
  }

  Poll(
      FitProblem problem,
      Columns.Heap table,
      FitOutcome.Heap out,
      Team team,
      FitControl control,
      Rules rules) {
    this.problem = problem;
    this.out = out;
    this.team = team;
    this.control = control;
    this.rules = rules;
    k = table.labels();
    experts = table.experts();
    Index grouped = Index.of(table, true, problem.lastWins(), problem.positional());
    spans = Spans.of(grouped, experts);
    index = grouped.byLength(spans);
    gold = index.byPlace(problem.gold());
    counted = rules.distinct() ? distinct() : null;
    sums = new double[spans.count()][experts];
    right = new double[experts];
    total = new double[experts];
    ControlAccess.get().progress(control, 0);
    sum(this::counted, total);
  }

  double weight(int answer) {
    return index.weight == null ? 1.0 : index.weight[answer];
  }

  private double counted(int answer) {
    return counted == null ? weight(answer) : counted[answer];
  }

  private boolean isKnown(int place) {
    return gold != null && gold[place] >= 0;
  }

  /** Writes the sum over each expert's answers, to tasks that tell about experts. */
  void sum(Term term, double[] result) {
    team.run(
        spans.count(),
        (span, workspace) -> {
          double[] part = sums[span];
          Arrays.fill(part, 0.0);
          for (int place = spans.first(span); place < spans.last(span); place++) {
            if (!rules.goldOnly() || isKnown(place)) {
              for (int i = index.offsets[place]; i < index.offsets[place + 1]; i++) {
                int e = index.expert[i];
                part[e] = part[e] + term.of(i);
              }
            }
          }
        });
    combine(sums, result);
  }

  /** Adds the sums of spans up, in their order. */
  static void combine(double[][] parts, double[] result) {
    System.arraycopy(parts[0], 0, result, 0, result.length);
    for (int s = 1; s < parts.length; s++) {
      for (int i = 0; i < result.length; i++) {
        result[i] = result[i] + parts[s][i];
      }
    }
  }

  /** Returns what the answers of an expert that did not win count. */
  double errors(int expert) {
    return Math.max(total[expert] - right[expert], 0.0);
  }

  /** Writes which part of each expert's answers won, 0 for experts without answers. */
  void agreement(double smoothing, double[] result) {
    for (int e = 0; e < experts; e++) {
      double all = total[e] + smoothing * k;
      result[e] = all > 0.0 ? (right[e] + smoothing) / all : 0.0;
    }
  }

  /** Polls the tasks. */
  void hold(Ballot ballot) {
    team.run(spans.count(), (span, workspace) -> hold(span, ballot, workspace.lanes));
    combine(sums, right);
  }

  private void hold(int span, Ballot ballot, double[] lanes) {
    Arrays.fill(sums[span], 0.0);
    double[] rows = out.posterior;
    for (int place = spans.first(span); place < spans.last(span); place++) {
      int at = place * k;
      if (isKnown(place)) {
        Shares.oneHot(rows, at, k, gold[place]);
      } else {
        ballot.row(index.offsets[place], index.offsets[place + 1], rows, at, lanes);
        if (rules.goldOnly()) {
          continue;
        }
      }
      credit(place, rows, at, sums[span]);
    }
  }

  /** Tells the experts of a task which of their answers won. */
  private void credit(int place, double[] rows, int at, double[] sums) {
    int first = 0;
    int winners = 1;
    for (int j = 1; j < k; j++) {
      if (rows[at + j] > rows[at + first]) {
        first = j;
        winners = 1;
      } else if (rows[at + j] == rows[at + first]) {
        winners++;
      }
    }
    double credit = rules.shared() ? 1.0 / winners : 1.0;
    for (int i = index.offsets[place]; i < index.offsets[place + 1]; i++) {
      int label = index.label[i];
      if (label == first || (rules.shared() && rows[at + label] == rows[at + first])) {
        int e = index.expert[i];
        sums[e] = sums[e] + counted(i) * credit;
      }
    }
  }

  /** Polls with a weight for each expert. */
  private void hold(double[] weights) {
    hold(
        (begin, end, rows, at, lanes) -> {
          Arrays.fill(rows, at, at + k, 0.0);
          for (int i = begin; i < end; i++) {
            int j = at + index.label[i];
            rows[j] = rows[j] + weight(i) * weights[index.expert[i]];
          }
          normalise(begin, end, rows, at, lanes);
        });
  }

  /** Turns amounts into shares; where there is none, writes the shares of the plain vote. */
  void normalise(int begin, int end, double[] rows, int at, double[] lanes) {
    double all = ScalarRows.sum(rows, at, k, lanes);
    if (all > 0.0) {
      for (int j = at; j < at + k; j++) {
        rows[j] = rows[j] / all;
      }
    } else {
      Shares.compute(index, begin, end, k, rows, at, lanes);
    }
  }

  /**
   * The loop: a poll with the weights, new weights out of it, and again.
   *
   * @param first the weight that every expert begins with
   * @param most how many times weights are made at most
   * @param tolerance the largest change of a weight at which the weights have converged
   * @return the last weights
   */
  double[] reweigh(double first, int most, double tolerance, Weigher weigher) {
    double[] weights = new double[experts];
    double[] next = new double[experts];
    Arrays.fill(weights, first);
    int iterations = 0;
    boolean converged = false;
    hold(weights);
    while (iterations < most && !converged) {
      iterations++;
      weigher.weigh(iterations, weights, next);
      double change = 0.0;
      for (int e = 0; e < experts; e++) {
        change = Math.max(change, Math.abs(next[e] - weights[e]));
      }
      converged = change <= tolerance;
      double[] old = weights;
      weights = next;
      next = old;
      hold(weights);
      progress(iterations);
    }
    ended(iterations, converged);
    return weights;
  }

  /** Reports the iterations that are done. */
  void progress(int iterations) {
    ControlAccess.get().progress(control, iterations);
  }

  /** Notes how the fit ended. */
  void ended(int iterations, boolean converged) {
    out.iterations = iterations;
    out.converged = converged;
    out.objective = Double.NaN;
  }

  /** Writes the class prior, the answers, and the distributions in the order of tasks. */
  void close() {
    double[][] priors = new double[spans.count()][k];
    team.run(
        spans.count(),
        (span, workspace) -> {
          for (int place = spans.first(span); place < spans.last(span); place++) {
            for (int j = 0; j < k; j++) {
              priors[span][j] = priors[span][j] + out.posterior[place * k + j];
            }
          }
          Shares.deliver(index, gold, spans.first(span), spans.last(span), k, out);
        });
    double[] prior = new double[k];
    combine(priors, prior);
    Shares.classPrior(prior, index.tasks, out.prior);
  }

  /**
   * Returns what each answer counts where equal answers of one expert to one task count once: the
   * first of them, with their largest weight. Null where there are none.
   */
  private double[] distinct() {
    int[] seen = new int[experts];
    double[] result = null;
    for (int place = 0; place < index.tasks; place++) {
      boolean repeats = false;
      for (int i = index.offsets[place]; i < index.offsets[place + 1]; i++) {
        int e = index.expert[i];
        repeats |= seen[e] == place + 1;
        seen[e] = place + 1;
      }
      if (repeats) {
        if (result == null) {
          result = new double[index.answers];
          for (int i = 0; i < result.length; i++) {
            result[i] = weight(i);
          }
        }
        countOnce(index.offsets[place], index.offsets[place + 1], result);
      }
    }
    return result;
  }

  private void countOnce(int begin, int end, double[] result) {
    Integer[] order = new Integer[end - begin];
    Arrays.setAll(order, i -> begin + i);
    // Sorting is stable: of equal answers the first one comes first.
    Arrays.sort(order, (a, b) -> Long.compare(pair(a), pair(b)));
    int first = order[0];
    for (int i = 1; i < order.length; i++) {
      int answer = order[i];
      if (pair(answer) == pair(first)) {
        result[first] = Math.max(result[first], weight(answer));
        result[answer] = 0.0;
      } else {
        first = answer;
      }
    }
  }

  private long pair(int answer) {
    return (long) index.expert[answer] << 32 | index.label[answer];
  }
}
