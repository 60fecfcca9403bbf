package dev.coterie.internal.sequence;

import dev.coterie.spi.RoverOutcome;
import dev.coterie.spi.RoverProblem;
import java.util.Arrays;

/** One run of ROVER, as docs/methods/rover.md specifies it. */
final class RoverRun {
  private final RoverProblem problem;
  private final RoverOutcome out;
  private final Watch watch;
  private final Grouping grouping;
  private final double[] weight;
  private final Network network;
  private Utilities utilities;
  private int written;

  RoverRun(RoverProblem problem, RoverOutcome out, Watch watch) {
    this.problem = problem;
    this.out = out;
    this.watch = watch;
    this.grouping = new Grouping(problem, !problem.reliability());
    this.weight = new double[problem.rows()];
    this.network = new Network(problem.reliability());
  }

  void run() {
    if (problem.reliability()) {
      utilities = new Utilities(grouping, watch);
      out.rounds = new Weights(problem, grouping, utilities, watch).weigh(weight, out.skill);
    } else {
      Arrays.fill(weight, 1.0);
      Arrays.fill(out.skill, Double.NaN);
      out.rounds = 0;
    }
    for (int task = 0; task < problem.tasks(); task++) {
      watch.check();
      build(task);
      watch.report(task + 1);
    }
    for (int place = 0; place < weight.length; place++) {
      out.weight[grouping.row[place]] = weight[place];
    }
  }

  private void build(int task) {
    int start = grouping.start[task];
    int size = grouping.start[task + 1] - start;
    if (size == 0) {
      out.backbone[task] = -1;
      out.length[task] = 0;
      return;
    }
    int[] order = order(task, start, size);
    out.backbone[task] = grouping.row[order[0]];
    for (int i = 0; i < size; i++) {
      int place = order[i];
      int from = grouping.from[place];
      int to = grouping.from[place + 1];
      if (i == 0) {
        network.begin(grouping.word, from, to, weight[place]);
      } else {
        network.add(grouping.word, from, to, weight[place], grouping.row[place], watch);
      }
    }
    int before = written;
    network.winners(!problem.reliability(), this::take);
    out.length[task] = written - before;
  }

  private void take(int word, double share) {
    out.word[written] = word;
    out.share[written++] = share;
  }

  /** Returns the places of a task in the order in which they are aligned. */
  private int[] order(int task, int start, int size) {
    int[] order = new int[size];
    Arrays.setAll(order, i -> start + i);
    if (!problem.reliability()) {
      return order;
    }
    int backbone = backbone(task, start, size);
    order[0] = start + backbone;
    order[backbone] = start;
    double[] similar = new double[size];
    Arrays.setAll(similar, i -> utilities.at(task, backbone, i));
    // The others by falling similarity, equal ones in the order of the table.
    Integer[] others = new Integer[size - 1];
    Arrays.setAll(others, i -> order[i + 1] - start);
    Arrays.sort(
        others,
        (a, b) -> {
          int bySimilarity = Double.compare(similar[b], similar[a]);
          return bySimilarity != 0 ? bySimilarity : Integer.compare(a, b);
        });
    for (int i = 1; i < size; i++) {
      order[i] = start + others[i - 1];
    }
    return order;
  }

  /** Returns the row with the largest score, counted within the task; the lowest among equals. */
  private int backbone(int task, int start, int size) {
    int best = 0;
    double bestScore = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < size; i++) {
      double score = 0.0;
      for (int j = 0; j < size; j++) {
        score += weight[start + j] * utilities.at(task, i, j);
      }
      if (score > bestScore) {
        bestScore = score;
        best = i;
      }
    }
    return best;
  }
}
