package dev.coterie.internal.engine;

import dev.coterie.spi.Columns;
import java.util.Arrays;

/** Messages between tasks and experts about each answer: docs/methods/kos.md. Used for one fit. */
final class Kos {
  static final Poll.Rules RULES = new Poll.Rules(false, false, false);

  private final Poll poll;
  private final Index index;
  private final boolean balanced;

  /** How reliable each answer's expert seems from its other answers. */
  private final double[] reliability;

  /** The same, being made: first what the task tells the expert. */
  private final double[] next;

  private final double[][] parts;
  private final double[] sums;
  private final double[][] squares;

  private Kos(Poll poll) {
    this.poll = poll;
    index = poll.index;
    balanced = poll.problem.parameters()[0] != 0.0;
    reliability = new double[index.answers];
    next = new double[index.answers];
    parts = new double[poll.spans.count()][poll.experts];
    sums = new double[poll.experts];
    squares = new double[poll.spans.count()][1];
  }

  /** Refuses more than two labels. */
  static void check(Columns.Heap table) {
    if (table.labels() > 2) {
      throw new IllegalArgumentException(
          "kos decides between two labels, and the table has "
              + table.labels()
              + ": choose a method for more labels, such as dawid-skene");
    }
  }

  static void fit(Poll poll) {
    new Kos(poll).fit();
  }

  private void fit() {
    exchange();
    poll.hold(this::vote);
    poll.agreement(0.0, poll.out.skill);
    double[] weight = poll.out.weight;
    poll.sum(i -> poll.weight(i) * reliability[i], weight);
    for (int e = 0; e < weight.length; e++) {
      weight[e] = poll.total[e] > 0.0 ? weight[e] / poll.total[e] : 0.0;
    }
    poll.close();
  }

  /** Exchanges messages until their direction stays; without any, all experts count the same. */
  private void exchange() {
    Arrays.fill(reliability, 1.0);
    int spans = poll.spans.count();
    int iterations = 0;
    boolean converged = false;
    while (iterations < poll.problem.maxIterations() && !converged) {
      poll.team.checkCancelled();
      iterations++;
      poll.team.run(spans, (span, workspace) -> askTasks(span));
      Poll.combine(parts, sums);
      poll.team.run(spans, (span, workspace) -> askExperts(span));
      double norm = size();
      if (norm > 0.0) {
        poll.team.run(spans, (span, workspace) -> takeOver(span, norm));
        converged = size() <= poll.problem.tolerance();
      } else {
        Arrays.fill(reliability, 1.0);
        converged = true;
      }
      poll.progress(iterations);
    }
    poll.ended(iterations, converged);
  }

  /** The tasks' messages: what the other answers to the task say, seen from each answer. */
  private void askTasks(int span) {
    double[] told = parts[span];
    Arrays.fill(told, 0.0);
    for (int place = poll.spans.first(span); place < poll.spans.last(span); place++) {
      int begin = index.offsets[place];
      int end = index.offsets[place + 1];
      double sum = 0.0;
      double size = 0.0;
      for (int i = begin; i < end; i++) {
        next[i] = poll.weight(i) * signed(index.label[i], reliability[i]);
        sum = sum + next[i];
        size = size + Math.abs(next[i]);
      }
      int known = poll.gold == null ? -1 : poll.gold[place];
      for (int i = begin; i < end; i++) {
        double message = known >= 0 ? signed(known, size) : sum - next[i];
        next[i] = poll.weight(i) * signed(index.label[i], message);
        int e = index.expert[i];
        told[e] = told[e] + next[i];
      }
    }
  }

  /** The experts' messages: what the tasks of its other answers say of the expert. */
  private void askExperts(int span) {
    double square = 0.0;
    int end = index.offsets[poll.spans.last(span)];
    for (int i = index.offsets[poll.spans.first(span)]; i < end; i++) {
      int e = index.expert[i];
      double message = sums[e] - next[i];
      if (balanced) {
        double rest = poll.total[e] - poll.weight(i);
        message = rest > 0.0 ? message / rest : 0.0;
      }
      next[i] = message;
      square = square + message * message;
    }
    squares[span][0] = square;
  }

  /** Takes the new messages over, divided by their size; the squares are those of their change. */
  private void takeOver(int span, double norm) {
    double square = 0.0;
    int end = index.offsets[poll.spans.last(span)];
    for (int i = index.offsets[poll.spans.first(span)]; i < end; i++) {
      double message = next[i] / norm;
      double change = message - reliability[i];
      square = square + change * change;
      reliability[i] = message;
    }
    squares[span][0] = square;
  }

  /** Returns the root of the mean square. */
  private double size() {
    double[] square = new double[1];
    Poll.combine(squares, square);
    return Math.sqrt(square[0] / index.answers);
  }

  /** An expert who seems worse than chance speaks for the other label. */
  private void vote(int begin, int end, double[] rows, int at, double[] lanes) {
    Arrays.fill(rows, at, at + poll.k, 0.0);
    for (int i = begin; i < end; i++) {
      double amount = poll.weight(i) * reliability[i];
      int label = amount < 0.0 && poll.k == 2 ? 1 - index.label[i] : index.label[i];
      rows[at + label] = rows[at + label] + Math.abs(amount);
    }
    poll.normalise(begin, end, rows, at, lanes);
  }

  /** Turned round for the second label. */
  private static double signed(int label, double value) {
    return label == 0 ? value : -value;
  }
}
