package dev.coterie.internal.online;

import dev.coterie.internal.table.HeapLimits;
import dev.coterie.spi.Elementary;
import dev.coterie.spi.OnlineEngine;
import java.util.Arrays;

/**
 * Rates every answer that may be asked for and picks the best ones; see
 * docs/methods/acquisition.md. Used for one plan.
 */
final class Planner {
  /** What no probability under a logarithm falls below. */
  private static final double TINY = 1e-300;

  /** An expert whose answers tell two labels apart by less tells nothing. */
  private static final double NO_DIVERGENCE = 1e-12;

  private final OnlineEngine.Question question;
  private final int k;
  private final double[] gain;
  private final double[] expected;
  private final double[] rate;
  private final int[] state;

  /** The best candidate of each task, -1 for none. */
  private final int[] best;

  private double[] logs;

  Planner(OnlineEngine.Question question) {
    check(question);
    this.question = question;
    this.k = question.labels();
    int candidates = question.task().length;
    gain = new double[candidates];
    expected = new double[candidates];
    rate = new double[candidates];
    state = new int[question.tasks()];
    best = new int[question.tasks()];
  }

  private static void check(OnlineEngine.Question q) {
    checkSize("tasks", q.tasks());
    checkSize("experts", q.experts());
    checkSize("labels", q.labels());
    if (!(q.target() >= 0.501 && q.target() <= 1.0 - 1e-9)) {
      throw new IllegalArgumentException(
          "the wanted confidence is " + q.target() + ", not from 0.501 to 1 - 1e-9");
    }
    if (q.loss() != Double.POSITIVE_INFINITY && !(q.loss() >= 0 && q.loss() <= 1e100)) {
      throw new IllegalArgumentException(
          "the loss is " + q.loss() + ", not between 0 and 1e100 or infinite");
    }
    if (!(q.budget() >= 0)) {
      throw new IllegalArgumentException("the budget is " + q.budget() + ", not at least 0");
    }
    long labels = q.labels();
    checkLength("posterior", q.posterior().length, q.tasks() * labels);
    checkLength("confusion", q.confusion().length, HeapLimits.times(q.experts() * labels, labels));
    checkLength("cost", q.cost().length, q.experts());
    checkLength("expert", q.expert().length, q.task().length);
    checkProbabilities("posterior of task ", q.posterior(), q.labels());
    checkProbabilities("confusion of expert ", q.confusion(), q.labels() * q.labels());
    for (int e = 0; e < q.experts(); e++) {
      if (!(q.cost()[e] >= 1e-100 && q.cost()[e] <= 1e100)) {
        throw new IllegalArgumentException(
            "cost of expert " + e + ": " + q.cost()[e] + " is not between 1e-100 and 1e100");
      }
    }
    checkIndices("task", q.task(), q.tasks());
    checkIndices("expert", q.expert(), q.experts());
  }

  private static void checkSize(String name, int size) {
    if (size < 1) {
      throw new IllegalArgumentException(name + " is " + size + ", not at least 1");
    }
  }

  private static void checkLength(String name, int length, long wanted) {
    if (length != wanted) {
      throw new IllegalArgumentException(
          name + " has " + length + " elements, which does not fit the sizes");
    }
  }

  private static void checkProbabilities(String what, double[] values, int each) {
    for (int i = 0; i < values.length; i++) {
      if (!(values[i] >= 0 && values[i] <= 1)) {
        throw new IllegalArgumentException(
            what + i / each + ": " + values[i] + " is no probability");
      }
    }
  }

  private static void checkIndices(String name, int[] column, int size) {
    for (int i = 0; i < column.length; i++) {
      if (column[i] < 0 || column[i] >= size) {
        throw new IllegalArgumentException(
            "candidate " + i + ": " + name + " " + column[i] + " is outside 0.." + size);
      }
    }
  }

  OnlineEngine.Plan plan() {
    double[] confusion = question.confusion();
    logs = new double[confusion.length];
    for (int i = 0; i < logs.length; i++) {
      logs[i] = Elementary.log(confusion[i] > TINY ? confusion[i] : TINY);
    }
    for (int t = 0; t < question.tasks(); t++) {
      double top = 0.0;
      for (int j = 0; j < k; j++) {
        double p = question.posterior()[t * k + j];
        top = p > top ? p : top;
      }
      if (top >= question.target() || k == 1) {
        state[t] = OnlineEngine.REACHED;
      }
    }
    Arrays.fill(best, -1);
    double goal = Elementary.log(question.target() / (1.0 - question.target()));
    for (int place = 0; place < question.task().length; place++) {
      if (state[question.task()[place]] != OnlineEngine.REACHED) {
        rate(place, goal);
        enter(place);
      }
    }
    return pick();
  }

