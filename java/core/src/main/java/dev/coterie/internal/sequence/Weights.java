package dev.coterie.internal.sequence;

import dev.coterie.spi.RoverProblem;
import java.util.Arrays;

/** How much each row counts: "Votes and weights" of docs/text.md. All arrays go by place. */
final class Weights {
  private static final int ROUNDS = 3;

  /** Experts begin with the mean of all in so many tasks. */
  private static final double PSEUDO = 2.0;

  private final RoverProblem problem;
  private final Grouping grouping;
  private final Utilities utilities;
  private final Watch watch;

  /** The first place of the same expert in the same task. */
  private final int[] first;

  private final double[] vote;

  /** What others say of an expert in a task, and how much of it there is, at its first place. */
  private final double[] praise;

  private final double[] amount;
  private final boolean[] known;

  Weights(RoverProblem problem, Grouping grouping, Utilities utilities, Watch watch) {
    this.problem = problem;
    this.grouping = grouping;
    this.utilities = utilities;
    this.watch = watch;
    int rows = problem.rows();
    first = new int[rows];
    vote = new double[rows];
    praise = new double[rows];
    amount = new double[rows];
    known = new boolean[rows];
  }

  /** Writes the weight of each row and the skill of each expert; returns the rounds made. */
  int weigh(double[] weight, double[] skill) {
    Arrays.fill(skill, Double.NaN);
    boolean several = findVotes();
    System.arraycopy(vote, 0, weight, 0, vote.length);
    return several ? rounds(weight, skill) : 0;
  }

  private int expert(int place) {
    return problem.expert()[grouping.row[place]];
  }

  private double confidence(int place) {
    return problem.confidence() == null ? 1.0 : problem.confidence()[grouping.row[place]];
  }

  /** Fills in votes and first places; returns whether some expert has rows in two tasks. */
  private boolean findVotes() {
    // The last task with a row of the expert, plus one, and its first place there.
    int[] lastTask = new int[problem.experts()];
    int[] lastPlace = new int[problem.experts()];
    int[] count = new int[problem.rows()];
    boolean several = false;
    for (int task = 0; task < problem.tasks(); task++) {
      double total = 0.0;
      for (int place = grouping.start[task]; place < grouping.start[task + 1]; place++) {
        total += confidence(place);
        int expert = expert(place);
        if (lastTask[expert] != task + 1) {
          several |= lastTask[expert] != 0;
          lastTask[expert] = task + 1;
          lastPlace[expert] = place;
        }
        first[place] = lastPlace[expert];
        count[first[place]]++;
      }
      for (int place = grouping.start[task]; place < grouping.start[task + 1]; place++) {
        vote[place] = (total > 0.0 ? confidence(place) : 1.0) / count[first[place]];
      }
    }
    return several;
  }

  private int rounds(double[] weight, double[] skill) {
    int experts = skill.length;
    double[] num = new double[experts];
    double[] den = new double[experts];
    int[] tasks = new int[experts];
    for (int round = 0; round < ROUNDS; round++) {
      listen(weight);
      count(num, den, tasks);
      double allNum = 0.0;
      double allDen = 0.0;
      for (int expert = 0; expert < experts; expert++) {
        allNum += num[expert];
        allDen += den[expert];
      }
      if (!(allDen > 0.0)) {
        Arrays.fill(skill, Double.NaN);
        return round;
      }
      double mu = allNum / allDen;
      for (int expert = 0; expert < experts; expert++) {
        skill[expert] = (num[expert] + PSEUDO * mu) / (den[expert] + PSEUDO);
      }
      if (!(mu > 0.0)) {
        return round + 1;
      }
      for (int place = 0; place < weight.length; place++) {
        int expert = expert(place);
        int at = first[place];
        weight[place] = vote[place];
        if (tasks[expert] != (known[at] ? 1 : 0)) {
          double others = (num[expert] - praise[at]) + PSEUDO * mu;
          double f = (others / ((den[expert] - amount[at]) + PSEUDO)) / mu;
          weight[place] = vote[place] * (f * f);
        }
      }
    }
    return ROUNDS;
  }

  private void count(double[] num, double[] den, int[] tasks) {
    Arrays.fill(num, 0.0);
    Arrays.fill(den, 0.0);
    Arrays.fill(tasks, 0);
    for (int place = 0; place < known.length; place++) {
      if (known[place]) {
        int expert = expert(place);
        num[expert] += praise[place];
        den[expert] += amount[place];
        tasks[expert]++;
      }
    }
  }

  /** How far others agree with each row, added up for each expert in each task. */
  private void listen(double[] weight) {
    Arrays.fill(praise, 0.0);
    Arrays.fill(amount, 0.0);
    Arrays.fill(known, false);
    for (int task = 0; task < problem.tasks(); task++) {
      int start = grouping.start[task];
      int end = grouping.start[task + 1];
      for (int i = start; i < end; i++) {
        watch.check();
        double sum = 0.0;
        double all = 0.0;
        for (int j = start; j < end; j++) {
          if (first[j] != first[i]) {
            sum += weight[j] * utilities.at(task, i - start, j - start);
            all += weight[j];
          }
        }
        if (all > 0.0) {
          praise[first[i]] += vote[i] * (sum / all);
          amount[first[i]] += vote[i];
          known[first[i]] = true;
        }
      }
    }
  }
}