  /** Rates one candidate. */
  private void rate(int place, double goal) {
    double[] posterior = question.posterior();
    double[] confusion = question.confusion();
    int row = question.task()[place] * k;
    int top = 0;
    int rival = -1;
    for (int j = 1; j < k; j++) {
      if (posterior[row + j] > posterior[row + top]) {
        rival = top;
        top = j;
      } else if (rival < 0 || posterior[row + j] > posterior[row + rival]) {
        rival = j;
      }
    }
    int expert = question.expert()[place];
    double one = 0.0;
    double forward = 0.0;
    double backward = 0.0;
    for (int label = 0; label < k; label++) {
      int at = (expert * k + label) * k;
      double peak = 0.0;
      for (int j = 0; j < k; j++) {
        double joint = posterior[row + j] * confusion[at + j];
        peak = joint > peak ? joint : peak;
      }
      one = one + peak;
      double difference = logs[at + top] - logs[at + rival];
      forward = forward + confusion[at + top] * difference;
      backward = backward - confusion[at + rival] * difference;
    }
    double p = posterior[row + top];
    gain[place] = one - p > 0.0 ? one - p : 0.0;
    expected[place] = samples(p, posterior[row + rival], goal, forward, backward);
    double scale = question.loss() == Double.POSITIVE_INFINITY ? 1.0 : question.loss();
    double cost = question.cost()[expert];
    double step = (scale * gain[place]) / cost;
    double ahead = (scale * (question.target() - p)) / (cost * expected[place]);
    rate[place] = ahead > step ? ahead : step;
  }

  /** Makes a candidate its task's best one when it is. */
  private void enter(int place) {
    int task = question.task()[place];
    double least = question.loss() == Double.POSITIVE_INFINITY ? 0.0 : 1.0;
    if (rate[place] > least) {
      if (best[task] < 0 || rate[place] > rate[best[task]]) {
        best[task] = place;
        state[task] = OnlineEngine.WAITING;
      }
    } else if (best[task] < 0) {
      state[task] = OnlineEngine.NOT_WORTH;
    }
  }

  /** Picks the best candidates that the budget allows, the first among equals. */
  private OnlineEngine.Plan pick() {
    Integer[] queue =
        Arrays.stream(best)
            .filter(place -> place >= 0)
            .boxed()
            .sorted(
                (a, b) -> {
                  int order = Double.compare(rate[b], rate[a]);
                  return order != 0 ? order : Integer.compare(a, b);
                })
            .toArray(Integer[]::new);
    int[] picked = new int[Math.min(question.most(), queue.length)];
    int count = 0;
    double spent = 0.0;
    for (int place : queue) {
      if (count == picked.length) {
        break;
      }
      int task = question.task()[place];
      double sum = spent + question.cost()[question.expert()[place]];
      if (sum > question.budget()) {
        state[task] = OnlineEngine.OVER_BUDGET;
      } else {
        spent = sum;
        picked[count++] = place;
        state[task] = OnlineEngine.ASK;
      }
    }
    return new OnlineEngine.Plan(gain, expected, rate, Arrays.copyOf(picked, count), state, spent);
  }

  /**
   * Returns A. Wald's expected number of answers (Sequential Analysis, 1947) until the odds of the
   * best label are the target's, or its rival's are.
   */
  private static double samples(
      double best, double rival, double goal, double forward, double backward) {
    if (!(forward > NO_DIVERGENCE && backward > NO_DIVERGENCE)) {
      return Double.POSITIVE_INFINITY;
    }
    double p = best > TINY ? best : TINY;
    double q = rival > TINY ? rival : TINY;
    double up = goal - Elementary.log(p / (1.0 - p));
    double down = goal + Elementary.log(p / q);
    double eu = Elementary.exp(up);
    double ed = Elementary.exp(-down);
    double right = (1.0 - ed) / (1.0 - Elementary.exp(-(up + down)));
    double wrong = (1.0 - ed) / (eu - ed);
    double ifBest = (right * up - (1.0 - right) * down) / forward;
    double ifRival = ((1.0 - wrong) * down - wrong * up) / backward;
    double result = (p * ifBest + q * ifRival) / (p + q);
    return result > 1.0 ? result : 1.0;
  }
}
